import { expectedShare, invertRising } from '@/lib/psychometrics/information'
import { expectedScore, type ItemParameters } from '@/lib/psychometrics/parameters'

/** An item of a calibration: parameters and the original values of its categories. */
export type CalibratedItem = ItemParameters & { codes: number[] }

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
