import { scoringItems } from '@/lib/instruments/inside'
import { leadingCalibration } from '@/lib/calibration/inside'
import { thetaAtShare, thetaErrorOfShare, type CalibratedItem } from '@/lib/calibration/calibrated-item'
import { calibratedItems } from '@/lib/calibration/items-in-force'
import * as pure from './panel'
import type { PanelRow } from './panel-store'
import { placedOn } from './placed'

/** The ordered item book of a form in one calibration: only items that are in both. */
export async function bookFor(calibrationId: string, formId: string) {
  const [calibrated, items] = await Promise.all([calibratedItems(calibrationId), scoringItems(formId)])
  const inForm = new Set(items.map((i) => i.itemVersionId))
  const usable = calibrated.filter((i) => inForm.has(i.id))
  const { pages } = pure.bookOf(usable)
  return { pages, items: calibrated, missing: items.length - new Set(pages.map((p) => p.id)).size }
}

/** The cut that the panel's judgements give after a round, with θ on the leading calibration where there is one. */
export async function panelResult(
  panel: PanelRow,
  judgeIds: string[],
  judgements: pure.Judgement[],
  round: 1 | 2,
): Promise<pure.PanelResult | null> {
  if (panel.method === 'bookmark') {
    const book = await bookFor(panel.calibrationId!, panel.formId)
    return pure.bookmarkPanel(judgeIds, book.pages, book.items, judgements, round)
  }
  const items = await scoringItems(panel.formId)
  const ids = items.map((i) => i.itemVersionId)
  const result = pure.angoffPanel(judgeIds, ids, judgements, round)
  const calibration = result && (await leadingCalibration(panel.instrumentId))
  return result && calibration?.converged ? placedOn(result, await calibratedItems(calibration.id)) : result
}

/**
 * The cut of a panel on the items of a calibration: θ at which they give the decided share, always over the items that the panel judged, and
 * its error. Null where that cannot be: fewer than half of the judged items are calibrated, or the share is out of their reach.
 */
export async function cutOfPanel(
  panel: PanelRow,
  judgeIds: string[],
  judgements: pure.Judgement[],
  decided: { share: number; recommended: number },
  items: readonly CalibratedItem[],
): Promise<{ theta: number; error: number } | null> {
  if (panel.method === 'bookmark') {
    const book = await bookFor(panel.calibrationId!, panel.formId)
    const result = pure.bookmarkPanel(judgeIds, book.pages, book.items, judgements, 2)
    const judged = new Set(book.items.map((i) => i.id))
    const rated = items.filter((i) => judged.has(i.id))
    const theta = 2 * rated.length >= judged.size ? thetaAtShare(rated, decided.share) : null
    const error = theta === null || !result ? null : thetaErrorOfShare(rated, theta, result.se)
    return theta === null || error === null ? null : { theta, error }
  }
  const ids = (await scoringItems(panel.formId)).map((i) => i.itemVersionId)
  const result = pure.angoffPanel(judgeIds, ids, judgements, 2)
  const placed = result && placedOn({ ...result, itemMeans: shifted(result.itemMeans, decided.share - decided.recommended) }, items)
  return placed && placed.theta !== null && placed.thetaSe !== null ? { theta: placed.theta, error: placed.thetaSe } : null
}

/** Every item's rating moved by what the authority added to the panel's share. */
const shifted = (means: pure.PanelResult['itemMeans'], by: number) => means.map((m) => ({ ...m, mean: m.mean + by }))
