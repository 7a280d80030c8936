import { logistic, softplus } from './distributions'
import type { Expected } from './expectation'
import { priorTerms, type Priors } from './priors'
import { solveSymmetric } from './solve'
import { LOWEST_LOGIT_GUESSING, type Layout, type State } from './state'

/** Value, gradient and negative Hessian (or Fisher information) of one item's expected complete-data log-posterior. */
export type ItemTerms = { value: number; gradient: Float64Array; information: Float64Array }

const MAX_STEPS = 25
const STEP_TOLERANCE = 1e-9

/** Free parameters of item j in the order a, d_1 … d_m, logit c. */
export function itemVector(layout: Layout, s: State, j: number): Float64Array {
  const d = s.d.subarray(layout.offset[j]!, layout.offset[j + 1]!)
  const c = s.c[j]!
  return Float64Array.from([...(layout.freeSlope ? [s.a[j]!] : []), ...d, ...(layout.freeGuessing ? [Math.log(c / (1 - c))] : [])])
}

function writeItem(layout: Layout, s: State, j: number, x: Float64Array) {
  let at = 0
  if (layout.freeSlope) s.a[j] = x[at++]!
  for (let k = layout.offset[j]!; k < layout.offset[j + 1]!; k++) s.d[k] = x[at++]!
  if (layout.freeGuessing) s.c[j] = logistic(x[at]!)
}

/** Adds the log priors of an item to its terms. */
function addPriors(layout: Layout, priors: Priors, x: Float64Array, terms: ItemTerms) {
  const P = x.length
  const m = P - (layout.freeSlope ? 1 : 0) - (layout.freeGuessing ? 1 : 0)
  const add = (at: number, t: { log: number; first: number; second: number }) => {
    terms.value += t.log
    terms.gradient[at]! += t.first
    terms.information[at * P + at]! -= t.second
  }
  if (layout.freeSlope) add(0, priorTerms(priors.slope, x[0]!))
  const from = layout.freeSlope ? 1 : 0
  for (let k = 0; k < m; k++) add(from + k, priorTerms(priors.intercept, x[from + k]!))
  if (layout.freeGuessing && priors.guessing) {
    const c = logistic(x[P - 1]!)
    const t = priorTerms(priors.guessing, c)
    const w = c * (1 - c)
    add(P - 1, { log: t.log, first: t.first * w, second: t.second * w * w + t.first * w * (1 - 2 * c) })
  }
}

/** Rasch, 2PL, PCM, GPCM: concave in (a, d); exact Hessian. `totals` are the category counts of the item. */
function linearTerms(layout: Layout, nodes: Float64Array, e: Expected, totals: Float64Array, j: number, x: Float64Array): ItemTerms {
  const Q = nodes.length
  const m = layout.categories[j]! - 1
  const free = layout.freeSlope ? 1 : 0
  const P = m + free
  const a = free ? x[0]! : 1
  const gradient = new Float64Array(P)
  const information = new Float64Array(P * P)
  let objective = a * e.scoreMoment[j]!
  if (free) gradient[0] = e.scoreMoment[j]!
  for (let k = 1; k <= m; k++) {
    objective += x[free + k - 1]! * totals[k]!
    gradient[free + k - 1] = totals[k]!
  }
  const p = new Float64Array(m + 1)
  for (let q = 0; q < Q; q++) {
    const n = e.mass[j * Q + q]!
    if (n < 1e-12) continue
    const theta = nodes[q]!
    if (m === 1) {
      const z = a * theta + x[free]!
      const prob = logistic(z)
      const w = n * prob * (1 - prob)
      objective -= n * softplus(z)
      gradient[free]! -= n * prob
      information[P * P - 1]! += w
      if (free) {
        gradient[0]! -= n * prob * theta
        information[0]! += w * theta * theta
        information[1]! += w * theta
      }
      continue
    }
    let top = 0
    for (let k = 1; k <= m; k++) top = Math.max(top, (p[k] = k * a * theta + x[free + k - 1]!))
    p[0] = 0
    let sum = 0
    for (let k = 0; k <= m; k++) sum += p[k] = Math.exp(p[k]! - top)
    objective -= n * (top + Math.log(sum))
    let mean = 0
    let square = 0
    for (let k = 1; k <= m; k++) {
      p[k]! /= sum
      mean += k * p[k]!
      square += k * k * p[k]!
    }
    if (free) {
      gradient[0]! -= n * theta * mean
      information[0]! += n * theta * theta * (square - mean * mean)
    }
    for (let k = 1; k <= m; k++) {
      const r = free + k - 1
      gradient[r]! -= n * p[k]!
      if (free) information[r]! += n * theta * p[k]! * (k - mean)
      for (let h = k; h <= m; h++) information[r * P + free + h - 1]! += n * ((h === k ? p[k]! : 0) - p[k]! * p[h]!)
    }
  }
  mirror(information, P)
  return { value: objective, gradient, information }
}

