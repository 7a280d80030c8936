import { readFileSync } from 'node:fs'
import AxeBuilder from '@axe-core/playwright'
import { expect, test, type Page } from '@playwright/test'
import { answer, card, loginWithCard, networkAway, next, openPart, releaseCode, rows, workerReady } from './world'

/** A test day with the server away: the phone fetched its sealed packet the day before, the proctor reads the code aloud. */

const attempts = (n: number) =>
  rows<{ state: string; provisional: boolean; responses: number; events: number; seconds: number }>(
    `SELECT a.state, a.provisional, (SELECT count(*)::int FROM response r WHERE r.attempt_id = a.id AND r.value <> 'null') AS responses,
       (SELECT count(*)::int FROM journal_event e WHERE e.attempt_id = a.id) AS events, extract(epoch FROM now() - a.started_at)::int AS seconds
     FROM attempt a JOIN seat s ON s.id = a.seat_id WHERE s.participant_number = $1`,
    [card(n).number],
  )

async function spoken(): Promise<string> {
  const [sitting] = await rows<{ id: string }>(`SELECT t.id FROM sitting t JOIN cycle c ON c.id = t.cycle_id WHERE c.code = 'LAT'`)
  return releaseCode(sitting!.id)
}

async function prepare(page: Page, n: number): Promise<void> {
  await loginWithCard(page, n)
  await page.getByRole('link', { name: 'Siapkan ponsel ini' }).click()
  await expect(page.getByTestId('checks').getByText('4 paket tersegel, lengkap dan utuh')).toBeVisible()
  await expect(page.getByText('Kesiapan ponsel ini sudah diketahui pengawas.')).toBeVisible()
  await workerReady(page)
}

async function startWithCode(page: Page, part: string): Promise<void> {
  await openPart(page, part)
  await expect(page.getByText('Server belum dapat dihubungi')).toBeVisible()
  await page.getByLabel('Kode rilis dari pengawas').fill('aaaa-aaaa')
  await page.getByRole('button', { name: 'Mulai dengan kode' }).click()
  await expect(page.getByText('Kode rilis tidak cocok')).toBeVisible()
  await page.getByLabel('Kode rilis dari pengawas').fill((await spoken()).toLowerCase().replace('-', ' '))
  await page.getByRole('button', { name: 'Mulai dengan kode' }).click()
  await expect(page.getByTestId('player')).toBeVisible()
}

async function answerAll(page: Page): Promise<number> {
  const total = Number((await page.getByRole('button', { name: /buka daftar nomor/ }).textContent())!.split('/')[1])
  for (let i = 0; i < total; i++) {
    await answer(page)
    if (i < total - 1) await next(page)
  }
  await page.getByRole('button', { name: 'Periksa' }).click()
  await page.getByRole('button', { name: 'Selesai dan serahkan' }).click()
  await page.getByRole('button', { name: 'Ya, serahkan' }).click()
  return total
}

test('starts, runs, survives a reload and finishes with the server away from before the start until after the end', async ({
  page,
  context,
}) => {
  await prepare(page, 21)
  expect(
    await rows(`SELECT r.ready FROM readiness r JOIN seat s ON s.id = r.seat_id WHERE s.participant_number = $1`, [card(21).number]),
  ).toEqual([{ ready: true }])
  await networkAway(page)
  await page.goto('/tes')
  await expect(page.getByText('Soal sudah ada di perangkat ini')).toBeVisible()
  await startWithCode(page, 'Sosial')
  await answer(page)
  await next(page)
  await answer(page)
  await expect(page.getByTestId('truth')).toContainText('0 dari 2 tersimpan di server · 2 di perangkat ini')
  await page.reload()
  await expect(page.getByTestId('truth')).toContainText('2 di perangkat ini')
  // It goes on at the item that was left.
  await expect(page.getByRole('heading', { name: 'Nomor 2' })).toBeVisible()
  await page.getByRole('button', { name: 'Sebelumnya' }).click()
  const total = await answerAll(page)
  await expect(page.getByText('Anda sudah selesai; jaringan belum ada')).toBeVisible()
  expect(await attempts(21)).toEqual([])
  await context.setOffline(false)
  await expect(page.getByText('Bagian ini sudah selesai dan tersimpan di server')).toBeVisible()
  expect(await attempts(21)).toMatchObject([{ state: 'closed', provisional: true, responses: total }])
})

