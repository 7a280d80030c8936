import { config } from './config'
import { sql, type Transaction } from './db'
import { loadingOf, type Loading, type LoadingStep } from './loading-model'
import { wordsOf } from './standing'

/**
 * The record of loading a demonstration, step by step. A step and its line here are one transaction, so that a loading which was broken off
 * goes on where it was and nothing comes twice.
 */

export type PlannedStep = { name: string; title: string; weight: number }

/** Writes down what will be loaded; what is written already stays as it is. */
export async function planLoading(steps: readonly PlannedStep[], every: number, now: Date): Promise<void> {
  await sql(
    `INSERT INTO loading_step (name, position, title, weight, state, every, planned_at)
     SELECT n.name, n.position, n.title, n.weight, 'waiting', $5, $6 FROM unnest($1::text[], $2::int[], $3::text[], $4::float8[]) AS n(name, position, title, weight)
     ON CONFLICT (name) DO NOTHING`,
    [steps.map((s) => s.name), steps.map((_, i) => i), steps.map((s) => s.title), steps.map((s) => s.weight), every, now],
  )
}

/** All steps in their order. */
export const loadingSteps = () =>
  sql<LoadingStep & { chance: number | null }>(
    `SELECT name, title, weight, state, words, chance, started_at AS "startedAt", ended_at AS "endedAt" FROM loading_step ORDER BY position`,
  )

/** What was asked for when a loading began that has not ended; null where nothing is left to load. */
export async function unfinishedLoading(): Promise<{ every: number; now: Date } | null> {
  const [row] = await sql<{ every: number; now: Date }>(
    `SELECT every, planned_at AS now FROM loading_step WHERE state <> 'done' ORDER BY position LIMIT 1`,
  )
  return row ?? null
}

/** Says that a step is being done; what another process left in this state counts as waiting. */
export async function markStep(name: string, now: Date): Promise<void> {
  await sql(`UPDATE loading_step SET state = 'running', words = NULL, started_at = $2 WHERE name = $1 AND state <> 'done'`, [name, now])
}

/** Holds a step until the transaction ends; false when another loading has done it. */
export async function holdStep(tx: Transaction, name: string): Promise<boolean> {
  const { rows } = await tx.query<{ state: string }>(`SELECT state FROM loading_step WHERE name = $1 FOR UPDATE`, [name])
  return rows[0] !== undefined && rows[0].state !== 'done'
}

/** The end of a step, in the transaction of what it wrote. */
export async function endStep(
  tx: Transaction,
  name: string,
  end: { words: string | null; chance: number | null },
  now: Date,
): Promise<void> {
  await tx.query(`UPDATE loading_step SET state = 'done', words = $2, chance = $3, ended_at = $4 WHERE name = $1`, [
    name,
    end.words,
    end.chance,
    now,
  ])
}

/** A step broke off: nothing of it stays but the machine's words. */
export async function breakStep(name: string, error: unknown, now: Date): Promise<void> {
  await sql(`UPDATE loading_step SET state = 'failed', words = $2, ended_at = $3 WHERE name = $1 AND state <> 'done'`, [
    name,
    wordsOf(error),
    now,
  ])
}

/** The machine's own words about every step that failed, by its name. */
export const loadingFailures = async (): Promise<Record<string, string>> =>
  Object.fromEntries((await loadingSteps()).flatMap((s) => (s.state === 'failed' ? [[s.name, s.words ?? '']] : [])))

/** A new start tries again what failed before. */
export const forgetFailures = (): Promise<unknown> => sql(`UPDATE loading_step SET state = 'waiting', words = NULL WHERE state = 'failed'`)

/** Has a step that failed done once more; false when it did not fail or waits again already. */
export const askStepAgain = async (name: string): Promise<boolean> =>
  (await sql(`UPDATE loading_step SET state = 'waiting', words = NULL WHERE name = $1 AND state = 'failed' RETURNING name`, [name]))
    .length === 1

/** Nothing more is loaded: what is there stays, what was to come never does. */
export const endLoading = async (): Promise<number> => (await sql(`DELETE FROM loading_step WHERE state <> 'done' RETURNING name`)).length

/** The steps as anybody may see them: without the machine's own words about one that failed. */
export const loadingShown = async (): Promise<LoadingStep[]> =>
  (await loadingSteps()).map((s) => (s.state === 'failed' ? { ...s, words: null } : s))

/** A page asks at each call: the answer is a few seconds old at most, and once all is there it is not asked again for a minute. */
const FRESH_MS = { loading: 1_500, there: 60_000 }
let known: { at: number; url: string; loading: Loading | null } | null = null

/** How far the demonstration is loaded; null when it is, and on every real installation. */
export async function loadingNow(): Promise<Loading | null> {
  const [at, url] = [Date.now(), config().DATABASE_URL ?? '']
  if (known?.url !== url || at - known.at > (known.loading ? FRESH_MS.loading : FRESH_MS.there))
    known = { at, url, loading: loadingOf(await loadingSteps()) }
  return known.loading
}
