import { ALL, claimsOf, lotteryEffects, type LotEffect, type LotMember } from '@/lib/growth/lottery'
import { normal, shuffled } from '@/lib/platform/random'

/** Sham lotteries: people who were measured twice and got nothing in between, put into lotteries afterwards, and what is said of them. */

export type Measured = { schoolId: string; before: number; after: number }
export type Sham = {
  /** How many lotteries the family has, and how many people near the line each. */
  lotteries: number
  size: number
  /** Points that being drawn truly gives. */
  effect: number
  /** Chance of not coming again, higher for lower scores. */
  away: number
  /** How much rarer drawn people stay away, 0 for the lot changing nothing. */
  awayByLot?: number
}

/** One family: people nearest to a line that moves with chance, dealt to lotteries, half of each drawn. */
export function shamFamily(people: readonly Measured[], sham: Sham, random: () => number): LotEffect[] {
  const line = 430 + 60 * random()
  const near = [...people].sort((a, b) => Math.abs(a.before - line) - Math.abs(b.before - line)).slice(0, sham.lotteries * sham.size)
  const dealt = shuffled(near, random)
  const members = dealt.map((p, i): LotMember => {
    // Dealt in chance order, so that the first half of each lottery is a draw.
    const drawn = (Math.floor(i / sham.lotteries) % sham.size) * 2 < sham.size
    const away = sham.away * (p.before < line ? 1.6 : 0.6) * (drawn ? 1 - (sham.awayByLot ?? 0) : 1)
    return {
      lottery: `l${i % sham.lotteries}`,
      drawn,
      schoolId: p.schoolId,
      scores: random() < away ? null : { before: p.before, after: p.after + (drawn ? sham.effect : 0) },
      hours: drawn ? 8 : 0,
    }
  })
  return lotteryEffects(members, claimsOf(Array<string>(sham.lotteries).fill('1')), 10)
}

export const called = (family: readonly LotEffect[]): boolean => family.some((e) => e.word === 'more' || e.word === 'less')
export const pooled = (family: readonly LotEffect[]): LotEffect => family.find((e) => e.key === ALL) ?? family[0]!

/** People of schools of unlike sizes whose later scores share a school's luck; nobody gains anything. */
export function unluckySchools(people: number, schools: number, random: () => number): Measured[] {
  const luck = Array.from({ length: schools }, () => 25 * normal(random))
  return Array.from({ length: people }, () => {
    const school = Math.floor(schools * random() ** 1.5)
    const truth = 480 + 80 * normal(random) + luck[school]!
    return { schoolId: `s${school}`, before: truth + 55 * normal(random), after: truth + 0.6 * luck[school]! + 55 * normal(random) }
  })
}
