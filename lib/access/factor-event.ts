import type { Transaction } from '@/lib/platform/db'
import { refuse, type Result } from '@/lib/platform/result'
import { isFresh } from './factor-rule'
import { confirmationOf } from './factor-store'
import { Forbidden, type Actor } from './model'
import { addAudit } from './store'

/** Somebody with an account, in one session of it. */
export type Present = Actor & { sessionId: string }

/** The account that acts on itself; throws `Forbidden` for a participant who came with a card and has none. */
export function ownAccount(actor: Present): string {
  if (!actor.userId) throw new Forbidden('account')
  return actor.userId
}

/** Writes down what happened to a password or a factor. */
export const recordEvent = (
  actor: { userId: string | null; name: string },
  event: string,
  userId: string,
  detail: object | null,
  now: Date,
  tx?: Transaction,
) =>
  addAudit(
    { actorId: actor.userId, actorName: actor.name, action: event, object: `user:${userId}`, ...(detail ? { detail } : {}) },
    now,
    tx,
  )

/** Null when the person proved a few minutes ago who it is; otherwise the refusal that asks for it. */
export async function staleness(actor: Present, now: Date): Promise<Result<never> | null> {
  const last = await confirmationOf(actor.sessionId, ownAccount(actor))
  if (isFresh(last?.at ?? null, now)) return null
  return refuse('confirm', 'Belum ada yang berubah. Buktikan dulu sekali lagi bahwa ini Anda, lalu ulangi.')
}
