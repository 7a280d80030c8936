import { databaseAway } from '@/lib/platform/db'
import { log } from '@/lib/platform/log'
import * as store from './answer-store'
import { Facts, carriedOn, type Kept } from './facts'
import { judge, type JudgedEntry } from './judge'
import { SHORTEST_MS } from './outage'
import type { SyncReply } from './protocol'
import type { Bearer } from './token'

/**
 * The answer lane: batches that arrive while the database is busy become one statement and one commit (group commit),
 * and each is acknowledged only after that commit. A second group sets out while the first still waits for the disk only
 * when a dozen wait already: few large commits are cheaper than many small ones, but thirty phones shall not all wait for one.
 */
const UNDER_WAY = 2
const MANY = 12
const LARGEST_GROUP = 400
const CONTACTS_EVERY_MS = 1_000
/** Attempts scored at a time: the scoring room takes them together. */
const SETTLING = 40

/** Told when an attempt has just closed or changed after closing; the scoring room listens. */
export type OnSettled = (attemptId: string) => Promise<void>
/** A phone came back after its page was dead: the rule for lost time is asked. */
export type OnReopened = (facts: store.AttemptFacts, bearer: Bearer, entry: JudgedEntry) => Promise<void>

type Reach = store.Reach
export type SyncOutcome = { ok: true; reply: SyncReply } | { ok: false; code: 'attempt' | 'busy' }
type Job = { bearer: Bearer; raw: readonly unknown[]; position: number; done: (o: SyncOutcome) => void }
type Judged = { job: Job; kept: Kept; end: number; voided: boolean; entries: JudgedEntry[]; skipped: number[]; bytes: number }

/** An entry of a page that was dead for a while, or of another phone that cannot know (a negative number). */
const saysDead = (e: JudgedEntry) => e.kind === 'open' && typeof e.body === 'number' && (e.body < 0 || e.body >= SHORTEST_MS)

export class Lane {
  readonly facts = new Facts()
  private queue: Job[] = []
  private underWay = 0
  private contacts = new Map<string, store.Contact>()
  private contactTimer: NodeJS.Timeout | undefined
  private flushing: Promise<void> = Promise.resolve()
  private readonly crediting = new Set<Promise<void>>()
  private readonly toSettle = new Set<string>()
  private readonly settling = new Map<string, Promise<void>>()

  constructor(
    private readonly onSettled: OnSettled,
    private readonly onReopened: OnReopened,
    private readonly now: () => Date,
  ) {}

  /** Hands in one phone's batch; `done` hears after its commit. */
  submit(bearer: Bearer, raw: readonly unknown[], position: number, done: (o: SyncOutcome) => void): void {
    this.queue.push({ bearer, raw, position, done })
    if (!this.another()) return
    this.underWay++
    setImmediate(() => void this.run())
  }

  /** Whether one more group may set out now. */
  private another(): boolean {
    return this.queue.length > 0 && (this.underWay === 0 || (this.underWay < UNDER_WAY && this.queue.length >= MANY))
  }

  /** Resolves when nothing is under way: for tests and for an orderly end. */
  async idle(): Promise<void> {
    while (this.underWay > 0 || this.queue.length > 0) await new Promise((r) => setTimeout(r, 2))
    // Whoever is credited notes the contact afterwards, so that these come first.
    await Promise.all(this.crediting)
    await this.flushContacts()
    while (this.settling.size > 0) await Promise.all(this.settling.values())
  }

  private async run(): Promise<void> {
    try {
      do {
        const group = this.queue.splice(0, LARGEST_GROUP)
        await this.commit(group).catch((error: unknown) => this.troubled(group, error))
      } while (this.queue.length >= (this.underWay > 1 ? MANY : 1))
    } finally {
      this.underWay--
    }
  }

  /**
   * One batch that the database refuses must not hold up the others: each is tried once more by itself. A database that is
   * away or hangs is so for everybody: all who wait hear "busy" now, and their phones come again by themselves.
   */
  private async troubled(group: Job[], error: unknown): Promise<void> {
    if (databaseAway(error)) return this.fail([...group, ...this.queue.splice(0)], error)
    if (group.length === 1) return this.fail(group, error)
    for (const job of group) await this.commit([job]).catch((e: unknown) => this.fail([job], e))
  }
  private fail(jobs: Job[], error: unknown): void {
    log().error({ err: error, attemptId: jobs[0]?.bearer.attemptId, batches: jobs.length }, 'answers not stored')
    for (const job of jobs) job.done({ ok: false, code: 'busy' })
  }

  private judgeOne(job: Job, now: number): Judged | null {
    const kept = this.facts.of(job.bearer.attemptId)
    if (!kept) return null
    const end = this.facts.end(kept, now)
    const { facts, earliest, items, gives, graceEnd, budget } = kept
    const voidedAt = job.bearer.cardVersion < facts.cardVersion ? (facts.cardRenewedAt?.getTime() ?? null) : null
    const room = budget - this.facts.reach(job.bearer).bytes
    return {
      job,
      kept,
      end,
      voided: voidedAt !== null,
      ...judge(job.raw, { earliest, deadline: end, now, graceEnd, voidedAt, items, gives, room }),
    }
  }

