import { publishJointly, type Candidate, type Figure, type Known, type Vector } from '@/lib/mapping/joint'
import { determined } from '@/lib/mapping/secrecy'

/**
 * Which groups of a comparison are published, decided together over all offices and beside what the map tells of the same people: all pairs,
 * kabupaten, schools, subjects and their tests, tiers and bands of hours. Pure.
 */

/** Where somebody sat, and which offices besides those that see everybody read it. */
export type Seat = {
  regionId: string
  schoolId: string
  level: string
  subjectId: string | null
  reaches: readonly string[]
  measured: boolean
}

/** Somebody tested in one of the two cycles or in both by one test; `pair` where the two are compared, with the support in between. */
export type Tested = { instrumentId: string; first: Seat | null; second: Seat | null; pair: { tier: string; dose: string } | null }

/** One group of pairs as an office reads it; all of them where nothing is named. A school is one group whoever reads it. */
export type PairGroup = { reach: string; kind: 'all' | 'region' | 'school' | 'subject' | 'instrument' | 'tier' | 'dose'; id: string }
export const groupKey = (g: PairGroup) => `${g.kind === 'school' ? '' : g.reach}|${g.kind}|${g.id}`

export type Decision = {
  /** Whether a group's change may be told. */
  shown: (g: PairGroup) => boolean
  /** Whether its number of people may be told, too: not where it gives few away when it is taken from the map's number. */
  counted: (g: PairGroup) => boolean
  groups: number
  hidden: number
  /** What other arithmetic finds given away; a snapshot with any is not published. */
  determined: string[]
}

type Group = { group: PairGroup; n: number; cells: Set<number> }
const vectorOf = (cells: Iterable<number>): Vector => [...cells].map((c) => [c, 1] as const)

/** The people as sums over elementary cells, by place, by test and by support of each side: a side is of people whom the same offices read. */
function gathered(people: readonly Tested[]) {
  const numbers = new Map<string, number>()
  const sizes: number[] = []
  const cellOf = (key: string): number => {
    const at = numbers.get(key) ?? numbers.size
    numbers.set(key, at)
    sizes[at] = (sizes[at] ?? 0) + 1
    return at
  }
  const sides = new Map<string, { place: Set<number>; test: Set<number>; tier: Set<number>; dose: Set<number> }>()
  const pairs = new Map<string, Group>()
  /** What the map tells of the people of either cycle, by test of which the same group of pairs is a part. */
  const map = new Map<string, { n: number; cells: Set<number>; group: PairGroup | null }>()
  const put = (group: PairGroup, cell: number) => {
    const key = groupKey(group)
    const found = pairs.get(key) ?? { group, n: 0, cells: new Set<number>() }
    found.n++
    found.cells.add(cell)
    pairs.set(key, found)
  }
  for (const p of people) {
    const { first, second, pair } = p
    const seat = (s: Seat | null) => (s ? [s.level, s.measured, ...s.reaches].join(',') : '')
    const side = [seat(first), seat(second), pair ? 'pair' : ''].join('|')
    const where = (s: Seat | null) => (s ? `${s.regionId},${s.schoolId}` : '')
    const place = cellOf(`place|${side}|${where(first)}|${where(second)}`)
    const test = cellOf(`test|${side}|${first?.subjectId ?? ''}|${second?.subjectId ?? ''}|${p.instrumentId}`)
    const own = sides.get(side) ?? { place: new Set(), test: new Set(), tier: new Set(), dose: new Set() }
    sides.set(side, own)
    own.place.add(place)
    own.test.add(test)
    const beside = (cycle: string, s: Seat | null) => {
      if (!s) return
      for (const basis of s.measured ? ['raw', 'mastery'] : ['raw']) {
        const add = (key: string, cell: number, group: PairGroup | null) => {
          const found = map.get(`${cycle}|${basis}|${key}`) ?? { n: 0, cells: new Set<number>(), group }
          found.n++
          found.cells.add(cell)
          map.set(`${cycle}|${basis}|${key}`, found)
        }
        for (const reach of ['', ...s.reaches]) {
          add(`${reach}|all`, place, { reach, kind: 'all', id: '' })
          add(`${reach}|region|${s.regionId}`, place, { reach, kind: 'region', id: s.regionId })
          if (s.subjectId) add(`${reach}|subject|${s.subjectId}`, test, { reach, kind: 'subject', id: s.subjectId })
        }
        add(`|school|${s.schoolId}`, place, { reach: '', kind: 'school', id: s.schoolId })
        add(`|level|${s.level}`, place, null)
        add(`|level|${s.level}|${s.regionId}`, place, null)
      }
    }
    beside('first', first)
    beside('second', second)
    if (!pair || !first) continue
    const [tier, dose] = [cellOf(`tier|${side}|${pair.tier}`), cellOf(`dose|${side}|${pair.dose}`)]
    own.tier.add(tier)
    own.dose.add(dose)
    for (const reach of ['', ...first.reaches]) {
      put({ reach, kind: 'all', id: '' }, place)
      put({ reach, kind: 'region', id: first.regionId }, place)
      if (first.subjectId) put({ reach, kind: 'subject', id: first.subjectId }, test)
      put({ reach, kind: 'instrument', id: p.instrumentId }, test)
      if (pair.tier) put({ reach, kind: 'tier', id: pair.tier }, tier)
      put({ reach, kind: 'dose', id: pair.dose }, dose)
    }
    put({ reach: '', kind: 'school', id: first.schoolId }, place)
  }
  const known = [...sides.values()].flatMap(({ place, test, tier, dose }): Known[] =>
    [test, tier, dose].filter((other) => other.size).map((other) => [...vectorOf(place), ...[...other].map((c) => [c, -1] as const)]),
  )
  return { sizes, known, pairs, map }
}

