import type { Ranged } from './placed'
import type { QueryResultRow } from 'pg'
import { uuidv7 } from 'uuidv7'
import type { Scope } from '@/lib/access/model'
import { within, type Columns } from '@/lib/access/reach'
import { db, sql } from '@/lib/platform/db'
import { counts, shownToPeople } from '@/lib/sittings/release'
import type { Atom } from './family'
import type { Basis } from './model'

/** What the map asks for, resolved: ids and codes, null where nothing is narrowed. */
export type Query = {
  part: string
  subjectId: string | null
  levelCodes: string[] | null
  cycle: string | null
  series: string | null
  regionId: string | null
  /** What the reader's grants reach; null where a school is held against everybody. */
  scope: Scope | null
  basis: Basis
}

/** A closed attempt that counts and may be shown, with who sat where: what every statement of the map begins with. $1 is the part. */
const SAT = `attempt a JOIN seat s ON s.id = a.seat_id JOIN sitting t ON t.id = s.sitting_id JOIN cycle c ON c.id = t.cycle_id
    JOIN education_level l ON l.id = s.level_id
    JOIN score v ON v.attempt_id = a.id AND v.kind = 'raw' AND v.scope = 'total' AND v.scope_code = '' AND v.superseded_at IS NULL
    LEFT JOIN score_run r ON r.instrument_id = a.instrument_id AND r.kind = 'theta' AND r.state = 'released'
    LEFT JOIN ability b ON b.run_id = r.id AND b.attempt_id = a.id
   WHERE a.state = 'closed' AND ${counts('c')} AND ${shownToPeople('t')} AND a.competency_code = $1`

/**
 * One current total a teacher and instrument: the latest closed attempt of the cycle or series whose result is shown to people, practice
 * left out. Only then is it narrowed by subject, level, place and reach, so that the parts add up to the whole whatever is narrowed first.
 * `mastery` is that of the released score run, null where the attempt has none. Parameters $1–$6 are those of `place`.
 */
const MET = (scope: string) => `WITH taken AS (
  SELECT DISTINCT ON (s.teacher_id, a.instrument_id) a.id AS attempt_id, a.closed_at, s.teacher_id, s.school_id, s.region_id, l.code AS level_code, s.subject_id,
         v.percent AS raw, b.mastery, b.mastery_low, b.mastery_high
    FROM ${SAT} AND ($4::text IS NULL OR c.code = $4) AND ($5::text IS NULL OR c.series = $5)
   ORDER BY s.teacher_id, a.instrument_id, a.started_at DESC
), met AS (
  SELECT * FROM taken
   WHERE ($2::uuid IS NULL OR subject_id = $2) AND ($3::text[] IS NULL OR level_code = ANY($3)) AND ($6::uuid IS NULL OR region_id = $6) AND ${scope}
)`
const TAKEN: Columns = { region: 'taken.region_id', school: 'taken.school_id', level: 'taken.level_code' }
const ROSTER: Columns = { region: 'x.region_id', school: 'x.id', level: 'l.code' }
const place = (q: Query): unknown[] => [q.part, q.subjectId, q.levelCodes, q.cycle, q.series, q.regionId]

/** A statement over `met` on one basis: mastery of those who are measured, or the raw percent of everybody. $7 is the basis. */
function overSat<Row extends QueryResultRow>(q: Query, statement: (SAT: string) => string): Promise<Row[]> {
  const values = [...place(q), q.basis]
  const met = MET(within(q.scope, TAKEN, values))
  const sat = `SELECT *, CASE WHEN $7 = 'mastery' THEN mastery ELSE raw END AS percent FROM met WHERE $7 = 'raw' OR mastery IS NOT NULL`
  return sql<Row>(statement(`${met}, sat AS (${sat})`), values)
}

/**
 * Everybody of one competency and series, counted by all that a filter can tell apart: what decides which groups are published. Which
 * indicators a form has is read from one of its tests.
 */
