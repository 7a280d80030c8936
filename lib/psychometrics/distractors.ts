import { problem, value, type Outcome } from './problem'

export type DistractorRow = {
  option: string
  isKey: boolean
  n: number
  share: number
  /** Correlation of choosing this option with the score on the other items; null when it does not vary. */
  r: number | null
  /** Share of this option in the lower, middle and upper third by the same score. */
  low: number
  mid: number
  high: number
}

/** Quantile of type 7 (R's default) of sorted values. */
export function quantile(sorted: ArrayLike<number>, p: number): number {
  const at = (sorted.length - 1) * p
  const below = Math.floor(at)
  return sorted[below]! + (at - below) * ((sorted[below + 1] ?? sorted[below]!) - sorted[below]!)
}

/** Mean of a variable, and the sum of its squared deviations. */
function moments(v: ArrayLike<number>): { mean: number; squares: number } {
  let [sum, squares] = [0, 0]
  for (let i = 0; i < v.length; i++) sum += v[i]!
  const mean = sum / v.length
  for (let i = 0; i < v.length; i++) squares += (v[i]! - mean) ** 2
  return { mean, squares }
}

/** Pearson correlation with n − 1 moments; null when a variable does not vary. `ofY`: the moments of y where they are known. */
export function correlation(x: ArrayLike<number>, y: ArrayLike<number>, ofY = moments(y)): number | null {
  const ofX = moments(x)
  let xy = 0
  for (let i = 0; i < x.length; i++) xy += (x[i]! - ofX.mean) * (y[i]! - ofY.mean)
  return ofX.squares > 0 && ofY.squares > 0 ? xy / Math.sqrt(ofX.squares * ofY.squares) : null
}

/**
 * Distractor table of one choice item: `choices` (null = omitted) and `rest` (score on the other items), one a person.
 * Thirds are cut at the type-7 quantiles 1/3 and 2/3; ties at a cut go to the lower group. Problem below three persons.
 */
export function distractorTable(
  options: readonly string[],
  key: string | null,
  choices: readonly (string | null)[],
  rest: readonly number[],
): Outcome<DistractorRow[]> {
  if (choices.length < 3) return problem('too-few', 'A distractor table needs three persons or more.')
  const sorted = Float64Array.from(rest).sort()
  const [first, second] = [quantile(sorted, 1 / 3), quantile(sorted, 2 / 3)]
  const third = Uint8Array.from(rest, (r) => (r <= first ? 0 : r <= second ? 1 : 2))
  const sizes: [number, number, number] = [0, 0, 0]
  for (const g of third) sizes[g as 0]++
  const ofRest = moments(rest)
  return value(
    options.map((option) => {
      const chose = new Uint8Array(choices.length)
      const of: [number, number, number] = [0, 0, 0]
      for (let i = 0; i < choices.length; i++) {
        if (choices[i] !== option) continue
        chose[i] = 1
        of[third[i] as 0]++
      }
      const n = of[0] + of[1] + of[2]
      const inThird = (g: 0 | 1 | 2) => (sizes[g] ? of[g] / sizes[g] : 0)
      return {
        option,
        isKey: option === key,
        n,
        share: n / choices.length,
        r: correlation(chose, rest, ofRest),
        low: inThird(0),
        mid: inThird(1),
        high: inThird(2),
      }
    }),
  )
}
