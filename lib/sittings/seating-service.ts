import { z } from 'zod'
import { act, allow, audit, openNamed } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { faultsOf } from '@/lib/platform/faults'
import { formatCount } from '@/lib/platform/format'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { teachersForSeating } from '@/lib/roster/service'
import { ParticipantFilter, SEATS_A_PAGE } from './model'
import { crowdedWords, seatTeachers, takenIn, venueRoom, type VenueRoom } from './seating-store'
import * as seats from './seat-store'
import { sittingById, type RoomSeat } from './store'

/** Who is put into a sitting: counted first, added when the count was seen. */

export type { Adding } from './seat-store'

const Counted = z.coerce.number().int().min(1).max(1_000_000)

/** A sitting that ended takes nobody any more. */
const over = refuse('over', 'Sesi ini sudah berakhir, jadi pesertanya tidak dapat ditambah lagi. Tidak ada yang berubah.')

async function wanted(actor: Actor, sittingId: string, input: unknown, now: Date) {
  const parsed = ParticipantFilter.safeParse(input)
  if (!parsed.success)
    return refuse(
      'input',
      parsed.error.issues[0]?.path[0] === 'regionId'
        ? parsed.error.issues[0].message
        : 'Ada isian yang belum benar. Belum ada yang ditambahkan.',
      faultsOf(parsed),
    )
  const target = z.uuid().safeParse(sittingId).success ? await sittingById(sittingId) : null
  if (!target) return refuse('sitting', 'Sesi tidak ditemukan. Belum ada yang ditambahkan.')
  if (target.closesAt <= now) return over
  const { teachers, missing } = await teachersForSeating(actor, parsed.data)
  if (teachers.length === 0)
    return refuse(
      'none',
      missing.length ? 'Tidak satu pun nomor dalam daftar ada di data guru.' : 'Tidak ada guru yang cocok dengan saringan itu.',
    )
  return ok({ target, teachers, missing, roomSize: parsed.data.roomSize })
}

export type Count = VenueRoom & { fresh: number; known: number; missing: string[] }

/** How many would be added by this filter or list, and whether the venue holds them. Refused where nobody would be, or not all fit. */
export async function countParticipants(actor: Actor, sittingId: string, input: unknown, now: Date = new Date()): Promise<Result<Count>> {
  allow(actor, 'cycle:manage')
  const asked = await wanted(actor, sittingId, input, now)
  if (!asked.ok) return asked
  const { target, teachers, missing } = asked.value
  const [already, room] = await Promise.all([takenIn(target.cycleId), venueRoom(sittingId)])
  const fresh = teachers.filter((t) => !already.has(t.teacherId)).length
  if (fresh === 0)
    return refuse(
      'known',
      `Semua ${formatCount(teachers.length)} guru itu sudah menjadi peserta siklus ini, jadi tidak ada yang ditambahkan.`,
    )
  const crowded = crowdedWords(room, fresh)
  return crowded ? refuse('full', crowded) : ok({ ...room, fresh, known: teachers.length - fresh, missing })
}

/** Seats teachers chosen by filter or by a pasted list of NUPTK/NIP: as many as were counted (`counted`), or nobody. Asked again it adds nobody. */
export async function addParticipants(
  actor: Actor,
  sittingId: string,
  input: unknown,
  counted: unknown,
  now: Date = new Date(),
): Promise<Result<{ added: number; known: number; missing: string[] }>> {
  allow(actor, 'cycle:manage')
  const seen = Counted.safeParse(counted)
  if (!seen.success) return refuse('count', 'Hitung dahulu berapa orang yang akan ditambahkan. Belum ada yang ditambahkan.')
  const asked = await wanted(actor, sittingId, input, now)
  if (!asked.ok) return asked
  const { target, teachers, missing, roomSize } = asked.value
  return act(async (tx) => {
    const place = { id: sittingId, cycleId: target.cycleId, cycleCode: target.cycle.code }
    const added = await seatTeachers(place, teachers, { roomSize, at: now, counted: seen.data })
    if (!added.ok) return added
    await audit(actor, 'cycle:manage', `sitting:${sittingId}`, { count: added.value, detail: { participants: 'added' } }, tx)
    return ok({ added: added.value, known: teachers.length - added.value, missing })
  })
}

/** One page of a sitting's participants, of those whose name or number holds `q`. */
export async function participants(
  actor: Actor,
  sittingId: string,
  { q, page }: { q: string; page: number },
): Promise<{ rows: RoomSeat[]; found: number; pages: number }> {
  allow(actor, 'cycle:manage')
  const { rows, found } = await seats.seatPage(sittingId, q.trim(), SEATS_A_PAGE, (Math.max(1, page) - 1) * SEATS_A_PAGE)
  const opened = await openNamed(actor, 'sitting-seats', 'cycle:manage', `sitting:${sittingId}`, rows, (s) => s.teacherId)
  return { rows: opened, found, pages: Math.max(1, Math.ceil(found / SEATS_A_PAGE)) }
}

/** One participant of a sitting, with the rooms of the cycle that he could be moved to; null when he has no seat there. */
export async function participant(actor: Actor, sittingId: string, seatId: string, now: Date) {
  allow(actor, 'cycle:manage')
  const seat = z.uuid().safeParse(seatId).success ? await seats.seatOfSitting(sittingId, seatId) : null
  if (!seat) return null
  const [opened] = await openNamed(actor, 'sitting-seats', 'cycle:manage', `sitting:${sittingId}`, [seat], (s) => s.teacherId)
  return { seat: opened!, rooms: await seats.roomsToMoveTo(sittingId, now) }
}

/** The last adding of a sitting whose people still sit there, which may be taken back; null when there is none. */
export async function lastAdding(actor: Actor, sittingId: string): Promise<seats.Adding | null> {
  allow(actor, 'cycle:manage')
  return seats.lastAdding(sittingId)
}
