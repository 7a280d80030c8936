import { problem, value, type Outcome } from './problem'
import { MISSING, type Responses } from './responses'

/** Size of DIF: A negligible, B moderate (review), C large. */
export type DifClass = 'A' | 'B' | 'C'

/** One form's answers, and one group label a person. */
export type DifForm = { data: Responses; groups: readonly string[] }

/** Why no form can test an item: nobody answered a whole form that holds it, or only people of one group did. */
export type Untested = { id: string; reason: 'no-complete-rows' | 'one-group'; n: { reference: number; focal: number } }

/** What the forms could test together, in the order in which the items first appear, and what none of them could. */
export type OverForms<T> = { rows: T[]; untested: Untested[] }

/** The complete rows of one form: who is focal, the answers person by person, and which item each column is. */
export type DifPart = { focal: boolean[]; cells: Int8Array[]; ids: string[] }

/** An item with its columns in the forms that can test it; `n` counts the persons of those forms. */
export type DifItem = {
  id: string
  categories: number
  n: { reference: number; focal: number }
  places: { part: DifPart; column: number }[]
}

/** Sum over the matching items and the studied item j, one score a person. */
export function matchingScores(cells: readonly Int8Array[], j: number, matching: readonly boolean[]): number[] {
  return cells.map((row) => row.reduce((sum, x, k) => (k === j || matching[k] ? sum + x : sum), 0))
}

/** Persons of each group in some complete rows. */
const countOf = ({ focal }: DifPart) => ({ reference: focal.filter((f) => !f).length, focal: focal.filter((f) => f).length })

/** Persons without a missing answer: a sum score that lacks an item is no score. */
function completeRows({ data, groups }: DifForm, reference: string): DifPart {
  const part: DifPart = { focal: [], cells: [], ids: data.ids }
  for (let i = 0; i < data.persons; i++) {
    const row = data.cells.subarray(i * data.items, (i + 1) * data.items)
    if (row.includes(MISSING)) continue
    part.focal.push(groups[i] !== reference)
    part.cells.push(row)
  }
  return part
}

/**
 * Runs a DIF analysis over forms: once with all items matching and, when asked, once more without the items of class B or C, the studied
 * item always being in the score; skipped where a form would keep fewer than two items.
 */
export function overForms<T extends { id: string; class: DifClass | null }>(
  forms: readonly DifForm[],
  reference: string,
  purify: boolean,
  analyse: (item: DifItem, matching: (part: DifPart) => boolean[]) => T,
): Outcome<OverForms<T>> {
  const misfit = forms.find((f) => f.groups.length !== f.data.persons)
  if (misfit) return problem('out-of-range', `There are ${misfit.data.persons} persons but ${misfit.groups.length} group labels.`)
  const parts = forms.map((f) => completeRows(f, reference))
  const able = parts.filter((p) => p.focal.includes(false) && p.focal.includes(true))
  const categories = new Map(forms.flatMap(({ data }) => data.ids.map((id, j) => [id, data.categories[j]!] as const)))
  const items: DifItem[] = []
  const untested: Untested[] = []
  for (const id of categories.keys()) {
    const holding = (among: DifPart[]) => among.filter((p) => p.ids.includes(id))
    const total = (among: DifPart[]) =>
      among.map(countOf).reduce((s, n) => ({ reference: s.reference + n.reference, focal: s.focal + n.focal }), { reference: 0, focal: 0 })
    const places = holding(able).map((part) => ({ part, column: part.ids.indexOf(id) }))
    if (places.length) items.push({ id, categories: categories.get(id)!, n: total(holding(able)), places })
    else {
      const n = total(holding(parts))
      untested.push({ id, reason: n.reference + n.focal ? 'one-group' : 'no-complete-rows', n })
    }
  }
  const run = (matches: (id: string) => boolean) => items.map((item) => analyse(item, (part) => part.ids.map(matches)))
  const first = run(() => true)
  const unfair = new Set(first.filter((r) => r.class === 'B' || r.class === 'C').map((r) => r.id))
  const enough = able.every((p) => p.ids.filter((id) => !unfair.has(id)).length >= 2)
  return value({ rows: purify && unfair.size && enough ? run((id) => !unfair.has(id)) : first, untested })
}

/** Of an analysis of a single form: its rows, or the problem that nobody could be compared. */
export function oneForm<T>(found: Outcome<OverForms<T>>): Outcome<T[]> {
  if (!found.ok) return found
  const [first] = found.value.untested
  if (!first) return value(found.value.rows)
  return first.reason === 'no-complete-rows'
    ? problem('too-few', 'Nobody answered every item.')
    : problem('too-few', 'Everybody who answered every item is of one group.')
}
