import { seatState, type SeatState } from './state'

/** A test day as its guests may read it: places and figures, nobody's name. Pure. */

/** A place with fewer participants than this is told by its number only: one of three could be somebody. */
export const FEWEST_OF_A_PLACE = 5

/** What is known of one seat of the day. `begun`: parts that were begun; `contact`: when the phone of a running part was last heard of. */
export type DaySeat = {
  sitting: string
  attendance: string
  parts: number
  begun: number
  running: boolean
  contact: Date | null
  /** Entries that lie on the server, and those before a finish entry that have not come. */
  kept: number
  missing: number
}
export type DaySitting = {
  id: string
  name: string
  venue: string
  venueId: string
  regionCode: string
  regionName: string
  opensAt: Date
  closesAt: Date
  simulated: boolean
}
export type DayEvent = { at: Date; kind: 'jaringan' | 'listrik' | 'perangkat' | 'jeda'; until: Date | null; venue: string }

export type DayCounts = Record<Exclude<SeatState, 'absent'>, number> & { seats: number; absent: number; here: number }
export type DayPlace = { id: string; name: string; region: string; opens: string; counts: DayCounts | null; seats: number }
export type DayRegion = { code: string; name: string; seats: number; here: number | null }
export type GuestPage = {
  day: Date
  at: Date
  simulated: boolean
  /** The first opening and the last closing of the day. */
  from: Date | null
  until: Date | null
  total: DayCounts
  kept: number
  missing: number
  places: DayPlace[]
  regions: DayRegion[]
  events: DayEvent[]
  /** What was noted about persons, as a number. */
  others: number
}

const none = (): DayCounts => ({ seats: 0, here: 0, silent: 0, working: 0, between: 0, waiting: 0, finished: 0, absent: 0 })

function countsOf(seats: readonly DaySeat[], now: number): DayCounts {
  const counts = none()
  for (const s of seats) {
    const attempts = Array.from({ length: s.begun }, (_, i) => ({
      open: s.running && i === 0,
      contact: s.contact && +s.contact,
      devices: 1,
      left: 0,
      rejected: 0,
      overdue: 0,
      missing: s.missing,
    }))
    counts[seatState(attempts, s.attendance, s.parts, now)]++
    counts.seats++
    if (s.begun > 0 || s.attendance === 'present') counts.here++
  }
  return counts
}

const byName = <T extends { name: string }>(a: T, b: T) => a.name.localeCompare(b.name, 'id')

/** Everything that the guests of a day read. `clock` writes an opening. */
export function guestPage(
  day: Date,
  sittings: readonly DaySitting[],
  seats: readonly DaySeat[],
  events: readonly DayEvent[],
  others: number,
  now: Date,
  clock: (at: Date) => string,
): GuestPage {
  const venueOf = new Map(sittings.map((s) => [s.id, s.venueId]))
  const regionOf = new Map(sittings.map((s) => [s.id, s.regionCode]))
  const group = (of: ReadonlyMap<string, string>) => {
    const groups = new Map<string, DaySeat[]>()
    for (const s of seats) {
      const key = of.get(s.sitting)!
      const mine = groups.get(key)
      if (mine) mine.push(s)
      else groups.set(key, [s])
    }
    return groups
  }
  const [atVenue, inRegion] = [group(venueOf), group(regionOf)]
  const told = (some: readonly DaySeat[]) => (some.length < FEWEST_OF_A_PLACE ? null : countsOf(some, +now))
  const venues = [...new Map(sittings.map((s) => [s.venueId, s])).values()]
  const regions = [...new Map(sittings.map((s) => [s.regionCode, s])).values()]
  return {
    day,
    at: now,
    simulated: sittings.some((s) => s.simulated),
    from: sittings.length ? new Date(Math.min(...sittings.map((s) => +s.opensAt))) : null,
    until: sittings.length ? new Date(Math.max(...sittings.map((s) => +s.closesAt))) : null,
    total: countsOf(seats, +now),
    kept: seats.reduce((n, s) => n + s.kept, 0),
    missing: seats.reduce((n, s) => n + s.missing, 0),
    places: venues
      .map((v) => {
        const mine = atVenue.get(v.venueId) ?? []
        const opens = [...new Set(sittings.filter((s) => s.venueId === v.venueId).map((s) => clock(s.opensAt)))].sort()
        return { id: v.venueId, name: v.venue, region: v.regionName, opens: opens.join(', '), counts: told(mine), seats: mine.length }
      })
      .sort(byName),
    regions: regions
      .map((r) => {
        const mine = inRegion.get(r.regionCode) ?? []
        return { code: r.regionCode, name: r.regionName, seats: mine.length, here: told(mine)?.here ?? null }
      })
      .sort(byName),
    events: [...events].sort((a, b) => +b.at - +a.at),
    others,
  }
}
