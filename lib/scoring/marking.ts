import { z } from 'zod'
import { attemptsByIds, markScored, responsesOfMany, unscoredAttemptIds } from '@/lib/delivery/inside'
import { correctedScoring, scoringItems } from '@/lib/instruments/inside'
import type { FormItemRow } from '@/lib/instruments/service'
import type { ResponseValue } from '@/lib/items/model'
import { stepName, unwatched, type Step } from '@/lib/platform/jobs'
import { logged, told, type Tell } from '@/lib/platform/rows'
import { together } from '@/lib/platform/together'
import { ratedShares } from '@/lib/rating/inside'
import { closedAttemptIds } from './run-store'
import { measureAttempts } from './run-service'
import { rawScores, withReach } from './raw'
import { reachOf } from '@/lib/calibration/response-matrix'
import { currentRules } from '@/lib/standards/inside'
import * as store from './score-store'

/** Marking of closed attempts: in the moment, by the job clock, and anew after a correction. */

type Marked = {
  attempt: Awaited<ReturnType<typeof attemptsByIds>>[number]
  items: FormItemRow[]
  responses: Record<string, ResponseValue>
  rated: Map<string, number>
}

/** Marks closed attempts by item type with the rules and corrected keys in force; what each was marked from. Open ones are left out. */
async function markRaw(ids: string[]): Promise<Marked[]> {
  const attempts = (await attemptsByIds([...new Set(ids)])).filter((a) => a.state === 'closed')
  if (attempts.length === 0) return []
  const forms = [...new Set(attempts.map((a) => a.formId))]
  const [frozen, given, rules] = await Promise.all([
    Promise.all(forms.map(scoringItems)),
    responsesOfMany(attempts.map((a) => a.id)),
    currentRules(),
  ])
  const corrected = await correctedScoring([...new Set(frozen.flat().map((i) => i.itemVersionId))], false)
  const items = new Map(
    forms.map((id, f) => [
      id,
      frozen[f]!.map((i) => (corrected.has(i.itemVersionId) ? { ...i, scoring: corrected.get(i.itemVersionId)! } : i)),
    ]),
  )
  // Only forms with extended responses have anything from raters.
  const judged = attempts.filter((a) => items.get(a.formId)!.some((i) => i.type === 'extended'))
  const rated = await ratedShares(judged.map((a) => a.id))
  const marked = attempts.map((attempt) => ({
    attempt,
    items: items.get(attempt.formId)!,
    responses: given.get(attempt.id) ?? {},
    rated: rated.get(attempt.id) ?? new Map<string, number>(),
  }))
  await store.replaceScores(
    marked.map((m) => ({
      attemptId: m.attempt.id,
      since: m.attempt.unscoredSince,
      rows: withReach(rawScores(m.items, new Map(Object.entries(m.responses)), m.rated), reachOf(m.items, m.responses, m.attempt.seed)),
    })),
    rules.id,
    new Date(),
  )
  return marked
}

/** Scores many closed attempts, raw and by the released runs of their instruments, and takes the mark of waiting away. */
async function scoreAttempts(ids: string[]): Promise<undefined[]> {
  const marked = await markRaw(ids)
  await measureAttempts(marked)
  const waiting = marked.flatMap(({ attempt }) => (attempt.unscoredSince ? [{ attemptId: attempt.id, since: attempt.unscoredSince }] : []))
  if (waiting.length) await markScored(waiting)
  return ids.map(() => undefined)
}

const AT_A_TIME = 40

/**
 * Scores a closed attempt. Called when an attempt closes, and again when late answers change it; many that close in the same
 * moment are scored together.
 */
export const scoreAttempt: (attemptId: string) => Promise<void> = together(scoreAttempts, { most: AT_A_TIME, alone: true })

/**
 * Scores what was closed or changed at least a minute ago and still waits. One that cannot be scored keeps its mark, is told of and stops
 * nobody. Run by the job clock; returns how many were scored.
 */
export async function scoreWaiting(now: Date, tell: Tell = logged): Promise<number> {
  const waiting = await unscoredAttemptIds(new Date(now.getTime() - 60_000))
  const ends = await Promise.allSettled(waiting.map(scoreAttempt))
  ends.forEach((end, i) => {
    if (end.status === 'rejected') told(tell, `attempt:${waiting[i]}`, end.reason)
  })
  return ends.filter((end) => end.status === 'fulfilled').length
}

/** Marks every closed attempt of an instrument anew after a key correction came into force, some at a step; the released run has measured them already. Answers how many. */
export async function rescoreRaw(instrumentId: string, step: Step = unwatched): Promise<number> {
  const ids = await closedAttemptIds(instrumentId)
  let marked = 0
  for (let at = 0; at < ids.length; at += AT_A_TIME) {
    const some = ids.slice(at, at + AT_A_TIME)
    marked += await step(stepName('mark', some), z.int().min(0), async () => (await markRaw(some)).length)
  }
  return marked
}
