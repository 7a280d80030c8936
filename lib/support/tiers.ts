import { normalCdf } from '@/lib/psychometrics/distributions'
import type { Area, Reading, TierFound, TierRules } from './model'

/** From a result to a tier of support, per competency, with the error counted in. */

/** Standard error of a raw percent when nothing better is known: binomial over the items (Lord 1957), in percent points. */
export function rawError(percent: number, items: number): number {
  if (items < 2) return 50
  const p = Math.min(0.98, Math.max(0.02, percent / 100))
  return 100 * Math.sqrt((p * (1 - p)) / (items - 1))
}

/**
 * An area's percent drawn towards the teacher's own total, because two or three items say little by themselves
 * (Kelley 1947; Wainer et al. 2001): (items·percent + balance·total)/(items + balance).
 */
export const balanced = (area: Area, total: number, balance: number): number =>
  (area.items * area.percent + balance * total) / (area.items + balance)

/** Areas below the line for thin areas, thinnest first; ties by code. Percents are the balanced ones. */
export function thinAreas(reading: Reading, rules: TierRules): Area[] {
  return reading.areas
    .map((a) => ({ ...a, percent: balanced(a, reading.percent, rules.balance) }))
    .filter((a) => a.percent < rules.weakBelow)
    .sort((a, b) => a.percent - b.percent || (a.code < b.code ? -1 : 1))
}

/**
 * The tier of one competency. A line counts against a teacher only when the chance of being below it reaches `sure`; the
 * last tier, which carries duties, wants `leadSure` of being above its line. Many thin areas add one step of support,
 * but never the first tier by themselves.
 */
export function tierOf(reading: Reading, rules: TierRules): TierFound {
  const line = (i: number) => (reading.basis === 'scale' ? rules.tiers[i]!.from : rules.tiers[i]!.fromPercent)
  const below = (i: number) => normalCdf((line(i) - reading.score) / Math.max(reading.se, 1e-9))
  const last = rules.tiers.length - 1
  let index = last
  if (1 - below(last) < rules.leadSure) {
    index = last - 1
    while (index > 0 && below(index) >= rules.sure) index--
  }
  const plain = rules.tiers.findLastIndex((_, i) => i < last && reading.score >= line(i))
  const near = plain < index && index < last
  const thin = thinAreas(reading, rules)
  const many = rules.weakMany > 0 && thin.length >= rules.weakMany && index > 1 && index < last
  if (many) index--
  const tier = rules.tiers[index]!
  return {
    part: reading.part,
    tier: tier.key,
    name: tier.name,
    words: tier.words,
    near,
    thin: thin.map((a) => a.code),
    because: because(reading, rules, index, near, many),
  }
}

/** Why this tier, in a sentence the teacher can check. */
function because(reading: Reading, rules: TierRules, index: number, near: boolean, many: boolean): string {
  const last = rules.tiers.length - 1
  const percent = (p: number) => `${Math.round(100 * p)} persen`
  const what = reading.basis === 'scale' ? 'skor' : 'persen mentah'
  if (many) return `Ada ${rules.weakMany} area penguatan atau lebih, jadi dampingannya ditambah satu jenjang.`
  if (index === last) return `Peluang ${what} Anda di atas batas ${rules.tiers[last]!.name} sedikitnya ${percent(rules.leadSure)}.`
  if (near) return `Hasil Anda dekat batas, sehingga dibaca menurut kemungkinan yang lebih menguntungkan Anda.`
  if (index === 0) return `Peluang ${what} Anda di bawah batas ${rules.tiers[1]!.name} sedikitnya ${percent(rules.sure)}.`
  return `Hasil Anda berada pada rentang ${rules.tiers[index]!.name}, dengan ketidakpastian pengukuran diperhitungkan.`
}
