import { expectedScore, type ItemParameters } from './parameters'
import { problem, value, type Outcome } from './problem'
import { MISSING, type Responses } from './responses'

/** Residual correlation of two items; null where fewer than three persons answered both or a residual does not vary. */
export type Q3Pair = { a: string; b: string; q3: number | null }

/**
 * Yen's (1984) Q3: the Pearson correlation of the residuals x − E(X | θ) of two items over the persons who answered both, for all
 * pairs in the order of the columns. Under local independence about −1/(J − 1); a pair .2 above `mean` is called dependent
 * (Christensen, Makransky & Horton 2017).
 * @param items parameters by id, one for each column of `data`.
 * @param thetas one θ a person, null = person left out.
 * @returns the pairs and the mean of those that exist; 'unknown-item', 'too-few' where no pair exists.
 */
export function q3(
  data: Responses,
  items: readonly ItemParameters[],
  thetas: readonly (number | null)[],
): Outcome<{ pairs: Q3Pair[]; mean: number }> {
  const residuals: Float64Array[] = []
  for (let j = 0; j < data.items; j++) {
    const item = items.find((i) => i.id === data.ids[j])
    if (!item) return problem('unknown-item', `There are no parameters for item ${data.ids[j]}.`)
    residuals.push(
      Float64Array.from({ length: data.persons }, (_, i) => {
        const x = data.cells[i * data.items + j]!
        const theta = thetas[i] ?? null
        return x === MISSING || theta === null ? NaN : x - expectedScore(item, theta)
      }),
    )
  }
  const pairs: Q3Pair[] = []
  let sum = 0
  let found = 0
  for (let j = 0; j < data.items; j++) {
    for (let k = j + 1; k < data.items; k++) {
      const r = correlation(residuals[j]!, residuals[k]!)
      pairs.push({ a: data.ids[j]!, b: data.ids[k]!, q3: r })
      if (r === null) continue
      sum += r
      found++
    }
  }
  if (!found) return problem('too-few', 'No two items were answered by at least three persons with differing residuals.')
  return value({ pairs, mean: sum / found })
}

/** Pearson correlation over the places where both hold a number; null below three of them or without variance. */
function correlation(x: Float64Array, y: Float64Array): number | null {
  let n = 0
  let sumX = 0
  let sumY = 0
  for (let i = 0; i < x.length; i++) {
    if (Number.isNaN(x[i]! + y[i]!)) continue
    n++
    sumX += x[i]!
    sumY += y[i]!
  }
  if (n < 3) return null
  let xx = 0
  let yy = 0
  let xy = 0
  for (let i = 0; i < x.length; i++) {
    if (Number.isNaN(x[i]! + y[i]!)) continue
    const dx = x[i]! - sumX / n
    const dy = y[i]! - sumY / n
    xx += dx * dx
    yy += dy * dy
    xy += dx * dy
  }
  return xx > 1e-12 && yy > 1e-12 ? xy / Math.sqrt(xx * yy) : null
}
