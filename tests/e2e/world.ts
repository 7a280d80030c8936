import { createHmac } from 'node:crypto'
import type { Page } from '@playwright/test'
import pg from 'pg'
import { cardCode } from '@/lib/access/card'
import { crockford, seeded } from '@/lib/platform/random'
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
  const key = createHmac('sha256', SECRET).update('petaguru:release').digest()
  return crockford(createHmac('sha256', key).update(sittingId).digest(), 8).replace(/^.{4}/, '$&-')
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

/** Rows straight from the database behind the server under test. */
export async function rows<T extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<T[]> {
  process.env['PETAGURU_DATA'] = process.env['E2E_DATA'] ?? ''
  const { url } = await openDatabase()
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
