import { describe, expect, it } from 'vitest'
import { ALL, claimsOf, fisher, lotteryEffects, type LotMember } from '@/lib/growth/lottery'
import { seeded } from '@/lib/platform/random'
import { called, pooled, shamFamily, unluckySchools } from './sham'

describe('seats given by lot, read at the re-test', () => {
  it('are called helpful by chance in at most one re-test of twenty, whatever schools and those who stay away do', () => {
    const random = seeded(2026)
    let families = 0
    const rounds = 150
    for (let k = 0; k < rounds; k++)
      if (called(shamFamily(unluckySchools(400, 12 + (k % 40), random), { lotteries: 4, size: 40, effect: 0, away: 0.12 }, random)))
        families++
    expect(families).toBeLessThanOrEqual(Math.ceil(rounds * (0.05 + 2 * Math.sqrt((0.05 * 0.95) / rounds))))
  })
  it('show an effect that is there, with a range that holds it', () => {
    const random = seeded(7)
    const families = Array.from({ length: 40 }, () =>
      pooled(shamFamily(unluckySchools(600, 40, random), { lotteries: 4, size: 50, effect: 45, away: 0.1 }, random)),
    )
    expect(families.filter((e) => e.word === 'more').length).toBeGreaterThanOrEqual(32)
    expect(families.filter((e) => e.difference!.low <= 45 && e.difference!.high >= 45).length).toBeGreaterThanOrEqual(38)
  })
  it('are called nothing where the groups did not come again alike', () => {
    const random = seeded(9)
    const found = shamFamily(unluckySchools(600, 40, random), { lotteries: 1, size: 160, effect: 60, away: 0.5, awayByLot: 0.9 }, random)
    expect(found).toMatchObject([{ word: 'attendance' }])
    expect(found[0]!.attendanceP).toBeLessThan(0.05)
  })
  it('are not told of fewer people than may be told of, and are judged as one family over all competencies', () => {
    const member = (drawn: boolean, i: number): LotMember => ({
      lottery: 'a',
      drawn,
      schoolId: `s${i % 9}`,
      scores: { before: 400 + i, after: 430 + 2 * i },
      hours: 0,
    })
    const members = [...Array(9).keys()].map((i) => member(true, i)).concat([...Array(30).keys()].map((i) => member(false, i)))
    expect(lotteryEffects(members, 1, 10)).toMatchObject([{ word: 'few', difference: null, drawn: { n: 9 } }])
    expect(claimsOf(['1', '1', '4', '3', '3', '3'])).toBe(8)
    const two = members.map((m, i) => ({ ...m, drawn: i % 2 === 0, lottery: i % 3 ? 'a' : 'b' }))
    const width = (claims: number) => {
      const found = lotteryEffects(two, claims, 5).find((e) => e.key === ALL)!
      return found.difference!.high - found.difference!.low
    }
    expect(width(8)).toBeGreaterThan(width(1))
  })
  it('test attendance exactly', () => {
    expect(fisher(8, 10, 1, 10)).toBeCloseTo(0.0055, 4)
    expect(fisher(5, 10, 5, 10)).toBeCloseTo(1, 9)
    expect(fisher(0, 10, 0, 10)).toBeCloseTo(1, 9)
  })
})
