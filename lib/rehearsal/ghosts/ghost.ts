import { seeded, shuffled } from '@/lib/platform/random'
import { MAX_BATCH, type Desk, type JournalEntry, type Part, type StartReply, type SyncReply } from '@/lib/delivery/protocol'
import { claimProof } from '@/lib/delivery/seal'
import { type GhostItem, type Library } from './library'
import type { Wire, WireReply } from './wire'

/** Who a ghost is: a card to log in with, or a ticket that it holds already. */
export type GhostIdentity = { number: string; code: string } | { ticket: string }

/** A request that was answered with something else than 200. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    path: string,
    body: string,
  ) {
    super(`${path}: ${status} ${body.slice(0, 200)}`)
  }
}

/**
 * A simulated participant. It speaks the product's own protocol: it logs in, fetches and checks its packet, starts, writes a
 * journal, hands it in, and lets go of an entry only when the server has acknowledged it. The same seed gives the same
 * answers. What it wrote stays in `journal`, so that a rehearsal can compare it with the database.
 */
export class Ghost {
  readonly device: string
  readonly journal: JournalEntry[] = []
  /** The highest seq that the server says is durable. */
  acknowledged = 0
  attemptId: string | null = null
  ticket: string | null
  packetName: string | null = null
  finished = false
  /** Entries that the server kept but could not use: an honest ghost has none. */
  skipped = 0
  /** Bytes of replies that this ghost received. */
  received = 0
  private token = ''
  private seatId = ''
  private offset = 0
  private order: GhostItem[] = []
  private turn = 0
  private sending: Promise<void> | null = null
  private readonly random: () => number

  constructor(
    private readonly wire: Wire,
    private readonly library: Library,
    private readonly identity: GhostIdentity,
    private readonly part: Part,
    seed: number,
    private readonly clock: () => number = Date.now,
  ) {
    this.random = seeded(seed)
    this.device = `ghost-${seed.toString(36).padStart(8, '0')}`
    this.ticket = 'ticket' in identity ? identity.ticket : null
  }

  private async ask(method: 'GET' | 'POST', path: string, body?: unknown): Promise<WireReply> {
    const reply = await this.wire.request(method, path, body === undefined ? '' : JSON.stringify(body))
    this.received += reply.bytes
    if (reply.status !== 200) throw new Refused(reply.status, path, reply.body.toString())
    return reply
  }

  private takeDesk(reply: WireReply): void {
    const desk = JSON.parse(reply.body.toString()) as Desk
    this.offset = desk.serverNow - this.clock()
    const seat = desk.seats[0]
    if (!seat) throw new Error('an empty desk')
    this.ticket = seat.ticket
    this.seatId = seat.seatId
    this.packetName = seat.parts.find((p) => p.part === this.part)?.packet?.sha256 ?? null
  }

  /** Logs in with the card and reads the desk that comes with it. */
  async login(): Promise<void> {
    if (!('number' in this.identity)) throw new Error('this ghost has no card')
    this.takeDesk(await this.ask('POST', '/api/delivery/login', this.identity))
  }

  /** Reads the desk anew by its ticket. */
  async readDesk(): Promise<void> {
    this.takeDesk(await this.ask('POST', '/api/delivery/desk', { tickets: [this.ticket] }))
  }

  /** Fetches the sealed packet and checks that its bytes are those of its name. */
  async fetchPacket(): Promise<void> {
    if (!this.packetName) throw new Error('no packet on the desk')
    const reply = await this.ask('GET', `/api/delivery/packet/${this.packetName}`)
    if (!(await this.library.keep(this.packetName, reply.body))) throw new Error(`packet ${this.packetName} is damaged`)
  }

  /**
   * Starts, or continues where the server's acknowledgement stands; `begunAt` (ms) claims a start without the server, by the key
   * of the code that was read aloud.
   */
  async start(takeOver = false, begunAt?: number, codeKey?: Uint8Array<ArrayBuffer>): Promise<void> {
    const proof = codeKey && (await claimProof(codeKey, this.seatId, this.part, this.device))
    const asked = {
      ticket: this.ticket,
      part: this.part,
      device: this.device,
      takeOver,
      packet: this.packetName ?? undefined,
      begunAt,
      proof,
    }
    const reply = await this.ask('POST', '/api/delivery/start', asked)
    const started = JSON.parse(reply.body.toString()) as StartReply
    this.token = started.token
    this.attemptId = started.attemptId
    this.acknowledged = Math.max(this.acknowledged, started.ack)
    this.offset = started.clock.serverNow - this.clock()
    if (this.order.length === 0)
      this.order = shuffled(await this.library.items(started.packet.sha256, started.packet.contentKey), this.random)
  }

  private note(entry: Omit<JournalEntry, 'seq' | 'at'>, at: number): void {
    this.journal.push({ seq: this.journal.length + 1, ...entry, at: Math.round(at + this.offset) })
  }

  /** Writes an answer into the journal: the next item in its own order, and from the first again when all are answered. */
  answer(at = this.clock()): void {
    const item = this.order[this.turn++ % this.order.length]!
    const value = item.choices[Math.floor(this.random() * item.choices.length)]!
    this.note({ kind: 'answer', item: item.id, value }, at)
  }

  /** Writes the finish into the journal. */
  finish(at = this.clock()): void {
    if (this.finished) return
    this.finished = true
    this.note({ kind: 'finish' }, at)
  }

  get unacknowledged(): number {
    return this.journal.length - this.acknowledged
  }

  /** Hands in what is not acknowledged, batch after batch. Throws when the server is not reached; the journal stays whole. */
  async sync(): Promise<void> {
    while (this.sending) await this.sending
    this.sending = this.handIn().finally(() => (this.sending = null))
    return this.sending
  }

  private async handIn(): Promise<void> {
    while (this.unacknowledged > 0) {
      const before = this.acknowledged
      const entries = this.journal.slice(before, before + MAX_BATCH)
      const position = this.order.length ? Math.max(0, this.turn - 1) % this.order.length : 0
      const reply = await this.ask('POST', '/api/delivery/sync', { token: this.token, entries, position })
      const said = JSON.parse(reply.body.toString()) as SyncReply
      this.acknowledged = Math.max(before, Math.min(said.ack, this.journal.length))
      this.skipped += said.skipped.length
      if (this.acknowledged === before) throw new Error('the server acknowledged nothing')
    }
  }
}
