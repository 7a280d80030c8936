import { createServer, type Server } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answerServer } from '@/lib/delivery/answer-server'
import { serveDelivery } from '@/lib/delivery/node-server'
import { Wire } from '@/lib/rehearsal/ghosts/wire'
import type { SyncReply } from '@/lib/delivery/protocol'
import { signTicket, signToken } from '@/lib/delivery/token'
import { sql } from '@/lib/platform/db'
import { aServer, at, seated, singles } from '../integration/phones'
import { openWorld } from '../integration/world'

/** A client that means harm, against the real doors: refused, and nothing else is disturbed. */
let world: Awaited<ReturnType<typeof openWorld>>
let server: ReturnType<typeof aServer>
let others: Server
let port: number
let door: ReturnType<typeof answerServer>

beforeAll(async () => {
  world = await openWorld()
  server = aServer(async () => undefined)
  const lane = serveDelivery(server.delivery)
  others = createServer((request, response) => void lane(request, response))
  door = answerServer(server.delivery, others)
  await new Promise<void>((done) => door.listen(0, '127.0.0.1', done))
  port = (door.address() as AddressInfo).port
})
afterAll(async () => {
  door.close()
  await world.close()
})

const events = async (attemptId: string) =>
  (await sql<{ n: number }>(`SELECT count(*)::int AS n FROM journal_event WHERE attempt_id = $1`, [attemptId]))[0]!.n
const answer = (seq: number, item: string, value: unknown = 'A', when = at(3)) => ({ seq, kind: 'answer', item, value, at: when.getTime() })

/** Raw bytes to the open port; what came back, or how it ended. */
function raw(parts: (string | Buffer)[], wait = 1500): Promise<string> {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1')
    let said = ''
    const end = () => {
      socket.destroy()
      done(said)
    }
    socket.on('data', (d) => (said += d.toString('latin1')))
    socket.on('close', end)
    socket.on('error', end)
    setTimeout(end, wait)
    for (const part of parts) socket.write(part)
  })
}

/** An honest phone gets through, whatever else goes on. */
async function honest(): Promise<void> {
  const who = await seated()
  const started = await server.begin(who.seat)
  const wire = new Wire('127.0.0.1', port, 1)
  const reply = await wire.request(
    'POST',
    '/api/delivery/sync',
    JSON.stringify({ token: started.token, entries: [answer(1, singles(started)[0]!.id)], position: 0 }),
  )
  wire.close()
  expect(reply.status).toBe(200)
  expect((JSON.parse(reply.body.toString()) as SyncReply).ack).toBe(1)
}

