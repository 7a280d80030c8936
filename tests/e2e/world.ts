import { createHmac, randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, type Browser, type Page } from '@playwright/test'
import pg from 'pg'
import { cardCode } from '@/lib/access/card'
import { releaseCode as spokenRelease } from '@/lib/delivery/release-code'
import { seeded } from '@/lib/platform/random'
import { seededId } from '@/prisma/seed/people'
import { cookieName } from '@/lib/access/session-cookie'
import { beginSession } from '@/lib/access/session-service'
import { recordConfirmation } from '@/lib/access/factor-store'
import { here, SECRET } from './installation'
import { settle } from '@/lib/platform/config'

/** What the browser stories need to know of the running installation. */
export const PASSWORD = 'petaguru-coba'

/** The n-th card of the practice sitting; each story takes its own. */
export function card(n: number): { number: string; code: string } {
  const random = seeded(20251018 + 7)
  const seats = Array.from({ length: n }, () => seededId(random))
  const key = createHmac('sha256', SECRET).update('petaguru:card').digest()
  return { number: `LAT-${String(n).padStart(5, '0')}`, code: cardCode(key, seats[n - 1]!, 1) }
}

/** The code that a proctor reads aloud for a sitting. */
export function releaseCode(sittingId: string): string {
  settle({ NEXTAUTH_SECRET: SECRET })
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

/** Signs an account in as a person does, with the form; ends on its desk. */
export async function loginByForm(page: Page, who: string): Promise<void> {
  await page.goto('/masuk')
  await page.getByLabel('Surel').fill(`${who}@contoh.id`)
  await page.getByLabel('Kata sandi').fill(PASSWORD)
  await page.getByRole('button', { name: 'Masuk dengan akun' }).click()
  await page.waitForURL((url) => !url.pathname.startsWith('/masuk') && !url.pathname.startsWith('/pulang'))
}

/** Signs an account in as its password has just done, by the session's cookie; opens no page. What the form does, the stories of logins tell. */
export async function login(page: Page, who: string): Promise<void> {
  const [account] = await rows<{ id: string; name: string; version: number }>(
    `SELECT id, name, session_version AS version FROM user_account WHERE email = $1`,
    [`${who}@contoh.id`],
  )
  settle({ NEXTAUTH_SECRET: SECRET, NEXTAUTH_URL: here().base, DATABASE_URL: here().ownerUrl })
  const opened = await beginSession({ kind: 'user', ...account! }, { address: '127.0.0.1', userAgent: null })
  await recordConfirmation(opened.id, account!.id, 'password', new Date())
  const cookie = { name: cookieName('session'), value: opened.token, url: here().base, httpOnly: true, sameSite: 'Lax' as const }
  await page.context().addCookies([cookie])
}

/** Opens every fold of the page, as a reader does who wants all of it. */
export const openFolds = (page: Page): Promise<void> =>
  page.locator('main details').evaluateAll((folds) => folds.forEach((f) => ((f as HTMLDetailsElement).open = true)))

let pool: pg.Pool | null = null
/** Rows straight from the database behind the server under test, as its owner. */
export async function rows<T extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<T[]> {
  pool ??= new pg.Pool({ connectionString: here().ownerUrl, max: 2, allowExitOnIdle: true })
  return (await pool.query<T>(text, values)).rows
}

/** The clock shall do one of its standing jobs now, not with the next minute. */
export const tick = (job: string): Promise<unknown> =>
  rows(`SELECT graphile_worker.add_job($1, '{}'::json, job_key := $1, max_attempts := 1)`, [job])

/** Answers the item on screen with the first choice of every group, a number, or one pair, and waits until that is shown. */
export async function answer(page: Page): Promise<void> {
  const shown = page.getByTestId('item')
  await shown.locator('fieldset, input, [aria-expanded], button').first().waitFor()
  const groups = shown.locator('fieldset')
  for (let i = 0; i < (await groups.count()); i++) {
    const input = groups.nth(i).locator('input').first()
    await input.click()
    await input.and(page.locator(':checked')).waitFor()
  }
  if (await groups.count()) return
  const field = shown.locator('input[type=text], input:not([type])').first()
  if (await field.count()) return field.fill('1')
  await shown.getByRole('group').getByRole('button').first().click()
  await shown.getByText('→', { exact: false }).and(shown.locator('.font-semibold')).first().waitFor()
}

export const next = (page: Page): Promise<void> => page.getByRole('button', { name: 'Berikutnya' }).click()

/** Takes the network from everything of this page's context, and waits until its requests really fail: on a busy machine that takes a moment. */
export async function networkAway(page: Page): Promise<void> {
  await page.context().setOffline(true)
  await page.waitForFunction(() =>
    fetch(`/api/health/live?${Math.random()}`, { cache: 'no-store' }).then(
      () => false,
      () => true,
    ),
  )
}

export const LAPTOP = { width: 1280, height: 800 }
export const PHONE = { width: 360, height: 740 }

/** A page of its own for one account, signed in. */
export async function as(browser: Browser, who: string, viewport: { width: number; height: number }): Promise<Page> {
  const context = await browser.newContext({ viewport })
  const page = await context.newPage()
  await login(page, who)
  return page
}

/** Proves once more who is there, with the password of the demonstration, where that was not done in the last minutes. */
export async function prove(page: Page): Promise<void> {
  await page.goto('/akun/keamanan')
  const proof = page.getByRole('form', { name: 'Kata sandi sekali lagi' })
  const proven = page.getByRole('heading', { name: 'Kunci sandi baru' })
  await expect(proof.or(proven).first()).toBeVisible()
  if (await proof.isVisible()) {
    await proof.getByLabel('Kata sandi Anda').fill(PASSWORD)
    await proof.getByRole('button').click()
  }
  await expect(proven).toBeVisible()
}

/**
 * The administrator makes an account and is told its one-time link; then it gets the password that all stories use, which nobody could
 * choose here, in the place of the link.
 */
export async function invite(page: Page, name: string, who: string, role: string): Promise<void> {
  await prove(page)
  await page.goto('/bgtk/pengguna')
  const form = page.getByRole('form', { name: 'Akun baru' })
  await form.getByLabel('Nama').fill(name)
  await form.getByLabel('Surel').fill(`${who}@contoh.id`)
  await form.getByLabel('Peran').selectOption(role)
  await form.getByRole('button').click()
  await expect(page.getByTestId('reset-code')).toHaveText(/^(\w{4}-){4}\w{4}$/)
  await expect(page.getByText(`${who}@contoh.id`).first()).toBeVisible()
  await rows(
    `UPDATE user_account SET password_hash = (SELECT password_hash FROM user_account WHERE email = 'bgtk@contoh.id') WHERE email = $1`,
    [`${who}@contoh.id`],
  )
}

/** A card of a sitting that counts, with the name that its holder sees. */
export type DayCard = { number: string; code: string; cycle: string }

/**
 * A test day that counts, open now, for the teacher who holds the n-th practice card. The office chooses the instrument's form on its
 * screen (the newest where `newest` is asked for, else what the cycle takes by itself) and prepares the sitting.
 */
export async function testDay(office: Page, n: number, part: string, newest: string | null = null): Promise<DayCard> {
  const [cycleId, sittingId, roomId, seatId] = Array.from({ length: 4 }, () => randomUUID())
  const number = `HARI${n}-00001`
  const cycle = `Hari tes ${n}`
  await rows(`INSERT INTO cycle (id, code, name, series, starts_on, simulated) VALUES ($1, $2, $3, 'Uji', now(), true)`, [
    cycleId,
    `HARI${n}`,
    cycle,
  ])
  await rows(`INSERT INTO cycle_part (id, cycle_id, competency_code, minutes, sort) VALUES ($1, $2, $3, 60, 0)`, [
    randomUUID(),
    cycleId,
    part,
  ])
  await rows(
    `INSERT INTO sitting (id, cycle_id, venue_id, name, opens_at, closes_at, release_rule)
     SELECT $1, $2, t.venue_id, $3, now() - interval '1 hour', now() + interval '6 hours', 'immediate' FROM sitting t JOIN cycle c ON c.id = t.cycle_id WHERE c.code = 'LAT'`,
    [sittingId, cycleId, cycle],
  )
  await rows(`INSERT INTO room (id, sitting_id, name, capacity) VALUES ($1, $2, 'Ruang Uji', 20)`, [roomId, sittingId])
  if (newest) await chooseNewest(office, cycleId!, newest)
  await rows(
    `INSERT INTO seat (id, sitting_id, room_id, teacher_id, participant_number, seat_number, school_id, region_id, level_id, subject_id)
     SELECT $1, $2, $3, teacher_id, $4, 1, school_id, region_id, level_id, subject_id FROM seat WHERE participant_number = $5`,
    [seatId, sittingId, roomId, number, card(n).number],
  )
  await office.goto(`/bgtk/sesi/${sittingId}?tampilan=paket`)
  await office
    .getByRole('button', { name: /Siapkan/ })
    .first()
    .click()
  await expect(office.getByText(/paket tersegel/)).toBeVisible()
  const key = createHmac('sha256', SECRET).update('petaguru:card').digest()
  return { number, code: cardCode(key, seatId!, 1), cycle }
}

/** The office gives an instrument's newest form that counts to a cycle. */
async function chooseNewest(office: Page, cycleId: string, code: string): Promise<void> {
  const forms = await rows<{ id: string }>(
    `SELECT f.id FROM form f JOIN instrument n ON n.id = f.instrument_id WHERE n.code = $1 AND NOT f.practice ORDER BY f.frozen_at DESC`,
    [code],
  )
  await office.goto(`/bgtk/siklus/${cycleId}?langkah=formulir`)
  await office.getByText(/formulir dipakai untuk/).click()
  for (const { id } of forms.slice(1)) await office.locator(`input[name=form][value="${id}"]`).uncheck()
  await office.locator(`input[name=form][value="${forms[0]!.id}"]`).check()
  await office.getByRole('button', { name: 'Simpan formulir' }).click()
  await expect(office.getByText('Formulir siklus ini disimpan.')).toBeVisible()
}

/** Opens the participant's page of a test day with its card. */
export async function loginToDay(page: Page, day: DayCard): Promise<void> {
  await page.goto(`/tes#k=${day.number}.${day.code}`)
  await page.getByRole('heading', { name: day.cycle }).waitFor()
}

/** The file that a click brings: at once, or from the page that tells how it goes where making it takes longer; then back to where it was asked. */
export async function download(page: Page, click: () => Promise<void>): Promise<{ name: string; bytes: Buffer }> {
  const from = page.url()
  const ready = page.getByRole('link', { name: 'Unduh', exact: true })
  const coming = page.waitForEvent('download')
  await click()
  const first = await Promise.race([coming, ready.waitFor().then(() => null)])
  if (!first) await ready.click()
  const file = first ?? (await coming)
  const bytes = readFileSync(await file.path())
  if (!first) await page.goto(from)
  return { name: file.suggestedFilename(), bytes }
}

/** The same asked for by its address: the file at once, or as soon as the page that tells how it goes has it. */
export async function exported(page: Page, path: string): Promise<Buffer> {
  const first = await page.request.get(path)
  const id = /\/berkas\/([0-9a-f-]{36})$/.exec(first.url())?.[1]
  if (!id) return first.body()
  await expect.poll(async () => (await page.request.get(`/api/berkas/${id}`)).ok()).toBe(true)
  return (await page.request.get(`/api/berkas/${id}`)).body()
}
