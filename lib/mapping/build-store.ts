import { sql, streamed } from '@/lib/platform/db'
import type { Atom } from './family'

/** What the figures of a snapshot are made of, read from the tests that were taken down for it. */

export type Taken = {
  regionId: string
  schoolId: string
  level: string
  subjectId: string | null
  status: string | null
  cycle: string
  latest: boolean
  instrumentId: string
  raw: number
  mastery: number | null
  low: number | null
  high: number | null
  mean: number | null
  sd: number | null
}
/** Rows that travel at once. */
const AT_ONCE = 4_000

/** Where rows belong: all that is read of a snapshot comes province by province and in it part by part. */
export type Belonging = { province: string; part: string }
/** A province is the first two digits of the code of its kabupaten; '' where a snapshot is made as one whole. */
const PROVINCE = 'left(r.kemendagri_code, 2)'
const placeOf = (divided: boolean) => (divided ? PROVINCE : `''`)

export const takenOf = (id: string, divided: boolean) =>
  streamed<Taken & Belonging>(
    `SELECT ${placeOf(divided)} AS province, m.part, region_id AS "regionId", school_id AS "schoolId", level, subject_id AS "subjectId", status, cycle, latest, instrument_id AS "instrumentId", raw, mastery,
            low, high, mean, sd
       FROM snapshot_member m JOIN region r ON r.id = m.region_id WHERE m.snapshot_id = $1 ORDER BY 1, 2, region_id, school_id, attempt_id`,
    [id],
    AT_ONCE,
  )

/** Indicators and, of single subjects, content domains: number, sum and sum of squares of raw percents by school. */
export type AreaSums = {
  regionId: string
  schoolId: string
  level: string
  subjectId: string | null
  cycle: string
  latest: boolean
  code: string
  items: number
  n: number
  sum: number
  squares: number
}
export const areasOf = (id: string, divided: boolean) =>
  streamed<AreaSums & Belonging>(
    `SELECT ${placeOf(divided)} AS province, m.part, m.region_id AS "regionId", m.school_id AS "schoolId", m.level, m.subject_id AS "subjectId", m.cycle, m.latest,
            CASE v.scope WHEN 'domain' THEN 'domain:' || v.scope_code ELSE v.scope_code END AS code, max(v.items)::int AS items, count(*)::int AS n,
            sum(v.percent)::float8 AS sum, sum(v.percent * v.percent)::float8 AS squares
       FROM snapshot_member m JOIN region r ON r.id = m.region_id
       JOIN score v ON v.attempt_id = m.attempt_id AND v.kind = 'raw' AND v.scope IN ('indicator', 'domain') AND v.superseded_at IS NULL
      WHERE m.snapshot_id = $1 AND (v.scope = 'indicator' OR m.subject_id IS NOT NULL AND m.part = '4') GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9 ORDER BY 1, 2, 3, 4, 5, 6, 7, 9`,
    [id],
    AT_ONCE,
  )

/**
 * Everybody who stands in the snapshot or in one that was published before, counted by all that a filter can tell apart and by how the test
 * stood in each. Which indicators a form has is read from one of its tests.
 */
