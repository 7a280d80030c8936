import { uuidv7 } from 'uuidv7'
import type { Actor } from '@/lib/access/model'
import { sql } from '@/lib/platform/db'
import { aSchool, aTeacher } from './world'

/** Pairs that work, as they stand after both sides agreed. */
export type Tutoring = { tutorId: string; learnerIds: string[]; pairIds: string[] }

/** One tutor with so many learners of the same school. */
export async function aTutoring(learners: number, started = new Date('2026-01-05T01:00:00Z')): Promise<Tutoring> {
  const school = await aSchool()
  const [tutorId, ...learnerIds] = await Promise.all(Array.from({ length: learners + 1 }, () => aTeacher(school)))
  const pairIds: string[] = []
  for (const learnerId of learnerIds) pairIds.push(await aPair(tutorId!, learnerId, started))
  return { tutorId: tutorId!, learnerIds, pairIds }
}

/** A pair of these two that began then. */
export async function aPair(tutorId: string, learnerId: string, started: Date, goals = ['MTK:KAL']): Promise<string> {
  const [run, id] = [uuidv7(), uuidv7()]
  await sql(`INSERT INTO match_run (id, cycle_code, state, rules, created_at) VALUES ($1, 'X', 'published', '{}', $2)`, [run, started])
  await sql(
    `INSERT INTO pairing (id, run_id, tutor_id, learner_id, code, goals, km, gap, band, state, tutor_agreed_at, learner_agreed_at, started_at)
     VALUES ($1, $2, $3, $4, 'MTK:KAL', $6, 0, 1, 'sekolah', 'active', $5, $5, $5)`,
    [id, run, tutorId, learnerId, started, goals],
  )
  return id
}

/** A teacher at the own account. */
export const asAccount = (teacherId: string): Actor => ({
  userId: uuidv7(),
  seatId: null,
  teacherId,
  name: 'Guru',
  grants: [{ role: 'guru', regionId: null, schoolId: null, levelCodes: [] }],
})

/** An hour that one side notes. */
export const aNote = (pairingId: string, heldOn: string, more: object = {}) => ({
  id: uuidv7(),
  pairingId,
  heldOn,
  startsMinute: 13 * 60,
  minutes: 60,
  topic: 'Laju perubahan',
  note: '',
  writtenAt: new Date('2026-03-02T05:00:00Z').getTime(),
  revision: 1,
  ...more,
})
