import { adjustFalseDiscovery } from '@/lib/psychometrics/false-discovery'
import type { DifClass } from '@/lib/psychometrics/dif-forms'
import type { FormPart } from '@/lib/psychometrics/forms'
import { mantelHaenszelOverForms, shrinkDeltas } from '@/lib/psychometrics/mantel-haenszel'
import { selectPersons } from '@/lib/psychometrics/responses'
import { DECIDE_FROM, LOOK_FROM, type Untested } from './untested-model'

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
  /** Persons with a whole form that holds the item. */
  n: { reference: number; focal: number }
  /** Enough persons in the smaller group to decide (200) or only to look (100). */
  weight: 'decide' | 'look'
}

export type Fairness = { rows: DifRow[]; untested: Untested[] }

/**
 * Differential item functioning of every item in every comparison, by item id: strata are form × score, so that people are compared
 * with those who took the same form. Every item has for every comparison either a row or the reason why there is none.
 */
export function compareGroups(
  ids: readonly string[],
  forms: readonly FormPart[],
  comparisons: readonly GroupComparison[],
): Map<string, Fairness> {
  const out = new Map<string, Fairness>(ids.map((id) => [id, { rows: [], untested: [] }]))
  for (const c of comparisons) {
    const name = { key: c.key, reference: c.reference, focal: c.focal }
    const compared = forms.map((f) => {
      const own = [...f.rows.keys()].filter((i) => c.of[f.rows[i]!] === c.reference || c.of[f.rows[i]!] === c.focal)
      return { data: selectPersons(f.data, own), groups: own.map((i) => c.of[f.rows[i]!]!) }
    })
    const belong = new Set(compared.flatMap((f) => (f.groups.length ? f.data.ids : [])))
    const found = mantelHaenszelOverForms(compared, c.reference, { purify: true })
    if (!found.ok) throw new Error(found.problem.detail)
    for (const u of found.value.untested)
      out.get(u.id)?.untested.push({
        comparison: name,
        reason: !belong.has(u.id) ? 'unknown-groups' : u.reason === 'one-group' ? 'few' : u.reason,
        n: u.n,
      })
    const enough = found.value.rows.filter((r) => {
      const reason = Math.min(r.n.reference, r.n.focal) < LOOK_FROM ? 'few' : r.class === null ? 'no-strata' : null
      if (reason) out.get(r.id)?.untested.push({ comparison: name, reason, n: r.n })
      return !reason
    })
    const measured = enough.filter((i) => i.delta !== null && i.se !== null)
    const drawn = shrinkDeltas(measured.map((i) => ({ delta: i.delta!, se: 2.35 * i.se! })))
    const adjusted = adjustFalseDiscovery(enough.map((i) => i.p))
    for (const [at, item] of enough.entries()) {
      const place = measured.indexOf(item)
      const half = item.delta !== null && item.se !== null ? 1.96 * 2.35 * item.se : null
      out.get(item.id)?.rows.push({
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
        weight: Math.min(item.n.reference, item.n.focal) >= DECIDE_FROM ? 'decide' : 'look',
      })
    }
  }
  return out
}
