import { inTransaction, sql } from '@/lib/platform/db'
import type { RehearsalRecord } from './model'

export type RehearsalState = 'waiting' | 'running' | 'done' | 'failed'
export type RehearsalRow = {
  id: string
  participants: number
  state: RehearsalState
  startedAt: Date
  endedAt: Date | null
  record: RehearsalRecord | null
}

const ROW = `SELECT id, participants, state, started_at AS "startedAt", ended_at AS "endedAt", record FROM rehearsal`

export const rehearsalRows = () => sql<RehearsalRow>(`${ROW} ORDER BY started_at DESC`)
export const rehearsalRow = async (id: string) => (await sql<RehearsalRow>(`${ROW} WHERE id = $1`, [id]))[0] ?? null

/** Notes a rehearsal that waits; false when another one waits or runs, also one that was asked for in the same moment. */
export const addRehearsal = (id: string, participants: number, now: Date): Promise<boolean> =>
  inTransaction(async (tx) => {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtext('rehearsal'))`)
    const { rowCount } = await tx.query(
      `INSERT INTO rehearsal (id, participants, state, started_at) SELECT $1, $2, 'waiting', $3
        WHERE NOT EXISTS (SELECT 1 FROM rehearsal WHERE state IN ('waiting', 'running'))`,
      [id, participants, now],
    )
    return rowCount === 1
  })

/** Takes a waiting rehearsal up; false when it was taken up before. */
export async function takeUp(id: string): Promise<boolean> {
  return (await sql(`UPDATE rehearsal SET state = 'running' WHERE id = $1 AND state = 'waiting' RETURNING id`, [id])).length > 0
}

export async function endRehearsal(id: string, record: RehearsalRecord | null, now: Date): Promise<void> {
  await sql(`UPDATE rehearsal SET state = $2, record = $3, ended_at = $4 WHERE id = $1`, [
    id,
    record ? 'done' : 'failed',
    record ? JSON.stringify(record) : null,
    now,
  ])
}
