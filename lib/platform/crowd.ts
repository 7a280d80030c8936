import type { Socket } from 'node:net'

/**
 * How many connections are held at once. A whole venue may stand behind one address: 977 phones with six connections each
 * are 5,862, so the share of an address lies above that. Sixteen thousand in all stay below the usual limit of open files.
 */
export type CrowdLimits = { all: number; perAddress: number; unfinished: number }
const usual: CrowdLimits = { all: 16_000, perAddress: 8_000, unfinished: 6_000 }

/** Addresses that are counted together: an IPv4 address by itself, an IPv6 one with its /64, which is one household or venue. */
export function addressKey(address: string): string {
  const plain = address.replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.)/i, '')
  if (!plain.includes(':')) return plain
  const [front = '', back] = plain.split('::') as [string, string?]
  const groups = (part: string | undefined) => (part ? part.split(':') : [])
  const head = groups(front)
  const tail = groups(back)
  const whole = back === undefined ? head : [...head, ...Array<string>(Math.max(0, 8 - head.length - tail.length)).fill('0'), ...tail]
  return whole
    .slice(0, 4)
    .map((g) => parseInt(g || '0', 16).toString(16))
    .join(':')
}

type Place = { key: string; unfinished: boolean }
type Bucket = { open: number; unfinished: Set<Socket> }

/**
 * Counts open connections, and those that owe the rest of a request. Where too many owe it, the one that has owed it for
 * longest goes: an honest request is whole within moments, a slow one is not, so honest newcomers find room.
 */
export class Crowd {
  readonly most: CrowdLimits
  private readonly places = new Map<Socket, Place>()
  private readonly buckets = new Map<string, Bucket>()
  private readonly owing = new Set<Socket>()

  constructor(most: Partial<CrowdLimits> = {}) {
    this.most = { ...usual, ...most }
  }
  get open(): number {
    return this.places.size
  }

  /** Takes a new connection in, as one that owes a request; false where its address has its share already. */
  enter(socket: Socket): boolean {
    const key = addressKey(socket.remoteAddress ?? '')
    let bucket = this.buckets.get(key)
    if (bucket && bucket.open >= this.most.perAddress) return false
    if (this.places.size >= this.most.all && !this.dropOldest(this.owing)) return false
    if (bucket && bucket.unfinished.size >= this.most.unfinished) this.dropOldest(bucket.unfinished)
    bucket = this.buckets.get(key)
    if (!bucket) this.buckets.set(key, (bucket = { open: 0, unfinished: new Set() }))
    bucket.open++
    this.places.set(socket, { key, unfinished: false })
    this.owe(socket)
    socket.once('close', () => this.leave(socket))
    return true
  }
  /** The connection has begun a request and owes its rest. */
  owe(socket: Socket): void {
    const place = this.places.get(socket)
    if (!place || place.unfinished) return
    place.unfinished = true
    this.buckets.get(place.key)!.unfinished.add(socket)
    this.owing.add(socket)
  }
  /** The request is whole. */
  settle(socket: Socket): void {
    const place = this.places.get(socket)
    if (!place?.unfinished) return
    place.unfinished = false
    this.buckets.get(place.key)!.unfinished.delete(socket)
    this.owing.delete(socket)
  }

  private dropOldest(of: Set<Socket>): boolean {
    const [oldest] = of
    if (!oldest) return false
    this.leave(oldest)
    oldest.destroy()
    return true
  }
  private leave(socket: Socket): void {
    const place = this.places.get(socket)
    if (!place) return
    this.settle(socket)
    this.places.delete(socket)
    const bucket = this.buckets.get(place.key)!
    if (--bucket.open === 0) this.buckets.delete(place.key)
  }
}