export async function* atomsOf(id: string, before: readonly string[], divided: boolean): AsyncGenerator<(Atom & Belonging)[]> {
  const standing = (s: [boolean, boolean] | undefined) => (s ? { latest: s[0], measured: s[1] } : null)
  const rows = streamed<Omit<Atom, 'now' | 'before'> & Belonging & { stood: Record<string, [boolean, boolean]> }>(
    `WITH x AS (
       SELECT m.part, m.attempt_id, jsonb_object_agg(m.snapshot_id, jsonb_build_array(m.latest, m.mastery IS NOT NULL)) AS stood,
              (array_agg(m.region_id))[1] AS region_id, (array_agg(m.school_id))[1] AS school_id, min(m.level) AS level, (array_agg(m.subject_id))[1] AS subject_id,
              min(m.status) AS status, min(m.cycle) AS cycle, (array_agg(m.form_id))[1] AS form_id
         FROM snapshot_member m WHERE m.snapshot_id = ANY($1::uuid[]) GROUP BY m.part, m.attempt_id
     ), f AS MATERIALIZED (
       SELECT part, form_id, ARRAY(SELECT DISTINCT CASE v.scope WHEN 'domain' THEN 'domain:' || v.scope_code ELSE v.scope_code END FROM score v
                WHERE v.attempt_id = one AND v.kind = 'raw' AND (v.scope = 'indicator' OR v.scope = 'domain' AND y.part = '4') AND v.superseded_at IS NULL ORDER BY 1) AS indicators
         FROM (SELECT DISTINCT ON (part, form_id) part, form_id, attempt_id AS one FROM x ORDER BY part, form_id, attempt_id) y
     )
     SELECT ${placeOf(divided)} AS province, x.part, region_id AS "regionId", level, subject_id AS "subjectId", school_id AS "schoolId", status, cycle, stood,
            coalesce(indicators, '{}') AS indicators, count(*)::int AS n
       FROM x JOIN region r ON r.id = x.region_id LEFT JOIN f ON f.part = x.part AND f.form_id = x.form_id
      GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10`,
    [[id, ...before]],
    AT_ONCE,
  )
  for await (const some of rows)
    yield some.map(({ stood, ...a }) => ({ ...a, now: standing(stood[id]), before: before.map((b) => standing(stood[b])) }))
}

/** How many provinces a snapshot has people of. */
export const provincesIn = async (id: string): Promise<number> =>
  (
    await sql<{ n: number }>(
      `SELECT count(DISTINCT ${PROVINCE})::int AS n FROM region r WHERE id IN (SELECT DISTINCT region_id FROM snapshot_member WHERE snapshot_id = $1)`,
      [id],
    )
  )[0]!.n

/** Whether a snapshot tells provinces apart, and whether they are still made of the kabupaten that they were made of then. */
export const divisionOf = async (id: string): Promise<{ divided: boolean; same: boolean }> =>
  (
    await sql<{ divided: boolean; same: boolean }>(
      `WITH told AS (
         SELECT part, place, n FROM snapshot_cell WHERE snapshot_id = $1 AND basis = 'raw' AND reach = '' AND cycle = '' AND level = '' AND subject = '' AND status = '' AND indicator = ''
            AND place LIKE 'province:%'
       ), now AS (
         SELECT part, 'province:' || ${PROVINCE} AS place, count(*) AS n FROM snapshot_member m JOIN region r ON r.id = m.region_id WHERE m.snapshot_id = $1 AND m.latest GROUP BY 1, 2
       ) SELECT EXISTS (SELECT 1 FROM told) AS divided,
                NOT EXISTS (SELECT 1 FROM told FULL JOIN now USING (part, place) WHERE told.n IS DISTINCT FROM now.n) AS same`,
      [id],
    )
  )[0]!

/** Instruments and cycles of which a snapshot has measured people. */
export const measuredBy = (id: string) =>
  sql<{ instrumentId: string; cycle: string }>(
    `SELECT DISTINCT instrument_id AS "instrumentId", cycle FROM snapshot_member WHERE snapshot_id = $1 AND mastery IS NOT NULL ORDER BY 1, 2`,
    [id],
  )

/** Keys of what a snapshot shows of a part and a province, the province's own under the name of everybody. */
export const shownKeys = async (id: string, { part, province }: Belonging) =>
  (
    await sql<{ key: string }>(
      `WITH areas AS (SELECT id::text FROM region r WHERE ${PROVINCE} = $3)
       SELECT concat_ws('|', basis, cycle, level, subject, status, CASE WHEN place = 'province:' || $3 THEN '' ELSE place END, indicator, reach) AS key
         FROM snapshot_cell WHERE snapshot_id = $1 AND part = $2 AND state <> 'hidden'
          AND ($3 = '' OR place = 'province:' || $3 OR region IN (SELECT id FROM areas) OR place IN (SELECT id FROM areas))`,
      [id, part, province],
    )
  ).map((k) => k.key)
