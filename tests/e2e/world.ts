import { createHmac } from 'node:crypto'
import { expect, type Browser, type Page } from '@playwright/test'
import pg from 'pg'
import { cardCode } from '@/lib/access/card'
import { releaseCode as spokenRelease } from '@/lib/delivery/release-code'
import { seeded } from '@/lib/platform/random'
import { seededId } from '@/prisma/seed/people'
import { openDatabase } from '@/lib/platform/database-server'

/** What the browser stories need to know of the running installation. */
export const PASSWORD = 'petaguru-coba'
const SECRET = 'petaguru-e2e-secret-0123456789'

/** The n-th card of the practice sitting; each story takes its own. */
export function card(n: number): { number: string; code: string } {
  const random = seeded(20251018 + 7)
  const seats = Array.from({ length: n }, () => seededId(random))
  const key = createHmac('sha256', SECRET).update('petaguru:card').digest()
  return { number: `LAT-${String(n).padStart(5, '0')}`, code: cardCode(key, seats[n - 1]!, 1) }
}

/** The code that a proctor reads aloud for a sitting. */
export function releaseCode(sittingId: string): string {
  process.env['NEXTAUTH_SECRET'] = SECRET
  return spokenRelease(sittingId)
}

/** Opens the participant's page with a card, as its QR does. */
export async function loginWithCard(page: Page, n: number): Promise<void> {
  const { number, code } = card(n)
  await page.goto(`/tes#k=${number}.${code}`)
  await page.getByRole('heading', { name: 'Latihan terbuka' }).waitFor()
}

/** From the desk into a part, past the rules. */
export async function openPart(page: Page, name: string): Promise<void> {
  await page.getByRole('listitem').filter({ hasText: name }).getByRole('link', { name: 'Buka' }).click()
  await page.getByRole('button', { name: 'Mulai mengerjakan' }).click()
}

/** Whether the service worker holds the page, so that it opens without a network. */
export const workerReady = (page: Page): Promise<unknown> =>
  page.evaluate(async () => {
    await navigator.serviceWorker.ready
    while (!navigator.serviceWorker.controller) await new Promise((r) => setTimeout(r, 50))
  })

export async function login(page: Page, who: string): Promise<void> {
  await page.goto('/masuk')
  await page.getByLabel('Surel').fill(`${who}@contoh.id`)
  await page.getByLabel('Kata sandi').fill(PASSWORD)
  await page.getByRole('button', { name: 'Masuk dengan akun' }).click()
  await page.waitForURL((url) => !url.pathname.startsWith('/masuk') && !url.pathname.startsWith('/pulang'))
}

/** Rows straight from the database behind the server under test, as its owner. */
export async function rows<T extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<T[]> {
  process.env['PETAGURU_DATA'] = process.env['E2E_DATA'] ?? ''
  const { ownerUrl: url } = await openDatabase()
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<T>(text, values)).rows
  } finally {
    await client.end()
  }
}

/** Answers the item on screen with the first choice of every group, and waits until the choice is shown. */
export async function answer(page: Page): Promise<void> {
  const groups = page.getByTestId('item').locator('fieldset')
  await groups.first().waitFor()
  for (let i = 0; i < (await groups.count()); i++) {
    const input = groups.nth(i).locator('input').first()
    await input.click()
    await input.and(page.locator(':checked')).waitFor()
  }
}

export const next = (page: Page): Promise<void> => page.getByRole('button', { name: 'Berikutnya' }).click()

export const LAPTOP = { width: 1280, height: 800 }
export const PHONE = { width: 360, height: 740 }

/** A page of its own for one account, signed in. */
export async function as(browser: Browser, who: string, viewport: { width: number; height: number }): Promise<Page> {
  const context = await browser.newContext({ viewport })
  const page = await context.newPage()
  await login(page, who)
  return page
}

/** The administrator makes an account. */
export async function invite(page: Page, name: string, who: string, role: string): Promise<void> {
  await page.goto('/bgtk/pengguna')
  const form = page.getByRole('form', { name: 'Akun baru' })
  await form.getByLabel('Nama').fill(name)
  await form.getByLabel('Surel').fill(`${who}@contoh.id`)
  await form.getByLabel('Kata sandi awal').fill(PASSWORD)
  await form.getByLabel('Peran').selectOption(role)
  await form.getByRole('button').click()
  await expect(page.getByText(`${who}@contoh.id`).first()).toBeVisible()
}

/** The office gives an instrument's newest form to the practice sitting and has its packets made anew. */
export async function giveForm(office: Page, code: string): Promise<void> {
  const [sitting] = await rows<{ id: string; cycleId: string; form: string; instrument: string }>(
    `SELECT y.id, y.cycle_id AS "cycleId", f.id AS form, n.id AS instrument FROM sitting y JOIN cycle c ON c.id = y.cycle_id, form f JOIN instrument n ON n.id = f.instrument_id
      WHERE c.code = 'LAT' AND n.code = $1 ORDER BY f.frozen_at DESC LIMIT 1`,
    [code],
  )
  await office.goto(`/bgtk/siklus/${sitting!.cycleId}`)
  await office.getByText(/formulir dipakai untuk/).click()
  const others = await rows<{ id: string }>(`SELECT id FROM form WHERE instrument_id = $1 AND id <> $2`, [
    sitting!.instrument,
    sitting!.form,
  ])
  for (const { id } of others) await office.locator(`input[name=form][value="${id}"]`).uncheck()
  await office.locator(`input[name=form][value="${sitting!.form}"]`).check()
  await office.getByRole('button', { name: 'Simpan formulir' }).click()
  await expect(office.getByText('Formulir siklus ini disimpan.')).toBeVisible()
  await office.goto(`/bgtk/sesi/${sitting!.id}`)
  await office.getByRole('form', { name: 'Kursi sebaris' }).getByRole('button', { name: 'Simpan' }).click()
  await expect(office.getByText('Denah disimpan.')).toBeVisible()
  await office
    .getByRole('button', { name: /Siapkan/ })
    .first()
    .click()
  await expect(office.getByText(/paket tersegel/)).toBeVisible({ timeout: 60_000 })
}
