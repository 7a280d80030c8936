import { scoreRoots, type Ability } from '@/lib/psychometrics/abilities'
import { decision, Z80, type Decision } from '@/lib/psychometrics/classification'
import { expectedShare, invertRising } from '@/lib/psychometrics/information'
import { expectedScore, type ItemParameters } from '@/lib/psychometrics/parameters'
import { personFit } from '@/lib/psychometrics/person-fit'
import { recode } from '@/lib/psychometrics/preparation'
import type { Responses } from '@/lib/psychometrics/responses'
import { SCALE_CUT, SCALE_SD } from './model'

/** An item of a calibration: parameters and the original values of its categories. */
export type CalibratedItem = ItemParameters & { codes: number[] }

/** θ → points: 500 at the cut, 100 points per `sigma`. */
export type Transformation = { thetaCut: number; sigma: number }

export type Measure = {
  theta: number
  se: number
  scale: number
  scaleSe: number
  /** Expected share of full credit on the reference items, in percent, with the 80 % range of θ pushed through the same curve. */
  mastery: number
  masteryLow: number
  masteryHigh: number
  items: number
  fit: number | null
}

export const pointsOf = (theta: number, t: Transformation): number => SCALE_CUT + (SCALE_SD * (theta - t.thetaCut)) / t.sigma

/**
 * WLE with its error for every row of scored categories; null for a row without answers to calibrated items. Mastery is told
 * on the `reference` items: those of the first wave, so that a percent means the same content in every cycle.
 */
export function measureRows(
  data: Responses,
  items: readonly CalibratedItem[],
  t: Transformation,
  reference: readonly CalibratedItem[] = items,
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
  return abilities.map((a, i) => {
    if (a.theta === null || a.se === null) return null
    const row = recoded.value.cells.subarray(i * items.length, (i + 1) * items.length)
    return {
      theta: a.theta,
      se: a.se,
      scale: pointsOf(a.theta, t),
      scaleSe: (SCALE_SD * a.se) / t.sigma,
      mastery: 100 * expectedShare(reference, a.theta),
      masteryLow: 100 * expectedShare(reference, a.theta - Z80 * a.se),
      masteryHigh: 100 * expectedShare(reference, a.theta + Z80 * a.se),
      items: row.reduce((n, x) => n + (x >= 0 ? 1 : 0), 0),
      fit: fit[i]!.lzStar,
    }
  })
}

/** θ at which the expected share of full credit is `share` (0–1); null when the items never give it. */
export const thetaAtShare = (items: readonly CalibratedItem[], share: number): number | null =>
  invertRising((theta) => expectedShare(items, theta), share)

/** Standard error of the cut on θ from that of the share, through the slope of the curve at the cut. */
export function thetaErrorOfShare(items: readonly CalibratedItem[], theta: number, se: number): number | null {
  const h = 1e-4
  const slope =
    items.reduce((s, i) => s + (expectedScore(i, theta + h) - expectedScore(i, theta - h)) / (i.categories - 1), 0) / (2 * h * items.length)
  return slope > 0 ? se / slope : null
}

/** What may be said of one measure against 500: chance that the true score reaches it, 80 % range, and the state in words. */
export function judge(scale: number, scaleSe: number): Decision {
  const found = decision(scale, scaleSe, SCALE_CUT)
  if (!found.ok) throw new Error(found.problem.detail)
  return found.value
}
