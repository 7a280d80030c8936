import { allow, reaching, regionIdsOf } from '@/lib/access/service'
import type { Actor, Scope } from '@/lib/access/model'
import { domainTitlesOfSubject, frameworkTitles } from '@/lib/instruments/inside'
import { groupBy } from '@/lib/platform/group'
import { levels, regions, subjects } from '@/lib/roster/service'
import {
  coveredBy,
  inForce,
  reachKey,
  readSchools,
  readSlices,
  rosterOf,
  rosterOfSchools,
  withdrawnSeries,
  type ReadCell,
  type Slice,
  type Snapshot,
} from '@/lib/publication/inside'
import { boundaries } from './boundary-service'
import { basisFor, type Basis, type Cell, type CycleChoice, type MapFilter } from './model'
import { betweenPlaces } from './placed'
import { asCell } from './read-cell'
import * as store from './store'

export { answerRates, type AnswerRate } from './rates-service'
export type { NamedScore } from './store'
export type { Boundaries } from './boundary'
export { ownSchool, ownSchools, schoolView, TEACHERS_A_PAGE, type SchoolView } from './school-service'
export { boundaries, loadBoundaries, removeBoundaries } from './boundary-service'
export { publicPage, publicPreview, type PublicPage } from './public-service'

type Action = 'map:read' | 'report:export'

/** Cycles and series that can be read, of the snapshots in force. */
function choicesOf(snapshots: readonly Snapshot[]): (CycleChoice & { snapshot: Snapshot; cycle: string })[] {
  return [
    ...snapshots.map((s) => ({
      value: s.series,
      label: `${s.series} (semua gelombang)`,
      simulated: s.cycles.some((c) => c.simulated),
      snapshot: s,
      cycle: '',
    })),
    ...snapshots.flatMap((s) =>
      s.cycles.flatMap((c) => (c.lastClosed ? [{ value: c.code, label: c.name, simulated: c.simulated, snapshot: s, cycle: c.code }] : [])),
    ),
  ]
}

/** What the filter asks of which snapshot, narrowed to what the actor may see; no slice where nothing is published. */
async function resolve(actor: Actor, filter: MapFilter, action: Action = 'map:read') {
  const scope = allow(actor, action)
  const [snapshots, allSubjects, allRegions] = await Promise.all([inForce(), subjects(), regions()])
  const choices = choicesOf(snapshots)
  const chosen = choices.find((c) => c.value === filter.siklus) ?? choices[0] ?? null
  const reached = regionIdsOf(scope)
  const seen = reached ? allRegions.filter((r) => reached.includes(r.id)) : allRegions
  const cycles: CycleChoice[] = choices.map(({ value, label, simulated }) => ({ value, label, simulated }))
  const base = { scope, cycles, cycle: cycles.find((c) => c.value === chosen?.value) ?? null, seen, allSubjects }
  if (!chosen) return { ...base, from: null }
  const asked: Omit<Slice, 'basis' | 'indicator'> = {
    part: filter.bagian,
    reach: reachKey(scope),
    cycle: chosen.cycle,
    level: filter.jenjang,
    subject: filter.mapel ? (allSubjects.find((s) => s.code === filter.mapel)?.id ?? '') : '',
    status: filter.status,
  }
  const { snapshot } = chosen
  const summed = asked.reach === '' || snapshot.reaches.includes(asked.reach)
  const tested = await coveredBy(snapshot, summed ? asked : { ...asked, reach: '' })
  const slice: Slice = { ...asked, basis: basisFor(tested, filter.dasar), indicator: '' }
  return { ...base, from: { snapshot, slice, tested, summed, keys: keysOf(scope, snapshot, slice.reach, seen) } }
}

/**
 * By which word each kabupaten's figures stand in the snapshot. An actor whose grants are younger than it reads of a kabupaten what one of
 * them alone reaches there; sums over several ('' the whole) come with the next snapshot.
 */
function keysOf(scope: Scope, snapshot: Snapshot, reach: string, seen: readonly { id: string }[]): Map<string, string> {
  const known = (key: string) => key === '' || snapshot.reaches.includes(key)
  if (known(reach)) return new Map([['', reach], ...seen.map((r) => [r.id, reach] as const)])
  return new Map(
    seen.flatMap((r) => {
      const key = reachKey(scope.filter((g) => g.regionId === null || g.regionId === r.id))
      return known(key) ? [[r.id, key] as const] : []
    }),
  )
}

