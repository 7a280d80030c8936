import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import { derivedKey } from '@/lib/platform/config'

/** Codes of an authenticator app: six digits, half a minute each, the neighbours of the present one accepted for clocks that differ. */
const STEP_SECONDS = 30
const NEIGHBOURS = 1
const IV = 12
const TAG = 16

/** A new secret: 160 bits. */
export const newSecret = (): Buffer => randomBytes(20)

const appOf = (secret: Buffer, label: string) =>
  new TOTP({ issuer: 'Petaguru', label, secret: new Secret({ buffer: new Uint8Array(secret).buffer }), digits: 6, period: STEP_SECONDS })

/** What the app scans, and the same secret for typing, in groups of four. */
export function enrolment(secret: Buffer, email: string): { uri: string; typed: string } {
  const app = appOf(secret, email)
  return { uri: app.toString(), typed: app.secret.base32.match(/.{1,4}/g)!.join(' ') }
}

/** The half minute whose code this is, or null. The caller refuses one that is not newer than the last. */
export function stepOf(secret: Buffer, code: string, now: Date): number | null {
  const token = code.replace(/\s/g, '')
  if (!/^\d{6}$/.test(token)) return null
  const delta = appOf(secret, '').validate({ token, timestamp: now.getTime(), window: NEIGHBOURS })
  return delta === null ? null : Math.floor(now.getTime() / 1000 / STEP_SECONDS) + delta
}

/** The secret as it lies in the database: AES-256-GCM, bound to its account. */
export function seal(secret: Buffer, userId: string): Buffer {
  const iv = randomBytes(IV)
  const cipher = createCipheriv('aes-256-gcm', derivedKey('factor'), iv).setAAD(Buffer.from(userId))
  return Buffer.concat([iv, cipher.update(secret), cipher.final(), cipher.getAuthTag()])
}

/** Opens what `seal` closed; throws when it was changed or belongs to another account. */
export function unseal(sealed: Uint8Array, userId: string): Buffer {
  const bytes = Buffer.from(sealed)
  const decipher = createDecipheriv('aes-256-gcm', derivedKey('factor'), bytes.subarray(0, IV)).setAAD(Buffer.from(userId))
  decipher.setAuthTag(bytes.subarray(-TAG))
  return Buffer.concat([decipher.update(bytes.subarray(IV, -TAG)), decipher.final()])
}
