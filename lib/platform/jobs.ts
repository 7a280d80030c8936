import { uuidv7 } from 'uuidv7'
import { createHash } from 'node:crypto'
import type { z } from 'zod'
import { db, inTransaction, pool, sql } from './db'
import { isOrdered, type TaskName } from './job-model'
import { payloadOf, understood, type Payload } from './job-schema'
import { wordsOf } from './standing'

/** Work that people order: graphile-worker carries it, `job_run` tells people about it. */
export type { TaskName } from './job-model'

/** One job of the queue an order: whoever asks again while it waits asks for the same. */
const add = (task: TaskName, payload: object, id: string) =>
  sql(`SELECT graphile_worker.add_job($1, $2::json, max_attempts := 3, job_key := $3)`, [
    task,
    JSON.stringify({ ...payload, jobId: id }),
    id,
  ])

/** Queues a task. With `createdBy` it gets a row that a screen can watch under the returned id. Throws where the payload is not what its kind wants. */
export async function enqueue<T extends TaskName>(
  task: T,
  payload: Payload<T>,
  watch: { id?: string; createdBy: string | null },
): Promise<string> {
  const id = watch.id ?? uuidv7()
  const now = new Date()
  const asked = payloadOf(task, payload)
  await db().jobRun.create({
    data: { id, kind: task, state: 'waiting', payload: { ...asked }, createdBy: watch.createdBy, createdAt: now, updatedAt: now },
  })
  await add(task, asked, id)
  return id
}

/** Work that says nothing for so long has lost its worker, or waits behind something that has. */
const SILENT_MS = 3_600_000
const silentSince = (now: Date) => new Date(now.getTime() - SILENT_MS)
/** Broken off, or silent for too long (`$1`). */
const TROUBLED = `((state = 'failed' AND problem IS NOT NULL) OR (state IN ('waiting', 'running') AND updated_at < $1))`

/** Queues a job that broke off or fell silent once more, as it was asked; null when it is none of these: it waits again already, or is done. */
export async function enqueueAgain(id: string, now: Date): Promise<{ kind: string } | null> {
  const [row] = await sql<{ kind: string; payload: unknown }>(
    `SELECT kind, payload FROM job_run WHERE id = $2 AND payload IS NOT NULL AND ${TROUBLED}`,
    [silentSince(now), id],
  )
  if (!row || !isOrdered(row.kind) || !understood(row.kind, row.payload)) return null
  const waits = await sql(
    `UPDATE job_run SET state = 'waiting', words = '', problem = NULL, done = 0, total = 0, updated_at = now() WHERE id = $2 AND ${TROUBLED} RETURNING id`,
    [silentSince(now), id],
  )
  if (!waits.length) return null
  await add(row.kind, payloadOf(row.kind, row.payload), id)
  return { kind: row.kind }
}

/**
 * Queues anew what a dead worker has left: jobs that are said to run although nobody holds them. Done again they find the steps that were
 * taken. For the clock; answers how many.
 */
export async function takeUpLeft(): Promise<number> {
  const left = await sql<{ id: string; kind: string; payload: unknown }>(
    `UPDATE job_run SET state = 'waiting', updated_at = now() WHERE id IN (
       SELECT id FROM job_run WHERE state = 'running' AND payload IS NOT NULL AND updated_at < now() - interval '1 minute'
         AND NOT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
           AND ((classid::bigint << 32) | objid::bigint) = hashtextextended('job:' || job_run.id, 0)) FOR UPDATE SKIP LOCKED)
     RETURNING id, kind, payload`,
  )
  const known = left.flatMap((j) => (isOrdered(j.kind) && understood(j.kind, j.payload) ? [{ ...j, kind: j.kind }] : []))
  for (const j of known) await add(j.kind, payloadOf(j.kind, j.payload), j.id)
  return known.length
}

