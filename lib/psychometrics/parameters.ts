import { logistic } from './distributions'

/**
 * Item response models, in slope–intercept form with scaling constant D = 1 (θ in logits of a unit slope).
 * - rasch, 2pl: logit P(1) = aθ + d, b = −d/a (rasch: a = 1).
 * - 3pl: P(1) = c + (1 − c)·logistic(aθ + d).
 * - pcm, gpcm: P(k) ∝ exp(k·a·θ + d_k), d_0 = 0, d_k = −a·Σ_{v≤k} b_v (pcm: a = 1). Muraki 1992.
 * - grm: logit P(X ≥ k) = aθ + d_k = a(θ − b_k). Samejima 1969.
 */
export const itemModels = ['rasch', '2pl', '3pl', 'pcm', 'gpcm', 'grm'] as const
export type ItemModel = (typeof itemModels)[number]

/** Parameters of one item. `d` holds d_1 … d_m, m = categories − 1; `c` is 0 outside the 3PL. */
export type ItemParameters = { id: string; model: ItemModel; categories: number; a: number; d: number[]; c: number }

/** Models whose slope is fixed at 1 (the latent variance is free instead). */
export const hasUnitSlope = (model: ItemModel): boolean => model === 'rasch' || model === 'pcm'

/** Models that hold more than two categories. */
export const isPolytomous = (model: ItemModel): boolean => model === 'pcm' || model === 'gpcm' || model === 'grm'

/** Locations b_1 … b_m on the θ scale: −d/a, for (G)PCM the steps (d_{k−1} − d_k)/a. Not finite where a = 0. */
export function locations(item: ItemParameters): number[] {
  if (item.model === 'pcm' || item.model === 'gpcm') return item.d.map((d, k) => ((k === 0 ? 0 : item.d[k - 1]!) - d) / item.a)
  return item.d.map((d) => -d / item.a)
}

/** Intercepts d_1 … d_m from locations, the inverse of `locations`. */
export function intercepts(model: ItemModel, a: number, b: readonly number[]): number[] {
  if (model !== 'pcm' && model !== 'gpcm') return b.map((v) => -a * v)
  let sum = 0
  return b.map((v) => (sum -= a * v))
}

/** P(X = 0) … P(X = m) at θ; sums to 1. */
export function probabilities(item: ItemParameters, theta: number): number[] {
  const { a, d, c } = item
  if (item.model === 'grm') return gradedProbabilities(item, theta)
  if (item.model === 'pcm' || item.model === 'gpcm') {
    const out = new Array<number>(d.length + 1)
    creditProbabilities(a, d, theta, out)
    return out
  }
  const z = a * theta + d[0]!
  return [(1 - c) * logistic(-z), c + (1 - c) * logistic(z)]
}

/** P(k) of a (generalised) partial credit item at θ into `out`, of which d.length + 1 places are written: measuring asks millions of times. */
export function creditProbabilities(a: number, d: readonly number[], theta: number, out: number[] | Float64Array): void {
  const m = d.length
  let top = (out[0] = 0)
  for (let k = 1; k <= m; k++) {
    const z = k * a * theta + d[k - 1]!
    out[k] = z
    if (z > top) top = z
  }
  let sum = 0
  for (let k = 0; k <= m; k++) sum += out[k] = Math.exp(out[k]! - top)
  for (let k = 0; k <= m; k++) out[k]! /= sum
}

function gradedProbabilities({ a, d }: ItemParameters, theta: number): number[] {
  const z = d.map((v) => a * theta + v)
  const out = [logistic(-z[0]!)]
  // Differences of neighbours, taken on the side of the curve where no digits cancel.
  for (let k = 1; k < d.length; k++) {
    const [lower, upper] = [z[k - 1]!, z[k]!]
    out.push(lower + upper > 0 ? logistic(-upper) - logistic(-lower) : logistic(lower) - logistic(upper))
  }
  out.push(logistic(z[d.length - 1]!))
  return out
}

/** Probabilities with their first and second derivatives with respect to θ, one value a category. */
export type Curve = { p: number[]; d1: number[]; d2: number[] }

/** Category curves of an item at θ. Derivatives are analytic. */
export function curve(item: ItemParameters, theta: number): Curve {
  const { a, d, c } = item
  const p = probabilities(item, theta)
  if (item.model === 'pcm' || item.model === 'gpcm') {
    let mean = 0
    let square = 0
    p.forEach((v, k) => {
      mean += k * v
      square += k * k * v
    })
    const variance = square - mean * mean
    return {
      p,
      d1: p.map((v, k) => a * v * (k - mean)),
      d2: p.map((v, k) => a * a * v * ((k - mean) ** 2 - variance)),
    }
  }
  // Binary and graded models are differences of logistic curves.
  const slope = d.map((v) => {
    const s = logistic(a * theta + v)
    return (1 - c) * a * s * (1 - s)
  })
  const bend = d.map((v) => {
    const s = logistic(a * theta + v)
    return (1 - c) * a * a * s * (1 - s) * (1 - 2 * s)
  })
  const difference = (f: number[]) => p.map((_, k) => (k === 0 ? 0 : f[k - 1]!) - (k === d.length ? 0 : f[k]!))
  return { p, d1: difference(slope), d2: difference(bend) }
}

/** Expected score Σ k·P(k) at θ, in category points (0 … m). */
export function expectedScore(item: ItemParameters, theta: number): number {
  const p = probabilities(item, theta)
  let sum = 0
  for (let k = 1; k < p.length; k++) sum += k * p[k]!
  return sum
}

/** Fisher information Σ P′²/P of one item at θ (Samejima 1969); never negative. */
export function itemInformation(item: ItemParameters, theta: number): number {
  const { p, d1 } = curve(item, theta)
  return p.reduce((sum, v, k) => sum + (v > 0 ? (d1[k]! * d1[k]!) / v : 0), 0)
}
