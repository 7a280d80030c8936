import { cache } from 'react'
import { cookies, headers } from 'next/headers'
import { forbidden, redirect } from 'next/navigation'
import type { NextAuthOptions } from 'next-auth'
import { decode, encode } from 'next-auth/jwt'
import CredentialsProvider from 'next-auth/providers/credentials'
import GoogleProvider from 'next-auth/providers/google'
import { z } from 'zod'
import { config } from '@/lib/platform/config'
import { loginWithAccount, loginWithCard, type SeatForLogin, type SessionClaim } from './login'
import { Forbidden, type Actor } from './model'
import { may, type Action } from './permissions'
import * as store from './store'

const MAX_AGE = 12 * 60 * 60
const COOKIE = 'petaguru.session'

const Claim = z.object({
  kind: z.enum(['user', 'seat']),
  id: z.uuid(),
  version: z.number().int(),
  name: z.string(),
  teacherId: z.uuid().nullable().optional(),
})

const secret = () => config().NEXTAUTH_SECRET ?? ''
const isHttps = () => (config().NEXTAUTH_URL ?? '').startsWith('https:')

const cookieOptions = () => ({ httpOnly: true, sameSite: 'lax' as const, path: '/', secure: isHttps() })

/** belajar.id hosts of teachers and education offices; the signed `hd` claim is checked, not the address alone. */
const BELAJAR_ID = /^((guru|admin)\.)?(paud|sd|smp|sma|smk|slb|dinas|kesetaraan)\.belajar\.id$/

/** next-auth's options: card, account and, where configured, belajar.id through Google. */
export function authOptions(findSeat: (number: string) => Promise<SeatForLogin | null>): NextAuthOptions {
  const { GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET } = config()
  const asUser = (r: Awaited<ReturnType<typeof loginWithAccount>>) => (r.ok ? { ...r.value } : null)
  const address = (request: { headers?: Record<string, unknown> }) => String(request.headers?.['x-forwarded-for'] ?? 'langsung')
  return {
    secret: secret(),
    session: { strategy: 'jwt', maxAge: MAX_AGE },
    pages: { signIn: '/masuk', error: '/masuk' },
    cookies: { sessionToken: { name: COOKIE, options: cookieOptions() } },
    providers: [
      CredentialsProvider({
        id: 'akun',
        name: 'Akun',
        credentials: { email: {}, password: {} },
        authorize: async (c, r) => asUser(await loginWithAccount(c, address(r))),
      }),
      CredentialsProvider({
        id: 'kartu',
        name: 'Kartu',
        credentials: { number: {}, code: {} },
        authorize: async (c, r) => asUser(await loginWithCard(c, address(r), findSeat)),
      }),
      ...(GOOGLE_CLIENT_ID && GOOGLE_CLIENT_SECRET
        ? [GoogleProvider({ clientId: GOOGLE_CLIENT_ID, clientSecret: GOOGLE_CLIENT_SECRET, authorization: { params: { hd: '*' } } })]
        : []),
    ],
    callbacks: {
      async signIn({ account, profile, user }) {
        if (account?.provider !== 'google') return true
        const google = profile as { hd?: string; email_verified?: boolean; email?: string }
        if (!google.hd || !BELAJAR_ID.test(google.hd) || !google.email_verified) return false
        const known = await store.findUserByEmail((google.email ?? '').toLowerCase())
        if (!known?.active) return false
        Object.assign(user, { kind: 'user', id: known.id, version: known.sessionVersion, name: known.name })
        return true
      },
      async jwt({ token, user }) {
        return user ? { ...token, claim: Claim.parse(user) } : token
      },
    },
  }
}

const tokenFor = (claim: SessionClaim & { teacherId?: string | null }) => encode({ token: { claim }, secret: secret(), maxAge: MAX_AGE })

/** Writes the session cookie after a login through our own form; same format as next-auth's own. */
export async function openSession(claim: SessionClaim & { teacherId?: string | null }): Promise<void> {
  ;(await cookies()).set(COOKIE, await tokenFor(claim), { ...cookieOptions(), maxAge: MAX_AGE })
}

/** The same cookie as a header line, for the lane that answers phones without Next.js. */
export async function sessionCookie(claim: SessionClaim & { teacherId?: string | null }): Promise<string> {
  const secure = isHttps() ? '; Secure' : ''
  return `${COOKIE}=${await tokenFor(claim)}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${MAX_AGE}${secure}`
}

export async function closeSession(): Promise<void> {
  ;(await cookies()).delete(COOKIE)
}

/** The address a request came from, for rate limits. */
export async function requestAddress(): Promise<string> {
  return (await headers()).get('x-forwarded-for')?.split(',')[0]?.trim() || 'langsung'
}

export type SessionActor = Actor & { cardVersion: number | null }

/**
 * Whose session a cookie's value is, or null. Accounts are read anew each time, so that a reset or a role change bites at once;
 * a participant's card version is checked by the sittings room when it reads the seat.
 */
async function actorOf(raw: string | undefined): Promise<SessionActor | null> {
  if (!raw) return null
  const decoded = await decode({ token: raw, secret: secret() }).catch(() => null)
  const claim = Claim.safeParse(decoded?.['claim'])
  if (!claim.success) return null
  const { kind, id, version, name, teacherId } = claim.data
  if (kind === 'seat') {
    return {
      userId: null,
      seatId: id,
      teacherId: teacherId ?? null,
      name,
      cardVersion: version,
      grants: [{ role: 'guru', regionId: null, schoolId: null, levelCodes: [] }],
    }
  }
  const user = await store.findUserById(id)
  if (!user?.active || user.sessionVersion !== version) return null
  return { userId: user.id, seatId: null, teacherId: user.teacherId, name: user.name, cardVersion: null, grants: user.grants }
}

/** Who acts in this request of Next.js, or null. */
export const currentActor = cache(async (): Promise<SessionActor | null> => actorOf((await cookies()).get(COOKIE)?.value))

/** Who acts, from a request's cookie line: for the lane that answers phones without Next.js. */
export const actorOfCookies = (line: string): Promise<SessionActor | null> =>
  actorOf(new RegExp(`(?:^|; )${COOKIE.replace('.', '\\.')}=([^;]+)`).exec(line)?.[1])

/** The actor of a page; sends strangers to the login page and the unauthorised to the 403 page. */
export async function requireActor(action: Action): Promise<SessionActor> {
  const actor = await currentActor()
  if (!actor) redirect('/masuk')
  if (!may(actor, action)) forbidden()
  return actor
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
