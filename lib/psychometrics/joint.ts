import { CholeskyDecomposition, Matrix } from 'ml-matrix'
import type { Posterior } from './posterior'
import { problem, value, type Outcome } from './problem'

/** One part of a person: what its own test says under its own population, and that population, in one unit. */
export type JointPart = { posterior: Posterior; population: Posterior }

/** What the parts say together: means and covariance of the true scores. */
export type Joint = { means: number[]; covariance: number[][] }

/** Rounding of a solver makes the halves of an inverse differ in the last digit. */
const symmetric = (m: Matrix): Matrix => Matrix.add(m, m.transpose()).mul(0.5)

/** Least precision of a test against its population: one that says nothing beyond it. */
const NOTHING = 1e-6

/**
 * Joint posterior of several true scores whose populations are correlated. What each test says by itself is its posterior less its population
 * (precisions subtract; the moments of the exact likelihood where the person is), and these are brought together under one normal
 * population. With correlations of 0 every part is as it was. `correlations`: of true scores, parts × parts, 1 on the diagonal.
 * Problems: empty; out-of-range (a spread not above 0); singular (correlations that cannot be).
 */
export function jointPosterior(parts: readonly JointPart[], correlations: readonly (readonly number[])[]): Outcome<Joint> {
  const k = parts.length
  if (!k) return problem('empty', 'There are no parts.')
  if (parts.some((p) => !(p.posterior.sd > 0 && p.population.sd > 0))) return problem('out-of-range', 'A part has no spread.')
  const prior = new Matrix(
    parts.map((a, i) => parts.map((b, j) => (i === j ? 1 : (correlations[i]?.[j] ?? NaN)) * a.population.sd * b.population.sd)),
  )
  const factor = new CholeskyDecomposition(prior)
  if (!factor.isPositiveDefinite()) return problem('singular', 'These correlations cannot be.')
  const precision = symmetric(factor.solve(Matrix.eye(k)))
  const right = precision.mmul(Matrix.columnVector(parts.map((p) => p.population.mean)))
  parts.forEach(({ posterior, population }, i) => {
    const [all, before] = [1 / posterior.sd ** 2, 1 / population.sd ** 2]
    const own = Math.max(all - before, NOTHING * before)
    const told = own > NOTHING * before ? (posterior.mean * all - population.mean * before) / own : population.mean
    precision.set(i, i, precision.get(i, i) + own)
    right.set(i, 0, right.get(i, 0) + own * told)
  })
  const covariance = symmetric(new CholeskyDecomposition(precision).solve(Matrix.eye(k)))
  return value({ means: covariance.mmul(right).to1DArray(), covariance: covariance.to2DArray() })
}

/** A line that a weighted sum of the true scores must reach. */
export type Line = { weights: readonly number[]; at: number }

const DRAWS = 4_000

/**
 * Chance that all lines are reached at once, by draws from the joint posterior: parts and their sum share their errors, so the product of single
 * chances is too small. `normal`: standard normal draws. Standard error below .008.
 */
export function chanceOfAll({ means, covariance }: Joint, lines: readonly Line[], normal: () => number): number {
  const root = new CholeskyDecomposition(new Matrix(covariance)).lowerTriangularMatrix.to2DArray()
  let reached = 0
  for (let d = 0; d < DRAWS; d++) {
    const z = means.map(() => normal())
    const truth = means.map((m, i) => z.reduce((s, v, j) => s + (j > i ? 0 : root[i]![j]! * v), m))
    if (lines.every((l) => l.weights.reduce((s, w, i) => s + w * truth[i]!, 0) >= l.at)) reached++
  }
  return reached / DRAWS
}
