import { uuidv7 } from 'uuidv7'
import { sql } from '@/lib/platform/db'
import type { RetentionResult } from './retention-model'

export type RetentionRun = {
  id: string
  startedAt: Date
  finishedAt: Date | null
  state: 'running' | 'done' | 'failed'
  results: RetentionResult[]
}

/** Written before anything is deleted, so that a run that dies is seen. */
export async function beginRun(at: Date): Promise<string> {
  const id = uuidv7()
  await sql(`INSERT INTO retention_run (id, started_at, state, results) VALUES ($1, $2, 'running', '[]')`, [id, at])
  return id
}

/** Keeps what the run has done so far. */
export const noteResults = (id: string, results: RetentionResult[]) =>
  sql(`UPDATE retention_run SET results = $2 WHERE id = $1`, [id, JSON.stringify(results)])

export const endRun = (id: string, state: 'done' | 'failed', results: RetentionResult[], at: Date) =>
  sql(`UPDATE retention_run SET state = $2, results = $3, finished_at = $4 WHERE id = $1`, [id, state, JSON.stringify(results), at])

export const latestRuns = (most: number) =>
  sql<RetentionRun>(
    `SELECT id, started_at AS "startedAt", finished_at AS "finishedAt", state, results FROM retention_run ORDER BY started_at DESC LIMIT $1`,
    [most],
  )
