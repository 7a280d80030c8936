import { EigenvalueDecomposition, Matrix } from 'ml-matrix'
import { fQuantile } from './distributions'
import { problem, value, type Outcome } from './problem'

/** Feldt (1965) interval of alpha for n persons and k items: 1 − (1 − α)·F. Problem below two persons or items. */
export function feldtInterval(alpha: number, n: number, k: number, confidence = 0.95): Outcome<{ low: number; high: number }> {
  if (n < 2 || k < 2) return problem('too-few', 'The interval of alpha needs two persons and two items.')
  const tail = (1 - confidence) / 2
  const [df1, df2] = [n - 1, (n - 1) * (k - 1)]
  return value({ low: 1 - (1 - alpha) * fQuantile(1 - tail, df1, df2), high: 1 - (1 - alpha) * fQuantile(tail, df1, df2) })
}

/** Kuder–Richardson 20 from the shares correct and the variance (n − 1) of the sum, n persons: alpha of binary items. */
export function kr20(p: readonly number[], variance: number, n: number): Outcome<number> {
  const k = p.length
  if (k < 2 || n < 2) return problem('too-few', 'KR-20 needs two items and two persons.')
  if (!(variance > 0)) return problem('constant', 'The total score does not vary.')
  const within = p.reduce((s, v) => s + v * (1 - v), 0) * (n / (n - 1))
  return value((k / (k - 1)) * (1 - within / variance))
}

/** Kuder–Richardson 21 from the mean and variance (n − 1) of the sum of k binary items. */
export function kr21(k: number, mean: number, variance: number): Outcome<number> {
  if (k < 2) return problem('too-few', 'KR-21 needs two items or more.')
  if (!(variance > 0)) return problem('constant', 'The total score does not vary.')
  return value((k / (k - 1)) * (1 - (mean * (k - mean)) / (k * variance)))
}

/** Lord's (1957) binomial-error standard error of measurement at raw score x of k binary items: √(x(k − x)/(k − 1)). */
export function lordSem(x: number, k: number): Outcome<number> {
  if (k < 2) return problem('too-few', "Lord's SEM needs two items or more.")
  if (!(x >= 0 && x <= k)) return problem('out-of-range', `A raw score of ${x} does not exist on ${k} items.`)
  return value(Math.sqrt((x * (k - x)) / (k - 1)))
}

/**
 * Composite reliability ω (McDonald 1999): (Σλ)²/((Σλ)² + Σψ), loadings of one factor fitted by iterated principal axes
 * (least squares) to the covariance matrix, items × items row by row. Problems: a constant item, fewer than three items.
 */
export function omega(cov: Float64Array, k: number): Outcome<{ omega: number; loadings: number[] }> {
  if (k < 3) return problem('too-few', 'Omega needs three items or more.')
  const sd = Array.from({ length: k }, (_, j) => Math.sqrt(cov[j * k + j]!))
  if (sd.some((s) => !(s > 0))) return problem('constant', 'An item does not vary.')
  const r = Matrix.zeros(k, k)
  for (let a = 0; a < k; a++) for (let b = 0; b < k; b++) r.set(a, b, cov[a * k + b]! / (sd[a]! * sd[b]!))
  let communality = Array.from({ length: k }, (_, a) =>
    Math.max(...Array.from({ length: k }, (_, b) => (a === b ? 0 : Math.abs(r.get(a, b))))),
  )
  let loadings: number[] = []
  for (let round = 0; round < 1000; round++) {
    const reduced = r.clone()
    communality.forEach((h, a) => reduced.set(a, a, h))
    const eigen = new EigenvalueDecomposition(reduced, { assumeSymmetric: true })
    const largest = eigen.realEigenvalues.reduce((best, v, at, list) => (v > list[best]! ? at : best), 0)
    const root = Math.sqrt(Math.max(0, eigen.realEigenvalues[largest]!))
    loadings = eigen.eigenvectorMatrix.getColumn(largest).map((v) => v * root)
    const next = loadings.map((l) => Math.min(1, l * l))
    const change = Math.max(...next.map((h, a) => Math.abs(h - communality[a]!)))
    communality = next
    if (change < 1e-10) break
  }
  if (loadings.reduce((s, l) => s + l, 0) < 0) loadings = loadings.map((l) => -l)
  const common = loadings.reduce((s, l, a) => s + l * sd[a]!, 0) ** 2
  const unique = loadings.reduce((s, l, a) => s + (1 - Math.min(1, l * l)) * sd[a]! ** 2, 0)
  return value({ omega: common / (common + unique), loadings })
}
