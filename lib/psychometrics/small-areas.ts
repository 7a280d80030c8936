import { CholeskyDecomposition, Matrix } from 'ml-matrix'
import { normalQuantile } from './distributions'
import { problem, value, type Outcome } from './problem'

/** One shrunken mean: `se` = √MSE, `gamma` the weight of the area's own mean (0..1), `low`/`high` the 95 % interval. */
export type AreaEstimate = { id: string; mean: number; se: number; gamma: number; low: number; high: number }

/** `x` holds the covariates including the intercept; `variance` is the sampling variance of the direct mean. */
export type Area = { id: string; mean: number; variance: number; x: readonly number[] }

export type FayHerriot = { areas: AreaEstimate[]; tau2: number; atFloor: boolean; beta: number[] }

/** Restricted likelihood of the areas at one τ²: V = τ² + v, residuals of the GLS fit, (X'V⁻¹X)⁻¹. */
type Fit = { loglik: number; score: number; beta: Matrix; inverse: Matrix }

/**
 * Means of areas shrunken to a regression: θ̃ = γȳ + (1 − γ)x'β, γ = τ²/(τ² + v) (Fay & Herriot 1979, JASA 74, 269–277); β by
 * GLS; τ² by REML with a `floor` above zero (default 1 % of the mean sampling variance, so that areas never become identical).
 * MSE = g1 + g2 + 2·g3 with Var(τ̂²) = 2/Σ V⁻² (Prasad & Rao 1990; Datta & Lahiri 2000 for REML). Unit: that of the means.
 * Problems: empty; too-few (not more areas than covariates); out-of-range (variance or floor not above 0, ragged x); singular.
 */
export function fayHerriot(areas: readonly Area[], options: { floor?: number } = {}): Outcome<FayHerriot> {
  const width = areas[0]?.x.length ?? 0
  if (!width) return problem('empty', 'There are no areas or no covariates.')
  if (areas.length <= width) return problem('too-few', `${areas.length} areas do not carry ${width} coefficients and a variance.`)
  const wrong = areas.find((a) => !(a.variance > 0 && [a.variance, a.mean, ...a.x].every(Number.isFinite)) || a.x.length !== width)
  if (wrong) return problem('out-of-range', `Area ${wrong.id} has a mean, variance or covariate that is no such number.`)
  const floor = options.floor ?? (0.01 * areas.reduce((sum, a) => sum + a.variance, 0)) / areas.length
  if (!(floor > 0 && Number.isFinite(floor))) return problem('out-of-range', `A floor of ${floor} is not above 0.`)

  const first = fitAt(areas, floor)
  if (!first.ok) return first
  // Every matrix below differs from this one by positive weights, so none of them is singular either.
  const fit = (tau2: number): Fit => {
    const result = fitAt(areas, tau2)
    return result.ok ? result.value : first.value
  }
  const tau2 = restrictedMaximum(areas, floor, fit)
  const { beta, inverse } = fit(tau2)
  const tauVariance = 2 / areas.reduce((sum, a) => sum + (tau2 + a.variance) ** -2, 0)
  const z = normalQuantile(0.975)
  const estimates = areas.map(({ id, mean: direct, variance: v, x }) => {
    const gamma = tau2 / (tau2 + v)
    const row = Matrix.rowVector([...x])
    const mean = gamma * direct + (1 - gamma) * row.mmul(beta).get(0, 0)
    const g2 = (1 - gamma) ** 2 * row.mmul(inverse).mmul(row.transpose()).get(0, 0)
    const g3 = (v * v * tauVariance) / (tau2 + v) ** 3
    const se = Math.sqrt(gamma * v + g2 + 2 * g3)
    return { id, mean, se, gamma, low: mean - z * se, high: mean + z * se }
  })
  return value({ areas: estimates, tau2, atFloor: tau2 === floor, beta: beta.to1DArray() })
}

/** Grid on log τ² against several maxima, then bisection of the score. */
function restrictedMaximum(areas: readonly Area[], floor: number, fit: (tau2: number) => Fit): number {
  // Beyond s + √(s·v_max), s = RSS/(m − p), the score is negative: r'V⁻²r ≤ RSS/τ⁴ and tr P ≥ (m − p)/(τ² + v_max).
  const flat = fitAt(
    areas.map((a) => ({ ...a, variance: 1 })),
    0,
  )
  const s = flat.ok ? residuals(areas, flat.value.beta).reduce((sum, r) => sum + r * r, 0) / (areas.length - areas[0]!.x.length) : 0
  const top = s + Math.sqrt(s * Math.max(...areas.map((a) => a.variance)))
  if (!(top > floor)) return floor
  const steps = 60
  const grid = Array.from({ length: steps + 1 }, (_, k) => floor * (top / floor) ** (k / steps))
  let best = 0
  let highest = -Infinity
  grid.forEach((tau2, k) => {
    const { loglik } = fit(tau2)
    if (loglik > highest) [best, highest] = [k, loglik]
  })
  const rising = fit(grid[best]!).score > 0
  if (best === 0 && !rising) return floor
  let low = rising ? grid[best]! : grid[best - 1]!
  let high = rising ? grid[Math.min(steps, best + 1)]! : grid[best]!
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2
    if (fit(middle).score > 0) low = middle
    else high = middle
  }
  return (low + high) / 2
}

