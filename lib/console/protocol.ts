import * as z from 'zod/mini'
import { seatStates } from './state'

/** What the proctor's console and the server say to each other. */

const Id = z.uuid()

export const Live = z.object({
  state: z.enum(seatStates),
  /** "Pedagogik: 3 dari 40 terjawab" */
  words: z.string(),
  part: z.nullable(z.string()),
  answered: z.int(),
  items: z.int(),
  /** The last time the phone was heard of, and the time of the newest answer that is on the server; ms. */
  contact: z.nullable(z.number()),
  saved: z.nullable(z.number()),
  /** The person's own end; null when nothing runs, or while a pause moves it. */
  end: z.nullable(z.number()),
  alerts: z.array(z.string()),
  /** What else is worth knowing; never shown in place of an alert. */
  tags: z.array(z.string()),
  attendance: z.enum(['unknown', 'present', 'absent']),
  /** Whether one of the person's phones was found ready; null when none was ever checked. */
  ready: z.nullable(z.boolean()),
  provisional: z.boolean(),
  /** Whether the card was voided and may still be given back. */
  cardVoided: z.boolean(),
  paused: z.boolean(),
  /** Seconds given back by rule. */
  credited: z.int(),
})
export type Live = z.infer<typeof Live>

export const Person = z.object({ id: Id, number: z.string(), name: z.string(), school: z.string(), room: z.nullable(Id), seat: z.int() })
export type Person = z.infer<typeof Person>

export const Counts = z.record(z.enum(seatStates), z.int())
export const ConsoleRoom = z.object({
  id: Id,
  name: z.string(),
  columns: z.int(),
  seats: z.int(),
  ready: z.int(),
  alerts: z.int(),
  paused: z.boolean(),
  counts: Counts,
})
export type ConsoleRoom = z.infer<typeof ConsoleRoom>

export const scopes = ['seat', 'room', 'sitting', 'venue'] as const
export type Scope = (typeof scopes)[number]
export const scopeNames: Record<Scope, string> = { seat: 'peserta', room: 'ruang', sitting: 'sesi', venue: 'seluruh tempat' }

export const RunningPause = z.object({ id: Id, scope: z.enum(scopes), target: Id, words: z.string(), since: z.number() })
export type RunningPause = z.infer<typeof RunningPause>
export const LogLine = z.object({ id: Id, at: z.number(), kind: z.string(), words: z.string(), room: z.nullable(Id) })
export type LogLine = z.infer<typeof LogLine>

export const Head = z.object({
  id: Id,
  kind: z.enum(['room', 'sitting']),
  sittingId: Id,
  title: z.string(),
  sittingName: z.string(),
  venueName: z.string(),
  cycleName: z.string(),
  practice: z.boolean(),
  simulated: z.boolean(),
  opensAt: z.number(),
  closesAt: z.number(),
  /** Whether packets are sealed, and so a release code exists. */
  prepared: z.boolean(),
  /** From when that code can be read. */
  codeFrom: z.number(),
  /** What the one who asks may act on: the whole sitting, and how many sittings now run at the venue (0: only this one, or not hers). */
  reach: z.object({ sitting: z.boolean(), venue: z.int() }),
})

export const Snapshot = z.object({
  version: z.string(),
  /** The moment that this picture shows, and the server's clock when it was sent. */
  at: z.number(),
  serverNow: z.number(),
  head: Head,
  rooms: z.array(ConsoleRoom),
  people: z.array(Person),
  pauses: z.array(RunningPause),
  log: z.array(LogLine),
  live: z.record(z.string(), Live),
})
export type Snapshot = z.infer<typeof Snapshot>

export type Head = z.infer<typeof Head>

/** What a console that knows version `since` gets: only what differs from it. */
export const Delta = z.extend(z.partial(z.omit(Snapshot, { version: true, at: true, serverNow: true, people: true })), {
  version: z.string(),
  at: z.number(),
  serverNow: z.number(),
  since: z.string(),
})
export type Delta = z.infer<typeof Delta>
export const Unchanged = z.object({ unchanged: z.literal(true), version: z.string(), at: z.number(), serverNow: z.number() })
export const ConsoleReply = z.union([Unchanged, Delta, Snapshot])
export type ConsoleReply = z.infer<typeof ConsoleReply>

const stamp = { id: Id, at: z.number().check(z.minimum(0)) }
const where = { scope: z.enum(scopes), target: Id }
const Reason = z.string().check(z.trim(), z.minLength(4, 'Tulis alasannya, sedikitnya empat huruf.'), z.maxLength(300))

/** One thing a proctor did; `id` makes it count once, `at` is when it was done (server's clock, as the console believes it). */
export const ConsoleAction = z.discriminatedUnion('kind', [
  z.object({ ...stamp, ...where, kind: z.literal('pause'), reason: Reason }),
  z.object({ ...stamp, ...where, kind: z.literal('resume') }),
  z.object({ ...stamp, ...where, kind: z.literal('extend'), reason: Reason, minutes: z.int().check(z.minimum(1), z.maximum(180)) }),
  z.object({ ...stamp, kind: z.literal('attendance'), seat: Id, attendance: z.enum(['unknown', 'present', 'absent']) }),
  z.object({ ...stamp, kind: z.literal('release-device'), seat: Id }),
  z.object({ ...stamp, kind: z.literal('card'), seat: Id }),
  z.object({ ...stamp, kind: z.literal('card-back'), seat: Id }),
  z.object({
    ...stamp,
    kind: z.literal('incident'),
    scope: z.enum(['seat', 'room', 'sitting']),
    target: Id,
    about: z.string().check(z.maxLength(20)),
    note: z.string().check(z.trim(), z.minLength(5, 'Tulis apa yang terjadi, sedikitnya lima huruf.'), z.maxLength(500)),
  }),
  z.object({ ...stamp, kind: z.literal('handover'), seat: Id, entries: z.int().check(z.minimum(0), z.maximum(20_000)) }),
])
export type ConsoleAction = z.infer<typeof ConsoleAction>
type Unstamped<A> = A extends unknown ? Omit<A, 'id' | 'at'> : never
/** An action before it has its name and its time. */
export type NewAction = Unstamped<ConsoleAction>

export const MOST_ACTIONS = 100
/** Actions are judged one by one, so that a bad one does not hold up the rest. */
export const ActionsRequest = z.object({ actions: z.array(z.unknown()).check(z.maxLength(MOST_ACTIONS)) })
export const ActionResult = z.object({ id: z.string(), outcome: z.enum(['done', 'refused']), message: z.string() })
export type ActionResult = z.infer<typeof ActionResult>
export const ActionsReply = z.object({ at: z.number(), results: z.array(ActionResult) })
export const CodeReply = z.object({ code: z.string() })