/** Cells of the slices that match, each place under the word by which the actor reads it. */
async function readFor(snapshot: Snapshot, keys: ReadonlyMap<string, string>, slice: Partial<Slice>): Promise<ReadCell[]> {
  const cells = await Promise.all([...new Set(keys.values())].map((reach) => readSlices(snapshot, { ...slice, reach })))
  return cells.flat().filter((c) => keys.get(c.place) === c.reach)
}
const byPlace = (cells: readonly ReadCell[]) => new Map(cells.map((c) => [c.place, c]))

/** Teachers on the roster of each kabupaten whom the scope reaches. */
async function enrolled(scope: Scope, snapshot: Snapshot, slice: Slice): Promise<Map<string, number>> {
  const rows = await rosterOf(snapshot.id, slice.subject)
  const reached = rows.filter(
    (r) =>
      (!slice.level || r.level === slice.level) && reaching(scope, { regionId: r.regionId, schoolId: '', levelCode: r.level }).length > 0,
  )
  return new Map([...groupBy(reached, (r) => r.regionId)].map(([id, own]) => [id, own.reduce((s, r) => s + r.n, 0)]))
}

export type MapView = {
  filter: MapFilter
  cells: Cell[]
  total: Cell
  lastClosed: Date | null
  cycles: CycleChoice[]
  cycle: CycleChoice | null
  subjects: { code: string; name: string }[]
  levels: { code: string; name: string }[]
  statuses: string[]
  rules: { hideBelow: number; hatchBelow: number; version: number; shipped: boolean }
  spread: { between: number | null }
  basis: Basis
  /** Tested people who are not measured yet: left out where the basis is mastery. */
  unmeasured: number
  /** Whether the other basis has anything to show. */
  choice: boolean
  /** The snapshot that all figures stand in; null where nothing is published. */
  published: { id: string; series: string; number: number; at: Date; seal: string } | null
  /** Series whose last snapshot was withdrawn, with the reason. */
  withdrawn: { series: string; at: Date; why: string }[]
  /** The reader's grants are younger than the snapshot: figures of exactly these people come with the next one. */
  notYetSummed: boolean
}

const NOTHING: MapView['rules'] = { hideBelow: 10, hatchBelow: 20, version: 0, shipped: true }

/** Means per kabupaten/kota for one part as they were published, for whom `actor` may see. */
export async function mapView(actor: Actor, filter: MapFilter, action: Action = 'map:read'): Promise<MapView> {
  const { scope, cycles, cycle, seen, allSubjects, from } = await resolve(actor, filter, action)
  const [allLevels, withdrawn] = await Promise.all([levels(), withdrawnSeries()])
  const shared = {
    filter,
    cycles,
    cycle,
    withdrawn,
    subjects: allSubjects.map((s) => ({ code: s.code, name: s.name })),
    levels: allLevels.filter((l) => l.active).map((l) => ({ code: l.code, name: l.name })),
  }
  const province = 'Provinsi Lampung'
  if (!from)
    return {
      ...shared,
      cells: seen.map((r) => asCell(r.kemendagriCode, r.shortName, undefined, 0)),
      total: asCell('18', province, undefined, 0),
      lastClosed: null,
      statuses: [],
      rules: NOTHING,
      spread: { between: null },
      basis: 'raw',
      unmeasured: 0,
      choice: false,
      published: null,
      notYetSummed: false,
    }
  const { snapshot, slice, tested, summed, keys } = from
  const other: Slice = { ...slice, basis: slice.basis === 'raw' ? 'mastery' : 'raw' }
  const [found, others, roster, statuses] = await Promise.all([
    readFor(snapshot, keys, slice).then(byPlace),
    readFor(snapshot, keys, other).then(byPlace),
    enrolled(scope, snapshot, slice),
    readSlices(snapshot, { part: slice.part, basis: 'raw', reach: '', cycle: slice.cycle, level: '', subject: '', indicator: '' }),
  ])
  const cells = seen.map((r) => asCell(r.kemendagriCode, r.shortName, found.get(r.id), roster.get(r.id) ?? 0))
  const total = asCell(
    '18',
    province,
    found.get(''),
    seen.reduce((s, r) => s + (roster.get(r.id) ?? 0), 0),
  )
  const bothShown = total.mean !== null && (others.get('')?.mean ?? null) !== null
  const closed = snapshot.cycles.find((c) => c.code === slice.cycle)?.lastClosed
  return {
    ...shared,
    cells,
    total,
    lastClosed: total.state === 'hidden' ? null : closed ? new Date(closed) : snapshot.lastClosed,
    // Kinds of employment are told of everybody alone.
    statuses: slice.reach === '' ? [...new Set(statuses.flatMap((c) => (c.status && c.place === '' ? [c.status] : [])))].sort() : [],
    rules: {
      hideBelow: snapshot.hideBelow,
      hatchBelow: snapshot.hatchBelow,
      version: snapshot.rulesVersion,
      shipped: snapshot.rulesShipped,
    },
    spread: { between: betweenPlaces(cells.flatMap(({ mean, standardError }) => (mean === null ? [] : [{ mean, standardError }]))) },
    basis: slice.basis,
    unmeasured: bothShown ? tested.n - tested.measured : 0,
    choice: tested.measured > 0 && tested.measured < tested.n,
    published: {
      id: snapshot.id,
      series: snapshot.series,
      number: snapshot.number,
      at: snapshot.publishedAt!,
      seal: snapshot.hashOut!.slice(0, 12),
    },
    notYetSummed: !summed,
  }
}

