import { calibrate } from '@/lib/psychometrics/calibrate'
import { anchorError, anchorsFor, unitTest, type KnownError, type UnitTest } from '@/lib/psychometrics/link-error'
import { driftScreen, link, linkingError, transformItem, type Anchor, type Link } from '@/lib/psychometrics/linking'
import { hasUnitSlope, locations, type ItemModel } from '@/lib/psychometrics/parameters'
import { recode } from '@/lib/psychometrics/preparation'
import { problem, value, type Outcome } from '@/lib/psychometrics/problem'
import type { Responses } from '@/lib/psychometrics/responses'
import { linkShift } from '@/lib/psychometrics/shift'
import type { CalibratedItem } from './calibrated-item'
import type { LinkReport } from './link-model'
import type { MeasurementSettings } from './measurement-rule'

/**
 * Brings a later calibration onto the scale that stands. Pure. The procedure of Kolen & Brennan (2014, ch. 6) with the checks of
 * the design: drift screen, four methods, fixed-anchor calibration, jackknife error, and a gate that closes when they disagree.
 */

/** An item with the standard error of its mean location. */
export type LinkItem = CalibratedItem & { locationError: number }

export type Side = { items: readonly LinkItem[]; mean: number; variance: number }

/** Anchors that must be kept for a link to be called one. */
const FEWEST_ANCHORS = 5
/** The four methods, and the fixed-anchor calibration, may differ by a tenth of a standard deviation. */
const TOLERATED = 0.1
/** At most a fifth of the anchors may be dropped by the screen. */
const DROPPED_AT_MOST = 5
/** A link's gate closes when a test of A = 1 says so at this level: of a hundred sound links one. */
const UNIT_MOVED = 0.01
const POINTS_A_DEVIATION = 100

type Method = { name: string; of: (anchors: readonly Anchor[], precisions: readonly number[]) => Outcome<Link> }

/** The first of each list makes the link, the others check it. */
function methodsFor(model: ItemModel): Method[] {
  if (hasUnitSlope(model))
    return [
      { name: 'selisih rata-rata', of: (a) => linkShift(a, 'mean') },
      { name: 'selisih tertimbang', of: (a, w) => linkShift(a, 'weighted', w) },
      { name: 'Haebara', of: (a) => linkShift(a, 'haebara') },
      { name: 'Stocking–Lord', of: (a) => linkShift(a, 'stocking-lord') },
    ]
  return [
    { name: 'Stocking–Lord', of: (a) => link(a, 'stocking-lord') },
    { name: 'Haebara', of: (a) => link(a, 'haebara') },
    { name: 'mean-sigma', of: (a) => link(a, 'mean-sigma') },
    { name: 'mean-mean', of: (a) => link(a, 'mean-mean') },
  ]
}

type Pair = { anchor: Anchor; error: number }

/** Items that both calibrations hold with the same categories; an item whose categories were joined differently is no anchor. */
function pairsOf(later: Side, base: Side, excluded: readonly string[]): Pair[] {
  return later.items.flatMap((from) => {
    const to = base.items.find((i) => i.id === from.id)
    if (!to || excluded.includes(from.id) || to.codes.join() !== from.codes.join()) return []
    return [{ anchor: { from, to }, error: Math.hypot(from.locationError, to.locationError) }]
  })
}

const anchorsIn = (pairs: readonly Pair[]) => pairs.map((p) => p.anchor)
const precisionsOf = (pairs: readonly Pair[]) => pairs.map((p) => 1 / p.error ** 2)

