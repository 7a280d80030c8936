import type { Socket } from 'node:net'
import { neighbourOfSocket } from './client-address'
import { config } from './config'

/**
 * How many connections are held at once. A whole venue may stand behind one address: 977 phones with six connections each
 * are 5,862, so the share of an address lies above that. Sixteen thousand in all stay below the usual limit of open files.
 */
export type CrowdLimits = { all: number; perAddress: number; unfinished: number }
const usual: CrowdLimits = { all: 16_000, perAddress: 8_000, unfinished: 6_000 }

/** `key` is null behind a proxy of our own: its connections are everybody's, so no address has a share of them. */
type Place = { key: string | null; unfinished: boolean }
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

  /** `proxies` is how many proxies of our own stand in front. */
  constructor(
    most: Partial<CrowdLimits> = {},
    private readonly proxies = config().TRUSTED_PROXIES,
  ) {
    this.most = { ...usual, ...most }
  }
  get open(): number {
    return this.places.size
  }

  /** Takes a new connection in, as one that owes a request; false where its address has its share already. */
  enter(socket: Socket): boolean {
    const key = neighbourOfSocket(socket.remoteAddress, this.proxies)
    const bucket = key === null ? undefined : this.buckets.get(key)
    if (bucket && bucket.open >= this.most.perAddress) return false
    if (this.places.size >= this.most.all && !this.dropOldest(this.owing)) return false
    if (bucket && bucket.unfinished.size >= this.most.unfinished) this.dropOldest(bucket.unfinished)
    if (key !== null) this.bucketOf(key).open++
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
    if (place.key !== null) this.bucketOf(place.key).unfinished.add(socket)
    this.owing.add(socket)
  }
  /** The request is whole. */
  settle(socket: Socket): void {
    const place = this.places.get(socket)
    if (!place?.unfinished) return
    place.unfinished = false
    if (place.key !== null) this.bucketOf(place.key).unfinished.delete(socket)
    this.owing.delete(socket)
  }

  /** The share of an address; a new one where it had left with its last connection. */
  private bucketOf(key: string): Bucket {
    let bucket = this.buckets.get(key)
    if (!bucket) this.buckets.set(key, (bucket = { open: 0, unfinished: new Set() }))
    return bucket
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
    if (place.key !== null && --this.bucketOf(place.key).open === 0) this.buckets.delete(place.key)
  }
}
