import { expect, test, type Page } from '@playwright/test'
import { LAPTOP, login, loginWithCard, networkAway, openPart, PASSWORD } from './world'

/** What a phone on a bad network has to fetch before anything can be done, and what works with that alone. */

/** What travels to this page until nothing is asked for any more, by address, in KB. */
async function weighed(page: Page): Promise<() => { url: string; kb: number }[]> {
  const tools = await page.context().newCDPSession(page)
  await tools.send('Network.enable')
  const weights = new Map<string, number>()
  const addresses = new Map<string, string>()
  tools.on('Network.responseReceived', (e) => addresses.set(e.requestId, e.response.url))
  tools.on('Network.loadingFinished', (e) => weights.set(e.requestId, e.encodedDataLength))
  return () => [...weights].map(([id, bytes]) => ({ url: addresses.get(id) ?? '', kb: bytes / 1024 }))
}
const sum = (some: { kb: number }[]) => some.reduce((n, r) => n + r.kb, 0)
const scripts = (all: { url: string; kb: number }[]) => all.filter((r) => r.url.endsWith('.js'))

test('weighs at most 150 KB to the first item on a cold cache, of it at most 105 KB of script, all from this server', async ({ page }) => {
  const found = await weighed(page)
  await loginWithCard(page, 32)
  await openPart(page, 'Pedagogik')
  await expect(page.getByTestId('player')).toBeVisible()
  const all = found()
  expect(all.every((r) => r.url.startsWith('http://localhost:') || r.url.startsWith('blob:') || r.url.startsWith('data:'))).toBe(true)
  expect(sum(all)).toBeLessThanOrEqual(150)
  expect(sum(scripts(all))).toBeLessThanOrEqual(105)
  expect(sum(scripts(all))).toBeGreaterThan(20)
})

test('asks for at most 105 KB before the card can be typed: page, styles and script; what draws QR codes comes after', async ({ page }) => {
  await page.goto('/tes')
  await page.getByRole('heading', { name: 'Masuk dengan kartu peserta' }).waitFor()
  const needed = await page.evaluate(() => {
    const own = [...document.querySelectorAll<HTMLLinkElement>('link[rel=stylesheet]')].map((l) => l.href)
    const names = [...own, ...[...document.scripts].map((s) => s.src)]
    const entries = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
    return (entries as PerformanceResourceTiming[])
      .filter((e) => e.entryType === 'navigation' || names.includes(e.name))
      .map((e) => ({ kb: e.encodedBodySize / 1024 }))
  })
  expect(needed).toHaveLength(3)
  expect(Math.min(...needed.map((n) => n.kb))).toBeGreaterThan(0)
  expect(sum(needed)).toBeLessThanOrEqual(105)
})

test('the login page weighs at most 60 KB, and lets in without any script', async ({ page, browser }) => {
  const found = await weighed(page)
  await page.goto('/masuk', { waitUntil: 'networkidle' })
  expect(sum(found())).toBeLessThanOrEqual(60)
  expect(scripts(found())).toHaveLength(1)

  const bare = await (await browser.newContext({ javaScriptEnabled: false, locale: 'id-ID' })).newPage()
  await bare.goto('/masuk')
  await expect(bare.getByRole('button', { name: 'Lupakan ponsel ini' })).toBeHidden()
  await bare.getByLabel('Surel').fill('guru@contoh.id')
  await bare.getByLabel('Kata sandi').fill('bukan kata sandinya')
  await bare.getByRole('button', { name: 'Masuk dengan akun' }).click()
  await expect(bare.getByText(/tidak cocok|salah/).first()).toBeVisible()
  await bare.getByLabel('Surel').fill('guru@contoh.id')
  await bare.getByLabel('Kata sandi').fill(PASSWORD)
  await bare.getByRole('button', { name: 'Masuk dengan akun' }).click()
  await bare.waitForURL('**/guru')
})

test('a page asks for nothing of the pages that it leads to', async ({ page }) => {
  await page.setViewportSize(LAPTOP)
  await login(page, 'bgtk')
  const asked: string[] = []
  page.on('request', (r) => void (new URL(r.url()).searchParams.has('_rsc') && asked.push(r.url())))
  for (const path of ['/beranda', '/peta', '/bgtk/peserta']) {
    await page.goto(path, { waitUntil: 'networkidle' })
    expect(await page.getByRole('link').count()).toBeGreaterThan(15)
  }
  expect(asked).toEqual([])
  // The count can fail: what is followed is asked for.
  await page.getByRole('link', { name: 'Peta', exact: true }).first().click()
  await page.waitForURL(/\/peta$/)
  expect(asked.length).toBeGreaterThan(0)
})

test('the login page keeps what was typed through a refusal and through a dead network', async ({ page, context }) => {
  await page.goto('/masuk')
  const form = page.getByRole('form', { name: 'Masuk dengan akun' })
  await form.getByRole('button', { name: 'Masuk dengan akun' }).click()
  await expect(form.getByText('Belum dikirim: ada isian yang perlu diperbaiki.')).toBeVisible()
  await form.getByLabel('Surel').fill('guru@contoh.id')
  await form.getByLabel('Kata sandi').fill('bukan kata sandinya')
  await form.getByRole('button', { name: 'Masuk dengan akun' }).click()
  await expect(form.getByText(/tidak cocok|salah/).first()).toBeVisible()
  await expect(form.getByLabel('Surel')).toHaveValue('guru@contoh.id')
  await expect(form.getByLabel('Kata sandi')).toHaveValue('')
  await form.getByLabel('Kata sandi').fill(PASSWORD)
  await networkAway(page)
  await form.getByRole('button', { name: 'Masuk dengan akun' }).click()
  await expect(form.getByText(/server tidak terjangkau\. Teks Anda masih ada di sini/)).toBeVisible()
  await context.setOffline(false)
  await form.getByRole('button', { name: 'Masuk dengan akun' }).click()
  await page.waitForURL('**/guru')
  // A page of the product that leads to the login leads to this page, not to one drawn by itself.
  await page.getByRole('button', { name: 'Keluar' }).click()
  await page.waitForURL('**/masuk')
  await page.getByRole('link', { name: 'Lupa kata sandi' }).click()
  await page.getByRole('link', { name: 'Masuk' }).first().click()
  await page.waitForURL('**/masuk')
  await expect(page.getByRole('button', { name: 'Lupakan ponsel ini' })).toBeVisible()
})
