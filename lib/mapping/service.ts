import { act, allow, audit, isWhole, regionIdsOf } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { frameworkTitles } from '@/lib/instruments/inside'
import { refuse, ok, type Result } from '@/lib/platform/result'
import { levels, regions, subjects } from '@/lib/roster/service'
import { rulesInForce } from '@/lib/standards/service'
import { readBoundaries, type Boundaries } from './boundary'
import { likenessOf } from '@/lib/psychometrics/cluster-mean'
import { gathered, toCell, toCells, together, type Place } from './cells'
import { ofSchool, type Asked } from './family'
import { basisFor, type Basis, type Cell, type CycleChoice, type MapFilter } from './model'
import { covered, inReach, publishedGroups } from './published'
import { bandsOf, betweenPlaces, placed, quantileOf } from './placed'
import { groupBy } from '@/lib/platform/group'
import * as store from './store'

export { answerRates, type AnswerRate } from './rates-service'
export type { Query, NamedScore } from './store'
export type { Boundaries } from './boundary'
export { ownSchool, ownSchools, schoolView, type SchoolView } from './school-service'

/** Shares of people at the ends, the edges and the middle of a box. */
const BOX = [0.1, 0.25, 0.5, 0.75, 0.9]

type Action = 'map:read' | 'report:export'

/** The filter as ids, narrowed to what the actor may see, and what is published of it. */
async function resolve(actor: Actor, filter: MapFilter, action: Action = 'map:read') {
  const scope = allow(actor, action)
  const [choices, allSubjects] = await Promise.all([store.cycleChoices(), subjects()])
  const series = [...new Set(choices.map((c) => c.series))]
  const cycles: CycleChoice[] = [
    ...series.map((s) => ({ value: s, label: `${s} (semua gelombang)`, simulated: choices.some((c) => c.series === s && c.simulated) })),
    ...choices.map((c) => ({ value: c.code, label: c.name, simulated: c.simulated })),
  ]
  const chosen = cycles.find((c) => c.value === filter.siklus) ?? cycles[0] ?? null
  const isSeries = chosen !== null && series.includes(chosen.value)
  const place = {
    part: filter.bagian,
    subjectId: filter.mapel ? (allSubjects.find((s) => s.code === filter.mapel)?.id ?? null) : null,
    levelCodes: filter.jenjang ? [filter.jenjang] : null,
    cycle: chosen && !isSeries ? chosen.value : null,
    series: isSeries ? chosen.value : null,
    regionId: null,
    scope,
  }
  const inSeries = isSeries ? chosen.value : (choices.find((c) => c.code === chosen?.value)?.series ?? null)
  const { atoms, shows } = await publishedGroups(filter.bagian, inSeries, scope)
  const tested = covered(
    atoms.filter(
      (a) =>
        (place.cycle ? a.cycle === place.cycle : a.latest) &&
        (!place.subjectId || a.subjectId === place.subjectId) &&
        (!filter.jenjang || a.level === filter.jenjang) &&
        inReach(scope, a),
    ),
  )
  const basis = basisFor(tested, filter.dasar)
  const query: store.Query = { ...place, basis }
  const asked: Asked = {
    basis,
    cycle: place.cycle ?? '',
    level: filter.jenjang,
    subject: place.subjectId ?? '',
    place: '',
    indicator: '',
    own: !isWhole(scope),
  }
  /** Whether a group of `n` people of this view is published: the whole of it, or narrowed further. */
  const published = (n: number | undefined, narrowed: Partial<Asked> = {}) => shows({ ...asked, ...narrowed }, n ?? 0)
  /** `shown`: the kabupaten that are shown; null: all. */
  return { shown: regionIdsOf(scope), cycles, cycle: chosen, tested, query, published }
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
  rules: { hideBelow: number; hatchBelow: number; version: number; shipped: boolean }
  spread: { between: number | null }
  basis: Basis
  /** Tested people who are not measured yet: left out where the basis is mastery. */
  unmeasured: number
  /** Whether the other basis has anything to show. */
  choice: boolean
}

