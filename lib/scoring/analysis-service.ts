import { allow } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { correctionHistory, frameworkTitles, instrumentByCode, itemVersionView } from '@/lib/instruments/service'
import { driftScreen, link, type Anchor } from '@/lib/psychometrics/linking'
import { locations, probabilities, type ItemParameters } from '@/lib/psychometrics/parameters'
import { expectedCurve, type ItemStatistics } from './analysis'
import * as store from './calibration-store'
import { flagsOf, type Flag } from './flags'
import { cutsOf, releasedRun } from './measure-store'

export type { Flag } from './flags'

const asItem = (p: store.ParameterRow): ItemParameters => ({
  id: p.itemCode,
  model: p.model,
  categories: p.d.length + 1,
  a: p.a,
  d: p.d,
  c: p.c,
})

export type AnalysisListRow = {
  code: string
  title: string
  competencyCode: string
  calibration: store.CalibrationRow | null
  stops: number
  looks: number
}

/** Every instrument with the flags of its leading calibration. */
export async function analysisList(actor: Actor): Promise<AnalysisListRow[]> {
  allow(actor, 'analysis:read')
  const rows = await store.instrumentsForAnalysis()
  return Promise.all(
    rows.map(async (i) => {
      const calibration = await store.leadingCalibration(i.id)
      const flags = calibration ? (await itemRows(calibration)).flatMap((r) => r.flags) : []
      return {
        code: i.code,
        title: i.title,
        competencyCode: i.competencyCode,
        calibration,
        stops: flags.filter((f) => f.severity === 'stop').length,
        looks: flags.filter((f) => f.severity === 'look').length,
      }
    }),
  )
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

/** The items of a calibration with flags; drift against the calibration before it on other cycles, after a link on all common items. */
export async function itemRows(calibration: store.CalibrationRow): Promise<ItemRow[]> {
  const [rows, others] = await Promise.all([store.parametersOf(calibration.id), store.calibrations(calibration.instrumentId)])
  const other = others.find(
    (o) => o.state === 'done' && o.converged && o.id !== calibration.id && o.cycleCodes.join() !== calibration.cycleCodes.join(),
  )
  const drift = other ? driftBetween(await store.parametersOf(other.id), rows) : new Map<string, number>()
  return rows.map((p) => {
    const moved = drift.get(p.itemVersionId) ?? null
    return {
      itemVersionId: p.itemVersionId,
      code: p.itemCode,
      version: p.version,
      model: p.model,
      a: p.a,
      seA: p.se?.a ?? null,
      drift: moved,
      statistics: p.statistics,
      flags: flagsOf(p.statistics, moved),
    }
  })
}

function driftBetween(from: store.ParameterRow[], to: store.ParameterRow[]): Map<string, number> {
  const anchors = from.flatMap((f): Anchor[] => {
    const t = to.find((x) => x.itemVersionId === f.itemVersionId && x.d.length === f.d.length)
    return t ? [{ from: { ...asItem(f), id: f.itemVersionId }, to: { ...asItem(t), id: t.itemVersionId } }] : []
  })
  const found = link(anchors, 'mean-mean')
  return found.ok ? new Map(driftScreen(anchors, found.value).map((d) => [d.id, d.displacement])) : new Map()
}

/** One instrument: its leading calibration (or the one named), items with flags, and where the cut lies. */
export async function analysisView(actor: Actor, code: string, calibrationId: string | null) {
  allow(actor, 'analysis:read')
  const instrument = await instrumentByCode(code)
  if (!instrument) return null
  const all = (await store.calibrations(instrument.id)).filter((c) => c.state === 'done')
  const chosen = all.find((c) => c.id === calibrationId)
  const calibration = chosen ? await store.calibrationById(chosen.id) : await store.leadingCalibration(instrument.id)
  const [items, run, cuts] = await Promise.all([
    calibration ? itemRows(calibration) : [],
    releasedRun(instrument.id),
    cutsOf(instrument.id),
  ])
  return {
    instrument,
    calibration,
    calibrations: all,
    items,
    cut: run && calibration && run.calibrationId === calibration.id ? run.thetaCut : null,
    cutRow: cuts[0] ?? null,
  }
}

/** One item in the leading (or named) calibration, with all that its page draws. */
export async function itemAnalysis(actor: Actor, code: string, itemCode: string, calibrationId: string | null) {
  const view = await analysisView(actor, code, calibrationId)
  const row = view?.items.find((i) => i.code === itemCode)
  if (!view?.calibration || !row) return null
  const [parameters, history, content, corrections, titles] = await Promise.all([
    store.parametersOf(view.calibration.id),
    store.historyOf(itemCode),
    itemVersionView(row.itemVersionId),
    correctionHistory([row.itemVersionId]),
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
    content: { ...content, nodeTitle: titles.get(content.nodeCode)?.title ?? content.nodeCode },
    corrections,
  }
}

/** What an export of the table holds, cell by cell. */
export async function analysisSheet(actor: Actor, code: string) {
  const view = await analysisView(actor, code, null)
  if (!view?.calibration) return null
  return { title: view.instrument.title, calibration: view.calibration, items: view.items }
}
