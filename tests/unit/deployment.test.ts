import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { cookieName } from '@/lib/access/session-cookie'
import { settingsTable } from '@/lib/platform/config'
import { contentPolicy } from '@/lib/platform/security-headers'
import { uploadKinds, uploadPath, type UploadKind } from '@/lib/platform/upload-model'
import { gateOfHouse } from '@/scripts/uploads'

/** The page for the next administrator must fit the program that is put in. */
const page = readFileSync('docs/deployment.md', 'utf8')
const block = (language: string): string => new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(page)?.[1] ?? ''
const nginx = block('nginx')
const caddy = block('caddy')
const section = (title: string): string => new RegExp(`\\n## ${title}\\n([\\s\\S]*?)(?=\\n## |$)`).exec(page)?.[1] ?? ''

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((e) =>
    e.name === 'generated'
      ? []
      : e.isDirectory()
        ? filesIn(join(folder, e.name))
        : /\.(ts|tsx|mjs|js)$/.test(e.name)
          ? [join(folder, e.name)]
          : [],
  )
const sources = ['app', 'components', 'lib', 'scripts', 'prisma/seed', 'public'].flatMap(filesIn)
const code = new Map(sources.map((f) => [f.replaceAll('\\', '/'), readFileSync(f, 'utf8')]))

describe('the settings in docs/deployment.md', () => {
  it('are all that the program reads from its environment, each with a word on what it does', () => {
    const table = section('Settings')
      .split('\n')
      .filter((line) => line.startsWith('|'))
      .join('\n')
    expect(table).toBe(settingsTable())
  })
})

/** The largest form of the house (bytes). */
const SMALL = gateOfHouse.small({ url: '/bgtk', headers: { cookie: `${cookieName('session')}=x` } } as IncomingMessage)

/** nginx: the value of a directive, everywhere it stands. */
const values = (name: string): string[] => [...nginx.matchAll(new RegExp(`^ *${name} ([^;]+);`, 'gm'))].map((m) => m[1]!)
const bytes = (text: string): number => Number.parseInt(text) * (/m/i.test(text) ? 1024 * 1024 : 1024)
const seconds = (text: string): number => Number.parseInt(text)

