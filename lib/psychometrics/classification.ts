import { normalCdf, normalQuantile } from './distributions'
import type { Quadrature } from './nodes'
import { expectedScore, type ItemParameters } from './parameters'
import { problem, value, type Outcome } from './problem'
import { sumScoreDistribution } from './sum-scores'

/**
 * How well levels are told apart. `accuracy`: chance that the observed level is the true one; `consistency`: chance that two
 * parallel tests give the same level; `table[observed][true]`: shares of all persons, summing to 1, lowest level first.
 */
export type Classification = { accuracy: number; consistency: number; table: number[][] }

export type Decision = { pAbove: number; low: number; high: number; state: 'above' | 'near' | 'below' }

/** z of the two-sided 80 % range. */
export const Z80 = normalQuantile(0.9)

/**
 * Classification by ability estimates with normal errors (Rudner 2005, Practical Assessment, Research & Evaluation 10(13)):
 * P(level l) = Φ((cut_l+1 − θ)/se) − Φ((cut_l − θ)/se); a score on a cut belongs to the level above. `scores` and `cuts` in
 * one unit, cuts ascending. Consistency = mean Σ_l P(l)². Problems: empty, out-of-range (cuts not ascending, se not above 0).
 */
export function rudner(scores: readonly { theta: number; se: number }[], cuts: readonly number[]): Outcome<Classification> {
  if (!scores.length) return problem('empty', 'There are no scores.')
  const wrong = unusable(cuts)
  if (wrong) return wrong
  const table = emptyTable(cuts.length + 1)
  let consistency = 0
  for (const [at, { theta, se }] of scores.entries()) {
    if (!(Number.isFinite(theta) && se > 0 && Number.isFinite(se)))
      return problem('out-of-range', `Score ${at + 1}: ${theta} with a standard error of ${se} has no normal error.`)
    const shares = between(cuts.map((cut) => normalCdf((cut - theta) / se)))
    const row = table[levelOf(theta, cuts)]!
    shares.forEach((share, level) => (row[level]! += share / scores.length))
    consistency += sumOfSquares(shares) / scores.length
  }
  return value({ accuracy: trace(table), consistency, table })
}

/**
 * Classification by sum scores (Lee 2010, Journal of Educational Measurement 47, 1–17): P(level | θ) from the Lord–Wingersky
 * distribution at each node, averaged over `quadrature`. A raw score x is in level l if rawCuts[l − 1] ≤ x < rawCuts[l].
 * The true level of a node comes from `thetaCuts` or, without them, from its expected sum score against the raw cuts; with
 * coarse nodes this rounds the true cut to a node, so take 121 or more. Problems: empty, out-of-range.
 */
export function lee(
  items: readonly ItemParameters[],
  { nodes, weights }: Quadrature,
  rawCuts: readonly number[],
  thetaCuts?: readonly number[],
): Outcome<Classification> {
  if (!items.length || !nodes.length) return problem('empty', 'There are no items or no nodes.')
  const wrong = unusable(rawCuts) ?? (thetaCuts && unusable(thetaCuts))
  if (wrong) return wrong
  if (thetaCuts && thetaCuts.length !== rawCuts.length)
    return problem('out-of-range', `${thetaCuts.length} θ cuts do not match ${rawCuts.length} raw cuts.`)
  const table = emptyTable(rawCuts.length + 1)
  let consistency = 0
  nodes.forEach((theta, q) => {
    const shares = new Array<number>(rawCuts.length + 1).fill(0)
    sumScoreDistribution(items, theta).forEach((p, score) => (shares[levelOf(score, rawCuts)]! += p))
    const truth = thetaCuts ? levelOf(theta, thetaCuts) : levelOf(expectedSum(items, theta), rawCuts)
    shares.forEach((share, level) => (table[level]![truth]! += weights[q]! * share))
    consistency += weights[q]! * sumOfSquares(shares)
  })
  return value({ accuracy: trace(table), consistency, table })
}

/**
 * Where one score stands to a cut: P(true score ≥ cut) under a normal error, the 80 % range, and 'above' if the whole range
 * reaches the cut, 'below' if none of it does, else 'near'. Any one unit. Problem: out-of-range (se not above 0, not finite).
 */
export function decision(theta: number, se: number, cut: number): Outcome<Decision> {
  if (!(Number.isFinite(theta) && Number.isFinite(cut) && se > 0 && Number.isFinite(se)))
    return problem('out-of-range', `A score of ${theta} with standard error ${se} cannot be held against a cut of ${cut}.`)
  const [low, high] = [theta - Z80 * se, theta + Z80 * se]
  return value({ pAbove: normalCdf((theta - cut) / se), low, high, state: low >= cut ? 'above' : high < cut ? 'below' : 'near' })
}

function unusable(cuts: readonly number[]) {
  if (cuts.length && cuts.every((cut, at) => Number.isFinite(cut) && (at === 0 || cut > cuts[at - 1]!))) return undefined
  return problem('out-of-range', `The cuts ${cuts.join(', ')} are not one or more ascending numbers.`)
}

const levelOf = (score: number, cuts: readonly number[]): number => cuts.filter((cut) => score >= cut).length
const between = (below: number[]): number[] => [...below, 1].map((p, at) => p - (at === 0 ? 0 : below[at - 1]!))
const sumOfSquares = (list: number[]): number => list.reduce((sum, v) => sum + v * v, 0)
const trace = (table: number[][]): number => table.reduce((sum, row, at) => sum + row[at]!, 0)
const emptyTable = (levels: number): number[][] => Array.from({ length: levels }, () => new Array<number>(levels).fill(0))
const expectedSum = (items: readonly ItemParameters[], theta: number): number =>
  items.reduce((sum, item) => sum + expectedScore(item, theta), 0)
