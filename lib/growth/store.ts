import type { Scope } from '@/lib/access/model'
import { within } from '@/lib/access/reach'
import { sql } from '@/lib/platform/db'
import { counts, shownToPeople } from '@/lib/sittings/release'

/** Follow-up cycles with the cycle that each measures again, those with results first, and among them the newest. */
export const followUps = () =>
  sql<{ code: string; name: string; startsOn: Date; simulated: boolean; baseCode: string; baseName: string; baseStartsOn: Date }>(
    `SELECT c.code, c.name, c.starts_on AS "startsOn", c.simulated, b.code AS "baseCode", b.name AS "baseName", b.starts_on AS "baseStartsOn"
       FROM cycle c JOIN cycle b ON b.id = c.base_cycle_id WHERE ${counts('c')}
      ORDER BY EXISTS (SELECT 1 FROM sitting y JOIN seat s ON s.sitting_id = y.id JOIN attempt a ON a.seat_id = s.id AND a.state = 'closed' WHERE y.cycle_id = c.id) DESC,
               c.starts_on DESC`,
  )

/** One teacher twice on one released run, both results shown to people. Places are those of the first test: growth belongs to where people were. */
export type PairRow = {
  teacherId: string
  instrumentId: string
  firstAttempt: string
  secondAttempt: string
  before: number
  seBefore: number
  thetaBefore: number
  after: number
  seAfter: number
  thetaAfter: number
  schoolId: string
  regionId: string
  regionCode: string
  level: string
  subjectId: string | null
}

export type PairsOf = {
  base: string
  later: string
  part: string
  instrumentIds: string[]
  scope: Scope | null
  schoolId: string | null
  teacherId: string | null
}

/** Pairs of a comparison, of whom is asked for. */
export function pairRows(f: PairsOf): Promise<PairRow[]> {
  const values: unknown[] = [f.base, f.later, f.part, f.instrumentIds, f.schoolId, f.teacherId]
  const scope = within(f.scope, { region: 's1.region_id', school: 's1.school_id', level: 'l.code' }, values)
  return sql<PairRow>(
    `SELECT DISTINCT ON (s1.teacher_id, a1.instrument_id) s1.teacher_id AS "teacherId", a1.instrument_id AS "instrumentId", a1.id AS "firstAttempt", a2.id AS "secondAttempt",
            coalesce(b1.reached_scale, b1.scale) AS before, coalesce(b1.reached_se, b1.scale_se) AS "seBefore", b1.theta AS "thetaBefore",
            coalesce(b2.reached_scale, b2.scale) AS after, coalesce(b2.reached_se, b2.scale_se) AS "seAfter", b2.theta AS "thetaAfter",
            s1.school_id AS "schoolId", s1.region_id AS "regionId", g.kemendagri_code AS "regionCode", l.code AS level, s1.subject_id AS "subjectId"
       FROM score_run r JOIN ability b1 ON b1.run_id = r.id JOIN attempt a1 ON a1.id = b1.attempt_id JOIN seat s1 ON s1.id = a1.seat_id
       JOIN sitting y1 ON y1.id = s1.sitting_id JOIN cycle c1 ON c1.id = y1.cycle_id AND c1.code = $1 AND ${counts('c1')}
       JOIN region g ON g.id = s1.region_id JOIN education_level l ON l.id = s1.level_id
       JOIN seat s2 ON s2.teacher_id = s1.teacher_id JOIN sitting y2 ON y2.id = s2.sitting_id JOIN cycle c2 ON c2.id = y2.cycle_id AND c2.code = $2 AND ${counts('c2')}
       JOIN attempt a2 ON a2.seat_id = s2.id AND a2.instrument_id = a1.instrument_id JOIN ability b2 ON b2.attempt_id = a2.id AND b2.run_id = r.id
      WHERE r.kind = 'theta' AND r.state = 'released' AND ${shownToPeople('y1')} AND ${shownToPeople('y2')} AND a1.competency_code = $3 AND r.instrument_id = ANY($4::uuid[])
        AND ($5::uuid IS NULL OR s1.school_id = $5) AND ($6::uuid IS NULL OR s1.teacher_id = $6) AND ${scope}
      ORDER BY s1.teacher_id, a1.instrument_id, a1.started_at DESC, a2.started_at DESC`,
    values,
  )
}

/** People of both cycles by whether they came, for the account of who is compared. */
export const attendanceOf = async (base: string, later: string) =>
  (
    await sql<{ first: number; second: number; both: number }>(
      `WITH was AS (SELECT DISTINCT s.teacher_id, c.code FROM seat s JOIN sitting y ON y.id = s.sitting_id JOIN cycle c ON c.id = y.cycle_id
                     WHERE c.code IN ($1, $2) AND ${counts('c')} AND EXISTS (SELECT 1 FROM attempt a WHERE a.seat_id = s.id AND a.state = 'closed'))
       SELECT (SELECT count(*)::int FROM was WHERE code = $1) AS first, (SELECT count(*)::int FROM was WHERE code = $2) AS second,
              (SELECT count(*)::int FROM was x JOIN was y ON y.teacher_id = x.teacher_id AND y.code = $2 WHERE x.code = $1) AS both`,
      [base, later],
    )
  )[0]!

/** Whom the map counts in a cycle by one part's tests, and whether the released run measured them. */
export const testedIn = (cycle: string, part: string) =>
  sql<{
    teacherId: string
    instrumentId: string
    regionId: string
    schoolId: string
    level: string
    subjectId: string | null
    measured: boolean
  }>(
    `SELECT DISTINCT ON (s.teacher_id, a.instrument_id) s.teacher_id AS "teacherId", a.instrument_id AS "instrumentId", s.region_id AS "regionId", s.school_id AS "schoolId", l.code AS level,
            s.subject_id AS "subjectId", EXISTS (SELECT 1 FROM ability b JOIN score_run r ON r.id = b.run_id AND r.kind = 'theta' AND r.state = 'released' WHERE b.attempt_id = a.id AND b.mastery IS NOT NULL) AS measured
       FROM attempt a JOIN seat s ON s.id = a.seat_id JOIN sitting t ON t.id = s.sitting_id JOIN cycle c ON c.id = t.cycle_id AND c.code = $1 JOIN education_level l ON l.id = s.level_id
       JOIN score v ON v.attempt_id = a.id AND v.kind = 'raw' AND v.scope = 'total' AND v.scope_code = '' AND v.superseded_at IS NULL
      WHERE a.state = 'closed' AND a.competency_code = $2 AND ${counts('c')} AND ${shownToPeople('t')} ORDER BY s.teacher_id, a.instrument_id, a.started_at DESC`,
    [cycle, part],
  )

/** Tests of one part that somebody took in both cycles, by name: each should have a link. */
export const takenTwice = (base: string, later: string, part: string) =>
  sql<{ instrumentId: string; title: string }>(
    `SELECT i.id AS "instrumentId", i.title FROM instrument i
      WHERE i.competency_code = $3 AND (SELECT count(DISTINCT c.code) FROM attempt a JOIN seat s ON s.id = a.seat_id JOIN sitting t ON t.id = s.sitting_id JOIN cycle c ON c.id = t.cycle_id
             WHERE a.instrument_id = i.id AND a.state = 'closed' AND c.code IN ($1, $2) AND ${counts('c')} AND ${shownToPeople('t')}) = 2 ORDER BY i.title`,
    [base, later, part],
  )