test('believes neither a phone clock that is hours wrong nor one that is turned while the server is away', async ({ browser }) => {
  const context = await browser.newContext()
  await context.addInitScript(() => {
    const real = Date.now
    let shift = Number(sessionStorage.getItem('shift') ?? -7 * 3_600_000)
    Date.now = () => real() + shift
    Object.assign(window, { bendClock: (ms: number) => sessionStorage.setItem('shift', String((shift = ms))) })
  })
  const page = await context.newPage()
  await prepare(page, 22)
  await networkAway(page)
  await page.goto('/tes')
  await startWithCode(page, 'Sosial')
  await answer(page)
  await page.evaluate(() => (window as unknown as { bendClock: (ms: number) => void }).bendClock(26 * 3_600_000))
  await next(page)
  await answer(page)
  await expect(page.getByLabel(/^Sisa waktu/)).toHaveText(/^(59\.[45]\d|1\.00\.00)$/)
  await context.setOffline(false)
  await expect(page.getByTestId('truth')).toContainText('2 jawaban tersimpan di server')
  const [attempt] = await attempts(22)
  expect(attempt).toMatchObject({ state: 'open', provisional: true, responses: 2 })
  expect(attempt!.seconds).toBeLessThan(120)
  await expect(page.getByLabel(/^Sisa waktu/)).toHaveText(/^5[789]\.\d\d$/)
})

test('lets two teachers share one phone, each with the own card, and mixes nothing', async ({ page }) => {
  await prepare(page, 23)
  await page.getByRole('link', { name: 'Ke meja peserta' }).click()
  await openPart(page, 'Sosial')
  await expect(page.getByTestId('player')).toBeVisible()
  await answer(page)
  await expect(page.getByTestId('truth')).toContainText('1 jawaban tersimpan di server')
  await page.goto('/privasi')
  await loginWithCard(page, 24)
  await expect(page.getByText(card(24).number)).toBeVisible()
  await openPart(page, 'Sosial')
  await expect(page.getByTestId('truth')).toContainText('Belum ada jawaban')
  await networkAway(page)
  await page.goto('/tes')
  await page.getByRole('button', { name: 'Ganti peserta' }).click()
  await page.getByRole('button', { name: new RegExp(card(23).number) }).click()
  await page.getByLabel('Kode kartu').first().fill(card(24).code)
  await page.getByRole('button', { name: 'Buka meja saya' }).click()
  await expect(page.getByText('kode kartu tidak cocok')).toBeVisible()
  await page.getByLabel('Kode kartu').first().fill(card(23).code)
  await page.getByRole('button', { name: 'Buka meja saya' }).click()
  await page.getByRole('listitem').filter({ hasText: 'Sosial' }).getByRole('link', { name: 'Lanjutkan' }).click()
  await page.getByRole('button', { name: /buka daftar nomor/ }).click()
  await expect(page.getByText('Terjawab 1')).toBeVisible()
})

test('believes no captive portal: a stranger page with status 200 is not "tersimpan di server"', async ({ page }) => {
  await loginWithCard(page, 25)
  await openPart(page, 'Sosial')
  await expect(page.getByTestId('player')).toBeVisible()
  await page.route('**/api/delivery/sync', (route) =>
    route.fulfill({ status: 200, contentType: 'text/html', body: '<html>Login Wi-Fi</html>' }),
  )
  await answer(page)
  await expect(page.getByTestId('truth')).toContainText('Tersimpan di ponsel, aman · tanpa jaringan')
  await expect(page.getByTestId('truth')).toContainText('0 dari 1 tersimpan di server · 1 di perangkat ini')
  await page.unroute('**/api/delivery/sync')
  let refused = 0
  await page.route('**/api/delivery/sync', (route) => {
    refused++
    return route.fulfill({ status: 502, contentType: 'text/html', body: 'Bad Gateway' })
  })
  // The second try comes after the phone has taken in what the first was answered.
  await expect.poll(() => refused).toBeGreaterThan(1)
  await expect(page.getByTestId('truth')).toContainText('1 di perangkat ini')
  await page.unroute('**/api/delivery/sync')
  await page.evaluate(() => window.dispatchEvent(new Event('online')))
  await expect(page.getByTestId('truth')).toContainText('1 jawaban tersimpan di server')
})

