import { uuidv7 } from 'uuidv7'
import { inTransaction, sql } from '@/lib/platform/db'
import { formatCount } from '@/lib/platform/format'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { counts } from './release'
import { insertSeats, type NewSeat } from './store'

/** Who sits where: numbers, rooms and places are given while the cycle is held, so that two who add people at once give none twice. */

/** The lowest place of a room where nobody sits: a seat that was taken away leaves its place to the next person. */
export function firstFree(taken: ReadonlySet<number>): number {
  let place = 1
  while (taken.has(place)) place++
  return place
}

/** The name of one more room, from `from` on the first that no room bears. */
function freeName(names: ReadonlySet<string>, from: number): string {
  const name = `Ruang ${String(from).padStart(2, '0')}`
  return names.has(name) ? freeName(names, from + 1) : name
}

/** Who of a cycle has a seat already, or was drawn to wait for its re-test. */
export const takenIn = async (cycleId: string): Promise<Set<string>> =>
  new Set(
    (
      await sql<{ teacherId: string }>(
        `SELECT s.teacher_id AS "teacherId" FROM seat s JOIN sitting t ON t.id = s.sitting_id WHERE t.cycle_id = $1
         UNION SELECT teacher_id FROM retest_member WHERE cycle_id = $1 AND later`,
        [cycleId],
      )
    ).map((r) => r.teacherId),
  )

/** How many a sitting's venue holds (null: nobody has said), and how many sit there in the same hours, in whichever cycle that counts. */
export type VenueRoom = { venue: string; capacity: number | null; taken: number }
export const venueRoom = async (sittingId: string): Promise<VenueRoom> =>
  (
    await sql<VenueRoom>(
      `SELECT v.name AS venue, v.capacity, (SELECT count(*) FROM seat s JOIN sitting o ON o.id = s.sitting_id JOIN cycle c ON c.id = o.cycle_id
          WHERE o.venue_id = v.id AND o.opens_at < t.closes_at AND o.closes_at > t.opens_at AND (o.id = t.id OR ${counts('c')}))::int AS taken
         FROM sitting t JOIN venue v ON v.id = t.venue_id WHERE t.id = $1`,
      [sittingId],
    )
  )[0]!

/** Why so many do not fit into a venue; null where they do, or where nobody has said how many it holds. */
export function crowdedWords({ venue, capacity, taken }: VenueRoom, more: number): string | null {
  if (capacity === null || taken + more <= capacity) return null
  return `${venue} berdaya tampung ${formatCount(capacity)} kursi dan ${formatCount(taken)} sudah terisi pada jam yang sama, sedangkan yang akan ditambahkan ${formatCount(more)} orang. Belum ada yang ditambahkan: perkecil daftarnya, bagi ke sesi lain, atau perbaiki daya tampungnya.`
}

type Adding = {
  roomSize: number
  /** The moment that all these seats share. */
  at: Date
  /** How many the office was told that it would be; null where nobody was asked. */
  counted: number | null
}

/**
 * Adds teachers to a sitting, but nobody who was drawn to wait for the re-test: numbers continue the cycle's own count, rooms are filled in
 * order. Answers how many were added. Refused where the venue would not hold them, or where they are not as many as were counted before.
 */
export async function seatTeachers(
  sitting: { id: string; cycleId: string; cycleCode: string },
  teachers: Omit<NewSeat, 'id' | 'roomId' | 'participantNumber' | 'seatNumber' | 'addedAt'>[],
  { roomSize, at, counted }: Adding,
): Promise<Result<number>> {
  return inTransaction(async (tx) => {
    const last = await tx.query<{ n: number }>(`SELECT last_number AS n FROM cycle WHERE id = $1 FOR UPDATE`, [sitting.cycleId])
    const already = await takenIn(sitting.cycleId)
    const fresh = teachers.filter((t) => !already.has(t.teacherId))
    if (fresh.length === 0) return ok(0)
    if (counted !== null && fresh.length !== counted)
      return refuse(
        'changed',
        `Daftarnya berubah sejak dihitung: kini ${formatCount(fresh.length)} orang, bukan ${formatCount(counted)}. Belum ada yang ditambahkan; hitung sekali lagi.`,
      )
    await tx.query(`SELECT 1 FROM venue WHERE id = (SELECT venue_id FROM sitting WHERE id = $1) FOR UPDATE`, [sitting.id])
    const crowded = crowdedWords(await venueRoom(sitting.id), fresh.length)
    if (crowded) return refuse('full', crowded)
    // Seats that were made elsewhere brought their own numbers; an erased person's number is none any more, and is still not given again.
    const standing = await tx.query<{ n: number }>(
      `SELECT coalesce(max(substring(s.participant_number FROM '-([0-9]{1,9})$')::int), 0) AS n FROM seat s JOIN sitting t ON t.id = s.sitting_id WHERE t.cycle_id = $1`,
      [sitting.cycleId],
    )
    const rooms = await tx.query<{ id: string; name: string; capacity: number; places: number[] }>(
      `SELECT r.id, r.name, r.capacity, ARRAY(SELECT seat_number FROM seat WHERE room_id = r.id) AS places FROM room r WHERE r.sitting_id = $1 ORDER BY r.name`,
      [sitting.id],
    )
    const open = rooms.rows.map((r) => ({ ...r, taken: new Set(r.places), used: r.places.length }))
    let number = Math.max(last.rows[0]?.n ?? 0, standing.rows[0]!.n)
    const seats: NewSeat[] = []
    for (const teacher of fresh) {
      let room = open.find((r) => r.used < r.capacity)
      if (!room) {
        const name = freeName(new Set(open.map((r) => r.name)), open.length + 1)
        room = { id: uuidv7(), name, capacity: roomSize, places: [], taken: new Set(), used: 0 }
        open.push(room)
        await tx.query(`INSERT INTO room (id, sitting_id, name, capacity) VALUES ($1,$2,$3,$4)`, [room.id, sitting.id, room.name, roomSize])
      }
      const seatNumber = firstFree(room.taken)
      room.taken.add(seatNumber)
      room.used++
      number++
      seats.push({
        ...teacher,
        id: uuidv7(),
        roomId: room.id,
        participantNumber: `${sitting.cycleCode}-${String(number).padStart(5, '0')}`,
        seatNumber,
        addedAt: at,
      })
    }
    await insertSeats(tx, sitting.id, seats)
    await tx.query(`UPDATE cycle SET last_number = greatest(last_number, $2) WHERE id = $1`, [sitting.cycleId, number])
    return ok(seats.length)
  })
}