/** Means per kabupaten/kota for one part, scoped and suppressed for `actor`. */
export async function mapView(actor: Actor, filter: MapFilter, action: Action = 'map:read'): Promise<MapView> {
  const { query, shown: reached, cycles, cycle, tested, published } = await resolve(actor, filter, action)
  const [all, sums, roster, rules, allSubjects, allLevels] = await Promise.all([
    regions(),
    store.schoolSums(query),
    store.rosterByRegion(query),
    rulesInForce(),
    subjects(),
    levels(),
  ])
  const seen = reached ? all.filter((r) => reached.includes(r.id)) : all
  const found = gathered(sums, (r) => r.regionId)
  const province = together([...found.values()])
  const alike = likenessOf(province.schools)
  const enrolled = new Map(roster.map((r) => [r.key, r.n]))
  const { hideBelow, hatchBelow } = rules.rules
  const cells = toCells(
    seen.map((r) => ({
      code: r.kemendagriCode,
      name: r.shortName,
      group: found.get(r.id),
      hidden: !published(found.get(r.id)?.n, { place: r.id }),
      roster: enrolled.get(r.id) ?? 0,
    })),
    hatchBelow,
    alike,
  )
  const total = toCell(
    {
      code: '18',
      name: 'Provinsi Lampung',
      group: province,
      hidden: !published(province.n),
      roster: [...enrolled.values()].reduce((a, b) => a + b, 0),
    },
    hatchBelow,
    alike,
  )
  const between = betweenPlaces(cells.flatMap(({ mean, standardError }) => (mean === null ? [] : [{ mean, standardError }])))
  return {
    filter,
    cells,
    total,
    lastClosed: total.state === 'hidden' ? null : tested.last,
    cycles,
    cycle,
    subjects: allSubjects.map((s) => ({ code: s.code, name: s.name })),
    levels: allLevels.filter((l) => l.active).map((l) => ({ code: l.code, name: l.name })),
    rules: { hideBelow, hatchBelow, version: rules.version, shipped: rules.shipped },
    spread: { between },
    basis: query.basis,
    unmeasured: published(tested.n, { basis: 'raw' }) && published(tested.measured, { basis: 'mastery' }) ? tested.n - tested.measured : 0,
    choice: tested.measured > 0 && tested.measured < tested.n,
  }
}

export type HeatView = {
  basis: Basis
  regions: { code: string; name: string }[]
  rows: { code: string; name: string; cells: Cell[]; total: Cell }[]
}

