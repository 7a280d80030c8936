import { readFileSync } from 'node:fs'
import AxeBuilder from '@axe-core/playwright'
import { expect, test, type Browser, type Page } from '@playwright/test'
import { pages } from './pages'
import { login } from './world'

/** A citizen reads the public page on a phone without a script; either office shuts it with one switch. */
const withoutScript = async (browser: Browser): Promise<Page> =>
  (await browser.newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } })).newPage()

const shut = 'Halaman ini sedang tidak dibuka'

test('a citizen finds the figures, chooses a competency, reads how they were made and takes the data home, without a login or a script', async ({
  browser,
}) => {
  const page = await withoutScript(browser)
  await page.goto('/masuk')
  await page.getByRole('link', { name: 'Angka untuk publik dan pers' }).click()
  await expect(page.getByRole('heading', { name: 'Peta kompetensi guru Lampung' })).toBeVisible()
  await expect(page.getByText(/Terbitan ke-\d+ rangkaian Pemetaan 2025/).first()).toBeVisible()
  expect(await page.locator('meta[name=robots]').getAttribute('content')).toBe('index, follow')

  await page.getByLabel('Kompetensi').selectOption('4')
  await page.getByLabel('Angka yang digambar').selectOption('kompeten')
  await page.getByRole('button', { name: 'Tampilkan' }).click()
  await expect(page).toHaveURL(/bagian=4/)
  await expect(page.getByRole('heading', { name: 'Kompetensi profesional menurut kabupaten/kota' })).toBeVisible()
  await page
    .getByRole('link', { name: /^Metro:/ })
    .first()
    .click()
  await expect(page).toHaveURL(/#wilayah-18\.72$/)
  await expect(page.locator('#wilayah-18\\.72')).toHaveText('Metro')
  await page.getByText(/^Menurut mata pelajaran guru/).click()
  await expect(page.getByRole('row').filter({ hasText: 'Matematika' })).toBeVisible()
  await expect(page.getByText('Kelompok kecil dilindungi')).toBeVisible()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)

  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Data (.csv)' }).click()])
  expect(file.suggestedFilename()).toMatch(/^petaguru-Pemetaan-2025-terbitan-\d+-simulasi-data\.csv$/)
  const lines = readFileSync(await file.path(), 'utf8')
    .trim()
    .split('\r\n')
  expect(lines[0]).toContain('rangkaian;terbitan;kode_bagian')
  expect(lines.filter((l) => l.includes(';kabupaten_kota;')).length).toBe(15 * 4)
})

test('an office shuts the page at once for everybody, and opens it again', async ({ page, browser }) => {
  const citizen = await withoutScript(browser)
  const file = () => citizen.request.get('/publik/data/data.csv?rangkaian=Pemetaan+2025')
  expect((await file()).status()).toBe(200)
  await login(page, 'disdikbud')
  await page.goto('/halaman-publik')
  await page.getByRole('button', { name: 'Tutup halaman publik' }).click()
  await page.getByRole('button', { name: 'Ya, tutup' }).click()
  await expect(page.getByText('Halaman publik tertutup sejak sekarang')).toBeVisible()

  await citizen.goto('/publik')
  await expect(citizen.getByText(shut)).toBeVisible()
  await expect(citizen.getByRole('table')).toHaveCount(0)
  expect(await citizen.locator('meta[name=robots]').getAttribute('content')).toBe('noindex, nofollow')
  expect((await file()).status()).toBe(404)
  await citizen.goto('/masuk')
  await expect(citizen.getByRole('link', { name: 'Angka untuk publik dan pers' })).toHaveCount(0)

  await page.goto('/halaman-publik')
  await expect(page.getByText(/Pratinjau: selama tertutup/)).toBeVisible()
  await page.getByRole('button', { name: 'Nyalakan sakelar kantor kami' }).click()
  await page.getByRole('button', { name: 'Ya, nyalakan' }).click()
  await expect(page.getByText('halaman publik terbuka sejak sekarang')).toBeVisible()
  await citizen.goto('/publik')
  await expect(citizen.getByText(shut)).toHaveCount(0)
})

test('the page passes axe on a desk and on a phone', async ({ page }) => {
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 800 })
    await page.goto('/publik?nilai=kompeten')
    const found = await new AxeBuilder({ page }).analyze()
    expect(found.violations.map((v) => v.id)).toEqual([])
  }
})

/** Whether `robots.txt` lets a search engine read an address: of all lines that fit, the longest counts. */
function mayRead(robots: string, address: string): boolean {
  const fits = (rule: string) => (rule.endsWith('$') ? address === rule.slice(0, -1) : address.startsWith(rule))
  const lines = [...robots.matchAll(/^(Allow|Disallow): (.+)$/gm)].flatMap(([, word, rule]) => (fits(rule!) ? [{ word, rule: rule! }] : []))
  return lines.sort((a, b) => b.rule.length - a.rule.length)[0]?.word !== 'Disallow'
}

test('search engines are let into public pages, and into no other', async ({ request }) => {
  const answer = await request.get('/robots.txt')
  expect(answer.status()).toBe(200)
  const robots = await answer.text()
  for (const address of ['/', '/privasi', '/publik', '/publik?bagian=4', '/publik/data/data.csv'])
    expect(mayRead(robots, address)).toBe(true)
  const asking = Object.entries(pages).flatMap(([address, asks]) => (asks === 'public' ? [] : [address]))
  for (const address of [...asking, '/masuk/undangan', '/verifikasi?kode=1', '/tes', '/api/health/ready'])
    expect(mayRead(robots, address), address).toBe(false)
})
