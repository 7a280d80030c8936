import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import { config } from './config'

/**
 * Where a request came from. One answer for the whole program: with no proxy of our own in front it is the socket's address, and what
 * the client writes into X-Forwarded-For is ignored; with n of them it is what the n-th proxy from the inside saw.
 */

/** The header in which the door tells the pages. It is overwritten at the door, so that nobody can send it. */
export const ADDRESS_HEADER = 'x-petaguru-address'
const UNKNOWN = 'tidak-dikenal'

/** An address in one spelling: IPv4 out of its IPv6 wrapping, without brackets, port or zone. */
function plain(text: string | undefined): string | null {
  const bare = (text ?? '')
    .trim()
    .replace(/^\[([^\]]+)\](?::\d+)?$/, '$1')
    .replace(/%.*$/, '')
  const four = /^(?:::ffff:)?(\d+\.\d+\.\d+\.\d+)(?::\d+)?$/i.exec(bare)?.[1]
  const address = four ?? bare.toLowerCase()
  return isIP(address) ? address : null
}

/** The client's address from the socket's, what X-Forwarded-For says, and the number of trusted proxies. */
export function clientAddress(socket: string | undefined, forwarded: string | string[] | undefined, proxies: number): string {
  const direct = plain(socket) ?? UNKNOWN
  if (proxies === 0) return direct
  const chain = [...String(forwarded ?? '').split(','), direct]
  return plain(chain[Math.max(0, chain.length - 1 - proxies)]) ?? direct
}

/** The address of a request at the door. */
export const addressOfRequest = (request: IncomingMessage): string =>
  clientAddress(request.socket.remoteAddress, request.headers['x-forwarded-for'], proxiesBefore(request))

/** A proxy of our own stands in our own network: whoever reaches the port from outside is believed nothing, whatever is declared. */
const OURS = /^(127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|::1$|f[cd][0-9a-f]{2}:|fe80:)/
const isOurs = (socket: string | undefined): boolean => OURS.test(plain(socket) ?? '')
const proxiesBefore = (request: IncomingMessage): number => (isOurs(request.socket.remoteAddress) ? config().TRUSTED_PROXIES : 0)

/** What a proxy says of a request. Without one of our own it is the client who says it. */
const CLAIMED = ['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-forwarded-port', 'forwarded', 'x-real-ip']

/**
 * Writes the address into the request for the pages behind the door, over whatever the client sent in its place or claims beside it. Of
 * host and protocol not even a proxy of our own is believed, because many pass on what a client wrote: the pages hear what the
 * installation says of itself, so that no link or redirect leads anywhere else.
 */
export function stampAddress(request: IncomingMessage): void {
  request.headers[ADDRESS_HEADER] = addressOfRequest(request)
  const ours = proxiesBefore(request) > 0
  for (const name of CLAIMED) if (!ours || name !== 'x-forwarded-for') Reflect.deleteProperty(request.headers, name)
  const known = ours ? config().NEXTAUTH_URL : undefined
  if (!known) return
  const { host, protocol } = new URL(known)
  request.headers['x-forwarded-host'] = host
  request.headers['x-forwarded-proto'] = protocol.slice(0, -1)
}

/** The address that the door wrote. */
export const stampedAddress = (header: string | string[] | null | undefined): string => plain(String(header ?? '')) ?? UNKNOWN

/** What counts as one neighbour: an IPv4 address, or the /64 that one subscriber of IPv6 holds. */
export function neighbourhood(address: string): string {
  if (isIP(address) !== 6) return address
  const [head = '', tail] = address.split('::')
  const front = head ? head.split(':') : []
  const back = tail ? tail.split(':') : []
  const full = tail === undefined ? front : [...front, ...Array<string>(Math.max(0, 8 - front.length - back.length)).fill('0'), ...back]
  return `${full.slice(0, 4).join(':')}::/64`
}

/** Whom an open connection counts for; null for one of a proxy of our own, behind which stands everybody. `proxies` is how many are trusted. */
export const neighbourOfSocket = (socket: string | undefined, proxies: number): string | null =>
  proxies > 0 && isOurs(socket) ? null : neighbourhood(plain(socket) ?? UNKNOWN)
