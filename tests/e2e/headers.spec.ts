import { spawn, type ChildProcess } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'
import { request, type IncomingHttpHeaders } from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { here, SECOND_PORT as PORT, SECRET } from './installation'
import { card } from './world'

/** A second front and pages of the same installation that declare TLS: what every kind of their answers says to browsers. */
const HOME = 'peta.example.go.id'
let web: ChildProcess[]

type Answer = { status: number; headers: IncomingHttpHeaders; body: string }
type Asked = { method?: string; path: string; headers?: Record<string, string>; body?: string }
const EVIL = { 'x-forwarded-host': 'palsu.example', 'x-forwarded-proto': 'http', forwarded: 'host=palsu.example' }

const ask = ({ method = 'GET', path, headers = {}, body }: Asked): Promise<Answer> =>
  new Promise((done, fail) => {
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
    const asked = request({ host: '127.0.0.1', port: PORT, path, method, headers: { host: HOME, ...EVIL, ...length, ...headers } }, (r) => {
      let text = ''
      r.setEncoding('utf8')
      r.on('data', (d: string) => (text += d))
      r.on('end', () => done({ status: r.statusCode!, headers: r.headers, body: text }))
    })
    asked.on('error', fail)
    asked.end(body)
  })
/** Bytes as they are; the head of what comes back. */
const speak = (bytes: string): Promise<Answer> =>
  new Promise((done) => {
    const socket = connect(PORT, '127.0.0.1', () => socket.write(bytes))
    let text = ''
    socket.on('data', (d) => (text += d.toString('latin1')))
    socket.on('error', () => undefined)
    socket.on('close', () => {
      const [head = '', body = ''] = text.split('\r\n\r\n')
      const [first = '', ...lines] = head.split('\r\n')
      const headers = Object.fromEntries(lines.map((l) => [l.slice(0, l.indexOf(':')).toLowerCase(), l.slice(l.indexOf(':') + 1).trim()]))
      done({ status: Number(first.split(' ')[1]), headers, body })
    })
  })

const files = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((e) => (e.isDirectory() ? files(join(folder, e.name)) : [join(folder, e.name)]))
const pages = files('app')
  .filter((f) => f.endsWith('page.tsx'))
  .map((f) =>
    f
      .split('/')
      .slice(1, -1)
      .filter((part) => !part.startsWith('('))
      .map((part) => `/${part}`)
      .join('')
      .replaceAll(/\[\w+\]/g, 'x'),
  )

test.beforeAll(async () => {
  const settings = {
    stdio: 'ignore' as const,
    env: {
      ...process.env,
      DATABASE_URL: here().url,
      PORT: String(PORT),
      HOST: '127.0.0.1',
      NODE_ENV: 'production' as const,
      NEXTAUTH_URL: `https://${HOME}`,
      NEXTAUTH_SECRET: 'c2VjcmV0IG9mIHRoZSBzdG9yeSBvZiBoZWFkZXJz',
      PETAGURU_SEAL_SECRET: SECRET,
      GOOGLE_CLIENT_ID: 'cerita',
      GOOGLE_CLIENT_SECRET: 'cerita',
    },
  }
  web = ['scripts/web.ts', 'scripts/pages-process.ts'].map((program) => spawn(process.execPath, ['--import', 'tsx', program], settings))
  await expect
    .poll(() =>
      ask({ path: '/masuk' }).then(
        (a) => a.status,
        () => 0,
      ),
    )
    .toBe(200)
})
test.afterAll(async () => {
  const gone = web.map((process) => new Promise((done) => process.once('exit', done)))
  for (const process of web) process.kill('SIGTERM')
  await Promise.all(gone)
})

