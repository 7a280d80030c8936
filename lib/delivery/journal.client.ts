import { withKeep, type Database, type KeptEntry } from './keep.client'

/** The attempt's append-only list of events on this phone. A choice counts as made only when `append` has resolved. */
export type NewEntry = Omit<KeptEntry, 'seq'>

export interface Journal {
  /** False once the browser refused storage: from then on an entry counts only when the server has it. */
  readonly durable: boolean
  /** Resolves when the entry is safe: on the phone, or, where the phone refuses, on the server. Rejects when it is neither in time. */
  append(entry: NewEntry): Promise<KeptEntry>
  /** Entries above the acknowledged seq, oldest first. */
  pending(): Promise<KeptEntry[]>
  all(): Promise<KeptEntry[]>
  acknowledge(seq: number): Promise<void>
  ack(): Promise<number>
  /** The highest seq written so far, never below the floor. */
  last(): Promise<number>
  /** Called when an entry waits for the server instead of the phone. */
  onWaiting: () => void
}

const range = (attempt: string, above: number) => IDBKeyRange.bound([attempt, above], [attempt, Infinity], true)
/** How long an entry that the phone could not keep may wait for the server before the choice is called not saved. */
const SERVER_WAIT_MS = 15_000

/** Entries in memory, each safe only once acknowledged. Stands in where the browser gives no storage, and beside it when storage fails in the middle. */
class Memory {
  entries: KeptEntry[] = []
  private waiting = new Map<number, () => void>()

  add(entry: KeptEntry): Promise<KeptEntry> {
    this.entries.push(entry)
    return new Promise((done, fail) => {
      const over = setTimeout(() => {
        this.waiting.delete(entry.seq)
        fail(new Error('neither the phone nor the server has the entry yet'))
      }, SERVER_WAIT_MS)
      this.waiting.set(entry.seq, () => {
        clearTimeout(over)
        done(entry)
      })
    })
  }
  acknowledge(seq: number): void {
    for (const [waiting, done] of this.waiting) {
      if (waiting > seq) continue
      this.waiting.delete(waiting)
      done()
    }
  }
}

export class PhoneJournal implements Journal {
  durable = true
  onWaiting: () => void = () => undefined
  private readonly memory = new Memory()
  private acked: number
  private highest: number
  private queue: Promise<unknown> = Promise.resolve()

  private constructor(
    private readonly attempt: string,
    floor: number,
  ) {
    this.acked = floor
    this.highest = floor
  }

  /** Opens the journal of an attempt. `floor` is what the server has acknowledged for this device: numbering never falls below it. */
  static async open(attempt: string, floor: number): Promise<PhoneJournal> {
    const journal = new PhoneJournal(attempt, floor)
    try {
      // Proves that writing works now, not when the first answer is tapped.
      await journal.writeAck(floor)
      journal.acked = await withKeep(async (db) => (await db.get('acks', attempt)) ?? floor)
      journal.highest = Math.max(floor, (await journal.stored(0)).at(-1)?.seq ?? 0)
    } catch {
      journal.durable = false
    }
    return journal
  }

  append(entry: NewEntry): Promise<KeptEntry> {
    // One after the other, so that numbers have no holes whatever is tapped meanwhile.
    const written = this.queue.then(async () => {
      const numbered = { ...entry, seq: this.highest + 1 }
      const stored = this.durable && (await this.store(numbered))
      this.highest = numbered.seq
      return { numbered, stored }
    })
    this.queue = written.catch(() => undefined)
    return written.then(({ numbered, stored }) => {
      if (stored) return numbered
      const safe = this.memory.add(numbered)
      this.onWaiting()
      return safe
    })
  }
  private async store(entry: KeptEntry): Promise<boolean> {
    try {
      await withKeep(async (db) => {
        const tx = db.transaction('entries', 'readwrite', { durability: 'strict' })
        await tx.store.add({ ...entry, attempt: this.attempt })
        await tx.done
      })
      return true
    } catch {
      this.durable = false
      return false
    }
  }
  private stored(above: number): Promise<KeptEntry[]> {
    const read = async (db: Database) => (await db.getAll('entries', range(this.attempt, above))).map(({ attempt: _attempt, ...e }) => e)
    return withKeep(read)
  }
  private async read(above: number): Promise<KeptEntry[]> {
    const kept = await this.stored(above).catch(() => [])
    const extra = this.memory.entries.filter((e) => e.seq > above && !kept.some((k) => k.seq === e.seq))
    return extra.length ? [...kept, ...extra].sort((a, b) => a.seq - b.seq) : kept
  }
  pending(): Promise<KeptEntry[]> {
    return this.read(this.acked)
  }
  all(): Promise<KeptEntry[]> {
    return this.read(0)
  }
  async acknowledge(seq: number): Promise<void> {
    // A server that knows more than this phone has written is talking of another journal.
    const known = Math.min(seq, this.highest)
    if (known <= this.acked) return
    this.acked = known
    this.memory.acknowledge(known)
    await this.writeAck(known).catch(() => undefined)
  }
  private writeAck(seq: number): Promise<void> {
    return withKeep(async (db) => {
      const tx = db.transaction('acks', 'readwrite')
      await tx.store.put(Math.max(seq, (await tx.store.get(this.attempt)) ?? 0), this.attempt)
      await tx.done
    })
  }
  async ack(): Promise<number> {
    return this.acked
  }
  async last(): Promise<number> {
    return this.highest
  }
}
