import { accelerate, type Cycle } from './acceleration'
import { equalNodes } from './nodes'
import { hasUnitSlope, locations, type ItemModel, type ItemParameters } from './parameters'
import { foldResponses, type Patterns } from './patterns'
import { prepare, type Warning } from './preparation'
import type { Priors } from './priors'
import { problem, value, type Outcome } from './problem'
import type { Responses } from './responses'
import { standardErrors, type ItemErrors } from './standard-errors'
import { itemOf, type Layout, type State } from './state'

export type CalibrationOptions = {
  model: ItemModel
  /** Equally spaced nodes on [−6, 6]. */
  nodes?: number
  /** Largest change of any parameter in a plain EM cycle at which estimation ends. */
  tolerance?: number
  maxCycles?: number
  priors?: Priors
  /** One label a person; the first group of `order` (or of the sorted labels) is the reference with mean 0. */
  groups?: { of: readonly string[]; order?: readonly string[] }
  /** Items held at known parameters (fixed-anchor calibration): the latent mean and variance become free. */
  fixed?: readonly ItemParameters[]
  /** Start values; items not named start from their proportions. */
  start?: readonly ItemParameters[]
  errors?: boolean
  /** Categories with fewer answers are joined with a neighbour (1: only empty ones are closed up). */
  minimumPerCategory?: number
  /** Called after each E-step; answering false cancels. */
  onCycle?: (cycle: Cycle) => boolean
}

export type CalibratedItem = ItemParameters & {
  /** Lowest original value of each category. */
  codes: number[]
  b: number[]
  se: ItemErrors | null
  fixed: boolean
}

export type Latent = { group: string | null; n: number; mean: number; variance: number }

export type Calibration = {
  model: ItemModel
  method: 'mml'
  nodes: number
  tolerance: number
  priors: Priors
  n: number
  logLik: number
  /** logLik plus the log priors (constants dropped); what the estimates maximise. */
  logPosterior: number
  cycles: number
  converged: boolean
  freeParameters: number
  latent: Latent[]
  items: CalibratedItem[]
  warnings: Warning[]
}

/**
 * Marginal maximum likelihood (Bock & Aitkin 1981), maximum a posteriori where priors are given, for one or more groups.
 * θ ~ N(0, 1) in the reference group; for rasch and pcm the slope is 1 and the variance free. Missing cells are skipped.
 * Not converging is not a problem but `converged: false`, and such a calibration may not be published.
 * Problems: no usable item, fewer than two persons, a cancelled run.
 */
export function calibrate(raw: Responses, options: CalibrationOptions): Outcome<Calibration> {
  const { model, nodes: count = 61, tolerance = 1e-6, maxCycles = 2000, priors = {} } = options
  const prepared = prepare(raw, model, options.minimumPerCategory)
  if (!prepared.ok) return prepared
  const { data, codes, warnings } = prepared.value
  const labels = options.groups ? (options.groups.order ?? [...new Set(options.groups.of)].sort()) : ['']
  const groupOf = options.groups ? Int32Array.from(options.groups.of, (g) => labels.indexOf(g)) : null
  if (groupOf && groupOf.length !== raw.persons) return problem('wrong-category', 'There must be one group label a person.')
  if (groupOf?.includes(-1)) return problem('wrong-category', 'A person belongs to a group that is not in the order given.')
  const patterns = foldResponses(data, groupOf, labels.length)
  const thin = patterns.groupSizes.findIndex((n) => n < 2)
  if (thin >= 0)
    return problem('too-few', `${labels[thin] ? `Group ${labels[thin]}` : 'The file'} has fewer than two persons with answers.`)

  const layout = layoutOf(data, options, labels.length)
  const totals = categoryTotals(patterns, layout)
  const state = startState(layout, totals, data.ids, options, labels.length)
  const nodes = equalNodes(count)
  const run = accelerate(patterns, layout, nodes, priors, totals, state, { tolerance, maxCycles, onCycle: options.onCycle })
  if (run.cancelled) return problem('cancelled', 'The calibration was cancelled.')
  if (!Number.isFinite(run.logLik)) return problem('singular', 'The likelihood has no finite value at the estimates.')
  const errors = options.errors ? standardErrors(patterns, layout, nodes, priors, totals, run.state) : null
  const final = options.fixed?.length ? run.state : uprightState(run.state)
  const items = data.ids.map((id, j): CalibratedItem => {
    const item = itemOf(layout, final, id, j)
    return { ...item, codes: codes[j]!, b: locations(item), se: errors?.[j] ?? null, fixed: layout.fixed[j]! }
  })
  return value({
    model,
    method: 'mml',
    nodes: count,
    tolerance,
    priors,
    n: patterns.groupSizes.reduce((s, n) => s + n, 0),
    logLik: run.logLik,
    logPosterior: run.logPosterior,
    cycles: run.cycles,
    converged: run.converged,
    freeParameters: run.freeParameters,
    latent: labels.map((group, g) => ({
      group: group || null,
      n: patterns.groupSizes[g]!,
      mean: final.mean[g]!,
      variance: final.sd[g]! ** 2,
    })),
    items,
    warnings: [
      ...warnings,
      ...slopeWarnings(items),
      ...distributionWarnings(layout, final, { guessingPrior: priors.guessing !== undefined, errors: !options.errors || errors !== null }),
    ],
  })
}

