import AxeBuilder from '@axe-core/playwright'
import { expect, test } from '@playwright/test'
import { answer, as, card, LAPTOP, loginToDay, loginWithCard, networkAway, next, openPart, rows, testDay, workerReady } from './world'

/** A teacher's whole test on a phone of 360 × 740, with everything that goes wrong in between. */
const attemptOf = (number: string) =>
  rows<{ id: string; state: string; closeReason: string; responses: number; total: number; items: number }>(
    `SELECT a.id, a.state, a.close_reason AS "closeReason", (SELECT count(*)::int FROM response r WHERE r.attempt_id = a.id AND r.value <> 'null') AS responses,
       (SELECT count(*)::int FROM score s WHERE s.attempt_id = a.id AND s.scope = 'total' AND s.superseded_at IS NULL) AS total, (SELECT count(*)::int FROM form_item f WHERE f.form_id = a.form_id) AS items
     FROM attempt a JOIN seat s ON s.id = a.seat_id WHERE s.participant_number = $1`,
    [number],
  )

test('loses the network for twenty answers, kills the tab, comes back, finishes, and finds every answer scored', async ({
  browser,
  context,
}) => {
  const office = await as(browser, 'bgtk', LAPTOP)
  const day = await testDay(office, 1, '1')
  await office.context().close()
  let page = await context.newPage()
  await loginToDay(page, day)
  await openPart(page, 'Pedagogik')
  await expect(page.getByTestId('player')).toBeVisible()
  await workerReady(page)
  for (let i = 0; i < 3; i++) {
    await answer(page)
    await next(page)
  }
  await expect(page.getByTestId('truth')).toContainText('3 jawaban tersimpan di server')

  await networkAway(page)
  for (let i = 0; i < 20; i++) {
    await answer(page)
    if (i < 19) await next(page)
  }
  await expect(page.getByTestId('truth')).toContainText('Tersimpan di ponsel, aman · tanpa jaringan')
  await expect(page.getByTestId('truth')).toContainText('3 dari 23 tersimpan di server · 20 di perangkat ini')
  expect((await attemptOf(day.number))[0]).toMatchObject({ state: 'open', responses: 3 })
  await page.close()

  await context.setOffline(false)
  page = await context.newPage()
  await page.goto('/tes')
  await page.getByRole('listitem').filter({ hasText: 'Pedagogik' }).getByRole('link', { name: 'Lanjutkan' }).click()
  await expect(page.getByTestId('truth')).toContainText('23 jawaban tersimpan di server')
  await page.getByRole('button', { name: /buka daftar nomor/ }).click()
  await expect(page.getByText('Terjawab 23')).toBeVisible()
  await page.getByRole('button', { name: 'Nomor 24, kosong' }).click()
  for (let i = 0; i < 3; i++) {
    await answer(page)
    if (i < 2) await next(page)
  }
  await page.getByRole('button', { name: 'Periksa' }).click()
  await page.getByRole('button', { name: 'Selesai dan serahkan' }).click()
  await expect(page.getByText('Semua nomor sudah terjawab')).toBeVisible()
  await page.getByRole('button', { name: 'Ya, serahkan' }).click()
  await page.getByRole('link', { name: 'Lihat hasil' }).click()
  await expect(page.getByRole('heading', { name: 'Hasil Anda' })).toBeVisible()
  await expect(page.getByText('Kemampuan Anda paling mungkin antara')).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Dari sini ke mana' })).toBeVisible()
  expect(await attemptOf(day.number)).toMatchObject([{ state: 'closed', closeReason: 'finished', responses: 26, items: 26, total: 1 }])
})

test('continues on another phone after an explicit take-over, with every answer there', async ({ browser }) => {
  const one = await (await browser.newContext()).newPage()
  await loginWithCard(one, 2)
  await openPart(one, 'Sosial')
  await answer(one)
  await next(one)
  await answer(one)
  await expect(one.getByTestId('truth')).toContainText('2 jawaban tersimpan di server')

  const two = await (await browser.newContext()).newPage()
  await loginWithCard(two, 2)
  await two.getByRole('link', { name: 'Lanjutkan' }).click()
  await two.getByRole('button', { name: 'Lanjutkan di perangkat ini' }).click()
  await expect(two.getByTestId('truth')).toContainText('2 jawaban tersimpan di server')
  await one.getByRole('button', { name: 'Sebelumnya' }).click()
  await one.getByRole('button', { name: /Tandai/ }).click()
  await expect(one.getByText('Tes ini sedang dibuka di perangkat lain')).toBeVisible()
})

test('tells a second tab of the same phone that the test is open already', async ({ context }) => {
  const page = await context.newPage()
  await loginWithCard(page, 3)
  await openPart(page, 'Kepribadian')
  await expect(page.getByTestId('player')).toBeVisible()
  const second = await context.newPage()
  await second.goto(page.url())
  await expect(second.getByText('Tes ini sudah terbuka di tab lain')).toBeVisible()
})

