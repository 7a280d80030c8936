import { readFileSync } from 'node:fs'
import AxeBuilder from '@axe-core/playwright'
import { expect, test, type Locator, type Page } from '@playwright/test'
import { exported, login } from './world'

/** Ten questions that officials ask, each answered in at most three taps from the map; and what the map does when it is pointed at. */
test.use({ viewport: { width: 1280, height: 800 } })

let taps = 0
const tap = async (what: Locator) => {
  taps++
  await what.click()
}
const asked = async (page: Page) => {
  taps = 0
  await login(page, 'bgtk')
  await page.goto('/peta')
}
test.beforeEach(() => void (taps = 0))
test.afterEach(() => expect(taps).toBeLessThanOrEqual(3))

const row = (page: Page, text: string | RegExp) => page.getByRole('row').filter({ hasText: text })
const areaOf = (page: Page, name: string) => page.locator('svg a[data-kode]').filter({ hasText: new RegExp(`^${name}:`) })
const card = (page: Page) => page.getByTestId('kartu')

test('where is pedagogik weakest, and is it sure?', async ({ page }) => {
  await asked(page)
  const low = row(page, 'di bawah').first()
  const name = await low.getByRole('link').first().innerText()
  await page.locator(`tr[data-kode]`).filter({ hasText: name }).hover()
  await expect(card(page).getByText(name, { exact: true })).toBeVisible()
  await expect(card(page).locator('[data-shown]')).toContainText('di bawah wilayah lain')
  await expect(card(page).locator('[data-shown]')).toContainText(/cukup pasti|kira-kira|belum pasti/)
})

test('which kabupaten has too few tutors for mathematics?', async ({ page }) => {
  await asked(page)
  taps++
  await page.getByLabel('Guru mata pelajaran').selectOption('MTK')
  await page.waitForURL(/mapel=MTK/)
  await tap(page.getByRole('link', { name: 'Apa yang dapat dilakukan untuk guru Matematika' }))
  const part = page.locator('section').filter({ has: page.getByRole('heading', { name: 'Tutor sebaya yang kurang' }) })
  await expect(part).toContainText(/belum mendapat tutor|belum terlayani|Tidak ada kekurangan/)
  await tap(part.getByRole('link', { name: 'Jaringan tutor' }))
  await expect(page).toHaveURL(/dukungan\/tutor\?mapel=MTK/)
})

test('a subject that is chosen before any script runs counts, and the way back leads back', async ({ page }) => {
  await login(page, 'bgtk')
  let awake = () => {}
  const waking = new Promise<void>((done) => (awake = done))
  await page.route('**/_next/static/**/*.js', async (route) => {
    await waking
    await route.continue()
  })
  await page.goto('/peta', { waitUntil: 'commit' })
  await page.getByLabel('Guru mata pelajaran').selectOption('MTK')
  awake()
  await page.waitForURL(/mapel=MTK/)
  await page.goBack()
  await expect(page).toHaveURL(/\/peta$/)
  await expect(page.getByLabel('Guru mata pelajaran')).toHaveValue('')
})

test('which schools have not been tested, and what does Pesisir Barat need, in hours and rupiah?', async ({ page }) => {
  await asked(page)
  await tap(page.getByRole('link', { name: 'Apa yang dapat dilakukan di Pesisir Barat' }))
  await expect(page.getByText(/Belum ada gurunya yang dites: \d+ satuan pendidikan/)).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Indikator dengan angka terendah' })).toBeVisible()
  await expect(page.getByText(/modul yang diusulkan [\d.]+ JP, kira-kira Rp/)).toBeVisible()
  await tap(page.getByRole('link', { name: 'Lihat dukungan' }))
  await expect(page).toHaveURL(/\/bgtk\/dukungan\?kompetensi=1/)
})

