import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import type { DeskSeat, JournalEntry, Part } from './protocol'

/** What this phone keeps: who sits here, sealed packets, attempts and their journals. One IndexedDB, one file that knows its shape. */

/** A journal entry with what is needed to tell its true time later: both of the phone's clocks and the page's run. */
export type KeptEntry = JournalEntry & {
  run: string
  /** performance.now() of that run, ms */
  mono: number
  /** Date.now(), ms: wrong by hours perhaps, but a second witness of how much time went by */
  wall: number
  /** `at` was made with a clock that the server had set in that run. */
  sure: boolean
  /** The page believed that there was time left. */
  inTime: boolean
}

/** An attempt as this phone knows it; with it a reload needs no server. */
export type KeptAttempt = {
  key: string
  seatId: string
  part: Part
  title: string
  device: string
  sha256: string
  contentKey: string
  seed: number
  /** ms of the server's clock */
  startedAt: number
  deadline: number
  paused: boolean
  closed: boolean
  /** Begun by the release code, not yet claimed. */
  provisional: boolean
  token: string | null
  /** Begun by the code: what shows the server that this phone has heard it. */
  proof?: string
  /** Answers and flags that the server knew at the last start. */
  saved: { item: string; value: JournalEntry['value']; at: number }[]
  flags: string[]
  /** The item that was on the screen last. */
  place?: string
  /** The last sign of life of the page, in ms of the clock that it believed. */
  aliveAt: number
}

/** A desk on this phone. `owner` is whoever held the phone when it was opened; `sealer` a key of the owner's card that nobody can read out. */
export type KeptSeat = { seat: DeskSeat; fetchedAt: number; lock: string | null; owner?: string; sealer?: CryptoKey }

interface Shape extends DBSchema {
  entries: { key: [string, number]; value: KeptEntry & { attempt: string } }
  acks: { key: string; value: number }
  attempts: { key: string; value: KeptAttempt }
  seats: { key: string; value: KeptSeat }
  packets: { key: string; value: Uint8Array<ArrayBuffer> }
}
export type Database = IDBPDatabase<Shape>

const NAME = 'petaguru-peserta'

const openAnew = (): Promise<Database> =>
  openDB<Shape>(NAME, 1, {
    upgrade(db) {
      db.createObjectStore('entries', { keyPath: ['attempt', 'seq'] })
      db.createObjectStore('acks')
      db.createObjectStore('attempts', { keyPath: 'key' })
      db.createObjectStore('seats')
      db.createObjectStore('packets')
    },
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  })

let opened: Promise<Database> | null = null

/** Works on the database; iOS closes it under a living tab, one reopening is the cure. */
export async function withKeep<T>(work: (db: Database) => Promise<T>): Promise<T> {
  opened ??= openAnew()
  try {
    return await work(await opened)
  } catch (error) {
    const name = (error as DOMException).name
    if (name !== 'InvalidStateError' && name !== 'UnknownError') {
      if (name === 'QuotaExceededError') throw error
      opened = null
      throw error
    }
    opened = openAnew()
    return work(await opened)
  }
}

export const keptSeats = (): Promise<KeptSeat[]> => withKeep((db) => db.getAll('seats'))
export const keptSeat = (seatId: string): Promise<KeptSeat | undefined> => withKeep((db) => db.get('seats', seatId))

/** Keeps a seat; lock, sealer and owner that stand stay when none are given. */
export async function keepSeat(
  seat: DeskSeat,
  fetchedAt: number,
  given: { lock?: string; sealer?: CryptoKey; owner?: string | null } = {},
): Promise<void> {
  await withKeep(async (db) => {
    const tx = db.transaction('seats', 'readwrite')
    const before = await tx.store.get(seat.seatId)
    // A sitting that is over gives no ticket any more; the one that is here still hands in what was written.
    const ticket = seat.ticket ?? before?.seat.ticket ?? null
    const [owner, sealer] = [given.owner ?? before?.owner, given.sealer ?? before?.sealer]
    const kept = {
      seat: { ...seat, ticket },
      fetchedAt,
      lock: given.lock ?? before?.lock ?? null,
      ...(owner ? { owner } : {}),
      ...(sealer ? { sealer } : {}),
    }
    await tx.store.put(kept, seat.seatId)
    await tx.done
  })
}

export async function setSeatOwner(seatId: string, owner: string): Promise<void> {
  await withKeep(async (db) => {
    const tx = db.transaction('seats', 'readwrite')
    const before = await tx.store.get(seatId)
    if (before) await tx.store.put({ ...before, owner }, seatId)
    await tx.done
  })
}

