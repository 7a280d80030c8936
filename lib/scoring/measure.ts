import { scoreRoots, type Ability } from '@/lib/psychometrics/abilities'
import { decision, Z80, type Decision } from '@/lib/psychometrics/classification'
import { expectedShare } from '@/lib/psychometrics/information'
import { personFit } from '@/lib/psychometrics/person-fit'
import { recode } from '@/lib/psychometrics/preparation'
import type { Responses } from '@/lib/psychometrics/responses'
import type { CalibratedItem } from '@/lib/calibration/calibrated-item'
import { SCALE_CUT, SCALE_SD } from './model'

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

/** What may be said of one measure against 500: chance that the true score reaches it, 80 % range, and the state in words. */
export function judge(scale: number, scaleSe: number): Decision {
  const found = decision(scale, scaleSe, SCALE_CUT)
  if (!found.ok) throw new Error(found.problem.detail)
  return found.value
}
