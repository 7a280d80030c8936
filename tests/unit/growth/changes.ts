import { individualGrowth } from '@/lib/psychometrics/growth'
import { carriedLinkError, LINK_UP_TO, personChange, populationsOfChange } from '@/lib/growth/person-change'
import { simulateProvince } from '../../load/province'

/** Single changes of simulated provinces: what is told of each now and was before, and the true gain, points. */

export { reliability, tell } from '../scoring/said'

/** Chances as events, of those who are told one. */
export const chances = (all: readonly Told[]) =>
  all.flatMap((c) => (c.pImproved === null ? [] : [{ said: c.pImproved, so: c.gain > 0, subject: c.province }]))

/** `word` and `pImproved` are null where the link is too uncertain for a single person. */
export type Told = {
  province: number
  before: 'up' | 'unclear' | 'down'
  pImproved: number | null
  word: 'up' | 'unclear' | 'down' | null
  gain: number
}

export function changesOf(w: { items: number; teachers: number; provinces: number; spread: number }): Told[] {
  return Array.from({ length: w.provinces }, (_, k) => {
    const p = simulateProvince(500 + k, { everybody: 0.05, modules: [0.3, 0], drift: 0, closing: 0, ...w })
    const link = p.errors.get('one')!
    const points = link / p.report.error!
    const anchors = p.report.anchors.flatMap((a) => (a.state === 'dropped' ? [] : [points * a.error]))
    const carried = carriedLinkError({ error: link, anchors })
    const latent = populationsOfChange(p.pairs).get('one')!
    return p.pairs.map((x, i): Told => {
      const old = individualGrowth({ theta: x.before, se: x.seBefore }, { theta: x.after, se: Math.hypot(x.seAfter, link) })
      if (!old.ok) throw new Error(old.problem.detail)
      const now = carried > LINK_UP_TO ? null : personChange(x, latent, carried)
      return { province: k, before: old.value.word, pImproved: now?.pImproved ?? null, word: now?.word ?? null, gain: p.gains[i]! }
    })
  }).flat()
}
