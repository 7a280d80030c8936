import { describe, expect, it } from 'vitest'
import { seeded } from '@/lib/platform/random'
import { compareMeans, clusterMean, likenessWithin } from '@/lib/psychometrics/cluster-mean'
import { chanceBelow } from '@/lib/psychometrics/posterior'
import { populationInPoints, shareOf, shareSums, shareTogether } from '@/lib/mapping/share'
import { measuredOf, someProvince, someTest, trueShare } from './provinces'

const short = someTest(10, 1.1)
const province = (seed: number, between = 0.45) => someProvince(seeded(seed), { between, size: 8, test: short })
const LINES = [420, 520, 600]

describe('The share of a kabupaten at or above a line', () => {
  it('is that of its own people, where kept chances draw a strong kabupaten down and a weak one up', () => {
    let [kept, own, n] = [0, 0, 0]
    for (let seed = 1; seed <= 40; seed++) {
      const all = province(seed)
      const people = measuredOf(all, short, 0, 0)
      const found = shareSums(people)
      const middle = all.reduce((s, k) => s + trueShare(k, 0), 0) / all.length
      for (const k of all.slice(8)) {
        const mine = people.filter((p) => p.place === k.key)
        const chance = (100 * mine.reduce((s, p) => s + 1 - chanceBelow(p, 500), 0)) / mine.length
        const off = Math.sign(trueShare(k, 0) - middle)
        kept += off * (chance - trueShare(k, 0))
        own += off * (shareOf(found.get(k.key)![0]!, null).share - trueShare(k, 0))
        n++
      }
    }
    // Points of percent towards the middle: what is drawn, on average.
    expect(kept / n).toBeLessThan(-3)
    expect(Math.abs(own / n)).toBeLessThan(0.7)
  })

  it('has an error that holds, where that of chances alone is too small by what the population was estimated from', () => {
    let [held, bare, n] = [0, 0, 0]
    for (let seed = 100; seed < 180; seed++) {
      const all = province(seed)
      const people = measuredOf(all, short, 0, 0)
      const found = shareSums(people, LINES)
      LINES.forEach((line, at) => {
        const alike = likenessWithin([...found.values()].map((s) => s[at]!.schools))
        for (const k of all) {
          const truth = trueShare(k, (line - 500) / 100)
          const share = shareOf(found.get(k.key)![at]!, alike)
          const chances = clusterMean(
            k.schools.map((s) => {
              const of = people.filter((p) => p.school === s.key).map((p) => 100 * (1 - chanceBelow(p, line)))
              return { n: of.length, sum: of.reduce((a, b) => a + b, 0), squares: of.reduce((a, b) => a + b * b, 0) }
            }),
            alike,
          )
          if (k.schools.length >= 5 && Math.abs(share.share - truth) <= chances.margin!) bare++
          if (k.schools.length >= 5) {
            n++
            if (Math.abs(share.share - truth) <= share.margin!) held++
          }
        }
      })
    }
    expect(Math.abs(held / n - 0.95)).toBeLessThan(0.02)
    expect(bare / n).toBeLessThan(0.92)
  })

  it('carries the error of the cut, which one instrument has in common and which no difference between kabupaten holds', () => {
    const all = province(7)
    const sure = shareSums(measuredOf(all, short, 0, 0))
    const found = shareSums(measuredOf(all, short, 0, 0.2))
    const [key, other] = ['k13', 'k14']
    const [plain, carrying] = [shareOf(sure.get(key)![0]!, null), shareOf(found.get(key)![0]!, null)]
    expect(carrying.share).toBeCloseTo(plain.share, 6)
    expect(carrying.se).toBeCloseTo(plain.se!, 6)
    // An error of twenty points moves it as far as a cut ten points lower and one ten points higher lie apart.
    const [lower, higher] = shareSums(measuredOf(all, short, 0, 0), [490, 510]).get(key)!
    expect(Math.abs(carrying.cutError - (shareOf(lower!, null).share - shareOf(higher!, null).share))).toBeLessThan(0.2)
    expect(carrying.margin).toBeGreaterThan(1.1 * plain.margin!)
    const difference = (of: typeof sure) =>
      compareMeans(...([key, other].map((k) => clusterMean(of.get(k)![0]!.schools, null)) as [never, never]))!
    expect(difference(found).se).toBeCloseTo(difference(sure).se, 6)
    // Cuts of two instruments err by themselves: together they move a share less than one cut of both would.
    const [a, b] = [found.get(key)![0]!, found.get(other)![0]!]
    const apart = { ...b, slopes: new Map([...b.slopes].map(([, s]) => ['two', s])) }
    expect(shareOf(shareTogether([a, apart]), null).cutError).toBeLessThan(0.85 * shareOf(shareTogether([a, b]), null).cutError)
  })

  it('of all places is their mean by people', () => {
    const found = [...shareSums(measuredOf(province(9), short, 0, 0)).values()].map((s) => s[0]!)
    const whole = shareOf(shareTogether(found), null)
    const weighted = found.reduce((s, x) => s + x.n * shareOf(x, null).share, 0) / whole.n
    expect(whole.share).toBeCloseTo(weighted, 6)
  })

  it('has no error where nothing carries one, and never leaves 0 to 100', () => {
    const few = measuredOf(province(11), short, 0, 0).filter((p) => p.school === 'k0s0')
    const [sums] = shareSums(few).get('k0')!
    expect(shareOf(sums!, null)).toMatchObject({ se: null, margin: null, low: null, high: null })
    expect(shareOf(sums!, null, true).method).toBe(few.length > 1 ? 'persons' : null)
    for (const [seed, line] of [
      [12, 250],
      [13, 760],
    ] as const)
      for (const [at] of shareSums(measuredOf(province(seed), short, 0, 0), [line]).values()) {
        const { share, low, high } = shareOf(at!, { icc: 0.1, sd: 20, df: 50 })
        expect(Math.min(share, low!)).toBeGreaterThanOrEqual(0)
        expect(Math.max(share, high!)).toBeLessThanOrEqual(100)
      }
  })

  it('reads the population of a run in points, with what is not known of it and the error of the cut', () => {
    const found = populationInPoints(
      { mean: -0.2, sd: 0.9, meanError: 0, logSdError: 0 },
      { thetaCut: 0.3, sigma: 0.8, cutError: 0.1 },
      'PED',
    )
    expect(found).toEqual({
      instrument: 'PED',
      mean: expect.closeTo(437.5, 9),
      sd: expect.closeTo(112.5, 9),
      cutError: expect.closeTo(12.5, 9),
    })
  })
})
