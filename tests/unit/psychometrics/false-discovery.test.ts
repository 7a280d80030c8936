import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { adjustFalseDiscovery } from '@/lib/psychometrics/false-discovery'

describe('false discovery rate', () => {
  it('agrees with R p.adjust', () => {
    // R 4.2: p.adjust(c(0.01, 0.02, 0.03, 0.5, 0.001), 'BH')
    const expected = [0.025, 1 / 30, 0.0375, 0.5, 0.005]
    adjustFalseDiscovery([0.01, 0.02, 0.03, 0.5, 0.001]).forEach((q, at) => expect(q).toBeCloseTo(expected[at]!, 12))
    expect(adjustFalseDiscovery([])).toEqual([])
  })

  it('never lowers a p-value, keeps the order and stays within one', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true })), (p) => {
        const q = adjustFalseDiscovery(p)
        p.forEach((v, a) => {
          expect(q[a]!).toBeGreaterThanOrEqual(v)
          expect(q[a]!).toBeLessThanOrEqual(1)
          p.forEach((w, b) => v <= w && expect(q[a]!).toBeLessThanOrEqual(q[b]!))
        })
      }),
    )
  })
})
