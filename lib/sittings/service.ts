import { z } from 'zod'
import { act, allow, audit, cardCode, denied, endSeatSessions, openNamed, seatSeenWith, usersWithRole } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { derivedKey } from '@/lib/platform/config'
import { fromWib } from '@/lib/platform/format'
import type { Transaction } from '@/lib/platform/db'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { together } from '@/lib/platform/together'
import { teachersForSeating } from '@/lib/roster/service'
import { NewCycle, NewSitting, NewVenue, ParticipantFilter } from './model'
import * as store from './store'

export { enterWithCard } from './card-entry'
export type { SeatRow, RoomSeat, RoomRow, OwnSitting } from './store'

const cardHolds = (actor: Actor & { cardVersion?: number | null }, seat: store.SeatRow) =>
  actor.cardVersion == null || actor.cardVersion === seat.cardVersion

/** Seats of the actor: the one of the card, or all of the account's teacher. A voided card opens none. */
export async function seatsFor(actor: Actor): Promise<store.SeatRow[]> {
  allow(actor, 'test:take')
  if (actor.seatId) {
    const seat = await store.seatById(actor.seatId)
    return seat && cardHolds(actor, seat) ? [seat] : []
  }
  return actor.teacherId ? store.seatsOfTeacher(actor.teacherId) : []
}

export async function seatFor(actor: Actor, seatId: string): Promise<store.SeatRow | null> {
  return (await seatsFor(actor)).find((s) => s.id === seatId) ?? null
}

export const partsOfCycle = store.parts
/** Notes that a participant is there; many who start in the same moment are noted together. */
export const markPresent = together(async (seatIds: string[]) => {
  await store.markPresent(seatIds)
  return seatIds.map(() => undefined)
})

export async function cycles(actor: Actor) {
  allow(actor, 'cycle:manage')
  return store.cycles()
}
export async function cycle(actor: Actor, id: string) {
  allow(actor, 'cycle:manage')
  return z.uuid().safeParse(id).success ? store.cycleById(id) : null
}
export async function venues(actor: Actor) {
  allow(actor, 'cycle:manage')
  return store.venues()
}
export async function sitting(actor: Actor, id: string) {
  allow(actor, 'cycle:manage')
  return z.uuid().safeParse(id).success ? store.sittingById(id) : null
}
export async function participants(actor: Actor, sittingId: string) {
  allow(actor, 'cycle:manage')
  return openNamed(
    actor,
    'sitting-seats',
    'cycle:manage',
    `sitting:${sittingId}`,
    await store.seatsOfSitting(sittingId),
    (s) => s.teacherId,
  )
}

const firstIssue = (error: { issues: { message: string }[] }) => refuse('input', error.issues[0]?.message ?? 'Isian belum lengkap.')

export async function addCycle(actor: Actor, input: unknown): Promise<Result<string>> {
  allow(actor, 'cycle:manage')
  const parsed = NewCycle.safeParse(input)
  if (!parsed.success) return firstIssue(parsed.error)
  const c = parsed.data
  if (await store.cycleByCode(c.code)) return refuse('taken', `Kode siklus ${c.code} sudah dipakai.`)
  return act(async (tx) => {
    const id = await store.createCycle({ ...c, startsOn: new Date(`${c.startsOn}T00:00:00Z`) })
    await audit(actor, 'cycle:manage', `cycle:${id}`, { detail: { created: c.code } }, tx)
    return ok(id)
  })
}

export async function addVenue(actor: Actor, input: unknown): Promise<Result<string>> {
  allow(actor, 'cycle:manage')
  const parsed = NewVenue.safeParse(input)
  if (!parsed.success) return firstIssue(parsed.error)
  return act(async (tx) => {
    const id = await store.createVenue(parsed.data)
    await audit(actor, 'cycle:manage', `venue:${id}`, { detail: { created: parsed.data.name } }, tx)
    return ok(id)
  })
}

