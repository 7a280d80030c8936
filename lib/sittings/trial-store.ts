import { sql } from '@/lib/platform/db'

/** What a trial of a cycle is made from. */

export type Trial = { id: string; sittingId: string; name: string; opensAt: Date; closesAt: Date }

/** Trials of a cycle, the newest first. */
export const trialsOf = (cycleId: string) =>
  sql<Trial>(
    `SELECT c.id, t.id AS "sittingId", c.name, t.opens_at AS "opensAt", t.closes_at AS "closesAt" FROM cycle c JOIN sitting t ON t.cycle_id = c.id
      WHERE c.trial_of_id = $1 ORDER BY c.id DESC`,
    [cycleId],
  )

export async function markTrial(trialId: string, cycleId: string): Promise<void> {
  await sql(`UPDATE cycle SET trial_of_id = $2, outage_minutes = b.outage_minutes FROM cycle b WHERE cycle.id = $1 AND b.id = $2`, [
    trialId,
    cycleId,
  ])
  await sql(`INSERT INTO cycle_form (cycle_id, form_id) SELECT $1, form_id FROM cycle_form WHERE cycle_id = $2`, [trialId, cycleId])
}

export type TrialPlace = { subjectId: string | null; schoolId: string; regionId: string; levelId: string }

/** For each subject among the participants of a cycle the facts of one of them, the most frequent subject first: what a trial's seats say. */
export const placesOf = (cycleId: string) =>
  sql<TrialPlace>(
    `SELECT s.subject_id AS "subjectId", (array_agg(s.school_id ORDER BY s.id))[1] AS "schoolId", (array_agg(s.region_id ORDER BY s.id))[1] AS "regionId",
            (array_agg(s.level_id ORDER BY s.id))[1] AS "levelId" FROM seat s JOIN sitting t ON t.id = s.sitting_id WHERE t.cycle_id = $1 GROUP BY s.subject_id ORDER BY count(*) DESC, s.subject_id`,
    [cycleId],
  )

export async function addRoom(id: string, sittingId: string, name: string, capacity: number): Promise<void> {
  await sql(`INSERT INTO room (id, sitting_id, name, capacity) VALUES ($1, $2, $3, $4)`, [id, sittingId, name, capacity])
}
