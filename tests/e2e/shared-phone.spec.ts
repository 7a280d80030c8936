import { expect, test, type Page } from '@playwright/test'
import { answer, card, loginByForm, loginWithCard, networkAway, next, openPart, releaseCode, rows, workerReady } from './world'

/** Two people, one phone: nothing of the first is shown to the second, and nothing of the first is lost. */

const written = (n: number) =>
  rows<{ responses: number }>(
    `SELECT (SELECT count(*)::int FROM response r WHERE r.attempt_id = a.id AND r.value <> 'null') AS responses FROM attempt a JOIN seat s ON s.id = a.seat_id WHERE s.participant_number = $1`,
    [card(n).number],
  )

const nameOf = async (n: number) =>
  (
    await rows<{ name: string }>(`SELECT t.name FROM seat s JOIN teacher t ON t.id = s.teacher_id WHERE s.participant_number = $1`, [
      card(n).number,
    ])
  )[0]!.name

/** Everything that scripts of the page can read on this phone, as text. */
const everythingKept = (page: Page) =>
  page.evaluate(async () => {
    const seats = await new Promise<unknown>((done) => {
      const open = indexedDB.open('petaguru-peserta')
      open.onerror = () => done(null)
      open.onsuccess = () => {
        const db = open.result
        if (!db.objectStoreNames.contains('seats')) return done(null)
        const get = db.transaction(['seats', 'attempts']).objectStore('seats').getAll()
        get.onsuccess = () => {
          done(get.result)
          db.close()
        }
      }
    })
    const pages: string[] = []
    for (const name of await caches.keys())
      for (const request of await (await caches.open(name)).keys())
        if (name.startsWith('petaguru-halaman-')) pages.push(await (await (await caches.open(name)).match(request))!.text())
    return JSON.stringify(seats) + JSON.stringify({ ...localStorage }) + pages.join('\n')
  })

/** The page is kept with its owner. */
const keptPage = (page: Page, path: string) =>
  page.evaluate(async (p) => {
    await navigator.serviceWorker.ready
    for (;;) {
      const kept = await caches.open(`petaguru-halaman-${p}`)
      if ((await kept.match(p))?.headers.get('x-pemilik') && (await kept.keys()).length > 3) return
      await new Promise((r) => setTimeout(r, 100))
    }
  }, path)

async function keepResults(page: Page): Promise<void> {
  await page.goto('/guru/hasil')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await keptPage(page, '/guru/hasil')
}

test('the kept page of one teacher never shows to another, with a network or without', async ({ page, context }) => {
  await loginByForm(page, 'rekan')
  const [first] = await rows<{ name: string }>(`SELECT name FROM user_account WHERE email = 'rekan@contoh.id'`)
  await keepResults(page)
  await networkAway(page)
  await page.goto('/guru/hasil')
  await expect(page.getByRole('button', { name: 'Keluar' })).toBeVisible()

  // The second enters with a card on the same phone, without the first having left.
  await context.setOffline(false)
  await loginWithCard(page, 33)
  await workerReady(page)
  await networkAway(page)
  const answerOf = await page.goto('/guru/hasil')
  expect(answerOf!.status()).toBe(503)
  await expect(page.getByRole('heading', { name: 'Halaman ini belum dapat dibuka tanpa jaringan' })).toBeVisible()
  await page.goto('/tes')
  expect(await everythingKept(page)).not.toContain(first!.name)
})

test('after Keluar the desk opens for nobody, with the network away as well, until its own card is shown', async ({ page }) => {
  await loginWithCard(page, 34)
  await workerReady(page)
  await page.goto('/guru')
  await page.getByRole('button', { name: 'Keluar' }).click()
  await page.waitForURL('**/masuk')
  const name = await nameOf(34)
  await page.goto('/tes')
  await expect(page.getByLabel('Nomor peserta')).toBeVisible()
  await expect(page.getByText(name)).toHaveCount(0)
  await networkAway(page)
  await page.goto('/tes')
  await expect(page.getByLabel('Nomor peserta')).toBeVisible()
  const kept = await everythingKept(page)
  expect(kept).not.toContain(name)
  expect(kept).not.toContain('"ticket"')

  await page.getByRole('button', { name: new RegExp(card(34).number) }).click()
  await page.getByLabel('Kode kartu').first().fill(card(35).code)
  await page.getByRole('button', { name: 'Buka meja saya' }).click()
  await expect(page.getByText('kode kartu tidak cocok')).toBeVisible()
  await page.getByLabel('Kode kartu').first().fill(card(34).code)
  await page.getByRole('button', { name: 'Buka meja saya' }).click()
  await expect(page.getByText(name).first()).toBeVisible()
})

test('leaving without a network closes the desk at once and ends the session when the network is back', async ({ page, context }) => {
  await loginWithCard(page, 36)
  await workerReady(page)
  await networkAway(page)
  await page.goto('/tes')
  await page.getByRole('button', { name: 'Selesai memakai ponsel ini' }).click()
  await expect(page.getByLabel('Nomor peserta')).toBeVisible()
  await context.setOffline(false)
  await page.goto('/tes')
  await expect(page.getByLabel('Nomor peserta')).toBeVisible()
  await expect.poll(async () => (await context.cookies()).some((c) => c.name.includes('petaguru.session'))).toBe(false)
  await page.goto('/guru')
  await page.waitForURL('**/masuk')
})

