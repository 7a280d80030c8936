import { inTransaction, type Transaction } from '@/lib/platform/db'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { isFresh } from './factor-rule'
import { confirmationOf, recordConfirmation } from './factor-store'
import { nameInAudit, type Actor, type Grant } from './model'
import { policyInForce } from './policy-service'
import { forgetSession, forgetSessionsOf, knownSession } from './session-cache'
import { idOf, newSecret, secretIn, tokenWith } from './session-cookie'
import { endOf, overBecause } from './session-life'
import { deviceWords, type EndReason, type Factor, type Pending, type SessionClaim, type Visit } from './session-model'
import * as rows from './session-store'
import { asksByItself } from './origin'
import { addAudit } from './store'

/** What the browser is given: the cookie's value, the secret in it, and how long it may keep it (seconds). */
export type OpenedSession = { token: string; secret: string; maxAge: number; id: string; subjectId: string }

const seconds = (from: Date, to: Date): number => Math.max(0, Math.round((to.getTime() - from.getTime()) / 1000))

/** Begins a session after a login. With `pending` it opens nothing until the second factor was shown. */
export async function beginSession(
  claim: SessionClaim,
  visit: Visit,
  { pending = null, factor = null, replaces = null }: { pending?: Pending | null; factor?: Factor | null; replaces?: string | null } = {},
  now = new Date(),
): Promise<OpenedSession> {
  const secret = newSecret()
  const id = idOf(secret)
  const expiresAt = endOf(claim, pending, await policyInForce(), now)
  await inTransaction(async (tx) => {
    if (replaces) await rows.endSession(replaces, 'replaced', now, tx)
    await rows.addSession(
      {
        id,
        kind: claim.kind,
        subjectId: claim.id,
        version: claim.version,
        name: claim.kind === 'seat' ? claim.name : null,
        teacherId: claim.teacherId ?? null,
        createdAt: now,
        expiresAt,
        userAgent: visit.userAgent?.slice(0, 300) ?? null,
        address: visit.address,
        pending,
        factor,
      },
      tx,
    )
    const detail = { address: visit.address, device: deviceWords(visit.userAgent), ...(pending ? { pending } : {}) }
    await addAudit(
      {
        actorId: claim.id,
        actorName: claim.kind === 'seat' ? 'Guru' : claim.name,
        action: 'login',
        object: `${claim.kind}:${claim.id}`,
        detail,
      },
      now,
      tx,
    )
  })
  if (replaces) forgetSession(replaces)
  return { token: await tokenWith(secret), secret, maxAge: seconds(now, expiresAt), id, subjectId: claim.id }
}

export type LiveSession = rows.SessionWithAccount & { holder: string }
const TOUCH_MS = 60_000

/** The session that a cookie's value opens, if it holds now; one that has run out is ended on the way. */
export async function sessionOf(token: string | undefined, now = new Date()): Promise<LiveSession | null> {
  const secret = token ? await secretIn(token) : null
  if (!secret) return null
  const id = idOf(secret)
  const session = await knownSession(id, now)
  if (!session || session.endedAt) return null
  const holder = session.account?.name ?? session.name ?? ''
  const over = overBecause(session, await policyInForce(), now)
  if (over) {
    await closeOne(session, over, now)
    return null
  }
  if (!asksByItself() && now.getTime() - session.lastSeenAt.getTime() >= TOUCH_MS) {
    session.lastSeenAt = now
    await rows.touchSession(id, now)
  }
  return { ...session, holder }
}

type Ending = Pick<rows.SessionRow, 'id' | 'kind' | 'subjectId'> & { account: { name: string; grants: Grant[] } | null }

const nameOf = (s: Ending): string =>
  s.account ? nameInAudit({ userId: s.subjectId, seatId: null, teacherId: null, ...s.account }) : 'Guru'

