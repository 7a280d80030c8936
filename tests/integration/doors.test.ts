import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cardCode } from '@/lib/access/card'
import { consoleReply } from '@/lib/console/inside'
import { createDelivery } from '@/lib/delivery/inside'
import { serveDelivery } from '@/lib/delivery/node-server'
import { ADDRESS_HEADER, stampAddress } from '@/lib/platform/client-address'
import { derivedKey, settle } from '@/lib/platform/config'
import { sql } from '@/lib/platform/db'
import { aSchool, aSitting, aTeacher, openWorld } from './world'

const now = new Date()
let world: Awaited<ReturnType<typeof openWorld>>
let server: Server
let card: { number: string; code: string }
const delivery = createDelivery(async () => undefined, consoleReply)

beforeAll(async () => {
  world = await openWorld()
  const lane = serveDelivery(delivery)
  server = createServer((q, s) => {
    stampAddress(q)
    if (q.url === '/alamat') s.end(String(q.headers[ADDRESS_HEADER]))
    else if (q.url === '/semua') s.end(JSON.stringify(q.headers))
    else void lane(q, s)
  }).listen(0, '127.0.0.1')
  await new Promise((r) => server.once('listening', r))
  const { seatIds } = await aSitting([await aTeacher(await aSchool())], now)
  const [seat] = await sql<{ number: string }>(`SELECT participant_number AS number FROM seat WHERE id = $1`, [seatIds[0]])
  card = { number: seat!.number, code: cardCode(derivedKey('card'), seatIds[0]!, 1) }
})
afterAll(async () => {
  server.close()
  await delivery.lane.idle()
  await world.close()
})

type Told = { status: number; cookie: string[]; body: string }
const send = (path: string, headers: Record<string, string>, body = '', method = 'POST') =>
  new Promise<Told>((done, fail) => {
    const { port } = server.address() as AddressInfo
    const q = request(
      { host: '127.0.0.1', port, path, method, headers: { 'content-length': String(Buffer.byteLength(body)), ...headers } },
      (r) => {
        let text = ''
        r.on('data', (d: Buffer) => (text += d))
        r.on('end', () => done({ status: r.statusCode!, cookie: r.headers['set-cookie'] ?? [], body: text }))
      },
    )
    q.on('error', fail)
    q.end(body)
  })
const login = (headers: Record<string, string>) => send('/api/delivery/login', headers, JSON.stringify(card))
const JSON_TYPE = { 'content-type': 'application/json' }

describe('the JSON doors that act by a cookie', () => {
  it('let our own pages in, and programs that are no browser', async () => {
    for (const more of [{}, { 'sec-fetch-site': 'same-origin', origin: 'https://whatever.example' }] as Record<string, string>[]) {
      const told = await login({ ...JSON_TYPE, ...more })
      expect([told.status, told.cookie.length]).toEqual([200, 1])
    }
  })
  it.each([
    ['text/plain from a page elsewhere', { 'content-type': 'text/plain' }],
    ['a form from a page elsewhere', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['text/plain that names JSON as well', { 'content-type': 'text/plain; application/json' }],
    ['nothing said of what it is', {}],
    ['JSON from another site', { ...JSON_TYPE, 'sec-fetch-site': 'cross-site' }],
    ['JSON from a neighbouring host', { ...JSON_TYPE, 'sec-fetch-site': 'same-site' }],
    ['JSON of an older browser from another origin', { ...JSON_TYPE, origin: 'https://lain.example' }],
    ['JSON from a page without an origin', { ...JSON_TYPE, origin: 'null' }],
  ])('log nobody in by %s', async (_what, headers) => {
    const told = await login(headers)
    expect([told.status, told.cookie]).toEqual([403, []])
  })
  it.each(['desk', 'ready', 'start', 'console'])('%s is shut to text/plain as well', async (path) => {
    expect((await send(`/api/delivery/${path}`, { 'content-type': 'text/plain' }, '{}')).status).toBe(403)
  })
})

describe('the address of a client', () => {
  const seen = async (headers: Record<string, string>) => (await send('/alamat', headers, '', 'GET')).body
  it("is the socket's, whatever the client writes into X-Forwarded-For or into our own header", async () => {
    expect(await seen({ 'x-forwarded-for': '1.2.3.4', [ADDRESS_HEADER]: '1.2.3.4' })).toBe('127.0.0.1')
    const wrong = JSON.stringify({ ...card, code: 'SALAH-SALAH' })
    await send('/api/delivery/login', { ...JSON_TYPE, 'x-forwarded-for': '1.2.3.4' }, wrong)
    const lines = await sql<{ a: string }>(`SELECT detail->>'address' AS a FROM audit_entry WHERE action IN ('login', 'login:failed')`)
    expect(new Set(lines.map((l) => l.a))).toEqual(new Set(['127.0.0.1']))
  })
  it('is all that pages hear of it: what a client claims of host and protocol does not reach them', async () => {
    const claims = { 'x-forwarded-host': 'palsu.example', 'x-forwarded-proto': 'https', forwarded: 'for=1.2.3.4', 'x-real-ip': '1.2.3.4' }
    const told = (await send('/semua', claims, '', 'GET')).body
    expect(told).not.toMatch(/palsu|1\.2\.3\.4|forwarded/)
  })
  it('keeps host and protocol to what the installation says of itself, also where a proxy passes on what a client wrote', async () => {
    settle({ TRUSTED_PROXIES: '1', NEXTAUTH_URL: 'https://peta.example.go.id' })
    try {
      const claims = {
        'x-forwarded-host': 'palsu.example',
        'x-forwarded-proto': 'http',
        'x-forwarded-port': '1',
        forwarded: 'host=palsu.example',
      }
      const told = JSON.parse((await send('/semua', { ...claims, 'x-forwarded-for': '36.80.1.2' }, '', 'GET')).body) as Record<
        string,
        string
      >
      expect(JSON.stringify(told)).not.toMatch(/palsu/)
      expect([told['x-forwarded-host'], told['x-forwarded-proto'], told['x-forwarded-port']]).toEqual([
        'peta.example.go.id',
        'https',
        undefined,
      ])
    } finally {
      settle({ TRUSTED_PROXIES: undefined })
      settle({ NEXTAUTH_URL: undefined })
    }
  })
  it('is what the outermost of our own proxies saw, where they are declared', async () => {
    settle({ TRUSTED_PROXIES: '1' })
    try {
      expect(await seen({ 'x-forwarded-for': '6.6.6.6, 36.80.1.2', [ADDRESS_HEADER]: '1.2.3.4' })).toBe('36.80.1.2')
    } finally {
      settle({ TRUSTED_PROXIES: undefined })
    }
  })
})
