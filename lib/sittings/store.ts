import { uuidv7 } from 'uuidv7'
import { db, insertMany, sql, type Transaction } from '@/lib/platform/db'
import { competencyOrder } from './model'

export type SeatRow = {
  id: string
  sittingId: string
  roomId: string | null
  teacherId: string
  participantNumber: string
  cardVersion: number
  seatNumber: number
  subjectId: string | null
  extraSeconds: number
  attendance: string
  sittingName: string
  opensAt: Date
  closesAt: Date
  releaseRule: string
  releasedAt: Date | null
  frozenAt: Date | null
  releaseSalt: string | null
  cycleId: string
  cycleName: string
  practice: boolean
  simulated: boolean
  venueName: string
  roomName: string | null
  teacherName: string
}

const SEAT = `SELECT s.id, s.sitting_id AS "sittingId", s.room_id AS "roomId", s.teacher_id AS "teacherId", s.participant_number AS "participantNumber",
    s.card_version AS "cardVersion", s.seat_number AS "seatNumber", s.subject_id AS "subjectId", s.extra_seconds AS "extraSeconds", s.attendance,
    t.name AS "sittingName", t.opens_at AS "opensAt", t.closes_at AS "closesAt", t.release_rule AS "releaseRule", t.released_at AS "releasedAt",
    t.frozen_at AS "frozenAt", t.release_salt AS "releaseSalt", c.id AS "cycleId", c.name AS "cycleName", c.practice, c.simulated, v.name AS "venueName",
    r.name AS "roomName", coalesce(te.name, s.participant_number) AS "teacherName"
  FROM seat s JOIN sitting t ON t.id = s.sitting_id JOIN cycle c ON c.id = t.cycle_id JOIN venue v ON v.id = t.venue_id LEFT JOIN room r ON r.id = s.room_id
    LEFT JOIN teacher te ON te.id = s.teacher_id`

export const seatById = async (id: string) => (await sql<SeatRow>(`${SEAT} WHERE s.id = $1`, [id]))[0] ?? null
export const seatsByIds = (ids: string[]) => sql<SeatRow>(`${SEAT} WHERE s.id = ANY($1::uuid[]) ORDER BY t.opens_at`, [ids])
export const seatsByNumbers = (numbers: string[]) => sql<SeatRow>(`${SEAT} WHERE s.participant_number = ANY($1::text[])`, [numbers])
export const seatsOfTeacher = (teacherId: string) => sql<SeatRow>(`${SEAT} WHERE s.teacher_id = $1 ORDER BY t.opens_at DESC`, [teacherId])

export const parts = (cycleId: string) =>
  sql<{ competencyCode: string; minutes: number }>(
    `SELECT competency_code AS "competencyCode", minutes FROM cycle_part WHERE cycle_id = $1 ORDER BY sort`,
    [cycleId],
  )

export async function addAllowance(
  a: {
    /** Given by a console that was away, so that handing it in twice counts once. */
    id?: string
    sittingId: string
    roomId: string | null
    seatId: string | null
    kind: 'extend' | 'pause'
    seconds: number | null
    reason: string
    /** Null: by rule. */
    byUserId: string | null
    endedAt?: Date | null
  },
  startedAt: Date,
): Promise<void> {
  await db().allowance.createMany({ data: [{ ...a, id: a.id ?? uuidv7(), startedAt }], skipDuplicates: true })
}

/** Ends the pauses of exactly this scope that ran at `now`; one that began later is another pause. */
export async function endPauses(scope: { sittingId: string; roomId: string | null; seatId: string | null }, now: Date): Promise<number> {
  const done = await db().allowance.updateMany({
    where: { ...scope, kind: 'pause', endedAt: null, startedAt: { lte: now } },
    data: { endedAt: now },
  })
  return done.count
}

export const allowancesOfSitting = (sittingId: string) => db().allowance.findMany({ where: { sittingId }, orderBy: { startedAt: 'asc' } })
export const roomAllowances = (sittingId: string, roomId: string) =>
  db().allowance.findMany({ where: { sittingId, OR: [{ roomId: null }, { roomId }] }, orderBy: { startedAt: 'asc' } })