describe('the proxies in docs/deployment.md', () => {
  it('speak TLS 1.2 and 1.3 only, with forward secrecy and sealed modes', () => {
    expect(values('ssl_protocols')).toEqual(['TLSv1.2 TLSv1.3'])
    expect(caddy).toContain('protocols tls1.2 tls1.3')
    for (const suite of values('ssl_ciphers')[0]!.split(':')) expect(suite).toMatch(/^ECDHE-(ECDSA|RSA)-(AES\d+-GCM|CHACHA20-POLY1305)/)
    for (const suite of /ciphers (.+)/.exec(caddy)![1]!.split(' '))
      expect(suite).toMatch(/^TLS_ECDHE_(ECDSA|RSA)_WITH_(AES_\d+_GCM|CHACHA20_POLY1305)/)
  })
  it('send a page to https and refuse programs and everything that carries a body', () => {
    expect(nginx).toMatch(/listen 80;[\s\S]*?request_method !~ \^\(GET\|HEAD\)\$\) \{ return 403; \}\s+return 308 https:/)
    expect(nginx).toMatch(/location \/api\/ \{ return 403; \}/)
    expect(caddy).toMatch(/path \/api\/\*\n\trespond @program 403/)
    expect(caddy).toMatch(/not method GET HEAD\n\trespond @sending 403\n\tredir https:.* 308/)
  })
  it('write over what a client claims of itself, and leave HSTS to the program', () => {
    expect(values('proxy_set_header')).toEqual(
      expect.arrayContaining([
        'X-Forwarded-For $remote_addr',
        'X-Forwarded-Proto $scheme',
        'X-Forwarded-Host $host',
        'Forwarded ""',
        'X-Real-IP ""',
      ]),
    )
    expect(nginx).not.toMatch(/proxy_add_x_forwarded_for|Strict-Transport/i)
    for (const line of [
      'X-Forwarded-For {remote_host}',
      'X-Forwarded-Proto {scheme}',
      'X-Forwarded-Host {host}',
      '-Forwarded',
      '-X-Real-IP',
    ])
      expect(caddy).toContain(`header_up ${line}`)
    expect(caddy).not.toMatch(/trusted_proxies|Strict-Transport/i)
    expect(block('ini')).toMatch(/HOST=127\.0\.0\.1[\s\S]*NEXTAUTH_URL=https:[\s\S]*TRUSTED_PROXIES=1/)
  })
  it('let through what the program’s own gate lets through, and little more elsewhere', () => {
    const paths = (Object.keys(uploadKinds) as UploadKind[]).map(uploadPath)
    const [usual, large] = values('client_max_body_size').map(bytes) as [number, number]
    const route = new RegExp(/location ~ (\S+) \{/.exec(nginx)![1]!)
    expect(new Set([...caddy.matchAll(/path_regexp (\S+)/g)].map((m) => new RegExp(m[1]!).source))).toEqual(new Set([route.source]))
    const uploads = paths.map((url) => ({
      url,
      bytes: gateOfHouse.upload({ url, method: 'POST', headers: {} } as IncomingMessage)!.bytes,
    }))
    for (const { url, bytes: most } of uploads) {
      expect(route.test(url), url).toBe(true)
      expect(large).toBeGreaterThanOrEqual(most)
      expect(Number(/max_size (\d+)MB/.exec(caddy)![1]) * 1_000_000).toBeGreaterThanOrEqual(most)
    }
    expect(usual).toBeGreaterThanOrEqual(SMALL)
    expect(usual).toBeLessThan(2 * SMALL)
    for (const url of ['/masuk', '/api/delivery/sync', '/tes', '/bgtk/peserta/impor', '/api/unggahan'])
      expect(route.test(url), url).toBe(false)
  })
  it('wait longer than the program does, and end kept connections before it does', () => {
    const web = code.get('scripts/web.ts')!
    const program = (name: string) =>
      Number(new RegExp(`${name}[:=] ?=? ?([\\d_]+)`).exec(web.replaceAll(' = ', '='))![1]!.replaceAll('_', '')) / 1000
    for (const s of values('proxy_read_timeout')) expect(seconds(s)).toBeGreaterThan(program('server.timeout'))
    expect(Math.max(...values('proxy_send_timeout').map(seconds))).toBeGreaterThanOrEqual(program('requestTimeout'))
    expect(Math.min(...values('keepalive_timeout').map(seconds))).toBeLessThan(program('keepAliveTimeout'))
    expect(seconds(values('client_body_timeout')[0]!) * 1000).toBeGreaterThanOrEqual(gateOfHouse.bodyMs)
    expect(/response_header_timeout (\d+)s/.exec(caddy)![1]).toBe(String(seconds(values('proxy_read_timeout')[0]!)))
  })
  it('keep queries, which carry codes, out of their logs', () => {
    expect(/log_format[^;]+/.exec(nginx)![0]).not.toMatch(/\$request_uri|\$request\b|\$args|\$query|\$http_referer|\$http_cookie/)
    expect(caddy).toMatch(/request>uri regexp \\\?\.\* ""/)
    expect(caddy).toContain('request>headers delete')
  })
})

describe('the unit of systemd', () => {
  it('gives the program a user, walls and limits of its own', () => {
    const unit = block('systemd')
    for (const line of [
      'User=petaguru',
      'NoNewPrivileges=yes',
      'ProtectSystem=strict',
      'PrivateTmp=yes',
      'UMask=0077',
      'CapabilityBoundingSet=',
      'StateDirectoryMode=0700',
      'LimitCORE=0',
    ])
      expect(unit.split('\n')).toContain(line)
    expect(unit).toMatch(/MemoryMax=\d+G/)
    const program = /ExecStart=\/usr\/bin\/node (\S+)/.exec(unit)![1]!
    expect(statSync(program).isFile()).toBe(true)
  })
})

