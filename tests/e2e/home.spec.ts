import { expect, test } from '@playwright/test'
import { as, LAPTOP, login, PHONE, rows } from './world'

/** The frame of the house: where somebody is, what waits, and how anything is found. */
test.describe.configure({ mode: 'parallel' })

test('BGTK opens what waits, goes to it in one step, and the brand leads home again', async ({ browser }) => {
  const [teacher] = await rows<{ id: string }>(`SELECT id FROM teacher WHERE erased_at IS NULL ORDER BY id LIMIT 1`)
  await rows(
    `INSERT INTO objection (id, teacher_id, about, words, created_at, due_at) VALUES (gen_random_uuid(), $1, 'butir', 'Soal nomor 3 keliru', now(), now() + interval '1 day')`,
    [teacher!.id],
  )
  const page = await as(browser, 'bgtk', LAPTOP)
  await page.goto('/beranda')
  const waiting = page
    .getByRole('region', { name: 'Yang menunggu Anda' })
    .getByRole('listitem')
    .filter({ hasText: 'keberatan guru menunggu jawaban' })
  await expect(waiting.getByText('Sekarang')).toBeVisible()
  await waiting.getByRole('link', { name: /Baca dan jawab/ }).click()
  await expect(page).toHaveURL(/\/bgtk\/dukungan\/keberatan$/)
  const nav = page.getByRole('navigation', { name: 'Bagian', exact: true })
  await expect(nav.getByRole('link', { name: /^Keberatan/ })).toHaveAttribute('aria-current', 'page')
  await expect(nav.locator('[aria-current]')).toHaveCount(1)
  await page.getByRole('link', { name: 'Petaguru, beranda Anda' }).click()
  await expect(page).toHaveURL(/\/beranda$/)
})

test('the search is one key away and leads to a teacher, a school, an item and a page', async ({ browser }) => {
  const page = await as(browser, 'bgtk', LAPTOP)
  await page.goto('/bgtk/siklus')
  const field = page.getByRole('searchbox', { name: 'Cari di Petaguru' })
  for (const key of ['/', 'Control+k']) {
    await page.locator('h1').click()
    await page.keyboard.press(key)
    await expect(field).toBeFocused()
    await field.blur()
  }
  await field.fill('kalibrasi')
  await field.press('Enter')
  await expect(page.getByRole('link', { name: 'Kalibrasi' }).last()).toBeVisible()
  await page.goto('/cari?q=MTK-001')
  await page.getByRole('link', { name: /^MTK-001/ }).click()
  await expect(page).toHaveURL(/\/bgtk\/instrumen\/MTK\/butir\/MTK-001$/)
})

test('addresses that stood once for each office lead to the one that stands now, filter and all', async ({ browser }) => {
  const page = await as(browser, 'disdikbud', LAPTOP)
  for (const [was, now] of [
    ['/bgtk/peta?bagian=1', '/peta?bagian=1'],
    ['/dinas/peta/18.02', '/peta/18.02'],
    ['/dinas/pertumbuhan', '/perubahan'],
    ['/dinas/laporan', '/laporan'],
    ['/dinas/dukungan', '/dukungan'],
  ] as const) {
    await page.goto(was)
    expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe(now)
  }
})

test('on a phone the places lie in a sheet that opens without a script', async ({ browser }) => {
  const page = await (await browser.newContext({ viewport: PHONE, javaScriptEnabled: false })).newPage()
  await login(page, 'bgtk')
  await page.goto('/bgtk/siklus')
  const nav = page.getByRole('navigation', { name: 'Bagian', exact: true })
  await expect(nav).toBeHidden()
  await page.locator('summary', { hasText: 'Menu' }).click()
  await expect(nav.getByRole('link', { name: 'Siklus dan sesi' })).toHaveAttribute('aria-current', 'page')
  await nav.getByRole('link', { name: 'Peta', exact: true }).click()
  await expect(page).toHaveURL(/\/peta$/)
})

test('from the map to a school and back, the kabupaten is not lost', async ({ browser }) => {
  const page = await as(browser, 'disdikbud', LAPTOP)
  await page.goto('/peta/18.02')
  await page.locator('main a[href*="/sekolah/"]').first().click()
  await page.getByText('Hasil bernama').waitFor()
  await page.getByRole('link', { name: /^← / }).click()
  await expect(page).toHaveURL(/\/peta\/18\.02$/)
})

test('a head of school reads first what the school can work on, and the teachers a page at a time', async ({ browser }) => {
  const page = await as(browser, 'kepsek', PHONE)
  await page.goto('/sekolah')
  await expect(page.getByRole('heading', { name: 'Bahan komunitas belajar bulan ini' })).toBeVisible()
  const names = await rows<{ name: string }>(
    `SELECT t.name FROM teacher t JOIN role_grant g ON g.school_id = t.school_id AND g.role = 'kepala-sekolah' JOIN user_account u ON u.id = g.user_id AND u.email = 'kepsek@contoh.id'
      WHERE length(t.name) > 8 LIMIT 5`,
  )
  for (const { name } of names) await expect(page.getByText(name)).toHaveCount(0)
  await page.getByRole('link', { name: 'Guru dan rencana' }).click()
  await expect(page.getByText('Hasil bernama')).toBeVisible()
  const shown = await page.getByRole('table').getByRole('row').count()
  expect(shown).toBeLessThanOrEqual(21)
})
