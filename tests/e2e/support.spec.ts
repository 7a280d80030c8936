import { expect, test } from '@playwright/test'
import { login, networkAway, rows } from './world'

/** From a result to help: a teacher, the tutor, the office. */

test('a teacher goes from the result to the plan, notes an hour, and disagrees with somebody who answers by a day', async ({
  page,
  browser,
}) => {
  await login(page, 'rekan')
  await page.goto('/guru/hasil')
  await expect(page.getByRole('heading', { name: 'Dari sini ke mana' })).toBeVisible()
  await page.getByRole('link', { name: 'Buka rencana' }).click()
  await expect(page.getByRole('heading', { name: 'Langkah belajar' })).toBeVisible()

  const step = page.getByRole('article').filter({ hasText: 'Catat kehadiran' }).first()
  const before = Number((await step.getByText(/JP tercatat/).innerText()).split(' dari')[0]!.replace(',', '.'))
  await step.getByText('Catat kehadiran atau waktu belajar').click()
  await step.getByRole('spinbutton', { name: 'JP' }).fill('1.5')
  await step.getByRole('button', { name: 'Catat' }).click()
  await expect(step.getByText('Kehadiran tercatat.')).toBeVisible()
  await expect
    .poll(async () => Number((await step.getByText(/JP tercatat/).innerText()).split(' dari')[0]!.replace(',', '.')))
    .toBe(before + 1.5)

  const calendar = await page.request.get('/api/exports/kalender')
  expect(await calendar.text()).toContain('BEGIN:VEVENT')

  await page.goto('/guru/hasil#banding')
  await page.getByText('Ajukan keberatan', { exact: true }).click()
  await page.getByLabel('Apa yang menurut Anda keliru').fill('Jaringan di ruang saya terputus, dan waktunya menurut saya belum diganti.')
  await page.getByRole('button', { name: 'Kirim keberatan' }).click()
  await expect(page.getByText(/Petugas BGTK menjawab paling lambat/)).toBeVisible()

  const office = await (await browser.newContext({ locale: 'id-ID' })).newPage()
  await login(office, 'bgtk')
  await office.goto('/bgtk/dukungan/keberatan')
  const item = office.getByRole('article').filter({ hasText: 'Jaringan di ruang saya' })
  await item.getByText('Jawab', { exact: true }).click()
  await item.getByLabel('Jawaban untuk guru').fill('Berita acara mencatat jeda delapan menit, dan delapan menit itu sudah dikembalikan.')
  await item.getByRole('button', { name: 'Kirim jawaban' }).click()
  await expect(item.getByText('Berita acara mencatat jeda')).toBeVisible()

  await page.reload()
  await expect(page.getByText('Berita acara mencatat jeda')).toBeVisible()
})