/** Copies the upper triangle below the diagonal. */
function mirror(matrix: Float64Array, P: number) {
  for (let r = 1; r < P; r++) for (let c = 0; c < r; c++) matrix[r * P + c] = matrix[c * P + r]!
}

/** 3PL and GRM: expected counts; Fisher information (positive definite) in place of the Hessian. */
function generalTerms(layout: Layout, nodes: Float64Array, e: Expected, j: number, x: Float64Array): ItemTerms {
  const Q = nodes.length
  const m = layout.categories[j]! - 1
  const P = x.length
  const a = x[0]!
  const guessing = layout.model === '3pl'
  const c = guessing ? (layout.freeGuessing ? logistic(x[2]!) : 0) : 0
  const gradient = new Float64Array(P)
  const information = new Float64Array(P * P)
  const derivative = new Float64Array((m + 1) * P)
  const s = new Float64Array(m + 2)
  let objective = 0
  for (let k = 2; k <= m; k++) if (x[k]! >= x[k - 1]!) return { value: -Infinity, gradient, information }
  for (let q = 0; q < Q; q++) {
    const n = e.mass[j * Q + q]!
    if (n < 1e-12) continue
    const theta = nodes[q]!
    s[0] = 1
    s[m + 1] = 0
    for (let k = 1; k <= m; k++) s[k] = logistic(a * theta + x[k]!)
    derivative.fill(0)
    for (let k = 0; k <= m; k++) {
      // P(X = k) = S_k − S_{k+1}, S_0 = 1, S_{m+1} = 0; the 3PL lifts S_1 to c + (1 − c)S_1.
      for (const [edge, sign] of [
        [k, 1],
        [k + 1, -1],
      ] as const) {
        if (edge < 1 || edge > m) continue
        const w = sign * (1 - c) * s[edge]! * (1 - s[edge]!)
        derivative[k * P]! += w * theta
        derivative[k * P + edge]! += w
        if (layout.freeGuessing) derivative[k * P + P - 1]! += sign * c * (1 - c) * (1 - s[edge]!)
      }
    }
    for (let k = 0; k <= m; k++) {
      const up = k === 0 ? 1 : guessing ? c + (1 - c) * s[k]! : s[k]!
      const down = k === m ? 0 : guessing ? c + (1 - c) * s[k + 1]! : s[k + 1]!
      const prob = Math.max(up - down, 1e-300)
      const r = e.counts![(layout.offset[j]! + j + k) * Q + q]!
      objective += r * Math.log(prob)
      for (let u = 0; u < P; u++) {
        const du = derivative[k * P + u]!
        if (du === 0) continue
        gradient[u]! += (r / prob) * du
        for (let v = u; v < P; v++) information[u * P + v]! += (n / prob) * du * derivative[k * P + v]!
      }
    }
  }
  mirror(information, P)
  return { value: objective, gradient, information }
}

/** The terms of item j at the free parameters `x`. */
export function itemTerms(
  layout: Layout,
  nodes: Float64Array,
  priors: Priors,
  e: Expected,
  totals: Float64Array,
  j: number,
  x: Float64Array,
): ItemTerms {
  const terms = e.counts ? generalTerms(layout, nodes, e, j, x) : linearTerms(layout, nodes, e, totals, j, x)
  addPriors(layout, priors, x, terms)
  return terms
}

/** Information and gradient with guessing held where it is: its step is 0, those of slope and intercept are their own. */
function withoutGuessing({ information, gradient }: ItemTerms): [Float64Array, Float64Array] {
  const P = gradient.length
  const [matrix, vector] = [information.slice(), gradient.slice()]
  for (let u = 0; u < P; u++) matrix[u * P + P - 1] = matrix[(P - 1) * P + u] = 0
  matrix[P * P - 1] = 1
  vector[P - 1] = 0
  return [matrix, vector]
}

/** A step halved until the objective does not fall; the old point when none does. */
function climb(
  x: Float64Array,
  terms: ItemTerms,
  step: Float64Array,
  look: (x: Float64Array) => ItemTerms,
): { x: Float64Array; terms: ItemTerms } {
  for (let scale = 1; scale > 1e-6; scale /= 2) {
    const next = x.map((v, at) => v + scale * step[at]!)
    const tried = look(next)
    if (tried.value >= terms.value - 1e-12 * Math.abs(terms.value)) return { x: next, terms: tried }
  }
  return { x, terms }
}