async function closeOne(session: Ending, reason: EndReason, now: Date): Promise<void> {
  await inTransaction(async (tx) => {
    if (!(await rows.endSession(session.id, reason, now, tx))) return
    const action = reason === 'logout' ? 'logout' : 'session:end'
    const object = `${session.kind}:${session.subjectId}`
    await addAudit({ actorId: session.subjectId, actorName: nameOf(session), action, object, count: 1, detail: { reason } }, now, tx)
  })
  forgetSession(session.id)
}

/** Ends the session of a cookie's value; one that does not hold any more is left as it is. */
export async function endSessionOf(token: string | undefined, reason: EndReason, now = new Date()): Promise<void> {
  const session = await sessionOf(token, now)
  if (session) await closeOne(session, reason, now)
}

async function endAll(
  kind: 'user' | 'seat',
  subjectId: string,
  reason: EndReason,
  { except = null, by, now = new Date(), tx }: { except?: string | null; by?: Actor | undefined; now?: Date; tx?: Transaction | undefined },
): Promise<number> {
  const end = async (t: Transaction) => {
    const ended = await rows.endSessions(kind, subjectId, reason, except, now, t)
    if (ended.length)
      await addAudit(
        {
          actorId: by ? (by.userId ?? by.seatId) : subjectId,
          actorName: by ? nameInAudit(by) : 'Petaguru',
          action: 'session:end',
          object: `${kind}:${subjectId}`,
          count: ended.length,
          detail: { reason },
        },
        now,
        t,
      )
    return ended.length
  }
  const count = tx ? await end(tx) : await inTransaction(end)
  forgetSessionsOf(subjectId)
  return count
}

/**
 * Ends every session of an account at once, but for one; tells how many. Other processes hear of it within three seconds.
 * Inside a transaction of the caller, call `forgetSessionsOf` again after it was committed.
 */
export const endSessionsOf = (
  userId: string,
  reason: EndReason,
  exceptSessionId: string | null = null,
  more: { by?: Actor; now?: Date; tx?: Transaction } = {},
): Promise<number> => endAll('user', userId, reason, { except: exceptSessionId, ...more })

/** Ends every session of a card at once; tells how many. */
export const endSeatSessions = (seatId: string, reason: EndReason = 'card', more: { by?: Actor; now?: Date } = {}): Promise<number> =>
  endAll('seat', seatId, reason, more)

/** Whether anybody ever logged in with this version of a seat's card. */
export const seatSeenWith = (seatId: string, version: number, tx: Transaction): Promise<boolean> => rows.seatSeenWith(seatId, version, tx)

/**
 * A login that waited for its second factor is complete: the session gets a new secret, so that what was known before opens nothing.
 * Null when it does not wait any more (over after ten minutes, ended, completed before).
 */
export async function completeSession(sessionId: string, factor: Factor | null, now = new Date()): Promise<OpenedSession | null> {
  const secret = newSecret()
  const id = idOf(secret)
  const expiresAt = endOf({ kind: 'user' }, null, await policyInForce(), now)
  const subjectId = await inTransaction(async (tx) => {
    const session = await rows.completeSession(sessionId, { id, factor, expiresAt, at: now }, tx)
    if (!session) return null
    // The factor was shown a moment ago, to the session of this login that waited: nobody is asked for it again at once.
    if (factor) await recordConfirmation(id, session.subjectId, factor, now)
    const object = `user:${session.subjectId}`
    await addAudit({ actorId: session.subjectId, actorName: 'Petaguru', action: 'login:factor', object, detail: { factor } }, now, tx)
    return session.subjectId
  })
  forgetSession(sessionId)
  return subjectId ? { token: await tokenWith(secret), secret, maxAge: seconds(now, expiresAt), id, subjectId } : null
}

/** Whose sessions an actor may see and end: the account's own, or those of the card. */
const own = (actor: Actor): { kind: 'user' | 'seat'; id: string } | null =>
  actor.userId ? { kind: 'user', id: actor.userId } : actor.seatId ? { kind: 'seat', id: actor.seatId } : null

