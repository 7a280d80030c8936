import AxeBuilder from '@axe-core/playwright'
import { expect, test, type Page } from '@playwright/test'
import { randomUUID } from 'node:crypto'
import sharp from 'sharp'
import { PHOTO_BYTES } from '@/lib/tutoring/photo-model'
import { login, networkAway, openFolds, PHONE, rows } from './world'

/** A note of a meeting from the phone that writes it to the letter that rests on it, and back. */

const PLACE = 'Rumah Bu Sari, Kotabumi'

/** Two teachers of the demonstration who have no account yet get one each, and are a pair. */
async function aPair(): Promise<{ tutor: string; learner: string; pairId: string }> {
  const mark = randomUUID().slice(0, 8)
  const [tutor, learner, pairId, run] = [`catat-${mark}`, `rekan-${mark}`, randomUUID(), randomUUID()]
  const teachers = await rows<{ id: string; name: string }>(
    `SELECT t.id, t.name FROM teacher t WHERE NOT EXISTS (SELECT 1 FROM user_account u WHERE u.teacher_id = t.id)
        AND NOT EXISTS (SELECT 1 FROM pairing p WHERE t.id IN (p.tutor_id, p.learner_id)) ORDER BY random() LIMIT 2`,
  )
  for (const [i, who] of [tutor, learner].entries()) {
    const [made] = await rows<{ id: string }>(
      `INSERT INTO user_account SELECT (jsonb_populate_record(NULL::user_account, to_jsonb(u) ||
          jsonb_build_object('id', gen_random_uuid(), 'email', $1::text, 'name', $2::text, 'teacher_id', $3::uuid, 'demonstration', false))).*
         FROM user_account u WHERE email = 'rekan@contoh.id' RETURNING id`,
      [`${who}@contoh.id`, teachers[i]!.name, teachers[i]!.id],
    )
    await rows(
      `INSERT INTO role_grant SELECT (jsonb_populate_record(NULL::role_grant, to_jsonb(g) || jsonb_build_object('id', gen_random_uuid(), 'user_id', $1::uuid))).*
         FROM role_grant g JOIN user_account u ON u.id = g.user_id WHERE u.email = 'rekan@contoh.id'`,
      [made!.id],
    )
  }
  await rows(
    `INSERT INTO match_run (id, cycle_code, state, rules, created_at) VALUES ($1, 'UJI', 'superseded', '{}', now() - interval '30 days')`,
    [run],
  )
  await rows(
    `INSERT INTO pairing (id, run_id, tutor_id, learner_id, code, goals, km, gap, band, state, tutor_agreed_at, learner_agreed_at, started_at)
     SELECT $1, $2, $3, $4, code, goals, 0, 1, 'sekolah', 'active', now() - interval '20 days', now() - interval '20 days', now() - interval '20 days' FROM pairing LIMIT 1`,
    [pairId, run, teachers[0]!.id, teachers[1]!.id],
  )
  return { tutor, learner, pairId }
}

/** The page is kept on the phone with what it is made of, so that it opens without a network. */
async function keptPage(page: Page): Promise<void> {
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
}

async function online(page: Page): Promise<void> {
  await page.context().setOffline(false)
  await page.evaluate(() => window.dispatchEvent(new Event('online')))
}

/** Nothing scrolls sideways, nothing is below the size of a thumb, and axe finds nothing. */
async function looksRight(page: Page): Promise<void> {
  await openFolds(page)
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
  const small = await page
    .locator('main :is(button, input[type=file], summary):visible')
    .evaluateAll((all) => all.filter((e) => !e.closest('[hidden]') && e.getBoundingClientRect().height < 32).map((e) => e.textContent))
  expect(small).toEqual([])
  expect((await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze()).violations).toEqual(
    [],
  )
}

