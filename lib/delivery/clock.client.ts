import type { KeptEntry } from './keep.client'

const SAVED = 'petaguru.clock'
/** A wall clock that says more than this went by between two page loads of one test was turned. */
const LONGEST_GAP_MS = 12 * 3_600_000

/** Server minus phone, in ms, as the last contact left it; 0 when there was none. */
function savedOffset(): number {
  try {
    return Number(localStorage.getItem(SAVED)) || 0
  } catch {
    return 0
  }
}

/**
 * The server's time as this page knows it. It counts on performance.now(), so that a phone whose clock is wrong or is
 * changed in the middle gains and loses nothing; of several round trips the shortest tells the offset best. Before the
 * first contact of a run it believes the phone's clock plus the offset that was learnt last.
 */
export class ServerClock {
  /** Names this page load: performance.now() of another run cannot be compared with ours. */
  readonly run = Math.random().toString(36).slice(2, 10)
  private base: number
  private at: number
  private best = Infinity
  private known = false

  constructor(
    private readonly monotonic: () => number = () => performance.now(),
    private readonly wall: () => number = () => Date.now(),
    offset: number = savedOffset(),
  ) {
    this.at = monotonic()
    this.base = wall() + offset
  }

  /** Whether the server has set this clock since the page was loaded. */
  get sure(): boolean {
    return this.known
  }

  /** A reply said `serverNow`; the request left at `sent` and came back at `received` (both monotonic ms). */
  learn(serverNow: number, sent: number, received: number): void {
    const trip = received - sent
    // A fresh sample also wins after ten minutes, because a sleeping phone may stop its monotonic clock.
    if (this.known && trip > this.best && received - this.at < 600_000) return
    const estimate = serverNow + trip / 2
    const drift = Math.abs(estimate - this.now())
    if (this.known && trip > this.best && drift < trip) return
    this.best = trip
    this.base = estimate
    this.at = received
    this.known = true
    try {
      localStorage.setItem(SAVED, String(Math.round(this.now() - this.wall())))
    } catch {
      /* the offset then lives as long as the page */
    }
  }
  /** After sleep the next sample is taken whatever its round trip. */
  distrust(): void {
    this.best = Infinity
  }
  now(): number {
    return this.base + (this.monotonic() - this.at)
  }
  tick(): number {
    return this.monotonic()
  }
  /** What an entry written now must carry. */
  stamp(deadline: number): Pick<KeptEntry, 'at' | 'run' | 'mono' | 'wall' | 'sure' | 'inTime'> {
    const at = this.now()
    return { at, run: this.run, mono: this.monotonic(), wall: this.wall(), sure: this.known, inTime: at <= deadline }
  }

  /**
   * The true time of an entry, now that the clock is sure. One written under a sure clock is right as it is. One of this run
   * is as old as the monotonic clock says: sleep stops it, but for start and answers alike, so nobody loses. One of an
   * earlier run is as old as the wall clock says, unless that was plainly turned; then it is at least as old as this run.
   * What the page still called in time is never moved beyond the end.
   */
  correct(entry: KeptEntry, deadline: number): number {
    if (entry.sure || !this.known) return entry.at
    const byWall = this.wall() - entry.wall
    const plausible = byWall >= 0 && byWall <= LONGEST_GAP_MS
    const age = entry.run === this.run ? this.monotonic() - entry.mono : plausible ? byWall : this.monotonic()
    const at = this.now() - age
    return entry.inTime ? Math.min(at, deadline) : at
  }
}
