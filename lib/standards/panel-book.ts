import { scoringItems } from '@/lib/instruments/inside'
import { leadingCalibration } from '@/lib/calibration/inside'
import { thetaAtShare, thetaErrorOfShare } from '@/lib/calibration/calibrated-item'
import { calibratedItems } from '@/lib/calibration/items-in-force'
import * as pure from './panel'
import type { PanelRow } from './panel-store'

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
  if (!result || !calibration?.converged) return result
  const calibrated = await calibratedItems(calibration.id)
  const theta = thetaAtShare(calibrated, result.share)
  return {
    ...result,
    judges: result.judges.map((j) => ({ ...j, theta: thetaAtShare(calibrated, j.share) })),
    theta,
    thetaSe: theta === null ? null : thetaErrorOfShare(calibrated, theta, result.se),
  }
}
