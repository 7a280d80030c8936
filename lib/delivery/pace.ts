import type { PaceLimits } from '@/lib/platform/pace'

/**
 * How often phones may ask. Whatever can be told apart counts by attempt, seat or login and never by address, because a whole school
 * stands behind one; only packets, which anybody may fetch who knows their name, count by address, with room for 977 phones that fetch
 * four each and do it all again after an outage.
 */
export const phonePace = {
  /** Handing in answers, an attempt. */
  answers: { perSecond: 20, atOnce: 80 },
  /** Desk, readiness, start and claim, a seat: a phone asks a few times a day, and once a second while it cannot get through. */
  seat: { perSecond: 2, atOnce: 60 },
  /** Packets, an address. */
  packets: { perSecond: 100, atOnce: 10_000 },
  /** A console's rounds and actions, a login. */
  console: { perSecond: 5, atOnce: 100 },
} as const satisfies Record<string, PaceLimits>

/** A body counts as one more request for each of these (bytes): what a phone says is bounded like how often it speaks. */
const BYTES_A_REQUEST = 8 * 1024
export const weightOf = (bytes: number): number => 1 + Math.floor(bytes / BYTES_A_REQUEST)
