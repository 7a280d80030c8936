import { describe, expect, it } from 'vitest'
import { seeded } from '@/lib/platform/random'
import { smallMeans, smallShares } from '@/lib/mapping/small'
import { shareOf, shareSums } from '@/lib/mapping/share'
import { curveOf, measuredOf, someProvince, someTest, sumsBy, trueMastery, trueShare } from './provinces'

/** A subject of which most kabupaten have fewer than twenty teachers. */
const FEW = [1, 2, 2, 3, 3, 4, 4, 5, 6, 7, 8, 10, 12, 15, 20]

describe('Estimates for cells with few people', () => {
  it.each([0, 0.15, 0.3])(
    'hold the truth in 95 of 100 where kabupaten differ by %s deviations, with half the error of their own figures',
    (between) => {
      const test = someTest(20, Math.hypot(between, 1.006))
      const [curve, random] = [curveOf(test), seeded(5)]
      let [n, means, shares, modelled, own] = [0, 0, 0, 0, 0]
      for (let r = 0; r < 60; r++) {
        const province = someProvince(random, { between, size: 2, test, schools: FEW })
        const cells = province.map((k) => ({ id: k.key, schools: sumsBy(k, test.mastery) }))
        const found = smallMeans(cells)!
        const sums = shareSums(measuredOf(province, test, 0, 0))
        const above = smallShares(province.map((k) => ({ id: k.key, sums: sums.get(k.key)![0]! })))!
        province.forEach((k, i) => {
          const people = cells[i]!.schools.reduce((s, x) => s + x.n, 0)
          if (people >= 20) return
          const [mean, share] = [trueMastery(k, test, curve), trueShare(k, 0)]
          n++
          if (mean >= found[i]!.low && mean <= found[i]!.high) means++
          if (share >= above[i]!.low && share <= above[i]!.high) shares++
          modelled += (found[i]!.estimate - mean) ** 2
          own += (cells[i]!.schools.reduce((s, x) => s + x.sum, 0) / people - mean) ** 2
        })
      }
      expect(means / n).toBeGreaterThan(0.94)
      expect(shares / n).toBeGreaterThan(0.94)
      expect(Math.sqrt(modelled)).toBeLessThan(0.6 * Math.sqrt(own))
    },
  )

  const test = someTest(20, 1.03)
  const province = someProvince(seeded(3), { between: 0.3, size: 3, test, schools: FEW })
  const cells = province.map((k) => ({ id: k.key, schools: sumsBy(k, test.mastery) }))

  it('together make up the direct figure of all, say how much is their own, and are marked', () => {
    const found = smallMeans(cells)!
    const people = cells.map((c) => c.schools.reduce((s, x) => s + x.n, 0))
    const all = people.reduce((a, b) => a + b, 0)
    const total = cells.flatMap((c) => c.schools).reduce((s, x) => s + x.sum, 0) / all
    expect(found.reduce((s, f, i) => s + people[i]! * f.estimate, 0) / all).toBeCloseTo(total, 9)
    const [least, most] = [people.indexOf(Math.min(...people)), people.indexOf(Math.max(...people))]
    expect(found[least]!.gamma).toBeLessThan(0.5 * found[most]!.gamma)
    expect(found.every((f) => f.model && f.low < f.estimate && f.estimate < f.high)).toBe(true)
  })

  it('take what is known of a kabupaten from elsewhere, and do without where that is the same everywhere or not known of all', () => {
    const curve = curveOf(test)
    const off = (helper: (i: number) => number | null) =>
      smallMeans(cells.map((c, i) => ({ ...c, helper: helper(i) })))!.reduce(
        (s, f, i) => s + (f.estimate - trueMastery(province[i]!, test, curve)) ** 2,
        0,
      )
    const bare = off(() => null)
    expect(off((i) => 500 + 100 * province[i]!.mean)).toBeLessThan(0.7 * bare)
    expect(off(() => 50)).toBeCloseTo(bare, 9)
    expect(off((i) => (i === 4 ? null : 500 + 100 * province[i]!.mean))).toBeCloseTo(bare, 9)
  })

  it('are not made of fewer than five cells, nor where no school tells how alike its people are', () => {
    expect(smallMeans(cells.slice(0, 4))).toBeNull()
    expect(
      smallMeans(cells.map((c) => ({ ...c, schools: c.schools.map((s) => ({ n: 1, sum: s.sum / s.n, squares: (s.sum / s.n) ** 2 })) }))),
    ).toBeNull()
    expect(smallMeans([])).toBeNull()
  })

  it('hold the error of the cut in a share and stay within 0 and 100', () => {
    const sums = shareSums(measuredOf(province, test, 0, 0.25))
    const cut = province.map((k) => ({ id: k.key, sums: sums.get(k.key)![0]! }))
    const sure = cut.map((c) => ({ ...c, sums: { ...c.sums, slopes: new Map() } }))
    const [wide, narrow] = [smallShares(cut)!, smallShares(sure)!]
    expect(shareOf(cut[5]!.sums, null).cutError).toBeGreaterThan(3)
    for (const [i, f] of wide.entries()) {
      expect(f.estimate).toBeCloseTo(narrow[i]!.estimate, 9)
      if (f.high < 100 && f.low > 0) expect(f.high - f.low).toBeGreaterThan(narrow[i]!.high - narrow[i]!.low)
      expect(f.low).toBeGreaterThanOrEqual(0)
      expect(f.high).toBeLessThanOrEqual(100)
    }
  })
})
