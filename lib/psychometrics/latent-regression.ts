import { Matrix } from 'ml-matrix'
import { problem, value, type Outcome } from './problem'
import { invertSymmetric } from './small-areas'

/** θ = x'β + e, e ~ N(0, σ²). */
export type Regression = { beta: number[]; sigma2: number }

/** Largest change of β and σ² (θ units) at which the EM has settled. */
const TOLERANCE = 1e-7
const MAX_CYCLES = 2000

/**
 * Latent regression on fixed item parameters by EM (Mislevy 1984, Psychometrika 49, 359–381): E-step on the grid with the
 * person's own prior N(x'β, σ²), M-step β = (X'X)⁻¹X'E(θ), σ² = mean of E(θ − x'β)². `logLikelihood` is persons × nodes,
 * row-major, natural log; `nodes` ascending; `design` persons × predictors including the intercept. `loglik` is the marginal
 * log-likelihood at the solution, the grid standing for the integral.
 * Problems: empty, out-of-range (shapes, a person without finite likelihood), too-few, singular, constant (σ below the node distance),
 * not-converged.
 */
export function latentRegression(
  logLikelihood: Float64Array,
  nodes: Float64Array,
  design: readonly (readonly number[])[],
): Outcome<Regression & { cycles: number; loglik: number }> {
  const wrong = unusable(logLikelihood, nodes, design)
  if (wrong) return wrong
  const width = design[0]!.length
  if (design.length <= width) return problem('too-few', `${design.length} people do not carry ${width} coefficients and a variance.`)
  const X = new Matrix(design.map((row) => [...row]))
  const inverted = invertSymmetric(X.transpose().mmul(X))
  if (!inverted.ok) return inverted
  const project = inverted.value.inverse.mmul(X.transpose())

  const widths = cellWidths(nodes)
  let beta = new Array<number>(width).fill(0)
  let sigma2 = 1
  for (let cycles = 1; cycles <= MAX_CYCLES; cycles++) {
    const means = new Array<number>(design.length)
    let [within, loglik] = [0, 0]
    for (let i = 0; i < design.length; i++) {
      const posterior = posteriorAt(logLikelihood, nodes, widths, i, dot(design[i]!, beta), sigma2)
      let [first, second] = [0, 0]
      for (let q = 0; q < nodes.length; q++) first += posterior.mass[q]! * nodes[q]!
      for (let q = 0; q < nodes.length; q++) second += posterior.mass[q]! * (nodes[q]! - first) ** 2
      means[i] = first
      within += second
      loglik += posterior.loglik
    }
    const next = project.mmul(Matrix.columnVector(means)).to1DArray()
    const explained = means.reduce((sum, m, i) => sum + (m - dot(design[i]!, next)) ** 2, 0)
    const variance = (explained + within) / design.length
    if (Math.sqrt(variance) < Math.max(...widths))
      return problem('constant', `A residual deviation of ${Math.sqrt(variance)} is finer than the nodes can show.`)
    const moved = Math.max(Math.abs(variance - sigma2), ...next.map((b, k) => Math.abs(b - beta[k]!)))
    ;[beta, sigma2] = [next, variance]
    if (moved < TOLERANCE) return value({ beta, sigma2, cycles, loglik })
  }
  return problem('not-converged', `The regression had not settled after ${MAX_CYCLES} cycles.`)
}

/** Posterior mass at the nodes (sums to 1) and marginal log-likelihood of person i. */
function posteriorAt(logLikelihood: Float64Array, nodes: Float64Array, widths: number[], i: number, mu: number, sigma2: number) {
  const mass = new Float64Array(nodes.length)
  let top = -Infinity
  for (let q = 0; q < nodes.length; q++) {
    mass[q] = logLikelihood[i * nodes.length + q]! - (nodes[q]! - mu) ** 2 / (2 * sigma2) + Math.log(widths[q]!)
    top = Math.max(top, mass[q]!)
  }
  let sum = 0
  for (let q = 0; q < nodes.length; q++) sum += mass[q] = Math.exp(mass[q]! - top)
  for (let q = 0; q < nodes.length; q++) mass[q]! /= sum
  return { mass, loglik: top + Math.log(sum) - 0.5 * Math.log(2 * Math.PI * sigma2) }
}

/** Width of the cell around each node: half the distance to both neighbours, at the ends the distance to the only one. */
function cellWidths(nodes: Float64Array): number[] {
  const last = nodes.length - 1
  return Array.from(nodes, (x, q) => (q === 0 ? nodes[1]! - x : q === last ? x - nodes[q - 1]! : (nodes[q + 1]! - nodes[q - 1]!) / 2))
}

function unusable(logLikelihood: Float64Array, nodes: Float64Array, design: readonly (readonly number[])[]) {
  const width = design[0]?.length ?? 0
  if (!width || nodes.length < 2) return problem('empty', 'There are no people, no predictors or no nodes.')
  if (nodes.some((x, q) => !Number.isFinite(x) || (q > 0 && x <= nodes[q - 1]!))) return problem('out-of-range', 'The nodes do not ascend.')
  if (logLikelihood.length !== design.length * nodes.length)
    return problem('out-of-range', `${logLikelihood.length} likelihoods are not ${design.length} people by ${nodes.length} nodes.`)
  for (const [i, row] of design.entries()) {
    if (row.length !== width || !row.every(Number.isFinite)) return problem('out-of-range', `Person ${i + 1} lacks a predictor.`)
    const own = logLikelihood.subarray(i * nodes.length, (i + 1) * nodes.length)
    if (own.some((l) => Number.isNaN(l) || l === Infinity) || own.every((l) => l === -Infinity))
      return problem('out-of-range', `Person ${i + 1} has no finite likelihood.`)
  }
  return undefined
}

const dot = (x: readonly number[], y: readonly number[]): number => x.reduce((sum, v, k) => sum + v * y[k]!, 0)
