import * as XLSX from '@e965/xlsx'
import AxeBuilder from '@axe-core/playwright'
import { expect, test, type Page } from '@playwright/test'
import { LAPTOP, PHONE, as, rows } from './world'

/** Files from outside on the two screens where an office decides about them, on a phone and on a desktop. */
const clean = async (page: Page) =>
  expect((await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze()).violations).toEqual(
    [],
  )
/** Nothing reaches beyond the right edge of the screen. */
const fits = async (page: Page) =>
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0)

function workbook(sheets: Record<string, string[][]>): Buffer {
  const book = XLSX.utils.book_new()
  for (const [name, cells] of Object.entries(sheets)) XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet(cells), name)
  return XLSX.write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer
}

test('the office chooses a sheet, names a column and says which school is meant, and is not asked again by the next file', async ({
  browser,
}) => {
  const [school] = await rows<{ name: string; region: string; id: string }>(
    `SELECT s.name, r.name AS region, s.id FROM school s JOIN region r ON r.id = s.region_id WHERE s.name ~ '^SMAN [0-9]+ ' ORDER BY s.name LIMIT 1`,
  )
  const long = school!.name.replace(/^SMAN/, 'SMA Negeri')
  const head = ['No', 'Nama', 'Kode Unik Guru', 'Mapel', 'Nama Sekolah', 'Kabupaten/Kota']
  const row = (n: number, name: string, nuptk: string) => [String(n), name, nuptk, 'Kimia', long, school!.region]
  const first = workbook({
    'Guru 2026': [head, row(1, 'Wiwik Handayani', '4456761662300032'), row(2, 'Rendra Kusuma', '6335764665300113'), ['', 'Jumlah', '2']],
    'Guru 2024': [head, row(1, 'Tutik Lestari', '8549769671110063')],
  })
  const office = await as(browser, 'bgtk', PHONE)
  const upload = async (name: string, buffer: Buffer) => {
    await office.goto('/bgtk/peserta/impor')
    await office
      .getByLabel('Berkas .xlsx, .xls, .ods, atau .csv')
      .setInputFiles({ name, mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', buffer })
    await office.getByRole('button', { name: 'Periksa berkas' }).click()
    await expect(office.getByRole('heading', { name })).toBeVisible()
  }
  await upload('guru-pertama.xlsx', first)
  const decide = office.getByRole('form', { name: 'Putusan tentang berkas ini' })
  await expect(decide.getByText('Impor menunggu pilihan Anda.')).toBeVisible()
  await expect(office.getByRole('button', { name: /^Impor \d+ guru$/ })).toHaveCount(0)
  await fits(office)
  await clean(office)

  // One sheet, the column without a name that we know, the school.
  await decide.getByLabel('Guru 2024 (1 guru)').uncheck()
  await decide.getByLabel('Guru 2026 (2 guru)').check()
  await decide.getByText(/Cocokkan \d+ kolom/).click()
  await decide.getByLabel('Kode Unik Guru').selectOption({ label: 'NUPTK' })
  const question = decide.getByLabel(new RegExp(`"${long}" belum terdaftar.*Apakah sekolah yang sama`))
  await question.selectOption({ index: 1 })
  await expect(question.locator('option:checked')).toContainText(school!.name)
  await decide.getByRole('button', { name: 'Simpan pilihan dan periksa ulang' }).click()
  await expect(office.getByRole('button', { name: 'Impor 2 guru' })).toBeVisible()
  await expect(office.getByText(/Kolom yang dibaca:.*Kode Unik Guru/)).toBeVisible()
  await office.getByText('2 baris bukan guru dan tidak diimpor').click()
  await expect(office.getByText(/\(jumlah\): Jumlah/)).toBeVisible()
  await expect(office.getByText('sekolah baru akan didaftarkan')).toHaveCount(0)
  await office.getByRole('button', { name: 'Impor 2 guru' }).click()
  await expect(office.getByText(/Diimpor /)).toBeVisible()
  const taught = await rows<{ nuptk: string }>(
    `SELECT n.value AS nuptk FROM teacher t JOIN teacher_identifier n ON n.teacher_id = t.id AND n.scheme = 'NUPTK' WHERE t.school_id = $1 AND t.name IN ('Wiwik Handayani', 'Rendra Kusuma') ORDER BY n.value`,
    [school!.id],
  )
  expect(taught.map((t) => t.nuptk)).toEqual(['4456761662300032', '6335764665300113'])

  // The next file: the header and the school are known, and so nothing waits.
  await upload('guru-kedua.xlsx', workbook({ Daftar: [head, row(1, 'Bayu Aji Nugroho', '8549769671110063')] }))
  await expect(office.getByRole('button', { name: 'Impor 1 guru' })).toBeVisible()
  await expect(office.getByText('Semua pertanyaan sudah dijawab')).toBeVisible()
  await office.setViewportSize(LAPTOP)
  await fits(office)
  await clean(office)
})

const question = (name: string, stem: string, option: string) =>
  `<question type="multichoice"><name><text>${name}</text></name><questiontext format="html"><text><![CDATA[${stem}]]></text></questiontext><single>true</single><answer fraction="100"><text><![CDATA[${option}]]></text></answer><answer fraction="0"><text>lain</text></answer></question>`
const FILE = `<?xml version="1.0"?><quiz>${[
  question('utuh', '<p>Ibu kota Provinsi Lampung adalah ….</p>', 'Bandar Lampung'),
  question('merah', '<p>Kata yang <span style="color:#c00000">bercetak merah</span> berarti ….</p>', 'satu'),
  question('biru', '<p>Kata yang <span style="color:#0000c0">bercetak biru</span> berarti ….</p>', 'dua'),
  question('coret', '<p>Kata yang <s>dicoret</s> berarti ….</p>', 'tiga'),
].join('')}</quiz>`

test('an item stands as a participant would see it beside its source, and losses are taken one by one or all of a kind', async ({
  browser,
}) => {
  const office = await as(browser, 'bgtk', PHONE)

  await office.goto('/bgtk/instrumen/MTK/impor')
  await office.getByLabel('Berkas soal').setInputFiles({ name: 'soal.xml', mimeType: 'text/xml', buffer: Buffer.from(FILE) })
  await office.getByRole('button', { name: 'Periksa dahulu' }).click()
  await expect(office.getByText('1 utuh · 3 ada yang hilang · 0 ditolak')).toBeVisible()
  const item = (n: number) => office.getByTestId('impor-butir').nth(n)
  const source = (n: number) => item(n).getByRole('region', { name: /di berkas$/ })
  await expect(source(0).locator('mark')).toHaveCount(0)
  await expect(source(1).locator('mark')).toHaveText(/^bercetak merah/)
  await expect(item(1).getByText('Warna huruf pada “bercetak merah” tidak ikut.')).toBeVisible()
  await expect(item(1).getByRole('region', { name: /di layar peserta$/ })).toContainText('Kata yang bercetak merah berarti')
  await expect(item(0).getByText('Bandar Lampung').first()).toBeVisible()
  await fits(office)
  await clean(office)

  // All of a kind, then the last one by itself.
  await office.getByLabel(/^Terima semua \(2\):/).check()
  await expect(item(1)).toContainText('semua diterima')
  await expect(item(2)).toContainText('semua diterima')
  await expect(item(3)).toContainText('1 belum diterima')
  await office.getByRole('button', { name: 'Impor sebagai draf' }).click()
  await expect(item(3)).toContainText('Menunggu: 1 kehilangan belum diterima')
  for (const n of [0, 1, 2]) await expect(item(n)).toContainText('Draf baru')

  await office.getByRole('button', { name: 'Periksa dahulu' }).click()
  await item(3)
    .getByLabel(/Garis coret/)
    .check()
  await expect(item(3)).toContainText('semua diterima')
  await office.setViewportSize(LAPTOP)
  await fits(office)
  await clean(office)
})
