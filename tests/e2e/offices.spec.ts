import { strFromU8, unzipSync } from 'fflate'
import { expect, test } from '@playwright/test'
import { answer, card, download, login, loginByForm, loginWithCard, openPart, rows } from './world'

/** The main path of every office: proctor, BGTK with a roster and a new sitting, officials with map and file. */
test.use({ viewport: { width: 1280, height: 800 } })

test('a proctor sees trouble first, pauses the room, gives time, notes an incident and prints the minutes', async ({ browser, page }) => {
  const teacher = await (await browser.newContext({ viewport: { width: 360, height: 740 } })).newPage()
  await loginWithCard(teacher, 10)
  await openPart(teacher, 'Kepribadian')
  await answer(teacher)
  await expect(teacher.getByTestId('truth')).toContainText('1 jawaban tersimpan di server')

  await loginByForm(page, 'pengawas')
  await page.getByRole('link', { name: /Ruang Latihan/ }).click()
  const seat = page.getByRole('listitem').filter({ hasText: 'Kepribadian: 1 dari 5 terjawab' })
  await expect(seat).toBeVisible()
  await page.getByText('Jeda atau tambah waktu untuk seluruh ruang').click()
  const whole = page.getByRole('form', { name: 'Waktu untuk seluruh ruang' })
  await whole
    .getByLabel(/Alasan/)
    .first()
    .fill('listrik padam')
  await whole.getByRole('button', { name: 'Jeda', exact: true }).click()
  await expect(page.getByText('Sedang dijeda')).toBeVisible()
  await teacher.getByRole('button', { name: 'Berikutnya' }).click()
  await teacher.getByRole('button', { name: /Tandai/ }).click()
  await expect(teacher.getByText('Tes dijeda oleh pengawas')).toBeVisible()
  await page.getByRole('button', { name: 'Gangguan selesai, akhiri jeda ruang' }).click()
  await expect(page.getByText('Sedang dijeda')).toBeHidden()

  await seat.getByRole('button').first().click()
  const extra = seat.getByRole('form', { name: /Waktu untuk/ })
  await extra
    .getByLabel(/Alasan/)
    .first()
    .fill('ponsel diganti')
  await extra.getByRole('button', { name: 'Tambah 15 menit' }).click()
  await expect(extra.getByText(/tambahan 15 menit\? Waktu yang sudah diberikan tidak dapat ditarik lagi/)).toBeVisible()
  await extra.getByRole('button', { name: 'Ya, tambah 15 menit' }).click()
  await expect(page.getByText('Tambahan 15 menit diberikan.')).toBeVisible()
  await expect(teacher.getByText(/(Waktu Anda ditambah 15 menit|Jeda berakhir, waktu berjalan lagi)\. Waktu habis pukul/)).toBeVisible({
    timeout: 40_000,
  })
  const note = page.getByRole('form', { name: 'Catat kejadian' })
  await note.getByLabel('Apa yang terjadi').fill('Genset menyala pukul sembilan')
  await note.getByRole('button').click()
  await expect(page.getByText('Genset menyala pukul sembilan')).toBeVisible()
  await seat.getByRole('button', { name: 'Batalkan kartu' }).click()
  await seat.getByRole('button', { name: 'Tidak jadi' }).click()
  await seat.getByRole('button', { name: 'Batalkan kartu' }).click()
  await seat.getByRole('button', { name: 'Ya, batalkan kartu' }).click()
  await seat.getByRole('button', { name: 'Pulihkan kartu lama' }).click()
  await expect(page.getByText('Kartu lama berlaku lagi.', { exact: true })).toBeVisible()
  expect(await rows(`SELECT count(*)::int AS voided FROM incident WHERE note LIKE 'Kartu dibatalkan%'`)).toEqual([{ voided: 1 }])
  const minutes = await download(page, () => page.getByRole('link', { name: 'Berita acara' }).click())
  expect(minutes.bytes.subarray(0, 4).toString()).toBe('%PDF')
  expect(await rows(`SELECT kind, reason FROM allowance ORDER BY started_at`)).toEqual([
    { kind: 'pause', reason: 'listrik padam' },
    { kind: 'extend', reason: 'ponsel diganti' },
  ])
})

