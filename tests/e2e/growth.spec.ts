import { expect, test } from '@playwright/test'
import { login, loginByForm, networkAway, rows } from './world'

/** The re-test that proves it: the office measures again and links, and everybody reads the change with its certainty. */

test('BGTK measures a wave again in one action: same people, unseen forms, the proposed day, and nothing of the base changes', async ({
  page,
}) => {
  await login(page, 'bgtk')
  await page.goto('/bgtk/siklus')
  await page.getByRole('link', { name: 'Gelombang II, 6 Desember 2025' }).click()
  await page.getByRole('link', { name: 'Ukur ulang', exact: true }).click()
  await expect(page.getByLabel('Tanggal mulai')).toHaveValue('2026-06-06')
  const returning = Number((await page.getByText('Peserta kembali').locator('xpath=..').innerText()).match(/[\d.]+/)![0].replace('.', ''))
  expect(returning).toBeGreaterThan(100)
  await expect(page.getByText('Sebagian butir pernah dilihat')).toBeVisible()
  await page.getByRole('button', { name: 'Buat siklus ukur ulang' }).click()
  await expect(page.getByRole('heading', { name: /Ukur ulang, 6 Juni 2026/ })).toBeVisible()
  const [made] = await rows<{ seats: number; base: string }>(
    `SELECT count(s.id)::int AS seats, b.code AS base FROM cycle c JOIN cycle b ON b.id = c.base_cycle_id JOIN sitting t ON t.cycle_id = c.id JOIN seat s ON s.sitting_id = t.id
      WHERE c.code = '2606' GROUP BY b.code`,
  )
  expect(made).toEqual({ seats: returning, base: '2512' })
})

test('BGTK sees what speaks for and against a link, anchor by anchor, and the record that came of it', async ({ page }) => {
  const [link] = await rows<{ later: string; linked: string }>(
    `SELECT l.calibration_id AS later, l.linked_calibration_id AS linked FROM scale_link l JOIN instrument i ON i.id = l.instrument_id WHERE i.code = 'PED' ORDER BY l.created_at LIMIT 1`,
  )
  await login(page, 'bgtk')
  await page.goto(`/bgtk/kalibrasi/${link!.later}`)
  await expect(page.getByRole('heading', { name: 'Tautan ke skala yang berlaku' })).toBeVisible()
  await expect(page.getByText('kalibrasi dengan jangkar tetap')).toBeVisible()
  await page.getByText(/butir jangkar$/).click()
  await expect(page.getByRole('row').filter({ hasText: /PED-0\d\d/ })).toHaveCount(16)
  await expect(page.getByRole('row').filter({ hasText: 'PED-037' })).toContainText(/dipakai|dikeluarkan/)
  await page.getByRole('link', { name: 'Buka catatan tertaut' }).click()
  await expect(page.getByText('Dirilis', { exact: true }).first()).toBeVisible()
})

test('BGTK and Disdikbud read which publication they read, and in the place of a number why a closed gate publishes none', async ({
  page,
}) => {
  // The few of this demonstration make links whose error closes the gate.
  const gates = await rows<{ gate: string }>(
    `SELECT DISTINCT l.gate FROM scale_link l JOIN instrument i ON i.id = l.instrument_id WHERE i.code = 'PED' AND l.state = 'done'`,
  )
  expect(gates).toEqual([{ gate: 'closed' }])
  await login(page, 'bgtk')
  await page.goto('/perubahan')
  await expect(page.getByRole('heading', { name: /Perubahan kompetensi pedagogik/ })).toBeVisible()
  await expect(page.getByText('Perubahan tidak diterbitkan')).toBeVisible()
  await expect(page.getByText(/gerbang tautannya tertutup\. .*Galat baku tautannya [\d,]+ poin/)).toBeVisible()
  await expect(page.getByText(/Terbitan ke-\d+ rangkaian Ukur ulang 2026/)).toBeVisible()
  await page.getByText('Cara menghitung').click()
  await expect(page.getByText(/Poin berada pada skala 200–800/)).toBeVisible()
  await page.goto('/perubahan?bagian=4')
  await expect(page.getByText(/kedua tes belum ditautkan|gerbang tautannya tertutup/).first()).toBeVisible()
  await page.getByRole('button', { name: 'Keluar' }).click()
  await page.waitForURL('**/masuk')
  await loginByForm(page, 'disdikbud')
  await page.locator('summary', { hasText: 'Menu' }).click()
  await page.getByRole('link', { name: 'Perubahan', exact: true }).click()
  await expect(page.getByRole('heading', { name: /Perubahan kompetensi/ })).toBeVisible()
  await expect(page.getByText('Perubahan tidak diterbitkan')).toBeVisible()
})

