import type { Ability } from './abilities'
import type { Quadrature } from './nodes'
import { expectedScore, itemInformation, probabilities, type ItemParameters } from './parameters'
import { problem, value, type Outcome } from './problem'

/** Test information at θ: the sum of the items' Fisher information. */
export const testInformation = (items: readonly ItemParameters[], theta: number): number =>
  items.reduce((sum, item) => sum + itemInformation(item, theta), 0)

/** Test characteristic curve: the expected sum score at θ, in category points. */
export const testCharacteristic = (items: readonly ItemParameters[], theta: number): number =>
  items.reduce((sum, item) => sum + expectedScore(item, theta), 0)

/**
 * Expected share of full credit at θ, 0–1, every item weighing one point whatever its number of categories:
 * the "persentase penguasaan" of a fixed reference set.
 */
export const expectedShare = (items: readonly ItemParameters[], theta: number): number =>
  items.reduce((sum, item) => sum + expectedScore(item, theta) / (item.categories - 1), 0) / items.length

/** Conditional standard error of measurement of the sum score at θ: √ΣVar(X_j | θ). */
export function conditionalSem(items: readonly ItemParameters[], theta: number): number {
  return Math.sqrt(
    items.reduce((sum, item) => {
      const p = probabilities(item, theta)
      const mean = p.reduce((s, v, k) => s + k * v, 0)
      return sum + p.reduce((s, v, k) => s + v * (k - mean) ** 2, 0)
    }, 0),
  )
}

/** Marginal reliability ∫ I(θ)/(I(θ) + 1/σ²) over the latent distribution with variance σ² (Green et al. 1984). */
export function marginalReliability(items: readonly ItemParameters[], quadrature: Quadrature, variance: number): number {
  return quadrature.nodes.reduce((sum, theta, q) => {
    const information = testInformation(items, theta) * variance
    return sum + (quadrature.weights[q]! * information) / (information + 1)
  }, 0)
}

/**
 * Reliability of a set of estimates from their own errors. EAP: var/(var + mean SE²), its variance being short of the
 * errors; WLE, ML: 1 − mean SE²/var (Adams 2005), not below 0. Persons without a score are left out.
 */
export function empiricalReliability(scores: readonly Ability[], estimator: 'eap' | 'wle'): Outcome<number> {
  const usable = scores.filter((s): s is { theta: number; se: number } => s.theta !== null && s.se !== null)
  if (usable.length < 2) return problem('too-few', 'Reliability needs two scores or more.')
  const mean = usable.reduce((s, v) => s + v.theta, 0) / usable.length
  const variance = usable.reduce((s, v) => s + (v.theta - mean) ** 2, 0) / (usable.length - 1)
  const error = usable.reduce((s, v) => s + v.se * v.se, 0) / usable.length
  if (!(variance > 0)) return problem('constant', 'All scores are alike.')
  return value(estimator === 'eap' ? variance / (variance + error) : Math.max(0, 1 - error / variance))
}

/** θ at which a rising function reaches `target`, by bisection on [−12, 12]; null when it never does. */
export function invertRising(f: (theta: number) => number, target: number): number | null {
  let [low, high] = [-12, 12]
  if (f(low) > target || f(high) < target) return null
  while (high - low > 1e-12) {
    const middle = (low + high) / 2
    if (middle === low || middle === high) break
    if (f(middle) < target) low = middle
    else high = middle
  }
  return (low + high) / 2
}
