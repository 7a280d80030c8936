import { describe, expect, it } from 'vitest'
import { seeded } from '@/lib/platform/random'
import { generalizedBinomialTail, generalizedBinomialTest, kIndex, omega, optionShares, type OptionRow } from '@/lib/psychometrics/copying'
import { normalCdf } from '@/lib/psychometrics/distributions'
import { abilities } from './simulate'

/** Four options, the right one (A) chosen with logistic probability, the others 3 : 2 : 1. */
function optionRows(thetas: number[], items: number, seed: number): string[][] {
  const random = seeded(seed)
  return thetas.map((theta) =>
    Array.from({ length: items }, (_, j) => {
      const right = 1 / (1 + Math.exp(-(theta - (-1.5 + (3 * j) / (items - 1)))))
      const u = random()
      if (u < right) return 'A'
      const rest = (u - right) / (1 - right)
      return rest < 0.5 ? 'B' : rest < 0.8333 ? 'C' : 'D'
    }),
  )
}

describe('answer copying', () => {
  it('computes omega by hand', () => {
    const rows: OptionRow[] = [
      ['A', 'B', 'C', null],
      ['A', 'B', 'D', 'A'],
    ]
    const chances: Record<string, number>[] = [{ A: 0.5 }, { B: 0.2 }, { D: 0.3, C: 0.7 }, { A: 1 }]
    const result = omega(rows, 0, 1, (_, item) => chances[item]!)
    const z = (2 - 1) / Math.sqrt(0.25 + 0.16 + 0.21)
    expect(result).toMatchObject({ items: 3, matches: 2, expected: 1 })
    expect(result.omega!).toBeCloseTo(z, 12)
    expect(result.p!).toBeCloseTo(1 - normalCdf(z), 12)
    expect(omega(rows, 0, 1, () => ({})).p).toBeNull()
  })

  it('computes the generalised binomial tail exactly', () => {
    expect(generalizedBinomialTail([0.5, 0.2, 0.1], 2)).toBeCloseTo(
      0.5 * 0.2 * 0.9 + 0.5 * 0.8 * 0.1 + 0.5 * 0.2 * 0.1 + 0.5 * 0.2 * 0.1,
      14,
    )
    expect(generalizedBinomialTail([], 0)).toBe(1)
    expect(generalizedBinomialTail([0.3], 2)).toBe(0)
    // R 4.2 pbinom(14, 50, 0.2, lower.tail = FALSE)
    expect(generalizedBinomialTail(Array<number>(50).fill(0.2), 15)).toBeCloseTo(0.06072208, 7)
  })

  it('gives the same GBT whoever is named first', () => {
    const rows = optionRows(abilities(60, 1), 20, 2)
    const shares = optionShares(
      rows,
      rows.map((r) => r.filter((o) => o === 'A').length),
    )
    expect(generalizedBinomialTest(rows, 3, 17, shares)).toEqual(generalizedBinomialTest(rows, 17, 3, shares))
  })

  it('computes the K-index by hand', () => {
    const key = ['A', 'A', 'A', 'A', 'A']
    const rows = ['BBBBA', 'BBBAA', 'BBAAC', 'CABCA', 'AAAAA', 'BCCAA'].map((r) => [...r])
    // Source 0 has 4 wrong, copier 1 shares 3 of them; peers with 3 wrong: rows 2, 3 and 5, sharing 2, 1 and 1 of 4.
    const result = kIndex(rows, key, 1, 0)
    expect(result).toMatchObject({ identicalWrong: 3, wrongOfSource: 4, peers: 3 })
    const rate = 4 / 12
    expect(result.rate!).toBeCloseTo(rate, 14)
    expect(result.p!).toBeCloseTo(4 * rate ** 3 * (1 - rate) + rate ** 4, 12)
    expect(kIndex(rows, key, 1, 4).p).toBeNull()
    expect(kIndex(rows.slice(0, 2), key, 1, 0)).toMatchObject({ peers: 0, p: null })
  })

  it('never calls a match impossible because a few peers had none', () => {
    const rows = ['BBA', 'BCA', 'ACD'].map((r) => [...r])
    const result = kIndex(rows, ['A', 'A', 'A'], 1, 0)
    expect(result.rate).toBeCloseTo(0.5 / 3, 14)
    expect(result.p!).toBeCloseTo(1 - (1 - 0.5 / 3) ** 2, 12)
  })

  it('estimates option shares by score group, all positive, summing to one, equal scores together', () => {
    const rows = optionRows(abilities(500, 7), 10, 8)
    const scores = rows.map((r, i) => (i === 0 ? null : r.filter((o) => o === 'A').length))
    const shares = optionShares(rows, scores, 4)
    rows.forEach((_, i) => {
      const p = shares(i, 3)
      expect(Object.values(p).reduce((s, v) => s + v, 0)).toBeCloseTo(1, 12)
      for (const v of Object.values(p)) expect(v).toBeGreaterThan(0)
    })
    const same = scores.findIndex((s, i) => i > 1 && s === scores[1])
    expect(shares(same, 3)).toEqual(shares(1, 3))
    const [low, high] = [
      scores.indexOf(Math.min(...scores.slice(1).map((s) => s!))),
      scores.indexOf(Math.max(...scores.slice(1).map((s) => s!))),
    ]
    expect(shares(high, 3).A!).toBeGreaterThan(shares(low, 3).A!)
  })

  it('holds its level for honest pairs and finds a copier', () => {
    const rows = optionRows(abilities(400, 11), 50, 12)
    for (let j = 0; j < 35; j++) rows[1]![j] = rows[0]![j]!
    const shares = optionShares(
      rows,
      rows.map((r) => r.filter((o) => o === 'A').length),
      8,
    )
    const honest = Array.from({ length: 199 }, (_, k) => [2 + 2 * k, 3 + 2 * k] as const)
    const w = honest.map(([a, b]) => omega(rows, a, b, shares))
    const g = honest.map(([a, b]) => generalizedBinomialTest(rows, a, b, shares))
    expect(w.filter((r) => r.p! < 0.05).length / w.length).toBeLessThan(0.1)
    expect(g.filter((r) => r.p < 0.05).length / g.length).toBeLessThan(0.1)
    expect(omega(rows, 1, 0, shares).p!).toBeLessThan(0.001)
    expect(generalizedBinomialTest(rows, 1, 0, shares).p).toBeLessThan(0.001)
  })
})