/** Drops anchors that moved by more than their error allows, worst first and one at a time, at most a fifth of all. */
function withoutDrift(all: Pair[], method: Method): Outcome<{ found: Link; kept: Pair[]; dropped: string[]; stillMoving: string[] }> {
  const dropped: string[] = []
  for (;;) {
    const kept = all.filter((p) => !dropped.includes(p.anchor.from.id))
    const found = method.of(anchorsIn(kept), precisionsOf(kept))
    if (!found.ok) return found
    // A displacement within its own error is noise of the calibration, not drift of the item.
    const moving = driftScreen(anchorsIn(kept), found.value)
      .map((d, j) => ({ ...d, error: kept[j]!.error }))
      .filter((d) => d.flagged && Math.abs(d.displacement) > 2 * d.error)
      .sort((x, y) => Math.abs(y.displacement) - Math.abs(x.displacement))
    if (!moving.length || dropped.length + 1 > Math.floor(all.length / DROPPED_AT_MOST))
      return value({ found: found.value, kept, dropped, stillMoving: moving.map((m) => m.id) })
    dropped.push(moving[0]!.id)
  }
}

const mean = (x: readonly number[]) => x.reduce((s, v) => s + v, 0) / x.length

/**
 * Error of the linked mean with its degrees of freedom: where the link is a mean of differences, from the anchors' residuals, each with its
 * share of thresholds; for links by curves, the delete-one jackknife with the same degrees of freedom. Never below what the errors of the
 * anchors leave. Null below three anchors.
 */
function errorOfMean(kept: readonly Pair[], method: Method, found: Link, laterMean: number, unit: boolean): KnownError | null {
  const parts = kept.map(({ anchor: { from, to }, error }) => ({
    weight: unit ? locations(from).length : 1,
    residual: mean(locations(to)) - (found.A * mean(locations(from)) + found.B),
    error,
  }))
  const known = anchorError(parts)
  if (!known || unit) return known
  const n = kept.length
  const means: number[] = []
  for (let j = 0; j < n; j++) {
    const rest = kept.filter((_, at) => at !== j)
    const without = method.of(anchorsIn(rest), precisionsOf(rest))
    if (!without.ok) return null
    means.push(without.value.A * laterMean + without.value.B)
  }
  const middle = mean(means)
  const own = Math.sqrt(parts.reduce((s, p) => s + p.error ** 2, 0)) / n
  const jackknife = Math.sqrt(((n - 1) / n) * means.reduce((s, m) => s + (m - middle) ** 2, 0))
  return { se: Math.max(own, jackknife), df: known.df }
}

/** Is the later unit the earlier one? Under unit slopes a test of A = 1; where the slope is estimated it is known to its jackknife error. */
function unitOf(kept: readonly Pair[], found: Link, unit: boolean): UnitTest | null {
  if (unit) return unitTest(kept.map(({ anchor: { from, to } }) => ({ from: mean(locations(from)), to: mean(locations(to)) })))
  const error = linkingError(anchorsIn(kept), 'stocking-lord')
  // The slope is in the link already: what is left is that it is not known exactly, and nothing is off.
  return error.ok && error.value.A > 0 ? { logRatio: 0, se: error.value.A / found.A, df: kept.length - 1, p: 1 } : null
}

/** The later population's mean when the anchors are held at the parameters of the base; null where it cannot be had. */
function fixedAnchorMean(data: Responses, later: Side, kept: readonly Pair[], settings: MeasurementSettings): number | null {
  const recoded = recode(data, later.items, true)
  if (!recoded.ok) return null
  const found = calibrate(recoded.value, { ...settings, fixed: kept.map((p) => p.anchor.to) })
  return found.ok && found.value.converged ? found.value.latent[0]!.mean : null
}

/**
 * The link of `later` to `base` with everything that speaks for and against it. `data`: the later responses (original categories).
 * `upTo`: points above which the error of the link closes the gate, 100 points being one deviation of the base. `excluded`: anchors that a
 * person took out. Problem: too-few (not three anchors in common).
 */
