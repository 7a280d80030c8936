import { createServer, type Server } from 'node:http'
import { connect, type AddressInfo, type Server as TcpServer } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { answerServer } from '@/lib/delivery/answer-server'
import type { Delivery } from '@/lib/delivery/handler'
import { Crowd } from '@/lib/platform/crowd'
import { guard, type Gate } from '@/lib/platform/gate'

/** The open port against clients that are slow, many, or speak crookedly. */
const answers = (body: string, done: (r: { status: number; body: string }) => void) => done({ status: 200, body: `{"ack":${body.length}}` })
const delivery = { sync: answers } as unknown as Delivery
const SHORT = { firstMs: 600, headMs: 300, bodyMs: 500, idleMs: 3_000 }

let closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing) close()
  closing = []
})

async function openPort(options: { crowd?: Crowd; gate?: Partial<Gate>; patient?: boolean } = {}): Promise<number> {
  const others: Server = createServer({
    requireHostHeader: false,
    headersTimeout: 300,
    requestTimeout: 5_000,
    connectionsCheckingInterval: 50,
  })
  const page = guard(
    (request, response) => {
      request.resume()
      request.on('end', () => response.end(`page ${request.url}`))
    },
    { small: () => 1_000, bodyMs: 500, uploads: 4, upload: () => null, ...options.gate },
  )
  others.on('request', page)
  const door: TcpServer = answerServer(delivery, others, { ...(options.patient ? {} : SHORT), crowd: options.crowd })
  await new Promise<void>((done) => door.listen(0, '127.0.0.1', done))
  closing.push(() => {
    door.close()
    others.closeAllConnections()
    others.close()
  })
  return (door.address() as AddressInfo).port
}

type Heard = { said: string; closedAfter: number | null }
/** Writes `parts` one by one with `every` ms between them, and listens until the end, until it has heard `until`, or for `wait` ms. */
function speak(
  port: number,
  parts: string[],
  { every = 0, wait = 30_000, until }: { every?: number; wait?: number; until?: RegExp } = {},
): Promise<Heard> {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1')
    const from = performance.now()
    let said = ''
    let over = false
    const end = (closed: boolean) => {
      if (over) return
      over = true
      socket.destroy()
      done({ said, closedAfter: closed ? performance.now() - from : null })
    }
    socket.on('data', (d) => {
      said += d.toString('latin1')
      if (until?.test(said)) end(false)
    })
    socket.on('close', () => end(true))
    socket.on('error', () => undefined)
    setTimeout(() => end(false), wait)
    const next = (i: number) => {
      if (over || i >= parts.length) return
      socket.write(Buffer.from(parts[i]!, 'latin1'))
      if (every) setTimeout(next, every, i + 1)
      else next(i + 1)
    }
    next(0)
  })
}
/** Twelve seconds of it, where a letter comes each 60 ms: whoever is cut off before was not given more time for each. */
const dripping = (text: string, letters = 200) => [text, ...Array.from({ length: letters }, () => 'x')]
const sync = 'POST /api/delivery/sync HTTP/1.1\r\n'
const plain = (body: string) => `${sync}Host: x\r\nContent-Length: ${body.length}\r\n\r\n${body}`

describe('deadlines of the open port', () => {
  it.each([
    ['nothing at all', [], 600],
    ['half a head of a phone', dripping(sync + 'X-A: '), 300],
    ['half a head of a page', dripping('GET /masuk HTTP/1.1\r\nHost: x\r\nX-A: '), 300],
    ['half a first line', dripping('GET /masuk?'), 300],
    ['half a body of a phone', dripping(`${sync}Host: x\r\nContent-Length: 9000\r\n\r\n`), 500],
    ['half a body of a page', dripping('POST /masuk HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\n'), 500],
  ])('%s ends the connection, however it is dripped', async (_what, parts, deadline) => {
    const heard = await speak(await openPort(), parts as string[], { every: 60 })
    expect(heard.closedAfter).toBeGreaterThanOrEqual((deadline as number) * 0.8)
    expect(heard.closedAfter).toBeLessThan(10_000)
    expect(heard.said).not.toMatch(/ack|page/)
  })
  it('a kept connection of a phone may be silent for longer than a head may take, and ends when it is idle for too long', async () => {
    const port = await openPort()
    const { said, closedAfter } = await speak(port, [plain('a'), plain('b')], { every: 500 })
    expect(said.match(/ack/g)).toHaveLength(2)
    expect(closedAfter).toBeGreaterThan(3_200)
  })
  it('a second head that is dripped after a good one ends like the first', async () => {
    const { said, closedAfter } = await speak(await openPort(), [plain('a'), ...dripping(sync)], { every: 60 })
    expect(said.match(/ack/g)).toHaveLength(1)
    expect(closedAfter).toBeLessThan(10_000)
  })
})

