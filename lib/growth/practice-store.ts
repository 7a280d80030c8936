import { sql } from '@/lib/platform/db'
import { counts, shownToPeople } from '@/lib/sittings/release'
import type { Drawn } from './practice'

/**
 * Everybody of the draw of a base cycle with the measure of the re-test in one competency, whether somebody came to the first test or not:
 * groups are compared as they were drawn. In the professional part a test belongs to a subject, else all sit one.
 */
export const drawnAtRetest = (base: string, later: string, part: string, instrumentIds: readonly string[]) =>
  sql<Drawn>(
    `SELECT k.later, k.school_id AS "schoolId", CASE WHEN $3 = '4' THEN k.stratum ELSE '' END AS stratum, f.before, m.after,
            coalesce((SELECT sum(a.hours) FROM plan p JOIN plan_step s ON s.plan_id = p.id AND s.part = $3 JOIN step_attendance a ON a.step_id = s.id
                       WHERE p.teacher_id = k.teacher_id AND a.held_on > c1.starts_on AND a.held_on < c2.starts_on), 0)::float8 AS hours
       FROM retest_member k JOIN cycle c1 ON c1.id = k.cycle_id AND c1.code = $1 JOIN cycle c2 ON c2.code = $2
       LEFT JOIN LATERAL (SELECT coalesce(b.reached_scale, b.scale) AS after FROM seat s JOIN sitting y ON y.id = s.sitting_id JOIN cycle c ON c.id = y.cycle_id AND ${counts('c')}
           JOIN attempt a ON a.seat_id = s.id AND a.instrument_id = ANY($4::uuid[]) JOIN ability b ON b.attempt_id = a.id
           JOIN score_run r ON r.id = b.run_id AND r.kind = 'theta' AND r.state = 'released'
          WHERE s.teacher_id = k.teacher_id AND y.cycle_id = c2.id AND a.competency_code = $3 AND ${shownToPeople('y')} ORDER BY a.started_at DESC LIMIT 1) m ON true
       LEFT JOIN LATERAL (SELECT coalesce(b.reached_scale, b.scale) AS before FROM seat s JOIN sitting y ON y.id = s.sitting_id
           JOIN attempt a ON a.seat_id = s.id AND a.instrument_id = ANY($4::uuid[]) JOIN ability b ON b.attempt_id = a.id
           JOIN score_run r ON r.id = b.run_id AND r.kind = 'theta' AND r.state = 'released'
          WHERE s.teacher_id = k.teacher_id AND y.cycle_id = c1.id AND a.competency_code = $3 AND ${shownToPeople('y')} ORDER BY a.started_at DESC LIMIT 1) f ON true
      ORDER BY k.teacher_id`,
    [base, later, part, instrumentIds],
  )
