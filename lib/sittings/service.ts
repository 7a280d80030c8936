import { faultsOf } from '@/lib/platform/faults'
import { z } from 'zod'
import { cardCode, usersWithRole } from '@/lib/access/inside'
import { act, allow, audit, denied, openNamed } from '@/lib/access/service'
import type { Actor, Role, Scope } from '@/lib/access/model'
import { derivedKey } from '@/lib/platform/config'
import { fromWib } from '@/lib/platform/format'
import { takeTurn } from '@/lib/platform/turn-store'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { NewCycle, NewSitting, NewVenue } from './model'
import * as store from './store'

export { drawFirstTimers, retestDraw, type RetestDrawRow } from './first-timer-service'
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
const incomplete = (parsed: { success: boolean; error?: z.ZodError }) =>
  refuse('input', 'Ada isian yang belum benar. Belum ada yang disimpan.', faultsOf(parsed))

const taken = (code: string) => `Kode siklus ${code} sudah dipakai siklus lain. Belum ada yang dibuat; pilih kode lain.`
const sameCycle = (a: { name: string; series: string; startsOn: Date }, b: { name: string; series: string; startsOn: string }) =>
  a.name === b.name && a.series === b.series && a.startsOn.toISOString().slice(0, 10) === b.startsOn

/** Makes a cycle. Asked for the same one again, it is the one that stands. */
export async function addCycle(actor: Actor, input: unknown): Promise<Result<string>> {
  allow(actor, 'cycle:manage')
  const parsed = NewCycle.safeParse(input)
  if (!parsed.success) return incomplete(parsed)
  const c = parsed.data
  return act(async (tx) => {
    await takeTurn(tx, 'cycle', c.code)
    const standing = await store.cycleByCode(c.code)
    if (standing) return sameCycle(standing, c) ? ok(standing.id) : refuse('taken', taken(c.code), ['code'])
    const id = await store.createCycle({ ...c, startsOn: new Date(`${c.startsOn}T00:00:00Z`) })
    await audit(actor, 'cycle:manage', `cycle:${id}`, { detail: { created: c.code } }, tx)
    return ok(id)
  })
}

export async function addVenue(actor: Actor, input: unknown): Promise<Result<string>> {
  allow(actor, 'cycle:manage')
  const parsed = NewVenue.safeParse(input)
  if (!parsed.success) return incomplete(parsed)
  return act(async (tx) => {
    await takeTurn(tx, 'venue', parsed.data.regionId)
    const standing = await store.sameVenue(parsed.data)
    if (standing) return ok(standing)
    const id = await store.createVenue(parsed.data)
    await audit(actor, 'cycle:manage', `venue:${id}`, { detail: { created: parsed.data.name } }, tx)
    return ok(id)
  })
}

export async function addSitting(actor: Actor, input: unknown): Promise<Result<string>> {
  allow(actor, 'cycle:manage')
  const parsed = NewSitting.safeParse(input)
  if (!parsed.success) return incomplete(parsed)
  const s = parsed.data
  const wanted = {
    cycleId: s.cycleId,
    venueId: s.venueId,
    name: s.name,
    opensAt: fromWib(s.day, s.opens),
    closesAt: fromWib(s.day, s.closes),
    releaseRule: s.releaseRule,
  }
  return act(async (tx) => {
    await takeTurn(tx, 'sitting', s.cycleId)
    const standing = await store.sameSitting(wanted)
    if (standing) return ok(standing)
    const id = await store.createSitting(wanted)
    await audit(actor, 'cycle:manage', `sitting:${id}`, { detail: { created: s.name } }, tx)
    return ok(id)
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
  if (z.uuid().safeParse(sittingId).success && (await store.sittingById(sittingId))?.cycle.trialOfId)
    return refuse(
      'trial',
      'Ini uji coba internal dengan soal yang masih akan dihitung, jadi hasilnya tidak dibuka. Tidak ada yang dirilis.',
    )
  return act(async (tx) => {
    const opened = z.uuid().safeParse(sittingId).success ? await store.releaseSitting(sittingId, new Date()) : null
    if (opened === null) return refuse('sitting', 'Sesi itu tidak ada. Tidak ada yang dirilis.')
    if (!opened) return ok(null)
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

/** The roles by which this scope watches something, in the order of the grants; `own`: the actor was put there as a proctor. */
const watchers = (scope: Scope, own: boolean): Role[] =>
  scope.flatMap((r) => (r.only === null || (r.only === 'rooms' && own) ? [r.role] : []))

/** The room with the roles by which this actor may watch it, the one that is told of first. Throws `Forbidden` for somebody else's room. */
export async function watchedRoom(actor: Actor, roomId: string): Promise<{ room: store.RoomRow; roles: Role[] } | null> {
  const scope = allow(actor, 'room:watch')
  const room = z.uuid().safeParse(roomId).success ? await store.roomById(roomId) : null
  if (!room) return null
  const roles = watchers(scope, actor.userId !== null && (await store.isProctorOf(actor.userId, roomId)))
  if (!roles.length) throw denied(actor, 'room:watch')
  return { room, roles }
}

/** The room, when this actor may watch it. Throws `Forbidden` for somebody else's room. */
export const roomFor = async (actor: Actor, roomId: string): Promise<store.RoomRow | null> =>
  (await watchedRoom(actor, roomId))?.room ?? null

export async function myRooms(actor: Actor) {
  allow(actor, 'room:watch')
  return actor.userId ? store.roomsOfProctor(actor.userId) : []
}

/** Sittings of which every room is the actor's: they are watched and paused as one. */
export async function mySittings(actor: Actor) {
  allow(actor, 'room:watch')
  return actor.userId ? store.sittingsOfProctor(actor.userId) : []
}

/** The whole sitting, when this actor may watch all of it: every room of it is the actor's, or the actor is the office. Throws `Forbidden`. */
export async function watchedSitting(actor: Actor, sittingId: string) {
  const found = await watched(actor, sittingId)
  if (found && !found.roles.length) throw denied(actor, 'room:watch')
  return found
}
export const sittingFor = async (actor: Actor, sittingId: string) => (await watchedSitting(actor, sittingId))?.sitting ?? null

/** Whether the actor may watch all of a sitting: asked to show what is open, so that a no is no refusal. */
export const watchesWhole = async (actor: Actor, sittingId: string): Promise<boolean> =>
  Boolean((await watched(actor, sittingId))?.roles.length)

async function watched(actor: Actor, sittingId: string) {
  const scope = allow(actor, 'room:watch')
  const sitting = z.uuid().safeParse(sittingId).success ? await store.sittingById(sittingId) : null
  if (!sitting) return null
  const all = sitting.rooms.every((r) => r.proctors.some((p) => p.userId === actor.userId))
  return { sitting, roles: watchers(scope, actor.userId !== null && sitting.rooms.length > 0 && all) }
}

export { createFollowUp, followUpPlan, type FollowUpPlan } from './followup-service'
export { addParticipants, countParticipants, lastAdding, participant, participants } from './seating-service'
export { cyclePath, seriesKnown, sittingFacts, type SittingFacts, type Step } from './path-service'
export { changeCycle, changeVenue, copyCycle } from './setup-service'
export { startTrial, trials, type Trial } from './trial-service'
export { changeOutageRule, changeRoom, changeSeat, chooseForms, cycleForms } from './form-service'
