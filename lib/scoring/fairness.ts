import { adjustFalseDiscovery } from '@/lib/psychometrics/copying'
import { mantelHaenszel, shrinkDeltas, type DifClass } from '@/lib/psychometrics/mantel-haenszel'
import type { Responses } from '@/lib/psychometrics/responses'
import { selectPersons } from '@/lib/psychometrics/responses'

/** Two groups to compare; persons with null belong to neither. */
export type GroupComparison = { key: string; reference: string; focal: string; of: (string | null)[] }

export type DifRow = {
  comparison: string
  reference: string
  focal: string
  /** Mantel–Haenszel D-DIF (ETS delta, negative: harder for the focal group); null for items with more than two categories. */
  delta: number | null
  low: number | null
  high: number | null
  /** Standardised mean difference in points of the item, for items with more than two categories. */
  smd: number | null
  p: number | null
  /** p adjusted for the number of items compared (Benjamini–Hochberg). */
  adjusted: number | null
  /** D-DIF drawn towards the other items' mean in the measure of its error: what small groups can say. */
  shrunken: number | null
  class: DifClass | null
  n: { reference: number; focal: number }
  /** Enough persons in the smaller group to decide (200) or only to look (100). */
  weight: 'decide' | 'look'
}

/** The design's minima for the smaller group. */
export const LOOK_FROM = 100
export const DECIDE_FROM = 200

/** Differential item functioning of every item in every comparison that is large enough, by item id. */
export function compareGroups(data: Responses, comparisons: readonly GroupComparison[]): Map<string, DifRow[]> {
  const out = new Map<string, DifRow[]>()
  for (const c of comparisons) {
    const rows = [...c.of.keys()].filter((i) => c.of[i] === c.reference || c.of[i] === c.focal)
    const focal = rows.filter((i) => c.of[i] === c.focal).length
    const smaller = Math.min(focal, rows.length - focal)
    if (smaller < LOOK_FROM) continue
    const found = mantelHaenszel(
      selectPersons(data, rows),
      rows.map((i) => c.of[i]!),
      c.reference,
      { purify: true },
    )
    if (!found.ok) continue
    const measured = found.value.filter((i) => i.delta !== null && i.se !== null)
    const drawn = shrinkDeltas(measured.map((i) => ({ delta: i.delta!, se: 2.35 * i.se! })))
    const adjusted = adjustFalseDiscovery(found.value.map((i) => i.p))
    for (const [at, item] of found.value.entries()) {
      const place = measured.indexOf(item)
      const half = item.delta !== null && item.se !== null ? 1.96 * 2.35 * item.se : null
      out.set(item.id, [
        ...(out.get(item.id) ?? []),
        {
          comparison: c.key,
          reference: c.reference,
          focal: c.focal,
          delta: item.delta,
          low: half === null ? null : item.delta! - half,
          high: half === null ? null : item.delta! + half,
          smd: item.smd,
          p: item.p,
          adjusted: adjusted[at]!,
          shrunken: drawn.ok && place >= 0 ? drawn.value[place]!.delta : null,
          class: item.class,
          n: item.n,
          weight: smaller >= DECIDE_FROM ? 'decide' : 'look',
        },
      ])
    }
  }
  return out
}
