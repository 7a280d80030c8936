/** What ratings of one response come to. */
export type Resolution = { state: 'waiting' } | { state: 'disputed' } | { state: 'resolved'; share: number; method: 'two' | 'third' }

/** Two totals may lie this far apart, as a share of full credit; one point always may. */
const TOLERANCE = 0.2

const sum = (list: readonly number[]) => list.reduce((a, b) => a + b, 0)

/** Two ratings agree when no criterion is two levels apart and the totals lie within a fifth of full credit (at least one point). */
export function agree(a: readonly number[], b: readonly number[], top: number): boolean {
  return Math.abs(sum(a) - sum(b)) <= Math.max(1, TOLERANCE * top) && a.every((points, c) => Math.abs(points - b[c]!) <= 1)
}

/**
 * The score of a response from its ratings, in order of place, each with one number of points a criterion; `top` is full credit.
 * Two that agree: their mean. A dispute waits for a third, blind like the others: then the mean of all three, which errs less than that of
 * the nearer two, because being near says nothing of being right (Johnson, Penny & Gordon 2000).
 */
export function resolve(ratings: readonly (readonly number[])[], top: number): Resolution {
  const [first, second, third] = ratings
  if (!first || !second) return { state: 'waiting' }
  const share = (totals: number[]) => sum(totals) / totals.length / top
  if (agree(first, second, top)) return { state: 'resolved', share: share([sum(first), sum(second)]), method: 'two' }
  if (!third) return { state: 'disputed' }
  return { state: 'resolved', share: share([sum(first), sum(second), sum(third)]), method: 'third' }
}
