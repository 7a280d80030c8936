/** How often somebody may ask: so many a second for long, and so many at once after a rest. */
export type PaceLimits = { perSecond: number; atOnce: number }

/** Whoever is remembered; the longest known goes for a new one, never all at once. */
const MOST = 60_000

/** A leaky bucket a key, in memory: a flood from one is told to wait and disturbs nobody else. */
export class Pace {
  private readonly buckets = new Map<string, { level: number; at: number }>()

  constructor(private readonly limits: PaceLimits) {}

  /** Whether a request may pass at `now` (ms); `weight` is how many usual ones it counts as. */
  allows(key: string, now: number, weight = 1): boolean {
    const { perSecond, atOnce } = this.limits
    const bucket = this.buckets.get(key) ?? { level: 0, at: now }
    // A clock that is set back makes nobody wait.
    const level = Math.max(0, bucket.level - (Math.max(0, now - bucket.at) / 1000) * perSecond)
    const passes = level < atOnce
    if (!this.buckets.has(key) && this.buckets.size >= MOST) this.buckets.delete(this.buckets.keys().next().value!)
    this.buckets.set(key, { level: passes ? level + weight : level, at: now })
    return passes
  }
}
