import { expect, test } from '@playwright/test'
import { loginByForm, loginWithCard, rows } from './world'

/** From the own page of an account to the test in one tap, and to no test of anybody else. */

test('the holder of an account opens the practice from her own page in one tap, asked neither for a card nor which test', async ({
  page,
}) => {
  await loginByForm(page, 'guru')
  const [me] = await rows<{ name: string; seats: number; seat: string }>(
    `SELECT t.name, count(*)::int AS seats, max(s.id::text) FILTER (WHERE c.code = 'LAT') AS seat FROM user_account u JOIN teacher t ON t.id = u.teacher_id
       JOIN seat s ON s.teacher_id = t.id JOIN sitting y ON y.id = s.sitting_id JOIN cycle c ON c.id = y.cycle_id WHERE u.email = 'guru@contoh.id' GROUP BY t.name`,
  )
  expect(me!.seats).toBeGreaterThan(1)
  await page.goto('/guru')
  await page.getByText(/^Latihan terbuka \(\d+ bagian\)$/).click()
  await page.locator(`a[href='/tes#tes-3.${me!.seat}']`).click()
  await expect(page.getByRole('button', { name: 'Mulai mengerjakan' })).toBeVisible()
  await expect(page.getByLabel('Nomor peserta')).toHaveCount(0)
  await expect(page.getByText('Latihan terbuka')).toBeVisible()

  // Her desk leads to her other tests; her name stands once.
  await page.getByRole('link', { name: '← Meja peserta' }).click()
  await page.getByRole('button', { name: 'Tes lain' }).click()
  await expect(page.getByRole('heading', { name: 'Tes mana yang dibuka?' })).toBeVisible()
  await expect(page.getByText(me!.name, { exact: true })).toHaveCount(1)
})

test('on a phone that two accounts share, a link of the first opens nothing for the second', async ({ page }) => {
  await loginByForm(page, 'guru')
  const [seat] = await rows<{ id: string }>(
    `SELECT s.id FROM user_account u JOIN seat s ON s.teacher_id = u.teacher_id JOIN sitting y ON y.id = s.sitting_id JOIN cycle c ON c.id = y.cycle_id
      WHERE u.email = 'guru@contoh.id' AND c.code = 'LAT'`,
  )
  await page.goto(`/tes#tes-3.${seat!.id}`)
  await expect(page.getByRole('button', { name: 'Mulai mengerjakan' })).toBeVisible()
  await page.goto('/guru')
  await page.getByRole('button', { name: 'Keluar' }).click()
  await page.waitForURL('**/masuk')
  await loginByForm(page, 'rekan')
  await page.goto(`/tes#tes-3.${seat!.id}`)
  await expect(page.getByText('Tes itu bukan milik akun atau kartu')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Mulai mengerjakan' })).toHaveCount(0)
  const [first] = await rows<{ name: string }>(`SELECT name FROM user_account WHERE email = 'guru@contoh.id'`)
  await expect(page.getByText(first!.name)).toHaveCount(0)
})

test('a session of somebody else that was left behind adds no desk to the phone of whoever entered with a card', async ({
  page,
  context,
}) => {
  await loginWithCard(page, 31)
  const [second] = await rows<{ name: string }>(`SELECT name FROM user_account WHERE email = 'guru@contoh.id'`)
  // The first leaves no trace but a session: the second account's cookie stands while the card's desk is open.
  const other = await context.browser()!.newContext({ locale: 'id-ID' })
  const elsewhere = await other.newPage()
  await loginByForm(elsewhere, 'guru')
  await context.addCookies((await other.cookies()).filter((c) => c.name.includes('petaguru.session')))
  await page.goto('/tes')
  await page.getByRole('button', { name: 'Perbarui' }).click()
  await expect(page.getByRole('heading', { name: 'Latihan terbuka' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Tes lain' })).toHaveCount(0)
  await expect(page.getByText(second!.name)).toHaveCount(0)
  await other.close()
})
