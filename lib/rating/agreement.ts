import { alphaOfInterval } from '@/lib/psychometrics/krippendorff'
import { agree } from './resolve'
import type { PairRow } from './store'

/** Below this many pairs a figure of agreement says more about chance than about raters. */
export const FEWEST_PAIRS = 10

/** Agreement of the blind pairs of one item, in points; figures are null where there are too few pairs or nothing differs. */
export type Agreement = {
  pairs: number
  /** Shares 0–1: the same total, and within the rule that needs no third rater. */
  exact: number | null
  within: number | null
  alpha: number | null
  alphaSe: number | null
}

const total = (points: readonly number[]) => points.reduce((a, b) => a + b, 0)

export function agreementOf(pairs: readonly Pick<PairRow, 'first' | 'second'>[], top: number): Agreement {
  if (pairs.length < FEWEST_PAIRS) return { pairs: pairs.length, exact: null, within: null, alpha: null, alphaSe: null }
  const share = (test: (p: (typeof pairs)[number]) => boolean) => pairs.filter(test).length / pairs.length
  const alpha = alphaOfInterval(pairs.map((p) => [total(p.first), total(p.second)]))
  return {
    pairs: pairs.length,
    exact: share((p) => total(p.first) === total(p.second)),
    within: share((p) => agree(p.first, p.second, top)),
    alpha: alpha.ok ? alpha.value.alpha : null,
    alphaSe: alpha.ok ? alpha.value.se : null,
  }
}

/**
 * How one rater's totals lie against those of the partners on the same responses, in points, with the standard error of that
 * mean; null below the fewest pairs. Positive is milder. For a talk between colleagues, never for a ranking.
 */
export function severityOf(pairs: readonly PairRow[], raterId: string): { pairs: number; mean: number | null; se: number | null } {
  const differences = pairs.flatMap((p) =>
    p.firstRater === raterId ? [total(p.first) - total(p.second)] : p.secondRater === raterId ? [total(p.second) - total(p.first)] : [],
  )
  const n = differences.length
  if (n < FEWEST_PAIRS) return { pairs: n, mean: null, se: null }
  const mean = total(differences) / n
  const variance = differences.reduce((s, d) => s + (d - mean) ** 2, 0) / (n - 1)
  return { pairs: n, mean, se: Math.sqrt(variance / n) }
}
