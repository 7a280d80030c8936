import { scoreRoots, type Ability } from '@/lib/psychometrics/abilities'
import { calibrate, type Calibration } from '@/lib/psychometrics/calibrate'
import { classical, pairwiseCovariances, type Classical } from '@/lib/psychometrics/classical'
import { distractorTable, type DistractorRow } from '@/lib/psychometrics/distractors'
import {
  conditionalSem,
  empiricalReliability,
  marginalReliability,
  testCharacteristic,
  testInformation,
} from '@/lib/psychometrics/information'
import { meanSquares, sX2 } from '@/lib/psychometrics/item-fit'
import { normalQuadrature } from '@/lib/psychometrics/nodes'
import { expectedScore, locations, type ItemParameters } from '@/lib/psychometrics/parameters'
import { recode } from '@/lib/psychometrics/preparation'
import { problem, value, type Outcome } from '@/lib/psychometrics/problem'
import { q3 } from '@/lib/psychometrics/q3'
import { feldtInterval, omega } from '@/lib/psychometrics/reliability'
import { MISSING, type Responses } from '@/lib/psychometrics/responses'
import { compareGroups, type DifRow, type GroupComparison } from './fairness'
import type { MeasurementSettings } from './measurement-rule'

/** One item as the analysis sees it: its options if exactly one is chosen, and the best of them. */
export type AnalysedItem = { id: string; options: string[]; key: string | null }

/** Everything that an analysis is made from; all arrays persons × items, row by row. */
export type AnalysisInput = {
  items: AnalysedItem[]
  data: Responses
  /** Index into the item's options, −1 where none was chosen. */
  choices: Int8Array
  comparisons: GroupComparison[]
  settings: MeasurementSettings
}

export type ObservedGroup = { theta: number; share: number; n: number; low: number; high: number }

export type ItemStatistics = {
  n: number
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
}

export type TestSummary = {
  alpha: number | null
  alphaLow: number | null
  alphaHigh: number | null
  omega: number | null
  marginal: number
  wle: number | null
  mean: number
  sd: number
  highest: number
  meanQ3: number | null
  localPairs: { a: string; b: string; q3: number }[]
  information: { theta: number; information: number; se: number }[]
  scoreError: { score: number; sem: number }[]
  persons: { theta: number; n: number }[]
}

export type InstrumentAnalysis = { calibration: Calibration; items: Record<string, ItemStatistics>; summary: TestSummary }

/** Pairs whose residuals correlate this much above the average are worth a look (the design's .2). */
const LOCAL_DEPENDENCE = 0.2

/**
 * Calibrates one instrument and describes every item and the test as a whole. Pure: the same input gives the same record.
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
  const squares = meanSquares(data, calibration.items, thetas)
  const fit = sX2(data, calibration.items, quadrature)
  const ctt = classical(data)
  if (!go('Membandingkan kelompok', 0.8)) return problem('cancelled', 'Cancelled.')
  const dif = compareGroups(data, input.comparisons)
  if (!go('Menyusun tabel pengecoh', 0.9)) return problem('cancelled', 'Cancelled.')

  const items: Record<string, ItemStatistics> = {}
  calibration.items.forEach((item, j) => {
    const source = kept[j]!
    const rest = restScores(data, j)
    const chosen = choicesOf(input, source)
    const options = input.items[source]!.options
    const table = options.length ? distractorTable(options, input.items[source]!.key, chosen, rest) : null
    const c = ctt.ok ? ctt.value.items[j]! : null
    const test = fit.ok ? fit.value.find((x) => x.id === item.id) : undefined
    items[item.id] = {
      n: c?.n ?? 0,
      p: c?.p ?? 0,
      sd: c?.sd ?? 0,
      rItemRest: c?.rItemRest ?? null,
      alphaIfDeleted: c?.alphaIfDeleted ?? null,
      infit: squares.items[j]!.infit,
      outfit: squares.items[j]!.outfit,
      sx2: test && test.sx2 !== null && test.p !== null ? { value: test.sx2, df: test.df, p: test.p } : null,
      locations: locations(item),
      distractors: table?.ok ? table.value : [],
      choicesByGroup: options.length ? sharesByGroup(options, chosen, rest) : [],
      observed: observedGroups(data, item, j, thetas),
      dif: dif.get(item.id) ?? [],
    }
  })
  return value({ calibration, items, summary: summarise(data, calibration, ctt.ok ? ctt.value : null, abilities, quadrature) })
}

/** Score on all items but j; a missing answer adds nothing. */
function restScores(data: Responses, j: number): number[] {
  return Array.from({ length: data.persons }, (_, i) => {
    let sum = 0
    for (let k = 0; k < data.items; k++) {
      const x = data.cells[i * data.items + k]!
      if (k !== j && x !== MISSING) sum += x / (data.categories[k]! - 1)
    }
    return sum
  })
}

