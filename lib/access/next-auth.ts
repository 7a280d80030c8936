import type { NextAuthOptions } from 'next-auth'
import GoogleProvider from 'next-auth/providers/google'
import { config } from '@/lib/platform/config'
import { cookieName, cookieOptions, secretIn, tokenWith } from './session-cookie'
import type { SessionClaim, Visit } from './session-model'
import { beginSession } from './session-service'
import * as store from './store'

/** belajar.id hosts of teachers and education offices; the signed `hd` claim is checked, not the address alone. */
const BELAJAR_ID = /^((guru|admin)\.)?(paud|sd|smp|sma|smk|slb|dinas|kesetaraan)\.belajar\.id$/

/**
 * next-auth's options: belajar.id through Google, where it is configured. Cards and passwords have doors of their own. Its token is
 * ours: a secret that names a session's row, so that renewing the token renews nothing.
 */
export function authOptions(visit: Visit): NextAuthOptions {
  const { GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET, NEXTAUTH_SECRET } = config()
  return {
    secret: NEXTAUTH_SECRET ?? '',
    session: { strategy: 'jwt', maxAge: 24 * 3600 },
    pages: { signIn: '/masuk', error: '/masuk' },
    cookies: { sessionToken: { name: cookieName('session'), options: cookieOptions() } },
    jwt: {
      encode: async ({ token }) => tokenWith(String(token?.['sid'])),
      decode: async ({ token }) => {
        const sid = token ? await secretIn(token) : null
        return sid ? { sid } : null
      },
    },
    providers:
      GOOGLE_CLIENT_ID && GOOGLE_CLIENT_SECRET
        ? [GoogleProvider({ clientId: GOOGLE_CLIENT_ID, clientSecret: GOOGLE_CLIENT_SECRET, authorization: { params: { hd: '*' } } })]
        : [],
    callbacks: {
      async signIn({ account, profile, user }) {
        if (account?.provider !== 'google') return false
        const google = profile as { hd?: string; email_verified?: boolean; email?: string }
        if (!google.hd || !BELAJAR_ID.test(google.hd) || !google.email_verified) return false
        const known = await store.findUserByEmail((google.email ?? '').toLowerCase())
        if (!known?.active) return false
        Object.assign(user, {
          claim: { kind: 'user', id: known.id, version: known.sessionVersion, name: known.name } satisfies SessionClaim,
        })
        return true
      },
      async jwt({ token, user }) {
        const claim = (user as { claim?: SessionClaim } | undefined)?.claim
        return claim ? { sid: (await beginSession(claim, visit)).secret } : token
      },
    },
  }
}