export type HeatView = {
  basis: Basis
  regions: { code: string; name: string }[]
  rows: { code: string; name: string; cells: Cell[]; total: Cell }[]
}

/** Subject × kabupaten. */
export async function heatView(actor: Actor, filter: MapFilter, action: Action = 'map:read'): Promise<HeatView> {
  const { seen, allSubjects, from } = await resolve(actor, { ...filter, mapel: '', status: '' }, action)
  const { subject: _, ...open } = from?.slice ?? ({} as Partial<Slice>)
  const found = from ? await readFor(from.snapshot, from.keys, open) : []
  const at = new Map(found.map((c) => [`${c.subject}|${c.place}`, c]))
  return {
    basis: from?.slice.basis ?? 'raw',
    regions: seen.map((r) => ({ code: r.kemendagriCode, name: r.shortName })),
    rows: allSubjects.map((s) => ({
      code: s.code,
      name: s.name,
      cells: seen.map((r) => asCell(r.kemendagriCode, r.shortName, at.get(`${s.id}|${r.id}`), 0)),
      total: asCell(s.code, s.name, at.get(`${s.id}|`), 0),
    })),
  }
}

export type SpreadView = {
  basis: Basis
  bands: { from: number; n: number }[]
  boxes: { code: string; name: string; n: number; q: number[] }[]
  total: number
  hidden: number
}

/**
 * How people are spread: bands of five percents, and a box for every kabupaten, where they are published and, for a box, large enough. On mastery
 * it is the spread of what people truly master, in expected numbers; raw percents are shown as they are.
 */
export async function spreadView(actor: Actor, filter: MapFilter): Promise<SpreadView> {
  const { seen, from } = await resolve(actor, filter)
  const found = from ? byPlace(await readFor(from.snapshot, from.keys, from.slice)) : new Map<string, ReadCell>()
  const whole = found.get('')
  const boxes = seen.flatMap((r) => {
    const c = found.get(r.id)
    return c && c.n !== null && c.quantiles.length ? [{ code: r.kemendagriCode, name: r.shortName, n: c.n, q: c.quantiles }] : []
  })
  return {
    basis: from?.slice.basis ?? 'raw',
    bands: (whole?.bands ?? []).map((n, i) => ({ from: i * 5, n })),
    boxes,
    total: (whole?.bands ?? []).reduce((s, n) => s + n, 0),
    hidden: seen.filter((r) => found.has(r.id)).length - boxes.length,
  }
}

/** Groups by level of school, of everybody whom the filter asks for and the actor sees; empty where the filter is of one level. */
async function levelView(actor: Actor, filter: MapFilter): Promise<Cell[]> {
  if (filter.jenjang || filter.status) return []
  const [{ scope, from }, allLevels] = await Promise.all([resolve(actor, filter), levels()])
  if (!from) return []
  const { level: _, ...open } = from.slice
  const [found, roster] = await Promise.all([readFor(from.snapshot, from.keys, open), rosterOf(from.snapshot.id, from.slice.subject)])
  const at = new Map(found.flatMap((c) => (c.place === '' ? [[c.level, c] as const] : [])))
  const reached = (r: (typeof roster)[number]) => reaching(scope, { regionId: r.regionId, schoolId: '', levelCode: r.level }).length > 0
  return allLevels.flatMap((l) => {
    const enrolledHere = roster.filter((r) => r.level === l.code && reached(r)).reduce((s, r) => s + r.n, 0)
    return at.has(l.code) ? [asCell(l.code, l.name, at.get(l.code), enrolledHere)] : []
  })
}

/** `domain`: of one subject, an area of its content; else an indicator of the framework. */
export type IndicatorView = { code: string; title: string; domain: boolean; items: number; total: Cell; cells: Cell[] }[]

/**
 * Mean of every indicator and, under a filter of one subject, of its content domains, for the province and each kabupaten; strongest first.
 * Always of everybody and in raw percents: told of the measured alone, too, it would give away the few who are not.
 */
