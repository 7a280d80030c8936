import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { logGamma } from '@/lib/psychometrics/distributions'
import { betaBinomial } from '@/lib/psychometrics/proportions'
import { normal, seeded } from '@/lib/platform/random'

const ok = (...args: Parameters<typeof betaBinomial>) => {
  const result = betaBinomial(...args)
  if (!result.ok) throw new Error(result.problem.detail)
  return result.value
}
const groups = (s: number[], n: number[]) => s.map((successes, i) => ({ id: `g${i}`, n: n[i]!, successes }))
const eight = groups([2, 9, 0, 14, 5, 11, 3, 20], [10, 12, 4, 20, 15, 13, 11, 24])

describe('The share of competent teachers in small groups', () => {
  it('has the prior that R finds by maximising the marginal likelihood', () => {
    const { alpha, beta, groups: out } = ok(eight)
    // optim(BFGS, reltol 1e-15) on lbeta, and qbeta for the third group (0 of 4).
    expect(alpha).toBeCloseTo(1.73664893, 4)
    expect(beta).toBeCloseTo(1.63383481, 4)
    expect(out[2]!.low).toBeCloseTo(0.02732038, 5)
    expect(out[2]!.high).toBeCloseTo(0.57538655, 5)
    expect(out[2]!.mean).toBeCloseTo(alpha / (alpha + beta + 4), 12)
  })

  it('sits on the top of the likelihood: any small step goes down', () => {
    const { alpha, beta } = ok(eight)
    const lbeta = (a: number, b: number) => logGamma(a) + logGamma(b) - logGamma(a + b)
    const loglik = (a: number, b: number) => eight.reduce((sum, g) => sum + lbeta(a + g.successes, b + g.n - g.successes) - lbeta(a, b), 0)
    for (const [x, y] of [
      [1.01, 1],
      [0.99, 1],
      [1, 1.01],
      [1, 0.99],
      [1.01, 1.01],
      [0.99, 0.99],
    ] as const)
      expect(loglik(alpha * x, beta * y)).toBeLessThan(loglik(alpha, beta))
  })

  it('is the common share when the groups differ no more than chance, precision capped', () => {
    const { alpha, beta, groups: out } = ok(groups([10, 10, 10, 10], [20, 20, 20, 20]))
    expect(alpha + beta).toBeCloseTo(1e4, 4)
    expect(out[0]!.mean).toBeCloseTo(0.5, 6)
  })

  it('is never 0 or 100 per cent, not even when everybody or nobody passed', () => {
    for (const s of [0, 4]) {
      const { groups: out } = ok(groups([s, s, s], [4, 4, 4]))
      expect(out.every((g) => g.low > 0 && g.low < g.mean && g.mean < g.high && g.high < 1)).toBe(true)
    }
    expect(ok(groups([4, 4, 4], [4, 4, 4]))).toMatchObject({ alpha: 12.5, beta: 0.5 })
    const extreme = ok(groups([0, 6, 0, 5, 0, 7], [6, 6, 5, 5, 7, 7]))
    expect(extreme.alpha + extreme.beta).toBeCloseTo(0.1, 6)
    expect(extreme.groups.every((g) => g.low > 0 && g.high < 1)).toBe(true)
  })

  it('recovers the precision of a simulated province and covers the true shares', () => {
    const random = seeded(21)
    const gamma = (shape: number) => {
      // Sum of squares: a gamma of half-integer shape.
      let sum = 0
      for (let k = 0; k < 2 * shape; k++) sum += normal(random) ** 2 / 2
      return sum
    }
    const truths = Array.from({ length: 400 }, () => {
      const [a, b] = [gamma(6), gamma(4)]
      return a / (a + b)
    })
    const made = truths.map((p, i) => {
      const n = 5 + (i % 30)
      return { id: `g${i}`, n, successes: Array.from({ length: n }, () => random() < p).filter(Boolean).length }
    })
    const { alpha, beta, groups: out } = ok(made)
    expect(Math.abs(alpha / (alpha + beta) - 0.6)).toBeLessThan(0.02)
    expect(Math.abs(alpha + beta - 10)).toBeLessThan(2.5)
    const covered = out.filter((g, i) => g.low <= truths[i]! && truths[i]! <= g.high).length / out.length
    expect(Math.abs(covered - 0.95)).toBeLessThan(0.03)
  })

  it('keeps mean and limits in order for any counts, and a group without people gets the prior', () => {
    const group = fc.integer({ min: 0, max: 40 }).chain((n) => fc.tuple(fc.constant(n), fc.integer({ min: 0, max: n })))
    fc.assert(
      fc.property(fc.array(group, { minLength: 2, maxLength: 10 }), (list) => {
        const result = betaBinomial(list.map(([n, successes], i) => ({ id: `g${i}`, n, successes })))
        if (!result.ok) return expect(result.problem.code).toBe('too-few')
        const { alpha, beta, groups: out } = result.value
        expect(alpha > 0 && beta > 0 && alpha + beta < 10001).toBe(true)
        out.forEach((g, i) => {
          expect(g.low > 0 && g.low <= g.high && g.high < 1 && g.mean > 0 && g.mean < 1).toBe(true)
          if (list[i]![0] === 0) expect(g.mean).toBeCloseTo(alpha / (alpha + beta), 10)
        })
      }),
      { numRuns: 150, seed: 4 },
    )
  })

  it('cannot be told from one group, from single people or from impossible counts', () => {
    expect(betaBinomial([])).toMatchObject({ problem: { code: 'empty' } })
    expect(betaBinomial(groups([3], [5]))).toMatchObject({ problem: { code: 'too-few' } })
    expect(betaBinomial(groups([1, 0], [1, 1]))).toMatchObject({ problem: { code: 'too-few' } })
    expect(betaBinomial(groups([6, 1], [5, 5]))).toMatchObject({ problem: { code: 'out-of-range' } })
    expect(betaBinomial(groups([0.5, 1], [5, 5]))).toMatchObject({ problem: { code: 'out-of-range' } })
  })
})
