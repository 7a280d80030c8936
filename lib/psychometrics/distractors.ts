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
export function quantile(sorted: readonly number[], p: number): number {
  const at = (sorted.length - 1) * p
  const below = Math.floor(at)
  return sorted[below]! + (at - below) * ((sorted[below + 1] ?? sorted[below]!) - sorted[below]!)
}

/** Pearson correlation with n − 1 moments; null when a variable does not vary. */
export function correlation(x: readonly number[], y: readonly number[]): number | null {
  const n = x.length
  const mean = (v: readonly number[]) => v.reduce((s, a) => s + a, 0) / n
  const [mx, my] = [mean(x), mean(y)]
  let [xx, yy, xy] = [0, 0, 0]
  for (let i = 0; i < n; i++) {
    xx += (x[i]! - mx) ** 2
    yy += (y[i]! - my) ** 2
    xy += (x[i]! - mx) * (y[i]! - my)
  }
  return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : null
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
  const sorted = [...rest].sort((a, b) => a - b)
  const [first, second] = [quantile(sorted, 1 / 3), quantile(sorted, 2 / 3)]
  const third = rest.map((r) => (r <= first ? 0 : r <= second ? 1 : 2))
  const sizes = [0, 1, 2].map((g) => third.filter((t) => t === g).length)
  return value(
    options.map((option) => {
      const chose = choices.map((c) => (c === option ? 1 : 0))
      const n = chose.reduce((s: number, v) => s + v, 0)
      const inThird = (g: number) => (sizes[g] ? chose.reduce((s: number, v, i) => s + (third[i] === g ? v : 0), 0) / sizes[g]! : 0)
      return {
        option,
        isKey: option === key,
        n,
        share: n / choices.length,
        r: correlation(chose, rest),
        low: inThird(0),
        mid: inThird(1),
        high: inThird(2),
      }
    }),
  )
}
