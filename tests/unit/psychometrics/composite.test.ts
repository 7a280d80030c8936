import { describe, expect, it } from 'vitest'
import { composite, mosierReliability, standing, type StandingRule } from '@/lib/psychometrics/composite'
import { normalCdf } from '@/lib/psychometrics/distributions'

describe('The composite of professional and pedagogic', () => {
  it('weighs 70 to 30 and combines independent errors', () => {
    const result = composite([
      { weight: 70, score: 520, se: 35 },
      { weight: 30, score: 460, se: 45 },
    ])
    if (!result.ok) throw new Error(result.problem.detail)
    expect(result.value.score).toBeCloseTo(502, 10)
    expect(result.value.se).toBeCloseTo(Math.sqrt(24.5 ** 2 + 13.5 ** 2), 10)
    expect(result.value.high80 - result.value.low80).toBeCloseTo(2 * 1.2815516 * result.value.se, 4)
  })

  it('reproduces the national figure of 2015: 0.7 × 54.77 + 0.3 × 48.94 = 53.02', () => {
    const result = composite([
      { weight: 0.7, score: 54.77, se: 1 },
      { weight: 0.3, score: 48.94, se: 1 },
    ])
    expect(result.ok && result.value.score).toBeCloseTo(53.02, 2)
  })

  it('refuses parts without weight or with impossible errors', () => {
    expect(composite([])).toMatchObject({ problem: { code: 'empty' } })
    expect(composite([{ weight: 0, score: 1, se: 1 }])).toMatchObject({ problem: { code: 'out-of-range' } })
    expect(composite([{ weight: 1, score: 1, se: -1 }])).toMatchObject({ problem: { code: 'out-of-range' } })
  })
})

describe("Mosier's reliability", () => {
  it('becomes Spearman–Brown for parallel halves', () => {
    const half = { weight: 1, sd: 4, reliability: 0.7 }
    const result = mosierReliability(
      [half, half],
      [
        [1, 0.7],
        [0.7, 1],
      ],
    )
    expect(result.ok && result.value).toBeCloseTo((2 * 0.7) / 1.7, 12)
  })

  it('puts the 70/30 composite of reliabilities .88 and .80 at about .90 to .91', () => {
    for (const trueCorrelation of [0.6, 0.8]) {
      const r = trueCorrelation * Math.sqrt(0.88 * 0.8)
      const result = mosierReliability(
        // Equal true SD of 100: observed SD is 100/√reliability.
        [
          { weight: 0.7, sd: 100 / Math.sqrt(0.88), reliability: 0.88 },
          { weight: 0.3, sd: 100 / Math.sqrt(0.8), reliability: 0.8 },
        ],
        [
          [1, r],
          [r, 1],
        ],
      )
      expect(result.ok && result.value).toBeGreaterThan(0.895)
      expect(result.ok && result.value).toBeLessThan(0.915)
    }
  })

  it('needs variance and a whole correlation matrix', () => {
    const part = { weight: 1, sd: 1, reliability: 0.5 }
    expect(mosierReliability([], [])).toMatchObject({ problem: { code: 'empty' } })
    expect(mosierReliability([{ ...part, sd: 0 }], [[1]])).toMatchObject({ problem: { code: 'constant' } })
    expect(
      mosierReliability(
        [part, part],
        [
          [1, 0.5],
          [0.4, 1],
        ],
      ),
    ).toMatchObject({ problem: { code: 'out-of-range' } })
    expect(mosierReliability([part, part], [[1]])).toMatchObject({ problem: { code: 'out-of-range' } })
    expect(mosierReliability([{ ...part, reliability: 1.1 }], [[1]])).toMatchObject({ problem: { code: 'out-of-range' } })
  })
})

describe('The standing of a teacher', () => {
  const stand = (rule: StandingRule, whole: number, scores: number[]) => {
    const result = standing({
      composite: { score: whole, se: 25 },
      parts: scores.map((score) => ({ score, se: 30 })),
      cut: 500,
      floor: 400,
      rule,
    })
    if (!result.ok) throw new Error(result.problem.detail)
    return result.value
  }

  it('is decided by the composite alone under the compensatory rule', () => {
    expect(stand('compensatory', 540, [620, 350])).toEqual({ state: 'above', pAbove: normalCdf(1.6), failedFloor: false })
    expect(stand('compensatory', 520, [520, 520]).state).toBe('near')
    expect(stand('compensatory', 460, [700, 200]).state).toBe('below')
  })

  it('says no to brilliant knowledge without teaching when there is a floor', () => {
    expect(stand('compensatory-floor', 540, [620, 350])).toMatchObject({ state: 'below', failedFloor: true })
    expect(stand('compensatory-floor', 540, [600, 390])).toMatchObject({ state: 'near', failedFloor: true })
    expect(stand('compensatory-floor', 540, [600, 410])).toMatchObject({ state: 'near', failedFloor: false })
    expect(stand('compensatory-floor', 540, [550, 480])).toMatchObject({ state: 'above', failedFloor: false })
  })

  it('asks every part to reach the cut under the conjunctive rule, with independent errors', () => {
    const result = stand('conjunctive', 600, [530, 545])
    expect(result).toMatchObject({ state: 'near', pAbove: expect.closeTo(normalCdf(1) * normalCdf(1.5), 12), failedFloor: false })
    expect(stand('conjunctive', 600, [560, 560]).state).toBe('above')
    expect(stand('conjunctive', 600, [700, 450]).state).toBe('below')
  })

  it('never has a better chance with a floor than without', () => {
    for (const low of [300, 390, 420, 500])
      expect(stand('compensatory-floor', 520, [560, low]).pAbove).toBeLessThanOrEqual(stand('compensatory', 520, [560, low]).pAbove)
  })

  it('needs parts and errors', () => {
    const request = { composite: { score: 500, se: 20 }, parts: [], cut: 500, floor: 400, rule: 'conjunctive' as const }
    expect(standing(request)).toMatchObject({ problem: { code: 'empty' } })
    expect(standing({ ...request, rule: 'compensatory', composite: { score: 500, se: 0 } })).toMatchObject({
      problem: { code: 'out-of-range' },
    })
  })
})