function layoutOf(data: Responses, options: CalibrationOptions, groups: number): Layout {
  const { model } = options
  const known = new Set(options.fixed?.map((i) => i.id))
  const anchored = data.ids.some((id) => known.has(id))
  const offset = new Int32Array(data.items + 1)
  data.categories.forEach((n, j) => (offset[j + 1] = offset[j]! + n - 1))
  return {
    model,
    categories: data.categories,
    offset,
    freeSlope: !hasUnitSlope(model),
    freeGuessing: model === '3pl',
    fixed: data.ids.map((id) => known.has(id)),
    freeMean: Array.from({ length: groups }, (_, g) => g > 0 || anchored),
    freeSd: Array.from({ length: groups }, (_, g) => g > 0 || anchored || hasUnitSlope(model)),
  }
}

/** Persons who gave each category: totals[offset[j] + j + k], as doubles. */
function categoryTotals(p: Patterns, layout: Layout): Float64Array[] {
  const totals = layout.categories.map((n) => new Float64Array(n))
  for (let i = 0; i < p.count.length; i++) {
    for (const j of p.masks[p.mask[i]!]!) totals[j]![0]! += p.count[i]!
    for (let e = p.start[i]!; e < p.start[i + 1]!; e++) {
      totals[p.item[e]!]![0]! -= p.count[i]!
      totals[p.item[e]!]![p.category[e]!]! += p.count[i]!
    }
  }
  return totals
}

function startState(layout: Layout, totals: Float64Array[], ids: string[], options: CalibrationOptions, groups: number): State {
  const J = ids.length
  const state: State = {
    a: new Float64Array(J).fill(1),
    d: new Float64Array(layout.offset[J]!),
    c: new Float64Array(J),
    mean: new Float64Array(groups),
    sd: new Float64Array(groups).fill(1),
  }
  const guessing = options.priors?.guessing
  const known = new Map([...(options.start ?? []), ...(options.fixed ?? [])].map((i) => [i.id, i]))
  const widen = Math.sqrt(1 + 1 / 3)
  for (let j = 0; j < J; j++) {
    const t = totals[j]!
    const m = t.length - 1
    const from = layout.offset[j]!
    const given = known.get(ids[j]!)
    if (layout.freeGuessing) state.c[j] = guessing?.kind === 'beta' ? guessing.alpha / (guessing.alpha + guessing.beta) : 0.15
    if (given && given.d.length === m) {
      state.a[j] = given.a
      state.d.set(given.d, from)
      if (layout.freeGuessing || layout.fixed[j]) state.c[j] = given.c
      continue
    }
    const n = t.reduce((s, v) => s + v, 0)
    let above = n
    for (let k = 1; k <= m; k++) {
      above -= t[k - 1]!
      // Graded: the odds of k or more. Partial credit: the odds of k against 0. A binary item is both.
      const odds = options.model === 'grm' || m === 1 ? (above + 0.5) / (n - above + 0.5) : (t[k]! + 0.5) / (t[0]! + 0.5)
      const lifted = layout.freeGuessing ? Math.max(0.05, (above / n - state.c[j]!) / (1 - state.c[j]!)) : 0
      state.d[from + k - 1] = widen * Math.log(layout.freeGuessing ? lifted / (1 - Math.min(0.95, lifted)) : odds)
    }
  }
  return state
}

/** θ pointing upwards: if the slopes sum to less than zero, θ and all slopes change sign (the likelihood stays the same). */
function uprightState(s: State): State {
  if (s.a.reduce((sum, a) => sum + a, 0) >= 0) return s
  return { ...s, a: s.a.map((a) => -a), mean: s.mean.map((m) => -m) }
}

/** What is doubtful about the model as a whole. */
function distributionWarnings(layout: Layout, s: State, has: { guessingPrior: boolean; errors: boolean }): Warning[] {
  const out: Warning[] = []
  const add = (code: Warning['code'], detail: string) => out.push({ id: null, code, detail })
  if (layout.freeSlope && !layout.fixed.some(Boolean) && layout.categories.length < 3) {
    add('unidentified', 'Slopes of fewer than three items are not identified; take the parameters as start values only.')
  }
  if (layout.categories.length < 2 && layout.freeSd.some(Boolean) && !layout.fixed.some(Boolean)) {
    add(
      'unidentified',
      'One item does not tell how much persons differ: the latent variance is not identified, and nothing else here is of use.',
    )
  }
  s.sd.forEach((sd, g) => {
    if (layout.freeSd[g] && sd < 0.01)
      add('flat', 'The latent variance went to zero: the answers share nothing that the model could measure.')
    if (Math.abs(s.mean[g]!) + 3 * sd > 7)
      add('wide', 'The latent distribution runs into the ends of the nodes at ±6; its mean and variance are doubtful.')
  })
  if (layout.freeGuessing && !has.guessingPrior) {
    add('unidentified', 'Without a prior on guessing the likelihood of the 3PL has several maxima; name one, for example beta:12,48.')
  }
  if (!has.errors) add('singular', 'The information matrix is not positive definite: there are no standard errors.')
  return out
}

function slopeWarnings(items: CalibratedItem[]): Warning[] {
  return items.flatMap((i): Warning[] => {
    if (i.a > 3.5) return [{ id: i.id, code: 'steep', detail: `${i.id}: slope ${i.a.toFixed(2)} is steep for these nodes; use 121.` }]
    if (i.a < 0) return [{ id: i.id, code: 'negative', detail: `${i.id}: negative slope; is the key right?` }]
    if (i.a < 0.1) return [{ id: i.id, code: 'flat', detail: `${i.id}: slope near zero; the item measures nothing here.` }]
    return []
  })
}
