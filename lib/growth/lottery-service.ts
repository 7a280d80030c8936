import type { Actor } from '@/lib/access/model'
import { rulesInForce } from '@/lib/standards/service'
import { tutoredHours } from '@/lib/tutoring/inside'
import { growthPairs } from './growth-service'
import { ALL, claimsOf, lotteryEffects, type LotEffect } from './lottery'
import * as store from './lottery-store'
import type { GrowthFilter } from './model'

/** What seats and tutors given by lot did, read at the re-test. */

const MINUTES_OF_JP = 45

export type LotteryGrowth = {
  /** How many figures of this re-test are judged together, over all competencies. */
  claims: number
  hideBelow: number
  effects: (LotEffect & { title: string; drawnAt: Date | null })[]
  /** Modules whose second group had its turn before the re-test: nothing can be read of them. */
  overtaken: string[]
}

/**
 * Effects of the lotteries of one competency. Read by whoever reads the whole province, so that there is one figure of each and not one a
 * reader; null for everybody else, and where nothing was drawn.
 */
export async function lotteryGrowth(actor: Actor, filter: GrowthFilter): Promise<LotteryGrowth | null> {
  const found = await growthPairs(actor, filter)
  if (!found?.whole) return null
  const { baseCode, code } = found.chosen
  const [seats, equals, tutored, { rules }] = await Promise.all([
    store.lotsBetween(baseCode, code),
    store.matchLotsBetween(baseCode, code),
    tutoredHours(baseCode, code),
    rulesInForce(),
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
  const lots = new Map(valid.map((r) => [r.lotteryId, r]))
  const claims = claimsOf([...lots.values()].map((r) => r.part))
  const pairs = new Map(found.pairs.map((p) => [p.teacherId, p]))
  const own = rows.filter((r) => r.part === filter.bagian)
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
    hideBelow: rules.hideBelow,
    effects: lotteryEffects(members, claims, rules.hideBelow).map((e) => ({
      ...e,
      title: e.key === ALL ? 'Semua undian bersama' : lots.get(e.key)!.title,
      drawnAt: lots.get(e.key)?.drawnAt ?? null,
    })),
    overtaken: [...new Set(own.filter((r) => r.overtaken).map((r) => r.title))],
  }
}