test('takes nothing and gives nothing when the phone clock is hours wrong or changed in the middle', async ({ browser }) => {
  const context = await browser.newContext()
  await context.addInitScript(() => {
    const real = Date.now
    let shift = 5 * 3_600_000
    Date.now = () => real() + shift
    Object.assign(window, {
      bendClock: (ms: number) => {
        shift = ms
      },
    })
  })
  const page = await context.newPage()
  await loginWithCard(page, 4)
  await openPart(page, 'Sosial')
  const left = page.getByLabel(/^Sisa waktu/)
  await expect(left).toHaveText(/^(59\.5\d|1\.00\.00)$/)
  await page.evaluate(() => (window as unknown as { bendClock: (ms: number) => void }).bendClock(-86_400_000))
  await answer(page)
  await expect(left).toHaveText(/^59\.[45]\d$/)
  await expect(page.getByTestId('truth')).toContainText('1 jawaban tersimpan di server')
  const [event] = await rows<{ seconds: number; kind: string }>(
    `SELECT e.kind, abs(extract(epoch FROM e.at - e.received_at))::int AS seconds FROM journal_event e JOIN attempt a ON a.id = e.attempt_id JOIN seat s ON s.id = a.seat_id WHERE s.participant_number = $1 AND e.kind = 'answer'`,
    [card(4).number],
  )
  expect(event!.seconds).toBeLessThan(15)
})

test('shows an item of 250 characters with four options whole on 360 × 740, with at most a fifth of the height around it', async ({
  page,
}) => {
  await loginWithCard(page, 5)
  await openPart(page, 'Pedagogik')
  await expect(page.getByTestId('player')).toBeVisible()
  // An item of one choice without a shared text; the forms are mixed for every participant.
  while (
    !(await page.evaluate(
      () =>
        document.querySelectorAll('[data-testid=item] fieldset').length === 1 &&
        document.querySelectorAll('[data-testid=item] input[type=radio]').length === 4 &&
        !document.querySelector('[data-testid=item] .border-indigo'),
    ))
  )
    await next(page)
  const frame = await page.evaluate(() => {
    const player = document.querySelector('[data-testid=player]')!
    return player.querySelector('header')!.getBoundingClientRect().height + player.querySelector('nav')!.getBoundingClientRect().height
  })
  expect(frame).toBeLessThanOrEqual(740 / 5)
  // Whatever item is on screen, its words are replaced by 250 characters and four options of sixty.
  await page.evaluate(() => {
    const stem = document.querySelector('[data-testid=stem]')!
    stem.textContent = 'Seorang guru menemukan bahwa sebagian murid belum memahami langkah awal. '.repeat(4).slice(0, 250)
    const fieldset = document.querySelector('[data-testid=item] fieldset')!
    const label = fieldset.querySelector('label')!
    fieldset.querySelectorAll('label').forEach((l) => l.remove())
    for (let i = 0; i < 4; i++) {
      const copy = label.cloneNode(true) as HTMLElement
      copy.querySelector('span')!.textContent = 'memberi contoh lain, lalu meminta murid menjelaskan kembali'
      fieldset.append(copy)
    }
  })
  const { scroll, client } = await page.evaluate(() => {
    const main = document.querySelector('[data-testid=item]')!
    return { scroll: main.scrollHeight, client: main.clientHeight }
  })
  expect(scroll).toBeLessThanOrEqual(client)
})

