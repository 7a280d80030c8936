import { kmBetween } from '@/lib/platform/distance'
import { z } from 'zod'
import type { Band } from './model'

/** Who may be paired, and what a pair costs. */
export type Place = { schoolId: string; regionCode: string; lat: number; lon: number }
export type TutorOffer = {
  id: string
  subject: string
  sex: 'L' | 'P' | null
  place: Place
  capacity: number
  /** Lower 80 % limit in percent by area, only areas in which this teacher may help. */
  strengths: Record<string, number>
}
export type LearnerNeed = {
  id: string
  subject: string
  sex: 'L' | 'P' | null
  place: Place
  /** Thinnest area first. */
  needs: { code: string; percent: number }[]
  sexWanted: 'L' | 'P' | null
  /** Tutors of earlier pairs. */
  former: string[]
  /** Had no tutor in the last matching because the lot fell on an equal: comes first among equals now. */
  waited?: boolean
}
export type Couple = { tutorId: string; learnerId: string }
export type MatchInput = {
  tutors: TutorOffer[]
  learners: LearnerNeed[]
  pins: Couple[]
  forbids: Couple[]
  /** Kabupaten/kota that touch, by code. */
  neighbours: Record<string, string[]>
  /** Seed of the lot that decides among equals; without one the ids do, the same way every time. */
  lot?: string | null
}

export const MatchRules = z.object({
  /** Between the tutor's strength and the learner's percent, in percent points. */
  gap: z.object({ least: z.number(), most: z.number(), ideal: z.number() }),
  maxKm: z.number().positive(),
  /** Costs in points; only their proportions matter. */
  cost: z.object({
    band: z.object({ sekolah: z.number(), kabupaten: z.number(), tetangga: z.number(), jauh: z.number() }),
    km: z.number(),
    gap: z.number(),
    /** For each place further down in the learner's list of areas. */
    need: z.number(),
    /** Taken off where the two have worked together before. */
    former: z.number(),
    /** For each learner that the tutor has already. */
    load: z.number(),
    /** For a kabupaten/kota going from nobody unserved to everybody unserved, spread evenly over its learners. */
    unserved: z.number(),
  }),
})
export type MatchRules = z.infer<typeof MatchRules>

export const shippedMatchRules: MatchRules = {
  gap: { least: 5, most: 70, ideal: 25 },
  maxKm: 120,
  cost: { band: { sekolah: 0, kabupaten: 100, tetangga: 250, jauh: 500 }, km: 2, gap: 2, need: 60, former: 80, load: 30, unserved: 8_000 },
}

function bandOf(a: Place, b: Place, neighbours: MatchInput['neighbours']): Band {
  if (a.schoolId === b.schoolId) return 'sekolah'
  if (a.regionCode === b.regionCode) return 'kabupaten'
  return neighbours[a.regionCode]?.includes(b.regionCode) ? 'tetangga' : 'jauh'
}

export type Refusal = 'tanpa-tutor-mapel' | 'selisih' | 'terlalu-jauh' | 'permintaan' | 'dilarang'
export type Option = { code: string; gap: number; km: number; band: Band; cost: number }

/** The best way in which this tutor could help this learner, or why it may not be. `pinned` waives range and distance only. */
export function optionOf(
  tutor: TutorOffer,
  learner: LearnerNeed,
  rules: MatchRules,
  neighbours: MatchInput['neighbours'],
  forbidden: boolean,
  pinned = false,
): Option | Refusal {
  if (tutor.subject !== learner.subject || tutor.id === learner.id) return 'tanpa-tutor-mapel'
  const shared = learner.needs.flatMap((n, i) => {
    const strength = tutor.strengths[n.code]
    return strength === undefined ? [] : [{ code: n.code, gap: strength - n.percent, place: i }]
  })
  if (shared.length === 0) return 'tanpa-tutor-mapel'
  const fitting = pinned ? shared : shared.filter((s) => s.gap >= rules.gap.least && s.gap <= rules.gap.most)
  if (fitting.length === 0) return 'selisih'
  const km = kmBetween(tutor.place, learner.place)
  if (!pinned && km > rules.maxKm) return 'terlalu-jauh'
  if (learner.sexWanted && learner.sexWanted !== tutor.sex) return 'permintaan'
  if (forbidden) return 'dilarang'
  const band = bandOf(tutor.place, learner.place, neighbours)
  const { cost } = rules
  const of = (s: (typeof fitting)[number]) => cost.gap * Math.abs(s.gap - rules.gap.ideal) + cost.need * s.place
  const best = fitting.reduce((a, b) => (of(b) < of(a) ? b : a))
  const known = learner.former.includes(tutor.id) ? 0 : cost.former
  // One point decides among equals and moves hardly anything else.
  const turn = learner.waited ? 1 : 0
  return { code: best.code, gap: best.gap, km, band, cost: Math.round(cost.band[band] + cost.km * km + of(best) + known) - turn }
}
