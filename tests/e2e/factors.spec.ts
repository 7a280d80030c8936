import { expect, test, type Browser } from '@playwright/test'
import { installApp, nextCode, typePassword, withAuthenticator } from './factor-steps'
import { as, invite, LAPTOP, loginByForm, PHONE, prove, rows } from './world'

/** Second factors in a real browser, with a virtual authenticator in place of a fingerprint. */

async function newcomer(browser: Browser, who: string, role: string): Promise<void> {
  const admin = await as(browser, 'admin', LAPTOP)
  await invite(admin, `Uji ${who}`, who, role)
  await admin.context().close()
}

for (const [size, viewport] of [
  ['phone', PHONE],
  ['desktop', LAPTOP],
] as const) {
  test(`on a ${size} a passkey is made, logs in alone, and retires the password`, async ({ browser }) => {
    const who = `kunci-${size}`
    await newcomer(browser, who, 'bgtk')
    const page = await (await browser.newContext({ viewport })).newPage()
    const device = await withAuthenticator(page)
    await loginByForm(page, who)
    await prove(page)
    await page.getByLabel('Nama perangkat').fill('Ponsel uji')
    await page.getByRole('button', { name: 'Buat kunci sandi' }).click()
    await expect(page.getByRole('region', { name: 'Kode pemulihan' }).getByRole('listitem')).toHaveCount(10)
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    expect(wide).toBe(0)
    await page.getByRole('button', { name: 'Kode sudah saya simpan, lanjutkan' }).click()
    await expect(page.getByText('Ponsel uji')).toBeVisible()
    await page.getByRole('button', { name: 'Keluar' }).click()
    await page.waitForURL(/\/masuk|\/$/)

    const other = await (await browser.newContext({ viewport })).newPage()
    await typePassword(other, who)
    await expect(other.getByText('Akun ini memakai kunci sandi')).toBeVisible()

    // Without a touch the offer in the field stays open, so that the button has something to take the place of.
    await device.present(false)
    await page.addInitScript(() => {
      const get = navigator.credentials.get.bind(navigator.credentials)
      navigator.credentials.get = (options) => {
        document.documentElement.dataset['asked'] = 'yes'
        return get(options)
      }
    })
    await page.goto('/masuk')
    await page.locator('html[data-asked]').waitFor()
    await device.present(true)
    await page.getByRole('button', { name: 'Masuk dengan kunci sandi' }).click()
    await page.waitForURL(/\/beranda$/)
    // Offered by the browser in the field of the address, without the button.
    await page.getByRole('button', { name: 'Keluar' }).click()
    await page.waitForURL(/\/masuk|\/$/)
    await page.goto('/masuk').catch(() => undefined)
    await page.waitForURL(/\/beranda$/)
  })

  test(`on a ${size} the password alone opens nothing where an app is set up; its code and a code on paper do, once each`, async ({
    browser,
  }) => {
    const who = `kode-${size}`
    await newcomer(browser, who, 'bgtk')
    const page = await (await browser.newContext({ viewport })).newPage()
    await loginByForm(page, who)
    await prove(page)
    const { app, codes } = await installApp(page)

    const other = await (await browser.newContext({ viewport })).newPage()
    await typePassword(other, who)
    await other.waitForURL(/\/masuk\/faktor$/)
    for (const path of ['/beranda', '/bgtk/peserta', '/akun', '/akun/keamanan', '/api/exports/analisis?instrumen=MTK'])
      expect([path, (await other.request.get(path, { maxRedirects: 0 })).status()]).not.toEqual([path, 200])
    await other.goto('/masuk/faktor')
    const code = nextCode(app)
    await other.getByLabel('Enam angka dari aplikasi kode').fill(code)
    await other.getByRole('button', { name: 'Lanjutkan' }).click()
    await other.waitForURL(/\/beranda$/)

    const third = await (await browser.newContext({ viewport })).newPage()
    await typePassword(third, who)
    await third.waitForURL(/\/masuk\/faktor$/)
    await third.getByLabel('Enam angka dari aplikasi kode').fill(code)
    await third.getByRole('button', { name: 'Lanjutkan' }).click()
    await expect(third.getByText('sudah pernah dipakai')).toBeVisible()
    await third.getByText('Perangkat hilang?').click()
    await third.getByRole('textbox', { name: 'Kode pemulihan' }).fill(codes[0]!)
    await third.getByRole('button', { name: 'Pakai kode pemulihan' }).click()
    await third.waitForURL(/\/akun\/keamanan$/)
    await expect(third.getByText('9 dari 10 kode belum dipakai')).toBeVisible()
  })

  test(`on a ${size} a forgotten password is set anew with an administrator’s link, once`, async ({ browser }) => {
    const who = `lupa-${size}`
    await newcomer(browser, who, 'pakar')
    const admin = await as(browser, 'admin', LAPTOP)
    await prove(admin)
    await admin.goto('/bgtk/pengguna')
    const form = admin.getByRole('form', { name: 'Tautan atur ulang' })
    const [user] = await rows<{ id: string }>(`SELECT id FROM user_account WHERE email = $1`, [`${who}@contoh.id`])
    await form.getByLabel('Untuk').selectOption(user!.id)
    await form.getByLabel('Bagaimana identitasnya diperiksa').fill('Bertemu langsung')
    await form.getByRole('button').click()
    const code = (await admin.getByTestId('reset-code').textContent())!

    const page = await (await browser.newContext({ viewport })).newPage()
    await page.goto(`/masuk/atur-ulang#k=${code}`)
    await expect(page.getByLabel('Kode atur ulang')).toHaveValue(code)
    await expect.poll(() => page.url()).not.toContain(code)
    await page.getByRole('textbox', { name: 'Kata sandi baru' }).fill('payung hilang di dermaga')
    await page.getByRole('button', { name: 'Pakai kata sandi ini' }).click()
    await expect(page.getByText('Kata sandi baru berlaku.')).toBeVisible()
    await typePassword(page, who, 'payung hilang di dermaga')
    await page.waitForURL(/\/pakar$/)

    await page.goto('/masuk/atur-ulang')
    await page.getByLabel('Kode atur ulang').fill(code.toLowerCase())
    await page.getByRole('textbox', { name: 'Kata sandi baru' }).fill('kapur tulis jatuh ke parit')
    await page.getByRole('button', { name: 'Pakai kata sandi ini' }).click()
    await expect(page.getByText('sudah dipakai')).toBeVisible()
  })
}

