import type { ServerClock } from './clock.client'
import type { Journal } from './journal.client'
import { MAX_BATCH, Refusal, SyncReply, type JournalEntry } from './protocol'

export type SendState = {
  online: boolean
  pending: JournalEntry[]
  lastSaved: number | null
  reply: SyncReply | null
  refusal: string | null
}

const URL = '/api/delivery/sync'
const BUSY_GAP_MS = 1_500
const HEARTBEAT_MS = 30_000
const BACKOFF_MS = { first: 2_000, longest: 60_000 }
const TIMEOUT_MS = 20_000

/**
 * Hands the journal over: at once when idle, at most every second and a half when busy, with growing, jittered pauses
 * after a failure, and again whenever the phone says that the network is back. One loop a page.
 */
export class Sender {
  private timer: ReturnType<typeof setTimeout> | undefined
  private sending = false
  private again = false
  private failures = 0
  private stopped = false
  private lastSend = -Infinity
  private state: SendState = { online: true, pending: [], lastSaved: null, reply: null, refusal: null }
  position = 0

  constructor(
    private readonly token: string,
    private readonly journal: Journal,
    private readonly clock: ServerClock,
    private readonly onState: (s: SendState) => void,
    private readonly random: () => number = Math.random,
  ) {}

  start(): void {
    window.addEventListener('online', this.wake)
    document.addEventListener('visibilitychange', this.onVisibility)
    window.addEventListener('pagehide', this.farewell)
    void this.refresh()
    this.schedule(0)
  }
  stop(): void {
    this.stopped = true
    clearTimeout(this.timer)
    window.removeEventListener('online', this.wake)
    document.removeEventListener('visibilitychange', this.onVisibility)
    window.removeEventListener('pagehide', this.farewell)
  }
  /** Something was appended. */
  kick(): void {
    void this.refresh()
    if (this.failures === 0) this.schedule(Math.max(0, this.lastSend + BUSY_GAP_MS - this.clock.tick()))
  }
  private wake = (): void => {
    this.failures = 0
    this.schedule(this.random() * 1000)
  }
  private onVisibility = (): void => {
    if (document.visibilityState === 'visible') {
      this.clock.distrust()
      this.wake()
    } else this.farewell()
  }
  /** The page may be going: what is left travels without waiting for an answer. A repeat does no harm. */
  private farewell = (): void => {
    if (this.state.pending.length === 0 || this.stopped) return
    const body = JSON.stringify({ token: this.token, entries: this.state.pending.slice(0, MAX_BATCH), position: this.position })
    navigator.sendBeacon?.(URL, new Blob([body], { type: 'application/json' }))
  }
  private schedule(wait: number): void {
    clearTimeout(this.timer)
    if (!this.stopped) this.timer = setTimeout(() => void this.send(), wait)
  }
  private async refresh(change: Partial<SendState> = {}): Promise<void> {
    this.state = { ...this.state, ...change, pending: await this.journal.pending() }
    if (!this.stopped) this.onState(this.state)
  }
  private async send(): Promise<void> {
    if (this.sending) {
      this.again = true
      return
    }
    this.sending = true
    try {
      const entries = (await this.journal.pending()).slice(0, MAX_BATCH)
      const sent = this.clock.tick()
      this.lastSend = sent
      const response = await fetch(URL, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ token: this.token, entries, position: this.position }),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      })
      const body: unknown = await response.json()
      if (!response.ok) {
        const refusal = Refusal.safeParse(body)
        if (response.status < 500 && response.status !== 429 && refusal.success) {
          await this.refresh({ online: true, refusal: refusal.data.message })
          return
        }
        throw new Error(String(response.status))
      }
      const reply = SyncReply.parse(body)
      this.clock.learn(reply.clock.serverNow, sent, this.clock.tick())
      await this.journal.acknowledge(reply.ack)
      this.failures = 0
      await this.refresh({
        online: true,
        refusal: null,
        reply,
        lastSaved: entries.length || this.state.lastSaved === null ? this.clock.now() : this.state.lastSaved,
      })
      const more = this.again || this.state.pending.length > 0
      this.again = false
      this.schedule(more ? BUSY_GAP_MS * (0.5 + this.random()) : HEARTBEAT_MS * (0.75 + 0.5 * this.random()))
    } catch {
      this.failures++
      const longest = Math.min(BACKOFF_MS.longest, BACKOFF_MS.first * 2 ** (this.failures - 1))
      await this.refresh({ online: false })
      this.schedule(longest * (0.5 + 0.5 * this.random()))
    } finally {
      this.sending = false
    }
  }
}