test('an unsent journal is locked to its owner, arrives while the second is logged in, and then leaves the phone', async ({
  page,
  context,
}) => {
  await loginWithCard(page, 37)
  await page.getByRole('link', { name: 'Siapkan ponsel ini' }).click()
  await expect(page.getByTestId('checks').getByText('4 paket tersegel, lengkap dan utuh')).toBeVisible()
  await workerReady(page)
  await networkAway(page)
  await page.goto('/tes')
  await openPart(page, 'Sosial')
  await expect(page.getByText('Server belum dapat dihubungi')).toBeVisible()
  const [sitting] = await rows<{ id: string }>(`SELECT t.id FROM sitting t JOIN cycle c ON c.id = t.cycle_id WHERE c.code = 'LAT'`)
  await page.getByLabel('Kode rilis dari pengawas').fill(releaseCode(sitting!.id))
  await page.getByRole('button', { name: 'Mulai dengan kode' }).click()
  await answer(page)
  await next(page)
  await answer(page)
  await expect(page.getByTestId('truth')).toContainText('2 di perangkat ini')

  // The first leaves; nobody may forget what is not at the server, not even when asked to.
  await page.goto('/tes')
  await page.getByRole('button', { name: 'Selesai memakai ponsel ini' }).click()
  await page.getByRole('button', { name: 'Lupakan ponsel ini' }).click()
  await expect(page.getByText(/catatan belum sampai ke server/)).toBeVisible()
  const name = await nameOf(37)
  await expect(page.getByText(name)).toHaveCount(0)
  expect(await written(37)).toEqual([])

  await context.setOffline(false)
  await loginWithCard(page, 38)
  await expect(page.getByText(name)).toHaveCount(0)
  await expect(page.getByText(card(38).number).first()).toBeVisible()
  await expect.poll(async () => (await written(37))[0]?.responses).toBe(2)
  // Everything is at the server: nothing of the first is readable here any more.
  await expect.poll(async () => (await everythingKept(page)).includes(name)).toBe(false)
  expect((await context.cookies()).some((c) => c.name.includes('petaguru.session'))).toBe(true)
})

test('Lupakan ponsel ini leaves neither pages nor desks nor packets', async ({ page }) => {
  await loginWithCard(page, 39)
  await page.getByRole('link', { name: 'Siapkan ponsel ini' }).click()
  await expect(page.getByTestId('checks').getByText('4 paket tersegel, lengkap dan utuh')).toBeVisible()
  await page.goto('/masuk')
  await page.getByRole('button', { name: 'Lupakan ponsel ini' }).click()
  await expect(page.getByText('Ponsel ini sudah lupa')).toBeVisible()
  const kept = await everythingKept(page)
  expect(kept).not.toContain(card(39).number)
  expect(await page.evaluate(async () => (await caches.keys()).filter((n) => /halaman|packets|pemilik/.test(n)))).toEqual([])
  await page.goto('/tes')
  await expect(page.getByText(card(39).number)).toHaveCount(0)
})

test('a proctor’s room opens again without a network as it was last seen, keeps what is done there, and closes with whoever leaves', async ({
  page,
  context,
}) => {
  await loginByForm(page, 'pengawas')
  await page.getByRole('link', { name: /Ruang Latihan/ }).click()
  await page.waitForURL(/\/pengawas\/ruang\//)
  const path = new URL(page.url()).pathname
  await keptPage(page, path)
  const [seat] = await rows<{ name: string }>(
    `SELECT t.name FROM seat s JOIN teacher t ON t.id = s.teacher_id JOIN room r ON r.id = s.room_id WHERE r.name = 'Ruang Latihan' ORDER BY s.seat_number LIMIT 1`,
  )
  await expect(page.getByText(seat!.name).first()).toBeVisible()
  await networkAway(page)
  await page.reload()
  await expect(page.getByText(seat!.name).first()).toBeVisible()
  await expect(page.getByText(/Keadaan pukul .* · luring/)).toBeVisible()
  const note = `Lampu padam ${Date.now()}`
  const incident = page.getByRole('form', { name: 'Catat kejadian' })
  await incident.getByLabel('Apa yang terjadi').fill(note)
  await incident.getByRole('button', { name: 'Catat' }).click()
  await expect(page.getByText('1 tindakan menunggu jaringan')).toBeVisible()
  await page.reload()
  await expect(page.getByText('1 tindakan menunggu jaringan')).toBeVisible()
  const noted = () => rows<{ age: number }>(`SELECT extract(epoch FROM now() - at)::int AS age FROM incident WHERE note = $1`, [note])
  expect(await noted()).toEqual([])

  await context.setOffline(false)
  await expect.poll(noted).toHaveLength(1)
  // Written down with the hour of the tap, not with that of the page that came out of the store.
  expect((await noted())[0]!.age).toBeLessThan(300)
  await page.getByRole('button', { name: 'Keluar' }).click()
  await page.waitForURL('**/masuk')
  expect(await everythingKept(page)).not.toContain(seat!.name)
  await networkAway(page)
  expect((await page.goto(path))!.status()).toBe(503)
})
