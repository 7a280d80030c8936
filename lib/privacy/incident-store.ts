import { uuidv7 } from 'uuidv7'
import { sql, type Transaction } from '@/lib/platform/db'
import type { IncidentFacts } from './model'

export type IncidentRow = IncidentFacts & {
  id: string
  dueAt: Date
  createdAt: Date
  createdName: string | null
  subjectsToldAt: Date | null
  agencyToldAt: Date | null
  closing: string | null
  closedAt: Date | null
  closedName: string | null
}
const INCIDENT = `SELECT i.id, i.happened, i.data, i.affected, i.measures, i.happened_at AS "happenedAt", i.known_at AS "knownAt", i.due_at AS "dueAt", i.created_at AS "createdAt",
    (SELECT u.name FROM user_account u WHERE u.id = i.created_by) AS "createdName", i.subjects_told_at AS "subjectsToldAt", i.agency_told_at AS "agencyToldAt", i.closing,
    i.closed_at AS "closedAt", (SELECT u.name FROM user_account u WHERE u.id = i.closed_by) AS "closedName" FROM data_incident i`

/** Open ones first, the nearest moment on top. */
export const allIncidents = () => sql<IncidentRow>(`${INCIDENT} ORDER BY i.closed_at IS NOT NULL, i.due_at LIMIT 200`)

export async function lockIncident(tx: Transaction, id: string): Promise<IncidentRow | null> {
  return (await tx.query<IncidentRow>(`${INCIDENT} WHERE i.id = $1 FOR UPDATE OF i`, [id])).rows[0] ?? null
}

/** Whether this person has reported just this already, and it is open. */
export const sameIncident = async (tx: Transaction, f: IncidentFacts & { by: string | null }): Promise<boolean> =>
  (
    await tx.query(
      `SELECT 1 FROM data_incident WHERE happened = $1 AND data = $2 AND measures = $3 AND known_at = $4 AND created_by IS NOT DISTINCT FROM $5::uuid AND closed_at IS NULL`,
      [f.happened, f.data, f.measures, f.knownAt, f.by],
    )
  ).rows.length > 0

export async function addIncident(tx: Transaction, f: IncidentFacts & { dueAt: Date; by: string | null; now: Date }): Promise<string> {
  const id = uuidv7()
  await tx.query(
    `INSERT INTO data_incident (id, happened, data, affected, measures, happened_at, known_at, due_at, created_by, created_at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)`,
    [id, f.happened, f.data, f.affected, f.measures, f.happenedAt, f.knownAt, f.dueAt, f.by, f.now],
  )
  return id
}

/** The first time that one side was told stays. */
export async function noteTold(tx: Transaction, id: string, side: 'subjects' | 'agency', at: Date): Promise<void> {
  const column = side === 'subjects' ? 'subjects_told_at' : 'agency_told_at'
  await tx.query(`UPDATE data_incident SET ${column} = coalesce(${column}, $2) WHERE id = $1`, [id, at])
}

export async function closeIncident(tx: Transaction, id: string, closing: string, by: string | null, at: Date): Promise<void> {
  await tx.query(`UPDATE data_incident SET closing = $2, closed_by = $3, closed_at = $4 WHERE id = $1`, [id, closing, by, at])
}

/** Deletes incidents that were closed before a moment, at most so many. */
export const sweepIncidents = async (before: Date, most: number): Promise<number> =>
  (
    await sql(`DELETE FROM data_incident WHERE id IN (SELECT id FROM data_incident WHERE closed_at < $1 LIMIT $2) RETURNING id`, [
      before,
      most,
    ])
  ).length