/** Subject × kabupaten. */
export async function heatView(actor: Actor, filter: MapFilter, action: Action = 'map:read'): Promise<HeatView> {
  const { query, shown, published } = await resolve(actor, { ...filter, mapel: '' }, action)
  const [all, allSubjects, sums, rules] = await Promise.all([regions(), subjects(), store.subjectSums(query), rulesInForce()])
  const { hatchBelow } = rules.rules
  const seen = shown ? all.filter((r) => shown.includes(r.id)) : all
  const at = gathered(sums, (r) => `${r.subjectId}|${r.regionId}`)
  return {
    basis: query.basis,
    regions: seen.map((r) => ({ code: r.kemendagriCode, name: r.shortName })),
    rows: allSubjects.map((s) => {
      const whole = together(seen.map((r) => at.get(`${s.id}|${r.id}`)))
      const alike = likenessOf(whole.schools)
      const places = seen.map((r) => ({
        code: r.kemendagriCode,
        name: r.shortName,
        group: at.get(`${s.id}|${r.id}`),
        hidden: !published(at.get(`${s.id}|${r.id}`)?.n, { subject: s.id, place: r.id }),
        roster: 0,
      }))
      return {
        code: s.code,
        name: s.name,
        cells: toCells(places, hatchBelow, alike),
        total: toCell(
          { code: s.code, name: s.name, group: whole, hidden: !published(whole.n, { subject: s.id }), roster: 0 },
          hatchBelow,
          alike,
        ),
      }
    }),
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
  const { query, published } = await resolve(actor, filter)
  const [all, { bands, boxes }, rules] = await Promise.all([
    regions(),
    query.basis === 'raw' ? rawSpread(query) : trueSpread(query),
    rulesInForce(),
  ])
  const total = bands.reduce((a, b) => a + b.n, 0)
  const { hatchBelow } = rules.rules
  const large = boxes.filter((b) => b.n >= hatchBelow && published(b.n, { place: b.key }))
  const drawn = published(total)
  return {
    basis: query.basis,
    bands: drawn ? Array.from({ length: 20 }, (_, i) => ({ from: i * 5, n: bands.find((b) => b.band === i)?.n ?? 0 })) : [],
    boxes: all.flatMap((r) => {
      const b = large.find((x) => x.key === r.id)
      return b ? [{ code: r.kemendagriCode, name: r.shortName, n: b.n, q: b.q }] : []
    }),
    total: drawn ? total : 0,
    hidden: boxes.length - large.length,
  }
}

type Spreading = { bands: { band: number; n: number }[]; boxes: { key: string; n: number; q: number[] }[] }

async function rawSpread(query: store.Query): Promise<Spreading> {
  const [bands, boxes] = await Promise.all([store.histogram(query), store.quantiles(query)])
  return { bands, boxes }
}

async function trueSpread(query: store.Query): Promise<Spreading> {
  const people = placed(await store.ranges(query))
  return {
    bands: bandsOf(people).map(({ from, n }) => ({ band: from / 5, n })),
    boxes: [...groupBy(people, (p) => p.key)].map(([key, own]) => ({ key, n: own.length, q: BOX.map((share) => quantileOf(own, share)) })),
  }
}

export type IndicatorView = { code: string; title: string; items: number; total: Cell; cells: Cell[] }[]

/**
 * Mean of every indicator, for the province and each kabupaten; strongest first. Always of everybody and in raw percents: told of the
 * measured alone, too, it would give away the few who are not.
 */
export async function indicatorView(actor: Actor, filter: MapFilter, action: Action = 'map:read'): Promise<IndicatorView> {
  const { query, shown, published } = await resolve(actor, { ...filter, dasar: 'mentah' }, action)
  const [all, sums, titles, rules] = await Promise.all([regions(), store.indicatorSums(query), frameworkTitles(), rulesInForce()])
  const { hatchBelow } = rules.rules
  const seen = shown ? all.filter((r) => shown.includes(r.id)) : all
  const at = gathered(sums, (r) => `${r.code}|${r.regionId}`)
  const items = new Map<string, number>()
  for (const r of sums) items.set(r.code, Math.max(items.get(r.code) ?? 0, r.items))
  return [...items.keys()]
    .map((code) => {
      const own = seen.map((r) => at.get(`${code}|${r.id}`))
      const whole = together(own)
      const alike = likenessOf(whole.schools)
      return {
        code,
        title: titles.get(code)?.title ?? code,
        items: items.get(code)!,
        total: toCell({ code, name: code, group: whole, hidden: !published(whole.n, { indicator: code }), roster: 0 }, hatchBelow, alike),
        cells: toCells(
          seen.map((r, i) => ({
            code: r.kemendagriCode,
            name: r.shortName,
            group: own[i],
            hidden: !published(own[i]?.n, { indicator: code, place: r.id }),
            roster: 0,
          })),
          hatchBelow,
          alike,
        ),
      }
    })
    .sort((a, b) => (b.total.mean ?? -1) - (a.total.mean ?? -1))
}

export type MapBody = {
  heat: HeatView | null
  spread: SpreadView | null
  indicators: IndicatorView | null
  boundaries: Awaited<ReturnType<typeof boundaries>>
}

/** All that the map page shows under one filter: the map, and the view that its tab asks for. */
export async function mapPage(actor: Actor, filter: MapFilter): Promise<{ view: MapView; body: MapBody }> {
  const [view, heat, spread, indicators, drawn] = await Promise.all([
    mapView(actor, filter),
    filter.tampilan === 'tabel' ? heatView(actor, filter) : null,
    filter.tampilan === 'sebaran' ? spreadView(actor, filter) : null,
    filter.tampilan === 'indikator' ? indicatorView(actor, filter) : null,
    boundaries(),
  ])
  return { view, body: { heat, spread, indicators, boundaries: drawn } }
}

export type SchoolCell = Cell & { id: string }

/**
 * Schools of one kabupaten, of all subjects together: hardly a school has enough teachers of one, and its few would be read out of the
 * others. Null when the region is not the actor's.
 */
export async function regionView(
  actor: Actor,
  code: string,
  filter: MapFilter,
): Promise<{ name: string; schools: SchoolCell[]; total: Cell; view: MapView } | null> {
  const { query, shown, published } = await resolve(actor, filter)
  const region = (await regions()).find((r) => r.kemendagriCode === code)
  if (!region || (shown && !shown.includes(region.id))) return null
  const own: store.Query = { ...query, regionId: region.id }
  const [sums, roster, rules, view] = await Promise.all([
    store.schoolSums(own),
    store.rosterBySchool(own),
    rulesInForce(),
    mapView(actor, filter),
  ])
  const schools = await store.schoolNames(sums.map((s) => s.schoolId))
  const at = gathered(sums, (s) => s.schoolId)
  const { hatchBelow } = rules.rules
  const enrolled = new Map(roster.map((r) => [r.key, r.n]))
  const places = schools.map((s): Place => ({
    code: s.npsn ?? '',
    name: s.name,
    group: at.get(s.id),
    hidden: !!query.subjectId || !published(at.get(s.id)?.n, { level: '', place: ofSchool(s.id), own: false }),
    roster: enrolled.get(s.id) ?? 0,
  }))
  // A school is looked at for itself: its error is that of its people.
  const cells = toCells(places, hatchBelow, likenessOf(together([...at.values()]).schools), true)
  return {
    name: region.name,
    schools: schools.map((s, i) => ({ id: s.id, ...cells[i]! })),
    total: view.cells.find((c) => c.code === code)!,
    view,
  }
}

/** The boundaries in force, or null when the mosaic is to be drawn. Public: they hold nothing personal. */
export async function boundaries(): Promise<{ geometry: Boundaries; sourceLine: string } | null> {
  const row = await store.activeBoundary()
  return row ? { geometry: row.geojson as unknown as Boundaries, sourceLine: row.sourceLine } : null
}

/** Puts the office's own boundary file into force after checking it. */
export async function loadBoundaries(actor: Actor, text: string, sourceLine: string): Promise<Result<null>> {
  allow(actor, 'rules:manage')
  if (sourceLine.trim().length < 5) return refuse('source', 'Tulis sumber berkas, misalnya "BIG, 2024".')
  const areas = new Map((await regions()).map((r) => [r.kemendagriCode, r.areaKm2]))
  const checked = readBoundaries(text, areas)
  if (!checked.ok) return checked
  return act(async (tx) => {
    await store.saveBoundary(checked.value, sourceLine.trim(), actor.userId, new Date())
    await audit(actor, 'rules:manage', 'boundary', { detail: { source: sourceLine } }, tx)
    return ok(null)
  })
}

export async function removeBoundaries(actor: Actor): Promise<Result<null>> {
  allow(actor, 'rules:manage')
  return act(async (tx) => {
    await store.dropBoundary()
    await audit(actor, 'rules:manage', 'boundary', { detail: { removed: true } }, tx)
    return ok(null)
  })
}
