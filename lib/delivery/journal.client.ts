import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import type { JournalEntry } from './protocol'

/** The attempt's append-only list of events on this phone. A choice counts as made only when `append` has resolved. */
interface Schema extends DBSchema {
  entries: { key: [string, number]; value: JournalEntry & { attempt: string } }
  acks: { key: string; value: number }
}

export type NewEntry = Omit<JournalEntry, 'seq'>

export interface Journal {
  /** False when the browser refused storage and entries live in memory only. */
  readonly durable: boolean
  append(entry: NewEntry): Promise<JournalEntry>
  /** Entries above the acknowledged seq, oldest first. */
  pending(): Promise<JournalEntry[]>
  all(): Promise<JournalEntry[]>
  acknowledge(seq: number): Promise<void>
  ack(): Promise<number>
  /** The highest seq written so far, never below the floor. */
  last(): Promise<number>
}

const open = (): Promise<IDBPDatabase<Schema>> =>
  openDB<Schema>('petaguru-journal', 1, {
    upgrade(db) {
      db.createObjectStore('entries', { keyPath: ['attempt', 'seq'] })
      db.createObjectStore('acks')
    },
  })

const range = (attempt: string, above: number) => IDBKeyRange.bound([attempt, above], [attempt, Infinity], true)

class StoredJournal implements Journal {
  readonly durable = true
  private constructor(
    private db: IDBPDatabase<Schema>,
    private readonly attempt: string,
    private floor: number,
  ) {}

  static async open(attempt: string, floor: number): Promise<StoredJournal> {
    const journal = new StoredJournal(await open(), attempt, floor)
    // Proves that writing works now, not when the first answer is tapped.
    await journal.acknowledge(floor)
    return journal
  }

  /** iOS closes the database of a living tab; one reopening is the cure. */
  private async with<T>(work: (db: IDBPDatabase<Schema>) => Promise<T>): Promise<T> {
    try {
      return await work(this.db)
    } catch (error) {
      if ((error as DOMException).name !== 'InvalidStateError') throw error
      this.db = await open()
      return work(this.db)
    }
  }

  append(entry: NewEntry): Promise<JournalEntry> {
    return this.with(async (db) => {
      const tx = db.transaction('entries', 'readwrite', { durability: 'strict' })
      const last = await tx.store.openKeyCursor(range(this.attempt, 0), 'prev')
      const seq = Math.max(last ? last.key[1] : 0, this.floor) + 1
      const written = { ...entry, seq }
      await tx.store.add({ ...written, attempt: this.attempt })
      await tx.done
      return written
    })
  }
  private read(above: number): Promise<JournalEntry[]> {
    return this.with(async (db) => (await db.getAll('entries', range(this.attempt, above))).map(({ attempt: _attempt, ...e }) => e))
  }
  async pending(): Promise<JournalEntry[]> {
    return this.read(await this.ack())
  }
  all(): Promise<JournalEntry[]> {
    return this.read(0)
  }
  acknowledge(seq: number): Promise<void> {
    return this.with(async (db) => {
      const tx = db.transaction('acks', 'readwrite')
      if (seq > ((await tx.store.get(this.attempt)) ?? 0)) await tx.store.put(seq, this.attempt)
      else await tx.store.put((await tx.store.get(this.attempt)) ?? 0, this.attempt)
      await tx.done
    })
  }
  async last(): Promise<number> {
    return Math.max(this.floor, (await this.all()).at(-1)?.seq ?? 0)
  }
  ack(): Promise<number> {
    return this.with(async (db) => (await db.get('acks', this.attempt)) ?? 0)
  }
}

/** Used when the browser gives no storage: nothing survives a closed tab, and the screen says so. */
export class MemoryJournal implements Journal {
  readonly durable = false
  private entries: JournalEntry[] = []
  private acked: number
  constructor(private readonly floor: number) {
    this.acked = floor
  }
  async append(entry: NewEntry): Promise<JournalEntry> {
    const written = { ...entry, seq: Math.max(this.entries.at(-1)?.seq ?? 0, this.floor) + 1 }
    this.entries.push(written)
    return written
  }
  async pending(): Promise<JournalEntry[]> {
    return this.entries.filter((e) => e.seq > this.acked)
  }
  async all(): Promise<JournalEntry[]> {
    return this.entries
  }
  async acknowledge(seq: number): Promise<void> {
    this.acked = Math.max(this.acked, seq)
  }
  async ack(): Promise<number> {
    return this.acked
  }
  async last(): Promise<number> {
    return Math.max(this.floor, this.entries.at(-1)?.seq ?? 0)
  }
}

/** Opens the journal of an attempt. `floor` is what the server has acknowledged for this device: numbering never falls below it. */
export async function openJournal(attempt: string, floor: number): Promise<Journal> {
  try {
    return await StoredJournal.open(attempt, floor)
  } catch {
    return new MemoryJournal(floor)
  }
}

/** This browser's own name, kept as long as the browser keeps anything; `anew` when the old one can no longer be continued. */
export function deviceName(anew = false): string {
  const fresh = () => crypto.randomUUID().replaceAll('-', '').slice(0, 20)
  try {
    const known = localStorage.getItem('petaguru.device')
    if (known && !anew) return known
    const name = fresh()
    localStorage.setItem('petaguru.device', name)
    return name
  } catch {
    return fresh()
  }
}