test('where the policy asks for a factor, the first login sets one up before anything else opens', async ({ browser }) => {
  await newcomer(browser, 'wajib', 'bgtk')
  const put = (value: string | null) =>
    rows(
      `INSERT INTO policy_version (version, body, reason, at) SELECT coalesce(max(version), 0) + 1, jsonb_build_object('secondFactor', $1::text), 'Uji peramban', now() FROM policy_version`,
      [value],
    )
  await put('required')
  try {
    const page = await (await browser.newContext({ viewport: PHONE })).newPage()
    await expect(async () => {
      await typePassword(page, 'wajib')
      await page.waitForURL(/\/masuk\/faktor$/, { timeout: 5_000 })
    }).toPass()
    expect((await page.request.get('/beranda', { maxRedirects: 0 })).status()).not.toBe(200)
    await installApp(page)
    await page.getByRole('button', { name: 'Kode sudah saya simpan, lanjutkan' }).click()
    await page.waitForURL(/\/beranda$/)
  } finally {
    await put(null)
    // Whoever comes next finds the usual rule: it is in force where an account without a factor opens its desk.
    const after = await (await browser.newContext()).newPage()
    await expect(async () => {
      await typePassword(after, 'bgtk')
      await after.waitForURL(/\/beranda$/, { timeout: 5_000 })
    }).toPass()
  }
})
