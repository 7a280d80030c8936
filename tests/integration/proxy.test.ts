import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request as plain } from 'node:http'
import { request as secure } from 'node:https'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cardCode } from '@/lib/access/card'
import { derivedKey } from '@/lib/platform/config'
import { sql } from '@/lib/platform/db'
import { aSchool, aSitting, aTeacher, openWorld } from './world'

/** The nginx configuration of docs/deployment.md, run with a certificate of our own in front of the program. Needs nginx and openssl. */
const NGINX = process.env['NGINX'] ?? '/usr/sbin/nginx'
const here = existsSync(NGINX) && spawnSync('openssl', ['version']).status === 0
const NAME = 'peta.example.go.id'

async function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => done(port))
    })
  })
}

describe.runIf(here)('nginx as docs/deployment.md configures it', () => {
  let world: Awaited<ReturnType<typeof openWorld>>
  let folder: string
  let ports: { http: number; https: number; program: number }
  let card: { number: string; code: string }
  const running: ChildProcess[] = []
  let said = ''

  beforeAll(async () => {
    world = await openWorld()
    const { seatIds } = await aSitting([await aTeacher(await aSchool())], new Date())
    const [seat] = await sql<{ number: string }>(`SELECT participant_number AS number FROM seat WHERE id = $1`, [seatIds[0]])
    card = { number: seat!.number, code: cardCode(derivedKey('card'), seatIds[0]!, 1) }
    folder = mkdtempSync(join(tmpdir(), 'petaguru-proxy-'))
    ports = { http: await freePort(), https: await freePort(), program: await freePort() }
    const certificate = ['fullchain.pem', 'privkey.pem'].map((f) => join(folder, f)) as [string, string]
    const made = spawnSync('openssl', [
      ...'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj'.split(' '),
      `/CN=${NAME}`,
      '-addext',
      `subjectAltName=DNS:${NAME}`,
      '-keyout',
      certificate[1],
      '-out',
      certificate[0],
    ])
    expect(made.status, String(made.stderr)).toBe(0)
    mkdirSync(join(folder, 'temp'))
    writeFileSync(join(folder, 'mime.types'), 'types { text/html html; }\n')
    // Only places change: ports, folders and the certificate. Every rule is the document's.
    const written = /```nginx\n([\s\S]*?)```/.exec(readFileSync('docs/deployment.md', 'utf8'))![1]!
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((n) => `${n}_temp_path ${join(folder, 'temp', n)};`)
    const placed = written
      .replace(/^user .*$/m, '')
      .replace('/run/nginx.pid', join(folder, 'pid'))
      .replaceAll('/var/log/nginx', folder)
      .replace('/etc/nginx/mime.types;', `${join(folder, 'mime.types')};\n${temporary.join('\n')}`)
      .replaceAll(`/etc/letsencrypt/live/${NAME}`, folder)
      .replaceAll('listen 80', `listen 127.0.0.1:${ports.http}`)
      .replaceAll('listen 443', `listen 127.0.0.1:${ports.https}`)
      .replace('server 127.0.0.1:3000', `server 127.0.0.1:${ports.program}`)
    writeFileSync(join(folder, 'nginx.conf'), placed)
    const args = ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', join(folder, 'early.log')]
    const tried = spawnSync(NGINX, [...args, '-t'], { encoding: 'utf8' })
    expect(tried.status, tried.stderr).toBe(0)
    const start = (command: string, line: string[], env: Record<string, string> = {}) => {
      const child = spawn(command, line, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (d: Buffer) => (said += d.toString()))
      running.push(child)
    }
    start(NGINX, [...args, '-g', 'daemon off;'])
    start(process.execPath, ['--import', 'tsx', 'scripts/web.ts', '--lane'], {
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PORT: String(ports.program),
      NEXTAUTH_URL: `https://${NAME}`,
      TRUSTED_PROXIES: '1',
      NEXTAUTH_SECRET: 'a-secret-of-an-installation-behind-nginx-0123',
      PETAGURU_SEAL_SECRET: process.env['PETAGURU_SEAL_SECRET'] ?? process.env['NEXTAUTH_SECRET']!,
    })
    const until = Date.now() + 60_000
    while ((await ask('https', '/api/health/ready').catch(() => ({ status: 0 }))).status !== 200) {
      if (Date.now() > until) throw new Error(said)
      await new Promise((r) => setTimeout(r, 100))
    }
  })
  afterAll(async () => {
    for (const child of running) {
      const gone = new Promise((done) => child.once('exit', done))
      child.kill('SIGTERM')
      await gone
    }
    rmSync(folder, { recursive: true, force: true })
    await world.close()
  })

  type Told = { status: number; headers: Record<string, string | string[] | undefined>; body: string }
  const ask = (
    over: 'http' | 'https',
    path: string,
    {
      method = 'GET',
      headers = {},
      body = '',
      from = '127.0.0.1',
    }: { method?: string; headers?: Record<string, string>; body?: string; from?: string } = {},
  ) =>
    new Promise<Told>((done, fail) => {
      const send = over === 'https' ? secure : plain
      const q = send(
        {
          host: '127.0.0.1',
          port: ports[over],
          path,
          method,
          localAddress: from,
          servername: NAME,
          rejectUnauthorized: false,
          headers: { host: NAME, ...(body ? { 'content-length': String(Buffer.byteLength(body)) } : {}), ...headers },
        },
        (r) => {
          let text = ''
          r.on('data', (d: Buffer) => (text += d.toString()))
          r.on('end', () => done({ status: r.statusCode!, headers: r.headers, body: text }))
        },
      )
      q.on('error', fail)
      q.end(body)
    })
  const handshake = (options: object) =>
    new Promise<string>((done) => {
      const socket = connect({ host: '127.0.0.1', port: ports.https, servername: NAME, rejectUnauthorized: false, ...options }, () => {
        done(socket.getProtocol() ?? '')
        socket.destroy()
      })
      socket.on('error', (error: NodeJS.ErrnoException) => done(error.code ?? error.message))
    })

  it('speaks TLS 1.2 and 1.3, and neither an older version, nor a suite without forward secrecy, nor to another name', async () => {
    const at = (v: string) => ({ minVersion: v, maxVersion: v, ciphers: 'DEFAULT@SECLEVEL=0' })
    expect(await handshake(at('TLSv1.2'))).toBe('TLSv1.2')
    expect(await handshake(at('TLSv1.3'))).toBe('TLSv1.3')
    for (const old of ['TLSv1', 'TLSv1.1']) expect(await handshake(at(old)), old).toMatch(/ALERT_PROTOCOL_VERSION/)
    for (const suite of ['ECDHE-ECDSA-AES128-SHA', 'ECDHE-ECDSA-AES128-SHA256'])
      expect(await handshake({ ...at('TLSv1.2'), ciphers: `${suite}:@SECLEVEL=0` }), suite).toMatch(/HANDSHAKE_FAILURE/)
    expect(await handshake({ servername: 'lain.example.id' })).toMatch(/UNRECOGNIZED_NAME/)
  })
  it('sends pages to https, and refuses programs and forms that come without', async () => {
    const page = await ask('http', '/masuk?a=1')
    expect([page.status, page.headers['location']]).toEqual([308, `https://${NAME}/masuk?a=1`])
    expect((await ask('http', '/api/delivery/time')).status).toBe(403)
    expect((await ask('http', '/api/delivery/login', { method: 'POST', body: JSON.stringify(card) })).status).toBe(403)
    expect((await ask('http', '/masuk', { method: 'POST', body: 'x=1' })).status).toBe(403)
    await expect(ask('http', '/masuk', { headers: { host: 'lain.example.id' } })).rejects.toThrow()
  })
  it('leaves HSTS to the program, which sends it once, and lets no TRACE by', async () => {
    const told = await ask('https', '/tes')
    expect([told.status, told.headers['strict-transport-security']]).toEqual([200, 'max-age=31536000; includeSubDomains'])
    expect((await ask('https', '/', { method: 'TRACE' })).status).toBe(405)
    expect(String(told.headers['server'] ?? '')).not.toMatch(/\d/)
  })
  it('tells the program where a login came from, whatever the client claims of itself', async () => {
    const told = await ask('https', '/api/delivery/login', {
      method: 'POST',
      from: '127.0.0.9',
      headers: {
        'content-type': 'application/json',
        'x-forwarded-for': '203.0.113.9, 203.0.113.10',
        forwarded: 'for=203.0.113.9',
        'x-real-ip': '203.0.113.9',
        'x-petaguru-address': '203.0.113.9',
      },
      body: JSON.stringify(card),
    })
    expect([told.status, String(told.headers['set-cookie'])]).toEqual([200, expect.stringMatching(/^__Host-petaguru\.session=.*Secure/)])
    expect(await sql(`SELECT address FROM session`)).toEqual([{ address: '127.0.0.9' }])
  })
  it('hands answers on, holds forms to the size of forms and uploads to theirs, and asks who uploads before a byte is read', async () => {
    const sync = await ask('https', '/api/delivery/sync', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token: 'a.b.c', entries: [] }),
    })
    expect([401, 400]).toContain(sync.status)
    const form = (path: string, size: number) =>
      ask('https', path, { method: 'POST', body: 'x'.repeat(size) }).catch(() => ({ status: 0, body: '' }))
    expect((await form('/masuk', 400_000)).status).toBe(413)
    // The program's own words: nginx let it by.
    expect(await form('/api/unggah/guru', 400_000)).toMatchObject({ status: 403, body: expect.stringMatching(/akun yang berwenang/) })
  })
  it('writes lines without queries, which carry codes', async () => {
    await ask('https', '/verifikasi?kode=RAHASIA12345')
    const log = readFileSync(join(folder, 'petaguru.log'), 'utf8')
    expect(log).toContain('"path":"/verifikasi"')
    expect(log).not.toContain('RAHASIA')
    for (const line of log.trim().split('\n')) expect(() => JSON.parse(line) as unknown).not.toThrow()
  })
})
