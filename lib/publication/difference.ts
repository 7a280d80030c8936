import type { Headline, StoredCell } from './model'
import * as store from './store'

/** What a draft says otherwise than the snapshot in force. */

type Moved = {
  part: string
  basis: string
  level: string
  subject: string
  place: string
  cycle: string
  before: { n: number; mean: number } | null
  after: { n: number; mean: number } | null
}

export type Difference = {
  compared: number
  same: number
  changed: number
  /** Shown now and not before, and the other way round. */
  opened: number
  closed: number
  /** The largest of whole groups: everybody, kabupaten, subjects, levels. */
  largest: Moved[]
  /** Headlines of pages that are told otherwise, or of which only one tells anything. */
  pages: { words: string; before: Told | null; after: Told | null }[]
}
type Told = Pick<Headline, 'n' | 'value'>

const keyOf = (c: StoredCell) => [c.part, c.basis, c.reach, c.cycle, c.level, c.subject, c.status, c.indicator, c.place].join('|')
const LARGEST = 40

/** Compares all figures but those of schools. */
export async function differencesOf(before: string, after: string): Promise<Difference> {
  const [old, now] = await Promise.all([store.cellsOf(before, { reach: '' }), store.cellsOf(after, { reach: '' })])
  const shown = (list: StoredCell[]) => new Map(list.flatMap((c) => (c.state === 'hidden' ? [] : [[keyOf(c), c] as const])))
  const [was, is] = [shown(old), shown(now)]
  const found: Difference = { compared: 0, same: 0, changed: 0, opened: 0, closed: 0, largest: [], pages: await pagesOf(before, after) }
  const moved: (Moved & { size: number })[] = []
  for (const key of new Set([...was.keys(), ...is.keys()])) {
    const [a, b] = [was.get(key), is.get(key)]
    found.compared++
    if (a && b && a.n === b.n && Math.abs(a.mean - b.mean) < 1e-9 && Math.abs((a.share ?? -1) - (b.share ?? -1)) < 1e-6) {
      found.same++
      continue
    }
    if (!a) found.opened++
    else if (!b) found.closed++
    else found.changed++
    const c = (b ?? a)!
    if (c.indicator || c.status || [c.level, c.subject, c.place].filter(Boolean).length > 1) continue
    const told = (x: StoredCell | undefined) => (x ? { n: x.n, mean: x.mean } : null)
    moved.push({
      part: c.part,
      basis: c.basis,
      level: c.level,
      subject: c.subject,
      place: c.place,
      cycle: c.cycle,
      before: told(a),
      after: told(b),
      size: a && b ? Math.abs(a.mean - b.mean) : Infinity,
    })
  }
  found.largest = moved
    .sort((x, y) => y.size - x.size)
    .slice(0, LARGEST)
    .map(({ size: _, ...m }) => m)
  return found
}

async function pagesOf(before: string, after: string): Promise<Difference['pages']> {
  const [old, now] = await Promise.all([store.headlinesOf(before), store.headlinesOf(after)])
  const byName = (list: typeof old) => new Map(list.map((h) => [h.name, h]))
  const [was, is] = [byName(old), byName(now)]
  const told = (h: Headline | undefined): Told | null => (h ? { n: h.n, value: h.value } : null)
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((name) => {
    const [a, b] = [was.get(name), is.get(name)]
    const same = a && b && a.n === b.n && Math.abs((a.value ?? -1e9) - (b.value ?? -1e9)) < 1e-9
    return same ? [] : [{ words: (b ?? a)!.words, before: told(a), after: told(b) }]
  })
}
