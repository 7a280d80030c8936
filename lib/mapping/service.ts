import { act, allow, audit, levelsOf, openNamed, regionIdsOf, schoolIdsOf } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { settleShown } from '@/lib/delivery/inside'
import { frameworkTitles } from '@/lib/instruments/inside'
import { refuse, ok, type Result } from '@/lib/platform/result'
import { levels, regions, subjects } from '@/lib/roster/service'
import { rulesInForce } from '@/lib/scoring/service'
import { readBoundaries, type Boundaries } from './boundary'
import { likenessOf } from '@/lib/psychometrics/cluster-mean'
import { toCell, toCells, together, type Group, type Place } from './cells'
import { basisNames, type Basis, type Cell, type CycleChoice, type MapFilter } from './model'
import * as store from './store'
import { schoolInReach } from './school-reach'
import { hideSmall, hideTable } from './suppress'

export type { Query, NamedScore } from './store'
export type { Boundaries } from './boundary'
export {
  growthPairs,
  growthView,
  indicatorGrowth,
  ownChanges,
  powerView,
  schoolGrowth,
  type Comparison,
  type GrowthCell,
  type GrowthPair,
  type GrowthView,
  type IndicatorGrowth,
  type OwnChange,
  type PowerView,
} from './growth-service'

type Action = 'map:read' | 'report:export'

/** From this share of measured people on, a view is of mastery and says how many it leaves out; below it is of raw percents. */
const MOSTLY = 0.9

/** Schools with what was tested there, gathered by whatever `key` says. */
function gathered<T extends store.SchoolSums>(rows: readonly T[], key: (r: T) => string): Map<string, Group> {
  const out = new Map<string, Group>()
  for (const r of rows) {
    const group = out.get(key(r)) ?? { n: 0, schools: [] }
    group.n += r.n
    group.schools.push({ n: r.n, sum: r.sum, squares: r.squares })
    out.set(key(r), group)
  }
  return out
}

/** The filter as ids, narrowed to what the actor may see. */
async function resolve(
  actor: Actor,
  filter: MapFilter,
  action: Action = 'map:read',
): Promise<{
  query: store.Query
  /** The kabupaten that are shown; null: all. */
  shown: string[] | null
  cycles: CycleChoice[]
  cycle: CycleChoice | null
  covered: Awaited<ReturnType<typeof store.coverage>>
}> {
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
  const covered = await store.coverage(place)
  return { shown: regionIdsOf(scope), cycles, cycle: chosen, covered, query: { ...place, basis: basisFor(covered, filter.dasar) } }
}

