import type { ClusterSums } from '@/lib/psychometrics/cluster-mean'
import type { Slice } from '@/lib/publication/model'
import type { AreaSums, Taken } from './build-store'
import type { Reach } from './family'

/** The people of every filter of one part, by place and school: what its figures and the rules of telling groups are made of. Pure. */

export type Gathered = {
  slice: Slice
  /** Sums by school of each kabupaten. */
  places: Map<string, Map<string, ClusterSums>>
  people: Taken[]
  measured: number
  items: number
}

/** A slice that is being filled, with the school that was added to last: rows come school by school. */
type Filling = Gathered & { last: { region: string; school: string; sums: ClusterSums } | null }

const sliceKey = (s: Slice) => [s.basis, s.reach, s.cycle, s.level, s.subject, s.status, s.indicator].join('|')

function add(g: Filling, region: string, school: string, n: number, sum: number, squares: number): void {
  if (g.last?.school !== school || g.last.region !== region) {
    let schools = g.places.get(region)
    if (!schools) g.places.set(region, (schools = new Map()))
    let sums = schools.get(school)
    if (!sums) schools.set(school, (sums = { n: 0, sum: 0, squares: 0 }))
    g.last = { region, school, sums }
  }
  const { sums } = g.last
  sums.n += n
  sums.sum += sum
  sums.squares += squares
}

type Kind = Pick<Taken, 'level' | 'subjectId' | 'cycle' | 'latest'> & { regionId: string; schoolId: string; status?: string | null }

const narrowed = (p: { level: string; subjectId: string | null }) =>
  ['', p.level].flatMap((level) => (p.subjectId ? ['', p.subjectId] : ['']).map((subject) => ({ level, subject })))

/** The figures' slices with their people, every filter that can be asked for. */
export function gather(
  part: string,
  people: readonly Taken[],
  areas: readonly AreaSums[],
  reaches: readonly Reach[],
): Map<string, Gathered> {
  const slices = new Map<string, Filling>()
  const at = (slice: Slice): Filling => {
    const key = sliceKey(slice)
    let found = slices.get(key)
    if (!found) slices.set(key, (found = { slice, places: new Map(), people: [], measured: 0, items: 0, last: null }))
    return found
  }
  const seenBy = remembered(
    (p: Kind) => `${p.regionId}|${p.schoolId}|${p.level}`,
    (p) => ['', ...reaches.filter((r) => r.within(p)).map((r) => r.key)],
  )
  // Which slices a kind of people goes into is found once for all whom the same offices see.
  const into = (basis: Slice['basis'], indicator: string) =>
    remembered(
      (p: Kind) => `${seenBy(p).join()}|${p.level}|${p.subjectId ?? ''}|${p.status ?? ''}|${p.cycle}|${p.latest}`,
      (p) =>
        (p.latest ? ['', p.cycle] : [p.cycle]).flatMap((cycle) => {
          const narrow = indicator.startsWith('domain:') ? [{ level: '', subject: p.subjectId! }] : narrowed(p)
          const own = seenBy(p).flatMap((reach) =>
            narrow.map(({ level, subject }) => at({ part, basis, cycle, indicator, level, subject, status: '', reach })),
          )
          return p.status && !indicator
            ? [...own, at({ part, basis, cycle, indicator, level: '', subject: '', status: p.status, reach: '' })]
            : own
        }),
    )
  const byBasis = { raw: into('raw', ''), mastery: into('mastery', '') }
  for (const p of people)
    for (const basis of p.mastery === null ? (['raw'] as const) : (['raw', 'mastery'] as const)) {
      const value = basis === 'raw' ? p.raw : p.mastery!
      for (const g of byBasis[basis](p)) {
        add(g, p.regionId, p.schoolId, 1, value, value * value)
        g.people.push(p)
        if (p.mastery !== null) g.measured++
      }
    }
  const byArea = new Map<string, ReturnType<typeof into>>()
  for (const a of areas) {
    let slicesOf = byArea.get(a.code)
    if (!slicesOf) byArea.set(a.code, (slicesOf = into('raw', a.code)))
    for (const g of slicesOf(a)) {
      add(g, a.regionId, a.schoolId, a.n, a.sum, a.squares)
      g.items = Math.max(g.items, a.items)
    }
  }
  return slices
}

/** What `find` answers, kept by name. */
function remembered<T, Found>(nameOf: (of: T) => string, find: (of: T) => Found): (of: T) => Found {
  const kept = new Map<string, Found>()
  return (of) => {
    const name = nameOf(of)
    let found = kept.get(name)
    if (found === undefined) kept.set(name, (found = find(of)))
    return found
  }
}
