import { createHmac, timingSafeEqual } from 'node:crypto'
import { crockford } from '@/lib/platform/random'

const LENGTH = 12

/**
 * The card code of a seat: 60 bits of HMAC-SHA-256 over the seat and its card version, as XXXX-XXXX-XXXX.
 * Nothing is stored, so nothing can leak from the database, and a lost card is voided by raising the version.
 */
export function cardCode(key: Buffer, seatId: string, cardVersion: number): string {
  const digest = createHmac('sha256', key).update(`${seatId}|${cardVersion}`).digest()
  return crockford(digest, LENGTH).match(/.{4}/g)!.join('-')
}

/** Upper case, look-alikes mapped (O→0, I and L→1), everything else dropped. */
export function normaliseCode(typed: string): string {
  return typed
    .toUpperCase()
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1')
    .replace(/[^0-9A-Z]/g, '')
}

/** Compares in constant time. */
export function codeMatches(typed: string, expected: string): boolean {
  const a = Buffer.from(normaliseCode(typed))
  const b = Buffer.from(normaliseCode(expected))
  return a.length === b.length && timingSafeEqual(a, b)
}
