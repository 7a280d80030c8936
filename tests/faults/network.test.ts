import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { DeliveryReply } from '@/lib/delivery/inside'
import type { SendState } from '@/lib/delivery/sender.client'
import { signTicket } from '@/lib/delivery/token'
import { seeded } from '@/lib/platform/random'
import { sql } from '@/lib/platform/db'
import { aServer, seated, singles } from '../integration/phones'
import { openWorld } from '../integration/world'
import { rounds } from './rounds'

/**
 * The phone's own sender and journal against the real handler and database, over a network that loses, delays, cuts,
 * doubles and reorders, and behind portals and gateways that answer in the server's place.
 */
let world: Awaited<ReturnType<typeof openWorld>>
beforeAll(async () => {
  world = await openWorld()
})
afterAll(async () => {
  await world.close()
})

type Fate = 'through' | 'request lost' | 'reply lost' | 'reply cut' | 'portal' | 'gateway' | 'twice' | 'late'
const fates: Fate[] = ['through', 'request lost', 'reply lost', 'reply cut', 'portal', 'gateway', 'twice', 'late']

const real = { setTimeout: globalThis.setTimeout }
const breathe = (ms = 4) => new Promise<void>((done) => real.setTimeout(done, ms))

/** A browser's surroundings, as far as the sender knows them. */
function surroundings(): void {
  const target = () => new EventTarget()
  vi.stubGlobal('window', Object.assign(target(), { location: { origin: 'http://x' } }))
  vi.stubGlobal('document', Object.assign(target(), { visibilityState: 'visible' }))
  vi.stubGlobal('navigator', {})
  const kept = new Map<string, string>()
  vi.stubGlobal('localStorage', { getItem: (k: string) => kept.get(k) ?? null, setItem: (k: string, v: string) => kept.set(k, v) })
}

const json = (reply: DeliveryReply) =>
  new Response(typeof reply.body === 'string' ? reply.body : new Uint8Array(reply.body), { status: reply.status })

/** A network between this phone and the server: `fate` decides what becomes of each request. */
function network(server: ReturnType<typeof aServer>, fate: () => Fate) {
  const late: Promise<unknown>[] = []
  const said = { acknowledged: 0 }
  vi.stubGlobal('fetch', async (path: string, init: RequestInit = {}) => {
    const arrive = () =>
      server.delivery.handle({
        method: init.method ?? 'GET',
        path,
        body: String(init.body ?? ''),
        cookie: '',
        userAgent: 'uji',
        address: 'uji',
      })
    const what = fate()
    if (what === 'request lost') throw new TypeError('network')
    if (what === 'portal')
      return new Response('<html>Selamat datang di Wi-Fi sekolah</html>', { status: 200, headers: { 'content-type': 'text/html' } })
    if (what === 'gateway') return new Response('<h1>502 Bad Gateway</h1>', { status: 502 })
    if (what === 'late') {
      // The phone has given up long before the request arrives: out of order, behind newer ones.
      late.push(breathe(60).then(arrive))
      throw new DOMException('timeout', 'TimeoutError')
    }
    const reply = await arrive()
    if (what === 'twice') await arrive()
    if (what === 'reply lost') throw new TypeError('network')
    if (what === 'reply cut') return new Response(String(reply.body).slice(0, Math.floor(String(reply.body).length / 2)), { status: 200 })
    if (path.endsWith('/sync') && reply.status === 200)
      said.acknowledged = Math.max(said.acknowledged, (JSON.parse(String(reply.body)) as { ack: number }).ack)
    return json(reply)
  })
  return { settle: () => Promise.all(late), said }
}

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory()
  surroundings()
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

async function aPhone(server: ReturnType<typeof aServer>) {
  const who = await seated(new Date())
  const started = await server.begin(who.seat, 'phone-n-0001', new Date())
  vi.resetModules()
  const { PhoneJournal } = await import('@/lib/delivery/journal.client')
  const { ServerClock } = await import('@/lib/delivery/clock.client')
  const { Sender } = await import('@/lib/delivery/sender.client')
  const journal = await PhoneJournal.open(`${who.seat}.1`, 0)
  const clock = new ServerClock()
  clock.learn(Date.now(), 0, 0)
  let state: SendState | null = null
  const sender = new Sender(
    {
      token: () => started.token,
      deadline: () => Infinity,
      start: async () => ({ ticket: signTicket(who.seat, 1), part: '1', device: 'phone-n-0001', takeOver: false }),
      onStarted: async () => undefined,
      onTokenRefused: async () => undefined,
    },
    journal,
    clock,
    (s) => (state = s),
    seeded(7),
  )
  const tap = (item: string, value: string) =>
    journal.append({ kind: 'answer', item, value, ...clock.stamp(Infinity) }).then(() => sender.kick())
  return { started, journal, sender, tap, state: () => state, attemptId: started.attemptId }
}

