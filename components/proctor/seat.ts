import type { Live, NewAction, Person, Snapshot } from '@/lib/console/model'

/** What the screens of a watched room share: a person with what is known of them now, and how an action is handed on. */
export type Act = (action: NewAction) => void
export type Seat = Person & Live

/** People with what is known of them now. */
export const seatsOf = (snapshot: Snapshot): Seat[] =>
  snapshot.people.flatMap((p) => (snapshot.live[p.id] ? [{ ...p, ...snapshot.live[p.id]! }] : []))
