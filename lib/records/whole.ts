import { accountOf } from '@/lib/access/personal'
import { settleShown } from '@/lib/delivery/inside'
import { plansHeld, type PlanHeld } from '@/lib/plans/personal'
import { teacherRecord } from '@/lib/roster/inside'
import type { TeacherRecord } from '@/lib/roster/record-model'
import { shownResults, type ShownResult } from '@/lib/scoring/personal'
import { seatsHeld, type SeatHeld } from '@/lib/sittings/personal'
import { pairsHeld, type PairHeld } from '@/lib/tutoring/personal'

/** What rooms hold about one teacher, put together. Nothing here asks who reads. */

export type SeatTold = SeatHeld & { results: ShownResult[] }

/** Seats with what may be shown of them; `levels` of schools, null for all. Results are read only after late answers can move none of them any more. */
export async function seatsOf(teacherId: string, levels: string[] | null, now: Date): Promise<SeatTold[]> {
  await settleShown({ teacherId }, now)
  const [seats, results] = await Promise.all([seatsHeld(teacherId), shownResults(teacherId, levels)])
  return seats.map((s) => ({ ...s, results: results.filter((r) => r.seatId === s.id) }))
}

export type WholeRecord = {
  teacher: TeacherRecord
  seats: SeatTold[]
  plans: PlanHeld[]
  pairs: PairHeld[]
  account: { email: string; active: boolean } | null
}

/** A record with all that hangs on it; null where there is none. */
export async function wholeRecord(id: string, now: Date): Promise<WholeRecord | null> {
  const teacher = await teacherRecord(id)
  if (!teacher || teacher.erased) return null
  const [seats, plans, pairs, account] = await Promise.all([seatsOf(id, null, now), plansHeld(id), pairsHeld(id), accountOf(id)])
  return { teacher, seats, plans, pairs, account }
}
