import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { equalNodes, normalQuadrature } from '@/lib/psychometrics/nodes'
import { expectedScore, type ItemParameters } from '@/lib/psychometrics/parameters'
import { leaveOneOutSurfaces, sumScoreDistribution, sumScoreSurface, sumScoreTable } from '@/lib/psychometrics/sum-scores'
import { someItems } from './simulate'

const coin = (id: string): ItemParameters => ({ id, model: 'rasch', categories: 2, a: 1, d: [0], c: 0 })
const steps: ItemParameters = { id: 'p', model: 'pcm', categories: 4, a: 1, d: [0.4, 0.1, -1], c: 0 }

describe('sum scores', () => {
  it('gives the binomial distribution for equal coins', () => {
    expect([...sumScoreDistribution(['a', 'b', 'c', 'd'].map(coin), 0)]).toEqual([0.0625, 0.25, 0.375, 0.25, 0.0625])
  })

  it('gives certainty of zero without items', () => {
    expect([...sumScoreDistribution([], 1)]).toEqual([1])
    expect(leaveOneOutSurfaces([], equalNodes(5))).toEqual([])
  })

  it('sums to one and has the test characteristic curve as its mean', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.double({ min: -5, max: 5, noNaN: true }), (count, theta) => {
        const items = [...someItems(count), steps]
        const f = sumScoreDistribution(items, theta)
        expect(f.length).toBe(count + 4)
        expect(f.reduce((s, p) => s + p, 0)).toBeCloseTo(1, 12)
        const mean = f.reduce((s, p, score) => s + score * p, 0)
        expect(mean).toBeCloseTo(
          items.reduce((s, item) => s + expectedScore(item, theta), 0),
          10,
        )
      }),
    )
  })

  it('leaves out each item as if the test had been written without it', () => {
    const items = [...someItems(6), steps, ...someItems(3).map((i) => ({ ...i, id: `${i.id}x` }))]
    const nodes = equalNodes(7)
    leaveOneOutSurfaces(items, nodes).forEach((surface, j) => {
      const direct = sumScoreSurface(
        items.filter((_, at) => at !== j),
        nodes,
      )
      expect(surface.max).toBe(direct.max)
      surface.at.forEach((p, at) => expect(p).toBeCloseTo(direct.at[at]!, 14))
    })
  })

  it('gives a table whose shares sum to one, with rising estimates, symmetric for a symmetric test', () => {
    const table = sumScoreTable(['a', 'b', 'c', 'd', 'e'].map(coin), normalQuadrature())
    expect(table.map((r) => r.score)).toEqual([0, 1, 2, 3, 4, 5])
    expect(table.reduce((s, r) => s + r.share, 0)).toBeCloseTo(1, 12)
    table.slice(1).forEach((r, at) => expect(r.theta!).toBeGreaterThan(table[at]!.theta!))
    table.forEach((r, s) => expect(r.theta!).toBeCloseTo(-table[5 - s]!.theta!, 12))
    // The law of total variance: spread of the estimates plus mean posterior variance is the prior variance.
    expect(table.reduce((s, r) => s + r.share * (r.theta! ** 2 + r.se! ** 2), 0)).toBeCloseTo(1, 6)
  })

  it('gives no estimate for a score that cannot occur', () => {
    const gap: ItemParameters = { id: 'g', model: 'grm', categories: 3, a: 1, d: [0, 0], c: 0 }
    expect(sumScoreTable([gap], normalQuadrature())[1]).toEqual({ score: 1, theta: null, se: null, share: 0 })
  })
})
