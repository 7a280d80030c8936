import type { Scope } from '@/lib/access/model'
import { within } from '@/lib/access/reach'
import { sql } from '@/lib/platform/db'
import { counts } from '@/lib/sittings/release'
import type { ComingSitting, Untested } from './model'

/** What is read of other rooms and published nowhere else: classes, sittings to come, and schools with nobody tested. This room keeps no table. */

export type OpenClass = {
  module: string
  title: string
  mode: string
  subjects: string[]
  targets: string[]
  waiting: number
  classes: { regions: string[]; free: number }[]
}

/** Modules that are held in classes: how many teachers wait, and the classes that stand with their free seats. */
export const openClasses = () =>
  sql<OpenClass>(
    `SELECT m.code AS module, m.title, m.mode, m.subjects, m.targets,
            (SELECT count(*) FROM plan_step s WHERE s.module_id = m.id AND s.cohort_id IS NULL AND s.state IN ('proposed', 'agreed', 'running'))::int AS waiting,
            coalesce((SELECT jsonb_agg(jsonb_build_object('regions', c.regions, 'free',
                        greatest(0, (m.content->'size'->>'most')::int - (SELECT count(*) FROM plan_step s WHERE s.cohort_id = c.id AND s.state <> 'dropped'))))
                        FROM cohort c WHERE c.module_id = m.id), '[]'::jsonb) AS classes
       FROM module m WHERE m.active AND m.content ? 'size' ORDER BY m.title`,
  )

/** Who found no tutor near, by kabupaten and subject, as the matching in force counted it. */
export const gapsOfMatching = async (): Promise<{ regionCode: string; subject: string; learners: number }[]> => {
  const [run] = await sql<{ gaps: { regionCode: string; subject: string; learners: number }[] | null }>(
    `SELECT summary->'gaps' AS gaps FROM match_run WHERE state IN ('proposed', 'published') ORDER BY created_at DESC LIMIT 1`,
  )
  return run?.gaps ?? []
}

/** Sittings that have not ended, the next first; of one kabupaten, or of all. */
export const comingSittings = (now: Date, regionCode: string | null) =>
  sql<ComingSitting>(
    `SELECT y.id, y.name, c.name AS cycle, y.opens_at AS "opensAt", v.name AS venue, r.short_name AS region
       FROM sitting y JOIN cycle c ON c.id = y.cycle_id JOIN venue v ON v.id = y.venue_id JOIN region r ON r.id = v.region_id
      WHERE ${counts('c')} AND y.closes_at > $1 AND ($2::text IS NULL OR r.kemendagri_code = $2) ORDER BY y.opens_at LIMIT 10`,
    [now, regionCode],
  )

/** Schools of a kabupaten within reach whose teachers are all untested in a cycle or series; no cycle: in none. */
export function untestedSchools(regionCode: string, scope: Scope, cycleOrSeries: string): Promise<Untested[]> {
  const values: unknown[] = [regionCode, cycleOrSeries]
  return sql<Untested>(
    `SELECT x.id, x.name, l.code AS level FROM school x JOIN education_level l ON l.id = x.level_id JOIN region r ON r.id = x.region_id
      WHERE r.kemendagri_code = $1 AND ${within(scope, { region: 'x.region_id', school: 'x.id', level: 'l.code' }, values)}
        AND EXISTS (SELECT 1 FROM teacher t WHERE t.school_id = x.id)
        AND NOT EXISTS (
          SELECT 1 FROM teacher t JOIN seat s ON s.teacher_id = t.id JOIN attempt a ON a.seat_id = s.id AND a.state = 'closed'
            JOIN sitting y ON y.id = s.sitting_id JOIN cycle c ON c.id = y.cycle_id
           WHERE t.school_id = x.id AND ${counts('c')} AND ($2 = '' OR c.code = $2 OR c.series = $2))
      ORDER BY x.name`,
    values,
  )
}
