import type { z } from 'zod'
import { faultsOf } from '@/lib/platform/faults'
import { allow, policyInForce } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { inTransaction, type Transaction } from '@/lib/platform/db'
import { fromWib, toDateInput } from '@/lib/platform/format'
import { groupBy } from '@/lib/platform/group'
import { holdableTree } from '@/lib/platform/holdable'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { standingKeys } from '@/lib/roster/inside'
import { countedMinutes } from './hours'
import * as store from './meeting-store'
import { dropPhotosOf } from './photo-store'
import { readMeetingTicket } from './meeting-ticket'
import { MeetingAnswer, MeetingLog, MeetingPost, MeetingWithdrawal, type MeetingReply } from './model'

/** Meetings of a pair: noted by one side, confirmed by the other, counted once (decision 031), taken back by their writer (decision 082). */

export type { MeetingRow } from './meeting-store'
export { meetingTicket } from './meeting-ticket'

const UNREADABLE = 'Catatan ini belum lengkap atau tidak dapat dibaca. Periksa isinya, lalu catat lagi; catatan lain tidak terpengaruh.'

/** Somebody may note a meeting while saying goodbye. */
const LEAVING_MS = 15 * 60_000

/** Why a note cannot be kept, judged by the server's own day; null when it can. */
function problemOf(
  log: MeetingLog,
  pair: store.PairSpan | undefined,
  standing: store.Standing | undefined,
  me: string,
  now: Date,
): string | null {
  if (!pair) return 'Pasangan ini bukan milik akun Anda.'
  if (standing && (standing.loggedBy !== me || standing.pairingId !== log.pairingId))
    return 'Catatan ini ditulis orang lain dan tidak dapat diubah dari akun Anda.'
  // What was taken back stays so: an older outbox changes nothing and is told nothing, a newer change hears why it is not kept.
  if (standing?.withdrawnAt)
    return log.revision <= standing.revision
      ? null
      : 'Catatan ini sudah Anda tarik, jadi perubahannya tidak disimpan. Bila pertemuannya memang ada, catat sebagai catatan baru.'
  if (!pair.startedAt) return 'Pasangan ini belum disetujui kedua pihak.'
  if (log.heldOn < toDateInput(pair.startedAt))
    return 'Tanggal pertemuan mendahului awal pendampingan. Periksa tanggalnya, lalu catat lagi.'
  if (log.heldOn > toDateInput(now)) return 'Tanggal pertemuan belum tiba. Catat setelah pertemuan berlangsung.'
  if (pair.endedAt && log.heldOn > toDateInput(pair.endedAt)) return 'Pendampingan sudah diakhiri sebelum tanggal ini. Periksa tanggalnya.'
  if (log.startsMinute === null) return null
  if (log.startsMinute + log.minutes > 24 * 60) return 'Pertemuan melewati tengah malam. Periksa jam mulai dan lamanya.'
  const end = fromWib(log.heldOn, '00:00').getTime() + (log.startsMinute + log.minutes) * 60_000
  return end > now.getTime() + LEAVING_MS ? 'Pertemuan belum selesai menurut jam server. Catat setelah selesai.' : null
}

function problemOfAnswer(a: MeetingAnswer, standing: store.Standing | undefined, pairs: ReadonlyMap<string, store.PairSpan>, me: string) {
  if (!standing || !pairs.has(standing.pairingId)) return 'Catatan pertemuan ini tidak ada pada pasangan Anda.'
  if (standing.loggedBy === me) return 'Catatan sendiri dikonfirmasi oleh rekan, bukan oleh penulisnya.'
  if (standing.withdrawnAt) return 'Catatan ini sudah ditarik penulisnya, jadi tidak perlu dikonfirmasi lagi.'
  if (standing.revision !== a.revision)
    return 'Catatan ini diubah rekan setelah Anda melihatnya. Periksa isinya yang baru, lalu konfirmasi lagi.'
  return null
}

/** Why a note is not taken back; null when it is, was before, or never came here, which is the same for its writer. */
function problemOfWithdrawal(w: MeetingWithdrawal, standing: store.Standing | undefined, me: string): string | null {
  if (!standing || (standing.loggedBy === me && standing.withdrawnAt)) return null
  if (standing.loggedBy !== me) return 'Catatan ini ditulis orang lain. Yang menulisnya yang dapat menariknya.'
  return standing.revision > w.revision
    ? 'Catatan ini sudah Anda ubah dari perangkat lain. Periksa isinya yang baru, lalu tarik bila masih perlu.'
    : null
}

/**
 * Who speaks: the login of the outbox's owner, or else its ticket, which hands in notes and confirms nothing. Null when neither is good. A
 * phone that was away knows its owner and its ticket by a record that another has taken up since: all three are one person by the keys of
 * today, which are held.
 */
async function speaker(
  tx: Transaction,
  actor: Actor | null,
  post: { owner?: string; ticket?: string },
  now: Date,
): Promise<{ me: string; byTicket: boolean } | null> {
  const byTicket = post.ticket === undefined ? null : readMeetingTicket(post.ticket, now)
  const owner = post.owner ?? byTicket ?? actor?.teacherId
  const keys = await standingKeys(
    tx,
    [owner, byTicket, actor?.teacherId].filter((id) => typeof id === 'string'),
  )
  const me = owner && keys.get(owner)
  if (!me) return null
  if (actor?.teacherId && keys.get(actor.teacherId) === me) {
    allow(actor, 'tutor:own')
    return { me, byTicket: false }
  }
  return byTicket && keys.get(byTicket) === me ? { me, byTicket: true } : null
}

