import { randomUUID } from 'node:crypto'
import { expect, test, type Browser, type Page } from '@playwright/test'
import AxeBuilder from '@axe-core/playwright'
import { LAPTOP, PHONE, as, login, rows } from './world'

/** A document that is not there at once: its page tells how it goes, and the file is a tap away when it is ready. */

/** An order of an account that stands in a state, as a worker elsewhere would have left it; small, so that it is the next to be made. */
async function ordered(who: string, name: string, state: string, failure: string | null = null): Promise<string> {
  const id = randomUUID()
  await rows(
    `INSERT INTO made_document (id, owner_id, card, grants, name, parameters, large, turn, state, failure, asked_at, begun_at, lease_until, lines, subjects)
     SELECT $1, u.id, false, (SELECT jsonb_agg(jsonb_build_object('role', g.role, 'regionId', g.region_id, 'schoolId', g.school_id, 'levelCodes', to_jsonb(g.level_codes)))
       FROM role_grant g WHERE g.user_id = u.id), $3, '', false, 1, $4, $5, now(), now(), now() + interval '1 hour', '[]', '{}' FROM user_account u WHERE u.email = $2`,
    [id, `${who}@contoh.id`, name, state, failure],
  )
  return id
}

async function sound(page: Page): Promise<void> {
  for (const viewport of [PHONE, LAPTOP]) {
    await page.setViewportSize(viewport)
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    const found = (await new AxeBuilder({ page }).analyze()).violations.filter((v) => v.impact === 'serious' || v.impact === 'critical')
    expect([viewport.width, wide, found.map((v) => v.id)]).toEqual([viewport.width, 0, []])
  }
}

test('its page says that it is being made, turns to ready by itself, and hands the file over; another account finds nothing there', async ({
  browser,
  page,
}) => {
  await login(page, 'bgtk')
  const id = await ordered('bgtk', 'templat', 'making')
  await page.goto(`/berkas/${id}`)
  await expect(page.getByRole('heading', { name: 'Templat daftar guru' })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Sedang dibuat' })).toBeVisible()
  await sound(page)

  await rows(`UPDATE made_document SET state = 'waiting' WHERE id = $1`, [id])
  // Asking again joins it, at its own address, and wakes the worker.
  expect([200, 303]).toContain((await page.request.get('/api/exports/templat', { maxRedirects: 0 })).status())
  await expect(page.getByRole('heading', { name: 'Siap diunduh' })).toBeVisible()
  await sound(page)
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Unduh' }).click()])
  expect(file.suggestedFilename()).toBe('templat-daftar-guru.xlsx')
  const { headers } = await page.request.get(`/api/berkas/${id}`).then((r) => ({ headers: r.headers() }))
  expect([headers['content-disposition'], headers['cache-control']]).toEqual([
    'attachment; filename="templat-daftar-guru.xlsx"',
    'private, no-store',
  ])

  const other = await as(browser, 'disdikbud', PHONE)
  for (const path of [`/berkas/${id}`, `/api/berkas/${id}`, '/berkas/bukan-nomor'])
    expect([path, (await other.request.get(path)).status()]).toEqual([path, 404])
})

test('one that could not be made says why, and is asked for again with a tap', async ({ page }) => {
  await login(page, 'bgtk')
  await page.goto(`/berkas/${await ordered('bgtk', 'butir-templat', 'failed', 'late')}`)
  await expect(page.getByText('belum selesai dalam tiga menit')).toBeVisible()
  await sound(page)
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Minta lagi' }).click()])
  expect(file.suggestedFilename()).toBe('templat-butir.xlsx')
})

/** A browser that runs no scripts, with the login of another. */
async function withoutScripts(browser: Browser, page: Page): Promise<Page> {
  const context = await browser.newContext({ viewport: PHONE, javaScriptEnabled: false, storageState: await page.context().storageState() })
  return context.newPage()
}

test('without scripts the page asks again by itself', async ({ browser, page }) => {
  await login(page, 'bgtk')
  const id = await ordered('bgtk', 'laporan-xlsx', 'making')
  const plain = await withoutScripts(browser, page)
  await plain.goto(`/berkas/${id}`)
  await expect(plain.getByRole('heading', { name: 'Sedang dibuat' })).toBeVisible()
  await rows(`UPDATE made_document SET state = 'failed', failure = 'memory' WHERE id = $1`, [id])
  await expect(plain.getByText('terlalu besar untuk dibuat sekaligus')).toBeVisible()
})
