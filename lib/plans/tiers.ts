import { normalCdf } from '@/lib/psychometrics/distributions'
import { SCALE_CUT } from '@/lib/scoring/model'
import type { Reading, TierFound, TierRules } from './model'
import { profileOf, type Profile } from './profile'

/** From a result to a tier of support, per competency, with the error counted in. */

/** Standard error of a raw percent when nothing better is known: binomial over the items (Lord 1957), in percent points. */
export function rawError(percent: number, items: number): number {
  if (items < 2) return 50
  const p = Math.min(0.98, Math.max(0.02, percent / 100))
  return 100 * Math.sqrt((p * (1 - p)) / (items - 1))
}

/** Tiers among which a standing leaves a choice: who reached the standard is sent to no tier below it, who did not to none above. */
function bounds(standing: Profile['standing'], rules: TierRules): { least: number; most: number } {
  const last = rules.tiers.length - 1
  const reached = rules.tiers.findLastIndex((t, i) => i < last && t.from <= SCALE_CUT)
  const short = rules.tiers.findLastIndex((t) => t.from < SCALE_CUT)
  return { least: standing === 'above' ? reached : 0, most: standing === 'below' ? short : last }
}

/**
 * The tier of one competency. A line counts against a teacher only when the chance of being below it reaches `sure`; the
 * last tier, which carries duties, wants `leadSure` of being above its line. Many areas that certainly need work add one step of
 * support, but never the first tier by themselves. What the result says of the standard holds here too.
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
  const profile = profileOf(reading, rules)
  const { least, most } = bounds(profile.standing, rules)
  index = Math.max(least, Math.min(most, index))
  const plain = rules.tiers.findLastIndex((_, i) => i < last && reading.score >= line(i))
  const near = plain < index && index < last
  const many = rules.weakMany > 0 && profile.needs.length >= rules.weakMany && index > 1 && index < last && index > least
  if (many) index--
  const tier = rules.tiers[index]!
  return {
    part: reading.part,
    tier: tier.key,
    name: tier.name,
    words: tier.words,
    near,
    thin: profile.needs.map((a) => a.code),
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
  if (near)
    return `Hasil Anda dekat batas jenjang ${rules.tiers[index]!.name}, sehingga dibaca menurut kemungkinan yang lebih menguntungkan Anda.`
  if (index === 0) return `Peluang ${what} Anda di bawah batas ${rules.tiers[1]!.name} sedikitnya ${percent(rules.sure)}.`
  return `Hasil Anda berada pada rentang ${rules.tiers[index]!.name}, dengan ketidakpastian pengukuran diperhitungkan.`
}
