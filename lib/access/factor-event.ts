import { inTransaction, type Transaction } from '@/lib/platform/db'
import { refuse, type Result } from '@/lib/platform/result'
import { isFresh } from './factor-rule'
import { confirmationOf, lockAccount, type Account } from './factor-store'
import { type Actor } from './model'
import { nameInAudit } from './model'
import { denied } from './permissions'
import { forgetSessionsOf } from './session-cache'
import type { EndReason } from './session-model'
import { endSessionsOf } from './session-service'
import { addAudit, addLine } from './store'

/** Somebody with an account, in one session of it; the session may still wait for its second factor. */
export type Present = Actor & { sessionId: string }

/** The account that acts on itself, for which no permission is needed; throws `Forbidden` for a participant who came with a card. */
export function ownAccount(actor: Actor): string {
  if (!actor.userId) throw denied(actor, 'account')
  return actor.userId
}

/** An actor, or nobody that is known. */
export type Who = Actor | { userId: null; name: string }
const nameOf = (by: Who): string => ('grants' in by ? nameInAudit(by) : by.name)

const eventLine = (by: Who, event: string, userId: string, detail: object | null) => ({
  actorId: by.userId,
  actorName: nameOf(by),
  action: event,
  object: `user:${userId}`,
  ...(detail ? { detail } : {}),
})

/** Writes down what happened to a password or a factor of an account, in the transaction in which it happened. */
export const recordEvent = (by: Who, event: string, userId: string, detail: object | null, now: Date, tx: Transaction): Promise<void> =>
  addAudit(eventLine(by, event, userId, detail), now, tx)

/** Writes down a try that changed nothing. */
export const recordTry = (by: Who, event: string, userId: string, detail: object | null, now: Date): Promise<void> =>
  addLine(eventLine(by, event, userId, detail), now)

/** Null when the person proved a few minutes ago who it is; otherwise the refusal that asks for it. */
export async function staleness(actor: Present, now: Date): Promise<Result<never> | null> {
  const last = await confirmationOf(actor.sessionId, ownAccount(actor))
  if (isFresh(last?.at ?? null, now)) return null
  return refuse('confirm', 'Belum ada yang berubah. Buktikan dulu sekali lagi bahwa ini Anda, lalu ulangi.')
}

/**
 * One change of what an account proves itself with: only for somebody who has just proven who it is, with the account held, and
 * every other session of it ended when `work` went well. Without a reason none ends: what was begun only has changed nothing yet.
 */
export async function changeOwn<T>(
  actor: Present,
  reason: EndReason | null,
  now: Date,
  work: (account: Account, tx: Transaction) => Promise<Result<T>>,
): Promise<Result<T>> {
  const userId = ownAccount(actor)
  const stale = await staleness(actor, now)
  if (stale) return stale
  const result = await inTransaction(async (tx) => {
    const account = await lockAccount(tx, userId)
    if (!account?.active) throw denied(actor, 'account')
    const done = await work(account, tx)
    if (done.ok && reason) await endSessionsOf(userId, reason, actor.sessionId, { by: actor, now, tx })
    return done
  })
  forgetSessionsOf(userId)
  return result
}
