import { uuidv7 } from 'uuidv7'
import { db, sql } from '@/lib/platform/db'
import { shownToPeople } from '@/lib/sittings/release'
import type { Group } from './cells'

/** What the map asks for, resolved: ids and codes, null where nothing is narrowed. */
export type Query = {
  part: string
  subjectId: string | null
  levelCodes: string[] | null
  cycle: string | null
  series: string | null
  regionIds: string[] | null
  schoolIds: string[] | null
}

/**
 * One current total a teacher and instrument: the latest closed attempt inside the filter whose result is shown to people, practice left out. `percent` is the
 * mastery of the released score run where the instrument has one, else the raw percent.
 * Parameters $1–$7 are those of `params`.
 */
const SAT = `WITH sat AS (
  SELECT DISTINCT ON (s.teacher_id, a.instrument_id) a.id AS attempt_id, a.closed_at, s.teacher_id, s.school_id, s.region_id, s.level_id, s.subject_id,
         coalesce(b.mastery, v.percent) AS percent, b.mastery IS NOT NULL AS measured
    FROM attempt a JOIN seat s ON s.id = a.seat_id JOIN sitting t ON t.id = s.sitting_id JOIN cycle c ON c.id = t.cycle_id
    JOIN education_level l ON l.id = s.level_id
    JOIN score v ON v.attempt_id = a.id AND v.kind = 'raw' AND v.scope = 'total' AND v.scope_code = '' AND v.superseded_at IS NULL
    LEFT JOIN score_run r ON r.instrument_id = a.instrument_id AND r.kind = 'theta' AND r.state = 'released'
    LEFT JOIN ability b ON b.run_id = r.id AND b.attempt_id = a.id
   WHERE a.state = 'closed' AND NOT c.practice AND ${shownToPeople('t')} AND a.competency_code = $1
     AND ($2::uuid IS NULL OR s.subject_id = $2) AND ($3::text[] IS NULL OR l.code = ANY($3))
     AND ($4::text IS NULL OR c.code = $4) AND ($5::text IS NULL OR c.series = $5)
     AND ($6::uuid[] IS NULL OR s.region_id = ANY($6)) AND ($7::uuid[] IS NULL OR s.school_id = ANY($7))
   ORDER BY s.teacher_id, a.instrument_id, a.started_at DESC
)`
const params = (q: Query) => [q.part, q.subjectId, q.levelCodes, q.cycle, q.series, q.regionIds, q.schoolIds]

const STATS = `count(*)::int AS n, avg(percent) AS mean, stddev_samp(percent) AS sd`

export const byRegion = (q: Query) => sql<Group>(`${SAT} SELECT region_id AS key, ${STATS} FROM sat GROUP BY region_id`, params(q))
export const overall = async (q: Query) =>
  (
    await sql<Group & { last: Date | null; measured: number }>(
      `${SAT} SELECT '' AS key, ${STATS}, max(closed_at) AS last, count(*) FILTER (WHERE measured)::int AS measured FROM sat`,
      params(q),
    )
  )[0]!
export const bySubjectAndRegion = (q: Query) =>
  sql<Group & { subjectId: string }>(
    `${SAT} SELECT region_id AS key, subject_id AS "subjectId", ${STATS} FROM sat GROUP BY region_id, subject_id`,
    params(q),
  )
export const bySchool = (q: Query) =>
  sql<Group & { name: string; npsn: string | null }>(
    `${SAT} SELECT sat.school_id AS key, x.name, x.npsn, ${STATS} FROM sat JOIN school x ON x.id = sat.school_id GROUP BY sat.school_id, x.name, x.npsn ORDER BY x.name`,
    params(q),
  )

/** Means of every indicator, in total and by region. */
export const byIndicator = (q: Query) =>
  sql<Group & { regionId: string; items: number }>(
    `${SAT} SELECT v.scope_code AS key, sat.region_id AS "regionId", max(v.items)::int AS items, count(*)::int AS n, avg(v.percent) AS mean, stddev_samp(v.percent) AS sd
       FROM sat JOIN score v ON v.attempt_id = sat.attempt_id AND v.kind = 'raw' AND v.scope = 'indicator' AND v.superseded_at IS NULL
      GROUP BY GROUPING SETS ((v.scope_code), (v.scope_code, sat.region_id))`,
    params(q),
  )

/** How many teachers lie in each band of five percent points. */
export const histogram = (q: Query) =>
  sql<{ band: number; n: number }>(
    `${SAT} SELECT least(floor(percent / 5), 19)::int AS band, count(*)::int AS n FROM sat GROUP BY 1 ORDER BY 1`,
    params(q),
  )