/** So many heads that stay half, for two seconds; `pushed`: how many were cut off before. */
function slowHeads(port: number, count: number) {
  let cut = 0
  const all = Array.from({ length: count }, async () => {
    if ((await speak(port, ['POST /api/deliv'], { wait: 2_000 })).closedAfter !== null) cut++
  })
  return { all: Promise.all(all), pushed: () => cut }
}

describe('caps of the open port', () => {
  it('a thousand phones behind one address are served at once, and the cap leaves room for six connections each', async () => {
    const crowd = new Crowd()
    const port = await openPort({ crowd, patient: true })
    const replies = await Promise.all(
      Array.from({ length: 1_200 }, () => speak(port, [plain('a').replace('Host', 'Connection: close\r\nHost')])),
    )
    expect(replies.filter((r) => /"ack":1/.test(r.said))).toHaveLength(1_200)
    expect(crowd.most.perAddress).toBeGreaterThanOrEqual(977 * 6)
  })
  it('slow heads beyond the cap push out the oldest of their own address, so that an honest request still gets through', async () => {
    const crowd = new Crowd({ all: 1_000, perAddress: 500, unfinished: 20 })
    const port = await openPort({ crowd, patient: true })
    const { all, pushed } = slowHeads(port, 60)
    await expect.poll(pushed).toBeGreaterThanOrEqual(39)
    const honest = await speak(port, [plain('abc').replace('Host', 'Connection: close\r\nHost')])
    expect(honest.said).toMatch(/"ack":3/)
    await all
    expect(pushed()).toBeLessThanOrEqual(41)
  })
  it('more than its share of connections is not given to one address, and closed ones are counted out', async () => {
    const crowd = new Crowd({ all: 1_000, perAddress: 10, unfinished: 1_000 })
    const port = await openPort({ crowd })
    const held = Array.from({ length: 25 }, () => speak(port, [plain('a')], { wait: 1_500 }))
    const ends = await Promise.all(held)
    expect(ends.filter((e) => /"ack"/.test(e.said))).toHaveLength(10)
    while (crowd.open > 0) await new Promise((r) => setTimeout(r, 5))
    const later = await speak(port, [plain('a')], { until: /"ack"/ })
    expect(later.said).toMatch(/"ack"/)
  })
  it('a trusted proxy is everybody: neither its share of connections nor of slow heads is held against the phones behind it', async () => {
    for (const [proxies, served] of [
      [0, 10],
      [1, 25],
    ] as const) {
      const crowd = new Crowd({ all: 1_000, perAddress: 10, unfinished: 1_000 }, proxies)
      const port = await openPort({ crowd })
      const ends = await Promise.all(Array.from({ length: 25 }, () => speak(port, [plain('a')], { wait: 400 })))
      expect([proxies, ends.filter((e) => /"ack"/.test(e.said)).length]).toEqual([proxies, served])
    }
    const crowd = new Crowd({ all: 1_000, perAddress: 1_000, unfinished: 5 }, 1)
    const port = await openPort({ crowd, patient: true })
    const { all, pushed } = slowHeads(port, 30)
    await all
    expect(pushed()).toBe(0)
  })
  it('the cap of everything holds behind a proxy too: who has owed the rest of a request for longest goes', async () => {
    const crowd = new Crowd({ all: 20, perAddress: 5, unfinished: 5 }, 1)
    const port = await openPort({ crowd, patient: true })
    const { all, pushed } = slowHeads(port, 40)
    await expect.poll(pushed).toBeGreaterThanOrEqual(20)
    expect(crowd.open).toBeLessThanOrEqual(20)
    expect((await speak(port, [plain('abc').replace('Host', 'Connection: close\r\nHost')])).said).toMatch(/"ack":3/)
    await all
  })
})

