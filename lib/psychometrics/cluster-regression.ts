import { CholeskyDecomposition, Matrix } from 'ml-matrix'
import { tQuantile } from './distributions'
import { problem, value, type Outcome } from './problem'

/** One observation: the outcome, its row of the design (with the constant, where one is wanted), and whom it shares its errors with. */
export type ClusteredRow = { y: number; x: readonly number[]; cluster: string }

export type ClusterFit = { beta: number[]; covariance: number[][]; n: number; clusters: number; df: number }

/**
 * Ordinary least squares with the cluster-robust covariance CR1 (Liang & Zeger 1986; factor G/(G−1)·(n−1)/(n−k)); df = G − 1.
 * Teachers of one school resemble each other, so their errors are taken together. Problems: empty; too-few (fewer than two
 * clusters, or not more rows than columns); singular (a column is a sum of others, or constant at 0).
 */
export function clusterRegression(rows: readonly ClusteredRow[]): Outcome<ClusterFit> {
  const n = rows.length
  const k = rows[0]?.x.length ?? 0
  if (!n || !k) return problem('empty', 'There is nothing to regress.')
  const G = new Set(rows.map((r) => r.cluster)).size
  if (G < 2 || n <= k) return problem('too-few', `${n} observations in ${G} clusters do not carry ${k} coefficients.`)
  const cross = Matrix.zeros(k, k)
  const right = Matrix.zeros(k, 1)
  for (const { x, y } of rows)
    for (let a = 0; a < k; a++) {
      if (x[a] === 0) continue
      right.set(a, 0, right.get(a, 0) + x[a]! * y)
      for (let b = 0; b < k; b++) cross.set(a, b, cross.get(a, b) + x[a]! * x[b]!)
    }
  const factor = new CholeskyDecomposition(cross)
  if (!factor.isPositiveDefinite()) return problem('singular', 'The columns of the design depend on each other.')
  const beta = factor.solve(right).to1DArray()
  const sums = new Map<string, Float64Array>()
  for (const { x, y, cluster } of rows) {
    let e = y
    for (let a = 0; a < k; a++) e -= x[a]! * beta[a]!
    const sum = sums.get(cluster) ?? new Float64Array(k)
    for (let a = 0; a < k; a++) sum[a]! += x[a]! * e
    sums.set(cluster, sum)
  }
  const meat = Matrix.zeros(k, k)
  for (const s of sums.values()) for (let a = 0; a < k; a++) for (let b = 0; b < k; b++) meat.set(a, b, meat.get(a, b) + s[a]! * s[b]!)
  const bread = factor.solve(Matrix.eye(k))
  const scale = (G / (G - 1)) * ((n - 1) / (n - k))
  return value({ beta, covariance: bread.mmul(meat).mmul(bread).mul(scale).to2DArray(), n, clusters: G, df: G - 1 })
}

/** A figure with its standard error and 95 % interval, by Student's t. */
export type Estimate = { value: number; se: number; low: number; high: number; df: number }

export function estimate(figure: number, se: number, df: number): Estimate {
  const reach = tQuantile(0.975, df) * se
  return { value: figure, se, low: figure - reach, high: figure + reach, df }
}
