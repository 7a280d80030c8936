import { createHash, randomBytes } from 'node:crypto'
import { decode, encode } from 'next-auth/jwt'
import { config } from '@/lib/platform/config'

/** What the browser holds of a session: an encrypted token with a random secret in it, whose SHA-256 names the session's row. */

/** No login lasts longer than this, whatever the policy says; the row decides earlier. */
const TOKEN_SECONDS = 24 * 3600

/** Whether people reach this installation through TLS. */
export const behindTls = (): boolean => (config().NEXTAUTH_URL ?? '').startsWith('https:')

/** Behind TLS the prefix keeps a neighbouring host or a page without TLS from planting a cookie of this name. */
export const cookieName = (name: 'session' | 'device' | 'invitation'): string =>
  behindTls() ? `__Host-petaguru.${name}` : `petaguru.${name}`

export const cookieOptions = () => ({ httpOnly: true, sameSite: 'lax' as const, path: '/', secure: behindTls() })

/** A cookie as a header line, for answers that are not made by Next.js. */
export const cookieLine = (name: string, value: string, maxAge: number): string =>
  `${name}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAge}${behindTls() ? '; Secure' : ''}`

/** The value of a cookie in a request's cookie line. */
export function cookieIn(line: string, name: string): string | undefined {
  for (const pair of line.split(';')) {
    const at = pair.indexOf('=')
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim()
  }
  return undefined
}

/** A new secret of 256 bits. */
export const newSecret = (): string => randomBytes(32).toString('base64url')
/** The name of the row that a secret opens. */
export const idOf = (secret: string): string => createHash('sha256').update(secret).digest('hex')

export const tokenWith = (secret: string): Promise<string> =>
  encode({ token: { sid: secret }, secret: config().NEXTAUTH_SECRET ?? '', maxAge: TOKEN_SECONDS })

/** The secret in a token of ours, made under the secret in force or one that is being retired; null in any other case. */
export async function secretIn(token: string): Promise<string | null> {
  for (const secret of config().secrets) {
    const decoded = await decode({ token, secret }).catch(() => null)
    const sid = decoded?.['sid']
    if (typeof sid === 'string' && sid.length === 43) return sid
  }
  return null
}