describe('crooked requests', () => {
  const paths = ['/api/delivery/sync', '/masuk']
  const crooked: [string, (path: string) => string][] = [
    ['bare line feeds', (p) => `POST ${p} HTTP/1.1\nHost: x\nContent-Length: 1\n\na`],
    ['one bare line feed in the head', (p) => `POST ${p} HTTP/1.1\r\nHost: x\nX-A: b\r\nContent-Length: 1\r\n\r\na`],
    ['a bare carriage return', (p) => `POST ${p} HTTP/1.1\r\nHost: x\r\nX-A: b\rc\r\nContent-Length: 1\r\n\r\na`],
    ['a NUL', (p) => `POST ${p} HTTP/1.1\r\nHost: x\r\nX-A: b\0c\r\nContent-Length: 1\r\n\r\na`],
    ['a control sign', (p) => `POST ${p} HTTP/1.1\r\nHost: x\r\nX-A: b\x01c\r\nContent-Length: 1\r\n\r\na`],
    ['no host', (p) => `POST ${p} HTTP/1.1\r\nContent-Length: 1\r\n\r\na`],
    ['an empty host', (p) => `POST ${p} HTTP/1.1\r\nHost:\r\nContent-Length: 1\r\n\r\na`],
    ['a host with a space', (p) => `POST ${p} HTTP/1.1\r\nHost: a b\r\nContent-Length: 1\r\n\r\na`],
    ['two hosts', (p) => `POST ${p} HTTP/1.1\r\nHost: x\r\nHost: y\r\nContent-Length: 1\r\n\r\na`],
    ['two equal lengths', (p) => `POST ${p} HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\na`],
    ['a list of lengths', (p) => `POST ${p} HTTP/1.1\r\nHost: x\r\nContent-Length: 1, 1\r\n\r\na`],
    ['a signed length', (p) => `POST ${p} HTTP/1.1\r\nHost: x\r\nContent-Length: +1\r\n\r\na`],
    ['a length and a coding', (p) => `POST ${p} HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
    ['a folded line', (p) => `POST ${p} HTTP/1.1\r\nHost: x\r\nX-A: b\r\n c\r\nContent-Length: 1\r\n\r\na`],
    ['a space before the colon', (p) => `POST ${p} HTTP/1.1\r\nHost: x\r\nX-A : b\r\nContent-Length: 1\r\n\r\na`],
    ['a line without a colon', (p) => `POST ${p} HTTP/1.1\r\nHost: x\r\nX-A\r\nContent-Length: 1\r\n\r\na`],
    ['another version', (p) => `POST ${p} HTTP/2.0\r\nHost: x\r\nContent-Length: 1\r\n\r\na`],
    ['HTTP/1.0 with a coding', (p) => `POST ${p} HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
    ['a full address as the path', (p) => `GET http://evil.example${p} HTTP/1.1\r\nHost: x\r\n\r\n`],
    ['a NUL in the address', (p) => `GET ${p}?q=%00 HTTP/1.1\r\nHost: x\r\n\r\n`],
    ['half a character in the path', (p) => `GET ${p}/%ED%A0%80 HTTP/1.1\r\nHost: x\r\n\r\n`],
    ['TRACE', (p) => `TRACE ${p} HTTP/1.1\r\nHost: x\r\n\r\n`],
    ['a head of thirty kilobytes', (p) => `POST ${p} HTTP/1.1\r\nHost: x\r\nX-A: ${'b'.repeat(30_000)}\r\nContent-Length: 1\r\n\r\na`],
  ]
  const cases = crooked.flatMap(([name, text]) => paths.map((p) => [name, p, text(p)] as const))
  it.each(cases)('%s to %s is refused and the connection ends', async (_name, _path, text) => {
    const { said, closedAfter } = await speak(await openPort(), [text + 'GET /masuk HTTP/1.1\r\nHost: x\r\n\r\n'], { wait: 15_000 })
    expect(said).toMatch(/^HTTP\/1\.1 (4\d\d|505) /)
    expect(said).not.toMatch(/ack|page/)
    expect(said).toMatch(/x-content-type-options: nosniff/i)
    expect(closedAfter).not.toBeNull()
  })
  it('the same heads in their straight form are answered, cut at every byte', async () => {
    const port = await openPort()
    expect((await speak(port, [...plain('abc')], { until: /"ack"/ })).said).toMatch(/"ack":3/)
    expect((await speak(port, ['GET /masuk HTTP/1.1\r\nHost: x:80\r\n\r\n'], { until: /page/ })).said).toMatch(/page \/masuk/)
  })
})

/** Three seconds for a large body of whoever it is; `taken`: how many were asked who they are, before which they get no place. */
function places(holder: (n: number) => string) {
  let asked = 0
  const upload: Gate['upload'] = () => ({ bytes: 10_000, ms: 3_000, holder: async () => holder(asked++) })
  return { upload, taken: () => asked }
}

describe('bodies', () => {
  const post = (path: string, length: number | null, body = '') =>
    `POST ${path} HTTP/1.1\r\nHost: x\r\n${length === null ? 'Transfer-Encoding: chunked' : `Content-Length: ${length}`}\r\n\r\n${body}`

  it('a body that announces more than its path allows is refused before it is read', async () => {
    const { said, closedAfter } = await speak(await openPort(), [post('/masuk', 60_000_000, 'x'.repeat(5_000))], { wait: 3_000 })
    expect(said).toMatch(/^HTTP\/1\.1 413 /)
    expect(closedAfter).not.toBeNull()
  })
  it('a body that does not say how long it is is asked to', async () =>
    expect((await speak(await openPort(), [post('/masuk', null, '5\r\nhello\r\n0\r\n\r\n')], { wait: 3_000 })).said).toMatch(
      /^HTTP\/1\.1 411 /,
    ))
  it('a large body is let through where the gate lets this visitor, and refused where it does not', async () => {
    const upload: Gate['upload'] = (request) =>
      request.url === '/unggah'
        ? { bytes: 10_000, ms: 500, holder: async () => (request.headers.cookie === 'who=office' ? 'office' : null) }
        : null
    const port = await openPort({ gate: { upload } })
    const body = 'x'.repeat(5_000)
    expect((await speak(port, [post('/unggah', 5_000, body)], { wait: 15_000 })).said).toMatch(/^HTTP\/1\.1 403 /)
    const office = `POST /unggah HTTP/1.1\r\nHost: x\r\nCookie: who=office\r\nContent-Length: 5000\r\n\r\n${body}`
    expect((await speak(port, [office], { until: /page/ })).said).toMatch(/page \/unggah/)
    expect((await speak(port, [post('/lain', 5_000, body)], { wait: 15_000 })).said).toMatch(/^HTTP\/1\.1 413 /)
  })
  it('one person holds one place for a large body, and a second one at the same time is told to wait', async () => {
    const { upload, taken } = places(() => 'office')
    const port = await openPort({ gate: { upload } })
    const held = speak(port, [post('/unggah', 5_000, 'x')], { wait: 4_000 })
    await expect.poll(taken).toBe(1)
    expect((await speak(port, [post('/unggah', 5_000, 'x'.repeat(5_000))], { wait: 15_000 })).said).toMatch(/^HTTP\/1\.1 409 /)
    await held
    expect((await speak(port, [post('/unggah', 5_000, 'x'.repeat(5_000))], { until: /page/ })).said).toMatch(/page \/unggah/)
  })
  it('whoever sends a large body a byte at a time gives the place back long before the end of the time', async () => {
    const port = await openPort({ gate: { lookMs: 200, upload: () => ({ bytes: 10_000, ms: 60_000, holder: async () => 'office' }) } })
    const { closedAfter } = await speak(port, [post('/unggah', 5_000, 'x')], { wait: 20_000 })
    expect(closedAfter).toBeLessThan(19_000)
  })
  it('at most a few large bodies are under way at once; the next is told to come again', async () => {
    const { upload, taken } = places((n) => `person ${n}`)
    const port = await openPort({ gate: { upload, uploads: 2 } })
    const held = Array.from({ length: 2 }, () => speak(port, [post('/unggah', 5_000, 'x')], { wait: 4_000 }))
    await expect.poll(taken).toBe(2)
    expect((await speak(port, [post('/unggah', 5_000, 'x'.repeat(5_000))], { wait: 15_000 })).said).toMatch(/^HTTP\/1\.1 503 /)
    await Promise.all(held)
    expect((await speak(port, [post('/unggah', 5_000, 'x'.repeat(5_000))], { until: /page/ })).said).toMatch(/page \/unggah/)
  })
})
