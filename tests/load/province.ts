import { calibrate } from '@/lib/psychometrics/calibrate'
import type { ItemParameters } from '@/lib/psychometrics/parameters'
import { MISSING, type Responses } from '@/lib/psychometrics/responses'
import { normal, seeded } from '@/lib/platform/random'
import { priorsOf } from '@/lib/growth/everybody'
import { withExpectation, type GrowthPair, type LinkErrors, type Units } from '@/lib/growth/growth'
import type { Deviations } from '@/lib/growth/person-change'
import { linkCalibrations, linkedItems, type LinkItem, type Side } from '@/lib/calibration/link'
import type { LinkReport } from '@/lib/calibration/link-model'
import type { CalibratedItem } from '@/lib/calibration/calibrated-item'
import { measureRows } from '@/lib/scoring/measure'
import { shippedPolicy } from '@/lib/access/policy-model'
import { settingsFor } from '@/lib/calibration/measurement-rule'
import type { Supported } from '@/lib/growth/effect'

/** One simulated province measured twice through the product's own calibration, link, scoring and growth; what is true is known. */

export type Truth = {
  /** Mean gain of everybody, logits. */
  everybody: number
  /** Gain from each finished module, logits; some are 0. */
  modules: readonly number[]
  /** Logits by which one anchor is easier in the re-test; 0 for none. */
  drift: number
  /** Share of the distance to the province's mean by which kabupaten close up, 0 for none. */
  closing: number
  teachers: number
  /** Items of a form, 26 unless said. */
  items?: number
  /** Slope of all items at the re-test against the first measurement, 1 unless said: another unit of the scale. */
  unit?: number
  /** Deviation of the logarithm of the items' slopes, 0 unless said: the model of the calibration holds them equal. */
  slopes?: number
  /** Chance of not coming again below a first score of 480, 0 unless said: those in need stay away. */
  stayAway?: number
  /** Share of the items at the end that people of low ability leave out, at most; 0 unless said. */
  blank?: number
  /** Deviation of single gains, logits, 0.15 unless said. */
  spread?: number
}

export type Province = {
  pairs: GrowthPair[]
  errors: LinkErrors
  units: Units
  deviations: Map<string, Deviations>
  supported: Supported[]
  /** Mean true gain of all and of each kabupaten, points. */
  trueMean: number
  trueByRegion: Map<string, number>
  /** True gain of each pair, points. */
  gains: number[]
  report: LinkReport
  drifted: string | null
}

const AREAS = 15
const SCHOOLS = 16

/** Items of the four forms: a core each wave, two anchor sets. */
function bank(
  LENGTH: number,
  slopes: number,
  random: () => number,
): { items: ItemParameters[]; forms: Record<'A' | 'B' | 'C' | 'D', number[]> } {
  const items = Array.from({ length: 2 * LENGTH }, (_, j): ItemParameters => {
    const b = -1.6 + 3.2 * ((j % LENGTH) / (LENGTH - 1)) + 0.2 * (random() - 0.5)
    return { id: `i${j}`, model: 'pcm', categories: 2, a: slopes ? Math.exp(slopes * normal(random)) : 1, d: [-b], c: 0 }
  })
  const anchors = Array.from({ length: Math.min(8, Math.floor((LENGTH - 1) / 3)) }, (_, k) => 1 + 3 * k)
  const first = [...Array(LENGTH).keys()]
  return {
    items,
    forms: {
      A: first,
      B: first.map((p) => (anchors.includes(p) ? p + LENGTH : p)),
      C: first.map((p) => p + LENGTH),
      D: first.map((p) => (anchors.includes(p) ? p : p + LENGTH)),
    },
  }
}

function answer(items: ItemParameters[], rows: { form: number[]; theta: number }[], random: () => number, unit = 1, blank = 0): Responses {
  const used = [...new Set(rows.flatMap((r) => r.form))].sort((a, b) => a - b)
  const place = new Map(used.map((j, at) => [j, at]))
  const cells = new Int8Array(rows.length * used.length).fill(MISSING)
  rows.forEach(({ form, theta }, i) => {
    // The weaker, the earlier the end: at most half of the form stays unreached.
    const reached =
      form.length - Math.min(Math.floor(form.length / 2), Math.max(0, Math.round(blank * form.length * (0.5 - theta) * random())))
    form.forEach((j, at) => {
      if (at < reached)
        cells[i * used.length + place.get(j)!] = random() < 1 / (1 + Math.exp(-unit * items[j]!.a * (theta + items[j]!.d[0]!))) ? 1 : 0
    })
  })
  return { ids: used.map((j) => items[j]!.id), persons: rows.length, items: used.length, cells, categories: used.map(() => 2) }
}

function sideOf(data: Responses): Side {
  const found = calibrate(data, { ...settingsFor('4', data.persons), errors: true })
  if (!found.ok) throw new Error(found.problem.detail)
  const latent = found.value.latent[0]!
  return {
    items: found.value.items.map((i): LinkItem => ({ ...i, locationError: i.se?.b[0] ?? 0.3 })),
    mean: latent.mean,
    variance: latent.variance,
  }
}