function choicesOf(input: AnalysisInput, j: number): (string | null)[] {
  const { options } = input.items[j]!
  return Array.from({ length: input.data.persons }, (_, i) => options[input.choices[i * input.data.items + j]!] ?? null)
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

function summarise(
  data: Responses,
  calibration: Calibration,
  ctt: Classical | null,
  abilities: readonly Ability[],
  quadrature: ReturnType<typeof normalQuadrature>,
): TestSummary {
  const { items } = calibration
  const interval = ctt ? feldtInterval(ctt.alpha, ctt.n, ctt.k) : null
  const total = ctt ? omega(pairwiseCovariances(data), data.items) : null
  const wle = empiricalReliability(abilities, 'wle')
  const pairs = q3(
    data,
    items,
    abilities.map((a) => a.theta),
  )
  const grid = Array.from({ length: 49 }, (_, at) => -4 + at / 6)
  const highest = items.reduce((s, i) => s + i.categories - 1, 0)
  return {
    alpha: ctt?.alpha ?? null,
    alphaLow: interval?.ok ? interval.value.low : null,
    alphaHigh: interval?.ok ? interval.value.high : null,
    omega: total?.ok ? total.value.omega : null,
    marginal: marginalReliability(items, quadrature, calibration.latent[0]!.variance),
    wle: wle.ok ? wle.value : null,
    mean: ctt?.mean ?? 0,
    sd: ctt?.sd ?? 0,
    highest,
    meanQ3: pairs.ok ? pairs.value.mean : null,
    localPairs: pairs.ok
      ? pairs.value.pairs
          .filter((x): x is { a: string; b: string; q3: number } => x.q3 !== null && x.q3 - pairs.value.mean > LOCAL_DEPENDENCE)
          .sort((x, y) => y.q3 - x.q3)
          .slice(0, 20)
      : [],
    information: grid.map((theta) => {
      const information = testInformation(items, theta)
      return { theta, information, se: 1 / Math.sqrt(Math.max(information, 1e-9)) }
    }),
    scoreError: grid.map((theta) => ({ score: testCharacteristic(items, theta), sem: conditionalSem(items, theta) })),
    persons: histogram(abilities),
  }
}

/** Persons in bins of a quarter logit; the ends gather what lies beyond ±5. */
function histogram(abilities: readonly Ability[]): TestSummary['persons'] {
  const bins = new Map<number, number>()
  for (const { theta } of abilities) {
    if (theta === null) continue
    const bin = Math.min(5, Math.max(-5, Math.round(theta * 4) / 4))
    bins.set(bin, (bins.get(bin) ?? 0) + 1)
  }
  return [...bins].map(([theta, n]) => ({ theta, n })).sort((a, b) => a.theta - b.theta)
}

/** Expected share of credit of an item over θ, for its picture. */
export const expectedCurve = (item: ItemParameters) =>
  Array.from({ length: 41 }, (_, at) => -4 + at / 5).map((theta) => ({
    theta,
    expected: expectedScore(item, theta) / (item.categories - 1),
  }))