/** Server-side places that open a connection, with whom it reaches. Browsers are held by connect-src instead. */
const doorsOut: Record<string, string> = {
  'lib/platform/db.ts': 'PostgreSQL',
  'lib/platform/ambient.ts': 'PostgreSQL',
  'lib/platform/database-server.ts': 'PostgreSQL',
  'lib/platform/database-roles.ts': 'PostgreSQL',
  'lib/platform/embedded-postgres.ts': 'PostgreSQL',
  'lib/platform/schema-engine.ts': 'PostgreSQL',
  'lib/platform/migrate.ts': 'PostgreSQL',
  'lib/platform/outgoing.ts': 'PostgreSQL',
  'lib/platform/lanes.ts': 'PostgreSQL',
  'lib/platform/mail.ts': 'mail server',
  'lib/access/next-auth.ts': 'accounts.google.com',
  'lib/rehearsal/ghosts/wire.ts': 'itself',
  'scripts/serve.ts': 'itself',
  'scripts/waiting.ts': 'itself',
  'scripts/first-visit.ts': 'itself',
  'scripts/relay.ts': 'itself',
  'scripts/rehearse.ts': 'itself',
}

describe('connections that leave the program', () => {
  it('are opened in the named places only, to those whom the document names', () => {
    const opens =
      /\bfetch\(|from '(?:node:)?(?:https|tls|dgram|dns|dns\/promises|http2|undici|axios|got|ws)'|\brequest\(\s*\{|https?\.(?:request|get)\(|\bconnect\(\{|createTransport|new pg\.(?:Client|Pool)|new PrismaPg|new WebSocket|EventSource\(|connectionString|wellKnown/
    const browser = (file: string, text: string) =>
      /\.client\.ts$|^public\//.test(file) || /^'use client'/.test(text) || /^components\/(?:player|door)\//.test(file)
    const found = [...code].filter(([file, text]) => !browser(file, text) && opens.test(text)).map(([file]) => file)
    expect(found.toSorted()).toEqual(Object.keys(doorsOut).toSorted())
    for (const whom of new Set(Object.values(doorsOut))) expect(section('Whom the program speaks to')).toMatch(new RegExp(`\\| ${whom}`))
  })
  it('follow no redirect: whoever answers cannot send the program elsewhere', () => {
    const calls = ['scripts/serve.ts', 'scripts/rehearse.ts'].map((file) =>
      code
        .get(file)!
        .split(/\bfetch\(/)
        .slice(1),
    )
    expect(calls.flat().length).toBeGreaterThan(1)
    for (const call of calls.flat()) expect(call.slice(0, 200)).toMatch(/redirect: '(?:manual|error)'/)
  })
  it('go to no makers of our parts: build, pages and client of the database are told to be silent', () => {
    for (const [file, word] of [
      ['scripts/serve.ts', "NEXT_TELEMETRY_DISABLED: '1'"],
      ['scripts/build-application.ts', "NEXT_TELEMETRY_DISABLED: '1'"],
      ['scripts/next-environment.ts', "process.env['NEXT_TELEMETRY_DISABLED'] = '1'"],
      ['scripts/prepare.mjs', "CHECKPOINT_DISABLE: '1'"],
    ] as const)
      expect(code.get(file), file).toContain(word)
    for (const file of ['scripts/web.ts', 'scripts/pages-process.ts'])
      expect(code.get(file), file).toMatch(/^(?:\/\*\*[\s\S]*?\*\/\n)?import '\.\/next-environment'/)
    // Whatever builds or serves pages gets that environment.
    expect(code.get('scripts/serve.ts')!.match(/spawn\(/g)).toHaveLength(1)
    expect(code.get('scripts/build-application.ts')!.match(/spawn\(/g)).toHaveLength(1)
    expect(code.get('scripts/serve.ts')!.match(/withoutOwner\(/g)!.length).toBeGreaterThanOrEqual(3)
  })
  it('of a browser lead to this host only', () => {
    for (const policy of [contentPolicy.player, contentPolicy.page('n')]) expect(policy).toMatch(/connect-src 'self';/)
    for (const [file, text] of code)
      if (/\.client\.ts$|^public\/|^components\//.test(file)) expect(text.match(/fetch\(\s*['"`]https?:/), file).toBeNull()
  })
})

describe('the commands of package.json', () => {
  it('all have their program', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> }
    const wanted = Object.values(scripts).flatMap((line) => {
      const run = /^node scripts\/run\.mjs (\S+)/.exec(line)?.[1]
      return run ? [`scripts/${run}.ts`] : [...line.matchAll(/(?:scripts|tests)\/\S+\.(?:ts|mjs)/g)].map((m) => m[0])
    })
    expect(wanted.length).toBeGreaterThan(10)
    expect(wanted.filter((file) => !existsSync(file))).toEqual([])
  })
})
