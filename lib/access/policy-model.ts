import { z } from 'zod'

const whole = (least: number, most: number) => z.coerce.number().int().min(least).max(most)

/**
 * Limits of time and trust that an installation sets for itself, with what is shipped. Numbers carry their unit in their name.
 * What is not set explicitly follows the shipped value, so that a new limit needs no migration.
 */
export const Policy = z.object({
  /** After a sitting's end, answers made in time but arriving late count by themselves for so long. */
  graceHours: whole(0, 24 * 14).default(72),
  /** The spoken release code can be read so long before the opening. */
  releaseCodeMinutes: whole(0, 240).default(30),
  /** A login ends after so long, whatever is done with it. */
  sessionHours: whole(1, 24).default(12),
  /** A login of an account that is not used for so long ends. */
  idleMinutes: whole(5, 12 * 60).default(60),
  /** A participant's card can be used for so long after the end of its sitting. */
  cardDays: whole(0, 365).default(7),
  /** Whether accounts that see names must have a second factor. Null: yes, unless the installation is a demonstration. */
  secondFactor: z.enum(['required', 'optional']).nullable().default(null),
  /** Hours of tutoring that count on one day at most. */
  meetingHoursADay: whole(1, 12).default(4),
  /** Points that a link's standard error may reach before its gate closes, and before no single person's change is told. */
  linkErrorUpTo: whole(2, 40).default(8),
  /** Days that kinds of data are kept; the retention job deletes what is older. */
  keepDays: z
    .object({
      audit: whole(365, 3650).default(1825),
      journal: whole(180, 3650).default(730),
      sessions: whole(1, 365).default(30),
      documents: whole(1, 90).default(7),
      requests: whole(365, 3650).default(1825),
      phones: whole(30, 3650).default(180),
      imports: whole(7, 3650).default(180),
      photos: whole(30, 3650).default(365),
    })
    .prefault({}),
})
export type Policy = z.infer<typeof Policy>

/** What is in force where nobody has set anything. */
export const shippedPolicy: Policy = Policy.parse({})
