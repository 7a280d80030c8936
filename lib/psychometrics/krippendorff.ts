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
  const alpha = alphaOf(paired)
  if (alpha === null) return problem('constant', 'All ratings are the same number.')
  const without = paired.map((_, i) => alphaOf(paired.filter((_, j) => j !== i)))
  const known = without.filter((a) => a !== null)
  const mean = known.reduce((s, a) => s + a, 0) / Math.max(1, known.length)
  const se =
    known.length === paired.length && paired.length > 2
      ? Math.sqrt(((paired.length - 1) / paired.length) * known.reduce((s, a) => s + (a - mean) ** 2, 0))
      : null
  return value({ alpha, n: paired.length, se })
}

/** Σ over pairs of squared differences of a list, each pair once: from the sums, without looking at the pairs. */
function spread(list: readonly number[]): number {
  const mean = list.reduce((s, x) => s + x, 0) / list.length
  return list.length * list.reduce((s, x) => s + (x - mean) ** 2, 0)
}

function alphaOf(units: readonly (readonly number[])[]): number | null {
  const all = units.flat()
  const expected = (2 * spread(all)) / (all.length * (all.length - 1))
  if (!(expected > 0)) return null
  const observed = units.reduce((s, u) => s + (2 * spread(u)) / (u.length - 1), 0) / all.length
  return 1 - observed / expected
}
