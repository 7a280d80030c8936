import { matchingScores, oneForm, overForms, type DifClass, type DifForm, type OverForms } from './dif-forms'
import { chiSquareTail } from './distributions'
import { problem, value, type Outcome } from './problem'
import type { Responses } from './responses'

/**
 * DIF of one item. `alpha` (odds ratio, above 1 favours the reference group), `delta` = −2.35·ln α (MH D-DIF, negative = harder for
 * the focal group) and `se` (of ln α) for binary items only; `smd` is focal − reference in score points. Null where the tables do
 * not determine a value; an item without informative strata has chi2 0 and p 1.
 */
export type MantelHaenszel = {
  id: string
  alpha: number | null
  chi2: number
  delta: number | null
  se: number | null
  smd: number | null
  class: DifClass | null
  p: number
  n: { reference: number; focal: number }
}

/**
 * Mantel–Haenszel DIF (Holland & Thayer 1988), chi² as R's mantelhaen.test. Persons with a missing answer are left out, because
 * the matching criterion is the sum score (studied item included). All groups but `reference` are pooled as focal.
 *
 * Binary items: α = Σ(A·D/N) / Σ(B·C/N); chi² = (|Σ(A − E)| − ½)² / ΣVar, the ½ only when `correct` and |Σ(A − E)| ≥ ½; SE of ln α
 * by Robins, Breslow & Greenland (1986) = Phillips & Holland (1987). Where one of the two sums is zero and p < .05, half a person is
 * added to each kind of cell, spread over the strata by their size, so that the item has a class and leaves the matching score; the
 * estimate is then a lower bound of what the data say; with p ≥ .05 it stays null. ETS class (Zieky 1993): A where |delta| < 1 or p ≥ .05; C where
 * |delta| ≥ 1.5 and (|delta| − 1) / (2.35·se) > 1.645; B otherwise.
 *
 * Polytomous items: Mantel's (1963) chi² with scores 0 … m, without correction; standardised mean difference (Dorans & Schmitt 1991)
 * over the strata that hold both groups, weighted by the focal group. Class by |smd| / SD of the item (n − 1, both groups), as in
 * NAEP (Zwick, Thayer & Mazzeo 1997): A below .17 or p ≥ .05, C from .25, B between.
 *
 * `purify`: items of class B or C leave the matching score and all items are tested once more, the studied item always being in
 * the score; skipped where fewer than two items would remain.
 *
 * @param groups one label a person.
 * @returns one row an item, in the order of the columns; 'out-of-range' (labels do not fit), 'too-few' (a group without complete rows).
 */
export function mantelHaenszel(
  data: Responses,
  groups: readonly string[],
  reference: string,
  options: { purify: boolean; correct?: boolean },
): Outcome<MantelHaenszel[]> {
  return oneForm(mantelHaenszelOverForms([{ data, groups }], reference, options))
}

/**
 * The same over several forms of one test: the strata are form × matching score, so that each person is compared with those who took
 * the same form. Items are told apart by id; an anchor pools its strata over the forms that hold it. A form in which nobody of one
 * group answered everything says nothing and is left out.
 * @returns one row an item that some form can test, and for every other item why not; a problem when labels do not fit.
 */
export function mantelHaenszelOverForms(
  forms: readonly DifForm[],
  reference: string,
  { purify, correct = true }: { purify: boolean; correct?: boolean },
): Outcome<OverForms<MantelHaenszel>> {
  return overForms(forms, reference, purify, (item, matching) => {
    const strata = item.places.flatMap(({ part, column }) =>
      stratify(
        part.cells.map((row) => row[column]!),
        part.focal,
        matchingScores(part.cells, column, matching(part)),
        item.categories,
      ),
    )
    const x = item.places.flatMap(({ part, column }) => part.cells.map((row) => row[column]!))
    return { id: item.id, n: item.n, ...(item.categories === 2 ? binary(strata, correct) : polytomous(strata, x)) }
  })
}

/**
 * Empirical-Bayes MH D-DIF for small groups (Zwick, Thayer & Lewis 1999): each delta drawn towards the mean of all items in
 * the measure of its error. `se` is that of delta. τ² = max(0, variance of the deltas − mean squared error).
 *
 * @returns shrunken delta and its posterior standard deviation, in the given order; 'too-few' below two items.
 */
export function shrinkDeltas(items: readonly { delta: number; se: number }[]): Outcome<{ delta: number; se: number }[]> {
  const n = items.length
  if (n < 2) return problem('too-few', 'Shrinking needs two items or more.')
  const mean = items.reduce((s, i) => s + i.delta, 0) / n
  const variance = items.reduce((s, i) => s + (i.delta - mean) ** 2, 0) / (n - 1)
  const tau2 = Math.max(0, variance - items.reduce((s, i) => s + i.se * i.se, 0) / n)
  return value(
    items.map((i) => {
      const weight = tau2 + i.se * i.se > 0 ? tau2 / (tau2 + i.se * i.se) : 0
      return { delta: weight * i.delta + (1 - weight) * mean, se: Math.sqrt(weight) * i.se }
    }),
  )
}

/** Counts by category in the two groups of persons with the same matching score. */
type Stratum = { reference: number[]; focal: number[] }