test('a tutor notes a meeting without a network, the partner confirms it without one, and anybody can verify the certificate until it is withdrawn', async ({
  page,
  context,
  browser,
}) => {
  await login(page, 'tutor')
  await page.goto('/tutor')
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
    for (;;) {
      const kept = await caches.open('petaguru-halaman-/tutor')
      if ((await kept.match('/tutor')) && (await kept.keys()).length > 3) return
      await new Promise((r) => setTimeout(r, 100))
    }
  })
  await page.reload()
  await networkAway(page)
  await page.reload()
  const topic = `Membahas grafik ${Date.now()}`
  const form = page.getByRole('form', { name: 'Catat pertemuan' })
  const [learner] = await rows<{ name: string }>(`SELECT name FROM user_account WHERE email = 'rekan@contoh.id'`)
  const withLearner = form.getByLabel('Dengan').locator('option').filter({ hasText: learner!.name })
  await form.getByLabel('Dengan').selectOption((await withLearner.first().getAttribute('value'))!)
  await form.getByLabel('Yang dibahas').fill(topic)
  const yesterday = new Date(Date.now() + 7 * 3_600_000 - 86_400_000).toISOString().slice(0, 10)
  await form.getByLabel('Tanggal').fill(yesterday)
  await form.getByLabel('Mulai pukul').fill('13:30')
  await form.getByLabel('Lama (menit)').fill('45')
  await form.getByRole('button', { name: 'Simpan catatan' }).click()
  await expect(page.getByText('1 catatan menunggu di ponsel ini')).toBeVisible()
  expect(await rows(`SELECT 1 FROM meeting WHERE topic = $1`, [topic])).toHaveLength(0)

  await context.setOffline(false)
  await page.evaluate(() => window.dispatchEvent(new Event('online')))
  await expect(page.getByText('Semua catatan sudah ada di server.')).toBeVisible()
  await expect(page.getByText(topic).last()).toBeVisible()
  expect(await rows(`SELECT 1 FROM meeting WHERE topic = $1`, [topic])).toHaveLength(1)

  const pair = page.getByRole('article').filter({ hasText: topic })
  await expect(pair.getByText('menunggu konfirmasi rekan').first()).toBeVisible()

  const partner = await browser.newContext({ locale: 'id-ID', viewport: { width: 360, height: 740 } })
  const phone = await partner.newPage()
  await login(phone, 'rekan')
  await phone.goto('/tutor')
  const asked = phone.getByRole('listitem').filter({ hasText: topic })
  await expect(asked.getByRole('button', { name: 'Ya, benar' })).toBeVisible()
  await networkAway(phone)
  await asked.getByRole('button', { name: 'Ya, benar' }).click()
  await expect(phone.getByText('1 catatan menunggu di ponsel ini')).toBeVisible()
  expect(await rows(`SELECT 1 FROM meeting WHERE topic = $1 AND answer IS NOT NULL`, [topic])).toHaveLength(0)
  await partner.setOffline(false)
  await phone.evaluate(() => window.dispatchEvent(new Event('online')))
  await expect(phone.getByText('Semua catatan sudah ada di server.')).toBeVisible()
  expect(await rows(`SELECT 1 FROM meeting WHERE topic = $1 AND answer = 'yes' AND answered_by <> logged_by`, [topic])).toHaveLength(1)
  await page.reload()
  await pair.getByRole('button', { name: 'Terbitkan surat keterangan' }).click()
  const pdf = await page.request.get((await pair.getByRole('link', { name: 'Unduh surat keterangan' }).getAttribute('href'))!)
  expect(pdf.headers()['content-type']).toContain('application/pdf')
  const [issued] = await rows<{ code: string; name: string }>(`SELECT code, name FROM certificate ORDER BY issued_at DESC LIMIT 1`)
  const stranger = await (await browser.newContext({ locale: 'id-ID' })).newPage()
  await stranger.goto('/verifikasi')
  await stranger.getByLabel('Kode pada surat').fill(issued!.code.toLowerCase())
  await stranger.getByRole('button', { name: 'Periksa' }).click()
  await expect(stranger.getByRole('status')).toContainText(issued!.name)

  const office = await (await browser.newContext({ locale: 'id-ID' })).newPage()
  await login(office, 'bgtk')
  await office.goto('/bgtk/dukungan/tutor')
  await office.getByText('Cabut sebuah surat').click()
  await office.getByLabel('Kode surat').fill(issued!.code)
  await office
    .getByRole('form', { name: 'Cabut surat keterangan' })
    .getByLabel('Alasan')
    .fill('Pertemuan ini menurut laporan tidak pernah ada.')
  await office.getByRole('button', { name: 'Cabut surat' }).click()
  await expect(office.getByText('Surat dicabut.')).toBeVisible()
  expect(stranger.url()).not.toContain('kode')
  await stranger.getByLabel('Kode pada surat').fill(issued!.code)
  await stranger.getByRole('button', { name: 'Periksa' }).click()
  await expect(stranger.getByText(/Surat ini dicabut pada/)).toBeVisible()
  await expect(stranger.getByText(issued!.name)).toHaveCount(0)
})

test('BGTK sees the effect of a rule before it is one, matches the province, and shares the proposal', async ({ page }) => {
  await login(page, 'bgtk')
  await page.goto('/bgtk/dukungan/aturan?kompetensi=1')
  const form = page.getByRole('form', { name: 'Aturan tingkat dukungan' })
  await form.getByLabel('Kerugian melewatkan').fill('1')
  await form.getByRole('button', { name: 'Lihat akibatnya' }).click()
  await expect(page).toHaveURL(/loss=1(?:&|$)/)
  await expect(page.getByRole('heading', { name: 'Akibat aturan yang dicoba' })).toBeVisible()
  await expect(page.getByText(/bertambah|berkurang/).first()).toBeVisible()
  const [versions] = await rows<{ n: number }>(`SELECT count(*)::int AS n FROM tier_rule`)
  expect(versions!.n).toBe(1)

  await page.goto('/bgtk/dukungan/katalog?area=PED-12')
  await page.getByRole('link', { name: 'Tautan, jadwal, kuota, biaya' }).click()
  await page.getByLabel('Kuota').fill('30')
  await page.getByRole('button', { name: 'Simpan' }).click()
  await expect(page.getByText('Modul disimpan.')).toBeVisible()
  expect(await rows(`SELECT 1 FROM module WHERE code = 'PED-12' AND capacity = 30`)).toHaveLength(1)

  await page.goto('/bgtk/dukungan/tutor')
  await page.getByRole('button', { name: 'Cocokkan seluruh provinsi' }).click()
  await page.getByRole('button', { name: 'Bagikan usulan' }).click()
  await page.getByRole('button', { name: 'Ya, bagikan' }).click()
  await expect(page.getByText('Dibagikan', { exact: true })).toBeVisible()
  await expect(page.getByRole('img', { name: /Jaringan tutor/ })).toBeVisible()
})
