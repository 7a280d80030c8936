import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, type APIRequestContext } from '@playwright/test'
import AxeBuilder from '@axe-core/playwright'
import { permissions } from '@/lib/access/permissions'
import { groupBy } from '@/lib/platform/group'
import { accounts, filled, pages } from './pages'
import { login, loginWithCard, rows } from './world'

/** Every page × every role, against the one permission table; and every page held to axe and to 360 px. Each story by itself. */
test.describe.configure({ mode: 'parallel' })

function routesOf(folder: string, path = ''): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((e) => {
    if (e.isDirectory()) return routesOf(join(folder, e.name), e.name.startsWith('(') ? path : `${path}/${e.name}`)
    return e.name === 'page.tsx' ? [path || '/'] : []
  })
}

test('every page is in the table of this test', () => {
  // The second step of a login is open only in the middle of one.
  expect(routesOf('app').sort()).toEqual([...Object.keys(pages), '/masuk/faktor'].sort())
})

test('a stranger is sent to the login page from everything that is not public', async ({ request }) => {
  const paths = await filled()
  for (const [route, action] of Object.entries(pages)) {
    const response = await request.get(paths[route] ?? route, { maxRedirects: 0 })
    expect([route, response.status()]).toEqual([route, action === 'public' ? 200 : 307])
  }
})

/** What a role with the permission may still not open, because the thing lies outside its scope. */
const outside: Record<string, string[]> = { 'dinas-kabupaten': ['/sekolah/[id]', '/data-guru/[id]'] }

/** Every teacher's name with the ids that bear it; names that accounts and experts bear as well say nothing and are left out. */
async function teacherNames(): Promise<Map<string, string[]>> {
  const found = await rows<{ name: string; ids: string[] }>(
    `SELECT name, array_agg(id::text) AS ids FROM teacher WHERE length(name) > 8 AND name NOT IN (SELECT name FROM user_account UNION SELECT expert_name FROM expert_rating)
      GROUP BY name`,
  )
  return new Map(found.map((f) => [f.name, f.ids]))
}

/** Names by their first letters, so that a page is read once and not once a name. */
const HEAD = 4
const byHead = (names: Iterable<string>): Map<string, string[]> => groupBy([...names], (name) => name.slice(0, HEAD))

/** Names that stand in a page by themselves, not as the end or the beginning of a longer name. */
function shownIn(html: string, names: Map<string, string[]>): string[] {
  const found = new Set<string>()
  for (let i = 0; i < html.length; i++)
    for (const name of names.get(html.slice(i, i + HEAD)) ?? []) {
      if (found.has(name) || !html.startsWith(name, i)) continue
      const end = i + name.length
      if (!/\p{L} ?$/u.test(html.slice(Math.max(0, i - 2), i)) && !/^ ?\p{L}/u.test(html.slice(end, end + 2))) found.add(name)
    }
  return [...found]
}

/** Names of teachers in a page for whom no line of this look tells that they were read. A console's line stands for five minutes of watching. */
async function unnoted(shown: string[], names: Map<string, string[]>, who: string, before: string): Promise<string[]> {
  if (shown.length === 0) return []
  const lines = await rows<{ id: string }>(
    `SELECT DISTINCT unnest(a.subjects)::text AS id FROM audit_entry a LEFT JOIN user_account u ON u.id = a.actor_id
      WHERE a.id > $1 OR (a.purpose = 'console' AND u.email = $2 AND a.at > now() - interval '5 minutes')`,
    [before, `${who}@contoh.id`],
  )
  const noted = new Set(lines.map((l) => l.id))
  return shown.filter((name) => !names.get(name)!.some((id) => noted.has(id)))
}

const newestLine = async () =>
  (await rows<{ id: string | null }>(`SELECT max(id::text) AS id FROM audit_entry`))[0]!.id ?? '00000000-0000-0000-0000-000000000000'

