import { scoreRoots } from '@/lib/psychometrics/abilities'
import { calibrate, type Calibration } from '@/lib/psychometrics/calibrate'
import { distractorTable, type DistractorRow } from '@/lib/psychometrics/distractors'
import { formParts } from '@/lib/psychometrics/forms'
import { meanSquares, sX2OverForms } from '@/lib/psychometrics/item-fit'
import { normalQuadrature } from '@/lib/psychometrics/nodes'
import { expectedScore, locations, type ItemParameters } from '@/lib/psychometrics/parameters'
import { recode } from '@/lib/psychometrics/preparation'
import { problem, value, type Outcome } from '@/lib/psychometrics/problem'
import { MISSING, type Responses } from '@/lib/psychometrics/responses'
import { flagLimits } from './flag-limits'
import type { FlagLimits } from './flag-model'
import { restScorer } from './rest-scores'
import { compareGroups, type DifRow, type GroupComparison } from './fairness'
import type { MeasurementSettings } from './measurement-rule'
import { analysedForms, itemOverForms, summarise, type TestSummary } from './test-summary'
import { testedOf } from './tested-model'
import type { Untested } from './untested-model'

/** One item as the analysis sees it: its options if exactly one is chosen, and the best of them. */
export type AnalysedItem = { id: string; options: string[]; key: string | null }

/** Everything that an analysis is made from; all arrays persons × items, row by row. */
export type AnalysisInput = {
  items: AnalysedItem[]
  data: Responses
  /** The forms by name with the items that each holds, and the form that each person sat. */
  forms: { id: string; label: string; items: string[] }[]
  formOf: string[]
  /** Who gave each row, where that is known: one person may have been tested in several cycles. */
  personOf?: string[]
  /** Index into the item's options, −1 where none was chosen. */
  choices: Int8Array
  comparisons: GroupComparison[]
  settings: MeasurementSettings
}

export type ObservedGroup = { theta: number; share: number; n: number; low: number; high: number }

export type ItemStatistics = {
  n: number
  /** Different persons behind the answers; absent in records from before they were counted. */
  people?: number
  p: number
  sd: number
  rItemRest: number | null
  alphaIfDeleted: number | null
  infit: number | null
  outfit: number | null
  sx2: { value: number; df: number; p: number } | null
  locations: number[]
  distractors: DistractorRow[]
  /** Share of each option, and of none, in five groups by score on the other items, lowest first. */
  choicesByGroup: { option: string | null; shares: number[] }[]
  /** Observed share of credit in up to ten groups by measured ability. */
  observed: ObservedGroup[]
  dif: DifRow[]
  /** Every check that could not be made of this item, with its reason. */
  untested: Untested[]
  /** What a sound item in its place shows by chance; absent in records from before it was simulated. */
  limits?: FlagLimits
}

export type InstrumentAnalysis = { calibration: Calibration; items: Record<string, ItemStatistics>; summary: TestSummary }

/**
 * Calibrates one instrument and describes every item and the test as a whole. Parameters come from all forms together; whatever takes
 * a person's whole row (sum scores, alpha, DIF, S-X²) is worked out form by form and put together, for nobody sat all forms at once.
 * Pure: the same input gives the same record.
 * `progress` is told the stage in words and may cancel by answering false. Problems as in `calibrate`.
 */
