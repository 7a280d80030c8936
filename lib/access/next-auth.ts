import type { NextAuthOptions } from 'next-auth'
import { config } from '@/lib/platform/config'
import { log } from '@/lib/platform/log'
import { belajarIdentity } from './belajar'
import { recordConfirmation } from './factor-store'
import { belajarOffered, enterByIdentity } from './identity-service'
import { behindTls, cookieName, cookieOptions, idOf, secretIn } from './session-cookie'
import type { Pending, SessionClaim, Visit } from './session-model'
import { beginSession } from './session-service'

/**
 * next-auth carries out one thing here: the code flow with Google for belajar.id. Cards, passwords and factors have doors of their own,
 * and of next-auth's doors only the three of that flow are open; its sessions are ours (a secret that names a row).
 */

const DOORS = ['GET csrf', 'POST signin/google', 'GET callback/google']

/** Whether a path of next-auth is open: nothing of it where belajar.id is not configured. */
export const isOpenDoor = (method: string, path: string[]): boolean => belajarOffered() && DOORS.includes(`${method} ${path.join('/')}`)

/** The request that comes in: from where, with which session and invitation. */
export type Arrival = { visit: Visit; session: string | undefined; invitation: string | undefined }

type Entered = { claim: SessionClaim; pending: Pending | null }
type GoogleClaims = { sub: string; name?: string; email?: string }

export function authOptions({ visit, session, invitation }: Arrival): NextAuthOptions {
  const { GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET, GOOGLE_ISSUER, NEXTAUTH_SECRET } = config()
  const cookie = (name: string) => ({ name: behindTls() ? `__Host-petaguru.${name}` : `petaguru.${name}`, options: cookieOptions() })
  return {
    secret: NEXTAUTH_SECRET ?? '',
    session: { strategy: 'jwt', maxAge: 24 * 3600 },
    pages: { signIn: '/masuk', error: '/masuk' },
    cookies: {
      sessionToken: { name: cookieName('session'), options: cookieOptions() },
      callbackUrl: cookie('back'),
      csrfToken: cookie('csrf'),
      pkceCodeVerifier: cookie('pkce'),
      state: cookie('state'),
      nonce: cookie('nonce'),
    },
    providers: [
      {
        id: 'google',
        name: 'belajar.id',
        type: 'oauth',
        wellKnown: `${GOOGLE_ISSUER.replace(/\/$/, '')}/.well-known/openid-configuration`,
        clientId: GOOGLE_CLIENT_ID ?? '',
        clientSecret: GOOGLE_CLIENT_SECRET ?? '',
        authorization: { params: { scope: 'openid email profile', hd: '*', prompt: 'select_account' } },
        idToken: true,
        checks: ['pkce', 'state', 'nonce'],
        profile: (claims: GoogleClaims) => ({ id: claims.sub }),
      },
    ],
    logger: {
      error: (code, meta) => log().warn({ code, why: meta instanceof Error ? meta.message : meta.error?.message }, 'belajar.id'),
      warn: () => undefined,
      debug: () => undefined,
    },
    callbacks: {
      async signIn({ profile, user }) {
        const identity = belajarIdentity(profile)
        if (!identity) return '/masuk?belajar=lain'
        const entered = await enterByIdentity(identity, invitation ?? null, visit)
        if (!entered.ok) return '/masuk?belajar=belum'
        Object.assign(user, { entered: entered.value })
        return true
      },
      async jwt({ token, user }) {
        const entered = (user as { entered?: Entered } | undefined)?.entered
        if (!entered) return token
        const before = session ? await secretIn(session) : null
        const opened = await beginSession(entered.claim, visit, { pending: entered.pending, replaces: before && idOf(before) })
        // As after a password: whoever has no factor yet has just shown who it is, and may set one up.
        if (entered.pending !== 'factor') await recordConfirmation(opened.id, opened.subjectId, 'belajar.id', new Date())
        return { sid: opened.secret }
      },
    },
  }
}