export async function addSitting(actor: Actor, input: unknown): Promise<Result<string>> {
  allow(actor, 'cycle:manage')
  const parsed = NewSitting.safeParse(input)
  if (!parsed.success) return firstIssue(parsed.error)
  const s = parsed.data
  return act(async (tx) => {
    const id = await store.createSitting({
      cycleId: s.cycleId,
      venueId: s.venueId,
      name: s.name,
      opensAt: fromWib(s.day, s.opens),
      closesAt: fromWib(s.day, s.closes),
      releaseRule: s.releaseRule,
    })
    await audit(actor, 'cycle:manage', `sitting:${id}`, { detail: { created: s.name } }, tx)
    return ok(id)
  })
}

/** Seats teachers chosen by filter or by a pasted list of NUPTK/NIP. */
export async function addParticipants(
  actor: Actor,
  sittingId: string,
  input: unknown,
): Promise<Result<{ added: number; known: number; missing: string[] }>> {
  allow(actor, 'cycle:manage')
  const parsed = ParticipantFilter.safeParse(input)
  if (!parsed.success) return firstIssue(parsed.error)
  const target = await store.sittingById(sittingId)
  if (!target) return refuse('sitting', 'Sesi tidak ditemukan.')
  const { teachers, missing } = await teachersForSeating(actor, parsed.data)
  if (teachers.length === 0)
    return refuse(
      'none',
      missing.length ? 'Tidak satu pun nomor dalam daftar ada di data guru.' : 'Tidak ada guru yang cocok dengan saringan itu.',
    )
  return act(async (tx) => {
    const added = await store.seatTeachers(
      { id: sittingId, cycleId: target.cycleId, cycleCode: target.cycle.code },
      teachers,
      parsed.data.roomSize,
    )
    await audit(actor, 'cycle:manage', `sitting:${sittingId}`, { count: added, detail: { participants: 'added' } }, tx)
    return ok({ added, known: teachers.length - added, missing })
  })
}

/** Who watches which room, and who could. */
export async function proctors(actor: Actor, sittingId: string) {
  allow(actor, 'cycle:manage')
  const [assigned, candidates] = await Promise.all([store.proctorsOf(sittingId), usersWithRole('pengawas')])
  return { assigned, candidates }
}

/** Puts a proctor into a room, or into every room of the sitting when none is named. */
export async function appointProctor(actor: Actor, sittingId: string, userId: string, roomId: string | null): Promise<Result<number>> {
  allow(actor, 'cycle:manage')
  const target = await store.sittingById(sittingId)
  const rooms = target?.rooms.filter((r) => !roomId || r.id === roomId) ?? []
  const known = (await usersWithRole('pengawas')).some((u) => u.id === userId)
  if (!rooms.length || !known) return refuse('input', 'Pilih pengawas dan ruang. Akun pengawas dibuat administrator di halaman Pengguna.')
  return act(async (tx) => {
    for (const room of rooms) await store.assignProctor(userId, room.id)
    await audit(actor, 'cycle:manage', `sitting:${sittingId}`, { count: rooms.length, detail: { proctor: userId } }, tx)
    return ok(rooms.length)
  })
}

/** Opens held results of a sitting to its participants. */
export async function releaseResults(actor: Actor, sittingId: string): Promise<Result<null>> {
  allow(actor, 'result:release')
  return act(async (tx) => {
    await store.releaseSitting(sittingId, new Date())
    await audit(actor, 'result:release', `sitting:${sittingId}`, {}, tx)
    return ok(null)
  })
}

export type CardFace = {
  number: string
  code: string
  name: string
  school: string
  subject: string | null
  room: string | null
  seatNumber: number
}

/** What the cards of a sitting (or one room) say. Printing is logged. */
export async function cards(
  actor: Actor,
  sittingId: string,
  roomId: string | null,
): Promise<{ sitting: NonNullable<Awaited<ReturnType<typeof store.sittingById>>>; faces: CardFace[] } | null> {
  allow(actor, 'cards:print')
  const target = await store.sittingById(sittingId)
  if (!target) return null
  const seats = (await store.seatsOfSitting(sittingId)).filter((s) => !roomId || s.roomId === roomId)
  const key = derivedKey('card')
  await openNamed(actor, 'cards', 'cards:print', `sitting:${sittingId}`, seats, (s) => s.teacherId)
  return {
    sitting: target,
    faces: seats.map((s) => ({
      number: s.participantNumber,
      code: cardCode(key, s.id, s.cardVersion),
      name: s.teacherName,
      school: s.schoolName,
      subject: s.subjectName,
      room: s.roomName,
      seatNumber: s.seatNumber,
    })),
  }
}

