import { sql } from '@/lib/platform/db'
import { counts, shownToPeople } from '@/lib/sittings/release'

/** What each teacher was offered and received between two tests. */
export type Received = {
  teacherId: string
  part: string
  moduleId: string
  planned: number
  /** JP attended before the second test. */
  hours: number
}

export const receivedBetween = (baseCode: string, laterCode: string) =>
  sql<Received>(
    `SELECT p.teacher_id AS "teacherId", s.part, s.module_id AS "moduleId", m.hours AS planned,
            coalesce((SELECT sum(a.hours) FROM step_attendance a WHERE a.step_id = s.id AND a.held_on > b.starts_on AND a.held_on < l.starts_on), 0)::float8 AS hours
       FROM plan p JOIN plan_step s ON s.plan_id = p.id JOIN module m ON m.id = s.module_id
       JOIN cycle b ON b.code = $1 JOIN cycle l ON l.code = $2
      WHERE s.state <> 'dropped' AND p.proposed_at BETWEEN b.starts_on AND l.starts_on`,
    [baseCode, laterCode],
  )

/** Tier of each competency in the plan that stood between the two tests. */
export const tiersBetween = (baseCode: string, laterCode: string) =>
  sql<{ teacherId: string; part: string; tier: string; name: string }>(
    `SELECT p.teacher_id AS "teacherId", x->>'part' AS part, x->>'tier' AS tier, x->>'name' AS name
       FROM plan p JOIN cycle b ON b.code = $1 JOIN cycle l ON l.code = $2, jsonb_array_elements(p.tiers) x
      WHERE p.proposed_at BETWEEN b.starts_on AND l.starts_on`,
    [baseCode, laterCode],
  )

/** Released first scores of everybody in the base cycle, by competency, points. */
export const firstScores = (baseCode: string) =>
  sql<{ teacherId: string; part: string; points: number }>(
    `SELECT s.teacher_id AS "teacherId", a.competency_code AS part, b.scale AS points
       FROM ability b JOIN score_run r ON r.id = b.run_id AND r.kind = 'theta' AND r.state = 'released' JOIN attempt a ON a.id = b.attempt_id
       JOIN seat s ON s.id = a.seat_id JOIN sitting y ON y.id = s.sitting_id JOIN cycle c ON c.id = y.cycle_id WHERE c.code = $1 AND ${counts('c')} AND ${shownToPeople('y')}`,
    [baseCode],
  )
