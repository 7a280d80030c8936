import { faultsOf } from '@/lib/platform/faults'
import { z } from 'zod'
import { allow, audit, openNamed } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { inTransaction } from '@/lib/platform/db'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { standingKey } from '@/lib/roster/inside'
import { identityOf, teachersNamed } from '@/lib/roster/personal'
import { clockEnd, requestDecisions, requestKinds, type RequestDecision, type RequestKind } from './model'
import * as store from './request-store'

/** Requests of teachers about their data: by themselves or by a letter that the office enters, each answered once, within 72 hours. */

export type { RequestRow } from './request-store'

const Kind = z.enum(Object.keys(requestKinds) as [RequestKind])
const Words = z.string().trim().min(10).max(2_000)

export async function ownRequests(actor: Actor): Promise<store.RequestRow[]> {
  allow(actor, 'privacy:own')
  return actor.teacherId ? store.requestsOf(actor.teacherId) : []
}

export async function requests(actor: Actor): Promise<store.RequestRow[]> {
  allow(actor, 'privacy:manage')
  return openNamed(actor, 'privacy-requests', 'privacy:manage', 'privacy_requests', await store.allRequests(), (r) => r.teacherId)
}

/** A teacher's own request. Answers with the moment by which a person replies; a request of the kind that is open already stays the one. */
export async function ask(actor: Actor, input: { kind: unknown; words: unknown }, now: Date): Promise<Result<Date>> {
  allow(actor, 'privacy:own')
  const parsed = z.object({ kind: Kind, words: Words }).safeParse(input)
  if (!parsed.success || !actor.teacherId)
    return refuse('form', 'Pilih jenis permintaan dan tuliskan sedikitnya 10 huruf. Belum ada yang terkirim.', faultsOf(parsed))
  const { teacherId } = actor
  return inTransaction(async (tx) => {
    const added = await store.addRequest(tx, {
      ...parsed.data,
      teacherId: await standingKey(tx, teacherId),
      channel: 'aplikasi',
      letter: null,
      createdAt: now,
      dueAt: clockEnd(now),
      createdBy: actor.userId,
    })
    if (added.isNew) await audit(actor, 'privacy:own', `privacy_request:${added.id}`, { detail: { kind: parsed.data.kind } }, tx)
    return ok(added.dueAt)
  })
}

const Letter = z.object({
  teacher: z.string().trim().min(3).max(120),
  kind: Kind,
  letter: z.string().trim().min(3).max(200),
  words: Words,
  received: z.coerce.date(),
})

/** Enters a letter. The clock runs from the day it was received, not from the day somebody typed it. */
export async function enterLetter(actor: Actor, input: unknown, now: Date): Promise<Result<Date>> {
  allow(actor, 'privacy:propose')
  const parsed = Letter.safeParse(input)
  if (!parsed.success)
    return refuse(
      'form',
      'Lengkapi guru, jenis permintaan, nomor surat, tanggal diterima, dan isinya. Belum ada yang tersimpan.',
      faultsOf(parsed, { received: 'day' }),
    )
  const { teacher, received, ...rest } = parsed.data
  if (received > now) return refuse('received', 'Tanggal diterima tidak boleh di masa depan. Belum ada yang tersimpan.', ['day'])
  const found = await teachersNamed(teacher.replace(/\s+/g, ' '))
  if (found.length !== 1)
    return refuse(
      'teacher',
      found.length
        ? 'Ada beberapa guru dengan nama itu. Tulis NUPTK atau NIP-nya. Belum ada yang tersimpan.'
        : 'Guru itu tidak ditemukan. Periksa NUPTK atau NIP-nya. Belum ada yang tersimpan.',
    )
  return inTransaction(async (tx) => {
    const teacherId = await standingKey(tx, found[0]!.id)
    const added = await store.addRequest(tx, {
      ...rest,
      teacherId,
      channel: 'surat',
      createdAt: received,
      dueAt: clockEnd(received),
      createdBy: actor.userId,
    })
    if (added.isNew)
      await audit(actor, 'privacy:propose', `privacy_request:${added.id}`, { detail: { kind: rest.kind, teacher: teacherId } }, tx)
    return ok(added.dueAt)
  })
}

const Answer = z.object({ decision: z.enum(Object.keys(requestDecisions) as [RequestDecision]), answer: Words })

/** Answers a request. An erasure is fulfilled only by being carried out; here it can be declined. A second answer changes nothing. */
export async function answer(actor: Actor, id: string, input: unknown, now: Date): Promise<Result<null>> {
  allow(actor, 'privacy:manage')
  const parsed = Answer.safeParse(input)
  if (!parsed.success || !z.uuid().safeParse(id).success)
    return refuse('form', 'Pilih keputusan dan tuliskan jawaban sedikitnya 10 huruf. Jawaban belum terkirim.', faultsOf(parsed))
  return inTransaction(async (tx) => {
    const request = await store.lockRequest(tx, id)
    if (!request) return refuse('missing', 'Permintaan ini tidak ditemukan.')
    const said = request.decision === parsed.data.decision && request.answer === parsed.data.answer && request.answeredName === actor.name
    if (request.answeredAt) return said ? ok(null) : refuse('answered', 'Permintaan ini sudah dijawab. Jawaban sebelumnya tetap berlaku.')
    if (request.kind === 'penghapusan' && parsed.data.decision !== 'ditolak')
      return refuse(
        'erase',
        'Penghapusan dipenuhi dengan melaksanakannya: BGTK mengusulkan, administrator melaksanakan. Data belum berubah.',
      )
    await store.writeAnswer(tx, id, { ...parsed.data, by: actor.userId, at: now })
    await audit(
      actor,
      'privacy:manage',
      `privacy_request:${id}`,
      { detail: { decision: parsed.data.decision, teacher: request.teacherId } },
      tx,
    )
    return ok(null)
  })
}

/** The office proposes an erasure with its reason; asked twice, the first proposal stands. */
export async function proposeErasure(actor: Actor, id: string, reason: string, now: Date): Promise<Result<null>> {
  allow(actor, 'privacy:propose')
  const why = reason.trim()
  if (why.length < 10 || why.length > 2_000 || !z.uuid().safeParse(id).success)
    return refuse('form', 'Tuliskan pertimbangan sedikitnya 10 huruf. Belum ada yang diusulkan.', ['reason'])
  return inTransaction(async (tx) => {
    const request = await store.lockRequest(tx, id)
    if (!request || request.kind !== 'penghapusan') return refuse('missing', 'Permintaan penghapusan ini tidak ditemukan.')
    if (request.answeredAt) return refuse('answered', 'Permintaan ini sudah dijawab. Jawaban sebelumnya tetap berlaku.')
    if (request.proposedAt) return ok(null)
    if (!(await identityOf(request.teacherId)))
      return refuse('erased', 'Data guru ini sudah dihapus sebelumnya. Jawab permintaannya dengan penjelasan.')
    await store.writeProposal(tx, id, why, actor.userId, now)
    await audit(actor, 'privacy:propose', `privacy_request:${id}`, { detail: { proposed: true, teacher: request.teacherId } }, tx)
    return ok(null)
  })
}
