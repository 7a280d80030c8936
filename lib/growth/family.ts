import { publishJointly, type Candidate, type Known } from '@/lib/mapping/joint'

/**
 * Which groups of a comparison are published, decided together: all pairs, kabupaten, schools, and, where a part has several tests, its
 * subjects and their tests. Pure.
 */

/** Pairs that are alike in everything that a view of growth tells apart. */
export type PairCount = { regionCode: string; schoolId: string; subjectId: string | null; instrumentId: string; n: number }

/** One group of pairs; all of them where nothing is named. */
export type PairGroup = { kind: 'all' | 'region' | 'school' | 'subject' | 'instrument'; id: string }
const nameOf = (g: PairGroup) => `${g.kind}|${g.id}`
const all: PairGroup = { kind: 'all', id: '' }

/** The published groups, in the order in which they are wanted. */
export function publishedPairs(rows: readonly PairCount[], threshold: number): (group: PairGroup) => boolean {
  const numbers = new Map<string, number>()
  const number = (key: string) => {
    const found = numbers.get(key) ?? numbers.size
    numbers.set(key, found)
    return found
  }
  const groups = new Map<string, { group: PairGroup; n: number; cells: Set<number>; wholes: Candidate['wholes'] }>()
  const put = (group: PairGroup, n: number, cell: number, whole: PairGroup | null) => {
    const found = groups.get(nameOf(group)) ?? {
      group,
      n: 0,
      cells: new Set<number>(),
      wholes: whole ? [{ line: `${nameOf(whole)}/${group.kind}`, whole: nameOf(whole) }] : [],
    }
    found.n += n
    found.cells.add(cell)
    groups.set(nameOf(group), found)
  }
  const bothSides = new Map<number, number>()
  for (const r of rows) {
    const place = number(`place|${r.regionCode}|${r.schoolId}`)
    const test = number(`test|${r.subjectId ?? ''}|${r.instrumentId}`)
    bothSides.set(place, 1).set(test, -1)
    const region: PairGroup = { kind: 'region', id: r.regionCode }
    put(all, r.n, place, null)
    put(region, r.n, place, all)
    put({ kind: 'school', id: r.schoolId }, r.n, place, region)
    if (r.subjectId) put({ kind: 'subject', id: r.subjectId }, r.n, test, all)
    put({ kind: 'instrument', id: r.instrumentId }, r.n, test, all)
  }
  const order: PairGroup['kind'][] = ['all', 'region', 'subject', 'instrument', 'school']
  const candidates = [...groups]
    .map(([key, g]) => ({ key, n: g.n, of: 'change', cells: [...g.cells], wholes: g.wholes, rank: order.indexOf(g.group.kind) }))
    .sort((x, y) => x.rank - y.rank || y.n - x.n || (x.key < y.key ? -1 : 1))
  const known: Known[] = [[...bothSides]]
  const published = publishJointly(numbers.size, known, candidates, threshold)
  return (group) => published.has(nameOf(group))
}
