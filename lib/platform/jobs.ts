import { uuidv7 } from 'uuidv7'
import { db, sql } from './db'

/** Background work: graphile-worker carries it, `job_run` tells people about it. */
export type TaskName =
  | 'roster-preview'
  | 'close-expired'
  | 'calibrate'
  | 'link-scale'
  | 'score-run'
  | 'rescore-raw'
  | 'rehearse'
  | 'propose-plans'
  | 'match-tutors'
  | 'assemble-forms'

/** Queues a task. With `createdBy` it gets a row that a screen can watch under the returned id. */
export async function enqueue(task: TaskName, payload: object, watch: { id?: string; createdBy: string | null }): Promise<string> {
  const id = watch.id ?? uuidv7()
  const now = new Date()
  await db().jobRun.create({ data: { id, kind: task, state: 'waiting', createdBy: watch.createdBy, createdAt: now, updatedAt: now } })
  await sql(`SELECT graphile_worker.add_job($1, $2::json, max_attempts := 3)`, [task, JSON.stringify({ ...payload, jobId: id })])
  return id
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
  await sql(`UPDATE job_run SET state = $2, words = $3, updated_at = now() WHERE id = $1`, [id, state, words])
}

export const jobRun = (id: string) => db().jobRun.findUnique({ where: { id } })

/** The newest run of one kind of work, whoever started it. */
export const latestJob = (task: TaskName) => db().jobRun.findFirst({ where: { kind: task }, orderBy: { createdAt: 'desc' } })
