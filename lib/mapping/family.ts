import type { Candidate, Known, Vector } from './joint'
import type { Basis } from './model'

/**
 * Everything that the map can be asked about one competency and series, as one family of groups. Pure. Whoever opens the map opens
 * all of it, one filter after the other, so that it is decided together; and whoever kept an earlier snapshot reads it beside this one.
 */

/** How a test stands in a snapshot: whether it is the person's latest of the series, and whether it is measured. */
export type Standing = { latest: boolean; measured: boolean }

/** People who are alike in everything that a filter knows, now and in each snapshot that was published before; null where they are not in it. */
export type Atom = {
  regionId: string
  level: string
  subjectId: string | null
  schoolId: string
  status: string | null
  cycle: string
  /** Indicators that this test has items of, where not every test has them. */
  indicators: string[]
  now: Standing | null
  before: (Standing | null)[]
  n: number
}

/** An office that does not see everything, and whom it sees. */
export type Reach = { key: string; within: (a: { regionId: string; level: string; schoolId: string }) => boolean }

/** One group that can be asked for: '' where nothing is narrowed. `indicator`: those whose test has items of it, in raw percents. `reach`: of them whom an office sees. */
export type Asked = {
  basis: Basis
  cycle: string
  level: string
  subject: string
  status: string
  place: string
  indicator: string
  reach: string
}

export const keyOf = (a: Asked): string => [a.basis, a.cycle, a.level, a.subject, a.status, a.place, a.indicator, a.reach].join('|')

export const ofSchool = (id: string): string => `school:${id}`

/** How useful a kind of group is, least first: what is asked for most is decided first and hidden last. */
function rank(a: Asked, first: Basis): number {
  const school = a.place.startsWith('school:')
  const place = a.place !== '' && !school
  const [subject, level] = [a.subject !== '', a.level !== '']
  const kind = school ? 5 : subject && level ? (place ? 6 : 4) : place ? (subject ? 4 : level ? 3 : 1) : subject || level ? 2 : 0
  return kind + (a.cycle ? 0.5 : 0) + (a.status ? 2.5 : 0) + (a.basis === first ? 0 : 10) + (a.indicator ? 20 : 0) + (a.reach ? 40 : 0)
}

type Side = 'subject' | 'school' | 'status'

/** Every group that people who stand so are in and that one side of their elementary cell tells. */
function groupsOf(a: Atom, at: Standing, side: Side, reaches: readonly string[], put: (asked: Asked) => void) {
  const all = { subject: '', status: '', indicator: '', level: '', place: '', reach: '' }
  const bases: Basis[] = at.measured ? ['raw', 'mastery'] : ['raw']
  for (const cycle of at.latest ? ['', a.cycle] : [a.cycle])
    for (const basis of bases) {
      if (side === 'school') put({ ...all, basis, cycle, place: ofSchool(a.schoolId) })
      if (side === 'status' && a.status) for (const place of ['', a.regionId]) put({ ...all, basis, cycle, status: a.status, place })
      if (side !== 'subject') continue
      for (const indicator of basis === 'raw' ? ['', ...a.indicators] : [''])
        for (const place of ['', a.regionId])
          for (const level of ['', a.level])
            for (const reach of reaches)
              for (const subject of a.subjectId ? ['', a.subjectId] : [''])
                put({ ...all, basis, cycle, level, subject, place, indicator, reach })
    }
}

type Group = { asked: Asked; n: number; cells: Set<number> }

/**
 * The family as candidates in order of use, and what everybody knows: schools, subjects and kinds of employment of a place and level are
 * the same people. `before`: the groups of each earlier snapshot, by key; `sizes`: how many
 * people each elementary cell of them all holds.
 */