export async function indicatorView(actor: Actor, filter: MapFilter, action: Action = 'map:read'): Promise<IndicatorView> {
  const { seen, from } = await resolve(actor, { ...filter, dasar: 'mentah' }, action)
  if (!from) return []
  const { indicator: _, ...open } = from.slice
  const [cells, titles, domains] = await Promise.all([
    readFor(from.snapshot, from.keys, open),
    frameworkTitles(),
    filter.bagian === '4' && filter.mapel ? domainTitlesOfSubject(filter.mapel) : new Map<string, string>(),
  ])
  return [...groupBy(cells, (c) => c.indicator)]
    .filter(([indicator]) => indicator !== '')
    .map(([indicator, own]) => {
      const at = new Map(own.map((c) => [c.place, c]))
      const domain = indicator.startsWith(DOMAIN)
      const code = domain ? indicator.slice(DOMAIN.length) : indicator
      return {
        code,
        title: (domain ? domains.get(code) : titles.get(code)?.title) ?? code,
        domain,
        items: Math.max(...own.map((c) => c.items ?? 0)),
        total: asCell(code, code, at.get(''), 0),
        cells: seen.map((r) => asCell(r.kemendagriCode, r.shortName, at.get(r.id), 0)),
      }
    })
    .sort((a, b) => Number(a.domain) - Number(b.domain) || (b.total.mean ?? -1) - (a.total.mean ?? -1) || (a.code < b.code ? -1 : 1))
}

export type MapBody = {
  heat: HeatView | null
  spread: SpreadView | null
  indicators: IndicatorView | null
  /** Groups by level of school, beside the spread. */
  levels: Cell[]
  boundaries: Awaited<ReturnType<typeof boundaries>>
}

/** Before the code of a content domain, where indicators have the code alone. */
const DOMAIN = 'domain:'

/** All that the map page shows under one filter: the map, and the view that its tab asks for. */
export async function mapPage(actor: Actor, filter: MapFilter): Promise<{ view: MapView; body: MapBody }> {
  const [view, heat, spread, indicators, byLevel, drawn] = await Promise.all([
    mapView(actor, filter),
    filter.tampilan === 'tabel' ? heatView(actor, filter) : null,
    filter.tampilan === 'sebaran' ? spreadView(actor, filter) : null,
    filter.tampilan === 'indikator' ? indicatorView(actor, filter) : null,
    filter.tampilan === 'sebaran' ? levelView(actor, filter) : [],
    boundaries(),
  ])
  return { view, body: { heat, spread, indicators, levels: byLevel, boundaries: drawn } }
}

export type SchoolCell = Cell & { id: string }

/**
 * Schools of one kabupaten, of all subjects together: hardly a school has enough teachers of one, and its few would be read out of the
 * others. `untested`: schools on the roster from which nobody was tested. Null when the region is not the actor's.
 */
export async function regionView(
  actor: Actor,
  code: string,
  filter: MapFilter,
): Promise<{
  name: string
  schools: SchoolCell[]
  untested: { id: string; name: string; npsn: string | null; level: string; roster: number }[]
  total: Cell
  view: MapView
} | null> {
  const { scope, seen, from } = await resolve(actor, filter)
  const region = seen.find((r) => r.kemendagriCode === code)
  if (!region) return null
  const view = await mapView(actor, filter)
  const [found, roster] = from
    ? await Promise.all([readSchools(from.snapshot, from.slice, region.id), rosterOfSchools(from.snapshot.id, region.id)])
    : [new Map<string, ReadCell>(), []]
  const reached = roster.filter(
    (s) =>
      (!filter.jenjang || s.level === filter.jenjang) &&
      reaching(scope, { regionId: region.id, schoolId: s.schoolId, levelCode: s.level }).length > 0,
  )
  const byId = new Map(reached.map((s) => [s.schoolId, s]))
  const names = await store.schoolNames([...byId.keys()])
  const narrowed = filter.mapel !== '' || filter.status !== ''
  const told = (cell: ReadCell | undefined): ReadCell | undefined =>
    cell && narrowed ? { ...cell, n: null, mean: null, se: null, margin: null, compared: null, state: 'hidden' } : cell
  return {
    name: region.name,
    schools: names.flatMap((s) =>
      found.has(s.id) ? [{ id: s.id, ...asCell(s.npsn ?? '', s.name, told(found.get(s.id)), byId.get(s.id)!.n) }] : [],
    ),
    untested: names.flatMap((s) =>
      found.has(s.id) ? [] : [{ id: s.id, name: s.name, npsn: s.npsn, level: byId.get(s.id)!.level, roster: byId.get(s.id)!.n }],
    ),
    total: view.cells.find((c) => c.code === code)!,
    view,
  }
}
