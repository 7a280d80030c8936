import { ActionsReply, ConsoleReply, MOST_ACTIONS, type ActionResult, type ConsoleAction, type NewAction, type Snapshot } from './protocol'
import { FrameCollector, type HandoverPayload } from '@/lib/delivery/handover'
import { deliver, seatOf } from './handover.client'
import { keepPicture, keptPicture } from './picture.client'
import { Refusal } from '@/lib/delivery/protocol'
import { sha256 } from '@/lib/delivery/seal'

/** The console's link to the server: an honest poll, and a queue that outlives a dead network and a closed page. */

const URL = '/api/delivery/console'
const EVERY_MS = { visible: 5_000, hidden: 30_000, longest: 60_000 }
const TIMEOUT_MS = 15_000
/** A picture in which nothing changed is kept again after so long, so that its hour is not far behind. */
const KEEP_MS = 30_000

/** A scanned journal that waits for the network. */
export type Parcel = { id: string; seat: string; entries: number; frames: string[] }
export type LinkState = {
  snapshot: Snapshot
  online: boolean
  /** Why the server will not talk, in words: nobody is logged in, or the room is no longer hers. */
  refusal: string | null
  waiting: ConsoleAction[]
  parcels: Parcel[]
  /** Answers that nobody has dismissed yet, newest first. */
  answers: { id: string; ok: boolean; message: string }[]
}

function read<T>(key: string): T[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(key) ?? '[]')
    return Array.isArray(found) ? (found as T[]) : []
  } catch {
    return []
  }
}

/** The snapshot after a reply. */
export function applied(before: Snapshot, reply: ConsoleReply): Snapshot {
  if ('unchanged' in reply) return { ...before, version: reply.version, at: reply.at, serverNow: reply.serverNow }
  if (!('since' in reply)) return reply
  const { since: _since, live, ...rest } = reply
  return { ...before, ...rest, live: { ...before.live, ...live } }
}

export class ConsoleLink {
  private state: LinkState
  private readonly listeners = new Set<() => void>()
  private timer: ReturnType<typeof setTimeout> | undefined
  private busy = false
  private failures = 0
  private kept = { version: '', at: 0 }
  /** Server's clock minus this device's. */
  private offset: number

  constructor(
    first: Snapshot,
    private readonly userId: string,
    private readonly random: () => number = Math.random,
  ) {
    this.offset = first.serverNow - Date.now()
    this.state = { snapshot: first, online: true, refusal: null, waiting: [], parcels: [], answers: [] }
  }
  private get keys() {
    return { actions: `petaguru.console.${this.userId}`, parcels: `petaguru.handover.${this.userId}` }
  }

