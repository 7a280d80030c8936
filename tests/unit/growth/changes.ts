import { shippedPolicy } from '@/lib/access/policy-model'
import { individualGrowth } from '@/lib/psychometrics/growth'
import { personChange, populationsOfChange } from '@/lib/growth/person-change'
import { normal, seeded } from '@/lib/platform/random'
import { simulateProvince } from '../../load/province'

/** Single changes of simulated provinces: what is told of each now and was before, and the true gain, points. */

export { reliability, tell } from '../scoring/said'

/** Chances as events, of those whose link is certain enough for a single person. */
export const chances = (all: readonly Told[]) =>
  all.flatMap((c) => (c.pImproved === null ? [] : [{ said: c.pImproved, so: c.gain > 0, subject: c.province }]))

/** Whether the 80 % range held the truth, of those who are told one. */
export const ranges = (all: readonly Told[]) => all.flatMap((c) => (c.held === null ? [] : [c.held]))

/** `word`, `pImproved` and `held` are null where the link is too uncertain for a single person. */
export type Told = {
  province: number
  before: 'up' | 'unclear' | 'down'
  pImproved: number | null
  word: 'up' | 'unclear' | 'down' | null
  held: boolean | null
  gain: number
}

const Z80 = 1.2815515655446004

/** Provinces differ in what everybody gains, by a tenth of a logit: a programme is not the same everywhere. */
export function changesOf(w: { items: number; teachers: number; provinces: number; spread: number }): Told[] {
  const random = seeded(31)
  return Array.from({ length: w.provinces }, (_, k) => {
    const everybody = 0.05 + 0.1 * normal(random)
    const p = simulateProvince(500 + k, { everybody, modules: [0.3, 0], drift: 0, closing: 0, ...w })
    const link = p.errors.get('one')!
    const population = populationsOfChange(p.pairs, p.deviations).get('one')!
    return p.pairs.map((x, i): Told => {
      const gain = p.gains[i]!
      const old = individualGrowth({ theta: x.before, se: x.seBefore }, { theta: x.after, se: Math.hypot(x.seAfter, link.se) })
      if (!old.ok) throw new Error(old.problem.detail)
      const before = old.value.word
      if (link.se > shippedPolicy.linkErrorUpTo) return { province: k, before, pImproved: null, word: null, held: null, gain }
      const { mean, sd, pImproved, word } = personChange(x, population, link)
      return { province: k, before, pImproved, word, held: Math.abs(gain - mean) <= Z80 * sd, gain }
    })
  }).flat()
}