/** Does a job's work, unless somebody else is at it (null). The server frees the place as soon as the worker is gone, however it went. */
export async function inItsPlace<T>(id: string, work: () => Promise<T>): Promise<{ done: T } | null> {
  const client = await pool().connect()
  let broken: Error | undefined
  try {
    const { rows } = await client.query<{ taken: boolean }>(`SELECT pg_try_advisory_lock(hashtextextended('job:' || $1, 0)) AS taken`, [id])
    if (!rows[0]!.taken) return null
    try {
      return { done: await work() }
    } finally {
      await client.query(`SELECT pg_advisory_unlock(hashtextextended('job:' || $1, 0))`, [id]).catch((e: Error) => (broken = e))
    }
  } finally {
    client.release(broken)
  }
}

/** Notes that a worker has begun; false where the job has come to its end already, so that nothing of it is done again. */
export async function beginJob(id: string): Promise<boolean> {
  const begun = await sql(
    `UPDATE job_run SET state = 'running', updated_at = now() WHERE id = $1 AND (state IN ('waiting', 'running') OR problem IS NOT NULL) RETURNING id`,
    [id],
  )
  return begun.length > 0
}

/** Does a piece of a job once: what it answered stands beside the job, and a later try reads it instead of doing it again. */
export type Step = <T>(name: string, shape: z.ZodType<T>, work: () => Promise<T>) => Promise<T>

/** The name of a step on these rows: other rows are another step. */
export const stepName = (what: string, ids: readonly string[]): string =>
  `${what}:${createHash('sha256').update(ids.join()).digest('base64url').slice(0, 16)}`

/** Steps of work that no job watches: done each time. */
export const unwatched: Step = (_name, _shape, work) => work()

/** Steps of one job. What a step writes and the note that it is done stand or fall together. */
export const stepsOf =
  (jobId: string): Step =>
  (name, shape, work) =>
    inTransaction(async (tx) => {
      const { rows } = await tx.query<{ result: unknown }>(`SELECT result FROM job_step WHERE job_id = $1 AND name = $2`, [jobId, name])
      if (rows[0]) return shape.parse(rows[0].result)
      const result = shape.parse(await work())
      await tx.query(`INSERT INTO job_step (job_id, name, result, at) VALUES ($1, $2, $3, now())`, [jobId, name, JSON.stringify(result)])
      return result
    })

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

/** Notes how a job ended of its own; the steps that it took are not needed any more. */
export async function finishJob(id: string, end: { state: 'done' | 'failed'; words: string }): Promise<void> {
  await inTransaction(async (tx) => {
    await tx.query(`UPDATE job_run SET state = $2, words = $3, result = $4, problem = NULL, updated_at = now() WHERE id = $1`, [
      id,
      end.state,
      end.words,
      JSON.stringify(end),
    ])
    await tx.query(`DELETE FROM job_step WHERE job_id = $1`, [id])
  })
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

export type OrderUnderWay = {
  id: string
  kind: string
  state: 'waiting' | 'running'
  done: number
  total: number
  words: string
  createdAt: Date
}

/** Ordered work that waits or runs, in the order in which it was asked for. */
export const jobsUnderWay = (now: Date) =>
  sql<OrderUnderWay>(
    `SELECT id, kind, state, done, total, words, created_at AS "createdAt" FROM job_run
      WHERE state IN ('waiting', 'running') AND NOT ${TROUBLED} ORDER BY created_at LIMIT 100`,
    [silentSince(now)],
  )

/** Jobs since `since` that broke off, or say nothing any more, newest first. */
export async function troubledJobs(since: Date, now: Date): Promise<TroubledJob[]> {
  const rows = await sql<Omit<TroubledJob, 'again'> & { payload: unknown }>(
    `SELECT id, kind, words, problem, payload, created_at AS "createdAt", updated_at AS "updatedAt" FROM job_run
      WHERE ${TROUBLED} AND updated_at > $2 ORDER BY updated_at DESC LIMIT 100`,
    [silentSince(now), since],
  )
  return rows.map(({ payload, ...job }) => ({ ...job, again: isOrdered(job.kind) && understood(job.kind, payload) }))
}

export const jobRun = (id: string) => db().jobRun.findUnique({ where: { id } })

/** The newest run of one kind of work, whoever started it. */
export const latestJob = (task: TaskName) => db().jobRun.findFirst({ where: { kind: task }, orderBy: { createdAt: 'desc' } })
