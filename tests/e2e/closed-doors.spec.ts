import { request as ask } from 'node:http'
import { expect, test } from '@playwright/test'

/** What a scanner tries first: nothing of the installation's own files, sources or insides is told over HTTP. */

type Told = { status: number; headers: Record<string, string | string[] | undefined>; body: string }
/** As it is written: a browser or `fetch` would put dots and encoded slashes in order first. */
const raw = (base: string, path: string, method = 'GET', headers: Record<string, string> = {}, body = '') =>
  new Promise<Told>((done, fail) => {
    const { hostname, port } = new URL(base)
    const q = ask(
      {
        host: hostname,
        port,
        path,
        method,
        headers: { ...(body ? { 'content-length': String(Buffer.byteLength(body)) } : {}), ...headers },
      },
      (r) => {
        let text = ''
        r.on('data', (d: Buffer) => (text += d.toString('latin1')))
        r.on('end', () => done({ status: r.statusCode!, headers: r.headers, body: text }))
      },
    )
    q.on('error', fail)
    q.end(body)
  })
const INSIDES =
  /node_modules|\bat [\w.<>]+ \(|[\w/]+\.(?:ts|tsx|mjs):\d+|"dependencies"|ref: refs\/|DATABASE_URL|postgresql:\/\/|ECONNREFUSED|PrismaClient/

/** Without the scripts by which a page carries its own address and parts. */
const shown = (body: string) => body.replace(/<script[\s\S]*?<\/script>/g, '')

test('no file of the installation, its sources, its secrets or its history is served, and no folder tells what lies in it', async ({
  baseURL,
}) => {
  const files = [
    '.git/HEAD',
    '.git/config',
    '.gitignore',
    '.env',
    '.env.production',
    '.npmrc',
    '.data/secret',
    '.data/seal',
    '.data/postgres.password',
    'data/secret',
    'package.json',
    'package-lock.json',
    'next.config.ts',
    'tsconfig.json',
    'prisma/schema/access.prisma',
    'lib/platform/config.ts',
    'scripts/serve.ts',
    'docs/security-keys.md',
    'node_modules/next/package.json',
    '.next/BUILD_ID',
    '.next/server/app/page.js',
    'server-status',
    'phpinfo.php',
    'backup.sql',
  ]
  const ways = ['/', '//', '/%2e%2e/', '/..%2f', '/public/../', '/_next/static/../../', '/_next/static/%2e%2e/%2e%2e/', '/tes/../', '/%00/']
  const told: string[] = []
  for (const way of ways)
    for (const file of files) {
      const { status, body } = await raw(baseURL!, `${way}${file}`)
      // What was asked for may be said again; what lies there may not.
      if (status < 300 || status >= 500 || INSIDES.test(shown(body).replaceAll(file, ''))) told.push(`${way}${file}: ${status}`)
    }
  for (const folder of [
    '/_next/',
    '/_next/static/',
    '/_next/static/chunks/',
    '/public/',
    '/api/',
    '/api/exports/',
    '/api/media/',
    '/api/unggah/',
  ]) {
    const { status, body } = await raw(baseURL!, folder)
    if (status === 200 || /Index of|<li><a href="[^"]+\.js"/.test(body)) told.push(`${folder}: ${status}`)
  }
  expect(told).toEqual([])
})

test('scripts and sheets come without source maps', async ({ baseURL }) => {
  const found: string[] = []
  let seen = 0
  for (const page of ['/masuk', '/masuk/lupa', '/tes']) {
    const { body } = await raw(baseURL!, page)
    for (const [, path] of body.matchAll(/(?:src|href)="(\/[^"]+\.(?:js|css)[^"]*)"/g)) {
      seen++
      const file = await raw(baseURL!, path!)
      if (/sourceMappingURL=/.test(file.body)) found.push(path!)
      if ((await raw(baseURL!, `${path!.split('?')[0]}.map`)).status !== 404) found.push(`${path}.map`)
    }
  }
  expect(seen).toBeGreaterThan(3)
  expect(found).toEqual([])
})

test('TRACE and invented methods are refused and nothing is echoed', async ({ baseURL }) => {
  for (const method of ['TRACE', 'TRACK', 'CONNECTX', 'PROPFIND', 'DEBUG'])
    for (const path of ['/', '/masuk', '/api/delivery/time']) {
      const { status, body } = await raw(baseURL!, path, method, { 'x-rahasia': 'jangan-diulang' }).catch(() => ({ status: 400, body: '' }))
      expect([400, 405, 501], `${method} ${path}`).toContain(status)
      expect(body).not.toContain('jangan-diulang')
    }
})

test('nothing that goes wrong tells of the inside: no stack, no file, no name of a program', async ({ baseURL }) => {
  const json = { 'content-type': 'application/json' }
  const tries: [string, string, Record<string, string>, string][] = [
    ['/masuk', 'POST', { 'next-action': 'deadbeef', 'content-type': 'text/plain;charset=UTF-8' }, '["x"]'],
    ['/masuk', 'POST', { 'next-action': '0'.repeat(42), 'content-type': 'multipart/form-data; boundary=x' }, '--x\r\nbroken'],
    ['/masuk', 'POST', { 'content-type': 'multipart/form-data' }, 'x'],
    ['/masuk/lupa?_rsc=x', 'GET', { rsc: '1', 'next-router-state-tree': '%5B%22broken' }, ''],
    ['/api/delivery/login', 'POST', json, '{"number":'],
    ['/api/delivery/start', 'POST', json, '[]'],
    ['/api/delivery/sync', 'POST', json, '{"token":{}}'],
    ['/api/delivery/packet/%ff', 'GET', {}, ''],
    ['/api/support/pertemuan', 'POST', json, 'x'],
    ['/api/auth/callback/google?code=x', 'GET', {}, ''],
    ['/api/auth/error', 'GET', {}, ''],
    ['/api/exports/tidak-ada', 'GET', {}, ''],
    ['/api/jobs/x', 'GET', {}, ''],
    ['/_next/image?url=http://127.0.0.1:1/&w=64&q=1', 'GET', {}, ''],
    ['/tidak-ada', 'GET', {}, ''],
    ['/%', 'GET', {}, ''],
  ]
  for (const [path, method, headers, body] of tries) {
    const told = await raw(baseURL!, path, method, headers, body)
    expect(shown(told.body), `${method} ${path} ${told.status}`).not.toMatch(INSIDES)
    expect([told.headers['x-powered-by'], told.headers['server']], path).toEqual([undefined, undefined])
  }
})
