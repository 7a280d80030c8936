import { describe, expect, it } from 'vitest'
import { normal, seeded } from '@/lib/platform/random'
import { tQuantile } from '@/lib/psychometrics/distributions'
import { groupChange } from '@/lib/psychometrics/group-growth'
import { addErrors, anchorError, anchorsFor, reachOf, twoSided, unitTest } from '@/lib/psychometrics/link-error'
import { linkedChange } from '@/lib/psychometrics/linked-change'
import { withUnitError } from '@/lib/psychometrics/unit-error'

describe('The error of a link', () => {
  it('is that of a mean with n − 1 degrees of freedom where all anchors weigh alike', () => {
    const residuals = [0.3, -0.1, 0.2, -0.4, 0]
    const found = anchorError(residuals.map((residual) => ({ weight: 1, residual, error: 0 })))!
    expect(found.df).toBeCloseTo(4, 12)
    expect(found.se).toBeCloseTo(Math.sqrt(residuals.reduce((s, r) => s + r * r, 0) / (5 * 4)), 12)
  })
  it('has fewer degrees of freedom where few anchors carry most of it, and never less than the anchors’ own errors leave', () => {
    const uneven = anchorError([4, 1, 1, 1, 1].map((weight) => ({ weight, residual: 0.1, error: 0.2 })))!
    // Worked out by hand: w = ½ and four times ⅛, q = ½ and four times 1/56.
    expect(uneven.df).toBeCloseTo(1 / (5 / 16 + (1 / 2 + 4 / 56) ** 2 - (1 / 4 + 4 / 56 ** 2)), 9)
    expect(uneven.se).toBeCloseTo(Math.sqrt(0.04 * (5 / 16)), 12)
    expect(anchorError([1, 2].map((weight) => ({ weight, residual: 0, error: 1 })))).toBeNull()
  })
  it('adds to other errors with the degrees of freedom of Satterthwaite', () => {
    // Welch's two-sample example: variances 4/10 and 9/6 with 9 and 5 df.
    const found = addErrors([
      { se: Math.sqrt(0.4), df: 9 },
      { se: Math.sqrt(1.5), df: 5 },
    ])
    expect(found.se).toBeCloseTo(Math.sqrt(1.9), 12)
    expect(found.df).toBeCloseTo(3.61 / (0.16 / 9 + 2.25 / 5), 9)
    expect(addErrors([]).se).toBe(0)
  })
  it('gives an interval that holds the truth in nineteen of twenty links of six anchors, where the normal one does not', () => {
    const random = seeded(3)
    let [held, normally] = [0, 0]
    const rounds = 4_000
    for (let k = 0; k < rounds; k++) {
      const anchors = Array.from({ length: 6 }, () => normal(random))
      const mean = anchors.reduce((s, v) => s + v, 0) / 6
      const error = anchorError(anchors.map((v) => ({ weight: 1, residual: v - mean, error: 0 })))!
      if (Math.abs(mean) <= reachOf(error)) held++
      if (Math.abs(mean) <= 1.96 * error.se) normally++
    }
    expect(Math.abs(held / rounds - 0.95)).toBeLessThan(0.012)
    expect(normally / rounds).toBeLessThan(0.915)
  })
  it('says how many anchors would bring it below the limit', () => {
    expect(anchorsFor(8, 16, 8)).toBe(32)
    expect(anchorsFor(6, 7, 8)).toBe(6)
  })
})

describe('The test of one unit', () => {
  const anchors = (slope: number, n: number, seed: number) => {
    const random = seeded(seed)
    return Array.from({ length: n }, (_, j) => {
      const b = -1.6 + (3.2 * j) / (n - 1)
      return { to: b + 0.1 * normal(random), from: slope * b + 0.1 * normal(random) }
    })
  }
  it('calls one unit another in about one of twenty', () => {
    const called = Array.from({ length: 400 }, (_, k) => unitTest(anchors(1, 16, k))!.p < 0.05).filter(Boolean).length
    expect(called / 400).toBeLessThan(0.08)
  })
  it('finds a unit that is a fifth smaller with sixteen anchors', () => {
    const found = Array.from({ length: 50 }, (_, k) => unitTest(anchors(0.8, 16, k))!.p < 0.05).filter(Boolean).length
    expect(found).toBeGreaterThan(45)
    expect(unitTest(anchors(1, 3, 1))).toBeNull()
  })
  it('has the p of Student’s t', () => {
    expect(twoSided(tQuantile(0.975, 7), { se: 1, df: 7 })).toBeCloseTo(0.05, 9)
    expect(twoSided(1.959964, { se: 1, df: Infinity })).toBeCloseTo(0.05, 5)
  })
})

describe('What carries a link', () => {
  const people = Array.from({ length: 40 }, (_, i) => ({ change: (i % 7) - 2, expected: 0, cluster: `s${i % 8}` }))
  it('is as wide as without one where there is none, and wider than by schools alone where few anchors carry it', () => {
    const bare = groupChange(people, 0)
    const none = linkedChange(people, { se: 0, df: 5 })
    const few = linkedChange(people, { se: 3, df: 3 })
    if (!bare.ok || !none.ok || !few.ok) throw new Error()
    expect(none.value.raw).toEqual(bare.value.raw)
    expect(few.value.raw.df).toBeLessThan(4)
    expect(few.value.raw.high - few.value.raw.value).toBeCloseTo(tQuantile(0.975, few.value.raw.df) * few.value.raw.se, 9)
  })
  it('widens the interval of a gap by what is not known of the unit', () => {
    const gap = { groups: 15, before: 40, after: 36, change: -4, low: -7, high: -1.2 }
    expect(withUnitError(gap, { logRatio: 0, se: 0 })).toEqual({
      ...gap,
      low: expect.closeTo(Math.sqrt(36 ** 2 - (38.8 ** 2 - 36 ** 2)) - 40, 9),
      high: expect.closeTo(-1.2, 9),
    })
    expect(withUnitError(gap, { logRatio: 0, se: 0.05 }).high).toBeGreaterThan(0)
    // Slopes a tenth flatter make difficulties of the later test a tenth smaller: brought back, the gap has not changed.
    expect(withUnitError(gap, { logRatio: Math.log(40 / 36), se: 0.05 })).toMatchObject({
      after: expect.closeTo(40, 9) as number,
      change: expect.closeTo(0, 9) as number,
    })
    expect(withUnitError({ ...gap, after: 0 }, { logRatio: 0, se: 0.05 })).toEqual({ ...gap, after: 0 })
  })
})