  readonly get = (): LinkState => this.state
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }
  private set(change: Partial<LinkState>): void {
    this.state = { ...this.state, ...change }
    for (const listener of this.listeners) listener()
  }
  /** Server's clock as this console believes it. */
  now(): number {
    return Date.now() + this.offset
  }

  start(): void {
    this.offset = this.state.snapshot.serverNow - Date.now()
    if (navigator.onLine === false) this.set({ online: false })
    void this.recall()
    window.addEventListener('online', this.wake)
    window.addEventListener('offline', this.away)
    document.addEventListener('visibilitychange', this.wake)
    this.set({ waiting: read<ConsoleAction>(this.keys.actions), parcels: read<Parcel>(this.keys.parcels) })
    this.schedule(this.state.waiting.length || this.state.parcels.length ? 0 : EVERY_MS.visible * this.random())
  }
  stop(): void {
    clearTimeout(this.timer)
    window.removeEventListener('online', this.wake)
    window.removeEventListener('offline', this.away)
    document.removeEventListener('visibilitychange', this.wake)
  }
  /** A page that came without a network shows what this console saw last, by the clock that it believed then. */
  private async recall(): Promise<void> {
    const kept = await keptPicture(this.userId, this.state.snapshot.head.id)
    if (!kept || kept.snapshot.at < this.state.snapshot.at) return this.keepPicture()
    this.offset = kept.offset
    this.set({ snapshot: kept.snapshot })
  }
  private async keepPicture(): Promise<void> {
    const { version, at } = this.state.snapshot
    if (version === this.kept.version && at - this.kept.at < KEEP_MS) return
    this.kept = { version, at }
    await keepPicture(this.userId, this.state.snapshot, this.offset)
  }
  private readonly wake = (): void => {
    this.failures = 0
    if (document.visibilityState === 'visible') this.schedule(200 * this.random())
  }
  private readonly away = (): void => this.set({ online: false })
  private schedule(wait?: number): void {
    clearTimeout(this.timer)
    const calm = document.visibilityState === 'visible' ? EVERY_MS.visible : EVERY_MS.hidden
    const pause = Math.min(EVERY_MS.longest, calm * 2 ** Math.min(this.failures, 4)) * (0.8 + 0.4 * this.random())
    this.timer = setTimeout(() => void this.round(), wait ?? pause)
  }

  /** Changes a stored queue; another tab of the same proctor may have added to it meanwhile, and nothing of hers is lost. */
  private keep<T extends { id: string }>(key: string, own: T[], change: (list: T[]) => T[]): T[] {
    const list = new Map([...read<T>(key), ...own].map((x) => [x.id, x]))
    const changed = change([...list.values()])
    try {
      localStorage.setItem(key, JSON.stringify(changed))
    } catch {
      // A browser without storage: the queue lives as long as the page does.
    }
    return changed
  }

  /** Writes an action down, then sends it as soon as the network allows. */
  act(action: NewAction, id: string = crypto.randomUUID()): void {
    const stamped = { ...action, id, at: this.now() } as ConsoleAction
    this.set({ waiting: this.keep(this.keys.actions, this.state.waiting, (list) => [...list.filter((w) => w.id !== id), stamped]) })
    this.failures = 0
    this.schedule(0)
  }
  /** Keeps a scanned journal until it is delivered; the same journal twice is one. */
  async handOver(payload: HandoverPayload, collector: FrameCollector): Promise<void> {
    const frames = collector.frames()
    const name = await sha256(new TextEncoder().encode(frames.join('\n')))
    const id = `${name.slice(0, 8)}-${name.slice(8, 12)}-8${name.slice(13, 16)}-9${name.slice(17, 20)}-${name.slice(20, 32)}`
    const parcel = { id, seat: seatOf(payload), entries: payload.entries.length, frames }
    this.set({ parcels: this.keep(this.keys.parcels, this.state.parcels, (list) => [...list.filter((p) => p.id !== id), parcel]) })
    this.failures = 0
    this.schedule(0)
  }
  /** A refusal stays until it is put away; of what went well only the newest is shown. */
  private hear(answers: LinkState['answers']): void {
    const ids = new Set(answers.map((a) => a.id))
    const all = [...answers.toReversed(), ...this.state.answers.filter((a) => !ids.has(a.id))]
    const newest = all.find((a) => a.ok)
    this.set({ answers: all.filter((a) => !a.ok || a === newest).slice(0, 20) })
  }
  dismiss(id: string): void {
    this.set({ answers: this.state.answers.filter((a) => a.id !== id) })
  }
  /** Tries at once. */
  retry(): void {
    this.wake()
  }

  /** One round: what waits goes first, so that the state that comes back holds it. */
  private async round(): Promise<void> {
    if (this.busy) return
    this.busy = true
    try {
      // A refused queue must not blind the console: the picture is asked for in any case.
      const sent = await this.sendParcels()
        .then(() => this.sendActions())
        .then(
          () => true,
          () => false,
        )
      await this.poll()
      if (sent) this.set({ refusal: null })
      this.failures = sent ? 0 : this.failures + 1
    } catch {
      this.failures++
      this.set({ online: false })
    } finally {
      this.busy = false
      const { waiting, parcels } = this.state
      this.schedule(this.failures === 0 && waiting.length + parcels.length > 0 ? 0 : undefined)
    }
  }
  private async ask(path: string, init?: RequestInit): Promise<unknown> {
    const response = await fetch(path, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS), cache: 'no-store' })
    const body: unknown = await response.json()
    if (response.ok) return body
    const refusal = Refusal.safeParse(body)
    this.set({ refusal: response.status < 500 && refusal.success ? refusal.data.message : null })
    throw new Error(String(response.status))
  }
  private async sendActions(): Promise<void> {
    const batch = this.state.waiting.slice(0, MOST_ACTIONS)
    if (batch.length === 0) return
    const reply = ActionsReply.parse(
      await this.ask(URL, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ actions: batch }) }),
    )
    const answered = new Set(reply.results.map((r) => r.id))
    const waiting = this.keep(this.keys.actions, this.state.waiting, (list) => list.filter((w) => !answered.has(w.id)))
    this.set({ waiting })
    this.hear(reply.results.map(worded))
  }
  private async sendParcels(): Promise<void> {
    for (const parcel of this.state.parcels) {
      const collector = new FrameCollector()
      for (const frame of parcel.frames) collector.add(frame)
      const result = await deliver(await collector.payload())
      if (!result.ok && result.retry) throw new Error('parcel waits')
      this.set({ parcels: this.keep(this.keys.parcels, this.state.parcels, (list) => list.filter((p) => p.id !== parcel.id)) })
      if (result.ok) this.act({ kind: 'handover', seat: parcel.seat, entries: parcel.entries }, parcel.id)
      const message = result.ok
        ? result.complete
          ? `Serah terima ${parcel.entries} catatan sampai di server.`
          : `Serah terima sampai, tetapi ada catatan sebelumnya yang belum ada di server. Pindai juga ponsel lain peserta ini.`
        : result.message
      this.hear([{ id: `p-${parcel.id}`, ok: result.ok, message }])
    }
  }
  private async poll(): Promise<void> {
    const { snapshot } = this.state
    const sent = Date.now()
    const reply = ConsoleReply.parse(await this.ask(`${URL}/${snapshot.head.id}?since=${snapshot.version}`))
    this.offset = reply.serverNow - (sent + Date.now()) / 2
    this.set({ snapshot: applied(this.state.snapshot, reply), online: true })
    await this.keepPicture()
  }
}

const worded = (r: ActionResult) => ({ id: r.id, ok: r.outcome === 'done', message: r.message })
