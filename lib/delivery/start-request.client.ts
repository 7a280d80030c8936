import type { ServerClock } from './clock.client'
import type { PhoneJournal } from './journal.client'
import type { KeptAttempt } from './keep.client'
import type { Part, StartRequest } from './protocol'

/**
 * The start that a phone asks for, now or by another's hands. It names the packet that it opened, because the seats may have been changed
 * since; one that began by the code says when, and shows that it heard it.
 */
export async function startRequest(
  place: { ticket: string; part: Part },
  attempt: KeptAttempt,
  journal: PhoneJournal,
  clock: ServerClock,
): Promise<StartRequest> {
  const asked = { ...place, device: attempt.device, takeOver: false, packet: attempt.sha256 }
  const first = attempt.proof ? (await journal.all())[0] : undefined
  return first ? { ...asked, begunAt: Math.round(clock.correct(first, Infinity)), proof: attempt.proof } : asked
}