const held = async (attemptId: string) =>
  (await sql<{ n: number }>(`SELECT count(*)::int AS n FROM journal_event WHERE attempt_id = $1`, [attemptId]))[0]!.n

/** Lets the phone's own time run until nothing is pending any more; the server may take its time on a busy machine. */
async function drained(journal: { pending: () => Promise<unknown[]> }): Promise<void> {
  for (const end = performance.now() + 60_000; performance.now() < end && (await journal.pending()).length > 0;) {
    await vi.advanceTimersByTimeAsync(2_000)
    await breathe(20)
  }
}

describe('a phone behind a bad network', () => {
  it('loses no answer, doubles none, and never says "saved" before the server has it', async () => {
    for (let round = 0; round < rounds(6, 120); round++) {
      const chance = seeded(1000 + round)
      const server = aServer(async () => undefined, true)
      const phone = await aPhone(server)
      let bad = true
      const net = network(server, () => (bad ? fates[Math.floor(chance() * fates.length)]! : 'through'))
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
      phone.sender.start()
      const items = singles(phone.started)
      const last = new Map<string, string>()
      for (let i = 0; i < 25; i++) {
        const [item, value] = [items[Math.floor(chance() * items.length)]!.id, 'ABCD'[Math.floor(chance() * 4)]!]
        last.set(item, value)
        await phone.tap(item, value)
        await vi.advanceTimersByTimeAsync(chance() * 4_000)
        await breathe()
        // What is no longer pending on the phone must be in the database.
        const pending = (await phone.journal.pending()).length
        expect(await held(phone.attemptId)).toBeGreaterThanOrEqual(i + 1 - pending)
        expect(await phone.journal.ack()).toBeLessThanOrEqual(Math.max(net.said.acknowledged, 0))
      }
      bad = false
      window.dispatchEvent(new Event('online'))
      await drained(phone.journal)
      phone.sender.stop()
      vi.useRealTimers()
      await net.settle()
      expect(await phone.journal.pending()).toEqual([])
      expect(await held(phone.attemptId)).toBe(25)
      const rows = await sql<{ item: string; value: string }>(`SELECT item_version_id AS item, value FROM response WHERE attempt_id = $1`, [
        phone.attemptId,
      ])
      expect(Object.fromEntries(rows.map((r) => [r.item, r.value]))).toEqual(Object.fromEntries(last))
      vi.unstubAllGlobals()
      surroundings()
    }
  })

  it('sends what a former page load had kept without anything being touched again', async () => {
    const server = aServer(async () => undefined, true)
    const phone = await aPhone(server)
    network(server, () => 'request lost')
    await phone.tap(singles(phone.started)[0]!.id, 'C')
    phone.sender.stop()
    // The page is gone; a new one opens the same journal and only starts its sender.
    vi.resetModules()
    const { PhoneJournal } = await import('@/lib/delivery/journal.client')
    const { ServerClock } = await import('@/lib/delivery/clock.client')
    const { Sender } = await import('@/lib/delivery/sender.client')
    network(server, () => 'through')
    const journal = await PhoneJournal.open([...(await attemptsKept())][0]!, 0)
    const sender = new Sender(
      {
        token: () => phone.started.token,
        deadline: () => Infinity,
        start: async () => Promise.reject(new Error('no start is needed')),
        onStarted: async () => undefined,
        onTokenRefused: async () => undefined,
      },
      journal,
      new ServerClock(),
      () => undefined,
    )
    sender.start()
    await vi.waitFor(async () => expect(await held(phone.attemptId)).toBe(1), { timeout: 5_000 })
    sender.stop()
  })

  it('knocks ever more seldom while the server is away, at different moments on different phones, and at once when the network is back', async () => {
    const server = aServer(async () => undefined, true)
    const phone = await aPhone(server)
    let knocks = 0
    vi.stubGlobal('fetch', async () => {
      knocks++
      throw new TypeError('network')
    })
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    phone.sender.start()
    await phone.tap(singles(phone.started)[0]!.id, 'A')
    for (let i = 0; i < 600; i++) await vi.advanceTimersByTimeAsync(1_000)
    // Ten minutes: a handful while it is fresh, then about one in 45 seconds.
    expect(knocks).toBeGreaterThan(10)
    expect(knocks).toBeLessThan(30)
    const before = knocks
    window.dispatchEvent(new Event('online'))
    await vi.advanceTimersByTimeAsync(1_600)
    await breathe(20)
    expect(knocks).toBe(before + 1)
    phone.sender.stop()
  })
})

/** Journals that this phone holds. */
async function attemptsKept(): Promise<Set<string>> {
  const { withKeep } = await import('@/lib/delivery/keep.client')
  const keys = await withKeep((db) => db.getAllKeys('entries'))
  return new Set(keys.map(([attempt]) => attempt))
}
