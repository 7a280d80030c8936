import { matchingScores, oneForm, overForms, type DifClass, type DifForm, type OverForms } from './dif-forms'
import { chiSquareTail, logistic } from './distributions'
import type { Outcome } from './problem'
import type { Responses } from './responses'
import { solveSymmetric } from './solve'

/**
 * Logistic-regression DIF of one item. Chi² are likelihood ratios: overall on `df` 2, uniform and non-uniform on 1 each (they add
 * up). `deltaR2` is the gain in Nagelkerke R² from model 1 to 3. Where a model has no finite maximum or the item does not vary,
 * `note` says so, all p and the class are null, and the chi² are the values reached.
 */
export type LogisticDif = {
  id: string
  chi2: number
  df: number
  p: number | null
  uniform: { chi2: number; p: number | null }
  nonuniform: { chi2: number; p: number | null }
  deltaR2: number
  class: DifClass | null
  note: 'constant' | 'separation' | null
}

/**
 * Logistic-regression DIF (Swaminathan & Rogers 1990): score; score + group; score + group + group × score. Polytomous items by
 * proportional-odds ordinal logistic regression (Zumbo 1999), which for two categories is the binary one; categories nobody used
 * are left out. Class (Jodoin & Gierl 2001): A where deltaR2 < .035 or the overall p ≥ .05, C from .070, B between. Persons with a
 * missing answer are left out; matching on the sum score, focal pooling and `purify` as in `mantelHaenszel`.
 * @param groups one label a person.
 * @returns one row an item, in the order of the columns; 'out-of-range' (labels do not fit), 'too-few' (a group without complete rows).
 */
export function logisticDif(
  data: Responses,
  groups: readonly string[],
  reference: string,
  options: { purify: boolean },
): Outcome<LogisticDif[]> {
  return oneForm(logisticDifOverForms([{ data, groups }], reference, options))
}

/**
 * The same over several forms of one test: the form is a stratum with an intercept of its own in every model, the one without
 * covariates included, and the score is standardised within it. Rows and reasons as in `mantelHaenszelOverForms`.
 */
export function logisticDifOverForms(
  forms: readonly DifForm[],
  reference: string,
  { purify }: { purify: boolean },
): Outcome<OverForms<LogisticDif>> {
  return overForms(forms, reference, purify, (item, matching) => {
    const used = [...new Set(item.places.flatMap(({ part, column }) => part.cells.map((row) => row[column]!)))].sort((a, b) => a - b)
    const cells = item.places.flatMap(({ part, column }, form) =>
      countTable(
        used,
        form,
        part.cells.map((row) => row[column]!),
        part.focal,
        matchingScores(part.cells, column, matching(part)),
      ),
    )
    return { id: item.id, ...compare(cells, item.places.length) }
  })
}

/** Persons with the same score and group: covariates and counts by (used) category. */
type Cell = { form: number; score: number; focal: number; counts: number[] }

/** Cells in the order of score, reference first; the score is standardised, which changes no likelihood. */
function countTable(
  used: readonly number[],
  form: number,
  x: readonly number[],
  focal: readonly boolean[],
  scores: readonly number[],
): Cell[] {
  const mean = scores.reduce((s, v) => s + v, 0) / scores.length
  const sd = Math.sqrt(scores.reduce((s, v) => s + (v - mean) ** 2, 0) / scores.length) || 1
  const cells: Cell[] = []
  scores.forEach((score, i) => {
    const at = 2 * score + (focal[i] ? 1 : 0)
    cells[at] ??= { form, score: (score - mean) / sd, focal: focal[i] ? 1 : 0, counts: used.map(() => 0) }
    cells[at].counts[used.indexOf(x[i]!)]!++
  })
  return cells.filter((c) => c !== undefined)
}

function compare(cells: readonly Cell[], forms: number): Omit<LogisticDif, 'id'> {
  if (cells[0]!.counts.length < 2) {
    const none = { chi2: 0, p: null }
    return { ...none, df: 2, uniform: none, nonuniform: none, deltaR2: 0, class: null, note: 'constant' }
  }
  const n = cells.reduce((s, c) => s + c.counts.reduce((m, v) => m + v, 0), 0)
  const stratum = (c: Cell) => Array.from({ length: forms - 1 }, (_, at) => (c.form === at + 1 ? 1 : 0))
  const base = fitOrdinal(cells, stratum)
  const models = [
    fitOrdinal(cells, (c) => [...stratum(c), c.score]),
    fitOrdinal(cells, (c) => [...stratum(c), c.score, c.focal]),
    fitOrdinal(cells, (c) => [...stratum(c), c.score, c.focal, c.score * c.focal]),
  ] as const
  const [one, two, three] = models.map((m) => m.logLikelihood) as [number, number, number]
  const separated = models.some((m) => !m.finite)
  const ratio = (from: number, to: number, df: number) => {
    const chi2 = Math.max(0, 2 * (to - from))
    return { chi2, p: separated ? null : chiSquareTail(chi2, df) }
  }
  const overall = ratio(one, three, 2)
  const nagelkerke = (l: number) => -Math.expm1((2 * (base.logLikelihood - l)) / n) / -Math.expm1((2 * base.logLikelihood) / n)
  const deltaR2 = Math.max(0, nagelkerke(three) - nagelkerke(one))
  return {
    ...overall,
    df: 2,
    uniform: ratio(one, two, 1),
    nonuniform: ratio(two, three, 1),
    deltaR2,
    class: overall.p === null ? null : jodoinGierl(deltaR2, overall.p),
    note: separated ? 'separation' : null,
  }
}

