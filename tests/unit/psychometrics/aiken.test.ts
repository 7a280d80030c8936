import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aikenDecision, aikenV, type AikenResult } from '@/lib/psychometrics/aiken'
import { normalQuantile } from '@/lib/psychometrics/distributions'

const ok = (ratings: number[], low: number, high: number, confidence?: number): AikenResult => {
  const result = aikenV(ratings, low, high, confidence)
  if (!result.ok) throw new Error(result.problem.detail)
  return result.value
}

/** Ratings of n judges on 1 … c whose steps above 1 add up to `sum`. */
const ratingsWithSum = (n: number, c: number, sum: number): number[] =>
  Array.from({ length: n }, (_, i) => 1 + Math.min(c - 1, Math.max(0, sum - i * (c - 1))))

describe("Aiken's V", () => {
  it.each([
    // judges, categories, sum of steps, V and p as quoted from Aiken 1985, table 1 (each recomputed by exact integer counting)
    [5, 5, 16, 0.8, 0.04],
    [8, 4, 18, 0.75, 0.04],
    [10, 5, 28, 0.7, 0.047],
    [5, 2, 5, 1, 0.031],
    [3, 3, 6, 1, 0.037],
    [3, 5, 12, 1, 0.008],
    [4, 4, 11, 0.92, 0.02],
    [8, 2, 7, 0.88, 0.035],
  ])('of %i judges on %i categories is significant where the printed table says so', (n, c, sum, v, p) => {
    const result = ok(ratingsWithSum(n, c, sum), 1, c)
    expect(Math.abs(result.v - v)).toBeLessThan(0.00501)
    expect(Math.abs(result.p - p)).toBeLessThan(0.00051)
  })

  it('is the smallest significant value: one step less misses 5 %', () => {
    expect(ok(ratingsWithSum(5, 5, 15), 1, 5).p).toBeGreaterThan(0.05)
    expect(ok(ratingsWithSum(8, 4, 17), 1, 4).p).toBeGreaterThan(0.05)
    expect(ok(ratingsWithSum(10, 5, 27), 1, 5).p).toBeGreaterThan(0.05)
  })

  it('has limits at which the score test just rejects, as the quadratic of Penfield and Giacobbi demands', () => {
    const { v, low, high } = ok([4, 5, 4, 3, 5], 1, 5)
    const z = normalQuantile(0.95)
    for (const limit of [low, high]) expect(Math.abs(v - limit) / Math.sqrt((limit * (1 - limit)) / 20)).toBeCloseTo(z, 10)
    expect(v).toBeCloseTo(0.8, 12)
    // By hand: z² = 2.705543; (32 + 2.705543 ∓ 1.644854·√(12.8 + 2.705543)) / (2·22.705543)
    expect(low).toBeCloseTo((34.705543 - 1.644854 * Math.sqrt(15.505543)) / 45.411086, 6)
    expect(high).toBeCloseTo((34.705543 + 1.644854 * Math.sqrt(15.505543)) / 45.411086, 6)
  })

  it('keeps an item that is significant with a safe lower limit and sends the others back to the writer', () => {
    expect(aikenDecision(ok([5, 5, 4, 4, 5, 5], 1, 5))).toBe('keep')
    expect(aikenDecision(ok([3, 3, 4, 2, 3], 1, 5))).toBe('revise')
    expect(aikenDecision({ v: 0.7, n: 3, p: 0.01, low: 0.49, high: 0.9 })).toBe('revise')
    expect(aikenDecision({ v: 0.7, n: 3, p: 0.05, low: 0.6, high: 0.9 })).toBe('revise')
  })

  it('refuses ratings that are missing, off the scale or between two categories', () => {
    expect(aikenV([], 1, 5)).toMatchObject({ problem: { code: 'empty' } })
    expect(aikenV([4, 6], 1, 5)).toMatchObject({ problem: { code: 'out-of-range' } })
    expect(aikenV([4, 3.5], 1, 5)).toMatchObject({ problem: { code: 'out-of-range' } })
    expect(aikenV([1, 1], 1, 1)).toMatchObject({ problem: { code: 'out-of-range' } })
    expect(aikenV([1, 2], 1, 5, 1)).toMatchObject({ problem: { code: 'out-of-range' } })
  })

  it('stays between 0 and 1 inside its interval whatever the judges say', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 15 }), (ratings) => {
        const { v, p, low, high } = ok(ratings, 1, 5)
        expect(low >= 0 && low <= v && v <= high && high <= 1 && p > 0 && p <= 1).toBe(true)
      }),
      { numRuns: 200, seed: 1 },
    )
  })
})