export const quantiles = (q: Query) =>
  sql<{ key: string; n: number; q: number[] }>(
    `${SAT} SELECT region_id AS key, count(*)::int AS n, percentile_cont(ARRAY[0.1,0.25,0.5,0.75,0.9]) WITHIN GROUP (ORDER BY percent) AS q FROM sat GROUP BY region_id`,
    params(q),
  )

/** Teachers in the roster by region under the same narrowing: the base of coverage. */
export const rosterByRegion = (q: Query) =>
  sql<{ key: string; n: number }>(
    `SELECT x.region_id AS key, count(*)::int AS n FROM teacher t JOIN school x ON x.id = t.school_id JOIN education_level l ON l.id = x.level_id
      WHERE ($1::uuid IS NULL OR t.subject_id = $1) AND ($2::text[] IS NULL OR l.code = ANY($2)) AND l.active
        AND ($3::uuid[] IS NULL OR x.region_id = ANY($3)) AND ($4::uuid[] IS NULL OR x.id = ANY($4)) GROUP BY x.region_id`,
    [q.subjectId, q.levelCodes, q.regionIds, q.schoolIds],
  )
export const rosterBySchool = (q: Query) =>
  sql<{ key: string; n: number }>(
    `SELECT t.school_id AS key, count(*)::int AS n FROM teacher t JOIN school x ON x.id = t.school_id WHERE ($1::uuid[] IS NULL OR x.region_id = ANY($1)) AND ($2::uuid[] IS NULL OR x.id = ANY($2)) GROUP BY t.school_id`,
    [q.regionIds, q.schoolIds],
  )

export type NamedScore = {
  teacherId: string
  name: string
  title: string | null
  subjectName: string | null
  status: string | null
  /** Percent of mastery with its 80 % range where the instrument is calibrated and released; else the raw percent, without a range. */
  parts: Record<string, { percent: number; low: number | null; high: number | null }>
}
/** Named results of the teachers who work at a school now, wherever they were tested: the four parts of each teacher's latest closed attempts that are shown to people. */
export const namedResults = (schoolId: string, levelCodes: string[] | null) =>
  sql<NamedScore>(
    `SELECT t.id AS "teacherId", t.name, t.title, su.name AS "subjectName", max(x.status) AS status, jsonb_object_agg(x.part, jsonb_build_object('percent', x.percent, 'low', x.low, 'high', x.high)) AS parts
       FROM (SELECT DISTINCT ON (s.teacher_id, a.competency_code) s.teacher_id, a.competency_code AS part, coalesce(b.mastery, v.percent) AS percent, b.mastery_low AS low, b.mastery_high AS high, s.employment_status AS status
               FROM attempt a JOIN seat s ON s.id = a.seat_id JOIN sitting g ON g.id = s.sitting_id JOIN cycle c ON c.id = g.cycle_id JOIN education_level l ON l.id = s.level_id
               JOIN score v ON v.attempt_id = a.id AND v.kind = 'raw' AND v.scope = 'total' AND v.superseded_at IS NULL
               LEFT JOIN score_run r ON r.instrument_id = a.instrument_id AND r.kind = 'theta' AND r.state = 'released'
               LEFT JOIN ability b ON b.run_id = r.id AND b.attempt_id = a.id
              WHERE s.teacher_id IN (SELECT id FROM teacher WHERE school_id = $1) AND a.state = 'closed' AND NOT c.practice AND ${shownToPeople('g')} AND ($2::text[] IS NULL OR l.code = ANY($2)) ORDER BY s.teacher_id, a.competency_code, a.started_at DESC) x
       JOIN teacher t ON t.id = x.teacher_id LEFT JOIN subject su ON su.id = t.subject_id GROUP BY t.id, t.name, t.title, su.name ORDER BY t.name`,
    [schoolId, levelCodes],
  )

export const cycleChoices = () =>
  sql<{ code: string; name: string; series: string; simulated: boolean }>(
    `SELECT code, name, series, simulated FROM cycle WHERE NOT practice ORDER BY starts_on`,
  )

export const activeBoundary = () => db().boundaryFile.findFirst({ where: { active: true } })
export async function saveBoundary(geojson: object, sourceLine: string, loadedBy: string | null, now: Date): Promise<void> {
  await db().$transaction([
    db().boundaryFile.updateMany({ where: { active: true }, data: { active: false } }),
    db().boundaryFile.create({ data: { id: uuidv7(), geojson, sourceLine, loadedBy, loadedAt: now, active: true } }),
  ])
}
export async function dropBoundary(): Promise<void> {
  await db().boundaryFile.updateMany({ where: { active: true }, data: { active: false } })
}
