import { sql } from '@/lib/platform/db'

/** People among whom a lot decided before a re-test, with what they received of the module until then. */
export type LotRow = {
  lotteryId: string
  title: string
  part: string
  teacherId: string
  schoolId: string
  drawn: boolean
  hours: number
  drawnAt: Date
  /** The turn of the second group came before the re-test, so that the two do not differ any more. */
  overtaken: boolean
}

/** Lotteries of plans of the base cycle that were drawn before the re-test. Schools are today's where somebody has moved. */
export const lotsBetween = (baseCode: string, laterCode: string) =>
  sql<LotRow>(
    `SELECT q.id AS "lotteryId", m.title, q.part, k.teacher_id AS "teacherId", t.school_id AS "schoolId", k.place = 'drawn' AS drawn, q.drawn_at AS "drawnAt", q.second_on <= l.starts_on AS overtaken,
            coalesce((SELECT sum(a.hours) FROM step_attendance a WHERE a.step_id = k.step_id AND a.held_on > b.starts_on AND a.held_on < l.starts_on), 0)::float8 AS hours
       FROM lottery q JOIN module m ON m.id = q.module_id JOIN lottery_member k ON k.lottery_id = q.id JOIN teacher t ON t.id = k.teacher_id
       JOIN cycle b ON b.code = $1 JOIN cycle l ON l.code = $2
      WHERE q.cycle_code = $1 AND q.state = 'drawn' AND q.drawn_at < l.starts_on AND k.place IN ('drawn', 'waiting') ORDER BY q.drawn_at, q.id, k.ticket`,
    [baseCode, laterCode],
  )

/**
 * Learners between whom a lot decided in a matching that was shared between two tests; `stratum` names those who were equals. Each stands in
 * the first such lot alone. Whoever waited and found a tutor later stays among those who waited: nothing that came after a lot counts for it.
 */
export const matchLotsBetween = (baseCode: string, laterCode: string) =>
  sql<Omit<LotRow, 'title' | 'hours' | 'overtaken'> & { stratum: string }>(
    `SELECT DISTINCT ON (k.learner_id) r.id AS "lotteryId", k.part, k.learner_id AS "teacherId", t.school_id AS "schoolId", k.served AS drawn, k.number::text AS stratum, r.finished_at AS "drawnAt"
       FROM match_lot k JOIN match_run r ON r.id = k.run_id AND r.state IN ('published', 'superseded') JOIN teacher t ON t.id = k.learner_id
       JOIN cycle b ON b.code = $1 JOIN cycle l ON l.code = $2 WHERE r.finished_at > b.starts_on AND r.finished_at < l.starts_on ORDER BY k.learner_id, r.finished_at`,
    [baseCode, laterCode],
  )
