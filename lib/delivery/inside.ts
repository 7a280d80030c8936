import * as store from './store'

/** Inside the house: what other rooms, the worker and the command line ask of this one. Nothing here asks who acts, so no screen can import it (decision 043). */

export { createDelivery, type Delivery } from './handler'
export type { DeliveryReply, DeliveryRequest } from './request'
export type { OnSettled } from './lane'
export { freeze, freezeDue } from './packet'
export { closeExpired } from './closing'
/** For the proof of a rehearsal, which takes away afterwards what ghosts wrote. */
export { attemptIdsOfSitting, journalOf, removeAttempts, removeSittingTraces, settledAttempts, type StoredEntry } from './ghost-store'
/** For the room that watches a running test, which also gives voided cards back. */
export { graceEnd } from './claim'
export { countGivenBack } from './late-store'
export { progressOfSeats, releaseDevice, type ProgressRow } from './store'
/** The results of these attempts were read or released: from now on late answers wait for the office. */
export { settle as settleAttempts, settleShown } from './late-store'
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
