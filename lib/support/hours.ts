/** Hours of tutoring that count for one person: confirmed, no minute twice, no day longer than the cap. Pure. */

export type ConfirmedMeeting = {
  id: string
  /** WIB day "2026-02-11". */
  heldOn: string
  /** Minutes after midnight; null where the phone did not ask yet. */
  startsMinute: number | null
  minutes: number
  answeredAt: Date
}

/** Minutes of `from`–`to` that `taken` does not cover. Intervals may overlap each other. */
function uncovered(from: number, to: number, taken: readonly (readonly [number, number])[]): number {
  let [free, at] = [0, from]
  for (const [start, end] of [...taken].sort((a, b) => a[0] - b[0])) {
    if (end <= at) continue
    if (start >= to) break
    free += Math.max(0, start - at)
    at = Math.max(at, end)
  }
  return free + Math.max(0, to - at)
}

/**
 * Minutes that each of one person's confirmed meetings adds, over all pairs and on either side. What was confirmed first counts first, so
 * that a later entry never takes from an earlier one. A meeting without a known start is taken to lie beside the others of its day.
 */
export function countedMinutes(meetings: readonly ConfirmedMeeting[], hoursADay: number): Map<string, number> {
  const counted = new Map<string, number>()
  const days = new Map<string, { sum: number; taken: [number, number][] }>()
  const order = [...meetings].sort((a, b) => a.answeredAt.getTime() - b.answeredAt.getTime() || (a.id < b.id ? -1 : 1))
  for (const m of order) {
    const day = days.get(m.heldOn) ?? { sum: 0, taken: [] }
    days.set(m.heldOn, day)
    const fresh =
      m.startsMinute === null ? Math.max(0, m.minutes - day.sum) : uncovered(m.startsMinute, m.startsMinute + m.minutes, day.taken)
    if (m.startsMinute !== null) day.taken.push([m.startsMinute, m.startsMinute + m.minutes])
    const adds = Math.min(fresh, Math.max(0, hoursADay * 60 - day.sum))
    day.sum += adds
    counted.set(m.id, adds)
  }
  return counted
}
