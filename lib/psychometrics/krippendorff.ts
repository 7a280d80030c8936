import { problem, value, type Outcome } from './problem'

/** Krippendorff's α of numbers on an interval scale: `n` units with at least two ratings, `se` by leaving out one unit at a time. */
export type AlphaResult = { alpha: number; n: number; se: number | null }

/**
 * Agreement of interchangeable raters. `units`: the ratings of each unit, in any order, as many as there are; units with fewer
 * than two are left out. α = 1 − D_o/D_e with squared differences (Krippendorff 2011, Computing Krippendorff's
 * Alpha-Reliability). 1 is perfect, 0 what chance would give. Problems: empty (no unit with two ratings); constant (all
 * ratings are the same number, so there is nothing to agree about).
 */
export function alphaOfInterval(units: readonly (readonly number[])[]): Outcome<AlphaResult> {
  const paired = units.filter((u) => u.length > 1)
  if (!paired.length) return problem('empty', 'No unit has two ratings.')
  // From the mean of all, so that the differences of large sums keep their digits.
  const all = paired.flat()
  const centre = all.reduce((s, x) => s + x, 0) / all.length
  const each = paired.map((u) => sumsOf(u.map((x) => x - centre)))
  const total = each.reduce(
    (t, e) => ({ count: t.count + e.count, sum: t.sum + e.sum, squares: t.squares + e.squares, observed: t.observed + e.observed }),
    { count: 0, sum: 0, squares: 0, observed: 0 },
  )
  if (all.every((x) => x === all[0])) return problem('constant', 'All ratings are the same number.')
  const without = each.map((e) =>
    alphaOf({
      count: total.count - e.count,
      sum: total.sum - e.sum,
      squares: total.squares - e.squares,
      observed: total.observed - e.observed,
    }),
  )
  return value({ alpha: alphaOf(total)!, n: paired.length, se: jackknifeError(without) })
}

/** Number, sum and sum of squares of ratings, and their squared differences within units, weighted 1/(m − 1). */
type Sums = { count: number; sum: number; squares: number; observed: number }

/** Σ over ordered pairs of squared differences, from the sums and without looking at the pairs. */
const spread = (s: Pick<Sums, 'count' | 'sum' | 'squares'>) => 2 * (s.count * s.squares - s.sum ** 2)

function sumsOf(unit: readonly number[]): Sums {
  const s = { count: unit.length, sum: unit.reduce((a, x) => a + x, 0), squares: unit.reduce((a, x) => a + x * x, 0) }
  return { ...s, observed: spread(s) / (unit.length - 1) }
}

/** Null when what is left has no spread, within rounding. */
function alphaOf(s: Sums): number | null {
  const expected = spread(s) / (s.count * (s.count - 1))
  return expected > 1e-9 * (s.squares / s.count) ? 1 - s.observed / s.count / expected : null
}

/** Null when too few, or when one of them could not be had. */
function jackknifeError(without: readonly (number | null)[]): number | null {
  const known = without.filter((a) => a !== null)
  if (known.length < without.length || known.length < 3) return null
  const mean = known.reduce((s, a) => s + a, 0) / known.length
  return Math.sqrt(((known.length - 1) / known.length) * known.reduce((s, a) => s + (a - mean) ** 2, 0))
}
