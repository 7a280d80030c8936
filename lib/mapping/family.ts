import type { Candidate, Known } from './joint'
import type { Basis } from './model'

/**
 * Everything that the map's filters can ask of one competency and one series, as one family of groups. Pure. Whoever opens the map opens
 * all of it, one filter after the other, so that it is decided together.
 */

/** People who are alike in everything that a filter knows. */
export type Atom = {
  regionId: string
  level: string
  subjectId: string | null
  schoolId: string
  cycle: string
  /** Whether this test is the person's latest of the series; an earlier one counts in its own cycle alone. */
  latest: boolean
  measured: boolean
  /** Indicators that this test has items of; not every subject's has all. */
  indicators: string[]
  n: number
}

/** One group that can be asked for: '' where nothing is narrowed. `indicator`: those whose test has items of it, in raw percents. `own`: within the reach of whoever asks. */
export type Asked = { basis: Basis; cycle: string; level: string; subject: string; place: string; indicator: string; own: boolean }

export const keyOf = (a: Asked): string => [a.basis, a.cycle, a.level, a.subject, a.place, a.indicator, a.own ? 'own' : ''].join('|')

export const ofSchool = (id: string): string => `school:${id}`

/** How useful a kind of group is, least first: what is asked for most is decided first and hidden last. */
function rank(a: Asked, first: Basis): number {
  const school = a.place.startsWith('school:')
  const place = a.place !== '' && !school
  const [subject, level] = [a.subject !== '', a.level !== '']
  const kind = school ? 5 : subject && level ? (place ? 6 : 4) : place ? (subject ? 4 : level ? 3 : 1) : subject || level ? 2 : 0
  return kind + (a.cycle ? 0.5 : 0) + (a.basis === first ? 0 : 10) + (a.indicator ? 20 : 0) + (a.own ? 40 : 0)
}

/** The family as candidates in order of use, and what everybody knows: schools of a place and level are the people of its subjects. */
export function familyOf(
  atoms: readonly Atom[],
  within: (a: Atom) => boolean,
  first: Basis,
): { cells: number; known: Known[]; candidates: Candidate[] } {
  const numbers = new Map<string, number>()
  const number = (key: string) => {
    const found = numbers.get(key) ?? numbers.size
    numbers.set(key, found)
    return found
  }
  const sides = new Map<string, Map<number, number>>()
  const groups = new Map<string, { asked: Asked; n: number; cells: Set<number> }>()
  const put = (asked: Asked, n: number, cell: number) => {
    const key = keyOf(asked)
    const group = groups.get(key) ?? { asked, n: 0, cells: new Set<number>() }
    group.n += n
    group.cells.add(cell)
    groups.set(key, group)
  }
  const placeOfSchool = new Map<string, { region: string; level: string }>()
  for (const a of atoms) {
    const mine = within(a)
    const side = [a.regionId, a.level, a.cycle, a.latest, a.measured, a.indicators, mine].join('|')
    const [bySubject, bySchool] = [number(`${side}|s|${a.subjectId ?? ''}`), number(`${side}|k|${a.schoolId}`)]
    const both = sides.get(side) ?? new Map<number, number>()
    both.set(bySubject, 1).set(bySchool, -1)
    sides.set(side, both)
    placeOfSchool.set(ofSchool(a.schoolId), { region: a.regionId, level: a.level })
    const told: [Basis, string][] = [
      ['raw', ''],
      ...(a.measured ? [['mastery', ''] as [Basis, string]] : []),
      ...a.indicators.map((i): [Basis, string] => ['raw', i]),
    ]
    for (const [basis, indicator] of told)
      for (const cycle of a.latest ? ['', a.cycle] : [a.cycle]) {
        if (!indicator) put({ basis, cycle, level: '', subject: '', place: ofSchool(a.schoolId), indicator, own: false }, a.n, bySchool)
        for (const own of mine ? [false, true] : [false])
          for (const level of ['', a.level])
            for (const subject of a.subjectId ? ['', a.subjectId] : [''])
              for (const place of ['', a.regionId]) put({ basis, cycle, level, subject, place, indicator, own }, a.n, bySubject)
      }
  }
  const apart = atoms.every((a) => a.latest)
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
      ...(a.level ? [part('level', { level: '' })] : []),
      ...(a.place ? [part('place', { place: '' })] : []),
      ...(a.own ? [part('own', { own: false })] : []),
    ]
  }
  const candidates = [...groups]
    .map(([key, g]) => ({ key, n: g.n, cells: [...g.cells], wholes: wholesOf(g.asked), rank: rank(g.asked, first) }))
    .sort((x, y) => x.rank - y.rank || y.n - x.n || (x.key < y.key ? -1 : 1))
  return { cells: numbers.size, known: [...sides.values()].map((side) => [...side]), candidates }
}
