import { sql } from './db'
import { isStanding, type StandingTask } from './job-model'
import { StandingResult } from './job-schema'
import { log } from './log'
import type { Tell } from './rows'

/** The clock's own jobs: how each ended last, and which rows stood in its way, for the screen of the system's work. */

export type RowFailure = { object: string; words: string }
export type StandingRun = {
  task: StandingTask
  state: 'done' | 'partly' | 'failed'
  startedAt: Date
  endedAt: Date
  done: number
  failed: number
  failures: RowFailure[]
  failingSince: Date | null
}

/** The first rows that failed are enough to see what stands in the way. */
const MOST_KEPT = 20
const LONGEST_WORDS = 300

/** The machine's own words of a failure, as a column of text can hold them. */
export function wordsOf(error: unknown): string {
  const words = error instanceof Error ? error.message : String(error)
  return words.replaceAll('\u0000', '').toWellFormed().slice(0, LONGEST_WORDS) || 'Error'
}

/** One turn of a standing job: does its work, tells of rows that fail, answers how many were done. */
export type StandingWork = (now: Date, tell: Tell) => Promise<number>

const underWay = new Set<StandingTask>()

/**
 * One run of a standing job with a note of how it ended. It never throws for its work's sake: the next minute tries again, and the note
 * says what is wrong, also where it was asked with what it does not understand. While a run goes on in this process another one of the same job has nothing to do.
 */
export async function runStanding(
  task: StandingTask,
  work: StandingWork,
  clock: () => Date,
  misunderstood?: Error | undefined,
): Promise<void> {
  if (underWay.has(task)) return
  underWay.add(task)
  const startedAt = clock()
  const failures: RowFailure[] = []
  let [done, failed] = [0, 0]
  let state: StandingRun['state'] = 'done'
  const tell: Tell = (object, error) => {
    failed++
    log().error({ err: error, task, object }, 'one row of a standing job failed')
    if (failures.length < MOST_KEPT) failures.push({ object, words: wordsOf(error) })
  }
  try {
    if (misunderstood) throw misunderstood
    done = StandingResult.parse(await work(startedAt, tell))
    if (failed) state = 'partly'
  } catch (error) {
    state = 'failed'
    log().error({ err: error, task }, 'a standing job failed')
    failures.unshift({ object: `job:${task}`, words: wordsOf(error) })
  } finally {
    underWay.delete(task)
  }
  await noteRun({ task, state, startedAt, endedAt: clock(), done, failed, failures })
}

async function noteRun(r: Omit<StandingRun, 'failingSince'>): Promise<void> {
  await sql(
    `INSERT INTO standing_job AS j (task, state, started_at, ended_at, done, failed, failures, failing_since) VALUES ($1,$2,$3,$4,$5,$6,$7,CASE WHEN $2 = 'done' THEN NULL ELSE $3::timestamptz END)
     ON CONFLICT (task) DO UPDATE SET state = excluded.state, started_at = excluded.started_at, ended_at = excluded.ended_at, done = excluded.done,
       failed = excluded.failed, failures = excluded.failures, failing_since = CASE WHEN excluded.state = 'done' THEN NULL ELSE coalesce(j.failing_since, excluded.started_at) END
     WHERE j.ended_at <= excluded.ended_at`,
    [r.task, r.state, r.startedAt, r.endedAt, r.done, r.failed, JSON.stringify(r.failures)],
  )
}

/** The last run of every standing job that ever ran. */
export async function standingRuns(): Promise<StandingRun[]> {
  const rows = await sql<StandingRun>(
    `SELECT task, state, started_at AS "startedAt", ended_at AS "endedAt", done, failed, failures, failing_since AS "failingSince" FROM standing_job`,
  )
  return rows.filter((r) => isStanding(r.task))
}

/** The clock shall do a standing job now; asked twice before it begins, it is done once. */
export async function askStanding(task: StandingTask): Promise<void> {
  await sql(`SELECT graphile_worker.add_job($1, '{}'::json, job_key := $1, max_attempts := 1)`, [task])
}
