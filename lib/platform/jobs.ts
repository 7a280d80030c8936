import { uuidv7 } from 'uuidv7'
import { db, sql } from './db'
import type { TaskName } from './job-model'
import { wordsOf } from './standing'

/** Work that people order: graphile-worker carries it, `job_run` tells people about it. */
export type { TaskName } from './job-model'

/** One job of the queue an order: whoever asks again while it waits asks for the same. */
const add = (task: string, payload: object, id: string) =>
  sql(`SELECT graphile_worker.add_job($1, $2::json, max_attempts := 3, job_key := $3)`, [
    task,
    JSON.stringify({ ...payload, jobId: id }),
    id,
  ])

/** Queues a task. With `createdBy` it gets a row that a screen can watch under the returned id. */
export async function enqueue(task: TaskName, payload: object, watch: { id?: string; createdBy: string | null }): Promise<string> {
  const id = watch.id ?? uuidv7()
  const now = new Date()
  await db().jobRun.create({
    data: { id, kind: task, state: 'waiting', payload: { ...payload }, createdBy: watch.createdBy, createdAt: now, updatedAt: now },
  })
  await add(task, payload, id)
  return id
}

/** Work that says nothing for so long has lost its worker, or waits behind something that has. */
const SILENT_MS = 3_600_000
const silentSince = (now: Date) => new Date(now.getTime() - SILENT_MS)
/** Broken off, or silent for too long (`$1`). */
const TROUBLED = `((state = 'failed' AND problem IS NOT NULL) OR (state IN ('waiting', 'running') AND updated_at < $1))`

/** Queues a job that broke off or fell silent once more, as it was asked; null when it is none of these: it waits again already, or is done. */
export async function enqueueAgain(id: string, now: Date): Promise<{ kind: string } | null> {
  const [row] = await sql<{ kind: string; payload: object }>(
    `UPDATE job_run SET state = 'waiting', words = '', problem = NULL, done = 0, total = 0, updated_at = now()
      WHERE id = $2 AND payload IS NOT NULL AND ${TROUBLED} RETURNING kind, payload`,
    [silentSince(now), id],
  )
  if (!row) return null
  await add(row.kind, row.payload, id)
  return { kind: row.kind }
}

/** Whether a watched job waits or runs, so that whoever asks for the same work again is led to it; one that has not moved for six hours has died. */
export async function underWay(id: string): Promise<boolean> {
  return (
    (await sql(`SELECT 1 FROM job_run WHERE id = $1 AND state IN ('waiting', 'running') AND updated_at > now() - interval '6 hours'`, [id]))
      .length > 0
  )
}

export async function reportProgress(id: string, done: number, total: number, words: string): Promise<void> {
  await sql(`UPDATE job_run SET state = 'running', done = $2, total = $3, words = $4, updated_at = now() WHERE id = $1`, [
    id,
    done,
    total,
    words,
  ])
}

export async function finishJob(id: string, state: 'done' | 'failed', words: string): Promise<void> {
  await sql(`UPDATE job_run SET state = $2, words = $3, problem = NULL, updated_at = now() WHERE id = $1`, [id, state, words])
}

/** The work broke off: people read a sentence, the screen of the system's work the machine's own words as well. */
export async function breakJob(id: string, error: unknown): Promise<void> {
  const words = 'Pekerjaan ini gagal karena kesalahan sistem. Data tidak berubah; coba sekali lagi.'
  await sql(`UPDATE job_run SET state = 'failed', words = $2, problem = $3, updated_at = now() WHERE id = $1`, [id, words, wordsOf(error)])
}

export type TroubledJob = {
  id: string
  kind: string
  words: string
  /** The machine's own words; null where the job only fell silent. */
  problem: string | null
  /** It can be done again as it was asked. */
  again: boolean
  createdAt: Date
  updatedAt: Date
}

/** Jobs since `since` that broke off, or say nothing any more, newest first. */
export const troubledJobs = (since: Date, now: Date) =>
  sql<TroubledJob>(
    `SELECT id, kind, words, problem, payload IS NOT NULL AS again, created_at AS "createdAt", updated_at AS "updatedAt" FROM job_run
      WHERE ${TROUBLED} AND updated_at > $2 ORDER BY updated_at DESC LIMIT 100`,
    [silentSince(now), since],
  )

export const jobRun = (id: string) => db().jobRun.findUnique({ where: { id } })

/** The newest run of one kind of work, whoever started it. */
export const latestJob = (task: TaskName) => db().jobRun.findFirst({ where: { kind: task }, orderBy: { createdAt: 'desc' } })
