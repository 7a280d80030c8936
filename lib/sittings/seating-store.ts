import { uuidv7 } from 'uuidv7'
import { inTransaction } from '@/lib/platform/db'
import { insertSeats, type NewSeat } from './store'

/** Who sits where: numbers, rooms and places are given while the cycle is held, so that two who add people at once give none twice. */

/** The lowest place of a room where nobody sits: a seat that was taken away leaves its place to the next person. */
function firstFree(taken: ReadonlySet<number>): number {
  let place = 1
  while (taken.has(place)) place++
  return place
}

/** The name of one more room, from `from` on the first that no room bears. */
function freeName(names: ReadonlySet<string>, from: number): string {
  const name = `Ruang ${String(from).padStart(2, '0')}`
  return names.has(name) ? freeName(names, from + 1) : name
}

/** Adds teachers to a sitting, but nobody who was drawn to wait for the re-test: numbers continue the cycle's own count, rooms are filled in order. Returns how many were added. */
export async function seatTeachers(
  sitting: { id: string; cycleId: string; cycleCode: string },
  teachers: Omit<NewSeat, 'id' | 'roomId' | 'participantNumber' | 'seatNumber'>[],
  roomSize: number,
): Promise<number> {
  return inTransaction(async (tx) => {
    const counted = await tx.query<{ n: number }>(`SELECT last_number AS n FROM cycle WHERE id = $1 FOR UPDATE`, [sitting.cycleId])
    const taken = await tx.query<{ teacherId: string }>(
      `SELECT s.teacher_id AS "teacherId" FROM seat s JOIN sitting t ON t.id = s.sitting_id WHERE t.cycle_id = $1
       UNION SELECT teacher_id FROM retest_member WHERE cycle_id = $1 AND later`,
      [sitting.cycleId],
    )
    const already = new Set(taken.rows.map((r) => r.teacherId))
    const fresh = teachers.filter((t) => !already.has(t.teacherId))
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
    let number = Math.max(counted.rows[0]?.n ?? 0, standing.rows[0]!.n)
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
      })
    }
    await insertSeats(tx, sitting.id, seats)
    await tx.query(`UPDATE cycle SET last_number = greatest(last_number, $2) WHERE id = $1`, [sitting.cycleId, number])
    return seats.length
  })
}