test('shows a choice as chosen only after the server has it when the phone refuses to store, and says so', async ({ page }) => {
  await loginWithCard(page, 26)
  await openPart(page, 'Sosial')
  await expect(page.getByTestId('player')).toBeVisible()
  await answer(page)
  await expect(page.getByTestId('truth')).toContainText('1 jawaban tersimpan di server')
  await page.evaluate(() => {
    const real = IDBDatabase.prototype.transaction
    IDBDatabase.prototype.transaction = function (...a: Parameters<typeof real>) {
      if (a[1] === 'readwrite') throw new DOMException('full', 'QuotaExceededError')
      return real.apply(this, a)
    }
  })
  await next(page)
  const release: (() => void)[] = []
  await page.route('**/api/delivery/sync', async (route) => {
    await new Promise<void>((go) => release.push(go))
    await route.continue()
  })
  const choice = page.getByTestId('item').locator('fieldset input').first()
  await choice.click()
  await expect(page.getByText('Menyimpan pilihan ke server')).toBeVisible()
  await expect(choice).not.toBeChecked()
  await page.unroute('**/api/delivery/sync')
  release.forEach((go) => go())
  await expect(choice).toBeChecked()
  await expect(page.getByText('Ponsel ini menolak penyimpanan')).toBeVisible()
  await expect.poll(async () => (await attempts(26))[0]!.responses).toBe(2)
})

test('warns in a browser inside another app with a way out, before anything can be forgotten', async ({ browser }) => {
  const context = await browser.newContext({
    userAgent: 'Mozilla/5.0 (Linux; Android 12; wv) AppleWebKit/537.36 Chrome/120 Mobile Safari/537.36 WhatsApp/2',
  })
  const page = await context.newPage()
  await loginWithCard(page, 27)
  await page.getByRole('link', { name: 'Siapkan ponsel ini' }).click()
  await expect(page.getByText('Halaman ini terbuka di dalam aplikasi lain yang dapat lupa. Ketuk ⋮, pilih "Buka di Chrome".')).toBeVisible({
    timeout: 20_000,
  })
})

test('notices a browser that forgot the packets of yesterday', async ({ browser }) => {
  const yesterday = await (await browser.newContext()).newPage()
  await prepare(yesterday, 28)
  const today = await (await browser.newContext()).newPage()
  await loginWithCard(today, 28)
  await expect(today.getByText('Peramban ini melupakan soal yang pernah disimpan')).toBeVisible()
})

test('hands the journal over as a file of codes when the network never comes, and the file holds every answer', async ({ page }) => {
  await prepare(page, 29)
  await networkAway(page)
  await page.goto('/tes')
  await startWithCode(page, 'Sosial')
  await answerAll(page)
  await page.getByRole('button', { name: /Serahkan lewat pengawas/ }).click()
  await expect(page.getByTestId('handover').getByRole('img')).toBeVisible()
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Simpan sebagai berkas' }).click()])
  const frames = readFileSync(await file.path(), 'utf8').split('\n')
  expect(frames.length).toBeGreaterThan(0)
  expect(frames.every((f) => /^PG1:\w{4}:\d+\/\d+:/.test(f))).toBe(true)
})

