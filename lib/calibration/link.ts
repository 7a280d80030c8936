import { calibrate } from '@/lib/psychometrics/calibrate'
import { driftScreen, link, transformItem, type Anchor, type Link } from '@/lib/psychometrics/linking'
import { hasUnitSlope, type ItemModel } from '@/lib/psychometrics/parameters'
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

/** Delete-one-anchor jackknife of the linked mean. */
function errorOfMean(kept: readonly Pair[], method: Method, mean: number): number | null {
  const n = kept.length
  if (n < 3) return null
  const means: number[] = []
  for (let j = 0; j < n; j++) {
    const rest = kept.filter((_, at) => at !== j)
    const found = method.of(anchorsIn(rest), precisionsOf(rest))
    if (!found.ok) return null
    means.push(found.value.A * mean + found.value.B)
  }
  const middle = means.reduce((s, m) => s + m, 0) / n
  return Math.sqrt(((n - 1) / n) * means.reduce((s, m) => s + (m - middle) ** 2, 0))
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
 * `excluded`: anchors that a person took out. Problem: too-few (not three anchors in common).
 */
export function linkCalibrations(
  later: Side,
  base: Side,
  data: Responses,
  settings: MeasurementSettings,
  excluded: readonly string[] = [],
): Outcome<LinkReport> {
  const all = pairsOf(later, base, excluded)
  if (all.length < 3) return problem('too-few', `${all.length} anchors in common do not carry a link.`)
  const methods = methodsFor(settings.model)
  const screened = withoutDrift(all, methods[0]!)
  if (!screened.ok) return screened
  const { found, kept, dropped, stillMoving } = screened.value
  const sigma = Math.sqrt(base.variance)
  const mean = found.A * later.mean + found.B
  const compared = methods.flatMap(({ name, of }) => {
    const other = of(anchorsIn(kept), precisionsOf(kept))
    return other.ok ? [{ name, ...other.value, mean: other.value.A * later.mean + other.value.B }] : []
  })
  const means = compared.map((c) => c.mean)
  const spread = (Math.max(...means) - Math.min(...means)) / sigma
  const fixed = fixedAnchorMean(data, later, kept, settings)
  const error = errorOfMean(kept, methods[0]!, later.mean)
  const reasons: LinkReport['reasons'] = []
  if (kept.length < FEWEST_ANCHORS || error === null) reasons.push('few')
  if (spread > TOLERATED) reasons.push('spread')
  if (stillMoving.length) reasons.push('drift')
  if (fixed === null || Math.abs(fixed - mean) > TOLERATED * sigma) reasons.push('fixed')
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
    error,
    anchors,
    excluded: [...excluded],
    freed: freedItems(later, base, { A: found.A, B: found.B, anchors }),
    methods: compared,
    spread,
    fixed,
    mean,
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
