import { act, allow, audit, openNamed } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { settleShown } from '@/lib/delivery/service'
import { frameworkTitles } from '@/lib/instruments/service'
import { refuse, ok, type Result } from '@/lib/platform/result'
import { levels, regions, subjects } from '@/lib/roster/service'
import { rulesInForce } from '@/lib/scoring/service'
import { readBoundaries, type Boundaries } from './boundary'
import { toCell, type Group } from './cells'
import type { Basis, Cell, CycleChoice, MapFilter } from './model'
import * as store from './store'
import { schoolInReach } from './school-reach'
import { hideSmall, hideTable } from './suppress'

export type { Query, NamedScore } from './store'
export type { Boundaries } from './boundary'
export * from './growth-service'

type Action = 'map:read' | 'report:export'

/** The filter as ids, narrowed to what the actor may see. */
async function resolve(
  actor: Actor,
  filter: MapFilter,
  action: Action = 'map:read',
): Promise<{ query: store.Query; cycles: CycleChoice[]; cycle: CycleChoice | null }> {
  const scope = allow(actor, action)
  const [choices, allSubjects] = await Promise.all([store.cycleChoices(), subjects()])
  const series = [...new Set(choices.map((c) => c.series))]
  const cycles: CycleChoice[] = [
    ...series.map((s) => ({ value: s, label: `${s} (semua gelombang)`, simulated: choices.some((c) => c.series === s && c.simulated) })),
    ...choices.map((c) => ({ value: c.code, label: c.name, simulated: c.simulated })),
  ]
  const chosen = cycles.find((c) => c.value === filter.siklus) ?? cycles[0] ?? null
  const isSeries = chosen !== null && series.includes(chosen.value)
  const levelCodes = filter.jenjang
    ? scope.levelCodes
      ? scope.levelCodes.filter((l) => l === filter.jenjang)
      : [filter.jenjang]
    : scope.levelCodes
  return {
    cycles,
    cycle: chosen,
    query: {
      part: filter.bagian,
      subjectId: filter.mapel ? (allSubjects.find((s) => s.code === filter.mapel)?.id ?? null) : null,
      levelCodes,
      cycle: chosen && !isSeries ? chosen.value : null,
      series: isSeries ? chosen.value : null,
      regionIds: scope.all ? null : scope.regionIds,
      schoolIds: null,
    },
  }
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
}

/** Means per kabupaten/kota for one part, scoped and suppressed for `actor`. */
export async function mapView(actor: Actor, filter: MapFilter, action: Action = 'map:read'): Promise<MapView> {
  const { query, cycles, cycle } = await resolve(actor, filter, action)
  const [all, groups, province, roster, rules, allSubjects, allLevels] = await Promise.all([
    regions(),
    store.byRegion(query),
    store.overall(query),
    store.rosterByRegion(query),
    rulesInForce(),
    subjects(),
    levels(),
  ])
  const seen = query.regionIds ? all.filter((r) => query.regionIds!.includes(r.id)) : all
  const found = new Map(groups.map((g) => [g.key, g]))
  const enrolled = new Map(roster.map((r) => [r.key, r.n]))
  const { hideBelow, hatchBelow } = rules.rules
  const hidden = hideSmall(
    seen.map((r) => found.get(r.id)?.n ?? 0),
    hideBelow,
  )
  const cells = seen.map((r, i) =>
    toCell(r.kemendagriCode, r.shortName, found.get(r.id), hidden[i]!, enrolled.get(r.id) ?? 0, hatchBelow, province),
  )
  const total = toCell(
    '18',
    'Provinsi Lampung',
    province.n ? province : undefined,
    province.n > 0 && province.n < hideBelow,
    [...enrolled.values()].reduce((a, b) => a + b, 0),
    hatchBelow,
    province,
  )
  const shown = cells.filter((c) => c.mean !== null).map((c) => c.mean!)
  const middle = shown.reduce((a, b) => a + b, 0) / (shown.length || 1)
  const between = shown.length > 2 ? Math.sqrt(shown.reduce((a, m) => a + (m - middle) ** 2, 0) / (shown.length - 1)) : null
  return {
    filter,
    cells,
    total: { ...total, compared: null },
    lastClosed: province.last,
    cycles,
    cycle,
    subjects: allSubjects.map((s) => ({ code: s.code, name: s.name })),
    levels: allLevels.filter((l) => l.active).map((l) => ({ code: l.code, name: l.name })),
    rules: { hideBelow, hatchBelow, version: rules.version, shipped: rules.shipped },
    spread: { between },
    basis: province.measured === 0 ? 'raw' : province.measured === province.n ? 'mastery' : 'mixed',
  }
}

export type HeatView = { regions: { code: string; name: string }[]; rows: { code: string; name: string; cells: Cell[]; total: Cell }[] }

