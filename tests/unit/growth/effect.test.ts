import { describe, expect, it } from 'vitest'
import { normal, seeded } from '@/lib/platform/random'
import { bandOf, doseDifferences, tutorDifference, type Supported } from '@/lib/growth/effect'

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
    expect(tutor.difference.low).toBeLessThan(25)
    expect(tutor.difference.high).toBeGreaterThan(25)
  })
  it('leaves out groups below the small-group limit', () => {
    const rows = nothingHappened(3).map((r, i) => ({ ...r, hours: i < 9 ? 20 : 0 }))
    expect(doseDifferences(rows, 10)).toEqual([])
  })
})
