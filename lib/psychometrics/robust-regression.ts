import { CholeskyDecomposition, EigenvalueDecomposition, Matrix } from 'ml-matrix'
import type { ClusteredRow } from './cluster-regression'
import type { KnownError } from './link-error'
import { problem, value, type Outcome } from './problem'

/** Coefficients with an error and degrees of freedom of their own, and how many observations in how many clusters they rest on. */
export type RobustFit = { beta: number[]; errors: KnownError[]; n: number; clusters: number }

/** Smallest eigenvalue of I − H that is still inverted: below it a cluster determines a coefficient alone. */
const LOWEST = 1e-8

/** (I − H_gg)^−½ of one cluster, H_gg = X_g (X'X)⁻¹ X_g'; directions that the cluster alone determines are left out (Moore–Penrose). */
function adjustment(x: Matrix, bread: Matrix): Matrix {
  const left = Matrix.eye(x.rows).sub(x.mmul(bread).mmul(x.transpose()))
  const eigen = new EigenvalueDecomposition(left, { assumeSymmetric: true })
  const vectors = eigen.eigenvectorMatrix
  const scaled = vectors.clone()
  eigen.realEigenvalues.forEach((v, k) => {
    const root = v > LOWEST ? 1 / Math.sqrt(v) : 0
    for (let r = 0; r < x.rows; r++) scaled.set(r, k, scaled.get(r, k) * root)
  })
  return scaled.mmul(vectors.transpose())
}

/**
 * Ordinary least squares with the bias-reduced cluster-robust covariance CR2 and, for every coefficient, the degrees of freedom of Bell &
 * McCaffrey (2002) under independent errors (Imbens & Kolesár 2016; Pustejovsky & Tipton 2017): (Σ p_g'p_g)² / ΣΣ (p_g'p_h)² with
 * p_g = (I − H)_g' A_g X_g (X'X)⁻¹ c. A coefficient that few clusters carry has few, however many clusters there are.
 * Problems: empty; too-few (fewer than two clusters, or not more rows than columns); singular.
 */
export function robustRegression(rows: readonly ClusteredRow[]): Outcome<RobustFit> {
  const n = rows.length
  const k = rows[0]?.x.length ?? 0
  if (!n || !k) return problem('empty', 'There is nothing to regress.')
  const groups = new Map<string, ClusteredRow[]>()
  for (const r of rows) {
    const own = groups.get(r.cluster)
    if (own) own.push(r)
    else groups.set(r.cluster, [r])
  }
  if (groups.size < 2 || n <= k) return problem('too-few', `${n} observations in ${groups.size} clusters do not carry ${k} coefficients.`)
  const X = new Matrix(rows.map((r) => [...r.x]))
  const factor = new CholeskyDecomposition(X.transpose().mmul(X))
  if (!factor.isPositiveDefinite() || Math.min(...factor.lowerTriangularMatrix.diagonal()) < 1e-6)
    return problem('singular', 'The columns of the design depend on each other.')
  const bread = factor.solve(Matrix.eye(k))
  const beta = bread.mmul(X.transpose().mmul(Matrix.columnVector(rows.map((r) => r.y))))
  // For each cluster: the score A_g e_g brings, and what every coefficient's u_g = A_g X_g (X'X)⁻¹ c needs of it.
  const scores: Matrix[] = []
  const crossed: Matrix[] = []
  const squares: Float64Array[] = []
  for (const own of groups.values()) {
    const x = new Matrix(own.map((r) => [...r.x]))
    const e = Matrix.columnVector(own.map((r) => r.y)).sub(x.mmul(beta))
    const turned = adjustment(x, bread).mmul(x).mmul(bread)
    scores.push(turned.transpose().mmul(e))
    crossed.push(x.transpose().mmul(turned))
    squares.push(Float64Array.from({ length: k }, (_, c) => turned.getColumn(c).reduce((s, v) => s + v * v, 0)))
  }
  const errors = Array.from({ length: k }, (_, c): KnownError => {
    const variance = scores.reduce((s, score) => s + score.get(c, 0) ** 2, 0)
    const z = crossed.map((m) => m.getColumnVector(c))
    const moved = z.map((v) => bread.mmul(v).to1DArray())
    let [trace, doubt] = [0, 0]
    for (let g = 0; g < z.length; g++) {
      const own = z[g]!.to1DArray()
      for (let h = g; h < z.length; h++) {
        const product = (g === h ? squares[g]![c]! : 0) - own.reduce((s, v, at) => s + v * moved[h]![at]!, 0)
        if (g === h) trace += product
        doubt += (g === h ? 1 : 2) * product ** 2
      }
    }
    return { se: Math.sqrt(variance), df: doubt > 0 ? trace ** 2 / doubt : 1 }
  })
  return value({ beta: beta.to1DArray(), errors, n, clusters: groups.size })
}
