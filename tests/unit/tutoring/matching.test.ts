import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compare, firstCome } from '@/lib/tutoring/first-come'
import { matchProvince, shippedMatchRules, type MatchInput, type LearnerNeed, type TutorOffer } from '@/lib/tutoring/matching'
import { kmBetween } from '@/lib/platform/distance'
import { optionOf } from '@/lib/tutoring/matching-cost'
import { Network } from '@/lib/platform/min-cost-flow'
import { neighbours, province } from './province'

const rules = shippedMatchRules
const place = (schoolId: string, regionCode = '18.71', lat = -5.43, lon = 105.26) => ({ schoolId, regionCode, lat, lon })
const tutor = (id: string, more: Partial<TutorOffer> = {}): TutorOffer => ({
  id,
  subject: 'MTK',
  sex: 'P',
  place: place('s1'),
  capacity: 3,
  strengths: { A: 70 },
  ...more,
})
const learner = (id: string, more: Partial<LearnerNeed> = {}): LearnerNeed => ({
  id,
  subject: 'MTK',
  sex: 'L',
  place: place('s2'),
  needs: [{ code: 'A', percent: 40 }],
  sexWanted: null,
  former: [],
  ...more,
})
const world = (tutors: TutorOffer[], learners: LearnerNeed[], more: Partial<MatchInput> = {}): MatchInput => ({
  tutors,
  learners,
  pins: [],
  forbids: [],
  neighbours,
  ...more,
})

/** The least total cost over all assignments, by trying every one. */
function exhaustive(input: MatchInput): number {
  const size = new Map<string, number>()
  for (const l of input.learners) size.set(l.place.regionCode, (size.get(l.place.regionCode) ?? 0) + 1)
  const load = new Map<string, number>()
  const unserved = new Map<string, number>()
  const walk = (i: number): number => {
    const l = input.learners[i]
    if (!l) return 0
    let best = Infinity
    for (const t of input.tutors) {
      const have = load.get(t.id) ?? 0
      const option = optionOf(t, l, rules, input.neighbours, false)
      if (have === t.capacity || typeof option === 'string') continue
      load.set(t.id, have + 1)
      best = Math.min(best, option.cost + rules.cost.load * have + walk(i + 1))
      load.set(t.id, have)
    }
    const r = l.place.regionCode
    const lost = (unserved.get(r) ?? 0) + 1
    unserved.set(r, lost)
    best = Math.min(best, 10_000_000 + Math.round((rules.cost.unserved * lost) / size.get(r)!) + walk(i + 1))
    unserved.set(r, lost - 1)
    return best
  }
  return walk(0)
}

