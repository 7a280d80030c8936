import { allow, denied } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { askedToValidate, correctionHistory, frameworkTitles, instrumentByCode, itemVersionView } from '@/lib/instruments/inside'
import { driftScreen, link, type Anchor } from '@/lib/psychometrics/linking'
import { locations, probabilities, type ItemParameters } from '@/lib/psychometrics/parameters'
import { expectedCurve, type ItemStatistics } from './analyse-instrument'
import { askingItems } from './analysis-model'
import { keyNews } from './key-model'
import * as store from './store'
import { earlier } from './earlier'
import { flagsOf, type Flag } from './flags'
import { hideFew } from './untested-model'

export type { Flag } from './flags'

const asItem = (p: store.ParameterRow): ItemParameters => ({
  id: p.itemCode,
  model: p.model,
  categories: p.d.length + 1,
  a: p.a,
  d: p.d,
  c: p.c,
})

/** What rooms above know and an analysis shows: instruments on whose panels somebody sits, the cuts, what is released, and how few are hidden. */
export type Surroundings<Cut> = {
  panelInstruments: (userId: string) => Promise<string[]>
  cutsOf: (instrumentId: string) => Promise<Cut[]>
  releasedRun: (instrumentId: string) => Promise<{ calibrationId: string; thetaCut: number } | null>
  hideBelow: () => Promise<number>
}
type Around = Surroundings<unknown>

/** Instruments whose analysis the actor may read; null for all. An expert reads those of own panels and of items to be judged. */
async function readable(actor: Actor, around: Around): Promise<Set<string> | null> {
  allow(actor, 'analysis:read')
  const asked = await askedToValidate(actor)
  if (asked === null || !actor.userId) return asked
  return new Set([...asked, ...(await around.panelInstruments(actor.userId))])
}

export type AnalysisListRow = {
  code: string
  title: string
  competencyCode: string
  calibration: store.CalibrationRow | null
  /** Items that need a decision, and others that are worth a look. */
  stops: number
  looks: number
  /** Items that could not be compared for some groups. */
  untested: number
}

/** Every instrument with the flags of its leading calibration. */
export async function analysisList(actor: Actor, around: Around): Promise<AnalysisListRow[]> {
  const mine = await readable(actor, around)
  const [instruments, leading, all] = await Promise.all([
    store.instrumentsForAnalysis(),
    store.leadingCalibrations(),
    store.calibrations(null),
  ])
  const items = await flaggedItems(leading, all)
  return instruments
    .filter((i) => !mine || mine.has(i.id))
    .map((i) => {
      const calibration = leading.find((c) => c.instrumentId === i.id) ?? null
      const own = calibration ? items.get(calibration.id)! : []
      const asking = askingItems(own)
      return {
        code: i.code,
        title: i.title,
        competencyCode: i.competencyCode,
        calibration,
        stops: asking.stops.length,
        looks: asking.looks.length,
        untested: own.filter((r) => r.statistics.untested.some((u) => u.comparison || u.reason === 'not-looked')).length,
      }
    })
}

export type ItemRow = {
  itemVersionId: string
  code: string
  version: number
  model: string
  a: number
  seA: number | null
  drift: number | null
  statistics: ItemStatistics
  flags: Flag[]
}

/** Items with flags of each of these calibrations; drift after a link on all items common with the earlier calibration. */
async function flaggedItems(
  chosen: readonly store.CalibrationRow[],
  all: readonly store.CalibrationRow[],
): Promise<Map<string, ItemRow[]>> {
  const others = new Map(chosen.map((c) => [c.id, earlier(c, all)?.id]))
  const rows = await store.parametersOf(...chosen.map((c) => c.id), ...[...others.values()].filter((id) => id !== undefined))
  const of = (id: string | undefined) => rows.filter((r) => r.calibrationId === id)
  return new Map(
    chosen.map((c) => {
      const own = of(c.id)
      const drift = driftBetween(of(others.get(c.id)), own)
      return [c.id, own.map((p) => asRow(p, drift.get(p.itemVersionId) ?? null))]
    }),
  )
}

/** The items of one calibration with flags. */
export async function itemRows(calibration: store.CalibrationRow): Promise<ItemRow[]> {
  const all = await store.calibrations(calibration.instrumentId)
  return (await flaggedItems([calibration], all)).get(calibration.id)!
}

const asRow = (p: store.ParameterRow, drift: number | null): ItemRow => ({
  itemVersionId: p.itemVersionId,
  code: p.itemCode,
  version: p.version,
  model: p.model,
  a: p.a,
  seA: p.se?.a ?? null,
  drift,
  statistics: p.statistics,
  flags: flagsOf(p.statistics, drift),
})

