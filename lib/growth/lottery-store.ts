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
