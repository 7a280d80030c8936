/** Requests a second that one phone may make for long, and how many at once: no honest phone comes near. */
const PER_SECOND = 20
const AT_ONCE = 80
/** A body counts as one more request for each of these (bytes): what a phone says is bounded like how often it speaks. */
const BYTES_A_REQUEST = 8 * 1024
const MOST = 60_000

/** A leaky bucket a phone, in memory: a flood from one phone is told to wait and disturbs nobody else. */
export class Pace {
  private readonly buckets = new Map<string, { level: number; at: number }>()

  /** Whether a request of so many bytes may pass now (ms). */
  allows(key: string, now: number, bytes = 0): boolean {
    const bucket = this.buckets.get(key) ?? { level: 0, at: now }
    const level = Math.max(0, bucket.level - ((now - bucket.at) / 1000) * PER_SECOND)
    const passes = level < AT_ONCE
    if (!this.buckets.has(key) && this.buckets.size >= MOST) this.buckets.delete(this.buckets.keys().next().value!)
    this.buckets.set(key, { level: passes ? level + 1 + Math.floor(bytes / BYTES_A_REQUEST) : level, at: now })
    return passes
  }
}