export const atoms = (part: string, series: string | null) =>
  sql<Atom & { last: Date | null }>(
    `WITH x AS (
       SELECT DISTINCT ON (s.teacher_id, a.instrument_id, c.id) a.id, a.form_id, a.closed_at, s.region_id, l.code AS level, s.subject_id, s.school_id, c.code AS cycle,
              b.mastery IS NOT NULL AS measured, a.started_at = max(a.started_at) OVER (PARTITION BY s.teacher_id, a.instrument_id) AS latest
         FROM ${SAT} AND c.series = $2
        ORDER BY s.teacher_id, a.instrument_id, c.id, a.started_at DESC
     ), f AS MATERIALIZED (
       SELECT form_id, ARRAY(SELECT v.scope_code FROM score v WHERE v.attempt_id = one AND v.kind = 'raw' AND v.scope = 'indicator' AND v.superseded_at IS NULL ORDER BY 1) AS indicators
         FROM (SELECT DISTINCT ON (form_id) form_id, id AS one FROM x ORDER BY form_id, id) y
     )
     SELECT region_id AS "regionId", level, subject_id AS "subjectId", school_id AS "schoolId", cycle, latest, measured, coalesce(indicators, '{}') AS indicators, count(*)::int AS n, max(closed_at) AS last
       FROM x LEFT JOIN f ON f.form_id = x.form_id GROUP BY 1, 2, 3, 4, 5, 6, 7, 8 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8`,
    [part, series],
  )

/** The newest series in which anybody of a school was tested, else the newest that counts; null where there is none. */
export const seriesOfSchool = async (part: string, schoolId: string): Promise<string | null> =>
  (
    await sql<{ series: string }>(
      `(SELECT c.series FROM ${SAT} AND s.school_id = $2 ORDER BY c.starts_on DESC LIMIT 1)
       UNION ALL (SELECT series FROM cycle c WHERE ${counts('c')} ORDER BY starts_on DESC LIMIT 1) LIMIT 1`,
      [part, schoolId],
    )
  )[0]?.series ?? null

export type SchoolSums = { regionId: string; schoolId: string; n: number; sum: number; squares: number }
const SUMS = (value: string) => `count(*)::int AS n, sum(${value})::float8 AS sum, sum(${value} * ${value})::float8 AS squares`
const SCHOOL = `sat.region_id AS "regionId", sat.school_id AS "schoolId"`

/** Number, sum and sum of squares school by school: means, errors and comparisons are made of these. */
export const schoolSums = (q: Query) =>
  overSat<SchoolSums>(q, (SAT) => `${SAT} SELECT ${SCHOOL}, ${SUMS('percent')} FROM sat GROUP BY sat.region_id, sat.school_id`)
export const subjectSums = (q: Query) =>
  overSat<SchoolSums & { subjectId: string }>(
    q,
    (SAT) =>
      `${SAT} SELECT ${SCHOOL}, subject_id AS "subjectId", ${SUMS('percent')} FROM sat GROUP BY sat.region_id, sat.school_id, subject_id`,
  )
export const schoolNames = (ids: string[]) =>
  sql<{ id: string; name: string; npsn: string | null }>(`SELECT id, name, npsn FROM school WHERE id = ANY($1::uuid[]) ORDER BY name`, [
    ids,
  ])

/** The same for every indicator, in raw percents of its items. */
export const indicatorSums = (q: Query) =>
  overSat<SchoolSums & { code: string; items: number }>(
    q,
    (SAT) => `${SAT} SELECT v.scope_code AS code, max(v.items)::int AS items, ${SCHOOL}, ${SUMS('v.percent')}
       FROM sat JOIN score v ON v.attempt_id = sat.attempt_id AND v.kind = 'raw' AND v.scope = 'indicator' AND v.superseded_at IS NULL
      GROUP BY v.scope_code, sat.region_id, sat.school_id`,
  )

/** How many teachers lie in each band of five percent points. */
export const histogram = (q: Query) =>
  overSat<{ band: number; n: number }>(
    q,
    (SAT) => `${SAT} SELECT least(floor(percent / 5), 19)::int AS band, count(*)::int AS n FROM sat GROUP BY 1 ORDER BY 1`,
  )
/** Ranges of mastery of everybody who is measured, with the kabupaten: what a spread of true mastery is made of. */
export const ranges = (q: Query) =>
  overSat<Ranged>(q, (SAT) => `${SAT} SELECT region_id AS key, mastery_low AS low, mastery_high AS high FROM sat WHERE mastery IS NOT NULL`)
