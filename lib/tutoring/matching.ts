import { createHash } from 'node:crypto'
import { kmBetween } from '@/lib/platform/distance'
import { groupBy } from '@/lib/platform/group'
import { Network } from '@/lib/platform/min-cost-flow'
import {
  optionOf,
  type Couple,
  type LearnerNeed,
  type MatchInput,
  type MatchRules,
  type Option,
  type Refusal,
  type TutorOffer,
} from './matching-cost'
import type { Band } from './model'

/**
 * Matching of a whole province at once, exactly: subject by subject a flow of least cost from learners to tutors. As many
 * learners as possible are served first; among equal numbers, kabupaten/kota share what is missing; then pairs are near, fitting
 * and evenly spread. Candidates are added while one of them could still improve the result, so what is found is the optimum.
 */
export { MatchRules, shippedMatchRules, type LearnerNeed, type MatchInput, type TutorOffer } from './matching-cost'

export type Pair = { tutorId: string; learnerId: string; code: string; gap: number; km: number; band: Band; pinned: boolean }
export type Unmatched = { learnerId: string; reason: Refusal | 'kapasitas-habis' }
export type Gap = {
  regionCode: string
  subject: string
  learners: number
  remote: { tutorId: string; regionCode: string; km: number } | null
}
/** Learners whom nothing told apart, some with a tutor and some without: between them the lot decided. */
export type LotGroup = { learners: string[]; served: string[]; code: string }
export type Matching = { pairs: Pair[]; unmatched: Unmatched[]; gaps: Gap[]; problems: string[]; cost: number; lots: LotGroup[] }

/** Serving one learner more is worth more than any rearrangement of a subject's pairs. */
const UNSERVED = 10_000_000
/** Candidates a learner starts with; more join while any would improve the result. */
const FIRST_CANDIDATES = 30
const JOIN_AT_ONCE = 20

const byId = <T extends { id: string }>(a: T, b: T) => (a.id < b.id ? -1 : 1)
/** In the order of SHA-256 of seed and id. The matching sees people by their place alone, so that equals have equal chances. */
function inLotOrder<T extends { id: string }>(list: T[], seed: string): T[] {
  const place = new Map(list.map((x) => [x.id, createHash('sha256').update(`${seed}|${x.id}`).digest('hex')]))
  return list.sort((a, b) => (place.get(a.id)! < place.get(b.id)! ? -1 : 1))
}
const key = (tutorId: string, learnerId: string) => `${tutorId}|${learnerId}`

/** Pins that can be kept, and words for those that cannot. */
function settlePins(input: MatchInput, rules: MatchRules, forbidden: ReadonlySet<string>): { pairs: Pair[]; problems: string[] } {
  const tutors = new Map(input.tutors.map((t) => [t.id, t]))
  const learners = new Map(input.learners.map((l) => [l.id, l]))
  const left = new Map(input.tutors.map((t) => [t.id, t.capacity]))
  const taken = new Set<string>()
  const pairs: Pair[] = []
  const problems: string[] = []
  for (const { tutorId, learnerId } of input.pins) {
    const [tutor, learner] = [tutors.get(tutorId), learners.get(learnerId)]
    if (!tutor || !learner) {
      problems.push('Satu pasangan yang disematkan dilewati: tutornya belum bersedia, atau gurunya tidak lagi membutuhkan tutor.')
      continue
    }
    const option = optionOf(tutor, learner, rules, input.neighbours, forbidden.has(key(tutorId, learnerId)), true)
    if (typeof option === 'string')
      problems.push(
        'Satu pasangan yang disematkan dilewati: mapel atau areanya tidak cocok, tidak sesuai permintaan guru, atau pasangan itu dilarang.',
      )
    else if (left.get(tutorId)! === 0 || taken.has(learnerId))
      problems.push('Satu pasangan yang disematkan dilewati: tutornya sudah penuh, atau gurunya sudah disematkan pada tutor lain.')
    else {
      left.set(tutorId, left.get(tutorId)! - 1)
      taken.add(learnerId)
      const { code, gap, km, band } = option
      pairs.push({ tutorId, learnerId, code, gap, km, band, pinned: true })
    }
  }
  return { pairs, problems }
}

