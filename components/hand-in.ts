import { handInLocked } from '@/lib/delivery/handin.client'
import { postMeetings, sendLockedOutboxes } from '@/lib/tutoring/meetings.client'

/** Hands in what others left on this phone; nothing of it is shown. */
export async function handInOthers(teacherId: string | null): Promise<void> {
  await handInLocked().catch(() => undefined)
  await sendLockedOutboxes(localStorage, teacherId, postMeetings).catch(() => undefined)
}
