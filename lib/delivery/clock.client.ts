/**
 * The server's time as this page knows it. It counts on performance.now(), so that a phone whose clock is wrong or is
 * changed in the middle gains and loses nothing; of several round trips the shortest tells the offset best.
 */
export class ServerClock {
  private base = 0
  private at = 0
  private best = Infinity
  constructor(private readonly monotonic: () => number = () => performance.now()) {}

  /** A reply said `serverNow`; the request left at `sent` and came back at `received` (both monotonic ms). */
  learn(serverNow: number, sent: number, received: number): void {
    const trip = received - sent
    // A fresh sample also wins after ten minutes, because a sleeping phone may stop its monotonic clock.
    if (trip > this.best && received - this.at < 600_000) return
    const estimate = serverNow + trip / 2
    const drift = Math.abs(estimate - this.now())
    if (trip > this.best && drift < trip) return
    this.best = trip
    this.base = estimate
    this.at = received
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
}