/** Sittings at the venue of this one whose window is open at `now`, this one always among them. */
export const openAtVenue = async (sittingId: string, now: Date): Promise<string[]> =>
  (
    await sql<{ id: string }>(
      `SELECT t.id FROM sitting t JOIN sitting o ON o.venue_id = t.venue_id WHERE o.id = $1 AND (t.id = o.id OR $2 BETWEEN t.opens_at AND t.closes_at) ORDER BY t.opens_at`,
      [sittingId, now],
    )
  ).map((r) => r.id)

/** Seconds at most that the rule gives back for a dead page, of the sitting's cycle. */
export const outageLimit = async (sittingId: string): Promise<number> =>
  (
    await sql<{ seconds: number }>(
      `SELECT c.outage_minutes * 60 AS seconds FROM sitting t JOIN cycle c ON c.id = t.cycle_id WHERE t.id = $1`,
      [sittingId],
    )
  )[0]?.seconds ?? 0

export const cycles = () =>
  db().cycle.findMany({
    where: { rehearsal: false, trialOfId: null },
    orderBy: { startsOn: 'desc' },
    include: {
      parts: { orderBy: { sort: 'asc' } },
      sittings: { include: { venue: true, _count: { select: { seats: true } } }, orderBy: { opensAt: 'asc' } },
    },
  })
export const cycleById = (id: string) =>
  db().cycle.findUnique({
    where: { id },
    include: {
      parts: { orderBy: { sort: 'asc' } },
      sittings: { include: { venue: true, _count: { select: { seats: true, rooms: true } } }, orderBy: { opensAt: 'asc' } },
    },
  })
/** The venue, or the sitting, that is just like this one: whoever asks for it once more gets it. */
export const sameVenue = async (v: { name: string; regionId: string; address?: string; capacity?: number }) =>
  (
    await db().venue.findFirst({
      where: { name: v.name, regionId: v.regionId, address: v.address ?? null, capacity: v.capacity ?? null },
      select: { id: true },
    })
  )?.id ?? null
export const sameSitting = async (s: { cycleId: string; venueId: string; name: string; opensAt: Date; closesAt: Date }) =>
  (await db().sitting.findFirst({ where: s, select: { id: true } }))?.id ?? null
export const cycleByCode = (code: string) => db().cycle.findUnique({ where: { code } })

export async function createCycle(c: {
  id?: string
  code: string
  name: string
  series: string
  startsOn: Date
  practice?: boolean
  simulated?: boolean
  rehearsal?: boolean
  minutes: Record<string, number>
}): Promise<string> {
  const { id = uuidv7(), minutes, ...rest } = c
  await db().cycle.create({
    data: {
      id,
      ...rest,
      parts: {
        create: competencyOrder
          .filter((k) => minutes[k])
          .map((k, sort) => ({ id: uuidv7(), competencyCode: k, minutes: minutes[k]!, sort })),
      },
    },
  })
  return id
}

export const venues = () => db().venue.findMany({ orderBy: { name: 'asc' } })
export async function createVenue(v: {
  id?: string
  name: string
  regionId: string
  address?: string
  capacity?: number
}): Promise<string> {
  return (await db().venue.create({ data: { ...v, id: v.id ?? uuidv7() } })).id
}

export async function createSitting(s: {
  id?: string
  cycleId: string
  venueId: string
  name: string
  opensAt: Date
  closesAt: Date
  releaseRule: string
  releasedAt?: Date
}): Promise<string> {
  return (await db().sitting.create({ data: { ...s, id: s.id ?? uuidv7() } })).id
}
export const sittingById = (id: string) =>
  db().sitting.findUnique({
    where: { id },
    include: {
      cycle: true,
      venue: true,
      rooms: { orderBy: { name: 'asc' }, include: { _count: { select: { seats: true } }, proctors: true } },
      _count: { select: { seats: true } },
    },
  })
