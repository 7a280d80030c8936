import { inTransaction } from '@/lib/platform/db'
import { takeTurn } from '@/lib/platform/turn-store'
import * as store from './cut-store'
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
