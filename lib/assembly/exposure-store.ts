import { sql } from '@/lib/platform/db'
import { byPeople } from '@/lib/sittings/release'

/** How many attempts of people showed each item of an instrument so far. */
export const exposureOf = (instrumentId: string) =>
  sql<{ itemId: string; n: number }>(
    `SELECT v.item_id AS "itemId", count(*)::int AS n FROM attempt a JOIN form_item f ON f.form_id = a.form_id JOIN item_version v ON v.id = f.item_version_id
       JOIN seat s ON s.id = a.seat_id JOIN sitting t ON t.id = s.sitting_id JOIN cycle c ON c.id = t.cycle_id
      WHERE a.instrument_id = $1 AND ${byPeople('c')} GROUP BY v.item_id`,
    [instrumentId],
  )

export type FormUse = { formId: string; cycleName: string; sittings: number; attempts: number; scores: number }
/** Where forms were delivered: cycle by cycle, with sittings, attempts and how many of these have a score. */
export const formUses = (formIds: string[]) =>
  sql<FormUse>(
    `SELECT a.form_id AS "formId", c.name AS "cycleName", count(DISTINCT t.id)::int AS sittings, count(*)::int AS attempts,
            count(*) FILTER (WHERE EXISTS (SELECT 1 FROM score s WHERE s.attempt_id = a.id))::int AS scores
       FROM attempt a JOIN seat s ON s.id = a.seat_id JOIN sitting t ON t.id = s.sitting_id JOIN cycle c ON c.id = t.cycle_id
      WHERE a.form_id = ANY($1::uuid[]) AND ${byPeople('c')} GROUP BY a.form_id, c.id ORDER BY c.starts_on, a.form_id`,
    [formIds],
  )

/** Parameters of every item version by the newest finished calibration that knows it. */
export const newestParameters = (instrumentId: string) =>
  sql<{ itemId: string; versionId: string; model: 'pcm' | 'gpcm'; a: number; d: number[]; c: number }>(
    `SELECT DISTINCT ON (v.item_id) v.item_id AS "itemId", v.id AS "versionId", p.model, p.a, p.d, p.c
       FROM item_parameter p JOIN calibration k ON k.id = p.calibration_id JOIN item_version v ON v.id = p.item_version_id
      WHERE k.instrument_id = $1 AND k.state = 'done' ORDER BY v.item_id, k.finished_at DESC, k.id DESC`,
    [instrumentId],
  )
