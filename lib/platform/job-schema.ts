import { z } from 'zod'
import type { TaskName } from './job-model'

/** What each kind of ordered work is asked with and what it answers: parsed where it is queued, where it is taken and where it ends. */

const id = z.uuid()

const payloads = {
  'roster-preview': z.strictObject({ batchId: id }),
  'link-scale': z.strictObject({ linkId: id }),
  'score-run': z.strictObject({ runId: id }),
  'rescore-raw': z.strictObject({ instrumentId: id }),
  'propose-plans': z.strictObject({}),
  calibrate: z.strictObject({ calibrationId: id }),
  'assemble-forms': z.strictObject({ assemblyId: id }),
  'make-snapshot': z.strictObject({ snapshotId: id }),
  'match-tutors': z.strictObject({ runId: id }),
  rehearse: z.strictObject({
    rehearsalId: id,
    participants: z.int().min(100).max(10_000),
    minutes: z.number().min(1).max(120),
    word: z.string().max(40).default(''),
  }),
} satisfies Record<TaskName, z.ZodType>

/** How work ended, in words for whoever ordered it. Failed: it came to an end of its own that is none, and trying again would not help. */
const End = z.strictObject({ state: z.enum(['done', 'failed']), words: z.string().min(1).max(500) })
const counted = z.int().min(0)

const results = {
  'roster-preview': End,
  'link-scale': End,
  'score-run': End,
  'rescore-raw': End.extend({ marked: counted }),
  'propose-plans': End.extend({ plans: counted }),
  calibrate: End,
  'assemble-forms': End,
  'make-snapshot': End,
  'match-tutors': End.extend({ learners: counted, matched: counted }),
  rehearse: End,
} satisfies Record<TaskName, z.ZodType<z.infer<typeof End>>>

export type Payload<T extends TaskName> = z.infer<(typeof payloads)[T]>
export type JobResult<T extends TaskName> = z.infer<(typeof results)[T]>

/** What an order is asked with, as its kind wants it; throws where it is anything else. */
export const payloadOf = <T extends TaskName>(task: T, given: unknown): Payload<T> => payloads[task].parse(given) as Payload<T>
/** Whether a payload that was kept is still understood. */
export const understood = (task: TaskName, given: unknown): boolean => payloads[task].safeParse(given).success
/** How an order ended, as its kind answers; throws where it is anything else. */
export const resultOf = <T extends TaskName>(task: T, given: unknown): JobResult<T> => results[task].parse(given) as JobResult<T>

/** A turn of the clock is asked with nothing but what the timetable adds, and answers how much it did. */
export const StandingPayload = z.strictObject({ _cron: z.record(z.string(), z.unknown()).optional() })
export const StandingResult = counted