/** The room, when this actor may watch it. Throws `Forbidden` for somebody else's room. */
export async function roomFor(actor: Actor, roomId: string): Promise<store.RoomRow | null> {
  const scope = allow(actor, 'room:watch')
  const room = z.uuid().safeParse(roomId).success ? await store.roomById(roomId) : null
  if (!room) return null
  if (!scope.all && !(actor.userId && (await store.isProctorOf(actor.userId, roomId)))) throw denied(actor, 'room:watch')
  return room
}

export async function myRooms(actor: Actor) {
  allow(actor, 'room:watch')
  return actor.userId ? store.roomsOfProctor(actor.userId) : []
}

/** Sittings of which every room is the actor's: they are watched and paused as one. */
export async function mySittings(actor: Actor) {
  allow(actor, 'room:watch')
  return actor.userId ? store.sittingsOfProctor(actor.userId) : []
}

/** The seats that tickets speak for; whoever calls has read the tickets. */
export const seatsByIds = store.seatsByIds
/** One of them, or null; many who ask in the same moment are read together. */
export const seatOfTicket = together(async (ids: string[]) => {
  const found = new Map((await store.seatsByIds(ids)).map((s) => [s.id, s]))
  return ids.map((id) => found.get(id) ?? null)
})

/** The whole sitting, when this actor may watch all of it: every room of it is the actor's, or the actor is the office. */
export async function sittingFor(actor: Actor, sittingId: string) {
  const found = await watched(actor, sittingId)
  if (found && !found.whole) throw denied(actor, 'room:watch')
  return found?.sitting ?? null
}

/** Whether the actor may watch all of a sitting: asked to show what is open, so that a no is no refusal. */
export const watchesWhole = async (actor: Actor, sittingId: string): Promise<boolean> => (await watched(actor, sittingId))?.whole ?? false

async function watched(actor: Actor, sittingId: string) {
  const scope = allow(actor, 'room:watch')
  const sitting = z.uuid().safeParse(sittingId).success ? await store.sittingById(sittingId) : null
  if (!sitting) return null
  const own = sitting.rooms.every((r) => r.proctors.some((p) => p.userId === actor.userId))
  return { sitting, whole: scope.all || Boolean(actor.userId && sitting.rooms.length > 0 && own) }
}

export { buildFollowUp, createFollowUp, followUpPlan, type FollowUpPlan } from './followup-service'
export { assignForms, changeOutageRule, changeRoom, changeSeat, chooseForms, cycleForms } from './form-service'
export { formUse, markFrozen, seatForms, setCycleForms, sittingToFreeze, sittingsToFreeze } from './form-store'
export { rehearsalSittings, removeRehearsal, seatGhosts } from './rehearsal-store'
export const outageLimit = store.outageLimit
export const openAtVenue = store.openAtVenue
export const allowancesOfSitting = store.allowancesOfSitting
export const incidentsOfSitting = store.incidentsOfSitting
export const seatsOfSitting = store.seatsOfSitting
export const seatsOfRoom = store.seatsOfRoom
export const roomAllowances = store.roomAllowances
export const endPauses = store.endPauses
export const addAllowance = store.addAllowance
export const addIncidentRow = store.addIncident
export const setAttendance = store.setAttendance
/** Voids the card of a seat at `now`; whoever is logged in with it is logged out at once. */
export async function renewCard(seatId: string, now: Date): Promise<void> {
  await store.renewCard(seatId, now)
  await endSeatSessions(seatId, 'card')
}
/** Takes the voiding of a card back. Refused when nothing was voided, or when somebody has come in with the new card already. */
export async function restoreCard(seatId: string, tx: Transaction): Promise<Result<null>> {
  const voided = await store.lockVoidedCard(seatId, tx)
  if (!voided) return refuse('state', 'Kartu peserta ini tidak sedang dibatalkan. Tidak ada yang berubah.')
  if (await seatSeenWith(seatId, voided.version, tx))
    return refuse('used', 'Kartu baru sudah dipakai masuk, jadi kartu lama tetap batal. Peserta melanjutkan dengan kartu baru.')
  await store.restoreCard(seatId, tx)
  return ok(null)
}
