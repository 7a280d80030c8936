import { backOff, call } from './api.client'
import type { ServerClock } from './clock.client'
import { setClock } from './desk.client'
import type { Journal } from './journal.client'
import type { KeptEntry } from './keep.client'
import { DepositReply, MAX_BATCH, StartReply, SyncReply, type StartRequest } from './protocol'

export type SendState = {
  online: boolean
  pending: KeptEntry[]
  lastSaved: number | null
  reply: SyncReply | null
  refusal: string | null
  /** Where no token opens the part any more: the journal was taken in without one, counted as far as the rules go or kept for the office. */
  handedIn: 'counted' | 'waits' | null
}

/** What the sender must know of the attempt; `token` is null until a start has been answered. */
export type Errand = {
  token: () => string | null
  /** The start that earns a token: an ordinary one, or the claim of an attempt begun by the release code. */
  start: () => Promise<StartRequest>
  deadline: () => number
  onStarted: (reply: StartReply) => Promise<void>
  onTokenRefused: () => Promise<void>
}

/** Refusals of a start after which the journal is still taken in: closed by another phone, begun in doubt, a voided card, a sitting that is over. */
const STILL_TAKEN = new Set(['closed', 'waits', 'seat', 'over'])
const BUSY_GAP_MS = 1_500
const HEARTBEAT_MS = 30_000
const BACKOFF_MS = { first: 2_000, longest: 60_000 }
/** Phones that hear "network back" together knock over this span. */
const WAKE_SPREAD_MS = 1_500

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
  private state: SendState = { online: true, pending: [], lastSaved: null, reply: null, refusal: null, handedIn: null }
  position = 0

  constructor(
    private readonly errand: Errand,
    private readonly journal: Journal,
    private readonly clock: ServerClock,
    private readonly onState: (s: SendState) => void,
    private readonly random: () => number = Math.random,
  ) {
    journal.onWaiting = () => this.kick()
  }

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
    this.schedule(this.random() * WAKE_SPREAD_MS)
  }
  private onVisibility = (): void => {
    if (document.visibilityState === 'visible') {
      this.clock.distrust()
      this.wake()
    } else this.farewell()
  }
  private batch(entries: KeptEntry[]): object {
    const deadline = this.errand.deadline()
    return {
      token: this.errand.token(),
      entries: entries
        .slice(0, MAX_BATCH)
        .map((e) => ({ seq: e.seq, kind: e.kind, item: e.item, value: e.value, at: this.clock.correct(e, deadline) })),
      position: this.position,
    }
  }
  /** The page may be going: what is left travels without waiting for an answer. A repeat does no harm. */
  private farewell = (): void => {
    if (this.state.pending.length === 0 || this.stopped || !this.errand.token()) return
    const body = JSON.stringify(this.batch(this.state.pending))
    navigator.sendBeacon?.('/api/delivery/sync', new Blob([body], { type: 'application/json' }))
  }
  private schedule(wait: number): void {
    clearTimeout(this.timer)
    if (!this.stopped) this.timer = setTimeout(() => void this.send(), wait)
  }
  private async refresh(change: Partial<SendState> = {}): Promise<void> {
    this.state = { ...this.state, ...change, pending: await this.journal.pending() }
    if (!this.stopped) this.onState(this.state)
  }
  private async failed(): Promise<void> {
    this.failures++
    await this.refresh({ online: false })
    this.schedule(backOff(this.failures, BACKOFF_MS.first, BACKOFF_MS.longest, this.random))
  }
  /** The server is there and says no: the entries stay, the words are shown, and it is asked again, seldom. */
  private async refused(message: string): Promise<void> {
    await this.refresh({ online: true, refusal: message })
    this.schedule(BACKOFF_MS.longest * (0.75 + 0.5 * this.random()))
  }

  private async send(): Promise<void> {
    if (this.sending) {
      this.again = true
      return
    }
    this.sending = true
    try {
      if (!this.errand.token() && !(await this.claim())) return
      const entries = await this.journal.pending()
      this.lastSend = this.clock.tick()
      const answer = await call('sync', this.batch(entries), SyncReply)
      if (answer.kind === 'away') return await this.failed()
      if (answer.kind === 'refused') {
        if (answer.code === 'token' || answer.code === 'attempt') await this.errand.onTokenRefused()
        return await this.refused(answer.message)
      }
      const reply = answer.value
      this.clock.learn(reply.clock.serverNow, answer.sent, answer.received)
      await this.journal.acknowledge(reply.ack)
      this.failures = 0
      const lastSaved = entries.length || this.state.lastSaved === null ? this.clock.now() : this.state.lastSaved
      await this.refresh({ online: true, refusal: null, reply, lastSaved })
      const more = this.again || this.state.pending.length > 0
      this.again = false
      this.schedule(more ? BUSY_GAP_MS * (0.5 + this.random()) : HEARTBEAT_MS * (0.75 + 0.5 * this.random()))
    } finally {
      this.sending = false
    }
  }

  /** Hands the journal in where no token is to be had; what is acknowledged lies with the server. */
  private async deposit(asked: StartRequest, why: string): Promise<void> {
    const entries = await this.journal.pending()
    const body = { ...asked, entries: (this.batch(entries) as { entries: unknown[] }).entries }
    const answer = await call('deposit', body, DepositReply)
    if (answer.kind === 'away') return this.failed()
    if (answer.kind === 'refused') return this.refused(answer.message)
    await this.journal.acknowledge(answer.value.ack)
    this.failures = 0
    await this.refresh({ online: true, refusal: why, handedIn: answer.value.waits ? 'waits' : 'counted', lastSaved: this.clock.now() })
    const left = this.state.pending.length
    this.schedule(left > 0 && left < entries.length ? BUSY_GAP_MS : BACKOFF_MS.longest * (0.75 + 0.5 * this.random()))
  }

  /** Earns a token. False when there is none yet; the next try is then set. */
  private async claim(): Promise<boolean> {
    // A claim says when the test began: only a clock that the server has set may say it.
    if (!this.clock.sure && !(await setClock(this.clock))) {
      await this.failed()
      return false
    }
    const asked = await this.errand.start()
    const answer = await call('start', asked, StartReply)
    if (answer.kind === 'away') await this.failed()
    else if (answer.kind === 'refused' && STILL_TAKEN.has(answer.code)) await this.deposit(asked, answer.message)
    else if (answer.kind === 'refused') await this.refused(answer.message)
    else {
      this.clock.learn(answer.value.clock.serverNow, answer.sent, answer.received)
      await this.errand.onStarted(answer.value)
      return true
    }
    return false
  }
}
