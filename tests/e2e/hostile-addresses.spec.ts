import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, type APIRequestContext } from '@playwright/test'
import { login, loginWithCard, rows } from './world'

/** Every page and route × every role × addresses that no link of ours has: no such page, or a plain page, and never a fault. */
test.describe.configure({ mode: 'parallel' })

const accounts = ['guru', 'pengawas', 'pakar', 'kepsek', 'dinas', 'disdikbud', 'bgtk', 'admin']

const files = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((e) => (e.isDirectory() ? files(join(folder, e.name)) : [join(folder, e.name)]))
const routeOf = (file: string) =>
  file
    .split('/')
    .slice(1, -1)
    .filter((part) => !part.startsWith('('))
    .map((part) => `/${part}`)
    .join('') || '/'
const pageFiles = files('app').filter((f) => f.endsWith('page.tsx'))
const pages = pageFiles.map(routeOf)
/** Pages that are given the words of their address; to every other one all of them are the same. */
const listening = new Set(pageFiles.filter((f) => readFileSync(f, 'utf8').includes('searchParams')).map(routeOf))

/** Every word that some page or download asks its address for. */
const words = [
  ...new Set(
    [...files('app'), ...files('lib/reports'), 'lib/mapping/model.ts', 'lib/growth/model.ts', 'lib/access/audit-service.ts'].flatMap(
      (f) => {
        const text = readFileSync(f, 'utf8')
        return [
          ...[...text.matchAll(/asked\(searchParams((?:, '\w+')+)\)/g)].flatMap((m) => [...m[1]!.matchAll(/'(\w+)'/g)].map((w) => w[1]!)),
          ...[...text.matchAll(/params\.get\('([\w-]+)'\)/g)].map((m) => m[1]!),
          ...[...text.matchAll(/^ {2}(\w+): (?:z\.|day)/gm)].map((m) => m[1]!),
        ]
      },
    ),
  ),
]
const downloads = ['makers', 'light'].flatMap((file) =>
  [...readFileSync(`lib/reports/${file}.ts`, 'utf8').matchAll(/^ {2}'?([a-z][a-z0-9-]+)'?: (?:async|copyAs|itemsAs)/gm)].map((m) => m[1]!),
)

const NOBODY = '01990278-0000-7000-8000-00000000dead'
const said: Record<string, string> = {
  twice: words.map((w) => `${w}=a&${w}=b`).join('&'),
  'as lists': words.map((w) => `${w}[]=a&${w}[x]=b`).join('&'),
  'a negative number': words.map((w) => `${w}=-1`).join('&'),
  'a number beyond all': words.map((w) => `${w}=1e999`).join('&'),
  'a page beyond the end': words.map((w) => `${w}=9999`).join('&'),
  'an id of nobody': words.map((w) => `${w}=${NOBODY}`).join('&'),
  'a word that is too long': words.map((w) => `${w}=${'x'.repeat(260)}`).join('&'),
  'control characters': words.map((w) => `${w}=a%0d%0ab%07`).join('&'),
  'half a character': words.map((w) => `${w}=%ED%A0%80`).join('&'),
  'a pattern': words.map((w) => `${w}=${encodeURIComponent("%_\\' OR 1=1 --")}`).join('&'),
  'names of all things': '__proto__=1&constructor=1&toString=1&__proto__[a]=1',
}
/** In the place of an id or a code in the path. */
const parts = [
  'x',
  '-1',
  '1e999',
  NOBODY,
  '%00',
  '%2500',
  'a%0Ab',
  '..%2f..%2fetc',
  '%25',
  `${'9'.repeat(1_500)}`,
  "'",
  '%ED%A0%80',
  '%C3%A9',
  '__proto__',
]