function driftBetween(from: store.ParameterRow[], to: store.ParameterRow[]): Map<string, number> {
  const anchors = from.flatMap((f): Anchor[] => {
    const t = to.find((x) => x.itemVersionId === f.itemVersionId && x.d.length === f.d.length)
    return t ? [{ from: { ...asItem(f), id: f.itemVersionId }, to: { ...asItem(t), id: t.itemVersionId } }] : []
  })
  const found = link(anchors, 'mean-mean')
  return found.ok ? new Map(driftScreen(anchors, found.value).map((d) => [d.id, d.displacement])) : new Map()
}

/** One instrument: its leading calibration (or the one named), items with flags, and where the cut lies. */
export async function analysisView<Cut>(actor: Actor, code: string, calibrationId: string | null, around: Surroundings<Cut>) {
  const mine = await readable(actor, around)
  const instrument = await instrumentByCode(code)
  if (!instrument) return null
  if (mine && !mine.has(instrument.id)) throw denied(actor, 'analysis:read')
  const all = (await store.calibrations(instrument.id)).filter((c) => c.state === 'done')
  const chosen = all.find((c) => c.id === calibrationId)
  const calibration = chosen ? await store.calibrationById(chosen.id) : await store.leadingCalibration(instrument.id)
  const rows = calibration ? await itemRows(calibration) : []
  const [corrections, run, cuts, hideBelow] = await Promise.all([
    correctionHistory(rows.map((r) => r.itemVersionId)),
    around.releasedRun(instrument.id),
    around.cutsOf(instrument.id),
    around.hideBelow(),
  ])
  const items = rows.map((i) => ({
    ...i,
    key: keyNews(corrections.filter((c) => c.itemVersionId === i.itemVersionId)),
    statistics: { ...i.statistics, untested: i.statistics.untested.map((u) => hideFew(u, hideBelow)) },
  }))
  return {
    instrument,
    calibration,
    calibrations: all,
    items,
    asking: askingItems(items),
    cut: run && calibration && run.calibrationId === calibration.id ? run.thetaCut : null,
    cutRow: cuts[0] ?? null,
  }
}

/** One item in the leading (or named) calibration, with all that its page draws. */
export async function itemAnalysis<Cut>(
  actor: Actor,
  code: string,
  itemCode: string,
  calibrationId: string | null,
  around: Surroundings<Cut>,
) {
  const view = await analysisView(actor, code, calibrationId, around)
  const row = view?.items.find((i) => i.code === itemCode)
  if (!view?.calibration || !row) return null
  const [parameters, history, content, corrections, cycles, titles] = await Promise.all([
    store.parametersOf(view.calibration.id),
    store.historyOf(itemCode),
    itemVersionView(row.itemVersionId),
    correctionHistory([row.itemVersionId]),
    store.cyclesOfItem([row.itemVersionId]),
    frameworkTitles(),
  ])
  if (!content) return null
  const p = parameters.find((x) => x.itemVersionId === row.itemVersionId)!
  const item = asItem(p)
  const grid = Array.from({ length: 41 }, (_, at) => -4 + at / 5)
  return {
    ...view,
    row,
    parameters: { a: p.a, seA: p.se?.a ?? null, b: locations(item), seB: p.se?.b ?? [], codes: p.codes },
    curve: expectedCurve(item),
    categories: p.codes.map((from, k) => ({
      name: String(from),
      points: grid.map((theta) => ({ theta, p: probabilities(item, theta)[k]! })),
    })),
    history,
    content: {
      ...content,
      scoring: corrections.find((c) => c.releasedAt)?.scoring ?? content.scoring,
      nodeTitle: titles.get(content.nodeCode)?.title ?? content.nodeCode,
    },
    corrections,
    cycles,
  }
}

/** An item in every finished calibration, oldest first: what each cycle found. */
export async function itemCycles(actor: Actor, itemCode: string) {
  allow(actor, 'bank:manage')
  return store.historyOf(itemCode)
}

/** What became of the key of an item version, for the page of the bank: the newest correction and the cycles whose scores it concerns. */
export async function itemKey(actor: Actor, itemVersionIds: string[]) {
  allow(actor, 'bank:manage')
  const corrections = await correctionHistory(itemVersionIds)
  return { key: keyNews(corrections), cycles: await store.cyclesOfItem(corrections.slice(0, 1).map((c) => c.itemVersionId)) }
}

/** Whether there is such an instrument. Throws `Forbidden` where its analysis is not the actor's to read. */
export async function mayReadAnalysis(actor: Actor, code: string, around: Around): Promise<boolean> {
  const mine = await readable(actor, around)
  const found = (await store.instrumentsForAnalysis()).find((i) => i.code === code)
  if (found && mine && !mine.has(found.id)) throw denied(actor, 'analysis:read')
  return found !== undefined
}

/** What an export of the table holds, cell by cell. */
export async function analysisSheet<Cut>(actor: Actor, code: string, around: Surroundings<Cut>) {
  const view = await analysisView(actor, code, null, around)
  if (!view?.calibration) return null
  return { title: view.instrument.title, calibration: view.calibration, items: view.items }
}