async function everything(): Promise<[string, Answer][]> {
  const login = await ask({ path: '/masuk/lupa' })
  const statics = [...new Set([...login.body.matchAll(/\/_next\/static\/[\w./~%-]+/g)].map((m) => m[0]))]
  const player = [...(await ask({ path: '/tes' })).body.matchAll(/"(\/tes\/[\w.-]+)"/g)].map((m) => m[1]!)
  const asked: Asked[] = [
    ...[...new Set([...pages, ...statics, ...player])].map((path) => ({ path: path || '/' })),
    ...['/tes', '/sw.js', '/page-worker.js', '/ikon-192.png', '/math.woff2', '/icon.svg', '/tidak/ada', '/%ED%A0%80', '/x%00'].map(
      (path) => ({ path }),
    ),
    ...[
      '/api/health/live',
      '/api/health/ready',
      '/api/exports/laporan-csv',
      '/api/jobs/x',
      '/api/media/x',
      `/api/media/${'0'.repeat(64)}`,
    ].map((path) => ({ path })),
    ...[
      '/api/auth/csrf',
      '/api/auth/session',
      '/api/auth/x',
      '/api/x',
      '/api/delivery/time',
      '/api/delivery/packet/x',
      '/api/delivery/x',
    ].map((path) => ({ path })),
    ...['/_next/image?url=/ikon-192.png&w=64&q=75', '/_next/static/none.js', '/_next/x'].map((path) => ({ path })),
    ...['login', 'desk', 'ready', 'start', 'deposit', 'sync', 'console'].map((door) => ({
      method: 'POST',
      path: `/api/delivery/${door}`,
      body: '{}',
      headers: { 'content-type': 'application/json' },
    })),
    { method: 'POST', path: '/api/support/pertemuan', body: '{}', headers: { 'content-type': 'application/json' } },
    { method: 'POST', path: '/api/unggah/guru', body: 'x' },
    { method: 'POST', path: '/api/unggah/guru', body: 'x'.repeat(300_000) },
    { method: 'POST', path: '/masuk', body: 'x'.repeat(40_000) },
    {
      method: 'POST',
      path: '/masuk',
      body: 'x',
      headers: { 'next-action': '0'.repeat(40), origin: `https://${HOME}`, 'content-type': 'text/plain' },
    },
    { method: 'POST', path: '/keluar', body: '', headers: { 'sec-fetch-site': 'cross-site' } },
    { method: 'POST', path: '/keluar', body: '' },
    { method: 'TRACE', path: '/' },
    { method: 'PUT', path: '/masuk', body: 'x' },
  ]
  const raw = [
    'GET / HTTP/1.1\r\n\r\n',
    'rubbish\r\n\r\n',
    'POST /api/delivery/sync HTTP/1.1\r\nHost: x\nEvil: y\r\n\r\n',
    `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(40_000)}\r\n\r\n`,
    'POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
  ]
  const answers: [string, Answer][] = []
  for (const a of asked) answers.push([`${a.method ?? 'GET'} ${a.path}`, await ask(a)])
  for (const bytes of raw) answers.push([bytes.slice(0, 40), await speak(bytes)])
  return answers
}

