import { uuidv7 } from 'uuidv7'
import { inTransaction, sql } from '@/lib/platform/db'
import { classTerms } from './lottery-store'

/** Classes and who is in them. */
export type WaitingRow = {
  stepId: string
  teacherId: string
  name: string
  school: string
  lat: number
  lon: number
  regionCode: string
  cycleCode: string
  /** Was promised a place by a lottery, and the turn has come. */
  promised: boolean
}
/**
 * Steps of a module that nobody has put into a class yet and that may go into one on `today` (YYYY-MM-DD): whoever waits for a draw or for
 * the turn of the second group is left out. A school without coordinates stands at the capital.
 */
export const waitingFor = (moduleCode: string, today: string) =>
  sql<WaitingRow>(
    `SELECT s.id AS "stepId", t.id AS "teacherId", t.name, x.name AS school, coalesce(x.lat, r.lat) AS lat, coalesce(x.lon, r.lon) AS lon, r.kemendagri_code AS "regionCode", p.cycle_code AS "cycleCode", ${classTerms.PROMISED} AS promised
       FROM plan_step s JOIN plan p ON p.id = s.plan_id JOIN module m ON m.id = s.module_id JOIN teacher t ON t.id = p.teacher_id JOIN school x ON x.id = t.school_id JOIN region r ON r.id = x.region_id
      WHERE m.code = $1 AND s.cohort_id IS NULL AND s.state IN ('proposed', 'agreed', 'running') AND NOT ${classTerms.KEPT_OUT} ORDER BY s.id`,
    [moduleCode, today],
  )

/** Modules that are held in classes, with how many teachers wait and how many classes stand. */
export const classModules = () =>
  sql<{ code: string; title: string; mode: string; least: number; most: number; waiting: number; classes: number }>(
    `SELECT m.code, m.title, m.mode, (m.content->'size'->>'least')::int AS least, (m.content->'size'->>'most')::int AS most,
            (SELECT count(*) FROM plan_step s WHERE s.module_id = m.id AND s.cohort_id IS NULL AND s.state IN ('proposed', 'agreed', 'running'))::int AS waiting,
            (SELECT count(*) FROM cohort c WHERE c.module_id = m.id)::int AS classes
       FROM module m WHERE m.active AND m.content ? 'size' ORDER BY m.code`,
  )

export type NewCohort = {
  title: string
  subject: string | null
  regions: string[]
  mode: string
  lat: number
  lon: number
  meanKm: number
  cycleCode: string
  stepIds: string[]
}
/** Writes classes; a step that somebody else put into a class meanwhile stays there. */
export async function addCohorts(moduleCode: string, cohorts: readonly NewCohort[], now: Date): Promise<void> {
  await inTransaction(async (tx) => {
    for (const c of cohorts) {
      const id = uuidv7()
      await tx.query(
        `INSERT INTO cohort (id, module_id, cycle_code, title, subject, regions, mode, lat, lon, mean_km, created_at)
         SELECT $1, id, $3, $4, $5, $6, $7, $8, $9, $10, $11 FROM module WHERE code = $2`,
        [id, moduleCode, c.cycleCode, c.title, c.subject, c.regions, c.mode, c.lat, c.lon, c.meanKm, now],
      )
      await tx.query(`UPDATE plan_step SET cohort_id = $1 WHERE id = ANY($2::uuid[]) AND cohort_id IS NULL`, [id, c.stepIds])
    }
  })
}

export type CohortRow = {
  id: string
  title: string
  regions: string[]
  mode: string
  meanKm: number
  members: number
  held: number
  lastHeld: string | null
}
export const cohortsOf = (moduleCode: string) =>
  sql<CohortRow>(
    `SELECT c.id, c.title, c.regions, c.mode, c.mean_km AS "meanKm", count(DISTINCT s.id)::int AS members, count(DISTINCT a.held_on)::int AS held, max(a.held_on)::text AS "lastHeld"
       FROM cohort c JOIN module m ON m.id = c.module_id LEFT JOIN plan_step s ON s.cohort_id = c.id LEFT JOIN step_attendance a ON a.step_id = s.id AND a.noted_by IS NOT NULL
      WHERE m.code = $1 GROUP BY c.id ORDER BY c.title`,
    [moduleCode],
  )
export const membersOf = (cohortIds: readonly string[]) =>
  sql<{ cohortId: string; stepId: string; teacherId: string; name: string; school: string }>(
    `SELECT s.cohort_id AS "cohortId", s.id AS "stepId", t.id AS "teacherId", t.name, x.name AS school FROM plan_step s JOIN plan p ON p.id = s.plan_id JOIN teacher t ON t.id = p.teacher_id JOIN school x ON x.id = t.school_id
      WHERE s.cohort_id = ANY($1::uuid[]) ORDER BY t.name`,
    [cohortIds],
  )
