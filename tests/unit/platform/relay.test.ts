import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, request, type IncomingHttpHeaders, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { ADDRESS_HEADER, stampAddress } from '@/lib/platform/client-address'
import { DOOR_HEADER } from '@/lib/platform/pages-door'
import { relayTo } from '@/scripts/relay'

/** The front and the pages behind it, with pages of our own in the place of Next.js. */
type Serve = (request: IncomingMessage, response: ServerResponse) => void
const WORD = 'the word of this installation'

let closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing) close()
  closing = []
})

const folder = () => {
  const made = mkdtempSync(join(tmpdir(), 'petaguru-relay-'))
  closing.push(() => rmSync(made, { recursive: true, force: true }))
  return made
}
const listening = async (server: Server, at: string | number) => {
  await new Promise<void>((done) => (typeof at === 'string' ? server.listen(at, done) : server.listen(at, '127.0.0.1', done)))
  const close = () => {
    server.closeAllConnections()
    server.close()
  }
  closing.push(close)
  return close
}
const pagesAt = (socket: string, serve: Serve) => listening(createServer(serve), socket)
async function frontOf(sockets: string[]): Promise<number> {
  const { answer } = relayTo(sockets, WORD)
  const server = createServer((q, r) => {
    stampAddress(q)
    answer(q, r)
  })
  await listening(server, 0)
  return (server.address() as AddressInfo).port
}

type Said = { status: number; headers: IncomingHttpHeaders; body: string; whole: boolean }
function ask(
  port: number,
  {
    method = 'GET',
    path = '/',
    headers = {},
    body,
  }: { method?: string; path?: string; headers?: Record<string, string>; body?: string | Buffer } = {},
): Promise<Said> {
  return new Promise((done, fail) => {
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }
    const asked = request({ host: '127.0.0.1', port, method, path, headers: { ...length, ...headers } }, (r) => {
      let text = ''
      r.on('data', (d: Buffer) => (text += d.toString('latin1')))
      r.on('error', () => undefined)
      r.on('close', () => done({ status: r.statusCode!, headers: r.headers, body: text, whole: r.complete }))
    })
    asked.on('error', fail)
    asked.end(body)
  })
}
const html = { accept: 'text/html,application/xhtml+xml' }

describe('the front hands pages on', () => {
  it('with path, method, cookies and body, and brings back status, every cookie and the bytes', async () => {
    const socket = join(folder(), 'a.sock')
    await pagesAt(socket, (q, r) => {
      let body = ''
      q.on('data', (d) => (body += d))
      q.on('end', () => {
        r.writeHead(201, { 'set-cookie': ['a=1', 'b=2'], 'content-type': 'text/plain' })
        r.end(`${q.method} ${q.url} ${q.headers.cookie} ${body}`)
      })
    })
    const said = await ask(await frontOf([socket]), { method: 'POST', path: '/bgtk?x=%20y', headers: { cookie: 's=9' }, body: 'isi=ya' })
    expect([said.status, said.body, said.headers['set-cookie']]).toEqual([201, 'POST /bgtk?x=%20y s=9 isi=ya', ['a=1', 'b=2']])
  })
  it('and says where the request came from and who asks; whatever a client writes in their place is gone', async () => {
    const socket = join(folder(), 'a.sock')
    let heard: IncomingHttpHeaders = {}
    await pagesAt(socket, (q, r) => {
      heard = q.headers
      r.end()
    })
    await ask(await frontOf([socket]), {
      headers: {
        [ADDRESS_HEADER]: '203.0.113.9',
        [DOOR_HEADER]: 'a guess',
        'x-petaguru-visit': 'mine',
        'x-forwarded-for': '203.0.113.9',
        // A line that names ours as one of the connection must not take it away.
        connection: `keep-alive, ${ADDRESS_HEADER}, ${DOOR_HEADER}`,
      },
    })
    expect(heard).toMatchObject({ [ADDRESS_HEADER]: '127.0.0.1', [DOOR_HEADER]: WORD })
    expect(Object.keys(heard)).not.toEqual(expect.arrayContaining(['x-forwarded-for']))
    expect(heard['x-petaguru-visit']).toBeUndefined()
  })
  it('as they come: the first part of a page arrives while the rest is still being made', async () => {
    const socket = join(folder(), 'a.sock')
    let finish: () => void = () => undefined
    await pagesAt(socket, (_q, r) => {
      r.write('first')
      finish = () => void r.end('last')
    })
    const port = await frontOf([socket])
    const parts: string[] = []
    await new Promise<void>((done) => {
      request({ host: '127.0.0.1', port }, (r) => {
        r.on('data', (d: Buffer) => {
          parts.push(d.toString())
          if (parts.length === 1) finish()
        })
        r.on('end', done)
      }).end()
    })
    expect(parts).toEqual(['first', 'last'])
  })
  it('no faster than a client takes them: a large answer waits at its maker', async () => {
    const socket = join(folder(), 'a.sock')
    let written = 0
    await pagesAt(socket, (_q, r) => {
      const more = () => {
        while (written < 60_000_000) {
          written += 100_000
          if (!r.write(Buffer.alloc(100_000))) return void r.once('drain', more)
        }
        r.end()
      }
      more()
    })
    const port = await frontOf([socket])
    const slow = request({ host: '127.0.0.1', port }, (r) => void r.pause())
    slow.on('error', () => undefined)
    slow.end()
    await vi.waitFor(() => expect(written).toBeGreaterThan(0))
    let before = -1
    await vi.waitFor(
      () => {
        const now = written
        if (now !== before) {
          before = now
          throw new Error('still taking')
        }
      },
      { interval: 200, timeout: 5_000 },
    )
    expect(written).toBeLessThan(30_000_000)
    slow.destroy()
  })
  it('and lets go of a page that nobody waits for any more', async () => {
    const socket = join(folder(), 'a.sock')
    let left = false
    let asked = false
    await pagesAt(socket, (_q, r) => {
      asked = true
      r.on('close', () => (left = true))
    })
    const waiting = request({ host: '127.0.0.1', port: await frontOf([socket]) })
    waiting.on('error', () => undefined)
    waiting.end()
    await vi.waitFor(() => expect(asked).toBe(true))
    waiting.destroy()
    await vi.waitFor(() => expect(left).toBe(true))
  })
  it('to the process with the least to do, and to another when one is away', async () => {
    const at = folder()
    const sockets = ['a', 'b'].map((n) => join(at, `${n}.sock`))
    const held: ServerResponse[] = []
    const close = await pagesAt(sockets[0]!, (q, r) => (q.url === '/lama' ? void held.push(r) : void r.end('a')))
    await pagesAt(sockets[1]!, (_q, r) => void r.end('b'))
    const port = await frontOf(sockets)
    const long = ask(port, { path: '/lama' })
    await vi.waitFor(() => expect(held).toHaveLength(1))
    expect((await ask(port)).body).toBe('b')
    held[0]!.end('a, late')
    expect((await long).body).toBe('a, late')
    close()
    const all = await Promise.all(Array.from({ length: 20 }, () => ask(port, { method: 'POST', body: 'x' })))
    expect(all.map((s) => s.body)).toEqual(Array(20).fill('b'))
  })
})

