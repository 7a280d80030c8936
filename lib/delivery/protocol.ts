import * as z from 'zod/mini'
import { ResponseValue } from '@/lib/items/model'

/** What phone and server say to each other. One file for both halves; zod/mini because it travels to the phone. */
export const eventKinds = ['open', 'answer', 'flag', 'position', 'focus', 'finish'] as const
export type EventKind = (typeof eventKinds)[number]

const Value = z.union([ResponseValue, z.boolean(), z.int()])

/** One entry of the journal. `at` is milliseconds of the server's clock, as the phone believes it. */
export const JournalEntry = z.object({
  seq: z.int().check(z.minimum(1)),
  kind: z.enum(eventKinds),
  item: z.optional(z.uuid()),
  value: z.optional(Value),
  at: z.number().check(z.minimum(0)),
})
export type JournalEntry = z.infer<typeof JournalEntry>

export const MAX_BATCH = 200

/** Entries are checked one by one, so that a poisoned one does not hold up the rest. */
export const SyncRequest = z.object({
  token: z.string().check(z.maxLength(400)),
  entries: z.array(z.unknown()).check(z.maxLength(MAX_BATCH)),
  position: z.int().check(z.minimum(0), z.maximum(1000)),
})

export const Clock = z.object({
  serverNow: z.number(),
  deadline: z.number(),
  paused: z.boolean(),
  state: z.enum(['open', 'closed']),
})
export type Clock = z.infer<typeof Clock>

export const SyncReply = z.object({
  ack: z.int(),
  active: z.boolean(),
  skipped: z.array(z.int()),
  clock: Clock,
})
export type SyncReply = z.infer<typeof SyncReply>

const Part = z.enum(['1', '2', '3', '4'])
export type Part = z.infer<typeof Part>
const Device = z.string().check(z.regex(/^[\w-]{8,40}$/))
/** Lets a phone speak for one seat: signed, opens nothing else, and outlives the login so that late answers still arrive. */
const Ticket = z.string().check(z.maxLength(200))

export const LoginRequest = z.object({ number: z.string().check(z.maxLength(40)), code: z.string().check(z.maxLength(40)) })
export const DeskRequest = z.object({ tickets: z.array(Ticket).check(z.maxLength(20)) })

/** One part on a participant's desk. `sealedKey` is useless without the release code. */
export const DeskPart = z.object({
  part: Part,
  title: z.string(),
  minutes: z.int(),
  state: z.enum(['ready', 'running', 'done', 'early', 'over', 'missing']),
  deadline: z.nullable(z.number()),
  packet: z.nullable(
    z.object({ sha256: z.string(), bytes: z.int(), items: z.int(), hasMath: z.boolean(), sealedKey: z.nullable(z.string()) }),
  ),
})
export type DeskPart = z.infer<typeof DeskPart>
export const DeskSeat = z.object({
  seatId: z.uuid(),
  /** Null once the sitting and its grace are over: nothing can be opened any more. */
  ticket: z.nullable(Ticket),
  number: z.string(),
  name: z.string(),
  cycleName: z.string(),
  venueName: z.string(),
  roomName: z.nullable(z.string()),
  seatNumber: z.int(),
  practice: z.boolean(),
  simulated: z.boolean(),
  opensAt: z.number(),
  closesAt: z.number(),
  extraSeconds: z.int(),
  releaseSalt: z.nullable(z.string()),
  /** Phones that were declared ready for this seat before. */
  readyDevices: z.int(),
  parts: z.array(DeskPart),
})
export type DeskSeat = z.infer<typeof DeskSeat>
export const Desk = z.object({
  serverNow: z.number(),
  seats: z.array(DeskSeat),
  /** Whose session asked, as a phone names its holder; null without one. Seats that no ticket spoke for are theirs. */
  session: z.optional(z.nullable(z.string())),
})
export type Desk = z.infer<typeof Desk>

export const StartRequest = z.object({
  ticket: Ticket,
  part: Part,
  device: Device,
  takeOver: z.boolean(),
  /** The packet (SHA-256) that this phone has opened, or holds and would open. Phones of an older version do not say. */
  packet: z.optional(z.string().check(z.maxLength(200))),
  /** The moment (server's clock, as the phone believes it) at which this phone began by the release code, without the server. */
  begunAt: z.optional(z.number()),
  /** With it: that this phone has heard the code (`claimProof`). */
  proof: z.optional(z.string().check(z.maxLength(64))),
})
export type StartRequest = z.infer<typeof StartRequest>

/**
 * A journal that no token opens any more: the part is closed, or its start cannot be believed by itself. It is taken in, counted
 * where the rules let it, and else kept for the office.
 */
export const DepositRequest = z.object({ ...StartRequest.shape, entries: z.array(z.unknown()).check(z.maxLength(MAX_BATCH)) })
export type DepositRequest = z.infer<typeof DepositRequest>
/** `waits`: kept for the office, which decides. */
export const DepositReply = z.object({ ack: z.int(), waits: z.boolean() })
export type DepositReply = z.infer<typeof DepositReply>

const Saved = z.object({ item: z.uuid(), value: Value, at: z.number() })

export const StartReply = z.object({
  attemptId: z.uuid(),
  token: z.string(),
  title: z.string(),
  seed: z.int(),
  active: z.boolean(),
  ack: z.int(),
  /** The highest seq that the server holds of this device; above `ack` when something in between never arrived. */
  highest: z.int(),
  clock: Clock,
  saved: z.array(Saved),
  flags: z.array(z.uuid()),
  packet: z.object({ sha256: z.string(), contentKey: z.string() }),
})
export type StartReply = z.infer<typeof StartReply>

/** What the phone found out about itself the day before. */
export const ReadyReport = z.object({
  ticket: Ticket,
  device: Device,
  ready: z.boolean(),
  checks: z.record(z.string().check(z.regex(/^[a-z]{2,20}$/)), z.union([z.boolean(), z.int(), z.string().check(z.maxLength(80))])),
})
export type ReadyReport = z.infer<typeof ReadyReport>

export const Refusal = z.object({ code: z.string(), message: z.string() })
