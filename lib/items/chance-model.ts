/** How often something happens in independent trials that differ in their chances, exactly. */

/** P(X = 0) … P(X = n) of the number of successes. */
export function countDistribution(chances: readonly number[]): number[] {
  let at = [1]
  for (const p of chances) {
    const next = new Array<number>(at.length + 1).fill(0)
    at.forEach((mass, k) => {
      next[k]! += mass * (1 - p)
      next[k + 1]! += mass * p
    })
    at = next
  }
  return at
}

/** P(X ≥ count). */
export const atLeast = (chances: readonly number[], count: number): number =>
  countDistribution(chances)
    .slice(Math.max(0, count))
    .reduce((s, p) => s + p, 0)

/** P(X ≤ count). */
export const atMost = (chances: readonly number[], count: number): number =>
  countDistribution(chances)
    .slice(0, count + 1)
    .reduce((s, p) => s + p, 0)

/** The largest count that is not rarer than `rate` from above. */
export function usualMost(chances: readonly number[], rate: number): number {
  let most = chances.length
  while (most > 0 && atLeast(chances, most) < rate) most--
  return most
}

/** The smallest count that is not rarer than `rate` from below. */
export function usualLeast(chances: readonly number[], rate: number): number {
  let least = 0
  while (least < chances.length && atMost(chances, least) < rate) least++
  return least
}