test('gives the minutes back that a dead page cost, by rule, and writes them where the berita acara reads them', async ({ page }) => {
  await loginWithCard(page, 30)
  await openPart(page, 'Sosial')
  await expect(page.getByTestId('player')).toBeVisible()
  await answer(page)
  await expect(page.getByTestId('truth')).toContainText('1 jawaban tersimpan di server')
  await page.goto('/privasi')
  // The last contact is noted within a second, with the number of the last event that has come.
  await expect
    .poll(() =>
      rows(
        `SELECT max(d.ack_seq)::int - (SELECT max(e.seq)::int FROM journal_event e WHERE e.attempt_id = d.attempt_id) AS missing
           FROM attempt_device d JOIN attempt a ON a.id = d.attempt_id JOIN seat s ON s.id = a.seat_id WHERE s.participant_number = $1 GROUP BY d.attempt_id`,
        [card(30).number],
      ),
    )
    .toEqual([{ missing: 0 }])
  // Four minutes pass while the page is dead: every sign of life is moved back, on the phone and on the server.
  await page.evaluate(async () => {
    const db = await new Promise<IDBDatabase>((done) => {
      const open = indexedDB.open('petaguru-peserta')
      open.onsuccess = () => done(open.result)
    })
    const back = async (name: string, field: 'aliveAt' | 'at') => {
      const store = db.transaction(name, 'readwrite').objectStore(name)
      const all = await new Promise<Record<string, number>[]>((done) => {
        const get = store.getAll()
        get.onsuccess = () => done(get.result as Record<string, number>[])
      })
      for (const a of all) store.put({ ...a, [field]: a[field]! - 240_000 })
    }
    await back('attempts', 'aliveAt')
    await back('entries', 'at')
    db.close()
  })
  const seat = `(SELECT a.id FROM attempt a JOIN seat s ON s.id = a.seat_id WHERE s.participant_number = '${card(30).number}')`
  await rows(`UPDATE attempt_device SET last_contact_at = last_contact_at - interval '4 minutes' WHERE attempt_id = ${seat}`)
  // The journal is append-only for everybody; only this story, which makes time pass, may lift that.
  await rows(`ALTER TABLE journal_event DISABLE TRIGGER USER`)
  await rows(`UPDATE journal_event SET at = at - interval '4 minutes' WHERE attempt_id = ${seat}`)
  await rows(`ALTER TABLE journal_event ENABLE TRIGGER USER`)
  await rows(`UPDATE attempt SET started_at = started_at - interval '5 minutes' WHERE id = ${seat}`)
  await page.goto('/tes')
  await page.getByRole('listitem').filter({ hasText: 'Sosial' }).getByRole('link', { name: 'Lanjutkan' }).click()
  await expect
    .poll(
      async () =>
        (
          await rows<{ reason: string }>(
            `SELECT reason FROM allowance l JOIN seat s ON s.id = l.seat_id WHERE s.participant_number = $1 AND l.by_user_id IS NULL`,
            [card(30).number],
          )
        )[0]?.reason,
    )
    .toMatch(/Halaman tes mati .* dikembalikan menurut aturan/)
})

test('the participant’s page passes axe at 360 px on desk, readiness and waiting, and overflows nowhere', async ({ page }) => {
  const clean = async (place: string) => {
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    expect([place, wide]).toEqual([place, 0])
    expect([place, (await new AxeBuilder({ page }).analyze()).violations.map((v) => `${v.id}: ${v.nodes[0]?.target.join(' ')}`)]).toEqual([
      place,
      [],
    ])
  }
  await page.goto('/tes')
  await page.getByRole('heading', { name: 'Masuk dengan kartu peserta' }).waitFor()
  await clean('card')
  await loginWithCard(page, 31)
  await clean('desk')
  await page.getByRole('link', { name: 'Siapkan ponsel ini' }).click()
  await expect(page.getByTestId('checks')).toBeVisible()
  await clean('ready')
  await workerReady(page)
  await networkAway(page)
  await page.goto('/tes')
  await openPart(page, 'Sosial')
  await expect(page.getByLabel('Kode rilis dari pengawas')).toBeVisible()
  // axe is injected without the network.
  await clean('waiting')
})