/** The basis that was asked for, else the one that covers people best. */
function basisFor({ n, measured }: { n: number; measured: number }, asked: MapFilter['dasar'] = ''): Basis {
  if (asked === basisNames.raw || !measured) return 'raw'
  return asked === basisNames.mastery || measured >= MOSTLY * n ? 'mastery' : 'raw'
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
  const { query, shown: reached, cycles, cycle, covered } = await resolve(actor, filter, action)
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
  const hidden = hideSmall(
    seen.map((r) => found.get(r.id)?.n ?? 0),
    hideBelow,
  )
  const cells = toCells(
    seen.map((r, i) => ({
      code: r.kemendagriCode,
      name: r.shortName,
      group: found.get(r.id),
      hidden: hidden[i]!,
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
      hidden: province.n < hideBelow,
      roster: [...enrolled.values()].reduce((a, b) => a + b, 0),
    },
    hatchBelow,
    alike,
  )
  const shown = cells.filter((c) => c.mean !== null).map((c) => c.mean!)
  const middle = shown.reduce((a, b) => a + b, 0) / (shown.length || 1)
  const between = shown.length > 2 ? Math.sqrt(shown.reduce((a, m) => a + (m - middle) ** 2, 0) / (shown.length - 1)) : null
  return {
    filter,
    cells,
    total,
    lastClosed: covered.last,
    cycles,
    cycle,
    subjects: allSubjects.map((s) => ({ code: s.code, name: s.name })),
    levels: allLevels.filter((l) => l.active).map((l) => ({ code: l.code, name: l.name })),
    rules: { hideBelow, hatchBelow, version: rules.version, shipped: rules.shipped },
    spread: { between },
    basis: query.basis,
    unmeasured: covered.n - covered.measured,
    choice: covered.measured > 0 && covered.measured < covered.n,
  }
}

export type HeatView = {
  basis: Basis
  regions: { code: string; name: string }[]
  rows: { code: string; name: string; cells: Cell[]; total: Cell }[]
}

/** Subject × kabupaten, both margins published, so suppression runs over rows and columns. */
export async function heatView(actor: Actor, filter: MapFilter, action: Action = 'map:read'): Promise<HeatView> {
  const { query, shown } = await resolve(actor, { ...filter, mapel: '' }, action)
  const [all, allSubjects, sums, rules] = await Promise.all([regions(), subjects(), store.subjectSums(query), rulesInForce()])
  const { hideBelow, hatchBelow } = rules.rules
  const seen = shown ? all.filter((r) => shown.includes(r.id)) : all
  const at = gathered(sums, (r) => `${r.subjectId}|${r.regionId}`)
  const counts = allSubjects.map((s) => seen.map((r) => at.get(`${s.id}|${r.id}`)?.n ?? 0))
  const totals = seen.map((_, c) => counts.reduce((sum, row) => sum + row[c]!, 0))
  const hidden = hideTable(counts, hideBelow, hideSmall(totals, hideBelow))
  return {
    basis: query.basis,
    regions: seen.map((r) => ({ code: r.kemendagriCode, name: r.shortName })),
    rows: allSubjects.map((s, i) => {
      const whole = together(seen.map((r) => at.get(`${s.id}|${r.id}`)))
      const alike = likenessOf(whole.schools)
      const places = seen.map((r, j) => ({
        code: r.kemendagriCode,
        name: r.shortName,
        group: at.get(`${s.id}|${r.id}`),
        hidden: hidden[i]![j]!,
        roster: 0,
      }))
      return {
        code: s.code,
        name: s.name,
        cells: toCells(places, hatchBelow, alike),
        total: toCell({ code: s.code, name: s.name, group: whole, hidden: whole.n < hideBelow, roster: 0 }, hatchBelow, alike),
      }
    }),
  }
}

export type SpreadView = {
  bands: { from: number; n: number }[]
  boxes: { code: string; name: string; n: number; q: number[] }[]
  total: number
  hidden: number
}

/** How the percents are spread: bands of five, and a box for every kabupaten large enough. */
export async function spreadView(actor: Actor, filter: MapFilter): Promise<SpreadView> {
  const { query } = await resolve(actor, filter)
  const [all, bands, boxes, rules] = await Promise.all([regions(), store.histogram(query), store.quantiles(query), rulesInForce()])
  const total = bands.reduce((a, b) => a + b.n, 0)
  const { hideBelow, hatchBelow } = rules.rules
  const large = boxes.filter((b) => b.n >= hatchBelow)
  return {
    bands: total < hideBelow ? [] : Array.from({ length: 20 }, (_, i) => ({ from: i * 5, n: bands.find((b) => b.band === i)?.n ?? 0 })),
    boxes: all.flatMap((r) => {
      const b = large.find((x) => x.key === r.id)
      return b ? [{ code: r.kemendagriCode, name: r.shortName, n: b.n, q: b.q }] : []
    }),
    total: total < hideBelow ? 0 : total,
    hidden: boxes.length - large.length,
  }
}

export type IndicatorView = { code: string; title: string; items: number; total: Cell; cells: Cell[] }[]

/** Mean of every indicator, for the province and each kabupaten; strongest first. */
export async function indicatorView(actor: Actor, filter: MapFilter, action: Action = 'map:read'): Promise<IndicatorView> {
  const { query, shown } = await resolve(actor, filter, action)
  const [all, sums, titles, rules] = await Promise.all([regions(), store.indicatorSums(query), frameworkTitles(), rulesInForce()])
  const { hideBelow, hatchBelow } = rules.rules
  const seen = shown ? all.filter((r) => shown.includes(r.id)) : all
  const at = gathered(sums, (r) => `${r.code}|${r.regionId}`)
  const items = new Map<string, number>()
  for (const r of sums) items.set(r.code, Math.max(items.get(r.code) ?? 0, r.items))
  return [...items.keys()]
    .map((code) => {
      const own = seen.map((r) => at.get(`${code}|${r.id}`))
      const hidden = hideSmall(
        own.map((x) => x?.n ?? 0),
        hideBelow,
      )
      const whole = together(own)
      const alike = likenessOf(whole.schools)
      return {
        code,
        title: titles.get(code)?.title ?? code,
        items: items.get(code)!,
        total: toCell({ code, name: code, group: whole, hidden: whole.n < hideBelow, roster: 0 }, hatchBelow, alike),
        cells: toCells(
          seen.map((r, i) => ({ code: r.kemendagriCode, name: r.shortName, group: own[i], hidden: hidden[i]!, roster: 0 })),
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

/** Schools of one kabupaten, suppressed like everything else; null when the region is not the actor's. */
export async function regionView(
  actor: Actor,
  code: string,
  filter: MapFilter,
): Promise<{ name: string; schools: SchoolCell[]; total: Cell; view: MapView } | null> {
  const { query, shown } = await resolve(actor, filter)
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
  const { hideBelow, hatchBelow } = rules.rules
  const hidden = hideSmall(
    schools.map((s) => at.get(s.id)!.n),
    hideBelow,
  )
  const enrolled = new Map(roster.map((r) => [r.key, r.n]))
  const places = schools.map((s, i): Place => ({
    code: s.npsn ?? '',
    name: s.name,
    group: at.get(s.id),
    hidden: hidden[i]!,
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

export type SchoolView = {
  school: { id: string; name: string; npsn: string | null; region: string; level: string }
  teachers: store.NamedScore[]
  parts: { part: string; title: string; school: Cell; region: Cell; province: Cell }[]
}

/** One school with its teachers by name: for those the matrix allows, and every look is logged. */
export async function schoolView(actor: Actor, schoolId: string): Promise<SchoolView | null> {
  const reach = await schoolInReach(actor, schoolId)
  if (!reach) return null
  const { school, grants } = reach
  // Before anything is read: what a head has seen of a teacher is moved by nothing that arrives later.
  await settleShown({ schoolId }, new Date())
  const [teachers, titles, rules] = await Promise.all([store.namedResults(schoolId, levelsOf(grants)), frameworkTitles(), rulesInForce()])
  await openNamed(actor, 'school-results', 'result:named', `school:${schoolId}`, teachers, (t) => t.teacherId, { role: grants[0]!.role })
  const { hideBelow, hatchBelow } = rules.rules
  const parts = await Promise.all(
    ['4', '1', '2', '3'].map(async (part) => {
      const base = { part, subjectId: null, levelCodes: null, cycle: null, series: null, regionId: null, scope: null }
      const sums = await store.schoolSums({ ...base, basis: basisFor(await store.coverage(base)) })
      const whole = gathered(sums, () => '').get('')
      const alike = whole ? likenessOf(whole.schools) : null
      const cell = (name: string, group: Group | undefined, hide: boolean, single = false) =>
        toCell({ code: '', name, group, hidden: hide && (group?.n ?? 0) < hideBelow, roster: 0 }, hatchBelow, alike, single)
      return {
        part,
        title: titles.get(part)?.title ?? part,
        // A head sees her own school whatever its size: she sees the teachers by name below.
        school: cell('Sekolah', gathered(sums, (r) => r.schoolId).get(schoolId), false, true),
        region: cell(school.region.shortName, gathered(sums, (r) => r.regionId).get(school.regionId), true),
        province: cell('Provinsi', whole, true),
      }
    }),
  )
  return {
    school: { id: school.id, name: school.name, npsn: school.npsn, region: school.region.name, level: school.level.name },
    teachers,
    parts,
  }
}

/** The schools that somebody heads: one as a rule, two where a head also fills in at another; by name. */
export async function ownSchools(actor: Actor): Promise<{ id: string; name: string }[]> {
  const ids = schoolIdsOf(allow(actor, 'school:read'))
  return (await store.schoolNames(ids)).map(({ id, name }) => ({ id, name }))
}

/** The school of a head of school: the one that is asked for, else the first. Null where the head has none, or not this one. */
export async function ownSchool(actor: Actor, schoolId?: string): Promise<SchoolView | null> {
  const ids = schoolIdsOf(allow(actor, 'school:read'))
  const id = schoolId ? ids.find((i) => i === schoolId) : ids[0]
  return id ? schoolView(actor, id) : null
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