test('behind TLS every kind of answer carries its headers: pages, doors, files, redirects, refusals and rubbish', async () => {
  const answers = await everything()
  expect(answers.length).toBeGreaterThan(110)
  expect(new Set(answers.map(([, a]) => a.status))).toEqual(
    new Set([...new Set(answers.map(([, a]) => a.status))].filter((s) => s > 0 && s < 500)),
  )
  const missing: [string, number, string][] = []
  for (const [what, { status, headers, body }] of answers) {
    const says = (name: string) => String(headers[name] ?? '')
    const lacks = (rule: string, holds: boolean) => void (holds || missing.push([what, status, rule]))
    lacks('hsts', /^max-age=31536000; includeSubDomains$/.test(says('strict-transport-security')))
    lacks('nosniff', says('x-content-type-options') === 'nosniff')
    lacks('frame-ancestors', says('content-security-policy').includes("frame-ancestors 'none'"))
    lacks('no foreign reader', headers['access-control-allow-origin'] === undefined)
    lacks('no word of the machine', headers['x-powered-by'] === undefined && headers.server === undefined)
    const type = says('content-type')
    if (body) lacks(`type: ${type}`, type !== '')
    if (/^text\/|\+xml|\/xml|javascript/.test(type)) lacks(`charset: ${type}`, /charset=utf-8/i.test(type))
    if (/text\/html/.test(type)) {
      const policy = says('content-security-policy')
      lacks(
        'script policy',
        /script-src 'self'( 'nonce-[\w+/=]+' 'strict-dynamic')?;/.test(policy) && !/script-src[^;]*unsafe/.test(policy),
      )
      lacks('object-src, base-uri', policy.includes("object-src 'none'") && policy.includes("base-uri 'none'"))
      lacks('referrer', says('referrer-policy') === 'same-origin')
    }
    // What is one person's or one moment's is kept nowhere on the way.
    if (/ \/api\//.test(what) || (/text\/html/.test(type) && !/ \/tes$/.test(what)))
      lacks(`no-store: ${says('cache-control')}`, /no-store/.test(says('cache-control')))
  }
  expect(missing).toEqual([])
})

test('behind TLS every cookie of the house, those of next-auth too, is __Host-, Secure and HttpOnly', async () => {
  const { number, code } = card(9)
  const json = { 'content-type': 'application/json' }
  const answers = [
    ...(await everything()),
    ['card', await ask({ method: 'POST', path: '/api/delivery/login', headers: json, body: JSON.stringify({ number, code }) })] as [
      string,
      Answer,
    ],
  ]
  const cookies = answers.flatMap(([what, a]) => [a.headers['set-cookie'] ?? []].flat().map((c) => [what, c] as const))
  const names = new Set(cookies.map(([, c]) => c.split('=')[0]!))
  for (const name of ['session', 'csrf', 'back']) expect([...names]).toContain(`__Host-petaguru.${name}`)
  for (const [what, cookie] of cookies) {
    expect([what, cookie]).toEqual([what, expect.stringMatching(/^__Host-petaguru\.\w+=/)])
    for (const mark of [/; Secure(;|$)/i, /; HttpOnly(;|$)/i, /; Path=\/(;|$)/i, /; SameSite=(Lax|Strict)(;|$)/i])
      expect([what, cookie]).toEqual([what, expect.stringMatching(mark)])
    expect(cookie).not.toMatch(/; Domain=/i)
  }
})

test('no redirect, link or cookie follows a host that a client writes into its request', async () => {
  for (const headers of [{ host: 'palsu.example' }, { host: HOME }] as Record<string, string>[])
    for (const path of [
      '/',
      '/beranda',
      '/masuk',
      '/api/exports/laporan-csv',
      '/api/auth/csrf',
      '/pulang',
      '/masuk/faktor',
      '/verifikasi?kode=x',
      '/tidak/ada',
    ]) {
      const { headers: said, body } = await ask({ path, headers: { ...EVIL, ...headers } })
      expect([path, said.location ?? '']).toEqual([path, expect.not.stringContaining('palsu')])
      expect([path, String(said['set-cookie'] ?? '').includes('palsu'), body.includes('palsu.example')]).toEqual([path, false, false])
    }
  const out = await ask({ method: 'POST', path: '/keluar', body: '', headers: { host: 'palsu.example' } })
  expect([out.status, out.headers.location]).toEqual([303, '/masuk'])
})

test('a file of scripts is served to nobody from the folder of the program', async () => {
  for (const path of [
    '/.git/HEAD',
    '/.env',
    '/package.json',
    '/prisma/schema/access.prisma',
    '/scripts/web.ts',
    '/.data/secret',
    '/api/',
    '/_next/static/',
    '/readme.md',
    '/README.md',
  ])
    expect([path, [308, 404]]).toEqual([path, expect.arrayContaining([(await ask({ path })).status])])
  expect(readFileSync('package.json', 'utf8')).toContain('petaguru')
})
