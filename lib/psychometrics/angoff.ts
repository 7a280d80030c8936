import { expectedScore, type ItemParameters } from './parameters'
import { problem, value, type Outcome } from './problem'

/** Summary of a panel's cuts: mean, median, SD (n − 1) and SE = SD/√judges, in the unit of the cuts. */
export type CutSummary = { mean: number; median: number; sd: number; se: number }

export type AngoffResult = {
  /** Raw cut of each judge (expected points of the borderline candidate) and how many items the judge rated. */
  judges: { cut: number; n: number }[]
  mean: number
  sd: number
  se: number
  /** Reliability of the panel's mean and of one judge; null where the complete judges do not allow it. */
  icc2k: number | null
  icc21: number | null
  variance: { judge: number; item: number; residual: number } | null
  items: { mean: number; sd: number }[]
}

/** Mean, median, SD (n − 1) and SE of the cuts of at least two judges. Problem: too-few. */
export function cutSummary(cuts: readonly number[]): Outcome<CutSummary> {
  const n = cuts.length
  if (n < 2) return problem('too-few', `${n} judge(s) give no spread; at least 2 are needed.`)
  const sorted = [...cuts].sort((a, b) => a - b)
  const half = Math.floor(n / 2)
  const { mean, sd } = spread(cuts)
  return value({ mean, median: n % 2 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2, sd, se: sd / Math.sqrt(n) })
}

/**
 * Modified Angoff: `ratings` judges × items, each the borderline candidate's probability of success (or expected share of the
 * item's points) in 0..1, null = not rated; `points` the highest score of each item (1 by default). A judge's cut is
 * Σ points × rating; where ratings are missing, the mean share over the rated items times all points. ICC(2,1) and ICC(2,k)
 * of Shrout & Fleiss 1979 (Psychological Bulletin 86, 420–428), items as targets, and the variance components of the crossed
 * judge × item design (Brennan 2001) come from the judges who rated every item; negative estimates are reported as 0.
 * Problems: empty, too-few (under 2 judges, a judge or an item without rating), out-of-range.
 */
export function angoff(ratings: readonly (readonly (number | null)[])[], points?: readonly number[]): Outcome<AngoffResult> {
  const width = ratings[0]?.length ?? 0
  if (!width) return problem('empty', 'There are no ratings.')
  const worth = points ?? new Array<number>(width).fill(1)
  if (worth.length !== width || worth.some((w) => !(w > 0 && Number.isFinite(w))))
    return problem('out-of-range', `There must be ${width} positive item scores.`)
  const total = worth.reduce((s, w) => s + w, 0)
  const judges: { cut: number; n: number }[] = []
  for (const [at, row] of ratings.entries()) {
    if (row.length !== width) return problem('out-of-range', `Judge ${at + 1} has ${row.length} ratings instead of ${width}.`)
    let [sum, rated, n] = [0, 0, 0]
    for (const [j, r] of row.entries()) {
      if (r === null) continue
      if (!(r >= 0 && r <= 1)) return problem('out-of-range', `Judge ${at + 1}, item ${j + 1}: ${r} is not between 0 and 1.`)
      sum += r * worth[j]!
      rated += worth[j]!
      n++
    }
    if (!n) return problem('too-few', `Judge ${at + 1} rated no item.`)
    judges.push({ cut: n === width ? sum : (sum / rated) * total, n })
  }
  const items: { mean: number; sd: number }[] = []
  for (let j = 0; j < width; j++) {
    const column = ratings.map((row) => row[j]!).filter((r) => r !== null)
    if (!column.length) return problem('too-few', `Item ${j + 1} was rated by no judge.`)
    items.push(spread(column))
  }
  const summary = cutSummary(judges.map((judge) => judge.cut))
  if (!summary.ok) return summary
  const { mean, sd, se } = summary.value
  const complete = ratings.filter((row): row is readonly number[] => row.every((r) => r !== null))
  return value({ judges, mean, sd, se, ...agreement(complete), items })
}

/** Two-way random effects without replication from judges × items. */
function agreement(rows: readonly (readonly number[])[]): Pick<AngoffResult, 'icc2k' | 'icc21' | 'variance'> {
  const k = rows.length
  const n = rows[0]?.length ?? 0
  if (k < 2 || n < 2) return { icc2k: null, icc21: null, variance: null }
  const judgeMeans = rows.map((row) => spread(row).mean)
  const itemMeans = rows[0]!.map((_, j) => spread(rows.map((row) => row[j]!)).mean)
  const grand = spread(judgeMeans).mean
  const judgeMS = n * spread(judgeMeans).sd ** 2
  const itemMS = k * spread(itemMeans).sd ** 2
  let rest = 0
  rows.forEach((row, i) => row.forEach((r, j) => (rest += (r - judgeMeans[i]! - itemMeans[j]! + grand) ** 2)))
  const errorMS = rest / ((k - 1) * (n - 1))
  // Identical ratings leave rounding dust of the order 1e-33, which is no variance.
  const flat = itemMS + judgeMS + errorMS < 1e-20
  const share = (bottom: number) => (flat ? null : itemMS <= errorMS ? 0 : (itemMS - errorMS) / bottom)
  return {
    icc21: share(itemMS + (k - 1) * errorMS + (k * (judgeMS - errorMS)) / n),
    icc2k: share(itemMS + (judgeMS - errorMS) / n),
    variance: { judge: Math.max(0, (judgeMS - errorMS) / n), item: Math.max(0, (itemMS - errorMS) / k), residual: errorMS },
  }
}

/**
 * θ at which the expected sum score of these items equals `rawCut` (points), by bisection of the test characteristic curve
 * on [−12, 12]. Items of negative slope are refused, because the curve could cross the cut more than once.
 * Problems: empty; out-of-range (cut not reachable on that range, slope below 0).
 */
export function thetaAtRawCut(items: readonly ItemParameters[], rawCut: number): Outcome<number> {
  if (!items.length) return problem('empty', 'There are no items.')
  const backwards = items.find((item) => !(item.a >= 0))
  if (backwards) return problem('out-of-range', `Item ${backwards.id} has the negative slope ${backwards.a}.`)
  const score = (theta: number) => items.reduce((sum, item) => sum + expectedScore(item, theta), 0)
  let [low, high] = [-12, 12]
  if (!(score(low) < rawCut && score(high) > rawCut))
    return problem('out-of-range', `A raw cut of ${rawCut} lies outside the test characteristic curve between θ = −12 and 12.`)
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2
    if (score(middle) < rawCut) low = middle
    else high = middle
  }
  return value((low + high) / 2)
}

function spread(list: readonly number[]): { mean: number; sd: number } {
  const n = list.length
  const mean = list.reduce((s, v) => s + v, 0) / n
  if (n < 2) return { mean, sd: 0 }
  return { mean, sd: Math.sqrt(list.reduce((s, v) => s + (v - mean) ** 2, 0) / (n - 1)) }
}
