import { chanceBelow } from '@/lib/psychometrics/posterior'
import { ofHundred } from '@/lib/scoring/judgement-model'
import { SCALE_CUT } from '@/lib/scoring/model'
import { formatNumber } from '@/lib/platform/format'
import type { Reading, TierFound, TierRules } from './model'
import { profileOf, type Profile } from './profile'

/** From what is known of a person to a tier of support, per competency. */

/**
 * Chance of being below a line from which more support is offered. By loss: where missing one in need is `loss` times worse than
 * accompanying one who is not, support does the less harm from 1/(1 + loss) on (decision 057). Kindly: only from `sure` on.
 */
export const offeredFrom = (rules: Pick<TierRules, 'reading' | 'loss' | 'sure'>): number =>
  rules.reading === 'kind' ? rules.sure : 1 / (1 + rules.loss)

/** Chances beyond which the 80 % range leaves a line out. */
const [OVER, UNDER] = [0.1, 0.9]

/** Where tier `i` begins, in the unit of the reading. */
export const lineOf = (reading: Pick<Reading, 'basis'>, rules: TierRules, i: number): number =>
  reading.basis === 'scale' ? rules.tiers[i]!.from : rules.tiers[i]!.fromPercent

/** Tiers among which a standing leaves a choice: who reached the standard is sent to no tier below it, who did not to none above. */
function bounds(standing: Profile['standing'], rules: TierRules): { least: number; most: number } {
  const last = rules.tiers.length - 1
  const reached = rules.tiers.findLastIndex((t, i) => i < last && t.from <= SCALE_CUT)
  const short = rules.tiers.findLastIndex((t) => t.from < SCALE_CUT)
  return { least: standing === 'above' ? reached : 0, most: standing === 'below' ? short : last }
}

/**
 * The tier of one competency. A line counts against a teacher from the chance at which the rule offers more support; the last tier, which
 * carries duties, wants `leadSure` of being above its line. Many areas that certainly need work add one step of support, but never the
 * first tier by themselves. What the result says of the standard holds here too.
 */
export function tierOf(reading: Reading, rules: TierRules): TierFound {
  if (reading.few) return offered(reading.part, reading.few, rules)
  const below = (i: number) => chanceBelow(reading.posterior, lineOf(reading, rules, i))
  const from = offeredFrom(rules)
  const last = rules.tiers.length - 1
  let plain = last
  if (1 - below(last) < rules.leadSure) {
    plain = last - 1
    while (plain > 0 && below(plain) >= from) plain--
  }
  const profile = profileOf(reading, rules)
  const { least, most } = bounds(profile.standing, rules)
  let index = Math.max(least, Math.min(most, plain))
  const many = rules.weakMany > 0 && profile.needs.length >= rules.weakMany && index > 1 && index < last && index > least
  const why = many ? 'many' : index !== plain ? 'standard' : 'chance'
  if (many) index--
  const tier = rules.tiers[index]!
  const open = (i: number) => i > 0 && i < last && below(i) > OVER && below(i) < UNDER
  return {
    part: reading.part,
    tier: tier.key,
    name: tier.name,
    words: tier.words,
    near: index < last && (open(index) || open(index + 1)),
    thin: profile.needs.map((a) => a.code),
    because: because(rules, index, why, below),
  }
}

/** Where nothing could be measured: the lightest tier that still has somebody at hand, as an offer and not as a finding. */
function offered(part: string, few: NonNullable<Reading['few']>, rules: TierRules): TierFound {
  const tier = rules.tiers.findLast((t) => t.tutor) ?? rules.tiers[0]!
  return {
    part,
    tier: tier.key,
    name: tier.name,
    words: tier.words,
    near: false,
    thin: [],
    because: `Terlalu sedikit jawaban untuk diukur: ${few.answered} dari ${few.items} butir dijawab. Tingkat ini tawaran dampingan, bukan penilaian.`,
  }
}

/** Why this tier, in a sentence the teacher can check: the chance itself, and from which chance the rule offers more. */
function because(rules: TierRules, index: number, why: 'many' | 'standard' | 'chance', below: (i: number) => number): string {
  const last = rules.tiers.length - 1
  if (why === 'many') return `Ada ${rules.weakMany} area penguatan atau lebih, jadi dampingannya ditambah satu tingkat.`
  if (why === 'standard') return 'Tingkat ini mengikuti hasil terhadap standar: yang mencapainya tidak dikirim ke bawahnya, dan sebaliknya.'
  if (index === last)
    return `Peluang kemampuan Anda mencapai batas ${rules.tiers[last]!.name}: ${ofHundred(1 - below(last))}. Tingkat ini ditawarkan mulai ${formatNumber(100 * rules.leadSure, 0)} dari 100.`
  const from = `${formatNumber(100 * offeredFrom(rules), 0)} dari 100`
  const counted = index < last - 1
  const line = counted ? index + 1 : index
  const chance = `Peluang kemampuan Anda di bawah batas ${rules.tiers[line]!.name}: ${ofHundred(below(line))}.`
  return counted
    ? `${chance} Dampingan lebih banyak ditawarkan mulai ${from}.`
    : `${chance} Dampingan lebih banyak baru ditawarkan mulai ${from}.`
}

/** One line of a rule against what is known: whom support reaches, as expected numbers of people. */
export type Reached = {
  /** The tier that begins at the line. */
  name: string
  /** Offered a tier below the line. */
  offered: number
  /** Of 100 who are below the line, how many are offered one; null where nobody is. */
  ofNeed: number | null
  /** Of 100 who are offered one, how many are below the line; null where nobody is. */
  ofOffered: number | null
}

/** What a rule does at each of its lines but the last, from the chances of the people themselves. */
export function reached(everybody: readonly Reading[], rules: TierRules): Reached[] {
  // Of whom nothing could be measured nothing is known either.
  const all = everybody.filter((r) => !r.few)
  const place = new Map(rules.tiers.map((t, i) => [t.key, i]))
  const at = all.map((r) => place.get(tierOf(r, rules).tier)!)
  return rules.tiers.slice(1, -1).map((tier, k) => {
    let [need, met, offered] = [0, 0, 0]
    all.forEach((r, i) => {
      const chance = chanceBelow(r.posterior, lineOf(r, rules, k + 1))
      need += chance
      if (at[i]! > k) return
      met += chance
      offered++
    })
    return { name: tier.name, offered, ofNeed: need > 0 ? (100 * met) / need : null, ofOffered: offered ? (100 * met) / offered : null }
  })
}