type Candidate = { tutor: number; option: Option }

/** One subject: the optimum over all allowed pairs. `capacity` is what pins have left of each tutor. */
function solveSubject(
  tutors: readonly TutorOffer[],
  capacity: readonly number[],
  learners: readonly LearnerNeed[],
  input: MatchInput,
  rules: MatchRules,
  forbidden: ReadonlySet<string>,
): { chosen: (Candidate | null)[]; cost: number; equal: number[][] } {
  const all: Candidate[][] = learners.map((l) =>
    tutors
      .flatMap((t, i): Candidate[] => {
        const option = capacity[i]! > 0 ? optionOf(t, l, rules, input.neighbours, forbidden.has(key(t.id, l.id))) : 'dilarang'
        return typeof option === 'string' ? [] : [{ tutor: i, option }]
      })
      .sort((a, b) => a.option.cost - b.option.cost || a.tutor - b.tutor),
  )
  // Equal is whoever is offered the same tutors at the same cost for the same area, in the same kabupaten/kota.
  const equal = [
    ...groupBy(
      learners.map((_, l) => l).filter((l) => all[l]!.length > 0),
      (l) => `${learners[l]!.place.regionCode}|${all[l]!.map((c) => `${c.tutor}:${c.option.cost}:${c.option.code}`).join('|')}`,
    ).values(),
  ].filter((g) => g.length > 1)
  const open: Candidate[][] = all.map((list) => list.slice(0, FIRST_CANDIDATES))
  const regions = [...new Set(learners.map((l) => l.place.regionCode))]
  const place = new Map(regions.map((r, i) => [r, i]))
  const inRegion = regions.map((r) => learners.filter((l) => l.place.regionCode === r).length)
  const [T, R] = [learners.length, learners.length + tutors.length]
  const sink = R + regions.length
  for (;;) {
    const net = new Network(sink + 1)
    tutors.forEach((_, i) => {
      for (let k = 0; k < capacity[i]!; k++) net.arc(T + i, sink, 1, Math.round(rules.cost.load * k))
    })
    regions.forEach((_, i) => {
      // The j-th unserved learner of a kabupaten/kota costs in proportion to the share that is then unserved.
      for (let j = 0; j < inRegion[i]!; j++) net.arc(R + i, sink, 1, UNSERVED + Math.round((rules.cost.unserved * (j + 1)) / inRegion[i]!))
    })
    const arcs = open.map((list, l) => {
      net.arc(l, R + place.get(learners[l]!.place.regionCode)!, 1, 0)
      return list.map((c) => net.arc(l, T + c.tutor, 1, c.option.cost))
    })
    const cost = net.solve(
      learners.map((_, l) => l),
      sink,
    )
    // A pair that was left out and would still improve the result has a negative reduced cost; without one the optimum is found.
    let joined = 0
    all.forEach((list, l) => {
      if (open[l]!.length === list.length) return
      const here = new Set(open[l]!.map((c) => c.tutor))
      const better = list.filter((c) => !here.has(c.tutor) && net.reduced(l, T + c.tutor, c.option.cost) < 0).slice(0, JOIN_AT_ONCE)
      joined += better.length
      open[l]!.push(...better)
    })
    if (joined === 0) return { chosen: open.map((list, l) => list[arcs[l]!.findIndex((a) => net.used(a))] ?? null), cost, equal }
  }
}

/** Why somebody is left without a tutor: the last hurdle that the best tutor did not take. */
function reasonFor(
  learner: LearnerNeed,
  tutors: readonly TutorOffer[],
  input: MatchInput,
  rules: MatchRules,
  forbidden: ReadonlySet<string>,
): Unmatched['reason'] {
  const order: Refusal[] = ['tanpa-tutor-mapel', 'selisih', 'terlalu-jauh', 'permintaan', 'dilarang']
  let furthest = 0
  for (const t of tutors) {
    const option = optionOf(t, learner, rules, input.neighbours, forbidden.has(key(t.id, learner.id)))
    if (typeof option !== 'string') return 'kapasitas-habis'
    furthest = Math.max(furthest, order.indexOf(option))
  }
  return order[furthest]!
}

