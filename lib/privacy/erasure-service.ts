import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { accountOf } from '@/lib/access/personal'
import { allow, audit, openNamed } from '@/lib/access/service'
import { roleNames, type Actor, type Role } from '@/lib/access/model'
import { hasOpenAttempt } from '@/lib/delivery/personal'
import { inTransaction } from '@/lib/platform/db'
import { patternOf, type Touched } from '@/lib/platform/personal'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { holdRoster } from '@/lib/roster/inside'
import { identityOf } from '@/lib/roster/personal'
import { gathered, rooms } from './copy-service'
import { wordsLeft } from './erasure-store'
import { inventory } from './inventory-model'
import { ERASE_WORD } from './model'
import * as store from './request-store'

/** Erasure of a teacher: proposed by the office, carried out by an administrator, in one transaction, and never taken back. */

/** What stands in the way now, as sentences; an empty list when nothing does. */
async function obstacles(teacherId: string): Promise<string[]> {
  const [open, account] = await Promise.all([hasOpenAttempt(teacherId), accountOf(teacherId)])
  const roles = account?.otherRoles.map((r) => roleNames[r as Role] ?? r) ?? []
  return [
    ...(open ? ['Guru ini sedang mengerjakan tes. Tunggu sampai tesnya ditutup.'] : []),
    ...(roles.length
      ? [
          `Akun guru ini juga dipakai sebagai ${roles.join(', ')}. Pindahkan peran itu ke akun lain lebih dahulu, karena akunnya ikut dihapus.`,
        ]
      : []),
  ]
}

export type ErasurePreview = {
  request: store.RequestRow
  /** What is there now, with what will happen to it. */
  steps: { title: string; rows: number; erased: 'deleted' | 'disguised' | 'kept'; words: string }[]
  obstacles: string[]
}

/** What an erasure will do, before it is done. Null when there is no such request. */
export async function erasurePreview(actor: Actor, requestId: string): Promise<ErasurePreview | null> {
  allow(actor, 'privacy:manage')
  const request = z.uuid().safeParse(requestId).success ? await store.requestById(requestId) : null
  if (request?.kind !== 'penghapusan') return null
  if (request.answeredAt) return { request, steps: [], obstacles: [] }
  const [rows, found] = await Promise.all([gathered(request.teacherId), obstacles(request.teacherId)])
  await openNamed(actor, 'erasure-preview', 'privacy:manage', `teacher:${request.teacherId}`, [request.teacherId], (id) => id, {
    detail: { preview: true, request: requestId },
  })
  const steps = inventory
    .filter((h) => rows[h.table]?.length)
    .map((h) => ({ title: h.title, rows: rows[h.table]!.length, erased: h.erased, words: h.erasure }))
  return { request, steps, obstacles: found }
}

const sum = (all: Touched[]): Touched => {
  const total: Touched = {}
  for (const touched of all) for (const [table, n] of Object.entries(touched)) total[table] = (total[table] ?? 0) + n
  return total
}

/** Carries an erasure out. Refuses the person who proposed it, a missing word of confirmation, and what stands in the way. Repeated, it answers the same. */
export async function carryOutErasure(actor: Actor, requestId: string, confirmation: string, now: Date): Promise<Result<Touched>> {
  allow(actor, 'privacy:erase')
  if (!z.uuid().safeParse(requestId).success) return refuse('missing', 'Permintaan penghapusan ini tidak ditemukan.')
  return inTransaction(async (tx) => {
    // In the order in which a joining holds them: the request, then the roster.
    const request = await store.lockRequest(tx, requestId)
    await holdRoster(tx)
    if (!request || request.kind !== 'penghapusan') return refuse('missing', 'Permintaan penghapusan ini tidak ditemukan.')
    if (request.answeredAt)
      return request.outcome
        ? ok(request.outcome.touched)
        : refuse('answered', 'Permintaan ini sudah dijawab tanpa penghapusan. Data tidak berubah.')
    if (!request.proposedAt) return refuse('proposal', 'BGTK belum mengusulkan penghapusan ini. Data tidak berubah.')
    if (request.proposedBy === actor.userId)
      return refuse('same', 'Penghapusan dilaksanakan oleh orang lain daripada yang mengusulkan. Data tidak berubah.')
    if (confirmation.trim().toUpperCase() !== ERASE_WORD)
      return refuse('confirm', `Ketik ${ERASE_WORD} untuk melaksanakan. Data tidak berubah.`, ['confirmation'])
    const found = await obstacles(request.teacherId)
    if (found.length) return refuse('obstacle', `${found.join(' ')} Data tidak berubah.`)
    const [identity, account] = await Promise.all([identityOf(request.teacherId), accountOf(request.teacherId)])
    if (!identity) return refuse('erased', 'Data guru ini sudah dihapus sebelumnya. Jawab permintaannya dengan penjelasan.')
    const pattern = patternOf([identity.name, identity.email, identity.phone, ...identity.numbers, account?.email])
    const person = { requestId, teacherId: request.teacherId, pseudonym: randomUUID(), pattern, now }
    const done: Touched[] = []
    for (const room of rooms) done.push(await room.forget(tx, person))
    const touched = sum(done)
    const left = await wordsLeft(tx, pattern)
    await store.writeAnswer(tx, requestId, {
      decision: 'dipenuhi',
      answer: 'Data pribadi telah dihapus dari sistem.',
      by: actor.userId,
      at: now,
      outcome: { touched, left },
    })
    await audit(actor, 'privacy:erase', `teacher:${request.teacherId}`, { count: 1, detail: { request: requestId, touched, left } }, tx)
    return ok(touched)
  })
}
