import type { ItemScoring, ResponseValue } from '@/lib/items/model'
import { scoreResponse } from '@/lib/items/score'
import { isUnrated, type RatedShares } from '@/lib/rating/model'
import type { Reach } from '@/lib/calibration/reach-model'
import type { Answered, ScoreRow } from './model'

/** Raw rows with what was answered and reached beside the total. */
export const withReach = (rows: ScoreRow[], reach: Pick<Reach, 'answered' | 'reached'>): (ScoreRow & Partial<Answered>)[] =>
  rows.map((r) => (r.scope === 'total' ? { ...r, answered: reach.answered, reached: reach.reached } : r))

export type ScoredItem = { itemVersionId: string; scoring: ItemScoring; nodeCode: string; domainCode: string }

const indicatorOf = (subIndicator: string): string => subIndicator.split('.').slice(0, 2).join('.')

/**
 * Raw points and percent of one attempt: in total, per indicator and per content domain.
 * Every item weighs one point; what was not answered earns none, because the clock was the same for all. An extended response
 * that raters have not yet judged is left out, and comes in when the attempt is scored again.
 */
export function rawScores(items: ScoredItem[], responses: Map<string, ResponseValue>, rated: RatedShares = new Map()): ScoreRow[] {
  const sums = new Map<string, { scope: ScoreRow['scope']; scopeCode: string; raw: number; items: number }>()
  const add = (scope: ScoreRow['scope'], scopeCode: string, points: number) => {
    const key = `${scope}|${scopeCode}`
    const sum = sums.get(key) ?? { scope, scopeCode, raw: 0, items: 0 }
    sum.raw += points
    sum.items += 1
    sums.set(key, sum)
  }
  for (const item of items) {
    const value = responses.get(item.itemVersionId)
    if (isUnrated(item, value, rated)) continue
    const points = scoreResponse(item.scoring, value, rated.get(item.itemVersionId))
    add('total', '', points)
    add('indicator', indicatorOf(item.nodeCode), points)
    add('domain', item.domainCode, points)
  }
  return [...sums.values()].map((s) => ({
    kind: 'raw',
    scope: s.scope,
    scopeCode: s.scopeCode,
    raw: s.raw,
    max: s.items,
    percent: (100 * s.raw) / s.items,
    items: s.items,
  }))
}
