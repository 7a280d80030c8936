import { faultsOf } from '@/lib/platform/faults'
import { z } from 'zod'
import { act, allow, audit, openNamed } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import {
  awaitScores,
  decideClaim,
  decideHeld,
  heldAnswers,
  responsesOf,
  waitingAnswers,
  waitingByCycle,
  waitingClaims,
  type WaitingClaim,
} from '@/lib/delivery/inside'
import { correctedScoring, scoringItems } from '@/lib/instruments/inside'
import type { ResponseValue } from '@/lib/items/model'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { ratedShares } from '@/lib/rating/inside'
import { seatsByIds } from '@/lib/sittings/inside'
import { rawScores } from './raw'

/** Answers and starts that came too late to count by themselves: what they are, what they would change, and the office's word on them. */
export type LateRow = {
  /** `answers:ATTEMPT` or `claim:CLAIM`. */
  id: string
  kind: 'answers' | 'claim'
  name: string
  number: string
  part: string
  answers: number
  receivedAt: Date
  /** Why it waits: the result was read, the grace was over, or what stands against a start. */
  reason: 'settled' | 'late' | WaitingClaim['reason']
  /** Raw points as they stand and as they would be; null where nothing stands yet. */
  points: { now: number; then: number; of: number } | null
  begunAt: Date | null
}

/** Raw points of a closed attempt without and with its held answers. */
async function difference(attemptId: string, formId: string): Promise<NonNullable<LateRow['points']>> {
  const [frozen, given, held, rated] = await Promise.all([
    scoringItems(formId),
    responsesOf(attemptId),
    heldAnswers(attemptId),
    ratedShares([attemptId]),
  ])
  const corrected = await correctedScoring(
    frozen.map((i) => i.itemVersionId),
    false,
  )
  const items = frozen.map((i) => (corrected.has(i.itemVersionId) ? { ...i, scoring: corrected.get(i.itemVersionId)! } : i))
  const stands = new Map<string, ResponseValue>(given.map((g) => [g.item, g.value]))
  const would = new Map([...stands, ...held.map((h) => [h.item, h.value as ResponseValue] as const)])
  const total = (responses: Map<string, ResponseValue>) =>
    rawScores(items, responses, rated.get(attemptId) ?? new Map()).find((r) => r.scope === 'total')
  return { now: total(stands)?.raw ?? 0, then: total(would)?.raw ?? 0, of: items.length }
}

/** What waits in a cycle, oldest first. The look is logged, because it names people. */
export async function lateList(actor: Actor, cycleId: string): Promise<LateRow[]> {
  allow(actor, 'result:release')
  if (!z.uuid().safeParse(cycleId).success) return []
  const [answers, claims] = await Promise.all([waitingAnswers(cycleId), waitingClaims(cycleId)])
  const seats = new Map((await seatsByIds([...new Set([...answers, ...claims].map((x) => x.seatId))])).map((s) => [s.id, s]))
  const named = (seatId: string) => ({ name: seats.get(seatId)?.teacherName ?? '', number: seats.get(seatId)?.participantNumber ?? '' })
  const rows: LateRow[] = []
  for (const a of answers)
    rows.push({
      id: `answers:${a.attemptId}`,
      kind: 'answers',
      ...named(a.seatId),
      part: a.part,
      answers: a.answers,
      receivedAt: a.receivedAt,
      reason: a.settledAt ? 'settled' : 'late',
      points: await difference(a.attemptId, a.formId),
      begunAt: null,
    })
  for (const c of claims)
    rows.push({
      id: `claim:${c.id}`,
      kind: 'claim',
      ...named(c.seatId),
      part: c.part,
      answers: c.answers,
      receivedAt: c.receivedAt,
      reason: c.reason,
      points: null,
      begunAt: c.begunAt,
    })
  const teacherOf = new Map([...seats.values()].map((s) => [s.participantNumber, s.teacherId]))
  await openNamed(actor, 'late-answers', 'result:release', `cycle:${cycleId}`, rows, (r) => teacherOf.get(r.number))
  return rows.sort((x, y) => x.receivedAt.getTime() - y.receivedAt.getTime())
}

/** How much waits, by cycle. */
export async function lateByCycle(actor: Actor): Promise<Map<string, number>> {
  allow(actor, 'result:release')
  return new Map((await waitingByCycle()).map((r) => [r.cycleId, r.waiting]))
}

const obstacles = {
  packet:
    'Ponsel ini menyebut paket soal yang tidak dikenal untuk bagian ini, sehingga jawabannya tidak dapat dicocokkan dengan butir mana pun. Jawaban tetap tersimpan sebagai bukti; kesampingkan dengan alasan bila sudah diperiksa.',
  form: 'Bagian ini sudah dijawab di ponsel lain dengan formulir lain, dan satu bagian hanya memiliki satu formulir. Keduanya tetap tersimpan; tidak ada skor yang berubah.',
  running:
    'Bagian ini sedang dikerjakan di ponsel lain dengan formulir lain. Putuskan sesudah waktunya habis; jawaban ini tetap tersimpan.',
}

const Decision = z.object({
  id: z.string().regex(/^(answers|claim):[0-9a-f-]{36}$/),
  accepted: z.boolean(),
  reason: z.string().trim().min(10, 'Tulis alasan keputusan ini, sedikitnya sepuluh huruf. Belum ada yang berubah.').max(500),
})

/**
 * Counts what waited, or leaves it aside, with a reason on record. Raw points follow within a minute, under a run of their own; a
 * released measure stays as it is until a new score run has been reviewed and released.
 */
export async function decideLate(actor: Actor, input: unknown, now: Date): Promise<Result<{ accepted: boolean; answers: number }>> {
  allow(actor, 'result:release')
  const parsed = Decision.safeParse(input)
  if (!parsed.success)
    return refuse(
      'reason',
      parsed.error.issues[0]?.message ?? 'Keputusan ini tidak dapat dibaca. Belum ada yang berubah.',
      faultsOf(parsed),
    )
  const { id, accepted, reason } = parsed.data
  const [kind, key] = id.split(':') as ['answers' | 'claim', string]
  const gone = refuse(
    'gone',
    'Ini baru saja diputuskan orang lain, atau tidak ada lagi yang menunggu. Muat ulang halaman; tidak ada yang berubah.',
  )
  return act(async (tx) => {
    let attemptId: string | null = key
    let answers = 0
    if (kind === 'answers') {
      answers = await decideHeld(key, actor.userId!, accepted, reason, now)
      if (answers === 0) return gone
    } else {
      const done = await decideClaim(key, actor.userId!, accepted, reason, now)
      if (!done) return gone
      if (typeof done === 'string') return refuse(done, obstacles[done])
      attemptId = done.attemptId
    }
    await audit(
      actor,
      'result:release',
      kind === 'answers' ? `attempt:${key}` : `late_claim:${key}`,
      {
        detail: { accepted, reason, answers, attempt: attemptId },
      },
      tx,
    )
    if (accepted && attemptId) await awaitScores([attemptId], now)
    return ok({ accepted, answers })
  })
}
