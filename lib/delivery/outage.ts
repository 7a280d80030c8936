/**
 * Time lost to an outage, given back by rule. A phone whose network is away goes on and loses nothing; what costs time is
 * a page that was dead: battery, a crash, a reboot, another phone. The gap between the last sign of life and the entry
 * that says "open again" is given back from half a minute on, up to the cycle's limit a part; the rest is the proctor's
 * to judge. Switching to another app keeps the page alive and gives nothing. Pure.
 */
export const SHORTEST_MS = 30_000

export type Outage = { from: number; to: number; seconds: number }

/**
 * @param claimed what the phone says it lost, in ms; negative when it cannot know (another phone)
 * @param lastSign the server's own newest sign of life before `openedAt`
 * @param given seconds that the rule has given to this attempt before
 */
export function creditedOutage(
  claimed: number,
  openedAt: number,
  lastSign: number | null,
  limitSeconds: number,
  given: number,
): Outage | null {
  if (lastSign === null) return null
  const seen = openedAt - lastSign
  const lost = claimed < 0 ? seen : Math.min(claimed, seen)
  if (lost < SHORTEST_MS) return null
  const seconds = Math.min(Math.floor(lost / 1000), Math.max(0, limitSeconds - given))
  return { from: openedAt - lost, to: openedAt, seconds }
}
