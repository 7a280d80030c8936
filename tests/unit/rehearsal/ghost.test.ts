import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { Ghost } from '@/lib/rehearsal/ghosts/ghost'
import { Library } from '@/lib/rehearsal/ghosts/library'
import { Wire } from '@/lib/rehearsal/ghosts/wire'
import type { JournalEntry } from '@/lib/delivery/protocol'
import { compare, nothingCompared } from '@/lib/rehearsal/proof'
import { deflate, seal, sha256, toBase64 } from '@/lib/delivery/seal'

/** A server of the protocol that fits on a page, so that a ghost's own behaviour shows. */
const item = (n: number) => ({
  id: `00000000-0000-7000-8000-00000000000${n}`,
  content: { type: 'single', stem: [], options: ['A', 'B', 'C'].map((id) => ({ id, body: [] })) },
})
let server: Server
let wire: Wire

async function scene(
  options: { damaged?: boolean; acknowledges?: (entries: JournalEntry[], held: number) => number; refusals?: number } = {},
) {
  const key = crypto.getRandomValues(new Uint8Array(32))
  const packet = await seal(key, await deflate(new TextEncoder().encode(JSON.stringify({ items: [1, 2, 3, 4].map(item) }))))
  const name = await sha256(packet)
  const batches: number[] = []
  let held = 0
  let refusals = options.refusals ?? 0
  server = createServer((request, response) => {
    let body = ''
    request.on('data', (d: Buffer) => (body += d))
    request.on('end', () => {
      const send = (value: unknown, status = 200) => {
        const bytes = value instanceof Uint8Array ? value : Buffer.from(JSON.stringify(value))
        response.writeHead(status, { 'content-length': bytes.length }).end(bytes)
      }
      const path = request.url!.slice('/api/delivery/'.length)
      if (path === 'login' || path === 'desk')
        return send({ serverNow: Date.now() + 5_000, seats: [{ ticket: 't', parts: [{ part: '1', packet: { sha256: name } }] }] })
      if (path.startsWith('packet/')) return send(options.damaged ? packet.with(20, packet[20]! ^ 1) : packet)
      if (path === 'start')
        return send({
          attemptId: 'a',
          token: 'x',
          ack: held,
          clock: { serverNow: Date.now() + 5_000 },
          packet: { sha256: name, contentKey: toBase64(key) },
        })
      if (refusals-- > 0) return send({ code: 'busy' }, 503)
      const { entries } = JSON.parse(body) as { entries: JournalEntry[] }
      batches.push(entries.length)
      held = options.acknowledges ? options.acknowledges(entries, held) : entries.at(-1)!.seq
      send({ ack: held, active: true, skipped: [], clock: {} })
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  wire = new Wire('127.0.0.1', (server.address() as AddressInfo).port, 4)
  return { batches, ghost: (seed = 7) => new Ghost(wire, new Library(), { number: 'N', code: 'C' }, '1', seed) }
}
const begin = async (ghost: Ghost) => {
  await ghost.login()
  await ghost.fetchPacket()
  await ghost.start()
}
afterEach(() => {
  wire.close()
  server.closeAllConnections()
  server.close()
})

describe('a ghost', () => {
  it('gives the same answers for the same seed, on the clock of the server', async () => {
    const { ghost } = await scene()
    const [one, same, other] = [ghost(1), ghost(1), ghost(2)]
    for (const g of [one, same, other]) {
      await begin(g)
      for (let n = 0; n < 8; n++) g.answer(1_000 * n)
    }
    const what = (g: Ghost) => g.journal.map((e) => [e.seq, e.item, e.value])
    expect(what(one)).toEqual(what(same))
    expect(what(one)).not.toEqual(what(other))
    expect(new Set(one.journal.slice(0, 4).map((e) => e.item)).size).toBe(4)
    expect(one.journal[0]!.at).toBeGreaterThan(4_000)
  })
  it('refuses a packet whose bytes are not those of its name', async () => {
    const { ghost } = await scene({ damaged: true })
    const g = ghost()
    await g.login()
    await expect(g.fetchPacket()).rejects.toThrow('damaged')
  })
  it('keeps what is not acknowledged and hands a long journal in by batches', async () => {
    const { ghost, batches } = await scene({ refusals: 1 })
    const g = ghost()
    await begin(g)
    for (let n = 0; n < 450; n++) g.answer()
    g.finish()
    await expect(g.sync()).rejects.toMatchObject({ status: 503 })
    expect(g.unacknowledged).toBe(451)
    await g.sync()
    expect(g.unacknowledged).toBe(0)
    expect(batches).toEqual([200, 200, 51])
  })
  it('sends again what an acknowledgement leaves out', async () => {
    const { ghost, batches } = await scene({ acknowledges: (entries, held) => Math.min(held + 2, entries.at(-1)!.seq) })
    const g = ghost()
    await begin(g)
    for (let n = 0; n < 5; n++) g.answer()
    await g.sync()
    expect(batches).toEqual([5, 3, 1])
  })
  it('does not run in circles when nothing is acknowledged', async () => {
    const { ghost } = await scene({ acknowledges: () => 0 })
    const g = ghost()
    await begin(g)
    g.answer()
    await expect(g.sync()).rejects.toThrow('acknowledged nothing')
  })
})

describe('the wire', () => {
  it('says so when the server is gone, and finds it again', async () => {
    const { ghost } = await scene()
    const g = ghost()
    await begin(g)
    const { port } = server.address() as AddressInfo
    const handler = server.listeners('request')[0] as () => void
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
    g.answer()
    await expect(g.sync()).rejects.toThrow()
    server = createServer(handler)
    await new Promise<void>((done) => server.listen(port, '127.0.0.1', done))
    await g.sync()
    expect(g.unacknowledged).toBe(0)
  })
})

describe('the proof', () => {
  const entry = (seq: number, value: string | Record<string, boolean>): JournalEntry => ({ seq, kind: 'answer', item: 'i', value, at: seq })
  const row = (seq: number, body: unknown) => ({ attemptId: 'a', device: 'd', seq, kind: 'answer', item: 'i', body, at: new Date() })
  const check = (acknowledged: number, stored: ReturnType<typeof row>[], responses: Record<string, unknown>) => {
    const sum = nothingCompared()
    compare(sum, { journal: [entry(1, 'A'), entry(2, { a: true, b: false })], acknowledged, device: 'd' }, stored, responses)
    return sum
  }
  it('is content with what was written, whatever the order of keys', () =>
    expect(check(2, [row(1, 'A'), row(2, { b: false, a: true })], { i: { b: false, a: true } })).toMatchObject({
      lost: 0,
      altered: 0,
      surplus: 0,
      responsesWrong: 0,
    }))
  it('finds a lost, an altered and a surplus entry, and an old response', () => {
    expect(check(2, [row(1, 'A')], { i: 'A' })).toMatchObject({ lost: 1 })
    expect(check(2, [row(1, 'B'), row(2, { a: true, b: false })], { i: { a: true, b: false } })).toMatchObject({ altered: 1 })
    expect(check(2, [row(1, 'A'), row(2, { a: true, b: false }), row(3, 'A')], { i: { a: true, b: false } })).toMatchObject({ surplus: 1 })
    expect(check(2, [row(1, 'A'), row(2, { a: true, b: false })], { i: 'A' })).toMatchObject({ responsesWrong: 1 })
  })
  it('does not ask for what was never acknowledged', () => expect(check(1, [row(1, 'A')], { i: 'A' }).lost).toBe(0))
})
