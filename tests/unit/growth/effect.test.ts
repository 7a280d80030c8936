import { describe, expect, it } from 'vitest'
import { normal, seeded } from '@/lib/platform/random'
import { priorsOf } from '@/lib/growth/everybody'
import { changeOf, directionOf, withExpectation } from '@/lib/growth/growth'
import { bandOf, doseDifferences, moduleDifferences, tutorDifference, type Supported } from '@/lib/growth/effect'
import { addErrors } from '@/lib/psychometrics/link-error'
import { errorFor, neededFor, seenFrom } from '@/lib/psychometrics/linked-change'
import { simulateProvince } from '../../load/province'
import { falseFamilies } from './useless'

/**
 * Two short tests of people with one general ability and no gain at all; hours in the first competency go to those who scored low
 * in it and higher in the second, as plans with little room do.
 */
function nothingHappened(seed: number): Supported[] {
  const random = seeded(seed)
  const gauss = () => normal(random)
  return Array.from({ length: 2_500 }, (_, i) => {
    const general = 60 * gauss()
    const truth = 500 + general + 45 * gauss()
    const before = truth + 70 * gauss()
    const other = 500 + general + 45 * gauss() + 70 * gauss()
    const after = truth + 70 * gauss()
    const hours = before < 480 && other > 470 && random() < 0.7 ? 10 : 0
    // Kelley's correction with the reliability that these figures have.
    const reliability = (60 ** 2 + 45 ** 2) / (60 ** 2 + 45 ** 2 + 70 ** 2)
    return {
      corrected: after - before - (1 - reliability) * (500 - before),
      before,
      beside: [other],
      schoolId: `s${i % 60}`,
      instrumentId: 'one',
      hours,
      modules: [],
      tutored: 0,
    }
  })
}

describe('Change against received hours', () => {
  it('puts hours into bands without a gap', () => {
    expect([0, 0.5, 7.9, 8, 15.9, 16, 90].map(bandOf)).toEqual(['0', '1', '1', '2', '2', '3', '3'])
  })
  it('finds nothing where nothing happened, though hours went to people who were stronger than one test could show', () => {
    const rounds = Array.from({ length: 20 }, (_, s) => nothingHappened(100 + s))
    const called = rounds.filter((rows) => doseDifferences(rows, 10).some((d) => d.word !== 'unclear')).length
    expect(called).toBeLessThanOrEqual(3)
    // Without the other competency as a control the same people would have been reported as having gained.
    const fooled = rounds.filter((rows) =>
      doseDifferences(
        rows.map((r) => ({ ...r, beside: [] })),
        10,
      ).some((d) => d.word === 'more'),
    ).length
    expect(fooled).toBeGreaterThanOrEqual(15)
  })
  it('finds a gain that came with the hours, and one that came with a tutor', () => {
    const random = seeded(5)
    const rows = nothingHappened(7).map((r) => {
      const tutored = random() < 0.3 ? 3 : 0
      return { ...r, tutored, corrected: r.corrected + (r.hours ? 35 : 0) + (tutored ? 25 : 0) }
    })
    expect(doseDifferences(rows, 10)).toMatchObject([{ key: '2', word: 'more' }])
    const tutor = tutorDifference(rows, 10)!
    expect(tutor.word).toBe('more')
    expect(tutor.difference!.low).toBeLessThan(25)
    expect(tutor.difference!.high).toBeGreaterThan(25)
  })
  it('leaves out groups below the small-group limit', () => {
    const rows = nothingHappened(3).map((r, i) => ({ ...r, hours: i < 9 ? 20 : 0 }))
    expect(doseDifferences(rows, 10)).toEqual([])
  })
  it('does not judge what few schools received, and calls few useless modules where many did', () => {
    expect(falseFamilies('10 takers in 3 schools', 5)).toEqual({ families: 0, judged: 0 })
    const { families, judged } = falseFamilies('60 takers in 22 schools', 30)
    expect(judged).toBeGreaterThan(5)
    expect(families).toBeLessThanOrEqual(4)
  })
  it('draws the range that its words stand for: zero is outside exactly where something is called', () => {
    const random = seeded(11)
    const rows = nothingHappened(8).map((r) => {
      const modules = ['a', 'b', 'c', 'd', 'e'].filter(() => random() < 0.2)
      return { ...r, modules, corrected: r.corrected + (modules.includes('a') ? 9 : 0) + (modules.includes('b') ? 30 : 0) }
    })
    const found = moduleDifferences(rows, 10)
    expect(found.find((d) => d.key === 'b')!.word).toBe('more')
    for (const d of found) expect(d.difference!.low > 0 || d.difference!.high < 0, d.key).toBe(d.word !== 'unclear')
  })
})

describe('Power', () => {
  it('is the interval’s own: at the size of the known group it sees what that group sees', () => {
    const link = { se: 5, df: 9 }
    // Schools of unlike sizes carry fewer degrees of freedom than there are schools; the interval says how many.
    const raw = { n: 400, clusters: 60, ...addErrors([{ se: Math.sqrt(39), df: 31 }, link]) }
    const own = seenFrom(raw)
    expect(seenFrom(errorFor(400, raw, link))).toBeCloseTo(own, 9)
    expect(seenFrom(errorFor(100, raw, link))).toBeGreaterThan(own)
    const n = neededFor(30, raw, link)!
    expect(seenFrom(errorFor(n, raw, link))).toBeLessThanOrEqual(30)
    expect(seenFrom(errorFor(n - 1, raw, link))).toBeGreaterThan(30)
    expect(neededFor(10, raw, link)).toBeNull()
  })
})

describe('What error alone would make of a first score', () => {
  it('is expected of a person alike by whoever reads, and calls no low scorers changed where nobody has', () => {
    let called = 0
    for (let k = 0; k < 6; k++) {
      const p = simulateProvince(70 + k, { everybody: 0, modules: [0], drift: 0, closing: 0, teachers: 800, items: 20, spread: 0.15 })
      const low = p.pairs.filter((x) => x.before < 420)
      if (directionOf(changeOf(low, p.errors)!.corrected) !== 'unclear') called++
      // A reader of one kabupaten has the priors of all.
      const some = p.pairs.filter((x) => x.regionCode === 'r1')
      const priors = priorsOf(p.pairs, p.deviations)
      expect(withExpectation(some, priors).map((x) => x.expected)).toEqual(some.map((x) => x.expected))
    }
    expect(called).toBeLessThanOrEqual(1)
  })
})
