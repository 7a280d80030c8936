import { z } from 'zod'
import { accountOf } from '@/lib/access/personal'
import { allow, denied, levelsOf, may, openNamed, reaching, readersOf, scopeOf, type Reading } from '@/lib/access/service'
import type { Actor, Reaching } from '@/lib/access/model'
import { plansHeld, type PlanHeld } from '@/lib/plans/personal'
import { mergedInto, recordHistory, teacherRecord } from '@/lib/roster/inside'
import type { RecordChange, TeacherRecord } from '@/lib/roster/record-model'
import { schoolNames } from '@/lib/roster/service'
import { pairsHeld, type PairHeld } from '@/lib/tutoring/personal'
import { seatsOf, type SeatTold } from './whole'

/** One teacher over all rooms, for whom may read her by name: the office everything, a head and a dinas what their school's page tells. */

export type RecordView = {
  /** For a head and a dinas without numbers, birth date, sex and ways to reach her. */
  teacher: TeacherRecord
  whole: boolean
  mayCorrect: boolean
  seats: SeatTold[]
  /** Null where the reader may not read them. */
  plans: PlanHeld[] | null
  pairs: PairHeld[] | null
  changes: RecordChange[] | null
  readers: Reading[] | null
  account: { email: string; active: boolean } | null
}

const MOST_CHANGES = 50
const MOST_READERS = 30

const outside = (t: TeacherRecord): TeacherRecord => ({
  ...t,
  nuptk: null,
  nip: null,
  sex: null,
  birthDate: null,
  email: null,
  phone: null,
})

/** The grants that reach a teacher by name; throws `Forbidden` where none does. */
function reached(actor: Actor, t: TeacherRecord): Reaching[] {
  const grants = reaching(allow(actor, 'result:named'), { regionId: t.regionId, schoolId: t.schoolId, levelCode: t.levelCode })
  if (!grants.length) throw denied(actor, 'result:named')
  return grants
}

/** Where a record went that another one took up; null for one that stands. */
export async function recordTakenUpBy(actor: Actor, id: string): Promise<string | null> {
  allow(actor, 'roster:read')
  return z.uuid().safeParse(id).success ? mergedInto(id) : null
}

/** One teacher's record as far as this actor may read it; null where there is none. Every opening leaves a line with her. */
export async function teacherView(actor: Actor, id: string, now: Date): Promise<RecordView | null> {
  allow(actor, 'result:named')
  const teacher = z.uuid().safeParse(id).success ? await teacherRecord(id) : null
  if (!teacher || teacher.erased) return null
  const grants = reached(actor, teacher)
  const whole = may(actor, 'roster:read')
  const levels = levelsOf(grants)
  const heads = reaching(scopeOf(actor, 'support:read') ?? [], {
    regionId: teacher.regionId,
    schoolId: teacher.schoolId,
    levelCode: teacher.levelCode,
  }).some((g) => g.schoolId === teacher.schoolId)
  const [seats, plans, pairs, account, changes, readers] = await Promise.all([
    seatsOf(id, levels, now),
    whole || heads ? plansHeld(id) : null,
    may(actor, 'support:manage') ? pairsHeld(id) : null,
    whole ? accountOf(id) : null,
    whole ? recordHistory(id, schoolNames, MOST_CHANGES) : null,
    may(actor, 'audit:read') ? readersOf(actor, id, MOST_READERS) : null,
  ])
  const partners = pairs?.flatMap((p) => (p.partner ? [p.partnerId] : [])) ?? []
  await openNamed(
    actor,
    'teacher-record',
    whole ? 'roster:read' : 'result:named',
    `teacher:${id}`,
    [id, ...partners],
    (t) => t,
    whole ? {} : { role: grants[0]!.role },
  )
  return {
    teacher: whole ? teacher : outside(teacher),
    whole,
    mayCorrect: may(actor, 'roster:correct'),
    seats: seats.filter((s) => whole || (!s.practice && (levels === null || levels.includes(s.levelCode)))),
    plans,
    pairs,
    account: account ? { email: account.email, active: account.active } : null,
    changes,
    readers,
  }
}