export const quantiles = (q: Query) =>
  overSat<{ key: string; n: number; q: number[] }>(
    q,
    (SAT) =>
      `${SAT} SELECT region_id AS key, count(*)::int AS n, percentile_cont(ARRAY[0.1,0.25,0.5,0.75,0.9]) WITHIN GROUP (ORDER BY percent) AS q FROM sat GROUP BY region_id`,
  )

/** Teachers in the roster by region under the same narrowing: the base of coverage. */
export async function rosterByRegion(q: Query): Promise<{ key: string; n: number }[]> {
  const values: unknown[] = [q.subjectId, q.levelCodes]
  return sql(
    `SELECT x.region_id AS key, count(*)::int AS n FROM teacher t JOIN school x ON x.id = t.school_id JOIN education_level l ON l.id = x.level_id
      WHERE ($1::uuid IS NULL OR t.subject_id = $1) AND ($2::text[] IS NULL OR l.code = ANY($2)) AND l.active
        AND ${within(q.scope, ROSTER, values)} GROUP BY x.region_id`,
    values,
  )
}
/** The same of one kabupaten by school. */
export async function rosterBySchool(q: Query): Promise<{ key: string; n: number }[]> {
  const values: unknown[] = [q.regionId]
  return sql(
    `SELECT t.school_id AS key, count(*)::int AS n FROM teacher t JOIN school x ON x.id = t.school_id JOIN education_level l ON l.id = x.level_id
      WHERE x.region_id = $1 AND ${within(q.scope, ROSTER, values)} GROUP BY t.school_id`,
    values,
  )
}

export type NamedScore = {
  teacherId: string
  name: string
  title: string | null
  subjectName: string | null
  status: string | null
  /** Percent of mastery with its 80 % range where the instrument is calibrated and released; else the raw percent, without a range. */
  parts: Record<string, { percent: number; low: number | null; high: number | null; few: boolean }>
}
/** Named results of the teachers who work at a school now, wherever they were tested: the four parts of each teacher's latest closed attempts that are shown to people. */
export const namedResults = (schoolId: string, levelCodes: string[] | null) =>
  sql<NamedScore>(
    `SELECT t.id AS "teacherId", t.name, t.title, su.name AS "subjectName", max(x.status) AS status, jsonb_object_agg(x.part, jsonb_build_object('percent', x.percent, 'low', x.low, 'high', x.high, 'few', x.few)) AS parts
       FROM (SELECT DISTINCT ON (s.teacher_id, a.competency_code) s.teacher_id, a.competency_code AS part, coalesce(b.mastery, v.percent) AS percent, b.mastery_low AS low, b.mastery_high AS high, coalesce(v.answered * 2 < v.items, false) AS few, s.employment_status AS status
               FROM attempt a JOIN seat s ON s.id = a.seat_id JOIN sitting g ON g.id = s.sitting_id JOIN cycle c ON c.id = g.cycle_id JOIN education_level l ON l.id = s.level_id
               JOIN score v ON v.attempt_id = a.id AND v.kind = 'raw' AND v.scope = 'total' AND v.superseded_at IS NULL
               LEFT JOIN score_run r ON r.instrument_id = a.instrument_id AND r.kind = 'theta' AND r.state = 'released'
               LEFT JOIN ability b ON b.run_id = r.id AND b.attempt_id = a.id
              WHERE s.teacher_id IN (SELECT id FROM teacher WHERE school_id = $1) AND a.state = 'closed' AND ${counts('c')} AND ${shownToPeople('g')} AND ($2::text[] IS NULL OR l.code = ANY($2)) ORDER BY s.teacher_id, a.competency_code, a.started_at DESC) x
       JOIN teacher t ON t.id = x.teacher_id LEFT JOIN subject su ON su.id = t.subject_id GROUP BY t.id, t.name, t.title, su.name ORDER BY t.name`,
    [schoolId, levelCodes],
  )

export const cycleChoices = () =>
  sql<{ code: string; name: string; series: string; simulated: boolean }>(
    `SELECT code, name, series, simulated FROM cycle c WHERE ${counts('c')} ORDER BY starts_on`,
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
