import { uuidv7 } from 'uuidv7'
import { inTransaction, sql } from '@/lib/platform/db'
import { counts } from './release'
import { createCycle, createSitting, createVenue, insertSeats, type NewSeat } from './store'

/** A sitting of ghosts: participants without a teacher behind them, in a cycle that no list and no result knows. */
export async function seatGhosts(
  g: {
    participants: number
    roomSize: number
    regionId: string
    schoolId: string
    levelId: string
    subjectIds: string[]
    minutes: Record<string, number>
  },
  now: Date,
): Promise<{ cycleId: string; venueId: string; sittingId: string; seats: { id: string; number: string }[] }> {
  const code = `GLADI${now.getTime().toString(36).toUpperCase().slice(-5)}`
  const cycleId = await createCycle({
    code,
    name: 'Gladi hari tes',
    series: 'Gladi',
    startsOn: now,
    practice: true,
    simulated: true,
    rehearsal: true,
    minutes: g.minutes,
  })
  const venueId = await createVenue({ name: `Gladi ${code}`, regionId: g.regionId })
  const sittingId = await createSitting({
    cycleId,
    venueId,
    name: 'Gladi hari tes',
    opensAt: new Date(now.getTime() - 3_600_000),
    closesAt: new Date(now.getTime() + 6 * 3_600_000),
    releaseRule: 'held',
  })
  const rooms = Array.from({ length: Math.ceil(g.participants / g.roomSize) }, (_, i) => ({
    id: uuidv7(),
    name: `Ruang ${String(i + 1).padStart(3, '0')}`,
  }))
  const seats: NewSeat[] = Array.from({ length: g.participants }, (_, i) => ({
    id: uuidv7(),
    roomId: rooms[Math.floor(i / g.roomSize)]!.id,
    teacherId: uuidv7(),
    participantNumber: `${code}-${String(i + 1).padStart(5, '0')}`,
    seatNumber: (i % g.roomSize) + 1,
    schoolId: g.schoolId,
    regionId: g.regionId,
    levelId: g.levelId,
    subjectId: g.subjectIds[i % g.subjectIds.length] ?? null,
    employmentStatus: null,
  }))
  await inTransaction(async (tx) => {
    await tx.query(
      `INSERT INTO room (id, sitting_id, name, capacity) SELECT id, $1, name, $4 FROM unnest($2::uuid[], $3::text[]) AS r(id, name)`,
      [sittingId, rooms.map((r) => r.id), rooms.map((r) => r.name), g.roomSize],
    )
    await insertSeats(tx, sittingId, seats)
  })
  return { cycleId, venueId, sittingId, seats: seats.map((s) => ({ id: s.id, number: s.participantNumber })) }
}

/** Takes a rehearsal's cycle away with its venue, sitting, rooms and seats. */
export async function removeRehearsal(cycleId: string): Promise<void> {
  const venues = await sql<{ id: string }>(
    `SELECT venue_id AS id FROM sitting t JOIN cycle c ON c.id = t.cycle_id WHERE c.id = $1 AND c.rehearsal`,
    [cycleId],
  )
  await inTransaction(async (tx) => {
    await tx.query(
      `DELETE FROM seat USING sitting t JOIN cycle c ON c.id = t.cycle_id WHERE t.id = seat.sitting_id AND c.id = $1 AND c.rehearsal`,
      [cycleId],
    )
    await tx.query(`DELETE FROM sitting USING cycle c WHERE c.id = sitting.cycle_id AND c.id = $1 AND c.rehearsal`, [cycleId])
    await tx.query(`DELETE FROM cycle WHERE id = $1 AND rehearsal`, [cycleId])
    await tx.query(`DELETE FROM venue WHERE id = ANY($1::uuid[])`, [venues.map((v) => v.id)])
  })
}

/** Sittings of rehearsals that are still here: running, or left behind by a crash. */
export const rehearsalSittings = () =>
  sql<{ cycleId: string; sittingId: string }>(
    `SELECT c.id AS "cycleId", t.id AS "sittingId" FROM cycle c JOIN sitting t ON t.cycle_id = c.id WHERE c.rehearsal ORDER BY t.id`,
  )

export type RealSitting = { id: string; name: string; venueName: string; opensAt: Date; closesAt: Date }

/** Sittings with participants whose answers count, that are open at some time between two moments, in their order. */
export const realSittings = (from: Date, until: Date) =>
  sql<RealSitting>(
    `SELECT t.id, t.name, v.name AS "venueName", t.opens_at AS "opensAt", t.closes_at AS "closesAt" FROM sitting t JOIN cycle c ON c.id = t.cycle_id
       JOIN venue v ON v.id = t.venue_id WHERE ${counts('c')} AND t.closes_at >= $1 AND t.opens_at <= $2 AND EXISTS (SELECT 1 FROM seat WHERE sitting_id = t.id)
      ORDER BY t.opens_at, t.id`,
    [from, until],
  )
