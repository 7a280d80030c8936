import { describe, expect, it } from 'vitest'
import { angoff, cutSummary, thetaAtRawCut } from '@/lib/psychometrics/angoff'
import { expectedScore, intercepts, type ItemParameters } from '@/lib/psychometrics/parameters'
import { someItems } from './simulate'

/** Shrout & Fleiss 1979, table 2: six targets, four judges (here judges × items, a tenth of the rating). */
const shrout = [
  [9, 6, 8, 7, 10, 6],
  [2, 1, 4, 1, 5, 2],
  [5, 3, 6, 2, 6, 4],
  [8, 2, 8, 6, 9, 7],
].map((row) => row.map((r) => r / 10))

const ok = (...args: Parameters<typeof angoff>) => {
  const result = angoff(...args)
  if (!result.ok) throw new Error(result.problem.detail)
  return result.value
}

describe('An Angoff panel', () => {
  it('agrees as much as Shrout and Fleiss published for their six targets and four judges', () => {
    const { icc21, icc2k, variance } = ok(shrout)
    expect(icc21).toBeCloseTo(0.29, 2)
    expect(icc2k).toBeCloseTo(0.62, 2)
    // Their table 3: between targets 11.24, between judges 32.49, residual 1.02 (mean squares of the ratings times 10).
    expect(variance!.item * 100).toBeCloseTo((11.24 - 1.02) / 4, 1)
    expect(variance!.judge * 100).toBeCloseTo((32.49 - 1.02) / 6, 1)
    expect(variance!.residual * 100).toBeCloseTo(1.02, 2)
  })

  it('sums each judge to a raw cut and gives the mean its standard error', () => {
    const { judges, mean, sd, se, items } = ok([
      [0.5, 0.7],
      [0.6, 0.8],
      [0.7, 0.9],
    ])
    expect(judges.map((j) => j.cut)).toEqual([1.2, 1.4, 1.6])
    expect(mean).toBeCloseTo(1.4, 12)
    expect(sd).toBeCloseTo(0.2, 12)
    expect(se).toBeCloseTo(0.2 / Math.sqrt(3), 12)
    expect(items[1]).toEqual({ mean: expect.closeTo(0.8, 12), sd: expect.closeTo(0.1, 12) })
  })

  it('counts a polytomous item by its points', () => {
    expect(
      ok(
        [
          [0.5, 0.5],
          [0.5, 1],
        ],
        [1, 3],
      ).judges.map((j) => j.cut),
    ).toEqual([2, 3.5])
  })

  it('takes the mean of what a judge rated and leaves that judge out of the agreement', () => {
    const { judges, icc2k, items } = ok([...shrout, [0.5, null, 0.7, null, null, null]])
    expect(judges[4]).toEqual({ cut: expect.closeTo(3.6, 12), n: 2 })
    expect(icc2k).toBeCloseTo(0.62, 2)
    expect(items[1]!.mean).toBeCloseTo(0.3, 12)
    expect(
      ok([
        [0.5, null],
        [null, 0.4],
      ]),
    ).toMatchObject({ icc2k: null, icc21: null, variance: null })
  })

  it('has no agreement to report when all ratings are the same, and none when the judges contradict each other', () => {
    expect(
      ok([
        [0.6, 0.6],
        [0.6, 0.6],
      ]),
    ).toMatchObject({ icc2k: null, icc21: null, sd: 0 })
    expect(
      ok([
        [0.2, 0.8],
        [0.8, 0.2],
      ]),
    ).toMatchObject({ icc2k: 0, icc21: 0, variance: { judge: 0, item: 0 } })
  })

  it('refuses a panel without judges, ratings beyond 0 to 1 and items nobody rated', () => {
    expect(angoff([])).toMatchObject({ problem: { code: 'empty' } })
    expect(angoff([[0.5, 0.5]])).toMatchObject({ problem: { code: 'too-few' } })
    expect(
      angoff([
        [0.5, 1.2],
        [0, 1],
      ]),
    ).toMatchObject({ problem: { code: 'out-of-range' } })
    expect(
      angoff([
        [0.5, null],
        [0, null],
      ]),
    ).toMatchObject({ problem: { code: 'too-few' } })
    expect(
      angoff([
        [0.5, 1],
        [null, null],
      ]),
    ).toMatchObject({ problem: { code: 'too-few' } })
    expect(angoff([[0.5, 1], [1]])).toMatchObject({ problem: { code: 'out-of-range' } })
    expect(angoff([[0.5], [1]], [0])).toMatchObject({ problem: { code: 'out-of-range' } })
    expect(cutSummary([3, 1, 2, 6])).toMatchObject({ value: { median: 2.5, mean: 3 } })
  })
})

describe('A raw cut', () => {
  const graded: ItemParameters = { id: 'p', model: 'gpcm', categories: 4, a: 0.9, d: intercepts('gpcm', 0.9, [-1, 0.2, 0.8]), c: 0 }

  it('becomes the ability whose expected score it is', () => {
    const items = [...someItems(20), graded]
    for (const theta of [-2, -0.3, 1.7]) {
      const raw = items.reduce((sum, item) => sum + expectedScore(item, theta), 0)
      const back = thetaAtRawCut(items, raw)
      expect(back.ok && back.value).toBeCloseTo(theta, 9)
    }
  })

  it('cannot be above the highest score or under the guessing level', () => {
    const guessed: ItemParameters = { id: 'g', model: '3pl', categories: 2, a: 1, d: [0], c: 0.2 }
    expect(thetaAtRawCut([guessed], 0.2)).toMatchObject({ problem: { code: 'out-of-range' } })
    expect(thetaAtRawCut([guessed], 1)).toMatchObject({ problem: { code: 'out-of-range' } })
    expect(thetaAtRawCut([], 1)).toMatchObject({ problem: { code: 'empty' } })
    expect(thetaAtRawCut([{ ...guessed, a: -1 }], 0.5)).toMatchObject({ problem: { code: 'out-of-range' } })
  })
})
