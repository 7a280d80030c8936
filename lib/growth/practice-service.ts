import type { Actor } from '@/lib/access/model'
import { rulesInForce } from '@/lib/standards/service'
import { sharedLinkError } from './growth'
import { growthPairs } from './growth-service'
import type { GrowthFilter } from './model'
import { practiceOf, type Practice } from './practice'
import * as store from './practice-store'

export type PracticeGrowth = Practice & { hideBelow: number }

/**
 * What having been tested before did, where first-timers were drawn before the first test. Read by whoever reads the whole province; null for
 * everybody else, and where nobody was drawn: then practice cannot be told from the rest.
 */
export async function practiceGrowth(actor: Actor, filter: GrowthFilter): Promise<PracticeGrowth | null> {
  const found = await growthPairs(actor, filter)
  if (!found?.whole) return null
  const { baseCode, code } = found.chosen
  const instruments = found.links.map((l) => l.instrumentId)
  const [members, { rules }] = await Promise.all([store.drawnAtRetest(baseCode, code, filter.bagian, instruments), rulesInForce()])
  return members.some((m) => m.later)
    ? { ...practiceOf(members, sharedLinkError(found.pairs, found.errors), rules.hideBelow), hideBelow: rules.hideBelow }
    : null
}
