/** Hours of tutoring that count for one person: confirmed, no minute twice, no day longer than the cap. Pure. */

export type ConfirmedMeeting = {
  id: string
  pairingId: string
  /** The side that wrote the note. */
  loggedBy: string
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

/** What is laid down of one day: minutes that count, known intervals, and what each side of each pair has noted. */
type Day = { sum: number; taken: [number, number][]; pairs: Map<string, { counted: number; sides: Map<string, Side> }> }
type Side = { taken: [number, number][]; known: number; loose: number }

/** Minutes that a side noted of its pair's day, overlapping notes once; a note without a start lies beside those with one. */
function noted(side: Side, m: ConfirmedMeeting): number {
  if (m.startsMinute === null) side.loose = Math.max(side.loose, m.minutes)
  else {
    side.known += uncovered(m.startsMinute, m.startsMinute + m.minutes, side.taken)
    side.taken.push([m.startsMinute, m.startsMinute + m.minutes])
  }
  return Math.max(side.known, side.loose)
}

/**
 * Minutes that each of one person's confirmed meetings adds, over all pairs and on either side. What was confirmed first counts first, so
 * that a later entry never takes from an earlier one. A meeting without a known start is taken to lie beside the others of its day. Both
 * sides of a pair may note one and the same meeting, each with its own idea of when it began: where their notes of a day overlap, the time
 * that they cover together counts, and where they lie apart they do not add up, the longer account counts.
 */
export function countedMinutes(meetings: readonly ConfirmedMeeting[], hoursADay: number): Map<string, number> {
  const counted = new Map<string, number>()
  const days = new Map<string, Day>()
  const order = [...meetings].sort((a, b) => a.answeredAt.getTime() - b.answeredAt.getTime() || (a.id < b.id ? -1 : 1))
  for (const m of order) {
    const day: Day = days.get(m.heldOn) ?? { sum: 0, taken: [], pairs: new Map() }
    days.set(m.heldOn, day)
    const pair = day.pairs.get(m.pairingId) ?? { counted: 0, sides: new Map<string, Side>() }
    day.pairs.set(m.pairingId, pair)
    const side = pair.sides.get(m.loggedBy) ?? { taken: [], known: 0, loose: 0 }
    pair.sides.set(m.loggedBy, side)
    const account = noted(side, m) - pair.counted
    const allowed = meetsOther(pair.sides, m) ? Infinity : Math.max(0, account)
    const adds = Math.min(allowed, freshOf(day, m), Math.max(0, hoursADay * 60 - day.sum))
    if (m.startsMinute !== null && adds > 0) day.taken.push([m.startsMinute, m.startsMinute + m.minutes])
    pair.counted += adds
    day.sum += adds
    counted.set(m.id, adds)
  }
  return counted
}

/** Whether the other side of the pair has noted time that this note overlaps. */
const meetsOther = (sides: ReadonlyMap<string, Side>, m: ConfirmedMeeting): boolean =>
  m.startsMinute !== null &&
  [...sides].some(
    ([by, side]) => by !== m.loggedBy && side.taken.some(([from, to]) => from < m.startsMinute! + m.minutes && to > m.startsMinute!),
  )

/** Minutes of a note that nothing of its day covers yet. */
function freshOf(day: Day, m: ConfirmedMeeting): number {
  if (m.startsMinute === null) return Math.max(0, m.minutes - day.sum)
  const fresh = uncovered(m.startsMinute, m.startsMinute + m.minutes, day.taken)
  const known = day.taken.reduce((sum, [from, to], i) => sum + uncovered(from, to, day.taken.slice(0, i)), 0)
  // What counts of notes without a start lies beside this one.
  return Math.min(fresh, Math.max(0, known + fresh - day.sum))
}

/** How many of these meetings were held as far as hours tell: one that both sides noted is one. */
export const heldMeetings = (ids: Iterable<string>, counted: ReadonlyMap<string, number>): number =>
  [...ids].filter((id) => (counted.get(id) ?? 0) > 0).length
