import { sql, type Transaction } from '@/lib/platform/db'
import { ROOM_SEAT, type RoomSeat } from './store'

/** Single seats of a sitting: read a page at a time, taken away, and put elsewhere. */

/** One page of the seats of a sitting whose name or number holds `q`, and how many there are. */
export async function seatPage(sittingId: string, q: string, take: number, skip: number): Promise<{ rows: RoomSeat[]; found: number }> {
  const rows = await sql<RoomSeat & { found: number }>(
    `SELECT x.*, (count(*) OVER ())::int AS found FROM (${ROOM_SEAT} WHERE s.sitting_id = $1) x
      WHERE $2 = '' OR strpos(lower(x."teacherName"), lower($2)) > 0 OR strpos(lower(x."participantNumber"), lower($2)) > 0
      ORDER BY x."roomName", x."seatNumber" LIMIT $3 OFFSET $4`,
    [sittingId, q, take, skip],
  )
  return { rows: rows.map(({ found: _found, ...seat }) => seat), found: rows[0]?.found ?? 0 }
}

export const seatOfSitting = async (sittingId: string, seatId: string): Promise<RoomSeat | null> =>
  (await sql<RoomSeat>(`${ROOM_SEAT} WHERE s.sitting_id = $1 AND s.id = $2`, [sittingId, seatId]))[0] ?? null

export type OpenRoom = { id: string; name: string; sittingId: string; sittingName: string; free: number }

/** Rooms with a free place in the sittings of the same cycle that have not opened, those of the sitting itself first. */
export const roomsToMoveTo = (sittingId: string, now: Date) =>
  sql<OpenRoom>(
    `SELECT * FROM (SELECT r.id, r.name, t.id AS "sittingId", t.name AS "sittingName", r.capacity - (SELECT count(*)::int FROM seat s WHERE s.room_id = r.id) AS free
       FROM room r JOIN sitting t ON t.id = r.sitting_id WHERE t.cycle_id = (SELECT cycle_id FROM sitting WHERE id = $1) AND t.opens_at > $2) x
      WHERE free > 0 ORDER BY x."sittingId" <> $1, x."sittingName", x.name`,
    [sittingId, now],
  )

export type Adding = { at: Date; count: number }

export const lastAdding = async (sittingId: string): Promise<Adding | null> =>
  (
    await sql<Adding>(
      `SELECT added_at AS at, count(*)::int AS count FROM seat WHERE sitting_id = $1 AND added_at IS NOT NULL GROUP BY added_at ORDER BY added_at DESC LIMIT 1`,
      [sittingId],
    )
  )[0] ?? null

export type SittingTimes = { id: string; cycleId: string; opensAt: Date; closesAt: Date }

/** A sitting whose cycle is held: until the transaction ends nobody is added, moved or taken away in it. */
export async function holdCycleOf(tx: Transaction, sittingId: string): Promise<SittingTimes | null> {
  await tx.query(`SELECT 1 FROM cycle WHERE id = (SELECT cycle_id FROM sitting WHERE id = $1) FOR UPDATE`, [sittingId])
  const { rows } = await tx.query<SittingTimes>(
    `SELECT id, cycle_id AS "cycleId", opens_at AS "opensAt", closes_at AS "closesAt" FROM sitting WHERE id = $1`,
    [sittingId],
  )
  return rows[0] ?? null
}

/** Seats of a sitting, locked: one of them, or all that were added in one moment. */
export async function lockSeats(
  tx: Transaction,
  sittingId: string,
  which: { seatId: string } | { addedAt: Date },
): Promise<{ id: string; number: string; roomId: string | null }[]> {
  const [condition, value] = 'seatId' in which ? ['id = $2', which.seatId] : ['added_at = $2', which.addedAt]
  const { rows } = await tx.query<{ id: string; number: string; roomId: string | null }>(
    `SELECT id, participant_number AS number, room_id AS "roomId" FROM seat WHERE sitting_id = $1 AND ${condition} ORDER BY id FOR UPDATE`,
    [sittingId, value],
  )
  return rows
}

/** Takes seats away with the forms that lay there; their numbers are not given again. */
export async function deleteSeats(tx: Transaction, seatIds: string[]): Promise<void> {
  await tx.query(`DELETE FROM seat WHERE id = ANY($1::uuid[])`, [seatIds])
}

export type TargetRoom = { id: string; name: string; capacity: number; sittingId: string; cycleId: string; opensAt: Date; places: number[] }

export async function lockRoom(tx: Transaction, roomId: string): Promise<TargetRoom | null> {
  await tx.query(`SELECT 1 FROM room WHERE id = $1 FOR UPDATE`, [roomId])
  const { rows } = await tx.query<TargetRoom>(
    `SELECT r.id, r.name, r.capacity, t.id AS "sittingId", t.cycle_id AS "cycleId", t.opens_at AS "opensAt", ARRAY(SELECT seat_number FROM seat WHERE room_id = r.id) AS places
       FROM room r JOIN sitting t ON t.id = r.sitting_id WHERE r.id = $1`,
    [roomId],
  )
  return rows[0] ?? null
}

export async function placeSeat(tx: Transaction, seatId: string, room: TargetRoom, seatNumber: number): Promise<void> {
  await tx.query(`UPDATE seat SET sitting_id = $2, room_id = $3, seat_number = $4 WHERE id = $1`, [
    seatId,
    room.sittingId,
    room.id,
    seatNumber,
  ])
}
