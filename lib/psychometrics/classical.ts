import { problem, value, type Outcome } from './problem'
import { MISSING, type Responses } from './responses'

export type ClassicalItem = {
  id: string
  n: number
  /** Mean over the highest category: the share of full credit; with `mean` and `sd` null for an item that nobody answered. */
  p: number | null
  mean: number | null
  sd: number | null
  /** Correlation with the sum of the other items; null for an item or rest without variance. */
  rItemRest: number | null
  alphaIfDeleted: number | null
}

export type Classical = {
  n: number
  nComplete: number
  /** Items that somebody answered; all figures of the total are of these. */
  k: number
  mean: number
  sd: number
  alpha: number
  alphaStandardized: number | null
  items: ClassicalItem[]
}

/** Covariances (n − 1) over the persons who answered both items: items × items, row by row; NaN-free (0 below two pairs). */
export function pairwiseCovariances(data: Responses): Float64Array {
  const J = data.items
  const out = new Float64Array(J * J)
  for (let a = 0; a < J; a++) {
    for (let b = a; b < J; b++) {
      let [n, sa, sb] = [0, 0, 0]
      for (let i = 0; i < data.persons; i++) {
        const x = data.cells[i * J + a]!
        const y = data.cells[i * J + b]!
        if (x === MISSING || y === MISSING) continue
        n++
        sa += x
        sb += y
      }
      if (n < 2) continue
      let sum = 0
      const [ma, mb] = [sa / n, sb / n]
      for (let i = 0; i < data.persons; i++) {
        const x = data.cells[i * J + a]!
        const y = data.cells[i * J + b]!
        if (x !== MISSING && y !== MISSING) sum += (x - ma) * (y - mb)
      }
      out[a * J + b] = out[b * J + a] = sum / (n - 1)
    }
  }
  return out
}

/** Cronbach's alpha (1951) of the items at these places of a covariance matrix; null when the total does not vary. */
export function alphaOf(cov: Float64Array, J: number, at: readonly number[]): number | null {
  const k = at.length
  let [trace, total] = [0, 0]
  for (const a of at) {
    trace += cov[a * J + a]!
    for (const b of at) total += cov[a * J + b]!
  }
  return k > 1 && total > 0 ? (k / (k - 1)) * (1 - trace / total) : null
}

/** Standardised alpha k·r̄/(1 + (k − 1)·r̄) of the items at these places from their mean correlation; null when an item does not vary. */
export function standardizedAlpha(cov: Float64Array, J: number, at: readonly number[]): number | null {
  let sum = 0
  for (const a of at) {
    for (const b of at) {
      if (b >= a) continue
      const scale = Math.sqrt(cov[a * J + a]! * cov[b * J + b]!)
      if (!(scale > 0)) return null
      sum += cov[a * J + b]! / scale
    }
  }
  const k = at.length
  const r = sum / ((k * (k - 1)) / 2)
  const denominator = 1 + (k - 1) * r
  return denominator !== 0 ? (k * r) / denominator : null
}

/**
 * Classical item analysis. With missing cells every figure comes from the pairwise complete covariances, so that with
 * complete data alpha, item-rest r and alpha if deleted are the textbook values. An item that nobody answered has nulls and
 * is no part of the total. Problems: fewer than two persons or answered items, or a total without variance.
 */
export function classical(data: Responses): Outcome<Classical> {
  const J = data.items
  const answers = Array.from({ length: J }, (_, j) => {
    let n = 0
    for (let i = 0; i < data.persons; i++) if (data.cells[i * J + j] !== MISSING) n++
    return n
  })
  const all = answers.flatMap((n, j) => (n ? [j] : []))
  if (all.length < 2) return problem('too-few', 'Item analysis needs two items or more that somebody answered.')
  if (data.persons < 2) return problem('too-few', 'Item analysis needs two persons or more.')
  const cov = pairwiseCovariances(data)
  const alpha = alphaOf(cov, J, all)
  if (alpha === null) return problem('constant', 'The total score does not vary.')
  let totalVariance = 0
  for (const v of cov) totalVariance += v
  let nComplete = 0
  for (let i = 0; i < data.persons; i++) if (all.every((j) => data.cells[i * J + j] !== MISSING)) nComplete++
  const items = answers.map((n, j): ClassicalItem => {
    if (!n) return { id: data.ids[j]!, n, p: null, mean: null, sd: null, rItemRest: null, alphaIfDeleted: null }
    let sum = 0
    for (let i = 0; i < data.persons; i++) {
      const x = data.cells[i * J + j]!
      if (x !== MISSING) sum += x
    }
    const mean = sum / n
    const variance = cov[j * J + j]!
    const withTotal = all.reduce((s, b) => s + cov[j * J + b]!, 0)
    const rest = totalVariance - 2 * withTotal + variance
    return {
      id: data.ids[j]!,
      n,
      p: mean / (data.categories[j]! - 1),
      mean,
      sd: Math.sqrt(variance),
      rItemRest: variance > 0 && rest > 0 ? (withTotal - variance) / Math.sqrt(variance * rest) : null,
      alphaIfDeleted: alphaOf(
        cov,
        J,
        all.filter((b) => b !== j),
      ),
    }
  })
  return value({
    n: data.persons,
    nComplete,
    k: all.length,
    mean: items.reduce((s, i) => s + (i.mean ?? 0), 0),
    sd: Math.sqrt(totalVariance),
    alpha,
    alphaStandardized: standardizedAlpha(cov, J, all),
    items,
  })
}
