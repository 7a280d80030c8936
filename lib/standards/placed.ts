import { itemErrorAt, wholeError } from '@/lib/psychometrics/panel-error'
import { thetaAtShare, thetaErrorOfShare, type CalibratedItem } from '@/lib/calibration/calibrated-item'
import type { PanelResult } from './panel'

/** Fewer than this share of the judged items on a calibration do not carry its cut. */
const CARRIED_FROM = 0.5

/**
 * A panel's ratings on calibrated items. Inverted over the very items that were rated, never over others of the instrument: a form that is
 * easier or harder than the rest would move the cut by the difference. Rated items that are not calibrated are left out with their ratings.
 * The items' part of the error is then how far ratings miss what these items are for whoever stands at the cut. Pure.
 */
export function placedOn(result: PanelResult, items: readonly CalibratedItem[]): PanelResult {
  const known = new Map(items.map((i) => [i.id, i]))
  const rated = result.itemMeans.flatMap(({ id, mean }) => {
    const item = known.get(id)
    return item ? [{ item, mean }] : []
  })
  if (rated.length === 0 || rated.length < CARRIED_FROM * result.itemMeans.length) return result
  const own = rated.map((r) => r.item)
  const mean = rated.reduce((s, r) => s + r.mean, 0) / rated.length
  // Judges' cuts are kept over all items they rated; on the calibrated ones they stand as far from each other.
  const off = mean - result.share
  const theta = thetaAtShare(own, mean)
  const judges = result.judges.map((j) => ({ ...j, theta: thetaAtShare(own, j.share + off) }))
  if (theta === null) return { ...result, judges }
  const error = { ...result.error, items: itemErrorAt(rated, theta) }
  const se = wholeError(error)
  return { ...result, judges, se, error, theta, thetaSe: thetaErrorOfShare(own, theta, se) }
}