/** Opens results; those that are open stay so since the first time. Null when there is no such sitting, false when they were open. */
export async function releaseSitting(id: string, at: Date): Promise<boolean | null> {
  const now = await sql(`UPDATE sitting SET released_at = $2 WHERE id = $1 AND released_at IS NULL RETURNING id`, [id, at])
  return now.length === 1 || ((await db().sitting.count({ where: { id } })) === 1 ? false : null)
}

export type NewSeat = {
  id: string
  roomId: string | null
  teacherId: string
  participantNumber: string
  seatNumber: number
  schoolId: string
  regionId: string
  levelId: string
  subjectId: string | null
  employmentStatus: string | null
  attendance?: string
  addedAt?: Date
}

export async function insertSeats(tx: Transaction, sittingId: string, seats: NewSeat[]): Promise<void> {
  await insertMany(
    tx,
    'seat',
    {
      id: 'uuid',
      sitting_id: 'uuid',
      room_id: 'uuid',
      teacher_id: 'uuid',
      participant_number: 'text',
      seat_number: 'int',
      school_id: 'uuid',
      region_id: 'uuid',
      level_id: 'uuid',
      subject_id: 'uuid',
      employment_status: 'text',
      attendance: 'text',
      card_version: 'int',
      extra_seconds: 'int',
      added_at: 'timestamptz',
    },
    seats.map((s) => [
      s.id,
      sittingId,
      s.roomId,
      s.teacherId,
      s.participantNumber,
      s.seatNumber,
      s.schoolId,
      s.regionId,
      s.levelId,
      s.subjectId,
      s.employmentStatus,
      s.attendance ?? 'unknown',
      1,
      0,
      s.addedAt ?? null,
    ]),
  )
}

export type RoomSeat = {
  id: string
  teacherId: string
  participantNumber: string
  seatNumber: number
  cardVersion: number
  attendance: string
  extraSeconds: number
  teacherName: string
  schoolName: string
  subjectName: string | null
  roomName: string | null
  roomId: string | null
}

export const ROOM_SEAT = `SELECT s.id, s.teacher_id AS "teacherId", s.participant_number AS "participantNumber", s.seat_number AS "seatNumber", s.card_version AS "cardVersion", s.attendance, s.extra_seconds AS "extraSeconds",
    coalesce(t.name, 'Peserta ' || s.participant_number) AS "teacherName", coalesce(sc.name, '–') AS "schoolName", su.name AS "subjectName", r.name AS "roomName", r.id AS "roomId"
  FROM seat s LEFT JOIN teacher t ON t.id = s.teacher_id LEFT JOIN school sc ON sc.id = s.school_id LEFT JOIN subject su ON su.id = s.subject_id LEFT JOIN room r ON r.id = s.room_id`

export const seatsOfRoom = (roomId: string) => sql<RoomSeat>(`${ROOM_SEAT} WHERE s.room_id = $1 ORDER BY s.seat_number`, [roomId])
export const seatsOfSitting = (sittingId: string) =>
  sql<RoomSeat>(`${ROOM_SEAT} WHERE s.sitting_id = $1 ORDER BY r.name, s.seat_number`, [sittingId])

export type RoomRow = {
  id: string
  name: string
  sittingId: string
  sittingName: string
  opensAt: Date
  closesAt: Date
  venueName: string
  cycleName: string
  simulated: boolean
  practice: boolean
  columns: number
  seats: number
}
const ROOM = `SELECT r.id, r.name, r.columns, r.sitting_id AS "sittingId", t.name AS "sittingName", t.opens_at AS "opensAt", t.closes_at AS "closesAt", v.name AS "venueName", c.name AS "cycleName", c.simulated, c.practice,
    (SELECT count(*)::int FROM seat WHERE room_id = r.id) AS seats
  FROM room r JOIN sitting t ON t.id = r.sitting_id JOIN venue v ON v.id = t.venue_id JOIN cycle c ON c.id = t.cycle_id`

export const roomById = async (id: string) => (await sql<RoomRow>(`${ROOM} WHERE r.id = $1`, [id]))[0] ?? null
export const roomsOfProctor = (userId: string) =>
  sql<RoomRow>(`${ROOM} JOIN proctor_assignment p ON p.room_id = r.id WHERE p.user_id = $1 ORDER BY t.opens_at DESC, r.name`, [userId])
