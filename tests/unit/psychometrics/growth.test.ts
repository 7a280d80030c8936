import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { groupGrowth, individualGrowth, reliableChange } from '@/lib/psychometrics/growth'

describe('Reliable change of Jacobson and Truax', () => {
  it('divides the difference by the error of a difference', () => {
    // SE = 10·√.2 = 4.472, S_diff = √(2·20) = 6.325, RC = −15/6.325
    const result = reliableChange(47.5, 32.5, 10, 0.8)
    expect(result).toMatchObject({ value: { difference: -15, reliable: true } })
    expect(result.ok && result.value.sDiff).toBeCloseTo(6.32, 2)
    expect(result.ok && result.value.rc).toBeCloseTo(-2.37, 2)
    // With SD 7.5: SE 3.35, S_diff 4.74, RC 3.16
    const other = reliableChange(32.5, 47.5, 7.5, 0.8)
    expect(other.ok && other.value.se).toBeCloseTo(3.35, 2)
    expect(other.ok && other.value.sDiff).toBeCloseTo(4.74, 2)
    expect(other.ok && other.value.rc).toBeCloseTo(3.16, 2)
  })

  it('does not exist for a constant scale or a perfect test', () => {
    expect(reliableChange(1, 2, 0, 0.8)).toMatchObject({ problem: { code: 'out-of-range' } })
    expect(reliableChange(1, 2, 5, 1)).toMatchObject({ problem: { code: 'out-of-range' } })
    expect(reliableChange(1, NaN, 5, 0.5)).toMatchObject({ problem: { code: 'out-of-range' } })
  })
})

describe('Growth of one teacher', () => {
  it('is called up only when 95 % certain: at reliability .85 about 98 points, not 60', () => {
    // SEM = 100·√.15/√.85 = 42, SE of the difference 59
    expect(individualGrowth({ theta: 480, se: 42 }, { theta: 540, se: 42 })).toMatchObject({ value: { word: 'unclear' } })
    expect(individualGrowth({ theta: 480, se: 42 }, { theta: 579, se: 42 })).toMatchObject({ value: { word: 'up' } })
    expect(individualGrowth({ theta: 480, se: 42 }, { theta: 381, se: 42 })).toMatchObject({ value: { word: 'down' } })
  })

  it('has a z and a chance that mirror each other when before and after change places', () => {
    fc.assert(
      fc.property(fc.double({ min: -4, max: 4, noNaN: true }), fc.double({ min: -4, max: 4, noNaN: true }), (x, y) => {
        const [a, b] = [
          individualGrowth({ theta: x, se: 0.3 }, { theta: y, se: 0.4 }),
          individualGrowth({ theta: y, se: 0.4 }, { theta: x, se: 0.3 }),
        ]
        if (!a.ok || !b.ok) throw new Error('Two ordinary scores')
        expect(a.value.z).toBeCloseTo((y - x) / 0.5, 10)
        expect(a.value.pImproved + b.value.pImproved).toBeCloseTo(1, 12)
      }),
      { numRuns: 100, seed: 2 },
    )
  })

  it('needs an error', () => {
    expect(individualGrowth({ theta: 0, se: 0 }, { theta: 1, se: 0 })).toMatchObject({ problem: { code: 'out-of-range' } })
    expect(individualGrowth({ theta: 0, se: -1 }, { theta: 1, se: 1 })).toMatchObject({ problem: { code: 'out-of-range' } })
    expect(individualGrowth({ theta: NaN, se: 1 }, { theta: 1, se: 1 })).toMatchObject({ problem: { code: 'out-of-range' } })
  })
})

describe('Growth of a group', () => {
  it('carries the error of the link inside its own', () => {
    const result = groupGrowth({ mean: 500, se: 3 }, { mean: 520, se: 4 }, 12)
    expect(result).toMatchObject({ value: { difference: 20, se: 13 } })
    expect(result.ok && result.value.low).toBeCloseTo(20 - 1.959964 * 13, 4)
    expect(result.ok && result.value.p).toBeCloseTo(0.1239, 4)
  })

  it('is sharper when the same people return, and cannot have a negative variance', () => {
    expect(groupGrowth({ mean: 0, se: 3 }, { mean: 1, se: 4 }, 0, 4.5)).toMatchObject({ value: { se: 4 } })
    expect(groupGrowth({ mean: 0, se: 3 }, { mean: 1, se: 4 }, 0, 13)).toMatchObject({ problem: { code: 'out-of-range' } })
    expect(groupGrowth({ mean: 0, se: 3 }, { mean: 1, se: -4 }, 0)).toMatchObject({ problem: { code: 'out-of-range' } })
  })
})