describe('a matching', () => {
  it('costs exactly as little as the best of all assignments, on small cases', async () => {
    for (let seed = 1; seed <= 60; seed++) {
      const { tutors, learners } = province(400, { tutors: 0.2, learners: 0.4 }, seed)
      const own = (x: { subject: string }) => x.subject === 'MTK'
      const input = world(
        tutors
          .filter(own)
          .slice(0, 3)
          .map((t) => ({ ...t, capacity: 1 + (seed % 3) })),
        learners.filter(own).slice(0, 6),
      )
      expect((await matchProvince(input, rules)).cost).toBe(exhaustive(input))
    }
  })

  it('never breaks a rule: subject, area, capacity, range, distance, wish, prohibition, one tutor a learner', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 1e6 }), fc.double({ min: 0.02, max: 0.3, noNaN: true }), async (seed, share) => {
        const base = province(300, { tutors: share, learners: 0.5 }, seed)
        const forbids = base.learners.slice(0, 20).flatMap((l) => base.tutors.slice(0, 5).map((t) => ({ tutorId: t.id, learnerId: l.id })))
        const input = { ...base, forbids }
        const found = await matchProvince(input, rules)
        const tutors = new Map(input.tutors.map((t) => [t.id, t]))
        const learners = new Map(input.learners.map((l) => [l.id, l]))
        const load = new Map<string, number>()
        for (const p of found.pairs) {
          const [t, l] = [tutors.get(p.tutorId)!, learners.get(p.learnerId)!]
          load.set(t.id, (load.get(t.id) ?? 0) + 1)
          expect(t.subject).toBe(l.subject)
          const need = l.needs.find((n) => n.code === p.code)!
          expect(t.strengths[p.code]! - need.percent).toBeCloseTo(p.gap)
          expect(p.gap).toBeGreaterThanOrEqual(rules.gap.least)
          expect(p.gap).toBeLessThanOrEqual(rules.gap.most)
          expect(kmBetween(t.place, l.place)).toBeLessThanOrEqual(rules.maxKm)
          if (l.sexWanted) expect(t.sex).toBe(l.sexWanted)
          expect(forbids.some((f) => f.tutorId === t.id && f.learnerId === l.id)).toBe(false)
        }
        for (const [id, n] of load) expect(n).toBeLessThanOrEqual(tutors.get(id)!.capacity)
        const everybody = [...found.pairs, ...found.unmatched].map((x) => x.learnerId)
        expect(new Set(everybody).size).toBe(everybody.length)
        expect(everybody.length).toBe(input.learners.length)
      }),
      { numRuns: 40 },
    )
  })

  it('serves at least as many as first come, first served', async () => {
    for (let seed = 1; seed <= 20; seed++) {
      const input = province(600, { tutors: 0.06, learners: 0.5 }, seed)
      expect((await matchProvince(input, rules)).pairs.length).toBeGreaterThanOrEqual(firstCome(input, rules).pairs.length)
    }
  })

  it('does not depend on the order of people', async () => {
    const input = province(600, { tutors: 0.1, learners: 0.5 }, 7)
    const turned = { ...input, tutors: [...input.tutors].reverse(), learners: [...input.learners].reverse() }
    const [a, b] = [await matchProvince(input, rules), await matchProvince(turned, rules)]
    expect(b.cost).toBe(a.cost)
    const pairs = (m: typeof a) => m.pairs.map((p) => `${p.tutorId}${p.learnerId}`).sort()
    expect(pairs(b)).toEqual(pairs(a))
  })

  it('prefers the own school to a far one, and the former tutor to a stranger next door', async () => {
    const near = await matchProvince(
      world([tutor('far', { place: place('s9', '18.72', -5.11, 105.31) }), tutor('near', { place: place('s2') })], [learner('l')]),
      rules,
    )
    expect(near.pairs[0]!.tutorId).toBe('near')
    const again = await matchProvince(world([tutor('new'), tutor('old')], [learner('l', { former: ['old'] })]), rules)
    expect(again.pairs[0]!.tutorId).toBe('old')
  })

  it('spreads learners over tutors who fit equally well', async () => {
    const found = await matchProvince(world([tutor('a'), tutor('b')], [learner('1'), learner('2'), learner('3'), learner('4')]), rules)
    const load = (id: string) => found.pairs.filter((p) => p.tutorId === id).length
    expect([load('a'), load('b')]).toEqual([2, 2])
  })

  it('shares scarce tutors between two kabupaten that need them alike', async () => {
    const middle = tutor('t', { capacity: 4, place: place('m', '18.10', -5.34, 104.93) })
    const many = (region: string, lat: number) =>
      Array.from({ length: 6 }, (_, i) => learner(`${region}-${i}`, { place: place(`s${region}`, region, lat, 104.93) }))
    const found = await matchProvince(world([middle], [...many('18.09', -5.45), ...many('18.06', -5.6)]), rules)
    const served = compare(world([middle], [...many('18.09', -5.45), ...many('18.06', -5.6)]), found.pairs).served
    expect(served.map((s) => s.matched)).toEqual([2, 2])
  })

  it('keeps a pin, also where the rules alone would not pair the two, and says in words which pin it cannot keep', async () => {
    const input = world(
      [tutor('far', { place: place('s9', '18.11', -2, 105) }), tutor('near')],
      [learner('l'), learner('m', { subject: 'FIS' })],
      {
        pins: [
          { tutorId: 'far', learnerId: 'l' },
          { tutorId: 'near', learnerId: 'm' },
        ],
      },
    )
    const found = await matchProvince(input, rules)
    expect(found.pairs).toMatchObject([{ tutorId: 'far', learnerId: 'l', pinned: true }])
    expect(found.problems).toHaveLength(1)
  })

  it('lets no pin override what the teacher asked for, nor a prohibition', async () => {
    const pins = [{ tutorId: 't', learnerId: 'l' }]
    const wish = await matchProvince(world([tutor('t')], [learner('l', { sexWanted: 'L' })], { pins }), rules)
    const banned = await matchProvince(world([tutor('t')], [learner('l')], { pins, forbids: pins }), rules)
    for (const found of [wish, banned]) {
      expect(found.pairs).toEqual([])
      expect(found.problems).toHaveLength(1)
    }
  })

  it('says why somebody is left out', async () => {
    const reason = async (t: Partial<TutorOffer>, l: Partial<LearnerNeed>, forbid = false) =>
      (await matchProvince(world([tutor('t', t)], [learner('l', l)], { forbids: forbid ? [{ tutorId: 't', learnerId: 'l' }] : [] }), rules))
        .unmatched[0]?.reason
    expect(await reason({ subject: 'FIS' }, {})).toBe('tanpa-tutor-mapel')
    expect(await reason({ strengths: { A: 42 } }, {})).toBe('selisih')
    expect(await reason({ place: place('x', '18.11', -2, 105) }, {})).toBe('terlalu-jauh')
    expect(await reason({}, { sexWanted: 'L' })).toBe('permintaan')
    expect(await reason({}, {}, true)).toBe('dilarang')
    const full = await matchProvince(world([tutor('t', { capacity: 1 })], [learner('l'), learner('m')]), rules)
    expect(full.unmatched.map((u) => u.reason)).toEqual(['kapasitas-habis'])
  })

  it('names every kabupaten and subject without a tutor, with the nearest one who has room', async () => {
    const found = await matchProvince(
      world([tutor('t', { place: place('s9', '18.72', -5.11, 105.31) })], [learner('l', { place: place('s3', '18.13', -5.19, 103.94) })]),
      rules,
    )
    expect(found.gaps).toMatchObject([{ regionCode: '18.13', subject: 'MTK', learners: 1, remote: { tutorId: 't', regionCode: '18.72' } }])
  })
})