/** Kabupaten/kota with learners of a subject and no tutor of their own, with the nearest tutor who has room left. */
function coverageGaps(input: MatchInput, pairs: readonly Pair[]): Gap[] {
  const load = new Map<string, number>()
  for (const p of pairs) load.set(p.tutorId, (load.get(p.tutorId) ?? 0) + 1)
  const here = new Set(input.tutors.map((t) => `${t.place.regionCode}|${t.subject}`))
  const spare = input.tutors.filter((t) => (load.get(t.id) ?? 0) < t.capacity)
  return [...groupBy(input.learners, (l) => `${l.place.regionCode}|${l.subject}`)]
    .filter(([k]) => !here.has(k))
    .map(([k, list]) => {
      const [regionCode, subject] = k.split('|') as [string, string]
      const middle = {
        lat: list.reduce((s, l) => s + l.place.lat, 0) / list.length,
        lon: list.reduce((s, l) => s + l.place.lon, 0) / list.length,
      }
      const near = spare
        .filter((t) => t.subject === subject)
        .map((t) => ({ tutorId: t.id, regionCode: t.place.regionCode, km: kmBetween(t.place, middle) }))
        .sort((a, b) => a.km - b.km || (a.tutorId < b.tutorId ? -1 : 1))[0]
      return { regionCode, subject, learners: list.length, remote: near ?? null }
    })
    .sort((a, b) => b.learners - a.learners || (a.regionCode + a.subject < b.regionCode + b.subject ? -1 : 1))
}

/** Matches everybody. `progress` is told after each subject (done, total) and may take its time. */
export async function matchProvince(
  input: MatchInput,
  rules: MatchRules,
  progress: (done: number, total: number) => void | Promise<void> = () => undefined,
): Promise<Matching> {
  const forbidden = new Set(input.forbids.map((f: Couple) => key(f.tutorId, f.learnerId)))
  const { pairs, problems } = settlePins(input, rules, forbidden)
  const pinned = new Set(pairs.map((p) => p.learnerId))
  const used = new Map<string, number>()
  for (const p of pairs) used.set(p.tutorId, (used.get(p.tutorId) ?? 0) + 1)
  const unmatched: Unmatched[] = []
  const lots: LotGroup[] = []
  const ordered = <T extends { id: string }>(list: T[]): T[] => (input.lot ? inLotOrder(list, input.lot) : list.sort(byId))
  const subjects = [...new Set(input.learners.map((l) => l.subject))].sort()
  let cost = 0
  for (const [i, subject] of subjects.entries()) {
    // Sorted, so that the order of the input changes nothing.
    const tutors = ordered(input.tutors.filter((t) => t.subject === subject))
    const learners = ordered(input.learners.filter((l) => l.subject === subject && !pinned.has(l.id)))
    const capacity = tutors.map((t) => t.capacity - (used.get(t.id) ?? 0))
    const found = solveSubject(tutors, capacity, learners, input, rules, forbidden)
    cost += found.cost
    if (input.lot)
      for (const group of found.equal) {
        const served = group.filter((l) => found.chosen[l])
        if (served.length > 0 && served.length < group.length)
          lots.push({
            learners: group.map((l) => learners[l]!.id),
            served: served.map((l) => learners[l]!.id),
            code: found.chosen[served[0]!]!.option.code,
          })
      }
    found.chosen.forEach((c, l) => {
      const learner = learners[l]!
      if (!c) unmatched.push({ learnerId: learner.id, reason: reasonFor(learner, tutors, input, rules, forbidden) })
      else {
        const { code, gap, km, band } = c.option
        pairs.push({ tutorId: tutors[c.tutor]!.id, learnerId: learner.id, code, gap, km, band, pinned: false })
      }
    })
    await progress(i + 1, subjects.length)
  }
  return { pairs, unmatched, gaps: coverageGaps(input, pairs), problems, cost, lots }
}