/**
 * Takes notes, answers and withdrawals from a phone, each judged by itself; what came before is kept once and answered alike. What is
 * neither kept nor refused waits on the phone: answers and withdrawals are taken from their writer's own login only.
 */
export async function takeMeetings(actor: Actor | null, input: unknown, now: Date): Promise<Result<MeetingReply>> {
  const parsed = MeetingPost.safeParse(holdableTree(input))
  if (!parsed.success) return refuse('logs', 'Catatan tidak dapat dibaca. Catatan tetap ada di ponsel Anda.', faultsOf(parsed))
  if (actor && !parsed.data.ticket) allow(actor, 'tutor:own')
  const [kept, refused]: [string[], MeetingReply['refused']] = [[], []]
  const readable = <T>(shape: z.ZodType<T>, list: unknown[]): T[] =>
    list.flatMap((one) => {
      const read = shape.safeParse(one)
      if (read.success) return [read.data]
      const id = (one as { id?: unknown } | null)?.id
      if (typeof id === 'string') refused.push({ id: id.slice(0, 40), message: UNREADABLE })
      return []
    })
  const settle = (id: string, message: string | null) => {
    if (message) refused.push({ id, message })
    else kept.push(id)
    return message === null
  }
  return inTransaction(async (tx) => {
    const found = await speaker(tx, actor, parsed.data, now)
    if (!found) return refuse('login', 'Masuklah kembali. Catatan tetap ada di ponsel Anda.')
    const { me } = found
    const logs = readable(MeetingLog, parsed.data.logs)
    const answers = found.byTicket ? [] : readable(MeetingAnswer, parsed.data.answers)
    const withdrawals = found.byTicket ? [] : readable(MeetingWithdrawal, parsed.data.withdrawals)
    const pairs = new Map((await store.lockPairs(tx, me)).map((p) => [p.id, p]))
    const known = await store.lockMeetings(tx, [...logs.map((l) => l.id), ...[...answers, ...withdrawals].map((a) => a.meetingId)])
    for (const log of logs) {
      const standing = known.get(log.id)
      if (!settle(log.id, problemOf(log, pairs.get(log.pairingId), standing, me, now))) continue
      if (standing && (standing.withdrawnAt || standing.revision >= log.revision)) continue
      await store.keepMeeting(tx, log, me, now)
      const unanswered = { answer: null, answerWritten: null, withdrawnAt: null }
      known.set(log.id, { id: log.id, pairingId: log.pairingId, loggedBy: me, revision: log.revision, ...unanswered })
    }
    for (const a of answers) {
      const standing = known.get(a.meetingId)
      if (!settle(a.id, problemOfAnswer(a, standing, pairs, me)) || !standing) continue
      const written = new Date(Math.min(a.writtenAt, now.getTime()))
      // Of two answers the later stands; the same once more changes nothing.
      if (standing.answer === a.answer || (standing.answerWritten && standing.answerWritten >= written)) continue
      await store.answerMeeting(tx, a.meetingId, a.answer, me, written, now)
      known.set(a.meetingId, { ...standing, answer: a.answer, answerWritten: written })
    }
    for (const w of withdrawals) {
      const standing = known.get(w.meetingId)
      if (!settle(w.id, problemOfWithdrawal(w, standing, me)) || !standing || standing.withdrawnAt) continue
      await store.withdrawMeeting(tx, w.meetingId, now)
      await dropPhotosOf(tx, w.meetingId)
      known.set(w.meetingId, { ...standing, withdrawnAt: now })
    }
    return ok({ kept, refused })
  })
}

/** Hours that count for learners between two tests, by competency. */
export async function tutoredHours(baseCode: string, laterCode: string): Promise<{ teacherId: string; part: string; hours: number }[]> {
  const met = await store.tutoredBetween(baseCode, laterCode)
  const hours = await hoursOf([...new Set(met.map((m) => m.teacherId))])
  return [...groupBy(met, (m) => `${m.teacherId}|${m.part}`).values()].map((list) => {
    const { teacherId, part } = list[0]!
    return { teacherId, part, hours: list.reduce((s, m) => s + (hours.get(teacherId)?.counted.get(m.meetingId) ?? 0), 0) / 60 }
  })
}

/** What counts for these teachers: minutes by meeting, by teacher. Confirmed, no minute twice, no day beyond the cap in force. */
export async function hoursOf(
  teacherIds: readonly string[],
): Promise<Map<string, { counted: Map<string, number>; meetings: store.MeetingRow[] }>> {
  const [rows, { meetingHoursADay }] = await Promise.all([store.confirmedOf(teacherIds), policyInForce()])
  return new Map(
    [...groupBy(rows, (r) => r.teacherId)].map(([id, meetings]) => [id, { counted: countedMinutes(meetings, meetingHoursADay), meetings }]),
  )
}
