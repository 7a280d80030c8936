import type { Posterior } from './posterior'

/** Change of one person between two scores with errors, under the population of those who were measured twice. */

/** Two scores of one person on a linked scale with their standard errors, in one unit. */
export type Twice = { before: number; seBefore: number; after: number; seAfter: number }

/** True first and second scores of the people: means, deviations and their correlation. `n`: from how many people. */
export type TwiceLatent = { before: number; after: number; sdBefore: number; sdAfter: number; correlation: number; n: number }

type Two = readonly [number, number, number]

/** Inverse of a symmetric 2 × 2 matrix [a, b; b, c]. */
function inverse([a, b, c]: Two): Two {
  const det = a * c - b * b
  return [c / det, -b / det, a / det]
}

/** Posterior mean and covariance of the true pair. */
function placed(x: Twice, mu: readonly [number, number], precision: Two) {
  const [p1, p2] = [1 / x.seBefore ** 2, 1 / x.seAfter ** 2]
  const v = inverse([precision[0] + p1, precision[1], precision[2] + p2])
  const [h1, h2] = [precision[0] * mu[0] + precision[1] * mu[1] + p1 * x.before, precision[1] * mu[0] + precision[2] * mu[1] + p2 * x.after]
  return { m1: v[0] * h1 + v[1] * h2, m2: v[1] * h1 + v[2] * h2, v }
}

const CYCLES = 300

/**
 * Bivariate normal population of the true scores, errors of each person known (EM; Dempster, Laird & Rubin 1977). With `shape` only the
 * means are estimated: spreads and correlation of a larger group stand for those of a few. Needs at least one pair.
 */
export function latentOfPairs(pairs: readonly Twice[], shape?: TwiceLatent): TwiceLatent {
  const n = pairs.length
  const mean = (f: (p: Twice) => number) => pairs.reduce((s, p) => s + f(p), 0) / n
  let mu: [number, number] = [mean((p) => p.before), mean((p) => p.after)]
  const spread = (f: (p: Twice) => number, m: number, e: (p: Twice) => number) =>
    Math.max(mean((p) => (f(p) - m) ** 2) - mean((p) => e(p) ** 2), 0.2 * mean((p) => (f(p) - m) ** 2), 1)
  let sigma: [number, number, number] = [
    spread(
      (p) => p.before,
      mu[0],
      (p) => p.seBefore,
    ),
    0,
    spread(
      (p) => p.after,
      mu[1],
      (p) => p.seAfter,
    ),
  ]
  sigma[1] = 0.8 * Math.sqrt(sigma[0] * sigma[2])
  if (shape) sigma = [shape.sdBefore ** 2, shape.correlation * shape.sdBefore * shape.sdAfter, shape.sdAfter ** 2]
  for (let cycle = 0; cycle < CYCLES; cycle++) {
    const precision = inverse(sigma)
    let [s1, s2, q11, q12, q22] = [0, 0, 0, 0, 0]
    for (const p of pairs) {
      const { m1, m2, v } = placed(p, mu, precision)
      s1 += m1
      s2 += m2
      q11 += v[0] + m1 * m1
      q12 += v[1] + m1 * m2
      q22 += v[2] + m2 * m2
    }
    const next: [number, number] = [s1 / n, s2 / n]
    const moved = Math.max(
      Math.abs(next[0] - mu[0]),
      Math.abs(next[1] - mu[1]),
      shape ? 0 : Math.abs(q11 / n - next[0] ** 2 - sigma[0]) / 100,
    )
    mu = next
    if (!shape) {
      sigma = [q11 / n - mu[0] ** 2, q12 / n - mu[0] * mu[1], q22 / n - mu[1] ** 2]
      // A correlation of one would leave no room for any change.
      const most = 0.995 * Math.sqrt(sigma[0] * sigma[2])
      sigma[1] = Math.min(sigma[1], most)
    }
    if (moved < 0.01) break
  }
  const [sdBefore, sdAfter] = [Math.sqrt(sigma[0]), Math.sqrt(sigma[2])]
  return { before: mu[0], after: mu[1], sdBefore, sdAfter, correlation: sigma[1] / (sdBefore * sdAfter), n }
}

/**
 * Posterior of the true change of one person (Maassen 2000, J. Clin. Exp. Neuropsychol. 22, 622–632, with the population's own change):
 * both scores, both errors, the people who were measured twice, and the error of the link, which moves all changes alike.
 */
export function changePosterior(x: Twice, latent: TwiceLatent, linkError: number): Posterior {
  const covariance = latent.correlation * latent.sdBefore * latent.sdAfter
  const precision = inverse([latent.sdBefore ** 2, covariance, latent.sdAfter ** 2])
  const { m1, m2, v } = placed(x, [latent.before, latent.after], precision)
  const own = Math.max(v[0] + v[2] - 2 * v[1], 0)
  const spread = Math.max(latent.sdBefore ** 2 + latent.sdAfter ** 2 - 2 * covariance, 0)
  return { mean: m2 - m1, sd: Math.sqrt(own + spread / Math.max(latent.n, 1) + linkError ** 2) }
}
