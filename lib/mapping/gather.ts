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

const sliceKey = (s: Slice) => [s.basis, s.reach, s.cycle, s.level, s.subject, s.status, s.indicator].join('|')

/** The figures' slices with their people, every filter that can be asked for. */
export function gather(
  part: string,
  people: readonly Taken[],
  areas: readonly AreaSums[],
  reaches: readonly Reach[],
): Map<string, Gathered> {
  const slices = new Map<string, Gathered>()
  const at = (slice: Slice): Gathered => {
    const key = sliceKey(slice)
    const found = slices.get(key) ?? { slice, places: new Map(), people: [], measured: 0, items: 0 }
    if (!slices.has(key)) slices.set(key, found)
    return found
  }
  const add = (g: Gathered, region: string, school: string, sums: ClusterSums) => {
    const schools = g.places.get(region) ?? new Map<string, ClusterSums>()
    const s = schools.get(school) ?? { n: 0, sum: 0, squares: 0 }
    schools.set(school, { n: s.n + sums.n, sum: s.sum + sums.sum, squares: s.squares + sums.squares })
    g.places.set(region, schools)
  }
  const narrowed = (p: { level: string; subjectId: string | null }) =>
    ['', p.level].flatMap((level) => (p.subjectId ? ['', p.subjectId] : ['']).map((subject) => ({ level, subject })))
  for (const p of people) {
    const mine = ['', ...reaches.filter((r) => r.within(p)).map((r) => r.key)]
    for (const cycle of p.latest ? ['', p.cycle] : [p.cycle])
      for (const basis of p.mastery === null ? (['raw'] as const) : (['raw', 'mastery'] as const)) {
        const value = basis === 'raw' ? p.raw : p.mastery!
        const sums = { n: 1, sum: value, squares: value * value }
        const put = (narrow: Pick<Slice, 'level' | 'subject' | 'status' | 'reach'>) => {
          const g = at({ part, basis, cycle, indicator: '', ...narrow })
          add(g, p.regionId, p.schoolId, sums)
          g.people.push(p)
          if (p.mastery !== null) g.measured++
        }
        for (const reach of mine) for (const { level, subject } of narrowed(p)) put({ level, subject, status: '', reach })
        if (p.status) put({ level: '', subject: '', status: p.status, reach: '' })
      }
  }
  for (const a of areas) {
    const domain = a.code.startsWith('domain:')
    const mine = ['', ...reaches.filter((r) => r.within(a)).map((r) => r.key)]
    for (const cycle of a.latest ? ['', a.cycle] : [a.cycle])
      for (const reach of mine)
        for (const { level, subject } of domain ? [{ level: '', subject: a.subjectId! }] : narrowed(a)) {
          const g = at({ part, basis: 'raw', cycle, level, subject, status: '', indicator: a.code, reach })
          add(g, a.regionId, a.schoolId, a)
          g.items = Math.max(g.items, a.items)
        }
  }
  return slices
}
