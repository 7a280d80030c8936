import { allow } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { frameworkTitles } from '@/lib/instruments/inside'
import { tieredParts, type TierFound, type TierRules } from './model'
import { profileOf, type AreaFound, type Profile } from './profile'
import { latestReadings, type PlacedReading, type ReadingFilter } from './readings-store'
import * as store from './store'
import { tierOf } from './tiers'

/** Readings of tests that count, and what they say of a person: the facts that every screen of results and support stands on. */

export const readings = (filter: ReadingFilter): Promise<PlacedReading[]> => latestReadings(filter)

/** Titles of indicators and, as far as tests have used them, of content domains ('MTK:ALJ'). */
export async function areaTitles(): Promise<(code: string) => string> {
  const [framework, domains] = await Promise.all([frameworkTitles(), store.domainTitles()])
  const all = new Map([...[...framework].map(([code, f]) => [code, f.title] as const), ...domains.map((d) => [d.code, d.title] as const)])
  return (code) => all.get(code) ?? code
}

export type AreaLine = { code: string; title: string; percent: number; items: number }

/** What one result says, in the words and the order of the one rule. `latest` is false where a later test measured the part again. */
export type OwnProfile = {
  attemptId: string
  part: string
  cycleCode: string
  latest: boolean
  standing: Profile['standing']
  /** Null for personality, which decides nothing. */
  tier: TierFound | null
  strengths: AreaLine[]
  needs: AreaLine[]
  unclear: AreaLine[]
}

export const isTiered = (part: string): boolean => (tieredParts as readonly string[]).includes(part)

/** The tiers of one person by the latest readings, in the order in which competencies are told. */
export const tiersOf = (own: readonly PlacedReading[], rules: TierRules): TierFound[] =>
  tieredParts.flatMap((part) => own.filter((r) => r.part === part).slice(0, 1)).map((r) => tierOf(r, rules))

/** Every result of the actor that counts and is shown, newest first: practice says nothing here. */
export async function ownProfiles(actor: Actor): Promise<OwnProfile[]> {
  allow(actor, 'result:own')
  if (!actor.teacherId) return []
  const [all, rule, titleOf] = await Promise.all([
    readings({ teacherId: actor.teacherId, earlier: true }),
    store.tierRuleInForce(),
    areaTitles(),
  ])
  if (!rule) return []
  const line = (a: AreaFound): AreaLine => ({ code: a.code, title: titleOf(a.code), percent: a.percent, items: a.items })
  const seen = new Set<string>()
  return all.map((r) => {
    const profile = profileOf(r, rule.rules)
    const latest = !seen.has(r.part)
    seen.add(r.part)
    return {
      attemptId: r.attemptId,
      part: r.part,
      cycleCode: r.cycleCode,
      latest,
      standing: profile.standing,
      tier: isTiered(r.part) ? tierOf(r, rule.rules) : null,
      strengths: profile.strengths.map(line),
      needs: profile.needs.map(line),
      unclear: profile.unclear.map(line),
    }
  })
}