export function familyOf(
  atoms: readonly Atom[],
  reaches: readonly Reach[],
  first: Basis,
): { sizes: number[]; known: Known[]; candidates: Candidate[]; before: Map<string, { n: number; of: string; vector: Vector }>[] } {
  const numbers = new Map<string, number>()
  const number = (key: string) => {
    const found = numbers.get(key) ?? numbers.size
    numbers.set(key, found)
    return found
  }
  const sides = new Map<string, { subject: Set<number>; school: Set<number>; status: Set<number> }>()
  const groups = new Map<string, Group>()
  const earlier = (atoms[0]?.before ?? []).map(() => new Map<string, Group>())
  const into = (found: Map<string, Group>, asked: Asked, n: number, cell: number) => {
    const key = keyOf(asked)
    const group = found.get(key) ?? { asked, n: 0, cells: new Set<number>() }
    group.n += n
    group.cells.add(cell)
    found.set(key, group)
  }
  const placeOfSchool = new Map<string, { region: string; level: string }>()
  const cells = new Map<number, { a: Atom; side: Side; mine: string[]; n: number }>()
  for (const a of atoms) {
    const mine = ['', ...reaches.filter((r) => r.within(a)).map((r) => r.key)]
    const stands = [a.now, ...a.before].map((s) => (s ? `${s.latest ? 1 : 0}${s.measured ? 1 : 0}` : '-')).join()
    const side = [a.regionId, a.level, a.cycle, stands, a.indicators, mine].join('|')
    const both = sides.get(side) ?? { subject: new Set<number>(), school: new Set<number>(), status: new Set<number>() }
    for (const [kind, own] of [
      ['subject', a.subjectId],
      ['school', a.schoolId],
      ['status', a.status],
    ] as const) {
      const at = number(`${side}|${kind}|${own ?? ''}`)
      both[kind].add(at)
      const cell = cells.get(at) ?? { a, side: kind, mine, n: 0 }
      cell.n += a.n
      cells.set(at, cell)
    }
    sides.set(side, both)
    placeOfSchool.set(ofSchool(a.schoolId), { region: a.regionId, level: a.level })
  }
  for (const [at, { a, side, mine, n }] of cells) {
    if (a.now) groupsOf(a, a.now, side, mine, (asked) => into(groups, asked, n, at))
    a.before.forEach((s, k) => s && groupsOf(a, s, side, mine, (asked) => into(earlier[k]!, asked, n, at)))
  }
  const sizes = [...cells.values()].map((c) => c.n)
  const known = [...sides.values()].flatMap(({ subject, school, status }): Known[] => [
    [...[...subject].map((c) => [c, 1] as const), ...[...school].map((c) => [c, -1] as const)],
    [...[...subject].map((c) => [c, 1] as const), ...[...status].map((c) => [c, -1] as const)],
  ])
  const apart = atoms.every((a) => !a.now || a.now.latest)
  const wholesOf = (a: Asked): Candidate['wholes'] => {
    const part = (dimension: string, whole: Partial<Asked>) => {
      const key = keyOf({ ...a, ...whole })
      return { line: `${key}/${dimension}`, whole: key }
    }
    const own = placeOfSchool.get(a.place)
    const ofCycle = a.cycle && apart ? [part('cycle', { cycle: '' })] : []
    if (own) return [...ofCycle, part('school', { place: own.region }), part('school', { place: own.region, level: own.level })]
    return [
      ...ofCycle,
      ...(a.subject ? [part('subject', { subject: '' })] : []),
      ...(a.status ? [part('status', { status: '' })] : []),
      ...(a.level ? [part('level', { level: '' })] : []),
      ...(a.place ? [part('place', { place: '' })] : []),
      ...(a.reach ? [part('reach', { reach: '' })] : []),
    ]
  }
  const candidates = [...groups]
    .map(([key, g]) => ({
      key,
      n: g.n,
      of: g.asked.basis,
      cells: [...g.cells],
      wholes: wholesOf(g.asked),
      rank: rank(g.asked, first),
    }))
    .sort((x, y) => x.rank - y.rank || y.n - x.n || (x.key < y.key ? -1 : 1))
  const before = earlier.map(
    (found) =>
      new Map([...found].map(([key, g]) => [key, { n: g.n, of: g.asked.basis, vector: [...g.cells].map((c) => [c, 1] as const) }])),
  )
  return { sizes, known, candidates, before }
}
