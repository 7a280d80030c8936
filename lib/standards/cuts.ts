import { inTransaction } from '@/lib/platform/db'
import { takeTurn } from '@/lib/platform/turn-store'
import { thetaAtShare, type CalibratedItem } from '@/lib/calibration/calibrated-item'
import * as store from './cut-store'
import { cutOfPanel } from './panel-book'
import { judgementsOf, judgesOf, panelById } from './panel-store'
import { competentShare } from './rules-model'
import { currentRules } from './rules-store'

/**
 * The cut in force for an instrument: the authority's decision, or a provisional one at the shipped share of full credit
 * until a panel has worked. The provisional cut is written once, and every screen that uses it says so.
 */
export async function cutInForce(instrumentId: string, now: Date): Promise<store.CutRow> {
  const [newest] = await store.cutsOf(instrumentId)
  if (newest) return newest
  const { rules } = await currentRules()
  const share = competentShare(rules)
  return inTransaction(async (tx) => {
    await takeTurn(tx, 'cut-score', instrumentId)
    const [standing] = await store.cutsOf(instrumentId)
    if (standing) return standing
    await store.addCut(
      {
        instrumentId,
        panelId: null,
        method: 'provisional',
        share,
        se: null,
        recommended: null,
        reason: `Batas sementara: ${Math.round(100 * share)} persen penguasaan dari aturan bawaan, sampai panel penetapan batas bekerja dan BGTK memutuskan.`,
      },
      null,
      now,
    )
    return (await store.cutsOf(instrumentId))[0]!
  })
}

/**
 * Where a cut lies on calibrated items, θ, with its standard error. A panel's cut is found on the items that the panel judged, with the error of
 * judges and items; a provisional one on all of `items`, with none, because nobody has judged. Null where the items do not carry it.
 */
export async function cutOn(cut: store.CutRow, items: readonly CalibratedItem[]): Promise<{ theta: number; error: number } | null> {
  const panel = cut.panelId === null ? null : await panelById(cut.panelId)
  if (!panel) {
    const theta = thetaAtShare(items, cut.share)
    return theta === null ? null : { theta, error: 0 }
  }
  const [judges, judgements] = await Promise.all([judgesOf(panel.id), judgementsOf(panel.id)])
  return cutOfPanel(
    panel,
    judges.map((j) => j.id),
    judgements,
    { share: cut.share, recommended: cut.recommended ?? cut.share },
    items,
  )
}
