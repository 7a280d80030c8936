import type { FlagPower } from './flag-model'
import type { Tested } from './tested-model'
import type { Ability } from '@/lib/psychometrics/abilities'
import type { Calibration } from '@/lib/psychometrics/calibrate'
import { classical, pairwiseCovariances, type Classical, type ClassicalItem } from '@/lib/psychometrics/classical'
import type { FormPart } from '@/lib/psychometrics/forms'
import {
  conditionalSem,
  empiricalReliability,
  marginalReliability,
  testCharacteristic,
  testInformation,
} from '@/lib/psychometrics/information'
import type { normalQuadrature } from '@/lib/psychometrics/nodes'
import { q3 } from '@/lib/psychometrics/q3'
import { feldtInterval, omega } from '@/lib/psychometrics/reliability'
import type { Responses } from '@/lib/psychometrics/responses'

/** One form as a test that people took: figures that exist only for items which somebody met together. */
export type FormSummary = {
  label: string
  n: number
  items: number
  alpha: number | null
  alphaLow: number | null
  alphaHigh: number | null
  omega: number | null
  marginal: number | null
  wle: number | null
  mean: number | null
  sd: number | null
  highest: number
  information: { theta: number; information: number; se: number }[]
  scoreError: { score: number; sem: number }[]
}

export type TestSummary = {
  forms: FormSummary[]
  /** Of all persons on the common scale. */
  wle: number | null
  meanQ3: number | null
  localPairs: { a: string; b: string; q3: number }[]
  persons: { theta: number; n: number }[]
  /** Answer sheets and the persons behind them; absent in records from before persons were counted. */
  tested?: Tested
  /** What the flags promise at this number of people; absent in records from before limits were simulated. */
  flags?: FlagPower
}

/** A form with its name and what classical analysis found in it (null: too few persons, or a total that does not vary). */
export type AnalysedForm = FormPart & { label: string; ctt: Classical | null }

/** Pairs whose residuals correlate this much above the average are worth a look (the design's .2). */
const LOCAL_DEPENDENCE = 0.2

/** Forms in the order of their letters. */
export const byLabel = (a: { label: string }, b: { label: string }): number => a.label.localeCompare(b.label)

export function analysedForms(parts: readonly FormPart[], labels: ReadonlyMap<string, string>): AnalysedForm[] {
  return parts
    .map((part) => {
      const ctt = classical(part.data)
      return { ...part, label: labels.get(part.form)!, ctt: ctt.ok ? ctt.value : null }
    })
    .sort(byLabel)
}

/**
 * Classical figures of an item over the forms that hold it, each weighted by its persons; an item that stands in one form has that
 * form's figures. Null where nobody met it.
 */
export function itemOverForms(id: string, forms: readonly AnalysedForm[]): ClassicalItem | null {
  const own = forms.flatMap((f) => f.ctt?.items.filter((i) => i.id === id && i.n > 0) ?? [])
  if (!own.length) return null
  const weighted = (of: (i: ClassicalItem) => number | null): number | null => {
    const known = own.filter((i) => of(i) !== null)
    const n = known.reduce((s, i) => s + i.n, 0)
    return n ? known.reduce((s, i) => s + i.n * of(i)!, 0) / n : null
  }
  const n = own.reduce((s, i) => s + i.n, 0)
  const mean = weighted((i) => i.mean)!
  const squares = own.reduce((s, i) => s + Math.max(0, i.n - 1) * i.sd! ** 2 + i.n * (i.mean! - mean) ** 2, 0)
  return {
    id,
    n,
    p: weighted((i) => i.p)!,
    mean,
    sd: Math.sqrt(squares / Math.max(1, n - 1)),
    rItemRest: weighted((i) => i.rItemRest),
    alphaIfDeleted: weighted((i) => i.alphaIfDeleted),
  }
}

/** The test as a whole: form by form what belongs to a form, over all forms what the common scale allows. */
export function summarise(
  data: Responses,
  forms: readonly AnalysedForm[],
  calibration: Calibration,
  abilities: readonly Ability[],
  quadrature: ReturnType<typeof normalQuadrature>,
): TestSummary {
  const wle = empiricalReliability(abilities, 'wle')
  const pairs = q3(
    data,
    calibration.items,
    abilities.map((a) => a.theta),
  )
  return {
    forms: forms.map((f) => formSummary(f, calibration, abilities, quadrature)),
    wle: wle.ok ? wle.value : null,
    meanQ3: pairs.ok ? pairs.value.mean : null,
    localPairs: pairs.ok
      ? pairs.value.pairs
          .filter((x): x is { a: string; b: string; q3: number } => x.q3 !== null && x.q3 - pairs.value.mean > LOCAL_DEPENDENCE)
          .sort((x, y) => y.q3 - x.q3)
          .slice(0, 20)
      : [],
    persons: histogram(abilities),
  }
}

function formSummary(
  form: AnalysedForm,
  calibration: Calibration,
  abilities: readonly Ability[],
  quadrature: ReturnType<typeof normalQuadrature>,
): FormSummary {
  const { ctt } = form
  const items = form.data.ids.map((id) => calibration.items.find((i) => i.id === id)!)
  const interval = ctt ? feldtInterval(ctt.alpha, ctt.n, ctt.k) : null
  const total = ctt ? omega(pairwiseCovariances(form.data), form.data.items) : null
  const wle = empiricalReliability(
    form.rows.map((i) => abilities[i]!),
    'wle',
  )
  const grid = Array.from({ length: 49 }, (_, at) => -4 + at / 6)
  return {
    label: form.label,
    n: form.data.persons,
    items: form.data.items,
    alpha: ctt?.alpha ?? null,
    alphaLow: interval?.ok ? interval.value.low : null,
    alphaHigh: interval?.ok ? interval.value.high : null,
    omega: total?.ok ? total.value.omega : null,
    marginal: marginalReliability(items, quadrature, calibration.latent[0]!.variance),
    wle: wle.ok ? wle.value : null,
    mean: ctt?.mean ?? null,
    sd: ctt?.sd ?? null,
    highest: items.reduce((s, i) => s + i.categories - 1, 0),
    information: grid.map((theta) => {
      const information = testInformation(items, theta)
      return { theta, information, se: 1 / Math.sqrt(Math.max(information, 1e-9)) }
    }),
    scoreError: grid.map((theta) => ({ score: testCharacteristic(items, theta), sem: conditionalSem(items, theta) })),
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
