import { attemptFacts, closeFinished, type AttemptFacts } from './answer-store'
import { allOrRowByRow, logged, rowByRow, type Tell } from '@/lib/platform/rows'
import { deadlineOf } from './deadline'
import { settle } from './late-store'

import * as store from './store'

export { createDelivery, type Delivery, type DeliveryReply, type DeliveryRequest } from './handler'
export { dueParts, type DuePart } from './desk'
export { freeze, freezeDue } from './packet'
export { preparation, prepareSitting, type Preparation } from './preparation'
export { askEarlyCode, earlyCodeView, grantEarlyCode, spokenCode } from './spoken-code'
export { consoleOf } from './console'
export { roomMinutes, type RoomMinutes } from './minutes'
export { runActions } from './proctor'
export { rehearsal, rehearsalOutlook, rehearsals, rehearseInBackground } from './rehearsal-service'
export { rehearsalWords } from './rehearsal-words'
export type { OnSettled } from './lane'

/** Minutes that a phone has to hand in by itself after the end before the server closes the attempt for it. */
const GRACE_MS = 3 * 60_000

/**
 * Closes attempts whose finish entry is here and whose time and grace are over, each by itself. Returns how many. Run by the job clock.
 * They are scored by `scoreWaiting` a little later, when every statement that began before the close has ended.
 */
export async function closeExpired(now: Date, tell: Tell = logged): Promise<number> {
  const ids = await store.overdueAttemptIds(new Date(now.getTime() - GRACE_MS))
  if (ids.length === 0) return 0
  const finished = await store.finishedDevices(ids)
  const handedIn = await allOrRowByRow(
    finished,
    (phones) => closeFinished(phones, now),
    (p) => `attempt:${p.attemptId}`,
    tell,
  )
  const over = (facts: AttemptFacts) => {
    const { deadline, paused } = deadlineOf(facts, now)
    return !paused && now.getTime() >= deadline.getTime() + GRACE_MS ? deadline : null
  }
  const timedOut = await rowByRow(
    await allOrRowByRow(ids, attemptFacts, (id) => `attempt:${id}`, tell),
    async (facts) => {
      const deadline = facts.state === 'open' ? over(facts) : null
      return deadline !== null && store.closeAttempt(facts.id, 'timeout', deadline, now)
    },
    (facts) => `attempt:${facts.id}`,
    tell,
  )
  return handedIn.length + timedOut.filter(Boolean).length
}

/** The results of these attempts were read or released: from now on late answers wait for the office. */
export const settleAttempts = settle
export { settleShown } from './late-store'
export { decideClaim, decideHeld } from './admit'
export { heldAnswers, waitingAnswers, waitingByCycle, waitingClaims, type WaitingClaim } from './late-store'
export const attempt = store.attemptById
export const markScored = store.markScored
export const unscoredAttemptIds = store.unscoredAttemptIds
/** Something other than an answer changed what these attempts are worth: the job clock scores them again. */
export const awaitScores = store.markUnscored
export const attemptsByIds = store.attemptsByIds
export const responsesOf = store.savedResponses
export const responsesOfMany = store.responsesOfMany
export const attemptsOfSeats = store.attemptsOfSeats
