import { z } from 'zod'

/** Words and shapes of Sakai Sambaian, the peer tutors. */

export const pairStates = {
  proposed: 'Menunggu persetujuan',
  active: 'Berjalan',
  declined: 'Tidak dilanjutkan',
  ended: 'Selesai',
} as const
export type PairState = keyof typeof pairStates

export const bandNames = {
  sekolah: 'sekolah yang sama',
  kabupaten: 'kabupaten/kota yang sama',
  tetangga: 'kabupaten/kota tetangga',
  jauh: 'lebih jauh, lewat daring',
} as const
export type Band = keyof typeof bandNames

/** Without a meeting for this long a pair is shown to BGTK as quiet. */
export const QUIET_DAYS = 21

export const MeetingLog = z.object({
  id: z.uuid(),
  pairingId: z.uuid(),
  heldOn: z.iso.date(),
  /** Minutes after midnight WIB; notes written before it was asked have none. */
  startsMinute: z.number().int().min(0).max(1439).nullable().default(null),
  minutes: z.number().int().min(5).max(600),
  topic: z.string().trim().min(3).max(160),
  note: z.string().trim().max(1_000),
  writtenAt: z.number().int().positive(),
  /** Raised by every change of the note. */
  revision: z.number().int().min(1).max(1_000).default(1),
})
export type MeetingLog = z.infer<typeof MeetingLog>

/** The partner's answer to one revision of a note; `id` is the answer's own. */
export const MeetingAnswer = z.object({
  id: z.uuid(),
  meetingId: z.uuid(),
  revision: z.number().int().min(1),
  answer: z.enum(['yes', 'no']),
  writtenAt: z.number().int().positive(),
})
export type MeetingAnswer = z.infer<typeof MeetingAnswer>

/** Its writer takes a note back; `id` is the withdrawal's own, `revision` the one that was seen. */
export const MeetingWithdrawal = z.object({
  id: z.uuid(),
  meetingId: z.uuid(),
  revision: z.number().int().min(1),
  writtenAt: z.number().int().positive(),
})
export type MeetingWithdrawal = z.infer<typeof MeetingWithdrawal>
export const MeetingPost = z.object({
  /** Whose outbox this is, and the ticket that hands in its notes when somebody else is logged in. */
  owner: z.uuid().optional(),
  ticket: z.string().max(200).optional(),
  /** Judged one by one, so that a note that cannot be read holds up no other. */
  logs: z.array(z.unknown()).max(100).default([]),
  answers: z.array(z.unknown()).max(100).default([]),
  withdrawals: z.array(z.unknown()).max(100).default([]),
})

/** What the server says of each note, answer and withdrawal: kept for good, or refused with words. */
export const MeetingReply = z.object({ kept: z.array(z.string()), refused: z.array(z.object({ id: z.string(), message: z.string() })) })
export type MeetingReply = z.infer<typeof MeetingReply>

export type MatchSummary = {
  tutors: number
  learners: number
  matched: number
  meanKm: number
  sameSchool: number
  sameRegion: number
  seconds: number
  unmatched: Record<string, number>
  gaps: { regionCode: string; subject: string; learners: number; remote: { regionCode: string; km: number } | null }[]
  served: { regionCode: string; learners: number; matched: number }[]
  firstCome: { matched: number; meanKm: number; sameRegion: number; worstServed: number }
  worstServed: number
  problems: string[]
  /** Where the lot decided among equals; left out where no lot was asked for. */
  lot?: { groups: number; served: number; waiting: number }
}
