import { faultsOf } from '@/lib/platform/faults'
import { z } from 'zod'
import { act, allow, audit, openNamed } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { inTransaction } from '@/lib/platform/db'
import { takeTurn } from '@/lib/platform/turn-store'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { standingKey } from '@/lib/roster/inside'
import { readings } from './own-readings'
import * as store from './objection-store'
import { decisions, objectionKinds, workingDaysLater, ANSWER_DAYS } from './objection-model'

/** Keberatan (banding): a way to disagree that reaches a person, with a day by which that person answers. */

export type { ObjectionRow } from './objection-store'

export async function ownObjections(actor: Actor): Promise<store.ObjectionRow[]> {
  allow(actor, 'result:own')
  return actor.teacherId ? store.objectionsOf(actor.teacherId) : []
}

export async function objections(actor: Actor): Promise<store.ObjectionRow[]> {
  allow(actor, 'objection:answer')
  return openNamed(actor, 'objections', 'objection:answer', 'objections', await store.allObjections(), (o) => o.teacherId)
}

const Objection = z.object({
  about: z.enum(Object.keys(objectionKinds) as [keyof typeof objectionKinds]),
  part: z.enum(['', '1', '2', '3', '4']),
  words: z.string().trim().min(20).max(2_000),
})
/** Kinds that speak of a result. */
const OF_RESULTS = new Set<string>(['skor', 'jenjang'])
const MOST_OPEN = 3

/** Raises an objection; the same one once more is the one that waits. Answers with the day by which a person replies. */
export async function object(actor: Actor, input: unknown, now: Date): Promise<Result<Date>> {
  allow(actor, 'result:own')
  const parsed = Objection.safeParse(input)
  if (!parsed.success || !actor.teacherId)
    return refuse(
      'form',
      'Tuliskan keberatan sedikitnya 20 huruf: apa yang menurut Anda keliru, dan mengapa. Belum ada yang terkirim.',
      faultsOf(parsed),
    )
  // Practice is judged by nobody, so there is nothing in it to object to; what happened there and a wrong item may be told.
  if (OF_RESULTS.has(parsed.data.about) && (await readings({ teacherId: actor.teacherId })).length === 0)
    return refuse(
      'no-result',
      'Belum ada hasil tes Anda yang dirilis, dan latihan tidak dinilai. Pilih “Soal” atau “Kejadian saat tes” bila itu yang ingin disampaikan.',
    )
  const { teacherId: asked } = actor
  const { about, words } = parsed.data
  const part = parsed.data.part || null
  return inTransaction(async (tx) => {
    const teacherId = await standingKey(tx, asked)
    await takeTurn(tx, 'objection', teacherId)
    const open = (await store.objectionsOf(teacherId)).filter((o) => !o.answeredAt)
    const same = open.find((o) => o.about === about && o.part === part && o.words === words)
    if (same) return ok(same.dueAt)
    if (open.length >= MOST_OPEN)
      return refuse('open', `Anda memiliki ${open.length} keberatan yang sedang diperiksa. Tunggu jawabannya, atau lengkapi lewat BGTK.`)
    const dueAt = workingDaysLater(now, ANSWER_DAYS)
    await store.addObjection({ teacherId, about, part, words, dueAt }, now)
    return ok(dueAt)
  })
}

const Answer = z.object({
  decision: z.enum(Object.keys(decisions) as [keyof typeof decisions]),
  answer: z.string().trim().min(20).max(2_000),
})

/** A person answers once; what was answered stays. */
export async function answerObjection(actor: Actor, id: string, input: unknown, now: Date): Promise<Result<null>> {
  allow(actor, 'objection:answer')
  const parsed = Answer.safeParse(input)
  if (!parsed.success || !z.uuid().safeParse(id).success)
    return refuse('form', 'Pilih keputusan dan tuliskan jawaban sedikitnya 20 huruf. Jawaban belum terkirim.', faultsOf(parsed))
  return act(async (tx) => {
    const { decision, answer } = parsed.data
    const written = await store.writeAnswer(id, decision, answer, actor.userId, now)
    if (!written && (await store.answeredSo(id, decision, answer, actor.userId))) return ok(null)
    if (!written) return refuse('answered', 'Keberatan ini sudah dijawab. Jawaban sebelumnya tetap berlaku.')
    await audit(actor, 'objection:answer', `objection:${id}`, { detail: { decision: parsed.data.decision } }, tx)
    return ok(null)
  })
}