const order: PairGroup['kind'][] = ['all', 'region', 'subject', 'instrument', 'tier', 'dose', 'school']

function candidatesOf(pairs: ReadonlyMap<string, Group>, regionOfSchool: ReadonlyMap<string, string>): Candidate[] {
  const wholesOf = ({ reach, kind, id }: PairGroup): Candidate['wholes'] => {
    const line = (whole: PairGroup, by: string) => ({ line: `${groupKey(whole)}/${by}`, whole: groupKey(whole) })
    if (kind === 'school') return [line({ reach: '', kind: 'region', id: regionOfSchool.get(id) ?? '' }, 'school')]
    return [
      ...(kind === 'all' ? [] : [line({ reach, kind: 'all', id: '' }, kind)]),
      // Offices overlap: each is taken from everybody by itself.
      ...(reach ? [line({ reach: '', kind, id }, reach)] : []),
    ]
  }
  const rank = (g: PairGroup) => order.indexOf(g.kind) * 2 + (g.reach ? 1 : 0)
  return [...pairs]
    .map(([key, g]) => ({ key, n: g.n, of: 'change', cells: [...g.cells], wholes: wholesOf(g.group), rank: rank(g.group) }))
    .sort((x, y) => x.rank - y.rank || y.n - x.n || (x.key < y.key ? -1 : 1))
}

/**
 * Decides twice: which changes may be told, then of which of these groups the number may be told beside the numbers of the map. A change of
 * points is no sum of the map's percents, the people are the same: who was tested and is not compared may not be found to be few.
 */
export function decideGrowth(people: readonly Tested[], threshold: number): Decision {
  const { sizes, known, pairs, map } = gathered(people)
  const regionOfSchool = new Map(people.flatMap((p) => (p.first ? [[p.first.schoolId, p.first.regionId] as const] : [])))
  const candidates = candidatesOf(pairs, regionOfSchool)
  const shown = publishJointly(sizes.length, known, candidates, threshold)
  const few = (n: number) => n > 0 && n < threshold
  const once = (figures: (Figure & { key: string; n: number })[]) => [
    ...new Map(
      figures.map((f) => [
        f.vector
          .map(([c, t]) => `${c}*${t}`)
          .sort()
          .join(),
        f,
      ]),
    ).values(),
  ]
  // What the map tells of either cycle may be less than it could (decision 073): a number must be safe beside both cycles and beside each alone.
  const told = (cycles: readonly string[]) =>
    once(
      [...map].flatMap(([key, g]) =>
        g.n >= threshold && cycles.some((c) => key.startsWith(`${c}|`))
          ? [{ key: `peta|${key}`, n: g.n, of: 'people', vector: vectorOf(g.cells) }]
          : [],
      ),
    )
  const maps = [['first', 'second'], ['first'], ['second']].map(told)
  const apart = once(
    [...map].flatMap(([key, g]) => {
      const same = g.group && pairs.get(groupKey(g.group))
      if (!same) return []
      const left = [...g.cells].filter((c) => !same.cells.has(c))
      const right = [...same.cells].filter((c) => !g.cells.has(c))
      const n = [...left, ...right].reduce((s, c) => s + sizes[c]!, 0)
      return few(n) ? [{ key: `selisih|${key}`, n, of: 'people', vector: [...vectorOf(left), ...right.map((c) => [c, -1] as const)] }] : []
    }),
  )
  const counts = candidates.map((c) => ({ ...c, of: 'people' }))
  const untold = new Set(candidates.flatMap((c) => (shown.has(c.key) ? [] : [c.key])))
  const decided = maps.map((open) => publishJointly(sizes.length, known, counts, threshold, { open, shut: apart }, { never: untold }))
  const counted = new Set(candidates.flatMap((c) => (decided.every((d) => d.has(c.key)) ? [c.key] : [])))
  const figure = (c: Candidate) => ({ key: c.key, n: c.n, vector: vectorOf(c.cells) })
  const [shownOnes, kept] = [candidates.filter((c) => shown.has(c.key)), candidates.filter((c) => !shown.has(c.key))]
  const small = [...apart, ...kept.filter((c) => few(c.n)).map(figure)]
  const found = [
    ...determined(known, shownOnes.map(figure), kept.map(figure)).keys,
    ...maps.flatMap((open) => {
      // What the map gives away by itself was judged with the map.
      const byMap = new Set(determined(known, open, small).keys)
      return determined(
        known,
        [...open, ...shownOnes.filter((c) => counted.has(c.key)).map(figure)],
        small.filter((f) => !byMap.has(f.key)),
      ).keys
    }),
  ]
  return {
    shown: (g) => shown.has(groupKey(g)),
    counted: (g) => shown.has(groupKey(g)) && counted.has(groupKey(g)),
    groups: candidates.length,
    hidden: kept.length,
    determined: [...new Set(found)],
  }
}