function jodoinGierl(deltaR2: number, p: number): DifClass {
  if (deltaR2 < 0.035 || p >= 0.05) return 'A'
  return deltaR2 >= 0.07 ? 'C' : 'B'
}

type Fit = { logLikelihood: number; finite: boolean }

/** A linear predictor beyond this, in logits, means that the estimate is on its way to infinity. */
const INFINITE_LOGIT = 30

/**
 * Proportional-odds model logit P(X ≥ k) = τ_k + z'β by Fisher scoring with step halving, from the marginal τ and β = 0. Stops when
 * no parameter moves by 1e-8; `finite` is false where that does not happen or a predictor leaves ±30 (separation).
 */
function fitOrdinal(cells: readonly Cell[], covariates: (c: Cell) => number[]): Fit {
  const z = cells.map(covariates)
  const m = cells[0]!.counts.length - 1
  let at = new Float64Array(m + z[0]!.length)
  at.set(marginalIntercepts(cells))
  let now = derivatives(cells, z, at, m)
  for (let cycle = 0; cycle < 100; cycle++) {
    const step = solveSymmetric(now.information, now.score)
    let next = at
    let then = now
    for (let scale = 1; scale > 1e-6; scale /= 2) {
      next = at.map((v, r) => v + scale * step[r]!)
      then = derivatives(cells, z, next, m)
      if (then.logLikelihood >= now.logLikelihood - 1e-11 * Math.abs(now.logLikelihood)) break
    }
    if (!(then.logLikelihood >= now.logLikelihood - 1e-11 * Math.abs(now.logLikelihood))) break
    at = next
    now = then
    if (now.extreme > INFINITE_LOGIT) break
    if (step.every((v) => Math.abs(v) < 1e-8)) return { logLikelihood: now.logLikelihood, finite: true }
  }
  return { logLikelihood: now.logLikelihood, finite: false }
}

/** τ_k = logit of the share at or above category k. */
function marginalIntercepts(cells: readonly Cell[]): number[] {
  const totals = cells[0]!.counts.map((_, k) => cells.reduce((s, c) => s + c.counts[k]!, 0))
  const n = totals.reduce((s, v) => s + v, 0)
  return totals.slice(1).map((_, k) => {
    const above = totals.slice(k + 1).reduce((s, v) => s + v, 0)
    return Math.log(above / (n - above))
  })
}

type Derivatives = { logLikelihood: number; score: Float64Array; information: Float64Array; extreme: number }

/** Log-likelihood with gradient and expected information; −Infinity where the thresholds are out of order. */
function derivatives(cells: readonly Cell[], z: readonly number[][], at: Float64Array, m: number): Derivatives {
  const P = at.length
  const out: Derivatives = { logLikelihood: 0, score: new Float64Array(P), information: new Float64Array(P * P), extreme: 0 }
  cells.forEach(({ counts }, c) => {
    const linear = z[c]!.reduce((s, v, r) => s + v * at[m + r]!, 0)
    const upper = Array.from({ length: m }, (_, k) => at[k]! + linear)
    const n = counts.reduce((s, v) => s + v, 0)
    out.extreme = upper.reduce((e, v) => Math.max(e, Math.abs(v)), out.extreme)
    counts.forEach((count, k) => {
      const p = categoryProbability(upper, k)
      if (!(p > 0)) {
        if (count || p < 0) out.logLikelihood = -Infinity
        return
      }
      out.logLikelihood += count ? count * Math.log(p) : 0
      const gradient = new Float64Array(P)
      if (k > 0) extend(gradient, k - 1, density(upper[k - 1]!), z[c]!, m)
      if (k < m) extend(gradient, k, -density(upper[k]!), z[c]!, m)
      for (let r = 0; r < P; r++) {
        out.score[r]! += (count * gradient[r]!) / p
        for (let s = 0; s < P; s++) out.information[r * P + s]! += (n * gradient[r]! * gradient[s]!) / p
      }
    })
  })
  return out
}

/** P(X = k) = F(τ_k + z'β) − F(τ_{k+1} + z'β), on the side of the curve where no digits cancel. */
function categoryProbability(upper: readonly number[], k: number): number {
  if (k === 0) return logistic(-upper[0]!)
  if (k === upper.length) return logistic(upper[k - 1]!)
  const [a, b] = [upper[k - 1]!, upper[k]!]
  return a + b > 0 ? logistic(-b) - logistic(-a) : logistic(a) - logistic(b)
}

const density = (x: number): number => logistic(x) * logistic(-x)

function extend(gradient: Float64Array, threshold: number, f: number, z: readonly number[], m: number): void {
  gradient[threshold]! += f
  z.forEach((v, r) => (gradient[m + r]! += f * v))
}
