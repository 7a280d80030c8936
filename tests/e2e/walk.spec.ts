import { expect, test, type Browser, type Page } from '@playwright/test'
import { installApp, nextCode, typePassword, withAuthenticator } from './factor-steps'
import { as, LAPTOP, PHONE, rows } from './world'

/** Every role of the offices from a link of the administrator to the end of its sessions, at the sizes of a phone and of a desktop. */
test.describe.configure({ mode: 'parallel' })

const roles = [
  ['administrator', 'admin', '/beranda'],
  ['BGTK', 'bgtk', '/beranda'],
  ['the province', 'disdikbud', '/beranda'],
  ['a kabupaten', 'dinas', '/beranda'],
  ['a head of school', 'kepsek', '/sekolah'],
  ['a proctor', 'pengawas', '/pengawas'],
  ['an expert', 'pakar', '/pakar'],
] as const
const OWN = 'payung biru di dermaga lama'

/** An account with the roles and places of another one, and no password; its id. */
async function likeAnother(like: string, who: string): Promise<string> {
  const [made] = await rows<{ id: string }>(
    `INSERT INTO user_account SELECT (jsonb_populate_record(NULL::user_account, to_jsonb(u) ||
        jsonb_build_object('id', gen_random_uuid(), 'email', $2::text, 'name', 'Jalan ' || u.name, 'password_hash', NULL, 'demonstration', false))).*
       FROM user_account u WHERE email = $1 RETURNING id`,
    [`${like}@contoh.id`, `${who}@contoh.id`],
  )
  await rows(
    `INSERT INTO role_grant SELECT (jsonb_populate_record(NULL::role_grant, to_jsonb(g) || jsonb_build_object('id', gen_random_uuid(), 'user_id', $2::uuid))).*
       FROM role_grant g JOIN user_account u ON u.id = g.user_id WHERE u.email = $1`,
    [`${like}@contoh.id`, made!.id],
  )
  return made!.id
}

/** Proves once more who is there where the page asks. */
async function toSecurity(page: Page): Promise<void> {
  await page.goto('/akun/keamanan')
  const proof = page.getByRole('form', { name: 'Kata sandi sekali lagi' })
  if (await proof.isVisible()) {
    await proof.getByLabel('Kata sandi Anda').fill(OWN)
    await proof.getByRole('button').click()
  }
  await expect(page.getByRole('heading', { name: 'Kunci sandi baru' })).toBeVisible()
}

async function linkFor(browser: Browser, userId: string): Promise<string> {
  const admin = await as(browser, 'admin', LAPTOP)
  await admin.goto('/bgtk/pengguna')
  const form = admin.getByRole('form', { name: 'Tautan atur ulang' })
  await form.getByLabel('Untuk').selectOption(userId)
  await form.getByLabel('Bagaimana identitasnya diperiksa').fill('Bertemu langsung')
  await form.getByRole('button').click()
  const code = (await admin.getByTestId('reset-code').textContent())!
  await admin.context().close()
  return code
}

const wide = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
/** Whether a page fits at both sizes; it is left at the size that it had. */
async function fits(page: Page): Promise<void> {
  const own = page.viewportSize()!
  for (const size of [PHONE, LAPTOP]) {
    await page.setViewportSize(size)
    expect(await wide(page)).toBe(0)
  }
  await page.setViewportSize(own)
}

for (const [role, like, home] of roles)
  test(`${role} walks from the link to a password and a code on a phone, and on a desktop to the end of a session, a passkey and out`, async ({
    browser,
  }) => {
    const who = `jalan-${like}`
    const code = await linkFor(browser, await likeAnother(like, who))
    const here = new RegExp(`${home}$`)

    const page = await (await browser.newContext({ viewport: PHONE })).newPage()
    await page.goto(`/masuk/atur-ulang#k=${code}`)
    await page.getByRole('textbox', { name: 'Kata sandi baru' }).fill(OWN)
    await page.getByRole('button', { name: 'Pakai kata sandi ini' }).click()
    await expect(page.getByText('Kata sandi baru berlaku.')).toBeVisible()
    await typePassword(page, who, OWN)
    await page.waitForURL(here)
    await toSecurity(page)
    const { app } = await installApp(page)
    await fits(page)
    await page.getByRole('button', { name: 'Kode sudah saya simpan, lanjutkan' }).click()

    const other = await (await browser.newContext({ viewport: LAPTOP })).newPage()
    const device = await withAuthenticator(other)
    await device.present(false)
    await typePassword(other, who, OWN)
    await other.waitForURL(/\/masuk\/faktor$/)
    await fits(other)
    await other.getByLabel('Enam angka dari aplikasi kode').fill(nextCode(app))
    await other.getByRole('button', { name: 'Lanjutkan' }).click()
    await other.waitForURL(here)

    await other.goto('/akun')
    await fits(other)
    await other.getByRole('button', { name: 'Akhiri', exact: true }).first().click()
    // The list shows what is left: the session that is gone has no line any more.
    await expect(other.getByRole('button', { name: 'Akhiri', exact: true })).toHaveCount(0)
    await page.goto(home)
    await page.waitForURL(/\/masuk/)

    await toSecurity(other)
    await device.present(true)
    await other.getByLabel('Nama perangkat').fill('Perangkat uji')
    await other.getByRole('button', { name: 'Buat kunci sandi' }).click()
    await other.getByRole('button', { name: 'Lanjutkan' }).click()
    await expect(other.getByText('Perangkat uji')).toBeVisible()
    await other.getByRole('button', { name: 'Keluar' }).click()
    await other.waitForURL(/\/masuk|\/$/)
    // The browser offers the passkey in the field of the address, and the device says yes by itself.
    await other.goto('/masuk').catch(() => undefined)
    await other.waitForURL(here)
    // Nobody touches the device from here on: the page of the login would be passed through at once.
    await device.present(false)
    await other.getByRole('button', { name: 'Keluar' }).click()
    await other.waitForURL(/\/masuk|\/$/)
    await other.goto(home)
    await other.waitForURL(/\/masuk/)
    for (const context of [page.context(), other.context()]) await context.close()
  })