/** Draws a province and measures it twice. The same seed gives the same province. */
export function simulateProvince(seed: number, truth: Truth): Province {
  const random = seeded(seed)
  const gauss = () => normal(random)
  const { items, forms } = bank(truth.items ?? 26, truth.slopes ?? 0, random)
  const regional = Array.from({ length: AREAS }, () => 0.35 * gauss())
  const school = Array.from({ length: AREAS * SCHOOLS }, () => 0.25 * gauss())
  const people = Array.from({ length: truth.teachers }, (_, i) => {
    const area = Math.floor(AREAS * random() ** 1.3)
    const place = area * SCHOOLS + Math.floor(SCHOOLS * random())
    return {
      i,
      area,
      place,
      ability: regional[area]! + school[place]! + 0.75 * gauss(),
      form: random() < 0.5 ? ('A' as const) : ('B' as const),
    }
  })
  const firstData = answer(
    items,
    people.map((p) => ({ form: forms[p.form], theta: p.ability })),
    random,
    1,
    truth.blank,
  )
  const base = sideOf(firstData)
  const sigma = Math.sqrt(base.variance)
  const scale = { thetaCut: base.mean, sigma }
  const baseItems: CalibratedItem[] = [...base.items]
  const before = measureRows(firstData, baseItems, scale)
  // Support goes to those who scored low, as it does in the programme: the selection that makes them rise by error alone.
  const supported = people.map((p, i) => {
    const need = before[i] ? before[i].scale < 480 : false
    const takes = need && random() < 0.7
    const modules = takes ? truth.modules.flatMap((_, m) => (random() < 0.3 ? [m] : [])) : []
    const gain =
      truth.everybody +
      (truth.spread ?? 0.15) * gauss() -
      truth.closing * regional[p.area]! +
      modules.reduce((s, m) => s + truth.modules[m]!, 0)
    return { modules, gain }
  })
  const drifted = truth.drift ? 4 : -1
  const later = items.map((item, j) => (j === drifted ? { ...item, d: [item.d[0]! + truth.drift] } : item))
  const secondData = answer(
    later,
    people.map((p, i) => ({ form: forms[p.form === 'A' ? 'C' : 'D'], theta: p.ability + supported[i]!.gain })),
    random,
    truth.unit,
    truth.blank,
  )
  const second = sideOf(secondData)
  const linked = linkCalibrations(second, base, secondData, settingsFor('4', truth.teachers), shippedPolicy.linkErrorUpTo)
  if (!linked.ok) throw new Error(linked.problem.detail)
  // As a run does: the common items that did not carry the link are others for the later people.
  const { freed } = linked.value
  const met = [...linkedItems(second, base, linked.value).filter((i) => !freed.some((f) => f.id === i.id)), ...freed]
  const after = measureRows(secondData, met, scale, baseItems)
  const away = people.map((_, i) => !!truth.stayAway && !!before[i] && before[i].scale < 480 && random() < truth.stayAway)
  const kept = people.filter((_, i) => before[i] && after[i] && !away[i])
  const measured = kept.map((p) => ({
    teacherId: String(p.i),
    instrumentId: 'one',
    before: before[p.i]!.scale,
    seBefore: before[p.i]!.scaleSe,
    after: after[p.i]!.scale,
    seAfter: after[p.i]!.scaleSe,
    schoolId: `s${p.place}`,
    regionCode: `r${p.area}`,
    subjectId: null,
  }))
  const points = (logits: number) => (100 * logits) / sigma
  const deviations = new Map([['one', { before: points(linked.value.baseSd), after: points(linked.value.sd) }]])
  const pairs = withExpectation(measured, priorsOf(measured, deviations))
  const mean = (x: number[]) => x.reduce((s, v) => s + v, 0) / x.length
  return {
    pairs,
    errors: new Map([['one', { se: points(linked.value.error!), df: linked.value.df! }]]),
    units: new Map([['one', linked.value.unit ?? null]]),
    deviations,
    supported: kept.map((p, k) => ({
      corrected: pairs[k]!.after - pairs[k]!.before - pairs[k]!.expected,
      before: pairs[k]!.before,
      beside: [],
      schoolId: `s${p.place}`,
      instrumentId: 'one',
      hours: 8 * supported[p.i]!.modules.length,
      modules: supported[p.i]!.modules.map((m) => `m${m}`),
      tutored: 0,
    })),
    trueMean: points(mean(kept.map((p) => supported[p.i]!.gain))),
    trueByRegion: new Map(
      Array.from({ length: AREAS }, (_, a) => [`r${a}`, points(mean(kept.filter((p) => p.area === a).map((p) => supported[p.i]!.gain)))]),
    ),
    gains: kept.map((p) => points(supported[p.i]!.gain)),
    report: linked.value,
    drifted: drifted >= 0 ? `i${drifted}` : null,
  }
}
