import { createHmac, timingSafeEqual } from 'node:crypto'
import { derivedKey } from '@/lib/platform/config'

const mac = (purpose: 'attempt' | 'ticket', body: string) => createHmac('sha256', derivedKey(purpose)).update(body).digest()

/** "a.b.mac" → [a, b], when the mac is ours. Constant time in the mac. */
function opened(purpose: 'attempt' | 'ticket', signed: string): [string, string] | null {
  const [a, b, given] = signed.split('.')
  if (!a || !b || !given) return null
  const expected = mac(purpose, `${a}.${b}`)
  const bytes = Buffer.from(given, 'base64url')
  return bytes.length === expected.length && timingSafeEqual(bytes, expected) ? [a, b] : null
}
const sign = (purpose: 'attempt' | 'ticket', a: string, b: string) => `${a}.${b}.${mac(purpose, `${a}.${b}`).toString('base64url')}`

/**
 * What lets a phone hand in journal entries without a session look-up: attempt and device, signed, with the version of the card
 * that opened it. It opens nothing else, and stays valid after the login has run out, so that late answers still arrive; a voided
 * card leaves it good for what was made before.
 */
export const signToken = (attemptId: string, device: string, cardVersion = 1): string =>
  sign('attempt', attemptId, `${device}:${cardVersion}`)

/** Who hands in: `key` names attempt and device in one string, made once because the answer path looks it up often. */
export type Bearer = { attemptId: string; device: string; cardVersion: number; key: string }
export const bearer = (attemptId: string, device: string, cardVersion = 1): Bearer => ({
  attemptId,
  device,
  cardVersion,
  key: `${attemptId}.${device}`,
})

export function readToken(token: string): Bearer | null {
  const found = opened('attempt', token)
  if (!found) return null
  // Tokens from before they carried a version were signed without one: they hold for whatever card there is.
  const [device = '', version] = found[1].split(':')
  return bearer(found[0], device, version === undefined ? Infinity : Number(version))
}

/** What lets a phone speak for a seat: read its desk, start, claim. A voided card voids it, because the card's version is in it. */
export const signTicket = (seatId: string, cardVersion: number): string => sign('ticket', seatId, String(cardVersion))

export function readTicket(ticket: string): { seatId: string; cardVersion: number } | null {
  const found = opened('ticket', ticket)
  return found && { seatId: found[0], cardVersion: Number(found[1]) }
}