function fitAt(areas: readonly Area[], tau2: number): Outcome<Fit> {
  const width = areas[0]!.x.length
  const cross = Matrix.zeros(width, width)
  const squared = Matrix.zeros(width, width)
  const right = Matrix.zeros(width, 1)
  let [logV, sumInverse] = [0, 0]
  for (const { mean, variance, x } of areas) {
    const weight = 1 / (tau2 + variance)
    logV -= Math.log(weight)
    sumInverse += weight
    for (let r = 0; r < width; r++) {
      right.set(r, 0, right.get(r, 0) + weight * x[r]! * mean)
      for (let c = 0; c < width; c++) {
        cross.set(r, c, cross.get(r, c) + weight * x[r]! * x[c]!)
        squared.set(r, c, squared.get(r, c) + weight * weight * x[r]! * x[c]!)
      }
    }
  }
  const inverted = invertSymmetric(cross)
  if (!inverted.ok) return inverted
  const { inverse, logDeterminant } = inverted.value
  const beta = inverse.mmul(right)
  let [one, two] = [0, 0]
  residuals(areas, beta).forEach((r, i) => {
    const v = tau2 + areas[i]!.variance
    one += (r * r) / v
    two += ((r / v) * r) / v
  })
  const loglik = -0.5 * (logV + logDeterminant + one)
  return value({ loglik, score: 0.5 * (two - sumInverse + inverse.mmul(squared).trace()), beta, inverse })
}

const residuals = (areas: readonly Area[], beta: Matrix): number[] =>
  areas.map(({ mean, x }) => mean - x.reduce((sum, v, k) => sum + v * beta.get(k, 0), 0))

/** Inverse and log determinant of a cross-product matrix. Problem: singular (1 − R² of a predictor on those before it under 1e-12). */
export function invertSymmetric(cross: Matrix): Outcome<{ inverse: Matrix; logDeterminant: number }> {
  const size = cross.rows
  // On the scale of correlations, so that the unit of a predictor does not matter.
  const scale = cross.diagonal().map((v) => 1 / Math.sqrt(v))
  const scaled = Matrix.zeros(size, size)
  for (let r = 0; r < size; r++)
    for (let c = 0; c < size; c++) scaled.set(r, c, cross.get(Math.max(r, c), Math.min(r, c)) * (scale[r]! * scale[c]!))
  const pivots = scale.every(Number.isFinite) ? new CholeskyDecomposition(scaled) : null
  const diagonal = pivots?.isPositiveDefinite() ? pivots.lowerTriangularMatrix.diagonal() : []
  if (!pivots || !diagonal.length || Math.min(...diagonal) < 1e-6) return problem('singular', 'The predictors repeat one another.')
  const inverse = pivots.solve(Matrix.eye(size))
  for (let r = 0; r < size; r++) for (let c = 0; c < size; c++) inverse.set(r, c, inverse.get(r, c) * scale[r]! * scale[c]!)
  return value({ inverse, logDeterminant: 2 * diagonal.reduce((sum, v, k) => sum + Math.log(v / scale[k]!), 0) })
}

/**
 * Difference benchmarking: the same constant is added to every estimate, so that their weighted mean equals `total` (the direct
 * figure of the whole; Rao & Molina 2015, sect. 6.4.6). Weights are brought to sum 1. Problems: empty; out-of-range.
 */
export function benchmark(estimates: readonly number[], weights: readonly number[], total: number): Outcome<number[]> {
  if (!estimates.length) return problem('empty', 'There are no estimates.')
  const sum = weights.reduce((s, w) => s + w, 0)
  if (weights.length !== estimates.length || weights.some((w) => !(w >= 0)) || !(sum > 0 && Number.isFinite(sum)))
    return problem('out-of-range', `The weights are not ${estimates.length} numbers from 0 with a sum above 0.`)
  if (!Number.isFinite(total) || !estimates.every(Number.isFinite)) return problem('out-of-range', 'An estimate or the total is no number.')
  const shift = total - estimates.reduce((s, e, i) => s + (weights[i]! / sum) * e, 0)
  return value(estimates.map((e) => e + shift))
}
