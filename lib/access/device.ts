import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { passingKeys } from '@/lib/platform/config'

/**
 * The mark of a device on which somebody has logged in before: a random name, and a signed tag for each account that did.
 * It opens nothing. It only keeps the wrong tries of others from slowing down an account on a device that it knows.
 */
const ACCOUNTS = 8
const TAG_BYTES = 16
/** As long as browsers keep a cookie at most. */
export const DEVICE_SECONDS = 400 * 86_400

const tagsOf = (device: string, userId: string): Buffer[] =>
  passingKeys('device').map((key) => createHmac('sha256', key).update(`${device}|${userId}`).digest().subarray(0, TAG_BYTES))

const parts = (mark: string | null | undefined): string[] => (mark && /^[\w-]{22}(\.[\w-]{22})*$/.test(mark) ? mark.split('.') : [])

function fits(tag: string, expected: Buffer): boolean {
  const bytes = Buffer.from(tag, 'base64url')
  return bytes.length === expected.length && timingSafeEqual(bytes, expected)
}

/** The device's name if this account has logged in on it; null otherwise. */
export function knownDevice(mark: string | null | undefined, userId: string): string | null {
  const [device, ...tags] = parts(mark)
  if (!device) return null
  const expected = tagsOf(device, userId)
  return tags.some((tag) => expected.some((e) => fits(tag, e))) ? device : null
}

/** The mark after a login of this account; the eight latest accounts are kept. */
export function markAfterLogin(mark: string | null | undefined, userId: string): string {
  const [device = randomBytes(16).toString('base64url'), ...tags] = parts(mark)
  const expected = tagsOf(device, userId)
  const others = tags.filter((tag) => !expected.some((e) => fits(tag, e)))
  return [device, expected[0]!.toString('base64url'), ...others.slice(0, ACCOUNTS - 1)].join('.')
}
