import type { Policy } from './policy-model'
import type { EndReason, Pending, SessionClaim } from './session-model'

const HOUR = 3_600_000
/** A login that waits for its second factor is given up after so long. */
const PENDING_MS = 10 * 60_000
/**
 * A card's login holds at least this long: a test day of four parts with its pauses fits in, and nobody is sent to the login page in
 * the middle of it. It has no idle limit, because a phone in a test speaks by its ticket and not by its cookie.
 */
const CARD_HOURS = 10

/** How long a login of this kind holds at most (ms). */
export const longestMs = (kind: SessionClaim['kind'], policy: Policy): number =>
  (kind === 'seat' ? Math.max(policy.sessionHours, CARD_HOURS) : policy.sessionHours) * HOUR

/** The moment after which a login made now does not hold, whatever is done with it. */
export function endOf(claim: Pick<SessionClaim, 'kind' | 'until'>, pending: Pending | null, policy: Policy, now: Date): Date {
  const longest = pending ? PENDING_MS : longestMs(claim.kind, policy)
  return new Date(Math.min(now.getTime() + longest, claim.until?.getTime() ?? Infinity))
}

/** The moment after which a card cannot be used: some days after the end of its sitting. */
export const cardEnd = (closesAt: Date, policy: Policy): Date => new Date(closesAt.getTime() + policy.cardDays * 24 * HOUR)

export type Living = {
  kind: SessionClaim['kind']
  version: number
  createdAt: Date
  lastSeenAt: Date
  expiresAt: Date
  /** The account as it is now; null for a card. */
  account: { active: boolean; version: number } | null
}

/** Why a login that nobody has ended does not hold any more; null while it holds. */
export function overBecause(session: Living, policy: Policy, now: Date): EndReason | null {
  const age = now.getTime() - session.createdAt.getTime()
  if (now >= session.expiresAt || age >= longestMs(session.kind, policy)) return 'expired'
  if (session.kind === 'seat') return null
  if (!session.account?.active) return 'account'
  if (session.account.version !== session.version) return 'rights'
  return now.getTime() - session.lastSeenAt.getTime() >= policy.idleMinutes * 60_000 ? 'idle' : null
}
