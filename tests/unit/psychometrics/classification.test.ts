import { describe, expect, it } from 'vitest'
import { decision, lee, rudner, type Classification } from '@/lib/psychometrics/classification'
import { normalCdf } from '@/lib/psychometrics/distributions'
import { equalNodes, normalQuadrature, normalWeights } from '@/lib/psychometrics/nodes'
import { probabilities } from '@/lib/psychometrics/parameters'
import type { Outcome } from '@/lib/psychometrics/problem'
import { abilities, simulate, someItems } from './simulate'

const ok = (result: Outcome<Classification>): Classification => {
  if (!result.ok) throw new Error(result.problem.detail)
  return result.value
}
const sum = (list: number[]) => list.reduce((s, v) => s + v, 0)

describe('Classification by ability estimates', () => {
  it('follows the normal error of each score, worked by hand', () => {
    // One SE above and half an SE below the cut: Φ(1) and Φ(0.5).
    const result = ok(
      rudner(
        [
          { theta: 1, se: 1 },
          { theta: -0.25, se: 0.5 },
        ],
        [0],
      ),
    )
    const [p, q] = [0.8413447, 0.6914625]
    expect(result.accuracy).toBeCloseTo((p + q) / 2, 6)
    expect(result.consistency).toBeCloseTo((p * p + (1 - p) ** 2 + q * q + (1 - q) ** 2) / 2, 6)
    expect(result.table[0]![1]).toBeCloseTo((1 - q) / 2, 6)
  })

  it('tells two levels apart more often than four, and its table holds everybody once', () => {
    const scores = abilities(300, 4).map((theta) => ({ theta, se: 0.35 }))
    const two = ok(rudner(scores, [0]))
    const four = ok(rudner(scores, [-1, 0, 1]))
    expect(two.accuracy).toBeGreaterThan(four.accuracy)
    expect(two.accuracy).toBeGreaterThan(two.consistency)
    expect(sum(four.table.flat())).toBeCloseTo(1, 10)
  })

  it('counts a score on the cut as the upper level', () => {
    expect(ok(rudner([{ theta: 0, se: 1 }], [0])).table).toEqual([
      [0, 0],
      [0.5, 0.5],
    ])
  })

  it('comes out near the design table at reliability .85: right side of a central cut .87, same on a retest .82', () => {
    const scores = abilities(4000, 9, 0, Math.sqrt(1 / 0.85)).map((theta) => ({ theta: theta * 0.85, se: Math.sqrt(0.15) }))
    const { accuracy, consistency } = ok(rudner(scores, [0]))
    expect(Math.abs(accuracy - 0.87)).toBeLessThan(0.02)
    expect(Math.abs(consistency - 0.82)).toBeLessThan(0.02)
  })

  it('refuses scores without error and cuts out of order', () => {
    expect(rudner([], [0])).toMatchObject({ problem: { code: 'empty' } })
    expect(rudner([{ theta: 0, se: 0 }], [0])).toMatchObject({ problem: { code: 'out-of-range' } })
    expect(rudner([{ theta: 0, se: 1 }], [1, 0])).toMatchObject({ problem: { code: 'out-of-range' } })
    expect(rudner([{ theta: 0, se: 1 }], [])).toMatchObject({ problem: { code: 'out-of-range' } })
  })
})

describe('Classification by sum scores', () => {
  it('is the full enumeration of patterns on a tiny test', () => {
    const items = someItems(3)
    const quadrature = { nodes: Float64Array.of(-1, 0.5), weights: Float64Array.of(0.4, 0.6) }
    const result = ok(lee(items, quadrature, [2], [0]))
    let [accuracy, consistency] = [0, 0]
    quadrature.nodes.forEach((theta, q) => {
      const p = items.map((item) => probabilities(item, theta)[1]!)
      let upper = 0
      for (let pattern = 0; pattern < 8; pattern++) {
        const bits = [0, 1, 2].map((j) => (pattern >> j) & 1)
        if (sum(bits) >= 2) upper += bits.reduce((product, bit, j) => product * (bit ? p[j]! : 1 - p[j]!), 1)
      }
      accuracy += quadrature.weights[q]! * (theta >= 0 ? upper : 1 - upper)
      consistency += quadrature.weights[q]! * (upper ** 2 + (1 - upper) ** 2)
    })
    expect(result.accuracy).toBeCloseTo(accuracy, 12)
    expect(result.consistency).toBeCloseTo(consistency, 12)
  })

  it('agrees with what happens to simulated people on two parallel tests', () => {
    const items = someItems(24)
    const nodes = equalNodes(241)
    const expected = ok(lee(items, { nodes, weights: normalWeights(nodes) }, [10, 15], [-0.5, 0.6]))
    const thetas = abilities(20000, 5)
    const level = (x: number, cuts: number[]) => cuts.filter((cut) => x >= cut).length
    const [one, two] = [6, 7].map((seed) => {
      const data = simulate(items, thetas, seed)
      return thetas.map((_, i) =>
        level(
          data.cells.subarray(i * 24, i * 24 + 24).reduce((s, v) => s + v, 0),
          [10, 15],
        ),
      )
    })
    const right = thetas.filter((theta, i) => level(theta, [-0.5, 0.6]) === one![i]).length / thetas.length
    const same = one!.filter((l, i) => l === two![i]).length / thetas.length
    expect(Math.abs(right - expected.accuracy)).toBeLessThan(0.01)
    expect(Math.abs(same - expected.consistency)).toBeLessThan(0.01)
  })

  it('takes the true level from the expected score when no cut in ability is given', () => {
    const items = someItems(10, 'rasch')
    const result = ok(lee(items, normalQuadrature(121), [5]))
    expect(sum(result.table.flat())).toBeCloseTo(1, 10)
    expect(result.accuracy).toBeGreaterThan(0.75)
    expect(lee([], normalQuadrature(), [5])).toMatchObject({ problem: { code: 'empty' } })
    expect(lee(items, normalQuadrature(), [5], [0, 1])).toMatchObject({ problem: { code: 'out-of-range' } })
  })
})

describe('A decision about one person', () => {
  it('is above, near or below by the 80 % range', () => {
    const near = decision(510, 30, 500)
    expect(near).toMatchObject({ ok: true, value: { state: 'near', pAbove: expect.closeTo(normalCdf(1 / 3), 12) } })
    expect(near.ok && near.value.low).toBeCloseTo(510 - 1.2815516 * 30, 5)
    expect(decision(540, 30, 500)).toMatchObject({ value: { state: 'above' } })
    expect(decision(460, 30, 500)).toMatchObject({ value: { state: 'below' } })
    expect(decision(500, 0, 500)).toMatchObject({ problem: { code: 'out-of-range' } })
    expect(decision(NaN, 1, 500)).toMatchObject({ problem: { code: 'out-of-range' } })
  })
})
