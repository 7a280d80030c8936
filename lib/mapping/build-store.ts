import { sql } from '@/lib/platform/db'
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
export const takenOf = (id: string, part: string) =>
  sql<Taken>(
    `SELECT region_id AS "regionId", school_id AS "schoolId", level, subject_id AS "subjectId", status, cycle, latest, instrument_id AS "instrumentId", raw, mastery, low, high, mean, sd
       FROM snapshot_member WHERE snapshot_id = $1 AND part = $2 ORDER BY region_id, school_id, attempt_id`,
    [id, part],
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
export const areasOf = (id: string, part: string) =>
  sql<AreaSums>(
    `SELECT m.region_id AS "regionId", m.school_id AS "schoolId", m.level, m.subject_id AS "subjectId", m.cycle, m.latest,
            CASE v.scope WHEN 'domain' THEN 'domain:' || v.scope_code ELSE v.scope_code END AS code, max(v.items)::int AS items, count(*)::int AS n,
            sum(v.percent)::float8 AS sum, sum(v.percent * v.percent)::float8 AS squares
       FROM snapshot_member m JOIN score v ON v.attempt_id = m.attempt_id AND v.kind = 'raw' AND v.scope IN ('indicator', 'domain') AND v.superseded_at IS NULL
      WHERE m.snapshot_id = $1 AND m.part = $2 AND (v.scope = 'indicator' OR m.subject_id IS NOT NULL AND $2 = '4') GROUP BY 1, 2, 3, 4, 5, 6, 7 ORDER BY 1, 2, 3, 4, 5, 7`,
    [id, part],
  )

/**
 * Everybody of one part who stands in the snapshot or in one that was published before, counted by all that a filter can tell apart and by
 * how the test stood in each. Which indicators a form has is read from one of its tests.
 */
export async function atomsOf(id: string, part: string, before: readonly string[]): Promise<Atom[]> {
  const rows = await sql<Omit<Atom, 'now' | 'before'> & { stood: Record<string, [boolean, boolean]> }>(
    `WITH x AS (
       SELECT m.attempt_id, jsonb_object_agg(m.snapshot_id, jsonb_build_array(m.latest, m.mastery IS NOT NULL)) AS stood,
              (array_agg(m.region_id))[1] AS region_id, (array_agg(m.school_id))[1] AS school_id, min(m.level) AS level, (array_agg(m.subject_id))[1] AS subject_id,
              min(m.status) AS status, min(m.cycle) AS cycle, (array_agg(m.form_id))[1] AS form_id
         FROM snapshot_member m WHERE m.part = $2 AND m.snapshot_id = ANY($1::uuid[]) GROUP BY m.attempt_id
     ), f AS MATERIALIZED (
       SELECT form_id, ARRAY(SELECT DISTINCT CASE v.scope WHEN 'domain' THEN 'domain:' || v.scope_code ELSE v.scope_code END FROM score v
                WHERE v.attempt_id = one AND v.kind = 'raw' AND (v.scope = 'indicator' OR v.scope = 'domain' AND $2 = '4') AND v.superseded_at IS NULL ORDER BY 1) AS indicators
         FROM (SELECT DISTINCT ON (form_id) form_id, attempt_id AS one FROM x ORDER BY form_id, attempt_id) y
     )
     SELECT region_id AS "regionId", level, subject_id AS "subjectId", school_id AS "schoolId", status, cycle, stood, coalesce(indicators, '{}') AS indicators, count(*)::int AS n
       FROM x LEFT JOIN f ON f.form_id = x.form_id GROUP BY 1, 2, 3, 4, 5, 6, 7, 8 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8`,
    [[id, ...before], part],
  )
  const standing = (s: [boolean, boolean] | undefined) => (s ? { latest: s[0], measured: s[1] } : null)
  return rows.map(({ stood, ...a }) => ({ ...a, now: standing(stood[id]), before: before.map((b) => standing(stood[b])) }))
}

/** Keys of what a snapshot shows of a part. */
export const shownKeys = (id: string, part: string) =>
  sql<{ key: string; n: number }>(
    `SELECT concat_ws('|', basis, cycle, level, subject, status, place, indicator, reach) AS key, n FROM snapshot_cell WHERE snapshot_id = $1 AND part = $2 AND state <> 'hidden'`,
    [id, part],
  )