test('works with the keyboard alone', async ({ page }) => {
  await loginWithCard(page, 6)
  await page.getByRole('listitem').filter({ hasText: 'Sosial' }).getByRole('link', { name: 'Buka' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Mulai mengerjakan' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('player')).toBeVisible()
  const first = page.getByTestId('item').locator('fieldset input').first()
  await first.focus()
  await page.keyboard.press('Space')
  await expect(first).toBeChecked()
  await page.keyboard.press('ArrowDown')
  await expect(page.getByTestId('item').locator('fieldset input').nth(1)).toBeChecked()
  await page.getByRole('button', { name: 'Berikutnya' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Nomor 2' })).toBeFocused()
  expect((await new AxeBuilder({ page }).analyze()).violations.map((v) => v.id)).toEqual([])
})

test('never receives a key: nothing that any page or request of a participant carries holds one', async ({ page }) => {
  const bodies: string[] = []
  const data: string[] = []
  page.on('response', async (r) => {
    if (/json|html|text\/x-component|javascript/.test(r.headers()['content-type'] ?? '')) {
      const text = await r.text().catch(() => '')
      bodies.push(text)
      if (!/javascript/.test(r.headers()['content-type'] ?? '')) data.push(text)
    }
  })
  await loginWithCard(page, 7)
  await openPart(page, 'Profesional')
  await answer(page)
  await expect(page.getByTestId('truth')).toContainText('1 jawaban tersimpan di server')
  const rationales = await rows<{ rationale: string }>(`SELECT rationale FROM item_version`)
  const all = bodies.join('\n')
  expect(all.length).toBeGreaterThan(10_000)
  for (const { rationale } of rationales) expect(all).not.toContain(rationale.slice(0, 50))
  for (const word of [/"scoring"/, /"keys?"\s*:\s*[["][A-F]/, /"reversed"/, /"scores"/])
    expect([word, data.filter((d) => word.test(d)).length]).toEqual([word, 0])
})

test('hands in by itself when the time runs out, with what was answered', async ({ page }) => {
  await loginWithCard(page, 9)
  await openPart(page, 'Sosial')
  await answer(page)
  await expect(page.getByTestId('truth')).toContainText('1 jawaban tersimpan di server')
  await rows(
    `UPDATE attempt a SET duration_seconds = extract(epoch FROM now() - a.started_at)::int + 12 FROM seat s WHERE s.id = a.seat_id AND s.participant_number = $1`,
    [card(9).number],
  )
  // A server process remembers an attempt for five seconds: the phone says something until the answer tells it how little is left.
  await next(page)
  await expect(async () => {
    await page.getByRole('button', { name: /[Tt]andai/ }).click({ timeout: 1_000 })
    await expect(page.getByLabel(/^Sisa waktu/)).toHaveText(/^00\.[01]\d$/, { timeout: 1_000 })
  }).toPass()
  await expect(page.getByText('Bagian ini sudah selesai')).toBeVisible()
  expect(await attemptOf(card(9).number)).toMatchObject([{ state: 'closed', closeReason: 'timeout', responses: 1, total: 1 }])
})

test('goes on with every answer when the browser forgot its storage in the middle, and the proctor sees the new device', async ({
  page,
}) => {
  await loginWithCard(page, 14)
  await openPart(page, 'Sosial')
  await answer(page)
  await next(page)
  await answer(page)
  await expect(page.getByTestId('truth')).toContainText('2 jawaban tersimpan di server')
  await page.goto('/privasi')
  await page.evaluate(async () => {
    localStorage.clear()
    sessionStorage.clear()
    await new Promise((done) => (indexedDB.deleteDatabase('petaguru-peserta').onsuccess = done))
  })
  await loginWithCard(page, 14)
  await page.getByRole('link', { name: 'Lanjutkan' }).click()
  await page.getByRole('button', { name: 'Lanjutkan di perangkat ini' }).click()
  await expect(page.getByTestId('truth')).toContainText('2 jawaban tersimpan di server')
  await next(page)
  await next(page)
  await answer(page)
  await expect(page.getByTestId('truth')).toContainText('3 jawaban tersimpan di server')
  const [devices] = await rows<{ n: number }>(
    `SELECT count(*)::int AS n FROM attempt_device d JOIN attempt a ON a.id = d.attempt_id JOIN seat s ON s.id = a.seat_id WHERE s.participant_number = $1`,
    [card(14).number],
  )
  expect(devices!.n).toBe(2)
})

test('starts by itself when the page was left open before the window opens', async ({ page }) => {
  await rows(`UPDATE sitting t SET opens_at = now() + interval '15 seconds' FROM cycle c WHERE c.id = t.cycle_id AND c.practice`)
  await loginWithCard(page, 15)
  await openPart(page, 'Sosial')
  await expect(page.getByText(/Tes dibuka .* WIB/).first()).toBeVisible()
  await expect(page.getByTestId('player')).toBeVisible()
})

test('keeps both of two taps that follow each other faster than the phone can write', async ({ page }) => {
  await loginWithCard(page, 16)
  await openPart(page, 'Profesional')
  const shown = page.getByTestId('item')
  const boxes = shown.getByRole('checkbox')
  for (;;) {
    await shown.locator('input, button').first().waitFor()
    if ((await boxes.count()) > 1) break
    await next(page)
  }
  await boxes.evaluateAll((all) => all.slice(0, 2).forEach((box) => (box as HTMLInputElement).click()))
  await expect(boxes.nth(0)).toBeChecked()
  await expect(boxes.nth(1)).toBeChecked()
  await expect
    .poll(async () =>
      (
        await rows<{ value: unknown }>(
          `SELECT r.value FROM response r JOIN attempt a ON a.id = r.attempt_id JOIN seat s ON s.id = a.seat_id WHERE s.participant_number = $1`,
          [card(16).number],
        )
      ).map((r) => (Array.isArray(r.value) ? r.value.length : 0)),
    )
    .toEqual([2])
})