for (const [who, role] of Object.entries(accounts)) {
  test(`${role} opens exactly the pages that the permission table allows, and every teacher whose name a page shows has a line of it`, async ({
    page,
  }) => {
    await login(page, who)
    const request: APIRequestContext = page.request
    const paths = await filled()
    const names = await teacherNames()
    const heads = byHead(names.keys())
    let named = 0
    for (const [route, action] of Object.entries(pages)) {
      const allowed = action === 'public' || action === 'login' || role in permissions[action]
      const missing = ['/bgtk/peserta/impor/[id]', '/bgtk/privasi/[id]', '/berkas/[id]'].includes(route)
      const expected = !allowed || outside[role]?.includes(route) ? 403 : missing ? 404 : 200
      const before = await newestLine()
      const response = await request.get(paths[route] ?? route, { maxRedirects: 0 })
      expect([role, route, response.status()]).toEqual([role, route, expected])
      const shown = shownIn(await response.text(), heads)
      expect([role, route, await unnoted(shown, names, who, before)]).toEqual([role, route, []])
      named += shown.length ? 1 : 0
    }
    // The test must be able to fail: these roles do see names.
    if (role === 'bgtk') expect(named).toBeGreaterThanOrEqual(4)
    if (role === 'kepala-sekolah') expect(named).toBeGreaterThanOrEqual(1)
  })
}

test('a participant with a card may open the test and nothing of the offices', async ({ page }) => {
  await loginWithCard(page, 8)
  for (const path of ['/bgtk/siklus', '/peta', '/pengawas', '/sekolah', '/bgtk/pengguna', '/bgtk/instrumen/MTK'])
    expect((await page.request.get(path, { maxRedirects: 0 })).status()).toBe(403)
  expect((await page.request.get('/guru')).status()).toBe(200)
})

/** At whose desk a page stands: there it is looked at. A kabupaten's pages are narrower than the province's, and are looked at beside them. */
const desks: [string, string[]][] = [
  ['/guru', ['guru']],
  ['/tutor', ['guru']],
  ['/pengawas', ['pengawas']],
  ['/pakar', ['pakar']],
  ['/sekolah/[id]', ['dinas-provinsi', 'bgtk']],
  ['/sekolah', ['kepala-sekolah']],
  ['/peta', ['dinas-provinsi', 'dinas-kabupaten', 'bgtk']],
  ['/perubahan', ['dinas-provinsi', 'bgtk']],
  ['/laporan', ['dinas-provinsi', 'bgtk']],
  ['/dukungan', ['dinas-provinsi']],
  ['/bgtk', ['bgtk']],
  ['/akun', ['guru', 'administrator']],
]

/** Whether a page is one of those that are looked at for a role: every page that the role alone can open, and those of its desk. */
function looksAt(role: string, route: string): boolean {
  const action = pages[route]!
  if (role === 'publik' || action === 'public') return role === 'publik' && action === 'public'
  const open = Object.values(accounts).filter((r) => (action === 'login' || r in permissions[action]) && !outside[r]?.includes(route))
  const desk = desks.find(([path]) => route.startsWith(path))?.[1].filter((r) => open.includes(r as (typeof open)[number])) ?? []
  return (desk.length ? desk : open.slice(0, 1)).includes(role)
}

test('every page is looked at for somebody', () => {
  const roles = ['publik', ...Object.values(accounts)]
  expect(Object.keys(pages).filter((route) => !roles.some((role) => looksAt(role, route)))).toEqual([])
  for (const role of roles) expect([role, Object.keys(pages).some((route) => looksAt(role, route))]).toEqual([role, true])
})

for (const [who, role] of [['', 'publik'], ...Object.entries(accounts)] as [string, string][]) {
  test(`pages of ${role} pass axe without serious findings and do not overflow at 360 px`, async ({ page }) => {
    if (who) await login(page, who)
    const paths = await filled()
    for (const route of Object.keys(pages).filter((r) => looksAt(role, r))) {
      await page.goto(paths[route] ?? route)
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
      expect([route, wide]).toEqual([route, 0])
      // No page of ours holds a frame, so that one script in one page sees everything (that is what the legacy mode is).
      expect([route, page.frames().length]).toEqual([route, 1])
      const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] })
      const found = (await axe.analyze()).violations.filter((v) => v.impact === 'serious' || v.impact === 'critical')
      expect([route, found.map((v) => `${v.id}: ${v.nodes[0]?.target.join(' ')}`)]).toEqual([route, []])
    }
  })
}
