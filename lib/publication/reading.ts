import type { ReadCell, Slice, Snapshot, StoredCell } from './model'
import * as store from './store'

/** The one way by which figures leave a snapshot: what is hidden in it is told as hidden, with nothing else. */

/** Slices that were read; a snapshot never changes, so that one can be forgotten, never wrong. */
const read = new Map<string, Promise<StoredCell[]>>()
const KEPT = 400

function once<T>(store: Map<string, Promise<T>>, name: string, load: () => Promise<T>): Promise<T> {
  const found = store.get(name)
  if (found) return found
  const loading = load()
  loading.catch(() => store.delete(name))
  if (store.size >= KEPT) store.delete(store.keys().next().value!)
  store.set(name, loading)
  return loading
}

const kept = (s: Snapshot) => s.state !== 'building'
const remembered = (s: Snapshot, name: string, load: () => Promise<StoredCell[]>) =>
  kept(s) ? once(read, `${s.id}|${name}`, load) : load()

/** A cell as it may be told. */
export const told = (c: StoredCell): ReadCell =>
  c.state === 'hidden'
    ? {
        ...c,
        n: null,
        schools: 0,
        mean: null,
        se: null,
        df: null,
        margin: null,
        share: null,
        shareSe: null,
        shareMargin: null,
        compared: null,
        measured: null,
        bands: [],
        quantiles: [],
      }
    : c

const pages = new Map<string, Promise<unknown>>()

/** A page as it was published, by whom it was made for; null where there is none. */
export function readView<Body>(s: Snapshot, kind: string, reach: string, name: string): Promise<Body | null> {
  const load = () => store.viewOf<Body>(s.id, kind, reach, name)
  return kept(s) ? (once(pages, [s.id, kind, reach, name].join('|'), load) as Promise<Body | null>) : load()
}

/** Figures of one filter by place: '' everybody, or the id of a kabupaten. */
export async function readSlice(s: Snapshot, slice: Slice): Promise<Map<string, ReadCell>> {
  const cells = await remembered(s, JSON.stringify(slice), () => store.cellsOf(s.id, slice))
  return new Map(cells.map((c) => [c.place, told(c)]))
}

/** Figures of a filter that leaves one thing open: every subject, every indicator. */
export async function readSlices(s: Snapshot, slice: Partial<Slice>): Promise<ReadCell[]> {
  return (await remembered(s, JSON.stringify(slice), () => store.cellsOf(s.id, slice))).map(told)
}

/** How many of a filter's people are tested and measured, to choose what its figures are made of; never shown. */
export async function coveredBy(s: Snapshot, slice: Omit<Slice, 'basis' | 'indicator'>): Promise<{ n: number; measured: number }> {
  const whole = { ...slice, basis: 'raw' as const, indicator: '' }
  const cells = await remembered(s, JSON.stringify(whole), () => store.cellsOf(s.id, whole))
  const all = cells.find((c) => c.place === '')
  return { n: all?.n ?? 0, measured: all?.measured ?? 0 }
}

export async function readSchools(s: Snapshot, slice: Slice, regionId: string): Promise<Map<string, ReadCell>> {
  const cells = await remembered(s, `schools|${regionId}|${JSON.stringify(slice)}`, () => store.schoolCells(s.id, slice, regionId))
  return new Map(cells.map((c) => [c.place.replace('school:', ''), told(c)]))
}

/**
 * A school's figures by part and basis, as they are (`open`: to count by, and for its head, who reads its people by name and so its figure
 * whatever its number) and as everybody else is told them.
 */
export async function readSchool(s: Snapshot, schoolId: string): Promise<{ open: ReadCell[]; told: ReadCell[] }> {
  const cells = await store.cellsOfSchool(s.id, schoolId)
  return { open: cells.map((c) => (c.state === 'hidden' ? { ...c, state: 'hatched' as const } : c)), told: cells.map(told) }
}

export type Enrolled = { teachers: number; schools: number; untested: number | null }

/**
 * Teachers and schools of the roster by kabupaten, level and subject, and how many schools nobody sat a part from; of a place or level whose
 * figure is hidden not even that.
 */
export async function readRoster(
  s: Snapshot,
  part: string,
): Promise<{ places: Map<string, Enrolled>; levels: Map<string, Enrolled>; subjects: Map<string, number> }> {
  const whole = { part, basis: 'raw' as const, reach: '', cycle: '', subject: '', status: '', indicator: '' }
  const [rows, subjects, cells] = await Promise.all([store.schoolsOfRoster(s.id, part), store.rosterOfSubjects(s.id), readSlices(s, whole)])
  const shut = new Set(cells.flatMap((c) => (c.state === 'hidden' ? [`${c.level}|${c.place}`] : [])))
  const summed = (by: (r: (typeof rows)[number]) => string, cell: (key: string) => string) => {
    const found = new Map<string, Enrolled>()
    for (const r of rows) {
      const at = found.get(by(r)) ?? { teachers: 0, schools: 0, untested: 0 }
      const untested = at.untested === null || shut.has(cell(by(r))) ? null : at.untested + r.untested
      found.set(by(r), { teachers: at.teachers + r.teachers, schools: at.schools + r.schools, untested })
    }
    return found
  }
  return {
    places: summed(
      (r) => r.regionId,
      (id) => `|${id}`,
    ),
    levels: summed(
      (r) => r.level,
      (level) => `${level}|`,
    ),
    subjects: new Map(subjects.map((x) => [x.subject, x.n])),
  }
}