  private async commit(group: Job[]): Promise<void> {
    const now = this.now()
    const ms = now.getTime()
    await Promise.all([
      this.facts.load(new Set(group.map((j) => j.bearer.attemptId)), ms),
      this.facts.loadReach(group.map((j) => j.bearer)),
    ])
    let judged = group.map((job) => this.judgeOne(job, ms))
    // Time may have been given a moment ago, or a card given back: nobody's answer is put aside by what this process remembers.
    const doubtful = judged.flatMap((j) => (j && (j.voided || j.entries.some((e) => e.kind === 'overdue')) ? [j.job.bearer.attemptId] : []))
    if (doubtful.length) {
      await this.facts.load(doubtful, ms, true)
      judged = group.map((job) => this.judgeOne(job, ms))
    }
    const writing = judged.filter((j) => j !== null && j.entries.length > 0) as Judged[]
    const changed = writing.length
      ? new Set(
          await store.appendBatches(
            writing.map((j) => ({ attemptId: j.job.bearer.attemptId, device: j.job.bearer.device, entries: j.entries })),
            ms,
          ),
        )
      : new Set<string>()
    const closing: Bearer[] = []
    const folding: Bearer[] = []
    for (const j of judged) {
      if (!j) continue
      const before = this.facts.reach(j.job.bearer)
      const finish = before.finish ?? j.entries.find((e) => e.kind === 'finish')?.seq ?? null
      const ack = carriedOn(
        before.ack,
        j.entries.map((e) => e.seq),
      )
      this.facts.setReach(j.job.bearer, { ack, finish, bytes: before.bytes + j.bytes })
      if (j.entries.some((e) => e.kind === 'finish')) folding.push(j.job.bearer)
      if (j.kept.facts.state === 'open' && finish !== null && ack >= finish) closing.push(j.job.bearer)
    }
    if (folding.length) for (const id of await store.foldAfterFinish(folding, now)) changed.add(id)
    const closed = closing.length ? new Set(await store.closeFinished(closing, now)) : new Set<string>()
    for (const id of closing.map((b) => b.attemptId)) this.facts.forget(id)
    group.forEach((job, i) => this.answer(job, judged[i] ?? null, ms, closing))
    for (const id of closed) this.settle(id)
    for (const id of changed) if (!closed.has(id)) this.settle(id)
  }

  private answer(job: Job, judged: Judged | null, now: number, closing: Bearer[]): void {
    if (!judged) return job.done({ ok: false, code: 'attempt' })
    const { bearer } = job
    const { kept, end, entries, skipped } = judged
    const { facts } = kept
    const reach = this.facts.reach(bearer)
    const state = closing.some((b) => b.attemptId === bearer.attemptId) ? 'closed' : facts.state
    const reopened = entries.find(saysDead)
    const note = () => this.note(bearer, reach, job.position, now)
    if (reopened && facts.state === 'open') this.credit(facts, bearer, reopened, note)
    else note()
    // A phone whose card was voided is told to come with the new one, as a phone that another has taken over from.
    const active = !judged.voided && (!facts.activeDevice || facts.activeDevice === bearer.device)
    job.done({ ok: true, reply: { ack: reach.ack, active, skipped, clock: { serverNow: now, deadline: end, paused: kept.paused, state } } })
  }

  /** Measures the silence before this contact: earlier ones are written down first, and this one (`note`) only afterwards. */
  private credit(facts: store.AttemptFacts, bearer: Bearer, reopened: JudgedEntry, note: () => void): void {
    const credited = this.flushContacts()
      .then(() => this.onReopened(facts, bearer, reopened))
      .then(() => this.facts.forget(bearer.attemptId))
      .catch((error: unknown) => log().error({ err: error, attemptId: bearer.attemptId }, 'lost time not credited'))
      .finally(() => {
        note()
        this.crediting.delete(credited)
      })
    this.crediting.add(credited)
  }
  private note(bearer: Bearer, reach: Reach, position: number, at: number): void {
    const { attemptId, device, key } = bearer
    this.contacts.set(key, { attemptId, device, ack: reach.ack, finish: reach.finish, position, at })
    this.contactTimer ??= setTimeout(() => void this.flushContacts(), CONTACTS_EVERY_MS)
  }
  /** Resolves when everything that was to be noted is, also what an earlier call still writes. */
  private flushContacts(): Promise<void> {
    clearTimeout(this.contactTimer)
    this.contactTimer = undefined
    const due = [...this.contacts.values()]
    this.contacts.clear()
    if (due.length)
      this.flushing = this.flushing
        .then(() => store.noteContacts(due))
        .catch((error: unknown) => log().warn({ err: error }, 'contacts not noted'))
    return this.flushing
  }

  /**
   * Scores a few attempts at a time behind the answers' back; what a crash leaves unscored is marked and found by the job
   * clock. An attempt that changes while it is being scored is scored once more.
   */
  private settle(attemptId: string): void {
    this.toSettle.add(attemptId)
    this.settleNext()
  }
  private settleNext(): void {
    for (const id of this.toSettle) {
      if (this.settling.size >= SETTLING) return
      if (this.settling.has(id)) continue
      this.toSettle.delete(id)
      const scored = this.onSettled(id)
        .catch((error: unknown) => log().error({ err: error, attemptId: id }, 'scoring failed'))
        .finally(() => {
          this.settling.delete(id)
          this.settleNext()
        })
      this.settling.set(id, scored)
    }
  }
}
