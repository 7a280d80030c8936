import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { followUps, publishedComparison } from '@/lib/growth/inside'
import { seeded } from '@/lib/platform/random'
import { openWorld } from '../integration/world'
import { called, pooled, shamFamily, unluckySchools, type Measured, type Sham } from '../unit/growth/sham'

/**
 * A thousand sham re-tests on the people of the demonstration: lotteries are held among them after the fact, so that nobody can have gained by
 * one, and what the growth page would say is counted. Then the same with a known effect, for what such lotteries can find.
 */
let world: Awaited<ReturnType<typeof openWorld>>
let measured: Measured[]
const ROUNDS = 1_000
/** Five in a hundred, and two standard errors of that. */
const ALLOWED = Math.ceil(ROUNDS * (0.05 + 2 * Math.sqrt((0.05 * 0.95) / ROUNDS)))

beforeAll(async () => {
  world = await openWorld({ demonstration: true })
  const [newest] = await followUps()
  measured = (await publishedComparison(newest!, '1')).pairs.map(({ schoolId, before, after }) => ({ schoolId, before, after }))
})
afterAll(() => world.close())

const count = (people: () => readonly Measured[], sham: Sham, rounds: number, seed: number) => {
  const random = seeded(seed)
  const families = Array.from({ length: rounds }, () => shamFamily(people(), sham, random))
  return {
    called: families.filter(called).length,
    withheld: families.filter((f) => f.some((e) => e.word === 'attendance')).length,
    found: families.filter((f) => pooled(f).word === 'more').length,
    covered: families.filter((f) => {
      const d = pooled(f).difference
      return d && d.low <= sham.effect && d.high >= sham.effect
    }).length,
    detectable: families.reduce((s, f) => s + (pooled(f).detectable ?? 0), 0) / rounds,
  }
}

describe('lotteries that give nothing', () => {
  it.each([
    { lotteries: 4, size: 40, away: 0.06 },
    { lotteries: 1, size: 60, away: 0.06 },
    { lotteries: 5, size: 30, away: 0.25 },
  ])('are called helpful or harmful in at most one re-test of twenty on the people of the demonstration: %o', (shape) => {
    const found = count(() => measured, { ...shape, effect: 0 }, ROUNDS, 15)
    console.log(
      `${JSON.stringify(shape)} of ${measured.length} people: any called in ${found.called} of ${ROUNDS}, withheld for attendance in ${found.withheld}`,
    )
    expect(found.called).toBeLessThanOrEqual(ALLOWED)
  })
  it('are so in provinces of few unlucky schools as well', () => {
    const random = seeded(3)
    const found = count(() => unluckySchools(400, 12, random), { lotteries: 4, size: 40, effect: 0, away: 0.15 }, ROUNDS, 16)
    console.log(`twelve unlucky schools: any called in ${found.called} of ${ROUNDS}`)
    expect(found.called).toBeLessThanOrEqual(ALLOWED)
  })
})

describe('lotteries that give something', () => {
  it.each([15, 30, 45])(
    'of %s points are found as often as their detectable difference says, in a range that holds the truth',
    (effect) => {
      const rounds = 300
      const found = count(() => measured, { lotteries: 4, size: 40, effect, away: 0.06 }, rounds, 17)
      console.log(
        `${effect} points, 160 people in four lotteries: found in ${found.found} of ${rounds}, range holds the truth in ${found.covered}, detectable ${found.detectable.toFixed(0)} points`,
      )
      expect(found.covered).toBeGreaterThanOrEqual(Math.floor(rounds * 0.95))
      if (effect >= found.detectable) expect(found.found).toBeGreaterThanOrEqual(0.75 * rounds)
    },
  )
})