/** Everything of one seat's tests on this phone. */
export type KeptAll = { attempts: KeptAttempt[]; entries: (KeptEntry & { attempt: string })[]; acks: [string, number][] }
export async function keptAll(seatId: string): Promise<KeptAll> {
  return withKeep(async (db) => {
    const attempts = (await db.getAll('attempts')).filter((a) => a.seatId === seatId)
    const all: KeptAll = { attempts, entries: [], acks: [] }
    for (const { key } of attempts) {
      all.entries.push(...(await db.getAll('entries', IDBKeyRange.bound([key, 0], [key, Infinity]))))
      const ack = await db.get('acks', key)
      if (ack !== undefined) all.acks.push([key, ack])
    }
    return all
  })
}

/** Puts a seat with its tests back, all or nothing; what is here already is not older and stays. */
export async function restoreAll(kept: KeptSeat, all: KeptAll): Promise<void> {
  await withKeep(async (db) => {
    const tx = db.transaction(['entries', 'acks', 'attempts', 'seats'], 'readwrite', { durability: 'strict' })
    const there = new Set(await tx.objectStore('attempts').getAllKeys())
    await tx.objectStore('seats').put(kept, kept.seat.seatId)
    for (const attempt of all.attempts) if (!there.has(attempt.key)) await tx.objectStore('attempts').put(attempt)
    for (const entry of all.entries) if (!there.has(entry.attempt)) await tx.objectStore('entries').put(entry)
    for (const [key, ack] of all.acks) if (!there.has(key)) await tx.objectStore('acks').put(ack, key)
    await tx.done
  })
}

export const keptAttempts = (): Promise<KeptAttempt[]> => withKeep((db) => db.getAll('attempts'))
/** Entries of one attempt that the server has not acknowledged. */
export async function unsentOf(key: string): Promise<number> {
  return withKeep(async (db) => {
    const ack = (await db.get('acks', key)) ?? 0
    return db.count('entries', IDBKeyRange.bound([key, ack], [key, Infinity], true))
  })
}

export const keptAttempt = (key: string): Promise<KeptAttempt | undefined> => withKeep((db) => db.get('attempts', key))
export async function keepAttempt(attempt: KeptAttempt): Promise<void> {
  await withKeep(async (db) => {
    const tx = db.transaction('attempts', 'readwrite', { durability: 'strict' })
    await tx.store.put(attempt)
    await tx.done
  })
}
/** Changes what stands; nothing when the attempt is not here. */
export async function changeAttempt(key: string, change: Partial<KeptAttempt>): Promise<void> {
  await withKeep(async (db) => {
    const tx = db.transaction('attempts', 'readwrite')
    const before = await tx.store.get(key)
    if (before) await tx.store.put({ ...before, ...change })
    await tx.done
  })
}

export const keptPacket = (sha256: string): Promise<Uint8Array<ArrayBuffer> | undefined> => withKeep((db) => db.get('packets', sha256))
export const hasPacket = async (sha256: string): Promise<boolean> => (await withKeep((db) => db.count('packets', sha256))) > 0
export async function keepPacket(sha256: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  await withKeep((db) => db.put('packets', bytes, sha256))
}

/** Takes every sealed packet off this phone. */
export const dropPackets = (): Promise<void> => withKeep((db) => db.clear('packets'))

/** Entries of a seat that the server has not acknowledged. */
export async function unsent(seatId: string): Promise<number> {
  let count = 0
  for (const attempt of await keptAttempts()) if (attempt.seatId === seatId) count += await unsentOf(attempt.key)
  return count
}

/** Takes a participant's data off this phone. The caller has made sure that nothing is unsent. */
export async function forgetSeat(seatId: string): Promise<void> {
  await withKeep(async (db) => {
    const tx = db.transaction(['entries', 'acks', 'attempts', 'seats'], 'readwrite')
    for (const attempt of await tx.objectStore('attempts').getAll()) {
      if (attempt.seatId !== seatId) continue
      await tx.objectStore('entries').delete(IDBKeyRange.bound([attempt.key, 0], [attempt.key, Infinity]))
      await tx.objectStore('acks').delete(attempt.key)
      await tx.objectStore('attempts').delete(attempt.key)
    }
    await tx.objectStore('seats').delete(seatId)
    await tx.done
  })
}

export const attemptKey = (seatId: string, part: string): string => `${seatId}.${part}`