function stratify(x: readonly number[], focal: readonly boolean[], scores: readonly number[], categories: number): Stratum[] {
  const strata: Stratum[] = []
  scores.forEach((score, i) => {
    const s = (strata[score] ??= { reference: new Array<number>(categories).fill(0), focal: new Array<number>(categories).fill(0) })
    s[focal[i] ? 'focal' : 'reference'][x[i]!]!++
  })
  return strata.filter((s) => s !== undefined)
}

const sum = (v: readonly number[]): number => v.reduce((s, x) => s + x, 0)
const points = (v: readonly number[]): number => v.reduce((s, n, k) => s + k * n, 0)
const squares = (v: readonly number[]): number => v.reduce((s, n, k) => s + k * k * n, 0)

type Statistics = Omit<MantelHaenszel, 'id' | 'n'>

/** The sums of Robins, Breslow & Greenland over the strata, with `half` of a person spread over each of the four cells. */
function oddsRatio(strata: readonly Stratum[], half = 0): { alpha: number; delta: number; se: number } | null {
  const persons = strata.reduce((n, s) => n + sum(s.reference) + sum(s.focal), 0)
  let [R, S, PR, mixed, QS] = [0, 0, 0, 0, 0]
  for (const { reference, focal } of strata) {
    const share = (half * (sum(reference) + sum(focal))) / persons
    const [B, A, D, C] = [reference[0]! + share, reference[1]! + share, focal[0]! + share, focal[1]! + share]
    const n = A + B + C + D
    const [P, Q, r, s] = [(A + D) / n, (B + C) / n, (A * D) / n, (B * C) / n]
    R += r
    S += s
    PR += P * r
    mixed += P * s + Q * r
    QS += Q * s
  }
  if (!(R > 0 && S > 0)) return null
  const se = Math.sqrt(PR / (2 * R * R) + mixed / (2 * R * S) + QS / (2 * S * S))
  return { alpha: R / S, delta: -2.35 * Math.log(R / S), se }
}

function binary(strata: readonly Stratum[], correct: boolean): Statistics {
  const told = strata.filter(({ reference, focal }) => sum(reference) + sum(focal) >= 2)
  let [difference, variance] = [0, 0]
  for (const { reference, focal } of told) {
    const [B, A] = [reference[0]!, reference[1]!]
    const [D, C] = [focal[0]!, focal[1]!]
    const n = A + B + C + D
    difference += A - ((A + B) * (A + C)) / n
    variance += ((A + B) * (C + D) * (A + C) * (B + D)) / (n * n * (n - 1))
  }
  const smd = standardisedMeanDifference(strata)
  const gap = Math.abs(difference)
  const chi2 = variance > 0 ? (gap - (correct && gap >= 0.5 ? 0.5 : 0)) ** 2 / variance : 0
  const p = chiSquareTail(chi2, 1)
  // All of one group right (or none): the ratio is infinite, the difference is not in doubt.
  const ratio = oddsRatio(told) ?? (p < 0.05 ? oddsRatio(told, 0.5) : null)
  if (!ratio) return { alpha: null, chi2, delta: null, se: null, smd, class: null, p }
  return { ...ratio, chi2, smd, class: etsClass(Math.abs(ratio.delta), 2.35 * ratio.se, p), p }
}

function etsClass(size: number, se: number, p: number): DifClass {
  if (size < 1 || p >= 0.05) return 'A'
  return size >= 1.5 && (size - 1) / se > 1.645 ? 'C' : 'B'
}

function polytomous(strata: readonly Stratum[], x: readonly number[]): Statistics {
  let [difference, variance] = [0, 0]
  for (const { reference, focal } of strata) {
    const all = reference.map((n, k) => n + focal[k]!)
    const [nR, nF, n] = [sum(reference), sum(focal), sum(all)]
    if (n < 2) continue
    difference += points(focal) - (nF * points(all)) / n
    variance += (nR * nF * (n * squares(all) - points(all) ** 2)) / (n * n * (n - 1))
  }
  const chi2 = variance > 0 ? difference ** 2 / variance : 0
  const p = chiSquareTail(chi2, 1)
  const smd = standardisedMeanDifference(strata)
  const mean = sum(x) / x.length
  const sd = Math.sqrt(x.reduce((s, v) => s + (v - mean) ** 2, 0) / (x.length - 1))
  return { alpha: null, chi2, delta: null, se: null, smd, class: smd === null || !(sd > 0) ? null : sizeClass(Math.abs(smd) / sd, p), p }
}

function sizeClass(size: number, p: number): DifClass {
  if (size < 0.17 || p >= 0.05) return 'A'
  return size >= 0.25 ? 'C' : 'B'
}

/** Σ w·(mean of focal − mean of reference), w the share of the focal group; null where no stratum holds both groups. */
function standardisedMeanDifference(strata: readonly Stratum[]): number | null {
  const both = strata.filter((s) => sum(s.reference) > 0 && sum(s.focal) > 0)
  if (!both.length) return null
  const persons = both.reduce((n, s) => n + sum(s.focal), 0)
  return both.reduce((total, s) => total + points(s.focal) - (sum(s.focal) * points(s.reference)) / sum(s.reference), 0) / persons
}