/** The M-step of one item: Newton or Fisher scoring, the step halved until the objective does not fall. Writes into `s`. */
export function maximiseItem(
  layout: Layout,
  nodes: Float64Array,
  priors: Priors,
  e: Expected,
  totals: Float64Array,
  j: number,
  s: State,
): void {
  let x = itemVector(layout, s, j)
  let terms = itemTerms(layout, nodes, priors, e, totals, j, x)
  const look = (at: Float64Array) => itemTerms(layout, nodes, priors, e, totals, j, at)
  for (let round = 0; round < MAX_STEPS; round++) {
    const before = x
    let step = solveSymmetric(terms.information, terms.gradient)
    // Guessing near nothing is nearly flat in its logit: a joint step would leap in c and take a and d along. They go apart.
    const apart = layout.freeGuessing && (Math.abs(step[x.length - 1]!) > 2 || x[x.length - 1]! <= LOWEST_LOGIT_GUESSING)
    if (apart) step = solveSymmetric(...withoutGuessing(terms))
    ;({ x, terms } = climb(x, terms, step, look))
    if (apart) {
      const alone = new Float64Array(x.length)
      alone[x.length - 1] = Math.max(LOWEST_LOGIT_GUESSING - x[x.length - 1]!, 2 * Math.sign(terms.gradient[x.length - 1]!))
      ;({ x, terms } = climb(x, terms, alone, look))
    }
    if (x.every((v, at) => Math.abs(v - before[at]!) < STEP_TOLERANCE)) break
  }
  writeItem(layout, s, j, x)
}

/** Widest latent standard deviation that nodes on [−6, 6] can tell from a flat distribution. */
const WIDEST = 20

/**
 * The M-step of the latent distribution of each group: the maximum of Σ n_q·log w_q for normal weights normalised over the
 * nodes. With w ∝ exp(η₁θ + η₂θ²) that is a concave problem: the moments of the weights must equal those of the posterior.
 * Writes into `s`.
 */
export function maximiseGroups(layout: Layout, nodes: Float64Array, e: Expected, s: State): void {
  const Q = nodes.length
  for (let g = 0; g < s.mean.length; g++) {
    if (!layout.freeMean[g] && !layout.freeSd[g]) continue
    const [first, second] = moments(nodes, e.groupMass.subarray(g * Q, (g + 1) * Q))
    let [eta1, eta2] = [s.mean[g]! / s.sd[g]! ** 2, -0.5 / s.sd[g]! ** 2]
    for (let round = 0; round < 50; round++) {
      const weights = nodes.map((x) => Math.exp(eta1 * x + eta2 * x * x + (eta2 < 0 ? (eta1 * eta1) / (4 * eta2) : 0)))
      const [m1, m2, m3, m4] = moments(nodes, weights)
      const [g1, g2] = [layout.freeMean[g] ? first - m1 : 0, second - m2]
      const [v11, v12, v22] = [layout.freeMean[g] ? m2 - m1 * m1 : 1, layout.freeMean[g] ? m3 - m1 * m2 : 0, m4 - m2 * m2]
      const determinant = v11 * v22 - v12 * v12
      if (!(determinant > 1e-300)) break
      const [d1, d2] = [(g1 * v22 - g2 * v12) / determinant, (g2 * v11 - g1 * v12) / determinant]
      // Halving η₂ at most keeps the weights a bell on the way.
      const scale = Math.min(1, d2 > 0 ? (-0.5 * eta2) / d2 : 1, d2 < 0 ? (2 * -eta2) / -d2 : 1)
      eta1 += scale * d1
      eta2 += scale * d2
      if (-0.5 / eta2 > WIDEST * WIDEST) break
      if (scale === 1 && Math.abs(d1) + Math.abs(d2) < 1e-12) break
    }
    const variance = Math.min(WIDEST * WIDEST, Math.max(1e-8, -0.5 / eta2))
    if (layout.freeSd[g]) s.sd[g] = Math.sqrt(variance)
    if (layout.freeMean[g]) s.mean[g] = eta1 * variance
  }
}

/** Raw moments 1 to 4 of a distribution on the nodes; weights need not sum to 1. */
function moments(nodes: Float64Array, weights: Float64Array): [number, number, number, number] {
  let [n, m1, m2, m3, m4] = [0, 0, 0, 0, 0]
  for (let q = 0; q < nodes.length; q++) {
    const w = weights[q]!
    const x = nodes[q]!
    n += w
    m1 += w * x
    m2 += w * x * x
    m3 += w * x * x * x
    m4 += w * x * x * x * x
  }
  return [m1 / n, m2 / n, m3 / n, m4 / n]
}
