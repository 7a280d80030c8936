import { tutoredHours } from '@/lib/tutoring/inside'
import type { Comparison } from './comparison'
import { sharedLinkError } from './growth'
import { ALL, claimsOf, lotteryEffects, type LotEffect } from './lottery'
import * as lots from './lottery-store'
import { practiceOf, type Practice } from './practice'
import * as practice from './practice-store'

/** What a lot tells at the re-test: seats and tutors given by lot, and first-timers drawn before the first test. One figure of each, of the whole province. */

const MINUTES_OF_JP = 45

export type LotteryGrowth = {
  /** How many figures of this re-test are judged together, over all competencies. */
  claims: number
  effects: (LotEffect & { title: string; drawnAt: string | null })[]
  /** Modules whose second group had its turn before the re-test: nothing can be read of them. */
  overtaken: string[]
}

/** Effects of the lotteries of one competency; null where nothing was drawn. */
export async function lotteryGrowth(c: Comparison, hideBelow: number): Promise<LotteryGrowth | null> {
  const { baseCode, code } = c.chosen
  const [seats, equals, tutored] = await Promise.all([
    lots.lotsBetween(baseCode, code),
    lots.matchLotsBetween(baseCode, code),
    tutoredHours(baseCode, code),
  ])
  const withTutor = new Map(tutored.map((t) => [`${t.teacherId}|${t.part}`, t.hours]))
  const rows = [
    ...seats.map((r) => ({ ...r, stratum: '' })),
    ...equals.map((r) => ({
      ...r,
      // One matching decides in every competency; each is read by itself.
      lotteryId: `${r.lotteryId}|${r.part}`,
      title: 'Tutor sebaya di antara yang setara',
      overtaken: false,
      hours: ((withTutor.get(`${r.teacherId}|${r.part}`) ?? 0) * 60) / MINUTES_OF_JP,
    })),
  ]
  const valid = rows.filter((r) => !r.overtaken)
  const drawn = new Map(valid.map((r) => [r.lotteryId, r]))
  const claims = claimsOf([...drawn.values()].map((r) => r.part))
  const pairs = new Map(c.pairs.map((p) => [p.teacherId, p]))
  const own = rows.filter((r) => r.part === c.part)
  if (own.length === 0) return null
  const members = own
    .filter((r) => !r.overtaken)
    .map((r) => {
      const pair = pairs.get(r.teacherId)
      return {
        lottery: r.lotteryId,
        stratum: r.stratum,
        drawn: r.drawn,
        // Where she was when she was drawn; who has not both tests is placed by the roster.
        schoolId: pair?.schoolId ?? r.schoolId,
        scores: pair ? { before: pair.before, after: pair.after } : null,
        hours: r.hours,
      }
    })
  return {
    claims,
    effects: lotteryEffects(members, claims, hideBelow).map((e) => ({
      ...e,
      title: e.key === ALL ? 'Semua undian bersama' : drawn.get(e.key)!.title,
      drawnAt: drawn.get(e.key)?.drawnAt.toISOString() ?? null,
    })),
    overtaken: [...new Set(own.filter((r) => r.overtaken).map((r) => r.title))],
  }
}

/** What having been tested before did; null where nobody was drawn: then practice cannot be told from the rest. */
export async function practiceGrowth(c: Comparison, hideBelow: number): Promise<Practice | null> {
  const instruments = c.links.map((l) => l.instrumentId)
  const members = await practice.drawnAtRetest(c.chosen.baseCode, c.chosen.code, c.part, instruments)
  return members.some((m) => m.later) ? practiceOf(members, sharedLinkError(c.pairs, c.errors), hideBelow) : null
}
