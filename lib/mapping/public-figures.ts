import type { Enrolled, ReadCell, Snapshot } from '@/lib/publication/inside'
import { basisFor, type Basis } from './model'
import { FEWEST_SCHOOLS, type PublicCell, type PublicFigures, type PublicPart } from './public-model'
import { asCell } from './read-cell'
import { hideSmall } from './suppress'

/** The figures of the public page from cells as they may be told. Pure. */

export type Names = {
  places: { id: string; code: string; name: string }[]
  levels: { code: string; name: string }[]
  subjects: { id: string; code: string; name: string }[]
  indicators: ReadonlyMap<string, string>
}
export type PartRead = {
  part: string
  /** How many are tested and how many of them measured. */
  tested: { n: number; measured: number }
  cells: readonly ReadCell[]
  roster: {
    places: ReadonlyMap<string, Enrolled>
    levels: ReadonlyMap<string, Enrolled>
    subjects: ReadonlyMap<string, number>
  }
}

const PROVINCE = { code: '18', name: 'Provinsi Lampung' }

/** A group of too few schools tells no more than that it is hidden. */
const shut = (c: PublicCell): PublicCell => ({
  ...c,
  n: null,
  mean: null,
  standardError: null,
  margin: null,
  share: null,
  shareMargin: null,
  compared: null,
  schools: null,
  untested: null,
  state: 'hidden',
})

/**
 * Groups that make up one whole: of fewer than three schools none is told, and so many others with it that the rest of the whole is no such
 * group either.
 */
export function fewSchoolsShut(row: readonly PublicCell[]): PublicCell[] {
  const told = (c: PublicCell) => c.state === 'shown' || c.state === 'hatched'
  const schools = row.map((c) => (told(c) ? (c.schools ?? 0) : c.state === 'hidden' ? FEWEST_SCHOOLS : 0))
  if (!row.some((c, i) => told(c) && schools[i]! < FEWEST_SCHOOLS)) return [...row]
  const hidden = hideSmall(
    schools,
    FEWEST_SCHOOLS,
    row.map((c) => c.state === 'hidden' || (told(c) && c.schools === 0)),
  )
  return row.map((c, i) => (hidden[i] ? shut(c) : c))
}

/** Groups that make up no whole: each for itself. */
const fewShut = (c: PublicCell): PublicCell => (c.schools !== null && c.schools > 0 && c.schools < FEWEST_SCHOOLS ? shut(c) : c)

/** In how many ways a group is narrowed. */
const breadth = (c: ReadCell): number => [c.level, c.subject, c.place, c.indicator].filter(Boolean).length

function partOf({ part, tested, cells, roster }: PartRead, names: Names): PublicPart {
  const basis: Basis = basisFor(tested)
  const of = new Map<string, ReadCell>()
  for (const c of cells)
    if (c.part === part && c.reach === '' && c.cycle === '' && c.status === '' && breadth(c) <= 1 && !c.place.startsWith('school:'))
      of.set([c.basis, c.level, c.subject, c.place, c.indicator].join('|'), c)
  const cell = (
    code: string,
    name: string,
    at: { level?: string; subject?: string; place?: string; indicator?: string },
    enrolled?: Partial<Enrolled>,
  ): PublicCell => {
    const found = of.get([at.indicator ? 'raw' : basis, at.level ?? '', at.subject ?? '', at.place ?? '', at.indicator ?? ''].join('|'))
    return {
      ...asCell(code, name, found, enrolled?.teachers ?? 0),
      schools: found && found.state !== 'hidden' ? found.schools : found ? null : 0,
      untested: found?.state === 'hidden' ? null : (enrolled?.untested ?? null),
    }
  }
  const sum = (pick: (e: Enrolled) => number) => [...roster.levels.values()].reduce((s, e) => s + pick(e), 0)
  const indicators = [...new Set([...of.values()].flatMap((c) => (c.indicator && !c.indicator.startsWith('domain:') ? [c.indicator] : [])))]
  const places = fewSchoolsShut(
    [...names.places]
      .sort((a, b) => a.name.localeCompare(b.name, 'id'))
      .map((p) => cell(p.code, p.name, { place: p.id }, roster.places.get(p.id))),
  )
  const levels = fewSchoolsShut(
    names.levels.filter((l) => roster.levels.has(l.code)).map((l) => cell(l.code, l.name, { level: l.code }, roster.levels.get(l.code))),
  )
  // Where a place or level keeps its number of schools to itself, sums that would tell it are not told either.
  const allTold = [...places, ...levels].every((c) => c.untested !== null)
  const summed = (c: PublicCell): PublicCell => (allTold ? c : { ...c, untested: null })
  return {
    part,
    basis,
    total: summed(
      fewShut(cell(PROVINCE.code, PROVINCE.name, {}, { teachers: sum((e) => e.teachers), untested: sum((e) => e.untested ?? 0) })),
    ),
    places,
    levels: levels.map(summed),
    subjects: fewSchoolsShut(
      names.subjects
        .filter((s) => roster.subjects.has(s.id))
        .map((s) => cell(s.code, s.name, { subject: s.id }, { teachers: roster.subjects.get(s.id) ?? 0 })),
    ),
    indicators: indicators
      .sort((a, b) => a.localeCompare(b, 'id', { numeric: true }))
      .map((code) => ({
        ...fewShut(cell(code, names.indicators.get(code) ?? code, { indicator: code })),
        items: of.get(['raw', '', '', '', code].join('|'))?.items ?? 0,
      })),
  }
}

/** The parts of which somebody is tested. */
export const publicParts = (read: readonly PartRead[], names: Names): PublicPart[] =>
  read.filter((r) => r.tested.n > 0).map((r) => partOf(r, names))

/** All that the public may read of a snapshot in force. */
export const publicFiguresOf = (s: Snapshot, parts: PublicPart[]): PublicFigures => ({
  series: s.series,
  number: s.number,
  publishedAt: s.publishedAt!,
  lastClosed: s.lastClosed,
  seal: s.hashOut!.slice(0, 12),
  cycles: s.cycles.flatMap((c) => (c.lastClosed ? [{ name: c.name, startsOn: c.startsOn }] : [])),
  simulated: s.cycles.some((c) => c.simulated),
  rules: { hideBelow: s.hideBelow, hatchBelow: s.hatchBelow, version: s.rulesVersion, shipped: s.rulesShipped },
  parts,
})
