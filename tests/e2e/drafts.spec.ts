import { expect, test, type Page } from '@playwright/test'
import { loginByForm, networkAway } from './world'

/** What was typed and not sent: it waits on the device for its writer, and for nobody else. */
const WORDS = 'Dua butir pada bagian pedagogik memakai gambar yang tidak tampil di ponsel saya.'

async function objection(page: Page) {
  await page.goto('/guru/hasil')
  const form = page
    .locator('form')
    .filter({ has: page.locator('textarea[name=words]') })
    .first()
  await page.waitForFunction(() => [...document.forms].some((f) => f.noValidate))
  await form.evaluate((f) => {
    for (let fold = f.closest('details'); fold; fold = fold.parentElement?.closest('details') ?? null) fold.open = true
  })
  return form
}
const kept = (page: Page) => page.evaluate(() => Object.entries({ ...localStorage }).filter(([k]) => k.startsWith('petaguru.isian.')))
const written = (page: Page) => expect.poll(async () => (await kept(page)).length).toBe(1)

test('an objection written without a network is sealed on the phone, comes back after a reload, and opens for nobody else', async ({
  page,
  context,
}) => {
  await loginByForm(page, 'guru')
  let form = await objection(page)
  await form.locator('textarea[name=words]').fill(WORDS)
  await networkAway(page)
  await form.getByRole('button').first().click()
  await expect(form.getByText(/Tidak terkirim: server tidak terjangkau\. Teks Anda masih ada di sini dan tersimpan/)).toBeVisible()
  await context.setOffline(false)
  await expect(form.getByText('Jaringan sudah kembali.', { exact: false })).toBeVisible()
  await written(page)
  expect(JSON.stringify(await kept(page))).not.toContain('gambar')
  form = await objection(page)
  await expect(form.locator('textarea[name=words]')).toHaveValue(WORDS)
  await expect(form.getByText('belum terkirim', { exact: false })).toBeVisible()

  // Another takes the phone without the first having left.
  await context.clearCookies()
  await loginByForm(page, 'rekan')
  const other = await objection(page)
  await expect(other.locator('textarea[name=words]')).toHaveValue('')
  await context.clearCookies()
  await loginByForm(page, 'guru')
  form = await objection(page)
  await expect(form.locator('textarea[name=words]')).toHaveValue(WORDS)

  // Whoever leaves is asked, and takes it along.
  page.once('dialog', (d) => void d.accept())
  await page.getByRole('button', { name: 'Keluar' }).click()
  await page.waitForURL((u) => !u.pathname.startsWith('/guru'))
  expect(await kept(page)).toEqual([])
})

test('a new version of the program, a fault of ours and a gateway that is down leave the text where it is', async ({ page }) => {
  await loginByForm(page, 'guru')
  const form = await objection(page)
  await form.locator('textarea[name=words]').fill(WORDS)
  for (const [answer, said] of [
    [{ status: 404, headers: { 'x-nextjs-action-not-found': '1' }, body: '' }, 'Petaguru baru saja diperbarui'],
    [
      { status: 500, contentType: 'text/x-component', body: '0:{"a":"$@1","f":"","b":"x"}\n1:E{"digest":"123"}\n' },
      'ada kesalahan pada sistem kami',
    ],
    [{ status: 502, contentType: 'text/html', body: 'Bad gateway' }, 'server tidak terjangkau'],
  ] as const) {
    await page.route('**/guru/hasil', (r) => (r.request().method() === 'POST' ? r.fulfill(answer) : r.continue()))
    await form.getByRole('button', { name: /Kirim/ }).first().click()
    await expect(form.getByText(said, { exact: false })).toBeVisible()
    await expect(form.locator('textarea[name=words]')).toHaveValue(WORDS)
    await page.unroute('**/guru/hasil')
  }
})

test('leaving a changed form asks once, and an untouched one never', async ({ page }) => {
  await loginByForm(page, 'guru')
  const form = await objection(page)
  await page.getByRole('link', { name: 'Data saya' }).click()
  await page.waitForURL('**/guru/data')
  const again = await objection(page)
  await again.locator('textarea[name=words]').fill(WORDS)
  const asked: string[] = []
  page.on('dialog', (d) => {
    asked.push(d.message())
    void (asked.length === 1 ? d.dismiss() : d.accept())
  })
  await page.getByRole('link', { name: 'Data saya' }).click()
  await expect(again.locator('textarea[name=words]')).toHaveValue(WORDS)
  expect(page.url()).toContain('/guru/hasil')
  await page.getByRole('link', { name: 'Data saya' }).click()
  await page.waitForURL('**/guru/data')
  expect(asked).toEqual(Array(2).fill('Isian di halaman ini belum dikirim. Tinggalkan halaman ini?'))
  expect(form).toBeTruthy()
})

test('every field that is wrong is said at its place, all at once, and the first has the focus', async ({ page }) => {
  await loginByForm(page, 'bgtk')
  await page.goto('/bgtk/siklus')
  const form = page.getByRole('form', { name: 'Siklus baru' })
  await page.waitForFunction(() => [...document.forms].some((f) => f.noValidate))
  await form.getByRole('button').last().click()
  await expect(form.locator('[data-salah]').nth(1)).toBeVisible()
  expect(
    await form
      .locator('[aria-invalid=true]')
      .first()
      .evaluate((e) => e === document.activeElement),
  ).toBe(true)
})