export function analyseInstrument(input: AnalysisInput, progress: (stage: string, share: number) => boolean): Outcome<InstrumentAnalysis> {
  const { settings } = input
  const go = (stage: string, share: number) => progress(stage, share)
  if (!go('Menaksir parameter butir', 0.05)) return problem('cancelled', 'Cancelled before it began.')
  const found = calibrate(input.data, {
    model: settings.model,
    priors: settings.priors,
    nodes: settings.nodes,
    tolerance: settings.tolerance,
    minimumPerCategory: settings.minimumPerCategory,
    errors: true,
    onCycle: ({ cycle, logLik }) =>
      go(`Menaksir parameter butir: putaran ${cycle}, log-likelihood ${logLik.toFixed(1)}`, Math.min(0.5, 0.05 + cycle / 200)),
  })
  if (!found.ok) return found
  const calibration = found.value
  const recoded = recode(input.data, calibration.items, true)
  if (!recoded.ok) return recoded
  const data = recoded.value
  const kept = calibration.items.map((i) => input.items.findIndex((x) => x.id === i.id))
  const latent = calibration.latent[0]!
  const quadrature = normalQuadrature(settings.nodes, latent.mean, Math.sqrt(latent.variance))

  if (!go('Mengukur peserta', 0.55)) return problem('cancelled', 'Cancelled.')
  const abilities = scoreRoots(data, calibration.items, 'wle')
  const thetas = abilities.map((a) => a.theta)
  if (!go('Memeriksa kecocokan butir', 0.65)) return problem('cancelled', 'Cancelled.')
  const holds = new Map(input.forms.map((f) => [f.id, new Set(f.items)]))
  const parts = formParts(data, input.formOf, holds)
  const forms = analysedForms(parts, new Map(input.forms.map((f) => [f.id, f.label])))
  const squares = meanSquares(data, calibration.items, thetas)
  const fit = sX2OverForms(
    parts.map((f) => f.data),
    calibration.items,
    quadrature,
  )
  if (!go('Membandingkan kelompok', 0.8)) return problem('cancelled', 'Cancelled.')
  const fairness = compareGroups(data.ids, parts, input.comparisons)
  if (!go('Menyusun tabel pengecoh', 0.9)) return problem('cancelled', 'Cancelled.')

  const restOf = restScorer(parts)
  const items: Record<string, ItemStatistics> = {}
  calibration.items.forEach((item, j) => {
    const source = kept[j]!
    const { rows, rest } = restOf(item.id)
    const chosen = choicesOf(input, source, rows)
    const options = input.items[source]!.options
    const table = options.length ? distractorTable(options, input.items[source]!.key, chosen, rest) : null
    const c = itemOverForms(item.id, forms)
    const test = fit.ok ? fit.value.items.find((x) => x.id === item.id) : undefined
    const fitted = test && test.sx2 !== null && test.p !== null ? { value: test.sx2, df: test.df, p: test.p } : null
    const { rows: dif, untested } = fairness.get(item.id)!
    items[item.id] = {
      n: c?.n ?? 0,
      ...(input.personOf ? { people: testedOf(input.personOf.filter((_, i) => data.cells[i * data.items + j] !== MISSING)).people } : {}),
      p: c?.p ?? 0,
      sd: c?.sd ?? 0,
      rItemRest: c?.rItemRest ?? null,
      alphaIfDeleted: c?.alphaIfDeleted ?? null,
      infit: squares.items[j]!.infit,
      outfit: squares.items[j]!.outfit,
      sx2: fitted,
      locations: locations(item),
      distractors: table?.ok ? table.value : [],
      choicesByGroup: options.length ? sharesByGroup(options, chosen, rest) : [],
      observed: observedGroups(data, item, j, thetas),
      dif,
      untested: fitted ? untested : [...untested, unfitted(fit.ok && fit.value.complete > 0)],
    }
  })
  const limits = flagLimits(
    data,
    calibration.items,
    { mean: latent.mean, sd: Math.sqrt(latent.variance) },
    input.formOf,
    holds,
    new Map(
      calibration.items.map((item, j) => {
        const { options, key } = input.items[kept[j]!]!
        return [item.id, { options, key, shares: Object.fromEntries(items[item.id]!.distractors.map((d) => [d.option, d.share])) }]
      }),
    ),
  )
  for (const [id, own] of limits.items) items[id]!.limits = own
  const met = input.personOf?.filter((_, i) => data.cells.subarray(i * data.items, (i + 1) * data.items).some((cell) => cell !== MISSING))
  return value({
    calibration,
    items,
    summary: {
      ...summarise(data, forms, calibration, abilities, quadrature),
      ...(met ? { tested: testedOf(met) } : {}),
      flags: limits.power,
    },
  })
}

const unfitted = (complete: boolean): Untested => ({
  comparison: null,
  reason: complete ? 'no-freedom' : 'no-complete-rows',
  n: { reference: 0, focal: 0 },
})

function choicesOf(input: AnalysisInput, j: number, rows: readonly number[]): (string | null)[] {
  const { options } = input.items[j]!
  return rows.map((i) => options[input.choices[i * input.data.items + j]!] ?? null)
}

/** Row numbers in `count` groups of nearly equal size, lowest value first; ties keep the order of rows. */
function groupsBy(values: readonly number[], count: number): number[][] {
  const order = [...values.keys()].sort((a, b) => values[a]! - values[b]! || a - b)
  return Array.from({ length: count }, (_, g) =>
    order.slice(Math.round((g * order.length) / count), Math.round(((g + 1) * order.length) / count)),
  )
}

function sharesByGroup(options: string[], chosen: (string | null)[], rest: number[]): ItemStatistics['choicesByGroup'] {
  const groups = groupsBy(rest, 5).filter((g) => g.length)
  return [...options, null].map((option) => ({
    option,
    shares: groups.map((g) => g.filter((i) => chosen[i] === option).length / g.length),
  }))
}

/** Observed mean share of credit with its 95 % interval, by groups of measured ability. */
function observedGroups(data: Responses, item: ItemParameters, j: number, thetas: readonly (number | null)[]): ObservedGroup[] {
  const rows = [...thetas.keys()].filter((i) => thetas[i] !== null && data.cells[i * data.items + j] !== MISSING)
  const count = Math.max(1, Math.min(10, Math.floor(rows.length / 30)))
  const top = item.categories - 1
  return groupsBy(
    rows.map((i) => thetas[i]!),
    count,
  )
    .filter((g) => g.length)
    .map((g) => {
      const shares = g.map((at) => data.cells[rows[at]! * data.items + j]! / top)
      const mean = shares.reduce((s, v) => s + v, 0) / shares.length
      const variance = shares.reduce((s, v) => s + (v - mean) ** 2, 0) / Math.max(1, shares.length - 1)
      const half = 1.96 * Math.sqrt(variance / shares.length)
      return {
        theta: g.reduce((s, at) => s + thetas[rows[at]!]!, 0) / g.length,
        share: mean,
        n: g.length,
        low: Math.max(0, mean - half),
        high: Math.min(1, mean + half),
      }
    })
}

/** Expected share of credit of an item over θ, for its picture. */
export const expectedCurve = (item: ItemParameters) =>
  Array.from({ length: 41 }, (_, at) => -4 + at / 5).map((theta) => ({
    theta,
    expected: expectedScore(item, theta) / (item.categories - 1),
  }))