async function real(): Promise<(route: string) => string> {
  const one = async (text: string) => (await rows<{ id: string }>(text))[0]?.id ?? NOBODY
  const ids: Record<string, string> = {
    sesi: await one(`SELECT sitting_id AS id FROM room WHERE name = 'Ruang Latihan'`),
    ruang: await one(`SELECT id FROM room WHERE name = 'Ruang Latihan'`),
    siklus: await one(`SELECT id FROM cycle WHERE code = '2510'`),
    gladi: await one(`SELECT id FROM rehearsal LIMIT 1`),
    batas: await one(`SELECT p.id FROM panel p JOIN panel_judge j ON j.panel_id = p.id WHERE j.user_id IS NOT NULL LIMIT 1`),
    kalibrasi: await one(`SELECT id FROM calibration WHERE state = 'done' ORDER BY id LIMIT 1`),
    sekolah: await one(`SELECT school_id AS id FROM role_grant WHERE role = 'kepala-sekolah'`),
    rakit: await one(`SELECT id FROM assembly LIMIT 1`),
    privasi: await one(`SELECT id FROM privacy_request LIMIT 1`),
    impor: await one(`SELECT id FROM import_batch LIMIT 1`),
  }
  return (route) =>
    route
      .replace('/peta/[kode]', '/peta/18.02')
      .replace('/uraian/[butir]', '/uraian/PED-054')
      .replace('[kode]', route.includes('analisis') ? 'PED' : 'MTK')
      .replace('[butir]', route.includes('analisis') ? 'PED-001' : 'MTK-005')
      .replace(/\/(\w[\w-]*)\/\[id\]/, (_all, folder: string) => `/${folder}/${ids[folder] ?? NOBODY}`)
}

/** What answered with a fault, of many addresses asked four at a time. */
async function faults(request: APIRequestContext, addresses: string[]): Promise<string[]> {
  const found: string[] = []
  const waiting = [...addresses]
  const one = async () => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const status = (await request.get(next, { maxRedirects: 0 })).status()
      if (status >= 500) found.push(`${status} ${next.slice(0, 200)}`)
    }
  }
  await Promise.all([one(), one(), one(), one()])
  return found.sort()
}

async function open(request: APIRequestContext, addresses: [string, string][]): Promise<string[]> {
  const found: string[] = []
  for (const [route, address] of addresses) {
    const status = (await request.get(address, { maxRedirects: 0 })).status()
    if (status !== 403 && status !== 307) found.push(route)
  }
  return found
}

const hostile = (route: string, at: (route: string) => string): string[] => [
  ...Object.values(said)
    .slice(listening.has(route) ? 0 : -1)
    .map((query) => `${at(route)}?${query}`),
  // One part of the path at a time, the others as they should be.
  ...[...route.matchAll(/\[\w+\]/g)].flatMap(([hole]) => parts.map((part) => at(route.replace(hole, '\u0001')).replace('\u0001', part))),
]

test.beforeAll(() => {
  expect(words.length).toBeGreaterThan(35)
  expect(downloads.length).toBeGreaterThan(12)
  expect(pages.length).toBeGreaterThan(70)
  expect(listening.size).toBeGreaterThan(30)
})

for (const who of ['', 'kartu', ...accounts])
  test(`of ${who || 'a stranger'} no address makes a fault, whatever stands in it`, async ({ page }) => {
    if (who === 'kartu') await loginWithCard(page, 12)
    else if (who) await login(page, who)
    const at = await real()
    const mine = await open(
      page.request,
      pages.map((route) => [route, at(route)]),
    )
    expect(mine.length).toBeGreaterThan(5)
    const addresses = [
      ...mine.flatMap((route) => hostile(route, at)),
      ...downloads.flatMap((name) => [`/api/exports/${name}`, ...Object.values(said).map((query) => `/api/exports/${name}?${query}`)]),
      ...['/api/exports', '/api/jobs', '/api/media', '/api/auth', '/api/delivery/packet', '/api/delivery/console', '/api/unggah'].flatMap(
        (route) => parts.map((part) => `${route}/${part}`),
      ),
    ]
    expect(await faults(page.request, addresses)).toEqual([])
  })

test('no body makes a fault at a door for scripts', async ({ page }) => {
  await login(page, 'bgtk')
  const doors = ['login', 'desk', 'ready', 'start', 'deposit', 'sync', 'console'].map((d) => `/api/delivery/${d}`)
  const bodies = [
    '',
    'null',
    '[]',
    '"x"',
    '1e999',
    '{"__proto__":{}}',
    '{',
    `{"token":"${'x'.repeat(9_000)}"}`,
    '{"tickets":["\\u0000"],"ticket":"\\ud800","device":"\\u0000"}',
    '['.repeat(50_000),
  ]
  for (const door of [...doors, '/api/support/pertemuan'])
    for (const data of bodies) {
      const status = (await page.request.post(door, { headers: { 'content-type': 'application/json' }, data })).status()
      expect([door, data.slice(0, 40), status < 500]).toEqual([door, data.slice(0, 40), true])
    }
})
