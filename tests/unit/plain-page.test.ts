import { createServer, request, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import { isPlain, makePlain, withoutFramework } from '../../scripts/plain-page'

const made = `<!doctype html><html><head><link rel="stylesheet" href="/a.css"><link rel="preload" as="script" fetchPriority="low" href="/_next/static/x.js"><script src="/_next/static/x.js" async=""></script></head>
<body><form action="" method="POST"><input type="hidden" name="$ACTION_REF_1"><input name="email"></form><script nonce="n">self.__next_f.push([1,"</form>"])</script></body></html>`

let server: Server | null = null
afterEach(() => server?.close())

/** What a phone gets of a page that is written in two pieces, as Next.js writes it. */
async function got(
  path: string,
  headers: Record<string, string>,
  status = 200,
): Promise<{ head: IncomingHttpHeaders; body: Buffer; asked: IncomingHttpHeaders }> {
  let asked: IncomingHttpHeaders = {}
  server = createServer((req, res) => {
    if (isPlain(req)) makePlain(req, res, '/tes/door.js', 'n1')
    asked = req.headers
    res.statusCode = status
    res.setHeader('content-type', 'text/html; charset=utf-8')
    res.setHeader('link', '</_next/static/x.js>; rel=preload; as=script')
    res.writeHead(status, { 'x-made': 'yes' })
    res.write(made.slice(0, 100))
    res.end(Buffer.from(made.slice(100)))
  })
  await new Promise<void>((done) => server!.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  return new Promise((done, fail) => {
    const asks = request({ port, path, headers }, (res) => {
      const chunks: Buffer[] = []
      res.on('data', (c: Buffer) => chunks.push(c))
      res.on('end', () => done({ head: res.headers, body: Buffer.concat(chunks), asked }))
    })
    asks.on('error', fail)
    asks.end()
  })
}

describe('the login page', () => {
  it('is what was made of it without the framework’s scripts, and keeps styles, forms and their marks', () => {
    const page = withoutFramework(made, '/tes/door.js', 'n1')
    expect(page.match(/<script/g)).toHaveLength(1)
    expect(page).toContain('<script type="module" src="/tes/door.js" nonce="n1"></script></head>')
    expect(page).not.toContain('_next/static')
    for (const kept of ['/a.css', '$ACTION_REF_1', 'name="email"', '</form></body>']) expect(page).toContain(kept)
  })

  it('travels compressed as the browser asks, and announces no script that it does not have', async () => {
    const packed = await got('/masuk', { 'accept-encoding': 'gzip, br' })
    expect(packed.head['content-encoding']).toBe('br')
    expect(packed.head.link).toBeUndefined()
    expect(packed.head['x-made']).toBe('yes')
    expect(Number(packed.head['content-length'])).toBe(packed.body.length)
    const plain = await got('/masuk?pesan=x', {})
    expect(plain.head['content-encoding']).toBeUndefined()
    expect(brotliDecompressSync(packed.body).toString()).toBe(plain.body.toString())
    const older = await got('/masuk', { 'accept-encoding': 'gzip' })
    expect(gunzipSync(older.body).toString()).toBe(plain.body.toString())
  })

  it('is a page for whoever comes from another page of ours, never the framework’s own parcel', async () => {
    const { asked } = await got('/masuk?_rsc=1', { rsc: '1', 'next-router-prefetch': '1', cookie: 'a=b' })
    expect(asked).toMatchObject({ cookie: 'a=b' })
    expect(Object.keys(asked).filter((h) => h === 'rsc' || h.startsWith('next-router'))).toEqual([])
  })

  it('leaves every other page, and its own where it failed, as they were made', async () => {
    expect((await got('/masuk/lupa', {})).body.toString()).toBe(made)
    expect((await got('/masuk', {}, 500)).body.toString()).toBe(made)
  })
})
