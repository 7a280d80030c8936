import { describe, expect, it } from 'vitest'
import { chanceBelow } from '@/lib/psychometrics/posterior'
import { gainPopulation } from '@/lib/psychometrics/change'
import { personChange, populationsOfChange } from '@/lib/growth/person-change'
import { normal, seeded } from '@/lib/platform/random'
import { changeWord } from '@/components/growth/words'
import { chances, changesOf, reliability, tell } from './changes'

/** What one person is told of the own change, against what is true; the long form: `tests/proof/changes.test.ts`. */

const population = {
  spreads: [{ latent: { before: 500, after: 510, sdBefore: 100, sdAfter: 100, correlation: 0.9, n: 400 }, weight: 1 }],
  meanError: 0,
}

describe('the change of one person', () => {
  it('was called a fall by two scores and their errors alone where most had risen; now a fall is one', () => {
    const all = changesOf({ items: 10, teachers: 400, provinces: 8, spread: 0.15 })
    const fell = all.filter((c) => c.before === 'down')
    expect(fell.length).toBeGreaterThan(30)
    expect(fell.filter((c) => c.gain > 0).length / fell.length).toBeGreaterThan(0.4)
    const now = all.filter((c) => c.word === 'down')
    expect(now.filter((c) => c.gain > 0).length).toBeLessThanOrEqual(Math.ceil(0.13 * now.length))
  })

  it('is told with a chance that is true in every tenth, and in words only where these are true of nine in ten', () => {
    const all = changesOf({ items: 26, teachers: 800, provinces: 10, spread: 0.5 })
    for (const t of reliability(chances(all)))
      if (t && t.n > 50) expect(Math.abs(t.said - t.observed), tell([t])).toBeLessThanOrEqual(3 + 2 * t.error)
    for (const word of ['up', 'down'] as const) {
      const told = all.filter((c) => c.word === word)
      expect(told.length).toBeGreaterThan(20)
      const right = told.filter((c) => c.gain > 0 === (word === 'up')).length / told.length
      expect(right).toBeGreaterThan(0.87)
    }
  })

  const link = (se: number, df = 15) => ({ se, df })

  it('takes both errors, the link’s and the people’s own change in', () => {
    const told = (after: number, se: number) => personChange({ before: 480, seBefore: 40, after, seAfter: 40 }, population, link(se))
    expect(told(560, 0).mean).toBeGreaterThan(0)
    expect(told(560, 0).mean).toBeLessThan(80)
    expect(told(560, 30).sd).toBeGreaterThan(told(560, 0).sd)
    // One possible spread of gains is one normal posterior.
    expect(told(560, 0).pImproved).toBeCloseTo(1 - chanceBelow(told(560, 0), 0), 12)
  })

  it('is the less sure the fewer anchors the same error of the link rests on', () => {
    const sd = (df: number) => personChange({ before: 480, seBefore: 40, after: 560, seAfter: 40 }, population, link(8, df)).sd
    expect(sd(4)).toBeGreaterThan(sd(15))
    expect(sd(2)).toBeGreaterThan(sd(4))
  })

  it('keeps every spread of gains that short tests leave possible, and finds the true one where they tell', () => {
    const random = seeded(9)
    const gauss = () => normal(random)
    const drawn = (n: number, spread: number, error: number) =>
      Array.from({ length: n }, () => {
        const truth = 500 + 100 * gauss()
        return { before: truth + error * gauss(), seBefore: error, after: truth + 10 + spread * gauss() + error * gauss(), seAfter: error }
      })
    const typical = (n: number, spread: number, error: number) => {
      const { spreads } = gainPopulation(drawn(n, spread, error), { before: 100, after: Math.hypot(100, spread) })
      const of = (c: (typeof spreads)[number]) =>
        Math.sqrt(c.latent.sdBefore ** 2 + c.latent.sdAfter ** 2 - 2 * c.latent.correlation * c.latent.sdBefore * c.latent.sdAfter)
      return { mean: spreads.reduce((s, c) => s + c.weight * of(c), 0), most: Math.max(...spreads.map((c) => c.weight)) }
    }
    expect(Math.abs(typical(20_000, 55, 50).mean - 55)).toBeLessThan(5)
    expect(typical(200, 20, 80).most).toBeLessThan(0.7)
  })

  it('has one population for all readers; a small instrument takes the spread of gains from the others', () => {
    const pairs = [...Array(200).keys()].map((i) => ({
      instrumentId: i < 190 ? 'large' : 'small',
      before: 400 + (i % 20) * 10,
      seBefore: 40,
      after: 410 + ((i * 7) % 20) * 10,
      seAfter: 40,
    }))
    const own = { before: 40, after: 40 }
    const found = populationsOfChange(
      pairs,
      new Map([
        ['large', own],
        ['small', own],
      ]),
    )
    expect(found.get('small')!.spreads[0]!.latent.n).toBe(10)
    expect(found.get('small')!.meanError).toBeGreaterThan(found.get('large')!.meanError)
  })

  it('of personality is no rise and no fall, on no screen', () => {
    expect(changeWord({ low: 3, high: 9 }, '2')).toBe('bergeser')
    expect(changeWord({ low: -9, high: -3 }, '2')).toBe('bergeser')
    expect(changeWord({ low: 3, high: 9 }, '1')).toBe('naik')
  })
})
