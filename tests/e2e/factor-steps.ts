import { expect, type Page } from '@playwright/test'
import { Secret, TOTP } from 'otpauth'
import { PASSWORD } from './world'

/** Steps of second factors in a real browser, with a virtual authenticator in place of a fingerprint. */

/** The device; `present` says whether its owner touches it when asked. */
export async function withAuthenticator(page: Page): Promise<{ present: (yes: boolean) => Promise<unknown> }> {
  const client = await page.context().newCDPSession(page)
  await client.send('WebAuthn.enable')
  const { authenticatorId } = await client.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return { present: (enabled) => client.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled }) }
}

export async function typePassword(page: Page, who: string, password = PASSWORD): Promise<void> {
  await page.goto('/masuk')
  await page.getByLabel('Surel').fill(`${who}@contoh.id`)
  await page.getByLabel('Kata sandi').fill(password)
  await page.getByRole('button', { name: 'Masuk dengan akun' }).click()
}

/** Installs an app for codes on the page that is open; the app, and the codes on paper. */
export async function installApp(page: Page): Promise<{ app: TOTP; codes: string[] }> {
  await page.getByRole('button', { name: 'Pasang aplikasi kode' }).click()
  const typed = (await page.getByTestId('totp-secret').textContent())!.replaceAll(' ', '')
  const app = new TOTP({ secret: Secret.fromBase32(typed), digits: 6, period: 30 })
  await page.getByLabel('Enam angka dari aplikasi').fill(app.generate())
  await page.getByRole('button', { name: 'Periksa dan pasang' }).click()
  const paper = page.getByRole('region', { name: 'Kode pemulihan' })
  await expect(paper.getByRole('listitem')).toHaveCount(10)
  return { app, codes: await paper.getByRole('listitem').allTextContents() }
}

/** The code of the next half minute: the present one is spent by setting the app up. Accepted as a neighbour. */
export const nextCode = (app: TOTP) => app.generate({ timestamp: Date.now() + 30_000 })
