import { groupBy } from '@/lib/platform/group'
import { optionOf, type MatchInput, type MatchRules } from './matching-cost'
import type { Pair } from './matching'

/** First come, first served: what one gets without a plan. Only for comparison; the hard rules are the same. */
export function firstCome(input: MatchInput, rules: MatchRules): { pairs: Pair[] } {
  const left = new Map(input.tutors.map((t) => [t.id, t.capacity]))
  const bySubject = groupBy(input.tutors, (t) => t.subject)
  const forbidden = new Set(input.forbids.map((f) => `${f.tutorId}|${f.learnerId}`))
  const pairs: Pair[] = []
  for (const learner of input.learners) {
    let best: Pair | null = null
    for (const tutor of bySubject.get(learner.subject) ?? []) {
      if (left.get(tutor.id) === 0) continue
      const option = optionOf(tutor, learner, rules, input.neighbours, forbidden.has(`${tutor.id}|${learner.id}`))
      if (typeof option === 'string' || (best && option.km >= best.km)) continue
      const { code, gap, km, band } = option
      best = { tutorId: tutor.id, learnerId: learner.id, code, gap, km, band, pinned: false }
    }
    if (!best) continue
    left.set(best.tutorId, left.get(best.tutorId)! - 1)
    pairs.push(best)
  }
  return { pairs }
}

export type Quality = {
  meanKm: number
  sameSchool: number
  sameRegion: number
  served: { regionCode: string; learners: number; matched: number }[]
  /** Share served in the kabupaten/kota that fares worst, among those with at least ten learners. */
  worstServed: number
}
const ENOUGH = 10

/** How good an assignment is, by what an official asks. Shares are from 0 to 1. */
export function compare(input: MatchInput, pairs: readonly Pair[]): Quality {
  const matched = new Set(pairs.map((p) => p.learnerId))
  const served = [...groupBy(input.learners, (l) => l.place.regionCode)]
    .map(([regionCode, list]) => ({ regionCode, learners: list.length, matched: list.filter((l) => matched.has(l.id)).length }))
    .sort((a, b) => (a.regionCode < b.regionCode ? -1 : 1))
  const share = (test: (p: Pair) => boolean) => (pairs.length ? pairs.filter(test).length / pairs.length : 0)
  const enough = served.filter((s) => s.learners >= ENOUGH)
  return {
    meanKm: pairs.length ? pairs.reduce((s, p) => s + p.km, 0) / pairs.length : 0,
    sameSchool: share((p) => p.band === 'sekolah'),
    sameRegion: share((p) => p.band === 'sekolah' || p.band === 'kabupaten'),
    served,
    worstServed: enough.length ? Math.min(...enough.map((s) => s.matched / s.learners)) : 0,
  }
}
