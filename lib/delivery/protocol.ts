import * as z from 'zod/mini'

/**
 * What phone and server say to each other. One file for both halves; zod/mini because it travels to the phone.
 * The release code and the sealed packet (delivery design, steps 1 and 2) will add a `packet` reference to StartReply
 * and a `provisional` flag to StartRequest; the journal and its acknowledgement stay as they are.
 */
export const eventKinds = ['open', 'answer', 'flag', 'position', 'focus', 'finish'] as const
export type EventKind = (typeof eventKinds)[number]

const Value = z.union([
  z.null(),
  z.string().check(z.maxLength(8)),
  z.int().check(z.minimum(1), z.maximum(9)),
  z.array(z.string().check(z.maxLength(8))).check(z.maxLength(12)),
  z.record(z.string().check(z.maxLength(8)), z.boolean()),
])

/** One entry of the journal. `at` is milliseconds of the server's clock, as the phone believes it. */
export const JournalEntry = z.object({
  seq: z.int().check(z.minimum(1)),
  kind: z.enum(eventKinds),
  item: z.optional(z.uuid()),
  value: z.optional(z.union([Value, z.boolean(), z.int()])),
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

export const StartRequest = z.object({
  seatId: z.uuid(),
  part: z.enum(['1', '2', '3', '4']),
  device: z.string().check(z.minLength(8), z.maxLength(40)),
  takeOver: z.boolean(),
})

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
  packet: z.unknown(),
})
export type StartReply = z.infer<typeof StartReply>

export const Refusal = z.object({ code: z.string(), message: z.string() })