export type OwnSession = { id: string; device: string; address: string; since: Date; lastSeen: Date; current: boolean }

/** Sessions of an account or a card that hold now, the present one first. */
export async function sessionsOf(kind: 'user' | 'seat', id: string, present: string | null, now: Date): Promise<OwnSession[]> {
  const [policy, open] = await Promise.all([policyInForce(), rows.openSessionsOf(kind, id)])
  return open
    .filter((s) => overBecause({ ...s, account: { active: true, version: s.version } }, policy, now) === null)
    .map((s) => ({
      id: s.id,
      device: deviceWords(s.userAgent),
      address: s.address,
      since: s.createdAt,
      lastSeen: s.lastSeenAt,
      current: s.id === present,
    }))
    .sort((a, b) => Number(b.current) - Number(a.current))
}

/** The sessions of this actor. Nobody sees another's here, so no permission is asked. */
export async function ownSessions(actor: Actor & { sessionId?: string | null }, now = new Date()): Promise<OwnSession[]> {
  const mine = own(actor)
  return mine ? sessionsOf(mine.kind, mine.id, actor.sessionId ?? null, now) : []
}

/** Ends one session of somebody else's account, for `by`, whose permission was asked; 0 when it does not hold any more. */
export async function endSessionOfAnother(userId: string, sessionId: string, by: Actor, now: Date): Promise<number> {
  const session = (await rows.openSessionsOf('user', userId)).find((s) => s.id === sessionId)
  if (!session) return 0
  const ended = await inTransaction(async (tx) => {
    if (!(await rows.endSession(sessionId, 'office', now, tx))) return 0
    const who = { actorId: by.userId, actorName: nameInAudit(by) }
    await addAudit({ ...who, action: 'session:end', object: `user:${userId}`, count: 1, detail: { reason: 'office' } }, now, tx)
    return 1
  })
  forgetSession(sessionId)
  return ended
}

/**
 * Whoever ends sessions of an account has just proven who it is, so that an unlocked machine that was left for a moment throws nobody out; a
 * participant's card has nothing more to prove than that it was entered.
 */
async function unproven(actor: Actor & { sessionId?: string | null }, now: Date): Promise<Result<never> | null> {
  const mine = own(actor)
  if (mine?.kind !== 'user') return null
  const last = actor.sessionId ? await confirmationOf(actor.sessionId, mine.id) : null
  return isFresh(last?.at ?? null, now)
    ? null
    : refuse(
        'confirm',
        'Belum ada sesi yang berakhir. Buka Keamanan akun, buktikan sekali lagi bahwa ini Anda, lalu ulangi di sini. Untuk keluar dari perangkat ini saja, pakai Keluar.',
      )
}

/** Ends one of the actor's own sessions; ending it twice answers alike. Refused until an account's holder has just proven who it is. */
export async function endOwnSession(actor: Actor & { sessionId?: string | null }, id: string, now = new Date()): Promise<Result<null>> {
  const stale = await unproven(actor, now)
  if (stale) return stale
  const mine = own(actor)
  const session = mine && (await rows.openSessionsOf(mine.kind, mine.id)).find((s) => s.id === id)
  if (!session) return refuse('missing', 'Sesi itu sudah berakhir. Muat ulang halaman untuk melihat daftar yang terbaru.')
  await closeOne({ ...session, account: { name: actor.name, grants: actor.grants } }, 'elsewhere', now)
  return ok(null)
}

/** Ends every session of the actor, this one included; tells how many. Refused like ending one. */
export async function endAllOwnSessions(actor: Actor & { sessionId?: string | null }, now = new Date()): Promise<Result<number>> {
  const mine = own(actor)
  return (await unproven(actor, now)) ?? ok(mine ? await endAll(mine.kind, mine.id, 'everywhere', { by: actor, now }) : 0)
}
