import { config } from './config'

/**
 * Whether a request that changes something is one of our own pages'. A page elsewhere can make a browser send a form or plain text
 * with our cookies, or log somebody into an account that is not hers; it cannot send JSON unasked, and it cannot hide where it stands.
 */

type Heads = (name: string) => string | null | undefined

const hostOf = (address: string): string | null => {
  try {
    return new URL(address).host
  } catch {
    return null
  }
}

const typeOf = (head: Heads) => (head('content-type') ?? '').split(';')[0]!.trim().toLowerCase()

/** Whether the request carries JSON and comes from this installation, or from a program that is no browser. */
export const isOurJson = (head: Heads): boolean => typeOf(head) === 'application/json' && isOurs(head)

/** Whether the request carries the bytes of a file and comes from this installation; no page elsewhere can send this type unasked. */
export const isOurFile = (head: Heads): boolean => typeOf(head) === 'application/octet-stream' && isOurs(head)

function isOurs(head: Heads): boolean {
  const site = head('sec-fetch-site')
  if (site) return site === 'same-origin'
  const origin = head('origin')
  if (!origin) return true
  const from = hostOf(origin)
  return from !== null && (from === head('host') || from === hostOf(config().NEXTAUTH_URL ?? ''))
}

/** Whether a browser says that a page elsewhere sent this form or call. Reading is left to the answers' own headers. */
export function comesFromElsewhere(method: string | undefined, head: Heads): boolean {
  if (method === 'GET' || method === 'HEAD') return false
  const site = head('sec-fetch-site')
  if (site) return site !== 'same-origin' && site !== 'none'
  const from = head('origin') ? hostOf(head('origin')!) : undefined
  return from !== undefined && from !== head('host') && from !== hostOf(config().NEXTAUTH_URL ?? '')
}

/** What such a request is told. */
export const foreignRequest = {
  code: 'origin',
  message: 'Kiriman ini tidak datang dari halaman Petaguru dan tidak diterima. Buka kembali halaman Petaguru, lalu ulangi.',
}
