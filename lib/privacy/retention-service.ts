import { sweepSessions } from '@/lib/access/personal'
import { allow, policyInForce } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import type { Policy } from '@/lib/access/policy-model'
import { sweepJournal, sweepPhones } from '@/lib/delivery/personal'
import { sweepDocuments } from '@/lib/documents/personal'
import { log } from '@/lib/platform/log'
import { sweepImports } from '@/lib/roster/personal'
import { sweepObjections } from '@/lib/plans/personal'
import { sweepPhotos } from '@/lib/tutoring/personal'
import { sweepIncidents } from './incident-store'
import { sweepRequests } from './request-store'
import { retentionHealth, type KeepPath, type RetentionResult } from './retention-model'
import * as store from './retention-store'

/** Deletes what is older than the limits in force say, in small steps, and writes down what it did. */

/** Deletes rows from before a moment, about so many at most, and answers how many; 0 means that none is left. */
export type Sweep = (before: Date, most: number) => Promise<number>

const both =
  (...sweeps: Sweep[]): Sweep =>
  async (before, most) => {
    let removed = 0
    for (const sweep of sweeps) removed += await sweep(before, most)
    return removed
  }

export const sweeps: Partial<Record<KeepPath, Sweep>> = {
  'keepDays.journal': sweepJournal,
  'keepDays.phones': sweepPhones,
  'keepDays.imports': sweepImports,
  'keepDays.sessions': sweepSessions,
  'keepDays.documents': sweepDocuments,
  'keepDays.photos': sweepPhotos,
  'keepDays.requests': both(sweepRequests, sweepObjections, sweepIncidents),
}

/** Rows a statement deletes at most, so that no phone waits for it, and statements a kind and day. */
const STEP_ROWS = 2_000
const MOST_STEPS = 500
const DAY_MS = 86_400_000

const daysOf = (policy: Policy, kind: KeepPath): number => policy.keepDays[kind.slice('keepDays.'.length) as keyof Policy['keepDays']]

async function sweepKind(kind: KeepPath, sweep: Sweep, days: number, now: Date): Promise<RetentionResult> {
  const before = new Date(now.getTime() - days * DAY_MS)
  const result: RetentionResult = { kind, days, before: before.toISOString(), removed: 0, state: 'more' }
  try {
    for (let step = 0; step < MOST_STEPS; step++) {
      const removed = await sweep(before, STEP_ROWS)
      result.removed += removed
      if (removed === 0) return { ...result, state: 'done' }
    }
    return result
  } catch (error) {
    log().error({ err: error, kind }, 'retention of one kind failed')
    return { ...result, state: 'failed' }
  }
}

/** The daily job. A kind that fails does not keep the others from their turn; the record says which did. Answers the run's results. */
export async function runRetention(now: Date, work: Partial<Record<KeepPath, Sweep>> = sweeps): Promise<RetentionResult[]> {
  const run = await store.beginRun(now)
  const policy = await policyInForce()
  const results: RetentionResult[] = []
  for (const [kind, sweep] of Object.entries(work) as [KeepPath, Sweep][]) {
    results.push(await sweepKind(kind, sweep, daysOf(policy, kind), now))
    await store.noteResults(run, results)
  }
  await store.endRun(run, results.some((r) => r.state === 'failed') ? 'failed' : 'done', results, new Date())
  return results
}

/** The newest runs with how the job fares, and the limits they go by. */
export async function retentionView(actor: Actor, now: Date) {
  allow(actor, 'privacy:manage')
  const [runs, policy] = await Promise.all([store.latestRuns(14), policyInForce()])
  return { runs, policy, health: retentionHealth(runs[0] ?? null, now) }
}
