import type { AllowanceRow } from '@/lib/sittings/model'
import type { Clock } from './protocol'

/** `closedAt`: when the attempt was closed; nothing that is given later moves its end. */
export type TimeFacts = {
  startedAt: Date
  durationSeconds: number
  extraSeconds: number
  allowances: AllowanceRow[]
  closedAt?: Date | null
}

/**
 * The one source of an attempt's end: start + duration + accommodation + extensions + the length of every pause since the start.
 * Overlapping pauses (room and sitting at once) count once. While a pause runs the end moves along with `now`.
 */
export function deadlineOf(facts: TimeFacts, now: Date): { deadline: Date; paused: boolean } {
  const start = facts.startedAt.getTime()
  let seconds = facts.durationSeconds + facts.extraSeconds
  const pauses: [number, number][] = []
  let paused = false
  const until = facts.closedAt && facts.closedAt < now ? facts.closedAt : now
  for (const a of facts.allowances) {
    if (facts.closedAt && a.startedAt >= facts.closedAt) continue
    if (a.kind === 'extend') {
      // Given while this attempt ran; earlier grants belonged to an earlier part.
      if (a.startedAt.getTime() >= start) seconds += a.seconds ?? 0
      continue
    }
    if (!a.endedAt && !facts.closedAt) paused = true
    const from = Math.max(start, a.startedAt.getTime())
    const to = Math.min((a.endedAt ?? until).getTime(), facts.closedAt ? until.getTime() : Infinity)
    if (to > from) pauses.push([from, to])
  }
  pauses.sort((x, y) => x[0] - y[0])
  let stopped = 0
  let reached = -Infinity
  for (const [from, to] of pauses) {
    stopped += Math.max(0, to - Math.max(from, reached))
    reached = Math.max(reached, to)
  }
  return { deadline: new Date(start + seconds * 1000 + stopped), paused }
}

/** The clock as phones get it. */
export function clockOf(facts: TimeFacts & { state: 'open' | 'closed' }, now: Date): Clock {
  const { deadline, paused } = deadlineOf(facts, now)
  return { serverNow: now.getTime(), deadline: deadline.getTime(), paused, state: facts.state }
}
