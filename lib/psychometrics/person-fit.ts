import { curve, type ItemParameters } from './parameters'
import { MISSING, type Responses } from './responses'

/** How θ was estimated: it decides the correction term of lz*. */
export type FitEstimator = 'wle' | 'ml' | 'map'

/** Both about standard normal for a person who follows the model; large negative = aberrant. Null where nothing can be said. */
export type PersonFit = { lz: number | null; lzStar: number | null }

/**
 * Person fit by the standardised log-likelihood of the answered items.
 *
 * lz (Drasgow, Levine & Williams 1985): (ΣlnP(x) − E) / √Var at θ̂. Its spread is below 1, because θ̂ was fitted to the answers.
 *
 * lz* (Snijders 2001; polytomous: Sinharay 2016): with w = ln P_k and r = P′_k/P_k, the weights are made orthogonal to the score
 * function, w̃ = w − c·r, c = ΣΣ P′w / ΣΣ P′r, and lz* = (ΣlnP(x) − E + c·r₀) / √Σ Var(w̃). r₀ is what the estimator adds to the
 * likelihood equation: 0 (ML), ΣΣP′P″/P / 2I (WLE, Warm 1989), −(θ̂ − mean)/sd² (MAP).
 *
 * @param items parameters by id; a column without parameters is left out.
 * @param thetas one estimate a person, null = no person fit. Infinite estimates (ML of all right) give null.
 * @param prior mean and SD of the normal prior of the MAP, in θ units; unused otherwise.
 */
export function personFit(
  data: Responses,
  items: readonly ItemParameters[],
  thetas: readonly (number | null)[],
  estimator: FitEstimator = 'wle',
  prior: { mean: number; sd: number } = { mean: 0, sd: 1 },
): PersonFit[] {
  const columns = data.ids.map((id) => items.find((item) => item.id === id) ?? null)
  return Array.from({ length: data.persons }, (_, i) => {
    const theta = thetas[i] ?? null
    if (theta === null || !Number.isFinite(theta)) return { lz: null, lzStar: null }
    const sums = { excess: 0, variance: 0, information: 0, bias: 0, mixed: 0, square: 0 }
    columns.forEach((item, j) => {
      const x = data.cells[i * data.items + j]!
      if (item && x !== MISSING && x < item.categories) accumulate(sums, item, theta, x)
    })
    return standardise(sums, correction(sums, theta, estimator, prior))
  })
}

/** Sums over the answered items: ΣlnP(x) − E, its variance, I, ΣP′P″/P, ΣP′lnP, and ΣP·ln²P (the size rounding is judged by). */
type Sums = { excess: number; variance: number; information: number; bias: number; mixed: number; square: number }

function accumulate(sums: Sums, item: ItemParameters, theta: number, x: number): void {
  const { p, d1, d2 } = curve(item, theta)
  const logs = p.map((v) => Math.log(Math.max(v, 1e-300)))
  const mean = p.reduce((s, v, k) => s + v * logs[k]!, 0)
  sums.excess += logs[x]! - mean
  p.forEach((v, k) => {
    sums.variance += v * (logs[k]! - mean) ** 2
    sums.square += v * logs[k]! ** 2
    sums.mixed += d1[k]! * logs[k]!
    if (v < 1e-300) return
    sums.information += d1[k]! ** 2 / v
    sums.bias += (d1[k]! * d2[k]!) / v
  })
}

function correction(sums: Sums, theta: number, estimator: FitEstimator, prior: { mean: number; sd: number }): number {
  if (estimator === 'wle') return sums.information > 0 ? sums.bias / (2 * sums.information) : 0
  return estimator === 'map' ? -(theta - prior.mean) / prior.sd ** 2 : 0
}

function standardise(sums: Sums, r0: number): PersonFit {
  const floor = 1e-10 * sums.square
  const lz = sums.variance > floor ? sums.excess / Math.sqrt(sums.variance) : null
  if (!(sums.information > 0)) return { lz, lzStar: null }
  const c = sums.mixed / sums.information
  // Var(w − c·r) = Var(w) − c·Cov(w, r), as c is the regression weight of w on r.
  const variance = sums.variance - c * sums.mixed
  return { lz, lzStar: variance > floor ? (sums.excess + c * r0) / Math.sqrt(variance) : null }
}