describe('while pages are away', () => {
  it('a person reads in plain words that they come back and that answers are taken, and the page looks again by itself', async () => {
    const socket = join(folder(), 'a.sock')
    const close = await pagesAt(socket, (_q, r) => void r.end('page'))
    const port = await frontOf([socket])
    expect((await ask(port, { headers: html })).body).toBe('page')
    close()
    const { status, headers, body } = await ask(port, { headers: html })
    expect([status, headers['retry-after'], headers['cache-control']]).toEqual([503, '3', 'no-store'])
    expect(body).toMatch(/<h1>Halaman sedang dinyalakan kembali<\/h1>/)
    expect(body).toMatch(/Jawaban tes tetap diterima/)
    expect(body).toMatch(/http-equiv="refresh" content="3"/)
    expect(headers['content-security-policy']).toMatch(/script-src 'self';/)
    await pagesAt(socket, (_q, r) => void r.end('page again'))
    expect((await ask(port, { headers: html })).body).toBe('page again')
  })
  it('before the first page was made they are being prepared, not brought back', async () => {
    expect((await ask(await frontOf([join(folder(), 'none.sock')]), { headers: html })).body).toMatch(/<h1>Petaguru sedang disiapkan<\/h1>/)
  })
  it('a form is told that it may not have been kept, an action in plain words, a program in JSON', async () => {
    const port = await frontOf([join(folder(), 'none.sock')])
    const form = await ask(port, { method: 'POST', headers: html, body: 'x'.repeat(50_000) })
    expect([form.status, form.body]).toEqual([503, expect.stringMatching(/mungkin belum tersimpan/)])
    const action = await ask(port, { method: 'POST', headers: { ...html, 'next-action': 'a' }, body: 'x' })
    expect([action.headers['content-type'], action.body]).toEqual(['text/plain; charset=utf-8', expect.stringMatching(/^Petaguru sedang/)])
    expect(JSON.parse((await ask(port, { path: '/api/jobs/x', headers: { accept: '*/*' } })).body)).toMatchObject({ code: 'busy' })
  })
  it('half a page is cut off and never looks whole', async () => {
    const socket = join(folder(), 'a.sock')
    await pagesAt(socket, (_q, r) => {
      r.write('half')
      setTimeout(() => r.destroy(), 30)
    })
    const said = await ask(await frontOf([socket]), { headers: html })
    expect([said.body, said.whole]).toEqual(['half', false])
  })
  it('a request that died with its page is not sent a second time when it may have changed something', async () => {
    const socket = join(folder(), 'a.sock')
    let times = 0
    await pagesAt(socket, (q) => {
      times++
      q.socket.destroy()
    })
    const said = await ask(await frontOf([socket]), { method: 'POST', headers: html, body: 'hapus' })
    expect([said.status, times]).toEqual([503, 1])
    expect(said.body).toMatch(/periksa setelah halaman ini terbuka/)
  })
})