describe('a flow', () => {
  it('reroutes earlier units when that is cheaper in total', () => {
    const net = new Network(5)
    // Two sources (0, 1), two places (2, 3), sink 4. The first source's cheap place is the only one of the second.
    const arcs = [net.arc(0, 2, 1, 1), net.arc(0, 3, 1, 5), net.arc(1, 2, 1, 1)]
    net.arc(2, 4, 1, 0)
    net.arc(3, 4, 1, 0)
    expect(net.solve([0, 1], 4)).toBe(6)
    expect(arcs.map(net.used)).toEqual([false, true, true])
  })

  it('refuses costs that could round', () => {
    expect(() => new Network(2).arc(0, 1, 1, 0.5)).toThrow()
    expect(() => new Network(2).arc(0, 1, 1, -1)).toThrow()
  })
})

describe('a lot among equals', () => {
  const equals = (n: number, more: Partial<LearnerNeed> = {}) => Array.from({ length: n }, (_, i) => learner(`e${i}`, more))
  it('gives equals equal chances, is kept, and is the same again with the same seed', async () => {
    const input = world([tutor('t', { capacity: 2 })], [...equals(5), learner('other', { place: place('s9', '18.71', -5.6, 105.3) })])
    const times = new Map<string, number>()
    const rounds = 600
    for (let k = 0; k < rounds; k++) {
      const found = await matchProvince({ ...input, lot: `seed ${k}` }, rules)
      expect(found.lots).toHaveLength(1)
      expect([found.lots[0]!.learners.toSorted(), found.lots[0]!.served.length]).toEqual([['e0', 'e1', 'e2', 'e3', 'e4'], 2])
      expect(found.pairs.map((p) => p.learnerId).toSorted()).toEqual(found.lots[0]!.served.toSorted())
      for (const id of found.lots[0]!.served) times.set(id, (times.get(id) ?? 0) + 1)
    }
    for (const id of ['e0', 'e1', 'e2', 'e3', 'e4'])
      expect(Math.abs((times.get(id) ?? 0) - rounds * 0.4)).toBeLessThan(4 * Math.sqrt(rounds * 0.4 * 0.6))
    const again = { ...input, lot: 'x', learners: [...input.learners].reverse() }
    expect((await matchProvince(again, rules)).pairs).toEqual((await matchProvince({ ...input, lot: 'x' }, rules)).pairs)
  })
  it('changes nothing of what is best, and without one nothing is drawn', async () => {
    for (let k = 0; k < 5; k++) {
      const input = province(300, { tutors: 0.1, learners: 0.5 }, 40 + k)
      const [plain, drawn] = [await matchProvince(input, rules), await matchProvince({ ...input, lot: `s${k}` }, rules)]
      expect([drawn.cost, drawn.pairs.length]).toEqual([plain.cost, plain.pairs.length])
      expect(plain.lots).toEqual([])
    }
  })
  it('lets whoever waited by lot come first among equals the next time', async () => {
    for (let k = 0; k < 20; k++) {
      const people = equals(4).map((l, i) => ({ ...l, waited: i === 3 }))
      const found = await matchProvince({ ...world([tutor('t', { capacity: 1 })], people), lot: `s${k}` }, rules)
      expect(found.pairs.map((p) => p.learnerId)).toEqual(['e3'])
    }
  })
})
