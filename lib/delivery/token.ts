import { createHmac, timingSafeEqual } from 'node:crypto'

/**
 * What lets a phone hand in journal entries without a session look-up: attempt and device, signed.
 * It opens nothing else, and stays valid after the login has run out, so that late answers still arrive.
 */
export function signToken(key: Buffer, attemptId: string, device: string): string {
  const body = `${attemptId}.${device}`
  return `${body}.${createHmac('sha256', key).update(body).digest('base64url')}`
}

export function readToken(key: Buffer, token: string): { attemptId: string; device: string } | null {
  const [attemptId, device, mac] = token.split('.')
  if (!attemptId || !device || !mac) return null
  const expected = createHmac('sha256', key).update(`${attemptId}.${device}`).digest()
  const given = Buffer.from(mac, 'base64url')
  return given.length === expected.length && timingSafeEqual(given, expected) ? { attemptId, device } : null
}
