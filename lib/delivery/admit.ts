import { uuidv7 } from 'uuidv7'
import { inTransaction } from '@/lib/platform/db'
import { keepOpenedForm, seatsByIds } from '@/lib/sittings/inside'
import { appendBatches, attemptFacts, closeFinished } from './answer-store'
import { deadlineOf } from './deadline'
import { partsOf } from './desk'
import { Facts } from './facts'
import { judge } from './judge'
import * as late from './late-store'
import { seedOf } from './order'
import { formOfPacket } from './packet-store'
import { openAttempts } from './start-store'
import { sealedAt } from './start'
import * as store from './store'

/** What the office decides about answers and starts that came too late to count by themselves. */

/** Takes held answers of a closed attempt in, or leaves them aside; how many they were, 0 when none waited any more. */
export const decideHeld = (attemptId: string, by: string, accepted: boolean, reason: string, now: Date): Promise<number> =>
  inTransaction(async (tx) => ((await late.lockClosed(tx, attemptId)) ? late.decideAnswers(tx, attemptId, by, accepted, reason, now) : 0))

/** Why an accepted start cannot be carried out: its packet is none of ours, or the part was answered in, or is being written, on another form. */
export type Obstacle = 'packet' | 'form' | 'running'

/**
 * Decides a doubtful start. Accepted, it becomes the attempt that it says it was, on the form that its phone opened, judged entry by
 * entry like any other, and closed; where another phone has opened the part meanwhile on the same form its answers join that one, and
 * where that one is another form in which nobody answered, the part becomes this phone's. Returns the attempt, or null when somebody
 * has decided already, or no form lies at the seat, or the seat is gone. With an obstacle nothing may stay of it: the caller's transaction ends in a refusal.
 * Safe to repeat: every step finds what the one before has left.
 */
export async function decideClaim(
  claimId: string,
  by: string,
  accepted: boolean,
  reason: string,
  now: Date,
): Promise<{ attemptId: string | null } | Obstacle | null> {
  const claim = await inTransaction(async (tx) => {
    const found = await late.takeClaim(tx, claimId, by, accepted, reason)
    if (found && !accepted) await late.closeClaim(tx, claimId, now)
    return found
  })
  if (!claim) return null
  if (!accepted) return { attemptId: null }
  const [seat] = await seatsByIds([claim.seatId])
  const minutes = seat && (await partsOf(seat.cycleId)).find((p) => p.competencyCode === claim.part)?.minutes
  if (!seat || !minutes) return null
  const { part, device, begunAt: startedAt, packet } = claim
  const formId = packet === null ? (await sealedAt(seat, part, now))?.formId : await formOfPacket(packet, part, seat.subjectId)
  if (!formId) return packet === null ? null : 'packet'
  const fresh = { id: uuidv7(), seed: seedOf(seat.id, part), durationSeconds: minutes * 60, startedAt, formId }
  await openAttempts([{ ...fresh, seatId: seat.id, part, device, userAgent: null, provisional: true, now }])
  const standing = await store.attemptOf(seat.id, part)
  if (!standing) return null
  if (packet !== null && standing.formId !== formId) {
    const [facts] = await attemptFacts([standing.id])
    if (standing.state === 'open' && now < deadlineOf(facts!, now).deadline) return 'running'
    if (!(await store.takeOverUnanswered(standing.id, { formId, device, startedAt }))) return 'form'
  }
  if (packet !== null) await keepOpenedForm({ seatId: seat.id, part, formId }, now)
  const attempt = (await store.attemptOf(seat.id, part))!
  await admitEntries(attempt.id, device, await late.claimEntries(claimId), now)
  await closeFinished([{ attemptId: attempt.id, device }], now)
  const [facts] = await attemptFacts([attempt.id])
  if (facts!.state === 'open' && attempt.provisional) await store.closeAttempt(attempt.id, 'timeout', deadlineOf(facts!, now).deadline, now)
  await inTransaction(async (tx) => {
    // Answers for a result that was read or released are held even so; this decision is theirs too.
    if (await late.lockClosed(tx, attempt.id)) await late.decideAnswers(tx, attempt.id, by, true, reason, now)
    await late.closeClaim(tx, claimId, now)
  })
  return { attemptId: attempt.id }
}

/** Writes a kept journal into an attempt as if it had come in time. */
async function admitEntries(attemptId: string, device: string, raw: unknown[], now: Date): Promise<void> {
  const facts = new Facts()
  await facts.load([attemptId], now.getTime(), true)
  const kept = facts.of(attemptId)!
  const { earliest, items, gives } = kept
  const { entries } = judge(raw, {
    earliest,
    deadline: facts.end(kept, now.getTime()),
    now: now.getTime(),
    items,
    gives,
    room: kept.budget,
  })
  if (entries.length) await appendBatches([{ attemptId, device, entries }], now.getTime())
}