test('a teacher reads the result and the plan without a network, and leaves nothing behind on a shared phone', async ({
  page,
  context,
}) => {
  await login(page, 'rekan')
  const pages = [
    ['/guru/hasil', 'Dari sini ke mana'],
    ['/guru/pengembangan', 'Langkah belajar'],
  ] as const
  for (const [path, heading] of pages) {
    await page.goto(path)
    await page.evaluate(async (kept) => {
      while (!(await (await caches.open(`petaguru-halaman-${kept}`)).match(kept))) await new Promise((r) => setTimeout(r, 100))
    }, path)
    await networkAway(page)
    await page.goto(path)
    await expect(page.getByRole('heading', { name: heading })).toBeVisible()
    await context.setOffline(false)
  }
  await page.reload()
  await page.getByRole('button', { name: 'Keluar' }).click()
  await page.waitForURL('**/masuk')
  await expect.poll(() => page.evaluate(async () => (await caches.keys()).filter((n) => n.startsWith('petaguru-halaman-')))).toEqual([])
})

test('a learner and the tutor read since last time in words and ranges, and the head of school no figure of a handful', async ({
  page,
  browser,
}) => {
  for (const who of ['rekan', 'tutor']) {
    const own = await (await browser.newContext({ locale: 'id-ID' })).newPage()
    await login(own, who)
    await own.goto('/guru/hasil')
    const card = own
      .locator('section, div')
      .filter({ has: own.getByRole('heading', { name: 'Sejak tes sebelumnya' }) })
      .last()
    await expect(card).toBeVisible()
    // The few of this demonstration make a link that is seldom certain enough for one person; then the page says so in the range's place.
    const parts = await card.getByRole('listitem').allInnerTexts()
    expect(parts.length).toBeGreaterThan(0)
    const told =
      /kira-kira antara [+−]?\d+ dan [+−]?\d+ poin|Gambaran diri bergeser|Kedua tes belum dapat dibandingkan cukup tepat untuk satu orang/
    expect(parts.filter((words) => !told.test(words))).toEqual([])
    await expect(card.getByText('“belum dapat dipastikan” adalah keterangan tentang tes')).toBeVisible()
    await expect(own.getByRole('heading', { level: 2 }).filter({ hasText: /Ukur ulang/ })).toBeVisible()
    // The error for which nothing is told of one person is a tap away.
    await card.getByText('Cara menghitung').click()
    await expect(card.getByText(/galat penautan \d+ poin/).first()).toBeVisible()
    const paper = await own.pdf({
      path: test.info().outputPath('hasil.pdf'),
      format: 'A4',
      margin: { top: '12mm', bottom: '12mm', left: '12mm', right: '12mm' },
    })
    expect(paper.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1)
    await own.context().close()
  }
  await login(page, 'kepsek')
  await page.goto('/sekolah')
  await expect(page.getByRole('heading', { name: 'Perubahan sejak tes sebelumnya' })).toBeVisible()
  await expect(page.getByText(/tidak diterbitkan: kedua tes belum ditautkan, atau gerbang tautannya tertutup/).first()).toBeVisible()
})