test('BGTK imports a roster, makes a cycle with a sitting, seats the teachers and prints their cards', async ({ page }) => {
  await login(page, 'bgtk')
  await page.goto('/bgtk/peserta/impor')
  const lines = [
    'Nama;NUPTK;JK;Mata Pelajaran;NPSN;Nama Sekolah;Jenjang;Kabupaten/Kota',
    ...Array.from(
      { length: 25 },
      (_, i) => `Guru Uji ${String.fromCharCode(65 + i)};${String(3000000000000000 + i)};P;Kimia;98765432;SMAN Uji;SMA;Pringsewu`,
    ),
    'Rusak;1,98E+15;L;Kimia;98765432;SMAN Uji;SMA;Pringsewu',
  ]
  await page
    .getByLabel('Berkas .xlsx, .xls, .ods, atau .csv')
    .setInputFiles({ name: 'guru-uji.csv', mimeType: 'text/csv', buffer: Buffer.from(lines.join('\n')) })
  await page.getByRole('button', { name: 'Periksa berkas' }).click()
  await expect(page.getByRole('button', { name: 'Impor 25 guru' })).toBeVisible()
  await expect(page.getByText(/dirusak Excel/).first()).toBeVisible()
  const cleaned = await download(page, () => page.getByRole('link', { name: 'Unduh berkas bersih' }).click())
  expect(strFromU8(unzipSync(new Uint8Array(cleaned.bytes))['xl/sharedStrings.xml']!)).toContain('3000000000000024')
  await page.getByRole('button', { name: 'Impor 25 guru' }).click()
  await expect(page.getByText(/Diimpor /)).toBeVisible()

  await page.goto('/bgtk/siklus')
  await page.getByLabel('Nama', { exact: true }).fill('Gelombang Uji')
  await page.getByLabel('Kode').fill('2699')
  await expect(page.getByLabel('Seri')).toHaveValue('')
  await page.getByLabel('Seri').fill('Pemetaan uji')
  await page.getByLabel('Tanggal mulai').fill('2030-01-05')
  await page.getByRole('button', { name: 'Buat siklus' }).click()
  // The way says where to go on, wherever it was left.
  await page.getByRole('link', { name: 'Buat sesi pertama' }).click()
  const venue = page.getByRole('form', { name: 'Tempat tes baru' })
  await venue.getByLabel('Nama tempat').fill('Aula Uji')
  await venue.getByLabel('Kabupaten/kota').selectOption({ label: 'Pringsewu' })
  await venue.getByLabel('Daya tampung').fill('20')
  await venue.getByRole('button', { name: 'Tambah tempat' }).click()
  await expect(page.getByText('Tempat tes ditambahkan')).toBeVisible()
  await page.getByLabel('Nama sesi').fill('Sesi pagi')
  await page.getByRole('form', { name: 'Sesi baru' }).getByLabel('Tempat', { exact: true }).selectOption({ label: 'Aula Uji (Pringsewu)' })
  await page.getByRole('button', { name: 'Tambah sesi' }).click()
  await page.getByRole('link', { name: 'Belum ada peserta.' }).click()
  // Nobody is everybody, and 25 do not sit on 20 seats.
  await page.getByRole('button', { name: 'Hitung dahulu' }).click()
  await expect(page.getByText('Pilih sedikitnya satu saringan').first()).toBeVisible()
  await page.getByLabel('NPSN satu sekolah (bila perlu)').fill('98765432')
  await page.getByRole('button', { name: 'Hitung dahulu' }).click()
  await expect(page.getByText(/20 kursi dan 0 sudah terisi .* 25 orang/)).toBeVisible()
  const sitting = page.url()
  // What was typed and not sent is asked about before it is left.
  page.once('dialog', (question) => void question.accept())
  await page.getByRole('link', { name: '← Gelombang Uji' }).click()
  await page.getByRole('link', { name: 'Lokasi dan ruang' }).click()
  const capacity = page.getByRole('form', { name: 'Perbaiki daya tampung' })
  await capacity.getByLabel('Tempat tes').selectOption({ label: 'Aula Uji (20 kursi)' })
  await capacity.getByLabel('Kursi').fill('40')
  await capacity.getByRole('button', { name: 'Simpan' }).click()
  await expect(page.getByText('Daya tampung disimpan: 40 kursi.')).toBeVisible()
  await page.goto(sitting)
  await page.getByLabel('NPSN satu sekolah (bila perlu)').fill('98765432')
  await page.getByRole('button', { name: 'Hitung dahulu' }).click()
  await page.getByRole('button', { name: 'Tambahkan 25 peserta' }).click()
  await expect(page.getByText('25 peserta ditambahkan.')).toBeVisible()
  await expect(page.getByText('2699-00001')).toBeVisible()
  await page
    .getByRole('link', { name: /^Pindahkan atau keluarkan/ })
    .first()
    .click()
  await page.getByRole('button', { name: 'Keluarkan dari sesi' }).click()
  await page.getByRole('button', { name: 'Ya, keluarkan' }).click()
  await expect(page.getByRole('heading', { name: 'Peserta (24)' })).toBeVisible()
  await page.getByRole('link', { name: 'Ruang dan kartu' }).click()
  await page.getByRole('form', { name: 'Tugaskan pengawas' }).getByLabel('Pengawas').selectOption({ label: 'Pengawas Peragaan' })
  await page.getByRole('button', { name: 'Tugaskan' }).click()
  await expect(page.getByText('Pengawas ditugaskan ke 2 ruang.')).toBeVisible()
  const cards = await download(page, () => page.getByRole('link', { name: 'Cetak semua kartu (PDF)' }).click())
  expect(cards.bytes.subarray(0, 4).toString()).toBe('%PDF')
  expect(cards.bytes.length).toBeGreaterThan(10_000)
  await page.getByRole('link', { name: '← Gelombang Uji' }).click()
  for (const done of [/Jadwal dan pengawas/, /Kartu/])
    await expect(page.getByRole('main').getByRole('listitem').filter({ hasText: done }).getByText('Selesai', { exact: true })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Siapkan paket soal: Sesi pagi' })).toBeVisible()
})

test('Disdikbud reads the map, narrows it, goes down to a school and takes the report home', async ({ page }) => {
  await loginByForm(page, 'disdikbud')
  await page.getByRole('link', { name: 'Peta', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Peta kompetensi pedagogik' })).toBeVisible()
  await page.getByLabel('Guru mata pelajaran').selectOption('MTK')
  await page.waitForURL(/mapel=MTK/)
  await page.getByLabel('Instrumen').selectOption('4')
  await page.waitForURL(/bagian=4/)
  await expect(page.getByText(/^Guru Matematika/)).toBeVisible()
  await page
    .getByRole('link', { name: /^Bandar Lampung: (?:rata-rata|disembunyikan)/ })
    .first()
    .click()
  await expect(page.getByRole('heading', { name: 'Kota Bandar Lampung' })).toBeVisible()
  // Figures of schools are not told by subject; their names, and the way to them, are.
  await expect(page.getByRole('link', { name: 'lihat angkanya untuk semua mata pelajaran' })).toBeVisible()
  await page.locator('main a[href*="/sekolah/"]').first().click()
  await expect(page.getByText('Hasil bernama')).toBeVisible()
  await page.goto('/laporan')
  const book = await download(page, () => page.getByRole('link', { name: 'Unduh Excel (.xlsx)' }).click())
  expect(book.bytes.subarray(0, 2).toString()).toBe('PK')
  const csv = await download(page, () => page.getByRole('link', { name: 'Unduh CSV' }).click())
  expect(csv.bytes.toString()).toMatch(/;\d+,\d/)
  expect(
    (await rows<{ n: number }>(`SELECT count(*)::int AS n FROM audit_entry WHERE action = 'report:export'`))[0]!.n,
  ).toBeGreaterThanOrEqual(2)
})

test('every root sign of the bank is drawn, with the math font that this takes', async ({ page }) => {
  await login(page, 'bgtk')
  const rooted = await rows<{ code: string }>(
    `SELECT DISTINCT i.code FROM item i JOIN item_version v ON v.item_id = i.id JOIN instrument n ON n.id = i.instrument_id
      WHERE n.code = 'MTK' AND v.content::text LIKE '%msqrt%' ORDER BY i.code LIMIT 6`,
  )
  const signs: number[] = []
  for (const { code } of rooted) {
    await page.goto(`/bgtk/instrumen/MTK/butir/${code}`)
    await page.evaluate(() => document.fonts.ready)
    expect(await page.evaluate(() => document.fonts.check('16px "Petaguru Math"'))).toBe(true)
    signs.push(
      ...(await page.evaluate(() =>
        [...document.querySelectorAll('msqrt')].map((root) => {
          const inner = [...root.children].reduce((sum, child) => sum + child.getBoundingClientRect().width, 0)
          return root.getBoundingClientRect().width - inner
        }),
      )),
    )
  }
  expect(signs.length).toBeGreaterThan(2)
  // Without a font that has a MATH table the radical has no width and silently vanishes.
  for (const width of signs) expect(width).toBeGreaterThan(4)
})

test('downloads obey the same table: nobody else gets them', async ({ page }) => {
  const [room] = await rows<{ id: string; sittingId: string }>(
    `SELECT id, sitting_id AS "sittingId" FROM room WHERE name = 'Ruang Latihan'`,
  )
  const paths = {
    'laporan-xlsx': '',
    'laporan-csv': '',
    kartu: `?sesi=${room!.sittingId}`,
    'daftar-hadir': `?ruang=${room!.id}`,
    'berita-acara': `?ruang=${room!.id}`,
    templat: '',
    'butir-pdf': '?instrumen=KIM&kunci=ya',
  }
  const allowed: Record<string, string[]> = {
    disdikbud: ['laporan-xlsx', 'laporan-csv'],
    pengawas: ['daftar-hadir', 'berita-acara'],
    kepsek: [],
    guru: [],
    admin: [],
  }
  for (const [who, mine] of Object.entries(allowed)) {
    await page.context().clearCookies()
    await login(page, who)
    for (const [name, query] of Object.entries(paths))
      expect([who, name, (await page.request.get(`/api/exports/${name}${query}`)).status()]).toEqual([
        who,
        name,
        mine.includes(name) ? 200 : 403,
      ])
  }
})

test('shows a right card in the practice room only to its own teacher', async ({ page }) => {
  await page.goto('/masuk')
  await page.getByLabel('Nomor peserta').fill(card(11).number)
  await page.getByLabel('Kode kartu').fill(card(12).code)
  await page.getByRole('button', { name: 'Masuk', exact: true }).click()
  await expect(page.getByText('Nomor peserta atau kode kartu tidak cocok.')).toBeVisible()
})