describe('a client that means harm', () => {
  it('cannot write into another one’s attempt: a token is signed for one attempt and one device', async () => {
    const [victim, thief] = [await server.begin((await seated()).seat), await server.begin((await seated()).seat)]
    const stolen = thief.token.replace(thief.attemptId, victim.attemptId)
    const { status } = await server.post('sync', { token: stolen, entries: [answer(1, singles(victim)[0]!.id)], position: 0 })
    expect(status).toBe(401)
    expect(await events(victim.attemptId)).toBe(0)
  })
  it('cannot speak for another seat with a forged ticket, and a token is no ticket', async () => {
    const who = await seated()
    const start = (ticket: string) => server.post('start', { ticket, part: '1', device: 'phone-a-0001', takeOver: false })
    expect((await start(signTicket(who.seat, 1).slice(0, -2) + 'xx')).status).toBe(409)
    expect((await start(signToken(who.seat, '1'))).status).toBe(409)
    expect((await start(`${who.seat}.1.`)).status).toBe(409)
    expect(await sql(`SELECT 1 FROM attempt WHERE seat_id = $1`, [who.seat])).toEqual([])
  })
  it('gains nothing by replaying a batch with other content under the same numbers', async () => {
    const started = await server.begin((await seated()).seat)
    const item = singles(started)[0]!.id
    await server.send(started.token, [answer(1, item, 'A')])
    await server.send(started.token, [answer(1, item, 'B', at(5))])
    expect(await sql(`SELECT value, seq FROM response WHERE attempt_id = $1`, [started.attemptId])).toEqual([{ value: 'A', seq: 1 }])
    expect(await events(started.attemptId)).toBe(1)
  })
  it('has answers to items of other forms, unreadable values and text that no database can hold kept as rejected, not as answers', async () => {
    const started = await server.begin((await seated()).seat)
    const [foreign] = await sql<{ id: string }>(
      `SELECT v.id FROM item_version v WHERE NOT EXISTS (SELECT 1 FROM form_item f JOIN attempt a ON a.form_id = f.form_id WHERE a.id = $1 AND f.item_version_id = v.id) LIMIT 1`,
      [started.attemptId],
    )
    const item = singles(started)[0]!.id
    const batch = [
      answer(1, foreign!.id),
      answer(2, item, '\u0000'),
      answer(3, item, '\ud800'),
      answer(4, item, { __proto__: null, 'A\u0000': true }),
      answer(5, item, 'B'),
    ]
    expect(await server.send(started.token, batch)).toMatchObject({ ack: 5, skipped: [1, 2, 3, 4] })
    expect(await sql(`SELECT value FROM response WHERE attempt_id = $1`, [started.attemptId])).toEqual([{ value: 'B' }])
    expect(await sql(`SELECT kind FROM journal_event WHERE attempt_id = $1 AND kind = 'rejected'`, [started.attemptId])).toHaveLength(4)
  })
  it('travels in no time: an answer from tomorrow or from before the window is dated plausibly, one after the end does not count', async () => {
    const started = await server.begin((await seated()).seat)
    const [a, b] = singles(started)
    await server.send(started.token, [answer(1, a!.id, 'A', at(100_000)), answer(2, b!.id, 'A', at(-100_000))], at(10))
    const rows = await sql<{ at: Date }>(`SELECT at FROM journal_event WHERE attempt_id = $1 ORDER BY seq`, [started.attemptId])
    expect(rows[0]!.at.getTime()).toBeLessThanOrEqual(at(10).getTime() + 2000)
    expect(rows[1]!.at.getTime()).toBeGreaterThanOrEqual(at(-60).getTime())
    await server.send(started.token, [answer(3, a!.id, 'D', at(100_000))], at(61))
    expect(await sql(`SELECT value FROM response WHERE attempt_id = $1 AND item_version_id = $2`, [started.attemptId, a!.id])).toEqual([
      { value: 'A' },
    ])
  })
  it('is told to wait when it sends without pause, numbers beyond reason are passed over, and others notice nothing', async () => {
    const started = await server.begin((await seated()).seat)
    const wire = new Wire('127.0.0.1', port, 40)
    const flood = await Promise.all(
      Array.from({ length: 400 }, (_, i) =>
        wire.request(
          'POST',
          '/api/delivery/sync',
          JSON.stringify({ token: started.token, entries: [{ seq: i + 1, kind: 'position', value: 1, at: at(2).getTime() }], position: 0 }),
        ),
      ),
    )
    expect(flood.filter((r) => r.status === 429).length).toBeGreaterThan(200)
    await honest()
    wire.close()
    const many = Array.from({ length: 200 }, (_, i) => ({ seq: 1_000_000 + i, kind: 'position', value: 1, at: 0 }))
    const before = await events(started.attemptId)
    await new Promise((r) => setTimeout(r, 20))
    await server.post('sync', { token: started.token, entries: many, position: 0 }, at(60))
    expect(await events(started.attemptId)).toBe(before)
    expect(
      (await server.post('sync', { token: started.token, entries: Array.from({ length: 201 }, () => ({})), position: 0 }, at(70))).status,
    ).toBe(400)
  })
  it('may announce or send a hundred megabytes: it is cut off, and nothing is held', async () => {
    const before = process.memoryUsage().rss
    const head = (length: string) => `POST /api/delivery/sync HTTP/1.1\r\nhost: x\r\ncontent-length: ${length}\r\n\r\n`
    expect(await raw([head('104857600'), Buffer.alloc(1_000_000, 'x')])).toMatch(/^HTTP\/1\.1 413|^$/)
    const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`
    expect(
      await raw([
        'POST /api/delivery/start HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n',
        ...Array.from({ length: 60 }, () => chunk),
      ]),
    ).toMatch(/^HTTP\/1\.1 413|^$/)
    expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000)
    await honest()
  })
  it('smuggles nothing: two lengths, a length and a coding, folded lines and bare rubbish are not taken for an answer', async () => {
    const started = await server.begin((await seated()).seat)
    const body = JSON.stringify({ token: started.token, entries: [answer(1, singles(started)[0]!.id)], position: 0 })
    const first = 'POST /api/delivery/sync HTTP/1.1\r\nhost: x\r\n'
    for (const head of [
      `content-length: ${body.length}\r\ncontent-length: 5\r\n`,
      `content-length: ${body.length}\r\ntransfer-encoding: chunked\r\n`,
      `content-length: -5\r\n`,
      `content-length: 1e3\r\n`,
    ])
      expect([head, await raw([`${first}${head}\r\n${body}`], 400)]).toEqual([head, expect.not.stringMatching(/"ack"/)])
    expect(await raw(['\x16\x03\x01\x02\x00\x01\x00\x01', 'GET / HTTP/1.1\r\n\r\n'], 400)).not.toMatch(/"ack"/)
    expect(await events(started.attemptId)).toBe(0)
    // The same connection in its plain form, cut at every byte, and another shape after it.
    const whole = `${first}content-length: ${body.length}\r\n\r\n${body}`
    const reply = await raw(
      [...whole].map((c) => c),
      1500,
    )
    expect(reply).toMatch(/"ack":1/)
    const mixed = await raw(
      [`${first}content-length: ${body.length}\r\n\r\n${body}GET /api/delivery/time HTTP/1.1\r\nhost: x\r\n\r\n`],
      800,
    )
    expect(mixed).toMatch(/"ack":1/)
    expect(mixed).toMatch(/"serverNow":\d+\}/)
    await honest()
  })
})
