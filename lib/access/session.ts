import { cache } from 'react'
import { cookies, headers } from 'next/headers'
import { forbidden, redirect } from 'next/navigation'
import { ADDRESS_HEADER, stampedAddress } from '@/lib/platform/client-address'
import { DEVICE_SECONDS, markAfterLogin } from './device'
import { factorRequired } from './factor-policy'
import { Forbidden, type Actor } from './model'
import type { Arrival } from './next-auth'
import { denied, may, type Action } from './permissions'
import { cookieIn, cookieLine, cookieName, cookieOptions, idOf, secretIn } from './session-cookie'
import type { Factor, Pending, SessionClaim, Visit } from './session-model'
import { beginSession, completeSession, endSessionOf, sessionOf, type LiveSession, type OpenedSession } from './session-service'

/** Sessions in a request of Next.js, and by a cookie line for the lane that answers phones without it. */

/** Where the request of Next.js came from. */
export async function requestVisit(): Promise<Visit> {
  const all = await headers()
  const device = (await cookies()).get(cookieName('device'))?.value ?? null
  return { address: stampedAddress(all.get(ADDRESS_HEADER)), userAgent: all.get('user-agent'), device }
}

/** What a login through next-auth has to know of its request. */
export async function requestArrival(): Promise<Arrival> {
  const jar = await cookies()
  const [session, invitation] = [jar.get(cookieName('session'))?.value, jar.get(cookieName('invitation'))?.value]
  return { visit: await requestVisit(), session, invitation }
}

/** Keeps an invitation in the browser for a quarter of an hour: the way to the issuer and back. */
export async function keepInvitation(code: string): Promise<void> {
  if (/^[\w-]{43}$/.test(code)) (await cookies()).set(cookieName('invitation'), code, { ...cookieOptions(), maxAge: 15 * 60 })
}

const cookieNow = async () => (await cookies()).get(cookieName('session'))?.value

/** Writes the session's cookie and, where an account's login is complete, that this device is known to it. */
async function keep(opened: OpenedSession, userId: string | null): Promise<void> {
  const jar = await cookies()
  jar.set(cookieName('session'), opened.token, { ...cookieOptions(), maxAge: opened.maxAge })
  if (!userId) return
  const name = cookieName('device')
  jar.set(name, markAfterLogin(jar.get(name)?.value, userId), { ...cookieOptions(), maxAge: DEVICE_SECONDS })
}

/**
 * Begins a session and writes its cookie. The session that this browser had before ends. With `pending` nothing opens but
 * `pendingSession` until `completePending`.
 */
export async function openSession(
  claim: SessionClaim,
  { pending = null, factor = null }: { pending?: Pending | null; factor?: Factor | null } = {},
): Promise<string> {
  const before = await cookieNow()
  const secret = before ? await secretIn(before) : null
  const opened = await beginSession(claim, await requestVisit(), { pending, factor, replaces: secret && idOf(secret) })
  await keep(opened, claim.kind === 'user' && !pending ? claim.id : null)
  return opened.id
}

/** Begins a session and tells its cookie as a header line. `cookie` is the request's own cookie line. */
export async function sessionCookie(claim: SessionClaim, visit: Visit, cookie = '', now = new Date()): Promise<string> {
  const before = cookieIn(cookie, cookieName('session'))
  const secret = before ? await secretIn(before) : null
  const opened = await beginSession(claim, visit, { replaces: secret && idOf(secret) }, now)
  return cookieLine(cookieName('session'), opened.token, opened.maxAge)
}

/** Ends the session of this request at the server and takes its cookie away. */
export async function closeSession(): Promise<void> {
  await endSessionOf(await cookieNow(), 'logout')
  ;(await cookies()).delete({ name: cookieName('session'), ...cookieOptions() })
}

/** `sessionId` names the row of this login; it opens nothing. */
export type SessionActor = Actor & { cardVersion: number | null; sessionId: string; factor: Factor | null }

async function actorOf(session: LiveSession | null): Promise<SessionActor | null> {
  if (!session || session.pending) return null
  const { id, kind, subjectId, version, teacherId, factor, holder: name, account } = session
  const common = { name, sessionId: id, factor }
  if (kind === 'seat') {
    const grants = [{ role: 'guru' as const, regionId: null, schoolId: null, levelCodes: [] }]
    return { ...common, userId: null, seatId: subjectId, teacherId, cardVersion: version, grants }
  }
  // Asked here and not at the login alone: a setting that turns on and a role that is given later hold for open sessions too.
  if (!account || (!factor && (await factorRequired(account.grants)))) return null
  return { ...common, userId: subjectId, seatId: null, teacherId: account.teacherId, cardVersion: null, grants: account.grants }
}

const sessionNow = cache(async (): Promise<LiveSession | null> => sessionOf(await cookieNow()))

/** Who acts in this request of Next.js, or null; a login that waits for its second factor is nobody. */
export const currentActor = cache(async (): Promise<SessionActor | null> => actorOf(await sessionNow()))

/** Who acts, from a request's cookie line: for the lane that answers phones without Next.js. */
export const actorOfCookies = async (line: string, now = new Date()): Promise<SessionActor | null> =>
  actorOf(await sessionOf(cookieIn(line, cookieName('session')), now))

export type PendingSession = { sessionId: string; userId: string; name: string; pending: Pending }

/** Who is in the middle of a login, and what it waits for; null for everybody else. */
export async function pendingSession(): Promise<PendingSession | null> {
  const session = await sessionNow()
  if (!session?.pending || session.kind !== 'user') return null
  return { sessionId: session.id, userId: session.subjectId, name: session.holder, pending: session.pending }
}

/**
 * Completes the login that waits under `sessionId` and writes the new cookie; false when it does not wait any more.
 * `factor` is what was shown; null where the person may go on without.
 */
export async function completePending(sessionId: string, factor: Factor | null): Promise<boolean> {
  const opened = await completeSession(sessionId, factor)
  if (!opened) return false
  await keep(opened, opened.subjectId)
  return true
}

/** Whoever is logged in; sends strangers to the login page. For pages that show nothing but the person's own account. */
export async function requireLogin(): Promise<SessionActor> {
  const actor = await currentActor()
  if (!actor) redirect('/masuk')
  return actor
}

/** The actor of a page; sends strangers to the login page and the unauthorised to the 403 page. */
export async function requireActor(action: Action): Promise<SessionActor> {
  const actor = await requireLogin()
  if (may(actor, action)) return actor
  denied(actor, action)
  forbidden()
}

/** A service's refusal as the 403 page; for pages whose permission depends on the thing they show. */
export async function orForbidden<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (error instanceof Forbidden) forbidden()
    throw error
  }
}
