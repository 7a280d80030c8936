import type { KnownError } from './link-error'
import { chanceBelow, type Posterior } from './posterior'

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

/** Deviations of single true gains that are thought possible, points of 100 a deviation: eight times apart from lowest to highest. */
const GAIN_SPREADS = [8, 12, 18, 26, 38, 55, 80]
/** Nobody keeps the order of everybody: a correlation of one would leave no room for any change. */
const HIGHEST = 0.995

/**
 * What is known of the people behind single changes: how much their true gains may differ, each possibility with its weight, and the error
 * that two short tests leave of their mean gain.
 */
export type GainPopulation = { spreads: { latent: TwiceLatent; weight: number }[]; meanError: number }

/**
 * The population of single changes from the people measured twice and the true deviations of both tests (from the calibrations, since the
 * errors of single scores say too much at the ends of the scale). True gains vary by what the observed differences vary beyond error,
 * s² − Σ(observed − true variance); that is known to s²√(2/n) and hardly tells a small spread from none, so every spread on a grid keeps
 * the weight that the data leave it. Points; needs two pairs.
 */
export function gainPopulation(pairs: readonly Twice[], sd: { before: number; after: number }): GainPopulation {
  const n = pairs.length
  const mean = (f: (p: Twice) => number) => pairs.reduce((s, p) => s + f(p), 0) / n
  const [before, after] = [mean((p) => p.before), mean((p) => p.after)]
  const differences = mean((p) => (p.after - p.before - (after - before)) ** 2)
  const error = mean((p) => (p.before - before) ** 2) - sd.before ** 2 + mean((p) => (p.after - after) ** 2) - sd.after ** 2
  const doubt = differences * Math.sqrt(2 / n)
  const weights = GAIN_SPREADS.map((g) => Math.exp(-0.5 * ((differences - error - g * g) / doubt) ** 2))
  const total = weights.reduce((s, w) => s + w, 0)
  return {
    spreads: GAIN_SPREADS.map((g, k) => {
      const correlation = Math.min(HIGHEST, (sd.before ** 2 + sd.after ** 2 - g * g) / (2 * sd.before * sd.after))
      const weight = total > 0 ? weights[k]! / total : 1 / GAIN_SPREADS.length
      return { latent: { before, after, sdBefore: sd.before, sdAfter: sd.after, correlation, n }, weight }
    }),
    meanError: Math.sqrt(Math.max(0, error) / n),
  }
}

/** A figure by Student's t told by its first two moments: the variance is df/(df − 2) of the normal one; up to 2 df it has none, and three errors stand for one. */
const widened = ({ se, df }: KnownError): number => se * (df > 2 ? Math.sqrt(df / (df - 2)) : 3)

/** Posterior of one person's true change and the chance that it is above 0, over all spreads of the population, the link's error taken in. */
export function gainPosterior(x: Twice, population: GainPopulation, link: KnownError): Posterior & { above: number } {
  const shared = Math.hypot(widened(link), population.meanError)
  let [mean, square, above] = [0, 0, 0]
  for (const { latent, weight } of population.spreads) {
    const p = changePosterior(x, latent, shared)
    mean += weight * p.mean
    square += weight * (p.sd ** 2 + p.mean ** 2)
    above += weight * (1 - chanceBelow(p, 0))
  }
  return { mean, sd: Math.sqrt(Math.max(square - mean ** 2, 0)), above }
}