export function linkCalibrations(
  later: Side,
  base: Side,
  data: Responses,
  settings: MeasurementSettings,
  upTo: number,
  excluded: readonly string[] = [],
): Outcome<LinkReport> {
  const all = pairsOf(later, base, excluded)
  if (all.length < 3) return problem('too-few', `${all.length} anchors in common do not carry a link.`)
  const methods = methodsFor(settings.model)
  const screened = withoutDrift(all, methods[0]!)
  if (!screened.ok) return screened
  const { found, kept, dropped, stillMoving } = screened.value
  const sigma = Math.sqrt(base.variance)
  const unitSlope = hasUnitSlope(settings.model)
  const linked = found.A * later.mean + found.B
  const compared = methods.flatMap(({ name, of }) => {
    const other = of(anchorsIn(kept), precisionsOf(kept))
    return other.ok ? [{ name, ...other.value, mean: other.value.A * later.mean + other.value.B }] : []
  })
  const means = compared.map((c) => c.mean)
  const spread = (Math.max(...means) - Math.min(...means)) / sigma
  const fixed = fixedAnchorMean(data, later, kept, settings)
  const error = errorOfMean(kept, methods[0]!, found, later.mean, unitSlope)
  const unit = unitOf(kept, found, unitSlope)
  const limit = (upTo / POINTS_A_DEVIATION) * sigma
  const reasons: LinkReport['reasons'] = []
  if (kept.length < FEWEST_ANCHORS || error === null) reasons.push('few')
  if (spread > TOLERATED) reasons.push('spread')
  if (stillMoving.length) reasons.push('drift')
  if (fixed === null || Math.abs(fixed - linked) > TOLERATED * sigma) reasons.push('fixed')
  if (error && error.se > limit) reasons.push('error')
  if (unit && unit.p < UNIT_MOVED) reasons.push('unit')
  const residuals = driftScreen(anchorsIn(all), found)
  const anchors = all.map(({ anchor, error: own }, j): LinkReport['anchors'][number] => ({
    id: anchor.from.id,
    // The screen looks from the later cycle to the base: turned round, a negative figure is an item that has become easier.
    displacement: -residuals[j]!.displacement,
    error: own,
    state: dropped.includes(anchor.from.id) ? 'dropped' : stillMoving.includes(anchor.from.id) ? 'moving' : 'kept',
  }))
  return value({
    method: methods[0]!.name,
    A: found.A,
    B: found.B,
    error: error?.se ?? null,
    df: error?.df ?? null,
    upTo,
    wanted: error ? Math.max(FEWEST_ANCHORS, anchorsFor(kept.length, error.se, limit)) : null,
    unit,
    anchors,
    excluded: [...excluded],
    freed: freedItems(later, base, { A: found.A, B: found.B, anchors }),
    methods: compared,
    spread,
    fixed,
    mean: linked,
    sd: found.A * Math.sqrt(later.variance),
    baseMean: base.mean,
    baseSd: sigma,
    reasons,
  })
}

/** All items on the scale of the base: its own as they stand, the later ones that it lacks moved by the link. */
export function linkedItems(later: Side, base: Side, { A, B }: Link): CalibratedItem[] {
  const known = new Set(base.items.map((i) => i.id))
  return [
    ...base.items,
    ...later.items
      .filter((i) => !known.has(i.id))
      .map((i) => ({ ...transformItem(i, { A, B }), codes: i.codes, locationError: i.locationError })),
  ]
}

/**
 * Items that both calibrations hold but that did not carry the link, as the later people met them, on the scale of the base: a leaked,
 * changed or doubted item is another item from then on, and its change must not be read as theirs.
 */
export function freedItems(later: Side, base: Side, link: Pick<LinkReport, 'A' | 'B' | 'anchors'>): CalibratedItem[] {
  const carried = new Set(link.anchors.filter((a) => a.state !== 'dropped').map((a) => a.id))
  const known = new Set(base.items.map((i) => i.id))
  return later.items
    .filter((i) => known.has(i.id) && !carried.has(i.id))
    .map((i) => {
      const { id, model, categories, a, d, c } = transformItem(i, link)
      return { id, model, categories, a, d, c, codes: i.codes }
    })
}