export type OwnSitting = {
  id: string
  name: string
  venueName: string
  opensAt: Date
  closesAt: Date
  practice: boolean
  simulated: boolean
  rooms: number
}
/** Sittings of which every room is this proctor's. */
export const sittingsOfProctor = (userId: string) =>
  sql<OwnSitting>(
    `SELECT t.id, t.name, v.name AS "venueName", t.opens_at AS "opensAt", t.closes_at AS "closesAt", c.practice, c.simulated, count(r.id)::int AS rooms
       FROM sitting t JOIN venue v ON v.id = t.venue_id JOIN cycle c ON c.id = t.cycle_id JOIN room r ON r.sitting_id = t.id
       LEFT JOIN proctor_assignment p ON p.room_id = r.id AND p.user_id = $1
      GROUP BY t.id, v.name, c.practice, c.simulated HAVING count(r.id) = count(p.room_id) ORDER BY t.opens_at DESC`,
    [userId],
  )
export const isProctorOf = async (userId: string, roomId: string) => (await db().proctorAssignment.count({ where: { userId, roomId } })) > 0
export async function assignProctor(userId: string, roomId: string): Promise<void> {
  await sql(`INSERT INTO proctor_assignment (user_id, room_id) VALUES ($1,$2) ON CONFLICT DO NOTHING`, [userId, roomId])
}

export const proctorsOf = (sittingId: string) =>
  sql<{ roomId: string; userId: string; name: string }>(
    `SELECT p.room_id AS "roomId", p.user_id AS "userId", u.name FROM proctor_assignment p JOIN room r ON r.id = p.room_id JOIN user_account u ON u.id = p.user_id WHERE r.sitting_id = $1 ORDER BY u.name`,
    [sittingId],
  )

export async function setAttendance(seatId: string, attendance: string): Promise<void> {
  await db().seat.update({ where: { id: seatId }, data: { attendance } })
}
/** Whoever starts is there, unless somebody has said otherwise. */
export async function markPresent(seatIds: string[]): Promise<void> {
  await sql(`UPDATE seat SET attendance = 'present' WHERE id = ANY($1::uuid[]) AND attendance = 'unknown'`, [seatIds])
}
/** Voids the card of a seat at `now`; the next one has a version that no card of this seat ever had. */
export async function renewCard(seatId: string, now: Date): Promise<void> {
  await sql(
    `UPDATE seat SET card_before = card_version, card_before_at = card_renewed_at, card_version = greatest(card_version, card_highest) + 1,
       card_highest = greatest(card_version, card_highest) + 1, card_renewed_at = $2 WHERE id = $1`,
    [seatId, now],
  )
}
/** When the card that may come back was voided and the version that took its place, the seat locked; null when none was voided. */
export const lockVoidedCard = async (seatId: string, tx: Transaction): Promise<{ at: Date; version: number } | null> =>
  (
    await tx.query<{ at: Date; version: number }>(
      `SELECT card_renewed_at AS at, card_version AS version FROM seat WHERE id = $1 AND card_before IS NOT NULL FOR UPDATE`,
      [seatId],
    )
  ).rows[0] ?? null
/** The voided card holds again, as if it had never been voided. */
export async function restoreCard(seatId: string, tx: Transaction): Promise<void> {
  await tx.query(
    `UPDATE seat SET card_version = card_before, card_renewed_at = card_before_at, card_before = NULL, card_before_at = NULL WHERE id = $1`,
    [seatId],
  )
}
/** Writes a line into the log; false when this very line stands already. */
export async function addIncident(
  i: { id?: string; sittingId: string; roomId: string | null; seatId: string | null; kind: string; note: string; byUserId: string },
  at: Date,
): Promise<boolean> {
  return (await db().incident.createMany({ data: [{ ...i, id: i.id ?? uuidv7(), at }], skipDuplicates: true })).count > 0
}
export const incidentsOfSitting = (sittingId: string) => db().incident.findMany({ where: { sittingId }, orderBy: { at: 'asc' } })
