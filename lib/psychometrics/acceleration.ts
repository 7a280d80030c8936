import { expectation, type Expected } from './expectation'
import { itemVector, maximiseGroups, maximiseItem } from './maximisation'
import type { Patterns } from './patterns'
import { priorTerms, type Priors } from './priors'
import { copyState, distance, pack, unpack, type Layout, type State } from './state'

export type Cycle = { cycle: number; logLik: number; change: number }

type Run = {
  state: State
  logLik: number
  logPosterior: number
  cycles: number
  converged: boolean
  cancelled: boolean
  freeParameters: number
}

/** The log priors of all free items at a state. */
export function logPrior(layout: Layout, priors: Priors, s: State): number {
  if (!priors.slope && !priors.intercept && !priors.guessing) return 0
  let sum = 0
  for (let j = 0; j < layout.categories.length; j++) {
    if (layout.fixed[j]) continue
    if (layout.freeSlope) sum += priorTerms(priors.slope, s.a[j]!).log
    for (let k = layout.offset[j]!; k < layout.offset[j + 1]!; k++) sum += priorTerms(priors.intercept, s.d[k]!).log
    if (layout.freeGuessing) sum += priorTerms(priors.guessing, s.c[j]!).log
  }
  return sum
}

/** Graded intercepts must fall; an extrapolated point may break that. */
function isInside(layout: Layout, s: State): boolean {
  if (layout.model !== 'grm') return true
  for (let j = 0; j < layout.categories.length; j++) {
    for (let k = layout.offset[j]! + 1; k < layout.offset[j + 1]!; k++) if (s.d[k]! >= s.d[k - 1]!) return false
  }
  return true
}

/**
 * EM cycles to convergence with the SQUAREM extrapolation (Varadhan & Roland 2008, scheme S3), safeguarded: an
 * extrapolated point is kept only if the log-posterior does not fall below that of the plain cycles before it.
 * Ends when two plain cycles in a row move no parameter by more than the tolerance, so never on an accelerated step.
 */
export function accelerate(
  patterns: Patterns,
  layout: Layout,
  nodes: Float64Array,
  priors: Priors,
  totals: Float64Array[],
  start: State,
  options: { tolerance: number; maxCycles: number; onCycle?: ((cycle: Cycle) => boolean) | undefined },
): Run {
  let cycles = 0
  let cancelled = false
  let change = Infinity
  const look = (s: State): { e: Expected; objective: number } => {
    const e = expectation(patterns, layout, nodes, s)
    cycles++
    if (options.onCycle?.({ cycle: cycles, logLik: e.logLik, change }) === false) cancelled = true
    return { e, objective: e.logLik + logPrior(layout, priors, s) }
  }
  const climb = (s: State, e: Expected): State => {
    const next = copyState(s)
    for (let j = 0; j < layout.categories.length; j++) if (!layout.fixed[j]) maximiseItem(layout, nodes, priors, e, totals[j]!, j, next)
    maximiseGroups(layout, nodes, e, next)
    return next
  }

  let s0 = start
  let seen = look(s0)
  let stepLimit = 4
  let converged = false
  while (cycles < options.maxCycles && !cancelled) {
    const x0 = pack(layout, s0)
    const s1 = climb(s0, seen.e)
    const x1 = pack(layout, s1)
    const first = distance(layout, s1, s0)
    const seen1 = look(s1)
    const s2 = climb(s1, seen1.e)
    const x2 = pack(layout, s2)
    change = distance(layout, s2, s1)
    if (first < options.tolerance && change < options.tolerance) {
      converged = true
      s0 = s2
      seen = look(s2)
      break
    }
    let [rr, vv] = [0, 0]
    for (let at = 0; at < x0.length; at++) {
      const r = x1[at]! - x0[at]!
      const v = x2[at]! - x1[at]! - r
      rr += r * r
      vv += v * v
    }
    const length = Math.min(stepLimit, Math.max(1, vv > 0 ? Math.sqrt(rr / vv) : 1))
    if (length > 1) {
      const far = x0.map((v, at) => v + 2 * length * (x1[at]! - v) + length * length * (x2[at]! - 2 * x1[at]! + v))
      const leap = unpack(layout, s2, far)
      if (isInside(layout, leap)) {
        const seenLeap = look(leap)
        if (seenLeap.objective >= seen1.objective) {
          if (length === stepLimit) stepLimit *= 4
          s0 = leap
          seen = seenLeap
          continue
        }
      }
      stepLimit = Math.max(2, stepLimit / 4)
    }
    s0 = s2
    seen = look(s2)
  }
  return {
    state: s0,
    logLik: seen.e.logLik,
    logPosterior: seen.objective,
    cycles,
    converged,
    cancelled,
    freeParameters:
      layout.categories.reduce((n, _, j) => n + (layout.fixed[j] ? 0 : itemVector(layout, s0, j).length), 0) +
      layout.freeMean.filter(Boolean).length +
      layout.freeSd.filter(Boolean).length,
  }
}