test('which indicator is thin everywhere?', async ({ page }) => {
  await asked(page)
  await tap(page.getByRole('link', { name: 'Indikator', exact: true }))
  await tap(page.getByRole('link', { name: /^Apa yang dapat dilakukan untuk 1\./ }).last())
  await expect(page.getByRole('heading', { name: 'Wilayah dengan angka terendah' })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Modul yang cocok' })).toBeVisible()
})

test('is the gap closing, and how sure is that?', async ({ page }) => {
  await asked(page)
  await tap(page.getByRole('link', { name: 'Perubahan', exact: true }))
  // The few of this demonstration make a link that is too uncertain: then the answer says so, and how uncertain, in the place of a number.
  await expect(page.getByText('Perubahan tidak diterbitkan')).toBeVisible()
  await expect(page.getByText(/gerbang tautannya tertutup\. .*Galat baku tautannya [\d,]+ poin/)).toBeVisible()
})

test('who has not agreed to a plan?', async ({ page }) => {
  await asked(page)
  await tap(page.getByRole('link', { name: 'Dukungan', exact: true }))
  await expect(page.getByText(/disepakati/i).first()).toBeVisible()
})

test('what may I say in public?', async ({ page }) => {
  await asked(page)
  await tap(page.getByText('Apa yang boleh saya katakan di muka umum?'))
  await expect(page.getByText(/Jangan menyusun peringkat/)).toBeVisible()
})

test('may the re-measurement on the map be compared with the first?', async ({ page }) => {
  await asked(page)
  taps++
  await page.getByLabel('Siklus').selectOption('2604')
  await page.waitForURL(/siklus=2604/)
  await tap(page.getByRole('link', { name: 'Bandingkan guru yang sama di halaman Perubahan' }))
  await expect(page).toHaveURL(/perubahan\?ulang=2604/)
  await expect(page.getByRole('heading', { name: /^Perubahan kompetensi/ })).toBeVisible()
  // A kabupaten has the same choice, and says the same.
  await page.goto('/peta/18.71?siklus=2604')
  await expect(page.getByText(/orangnya berbeda, jadi selisihnya bukan kenaikan/)).toBeVisible()
})

test('a place that is pointed at, reached by keyboard or tapped shows its card and marks its line; a click is a link', async ({
  page,
  browser,
}) => {
  await asked(page)
  taps = 0
  const lying = () =>
    card(page).evaluate((el) => {
      const { top, height, width } = el.getBoundingClientRect()
      return [Math.round(top + window.scrollY), height, width, document.body.scrollHeight]
    })
  const before = await lying()
  await areaOf(page, 'Metro').focus()
  await expect(page.locator('tr[data-marked]')).toHaveCount(1)
  await expect(page.locator('tr[data-marked]')).toContainText('Metro')
  for (const said of ['Guru dites', 'Cakupan', 'Rata-rata', 'Rentang 95 persen', 'Kompeten', 'Kepastian'])
    await expect(card(page).locator('[data-shown]')).toContainText(said)
  expect(await lying()).toEqual(before)
  await page.keyboard.press('Escape')
  await expect(page.locator('tr[data-marked]')).toHaveCount(0)
  await areaOf(page, 'Metro').focus()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/peta\/18\.72/)

  const phone = await (await browser.newContext({ viewport: { width: 360, height: 740 }, hasTouch: true, locale: 'id-ID' })).newPage()
  await login(phone, 'bgtk')
  await phone.goto('/peta')
  const tile = phone.locator('a[data-wilayah]:visible').filter({ hasText: 'Metro' })
  await expect(async () => {
    await phone.keyboard.press('Escape')
    await tile.tap()
    await expect(phone.locator('tr[data-marked]')).toContainText('Metro', { timeout: 1_000 })
  }).toPass()
  await tile.tap()
  await expect(phone).toHaveURL(/\/peta\/18\.72/)
})

test('charts are explored where the server drew them, and nothing moves', async ({ page }) => {
  await asked(page)
  taps = 0
  await page.goto('/peta?tampilan=sebaran')
  const place = page.locator('[data-explorable]').first()
  const before = await place.boundingBox()
  await expect(place).toHaveAttribute('data-explorable', 'ready')
  expect(await place.boundingBox()).toEqual(before)
  await expect(place.locator('.recharts-wrapper svg')).toBeVisible()
  await expect(
    page
      .getByRole('group', { name: /^Angka: / })
      .filter({ hasText: 'Bandar Lampung' })
      .first(),
  ).toBeVisible()
})

test('the view is taken along: numbers for Excel, a picture, and one sheet of paper', async ({ page }) => {
  await asked(page)
  taps = 0
  const get = (name: string) => exported(page, `/api/exports/${name}?bagian=1`)
  expect((await get('peta-csv')).toString()).toMatch(/^\ufeffkode_wilayah;wilayah;[\s\S]*18\.72;Metro;\d+;\d+,\d\d;\d+;\d+,\d\d;/)
  expect((await get('peta-svg')).toString()).toContain('Sumber: Petaguru')
  expect((await get('peta-png')).subarray(1, 4).toString()).toBe('PNG')
  expect((await get('peta-xlsx')).subarray(0, 2).toString()).toBe('PK')
  const paper = await page.pdf({ preferCSSPageSize: true })
  expect(paper.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1)
  expect(readFileSync('app/theme.css', 'utf8')).toContain('print-color-adjust: exact')
})

test('every view of the map, and every kind of help, passes axe without serious findings and fits 360 px', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 })
  await asked(page)
  const views = ['nilai=kompeten', 'tampilan=tabel&bagian=4', 'tampilan=sebaran', 'tampilan=indikator'].map((q) => `/peta?${q}`)
  const help = ['mapel=MTK&bagian=4', 'indikator=1.2', ''].map((q) => `/peta/tindakan?${q}`)
  for (const path of [...views, ...help, '/perubahan?tampilan=wilayah']) {
    await page.goto(path)
    if (/sebaran/.test(path)) await expect(page.locator('[data-explorable="ready"]').first()).toBeVisible()
    expect([path, await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)]).toEqual([
      path,
      0,
    ])
    const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] })
    const found = (await axe.analyze()).violations.filter((v) => v.impact === 'serious' || v.impact === 'critical')
    expect([path, found.map((v) => `${v.id}: ${v.nodes[0]?.target.join(' ')}`)]).toEqual([path, []])
  }
})
