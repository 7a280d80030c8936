import { createHmac, timingSafeEqual } from 'node:crypto'
import { derivedKey } from '@/lib/platform/config'

/**
 * What lets a phone hand in meeting notes of one teacher after the login has ended or somebody else has logged in. It opens nothing
 * else, shows nothing and confirms nothing: whoever gains from a confirmation may be the one who borrows the phone. Its key is its own,
 * so that it is no seat's ticket and no seat's ticket is one.
 */
const DAYS = 14
const mac = (body: string) => createHmac('sha256', derivedKey('meeting')).update(body).digest()

export function meetingTicket(teacherId: string, now: Date): string {
  const body = `pertemuan.${teacherId}.${now.getTime() + DAYS * 86_400_000}`
  return `${body}.${mac(body).toString('base64url')}`
}

/** Whose notes a ticket hands in; null when it is not ours or has run out. */
export function readMeetingTicket(ticket: string, now: Date): string | null {
  const [kind, teacherId, until, given] = ticket.split('.')
  if (kind !== 'pertemuan' || !teacherId || !until || !given) return null
  const expected = mac(`${kind}.${teacherId}.${until}`)
  const bytes = Buffer.from(given, 'base64url')
  if (bytes.length !== expected.length || !timingSafeEqual(bytes, expected)) return null
  return Number(until) > now.getTime() ? teacherId : null
}
