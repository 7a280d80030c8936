import { scoreRoots, type Ability } from '@/lib/psychometrics/abilities'
import { Z80 } from '@/lib/psychometrics/classification'
import { expectedShare } from '@/lib/psychometrics/information'
import { posteriors, type Latent, type Posterior } from '@/lib/psychometrics/posterior'
import { personFit } from '@/lib/psychometrics/person-fit'
import { recode } from '@/lib/psychometrics/preparation'
import type { Responses } from '@/lib/psychometrics/responses'
import type { CalibratedItem } from '@/lib/calibration/calibrated-item'
import { SCALE_CUT, SCALE_SD } from './model'

/** θ → points: 500 at the cut, 100 points per `sigma`. `cutError`: standard error of the cut itself, θ; left out where it is taken as known. */
export type Transformation = { thetaCut: number; sigma: number; cutError?: number }

export type Measure = {
  theta: number
  se: number
  scale: number
  scaleSe: number
  /**
   * The person's points as they are known after the test, the population and the error of the cut taken in (points are told from the cut):
   * every chance that a person reads comes from here.
   */
  posteriorMean: number
  posteriorSd: number
  /** Expected share of full credit on the reference items, in percent; low and high are the 80 % range of the posterior on the same curve. */
  mastery: number
  masteryLow: number
  masteryHigh: number
  items: number
  fit: number | null
  /** Points with their error where what was not reached is missing, whatever the rules say of scores: what growth compares. */
  reachedScale: number
  reachedSe: number
  /** Each area against the rest of the test, points: what is known of the person's own profile, difficulty of the items taken in. */
  areas: Record<string, Posterior>
}

export const pointsOf = (theta: number, t: Transformation): number => SCALE_CUT + (SCALE_SD * (theta - t.thetaCut)) / t.sigma

/** The population as the calibration itself defines it: mean 0, one `sigma`; for those of whom no run has found another. */
export const populationOf = (t: Transformation): Latent => ({ mean: 0, sd: t.sigma, meanError: 0, logSdError: 0 })

/**
 * WLE with its error, and the posterior under the population of the row, for every row of scored categories; null for a row without
 * answers to calibrated items. Mastery is told on the `reference` items: those of the first wave, so that a percent means the same
 * content in every cycle.
 */
export function measureRows(
  data: Responses,
  items: readonly CalibratedItem[],
  t: Transformation,
  reference: readonly CalibratedItem[] = items,
  latentOf?: (row: number) => Latent,
): (Measure | null)[] {
  const recoded = recode(data, items, true)
  if (!recoded.ok) throw new Error(recoded.problem.detail)
  const abilities: Ability[] = scoreRoots(recoded.value, items, 'wle')
  const fit = personFit(
    recoded.value,
    [...items],
    abilities.map((a) => a.theta),
    'wle',
  )
  const unit = populationOf(t)
  const known = posteriors(recoded.value, items, latentOf ?? (() => unit))
  return abilities.map((a, i) => {
    if (a.theta === null || a.se === null) return null
    const { mean, sd } = known[i]!
    const row = recoded.value.cells.subarray(i * items.length, (i + 1) * items.length)
    return {
      theta: a.theta,
      se: a.se,
      scale: pointsOf(a.theta, t),
      scaleSe: (SCALE_SD * a.se) / t.sigma,
      reachedScale: pointsOf(a.theta, t),
      reachedSe: (SCALE_SD * a.se) / t.sigma,
      posteriorMean: pointsOf(mean, t),
      posteriorSd: (SCALE_SD * Math.hypot(sd, t.cutError ?? 0)) / t.sigma,
      mastery: 100 * expectedShare(reference, a.theta),
      masteryLow: 100 * expectedShare(reference, mean - Z80 * sd),
      masteryHigh: 100 * expectedShare(reference, mean + Z80 * sd),
      items: row.reduce((n, x) => n + (x >= 0 ? 1 : 0), 0),
      fit: fit[i]!.lzStar,
      areas: {},
    }
  })
}
