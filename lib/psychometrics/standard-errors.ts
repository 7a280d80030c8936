import { CholeskyDecomposition, Matrix } from 'ml-matrix'
import { expectation } from './expectation'
import { itemTerms, itemVector } from './maximisation'
import type { Patterns } from './patterns'
import type { Priors } from './priors'
import { LOWEST_LOGIT_GUESSING, pack, unpack, type Layout, type State } from './state'

/** Standard errors in the units of the parameters; b by the delta method from (a, d). */
export type ItemErrors = { a: number | null; d: number[]; b: number[]; c: number | null }

/**
 * Gradient of the marginal log-posterior with respect to the free parameters. By Fisher's identity it equals the gradient of
 * the expected complete-data log-posterior at the same point. Groups: d/dμ and d/d log σ of the truncated normal weights.
 */
function gradient(p: Patterns, layout: Layout, nodes: Float64Array, priors: Priors, totals: Float64Array[], s: State): Float64Array {
  const e = expectation(p, layout, nodes, s)
  const out: number[] = []
  for (let j = 0; j < layout.categories.length; j++) {
    if (!layout.fixed[j]) out.push(...itemTerms(layout, nodes, priors, e, totals[j]!, j, itemVector(layout, s, j)).gradient)
  }
  const Q = nodes.length
  for (let g = 0; g < s.mean.length; g++) {
    if (!layout.freeMean[g] && !layout.freeSd[g]) continue
    let n = 0
    let [first, second, weight, expectedFirst, expectedSecond] = [0, 0, 0, 0, 0]
    for (let q = 0; q < Q; q++) {
      const z = (nodes[q]! - s.mean[g]!) / s.sd[g]!
      const w = Math.exp(-0.5 * z * z)
      const r = e.groupMass[g * Q + q]!
      n += r
      first += r * z
      second += r * z * z
      weight += w
      expectedFirst += w * z
      expectedSecond += w * z * z
    }
    if (layout.freeMean[g]) out.push((first - (n * expectedFirst) / weight) / s.sd[g]!)
    if (layout.freeSd[g]) out.push(second - (n * expectedSecond) / weight)
  }
  return Float64Array.from(out)
}

/**
 * Standard errors from the inverse of the observed information of the marginal log-posterior (central differences of its
 * analytic gradient; the same matrix that Oakes 1999 gives). Null when the information is not positive definite.
 */
export function standardErrors(
  p: Patterns,
  layout: Layout,
  nodes: Float64Array,
  priors: Priors,
  totals: Float64Array[],
  s: State,
): (ItemErrors | null)[] | null {
  const x = pack(layout, s)
  const P = x.length
  const information = Matrix.zeros(P, P)
  for (let u = 0; u < P; u++) {
    const h = 1e-4 * Math.max(1, Math.abs(x[u]!))
    const shifted = (sign: number) => {
      const y = x.slice()
      y[u]! += sign * h
      return gradient(p, layout, nodes, priors, totals, unpack(layout, s, y))
    }
    const up = shifted(1)
    const down = shifted(-1)
    for (let v = 0; v < P; v++) information.set(u, v, -(up[v]! - down[v]!) / (2 * h))
  }
  holdBounds(layout, s, information)
  if (information.to1DArray().some((v) => !Number.isFinite(v))) return null
  const symmetric = information.clone().add(information.transpose()).mul(0.5)
  const cholesky = new CholeskyDecomposition(symmetric)
  if (!cholesky.isPositiveDefinite()) return null
  const covariance = cholesky.solve(Matrix.eye(P))
  let at = 0
  return layout.categories.map((_, j) => {
    if (layout.fixed[j]) return null
    const from = at
    at += itemVector(layout, s, j).length
    return itemErrors(layout, s, j, covariance, from)
  })
}

/** Guessing at its lower bound is no free parameter: its row and column leave the information. */
function holdBounds(layout: Layout, s: State, information: Matrix) {
  if (!layout.freeGuessing) return
  let at = -1
  layout.categories.forEach((_, j) => {
    if (layout.fixed[j]) return
    at += itemVector(layout, s, j).length
    if (!isAtBound(s, j)) return
    for (let u = 0; u < information.rows; u++) {
      information.set(u, at, u === at ? 1 : 0)
      information.set(at, u, u === at ? 1 : 0)
    }
  })
}

const isAtBound = (s: State, j: number) => Math.log(s.c[j]! / (1 - s.c[j]!)) <= LOWEST_LOGIT_GUESSING + 1e-6

function itemErrors(layout: Layout, s: State, j: number, covariance: Matrix, from: number): ItemErrors {
  const free = layout.freeSlope ? 1 : 0
  const m = layout.offset[j + 1]! - layout.offset[j]!
  const a = s.a[j]!
  const d = s.d.subarray(layout.offset[j]!, layout.offset[j + 1]!)
  const variance = (terms: [number, number][]) =>
    terms.reduce((sum, [u, gu]) => sum + terms.reduce((inner, [v, gv]) => inner + gu * gv * covariance.get(u, v), 0), 0)
  const isStep = layout.model === 'pcm' || layout.model === 'gpcm'
  const c = s.c[j]!
  return {
    a: free ? Math.sqrt(covariance.get(from, from)) : null,
    d: Array.from(d, (_, k) => Math.sqrt(covariance.get(from + free + k, from + free + k))),
    b: Array.from(d, (v, k) => {
      const before = isStep && k > 0 ? d[k - 1]! : 0
      const terms: [number, number][] = [[from + free + k, -1 / a]]
      if (isStep && k > 0) terms.push([from + free + k - 1, 1 / a])
      if (free) terms.push([from, -(before - v) / (a * a)])
      return Math.sqrt(variance(terms))
    }),
    c: layout.freeGuessing && !isAtBound(s, j) ? Math.sqrt(covariance.get(from + free + m, from + free + m)) * c * (1 - c) : null,
  }
}