test('a tutor notes a meeting with a photo without a network, the partner confirms it before the photo matters, and the tutor takes it back', async ({
  browser,
}) => {
  const { tutor, learner, pairId } = await aPair()
  const page = await (await browser.newContext({ locale: 'id-ID', viewport: PHONE })).newPage()
  const partner = await (await browser.newContext({ locale: 'id-ID', viewport: PHONE })).newPage()
  await login(page, tutor)
  await keptPage(page)
  await networkAway(page)
  await page.reload()

  const topic = `Membahas pecahan ${Date.now()}`
  const photo = await sharp({
    create: { width: 2400, height: 1800, channels: 3, background: '#87a', noise: { type: 'gaussian', mean: 120, sigma: 40 } },
  })
    .withExif({ IFD0: { ImageDescription: PLACE }, IFD3: { GPSLatitudeRef: 'S', GPSLatitude: '4/1 49/1 30/1' } })
    .jpeg()
    .toBuffer()
  expect(photo.includes(PLACE)).toBe(true)
  const form = page.getByRole('form', { name: 'Catat pertemuan' })
  await form.getByLabel('Yang dibahas').fill(topic)
  await form.getByLabel('Tanggal').fill(new Date(Date.now() + 7 * 3_600_000 - 86_400_000).toISOString().slice(0, 10))
  await form.getByLabel('Mulai pukul').fill('13:30')
  await form.getByLabel('Lama (menit)').fill('45')
  await form.getByText('Tambah foto bukti').click()
  await form.getByLabel('Foto', { exact: true }).setInputFiles({ name: 'kamera.jpg', mimeType: 'image/jpeg', buffer: photo })
  // Without the word that those in it agree nothing is kept.
  await form.getByRole('button', { name: 'Simpan catatan' }).click()
  await expect(page.getByText('1 catatan menunggu di ponsel ini')).toHaveCount(0)
  await form.getByRole('checkbox', { name: /Semua orang yang terlihat di foto setuju/ }).check()
  await form.getByRole('button', { name: 'Simpan catatan' }).click()
  await expect(page.getByText('1 catatan menunggu di ponsel ini')).toBeVisible()
  await expect(page.getByText('1 foto menunggu di ponsel ini')).toBeVisible()
  expect(await rows(`SELECT 1 FROM meeting WHERE topic = $1`, [topic])).toHaveLength(0)

  await online(page)
  await expect(page.getByText('Semua catatan sudah ada di server.')).toBeVisible()
  await expect(page.getByText('Foto sudah ada di server.')).toBeVisible()
  const [kept] = await rows<{ id: string; bytes: Buffer }>(
    `SELECT f.id, f.bytes FROM meeting_photo f JOIN meeting m ON m.id = f.meeting_id WHERE m.topic = $1`,
    [topic],
  )
  expect(kept!.bytes.length).toBeLessThanOrEqual(PHOTO_BYTES)
  expect(kept!.bytes.includes(PLACE)).toBe(false)
  expect((await sharp(kept!.bytes).metadata()).exif).toBeUndefined()
  await looksRight(page)

  await login(partner, learner)
  await partner.goto('/tutor')
  const asked = partner.getByRole('listitem').filter({ hasText: topic })
  await asked.getByRole('button', { name: 'Ya, benar' }).click()
  await expect(partner.getByText('Semua catatan sudah ada di server.')).toBeVisible()
  const link = partner.getByRole('link', { name: /Lihat foto 1/ })
  const seen = await partner.request.get((await link.getAttribute('href'))!)
  expect([seen.status(), seen.headers()['content-type'], seen.headers()['cache-control']]).toEqual([200, 'image/webp', 'no-store'])
  for (const [who, status] of [
    ['rekan', 404],
    ['dinas', 404],
    ['bgtk', 200],
  ] as const) {
    const other = await (await browser.newContext()).newPage()
    await login(other, who)
    expect((await other.request.get(`/api/support/foto/${kept!.id}`)).status()).toBe(status)
  }

  // Changed, it waits for the partner's word once more.
  await page.goto('/tutor')
  await page.getByText('Ubah atau tarik catatan Anda').click()
  await page.getByRole('button', { name: `Ubah: ${topic}` }).click()
  const change = page.getByRole('form', { name: 'Catat pertemuan' })
  await expect(change.getByLabel('Yang dibahas')).toHaveValue(topic)
  await expect(change.getByText('Konfirmasi rekan gugur bila catatan diubah')).toBeVisible()
  await change.getByLabel('Lama (menit)').fill('60')
  await change.getByRole('button', { name: 'Simpan perubahan' }).click()
  await expect(page.getByRole('article').getByText('menunggu konfirmasi rekan')).toBeVisible()
  await partner.reload()
  await expect(asked.first()).toContainText('60 menit')
  await asked.getByRole('button', { name: 'Ya, benar' }).click()
  await expect(partner.getByText('Semua catatan sudah ada di server.')).toBeVisible()

  // One letter over all pairs rests on it.
  await page.goto('/tutor')
  await page.getByRole('button', { name: 'Terbitkan surat gabungan' }).click()
  const letter = page.getByRole('form', { name: 'Surat keterangan gabungan' }).getByRole('link', { name: /Unduh surat keterangan/ })
  const pdf = await page.request.get((await letter.getAttribute('href'))!)
  expect(pdf.headers()['content-type']).toContain('application/pdf')
  const [issued] = await rows<{ code: string }>(
    `SELECT c.code FROM certificate c JOIN pairing p ON p.tutor_id = c.teacher_id WHERE p.id = $1 AND c.span = 'semua'`,
    [pairId],
  )

  await keptPage(page)
  await networkAway(page)
  await page.getByText('Ubah atau tarik catatan Anda').click()
  await page.getByRole('button', { name: `Tarik: ${topic}` }).click()
  await page.getByRole('button', { name: 'Ya, tarik catatan' }).click()
  await expect(page.getByText('1 catatan menunggu di ponsel ini')).toBeVisible()
  await online(page)
  await expect(page.getByText('Semua catatan sudah ada di server.')).toBeVisible()
  await expect(page.getByRole('article').getByText(/ditarik oleh Anda/)).toBeVisible()
  expect(await rows(`SELECT 1 FROM meeting_photo WHERE id = $1`, [kept!.id])).toHaveLength(0)

  await partner.reload()
  await expect(partner.getByRole('article').getByText(/ditarik oleh/)).toBeVisible()
  await expect(partner.getByRole('link', { name: /Lihat foto/ })).toHaveCount(0)

  const stranger = await (await browser.newContext({ locale: 'id-ID', viewport: PHONE })).newPage()
  await stranger.goto('/verifikasi')
  await stranger.getByLabel('Kode pada surat').fill(issued!.code)
  await stranger.getByRole('button', { name: 'Periksa' }).click()
  await expect(stranger.getByRole('status')).toContainText('Surat ini asli')
  await expect(stranger.getByRole('status')).toContainText('lebih sedikit daripada yang tertulis')

  const office = await (await browser.newContext({ locale: 'id-ID', viewport: PHONE })).newPage()
  await login(office, 'bgtk')
  await office.goto(`/bgtk/dukungan/tutor/${pairId}`)
  await expect(office.getByRole('listitem').filter({ hasText: topic })).toContainText('ditarik penulisnya')
  await looksRight(office)
})