/** Subject × kabupaten, both margins published, so suppression runs over rows and columns. */
export async function heatView(actor: Actor, filter: MapFilter, action: Action = 'map:read'): Promise<HeatView> {
  const { query } = await resolve(actor, { ...filter, mapel: '' }, action)
  const [all, allSubjects, groups, rules, province] = await Promise.all([
    regions(),
    subjects(),
    store.bySubjectAndRegion(query),
    rulesInForce(),
    store.overall(query),
  ])
  const seen = query.regionIds ? all.filter((r) => query.regionIds!.includes(r.id)) : all
  const at = new Map(groups.map((g) => [`${g.subjectId}|${g.key}`, g]))
  const counts = allSubjects.map((s) => seen.map((r) => at.get(`${s.id}|${r.id}`)?.n ?? 0))
  const totals = seen.map((_, c) => counts.reduce((sum, row) => sum + row[c]!, 0))
  const hidden = hideTable(counts, rules.rules.hideBelow, hideSmall(totals, rules.rules.hideBelow))
  return {
    regions: seen.map((r) => ({ code: r.kemendagriCode, name: r.shortName })),
    rows: allSubjects.map((s, i) => {
      const own = groups.filter((g) => g.subjectId === s.id)
      const n = own.reduce((a, g) => a + g.n, 0)
      const mean = n ? own.reduce((a, g) => a + g.n * g.mean, 0) / n : 0
      const total: Group = { key: s.id, n, mean, sd: null }
      return {
        code: s.code,
        name: s.name,
        cells: seen.map((r, j) =>
          toCell(r.kemendagriCode, r.shortName, at.get(`${s.id}|${r.id}`), hidden[i]![j]!, 0, rules.rules.hatchBelow, province),
        ),
        total: toCell(s.code, s.name, n ? total : undefined, n > 0 && n < rules.rules.hideBelow, 0, rules.rules.hatchBelow, province),
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
  const { query } = await resolve(actor, filter, action)
  const [all, groups, titles, rules] = await Promise.all([regions(), store.byIndicator(query), frameworkTitles(), rulesInForce()])
  const { hideBelow, hatchBelow } = rules.rules
  const seen = query.regionIds ? all.filter((r) => query.regionIds!.includes(r.id)) : all
  return groups
    .filter((g) => g.regionId === null)
    .sort((a, b) => b.mean - a.mean)
    .map((g) => {
      const own = seen.map((r) => groups.find((x) => x.key === g.key && x.regionId === r.id))
      const hidden = hideSmall(
        own.map((x) => x?.n ?? 0),
        hideBelow,
      )
      return {
        code: g.key,
        title: titles.get(g.key)?.title ?? g.key,
        items: g.items,
        total: toCell(g.key, g.key, g, g.n < hideBelow, 0, hatchBelow, g),
        cells: seen.map((r, i) => toCell(r.kemendagriCode, r.shortName, own[i], hidden[i]!, 0, hatchBelow, g)),
      }
    })
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
  const { query } = await resolve(actor, filter)
  const region = (await regions()).find((r) => r.kemendagriCode === code)
  if (!region || (query.regionIds && !query.regionIds.includes(region.id))) return null
  const own: store.Query = { ...query, regionIds: [region.id] }
  const [groups, total, roster, rules, view] = await Promise.all([
    store.bySchool(own),
    store.overall(own),
    store.rosterBySchool(own),
    rulesInForce(),
    mapView(actor, filter),
  ])
  const { hideBelow, hatchBelow } = rules.rules
  const hidden = hideSmall(
    groups.map((g) => g.n),
    hideBelow,
  )
  const enrolled = new Map(roster.map((r) => [r.key, r.n]))
  return {
    name: region.name,
    schools: groups.map((g, i) => ({
      id: g.key,
      ...toCell(g.npsn ?? '', g.name, g, hidden[i]!, enrolled.get(g.key) ?? 0, hatchBelow, total),
    })),
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
  const { school, scope } = reach
  // Before anything is read: what a head has seen of a teacher is moved by nothing that arrives later.
  await settleShown({ schoolId }, new Date())
  const [teachers, titles, rules] = await Promise.all([store.namedResults(schoolId, scope.levelCodes), frameworkTitles(), rulesInForce()])
  await openNamed(actor, 'school-results', 'result:named', `school:${schoolId}`, teachers, (t) => t.teacherId)
  const base = (part: string): store.Query => ({
    part,
    subjectId: null,
    levelCodes: null,
    cycle: null,
    series: null,
    regionIds: null,
    schoolIds: null,
  })
  const { hideBelow, hatchBelow } = rules.rules
  const parts = await Promise.all(
    ['4', '1', '2', '3'].map(async (part) => {
      const [own, region, province] = await Promise.all([
        store.overall({ ...base(part), schoolIds: [schoolId] }),
        store.overall({ ...base(part), regionIds: [school.regionId] }),
        store.overall(base(part)),
      ])
      const cell = (name: string, g: Group, hide: boolean) =>
        toCell('', name, g.n ? g : undefined, hide && g.n < hideBelow, 0, hatchBelow, province)
      return {
        part,
        title: titles.get(part)?.title ?? part,
        // A head sees her own school whatever its size: she sees the teachers by name below.
        school: cell('Sekolah', own, false),
        region: cell(school.region.shortName, region, true),
        province: cell('Provinsi', province, true),
      }
    }),
  )
  return {
    school: { id: school.id, name: school.name, npsn: school.npsn, region: school.region.name, level: school.level.name },
    teachers,
    parts,
  }
}

/** The school of a head of school. */
export async function ownSchool(actor: Actor): Promise<SchoolView | null> {
  const scope = allow(actor, 'school:read')
  const id = scope.schoolIds[0]
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
