import { expect, test } from '@playwright/test'
import sharp from 'sharp'
import { as, download, invite, LAPTOP, loginToDay, next, openPart, PHONE, rows, testDay } from './world'

/** An item's whole way: asked for, written with a formula and a picture, reviewed, validated, approved, assembled, frozen, delivered, scored. */
const CARD = 31

/** A photograph as a phone writes it, with its owner's name in it. */
const photograph = () =>
  sharp({ create: { width: 400, height: 300, channels: 3, background: '#2f6f4f' } })
    .withExif({ IFD0: { Copyright: 'RahasiaPemilik' } })
    .jpeg()
    .toBuffer()

test('an expert’s item goes from the invitation to a teacher’s score', async ({ browser }) => {
  const [seat] = await rows<{ code: string; teacher: string }>(
    `SELECT n.code, t.id AS teacher FROM seat s JOIN sitting y ON y.id = s.sitting_id JOIN cycle c ON c.id = y.cycle_id JOIN teacher t ON t.id = s.teacher_id
       JOIN instrument n ON n.subject_id = t.subject_id WHERE c.code = 'LAT' AND s.participant_number = $1`,
    [`LAT-${String(CARD).padStart(5, '0')}`],
  )
  const code = seat!.code

  const admin = await as(browser, 'admin', LAPTOP)
  await invite(admin, 'Penelaah Sejawat', 'penelaah', 'pakar')
  for (const n of [1, 2, 3, 4, 5]) await invite(admin, `Ahli ${n}`, `ahli${n}`, 'pakar')
  await invite(admin, 'Orang Kedua', 'kedua', 'bgtk')

  // The office says what forms need, and asks somebody to write for it.
  const office = await as(browser, 'bgtk', LAPTOP)
  await office.goto(`/bgtk/instrumen/${code}/kisi-kisi`)
  await office.getByLabel('Butir setiap formulir').fill('4')
  await office.getByLabel('Level, baris 1').selectOption('L3')
  await office.getByLabel('Banyak butir, baris 1').fill('1')
  await office.getByRole('button', { name: 'Simpan kisi-kisi' }).click()
  await expect(office.getByText('Kisi-kisi tersimpan sebagai versi baru.')).toBeVisible()
  await office.goto(`/bgtk/instrumen/${code}`)
  await office.getByText('Minta seseorang menulis butir').click()
  const [expert] = await rows<{ name: string }>(`SELECT name FROM user_account WHERE email = 'pakar@contoh.id'`)
  await office.getByLabel('Penulis').selectOption({ label: expert!.name })
  await office.getByLabel('Banyak butir').fill('1')
  await office.getByRole('button', { name: 'Beri tugas' }).click()
  await expect(office.getByText('Tugas sudah diberikan')).toBeVisible()

  const picture = await photograph()
  expect(picture.toString('latin1')).toContain('RahasiaPemilik')
  // The writer, on a laptop: a formula, a picture, and the phone beside it.
  const writer = await as(browser, 'pakar', LAPTOP)
  await writer.goto('/pakar')
  await writer.getByRole('link', { name: /^Tulis 1 butir/ }).click()
  await writer.getByLabel('Level kognitif').selectOption('L3')
  await writer.getByLabel('Soal', { exact: true }).fill('Perhatikan gambar, lalu tentukan nilai $\\sqrt{2x + 3}$ untuk $x = 3$.')
  await writer.getByText('Gambar atau suara').click()
  await writer.getByLabel('Berkas gambar atau suara').setInputFiles({ name: 'foto.jpg', mimeType: 'image/jpeg', buffer: picture })
  await writer.getByRole('button', { name: 'Unggah dan sisipkan' }).click()
  await expect(writer.getByText('Tulis teks alternatif dahulu')).toBeVisible()
  await writer.getByLabel('Teks alternatif').fill('Kotak kecil berwarna.')
  await writer.getByRole('button', { name: 'Unggah dan sisipkan' }).click()
  await expect(writer.getByText(/Tersimpan, .* KB/)).toBeVisible()
  for (const [i, option] of ['2', '2,5', '3', '9'].entries())
    await writer.getByRole('textbox', { name: `Opsi ${'ABCD'[i]}`, exact: true }).fill(option)
  await writer.getByRole('radio', { name: 'Opsi C adalah kunci' }).check()
  await writer.getByLabel('Pembahasan').fill('Untuk x = 3 nilai di bawah akar adalah 9, dan akarnya 3; 9 lupa menarik akar.')
  const phone = writer.getByTestId('preview')
  await expect(phone.locator('math').first()).toBeVisible()
  await expect(phone.getByRole('img', { name: 'Kotak kecil berwarna.' })).toBeVisible()
  await expect(writer.getByText('Tidak ada catatan otomatis.')).toBeVisible()
  await writer.getByRole('button', { name: 'Simpan draf' }).click()
  await writer.waitForURL(/\/pakar\/butir\//)
  const item = decodeURIComponent(writer.url().split('/').at(-1)!)
  const [kept] = await rows<{ mime: string; text: string }>(
    `SELECT m.mime, encode(m.bytes, 'escape') AS text FROM item i JOIN item_version v ON v.item_id = i.id JOIN item_media m ON v.content::text LIKE '%' || m.sha256 || '%' WHERE i.code = $1`,
    [item],
  )
  expect(kept!.mime).toBe('image/webp')
  expect(kept!.text).not.toContain('RahasiaPemilik')
  await writer.getByLabel('Alasan').fill('Siap ditelaah.')
  await writer.getByRole('button', { name: 'Ajukan ke telaah' }).click()
  await expect(writer.getByText('Telaah sejawat', { exact: true }).first()).toBeVisible()

  // A peer, on a phone, answers first and then sees the key.
  await office.goto(`/bgtk/instrumen/${code}/butir/${item}`)
  await office.getByLabel('Penelaah').selectOption({ label: 'Penelaah Sejawat' })
  await office.getByRole('button', { name: 'Minta telaah' }).click()
  await expect(office.getByText('Tugas sudah diberikan')).toBeVisible()
  const peer = await as(browser, 'penelaah', PHONE)
  await peer.goto('/pakar')
  await peer.getByRole('link', { name: new RegExp(`^Telaah ${item}`) }).click()
  await expect(peer.getByText('kunci', { exact: true })).toBeHidden()
  await peer.getByText('Jawab sendiri dahulu').click()
  await expect(peer.getByText('kunci', { exact: true })).toBeVisible()
  await peer.getByRole('radio', { name: /^Terima/ }).check()
  await peer.getByRole('button', { name: 'Simpan telaah' }).click()
  await expect(peer.getByText('Telaah Anda tersimpan').first()).toBeVisible()
  // Nobody sees what they were not asked for.
  expect((await peer.request.get(`/pakar/butir/${code}-001`)).status()).toBe(403)
  expect((await peer.request.get(`/pakar/tulis/${code}`)).status()).toBe(403)

  const move = async (label: string) => {
    await office.goto(`/bgtk/instrumen/${code}/butir/${item}`)
    await office.getByLabel('Alasan').fill('Sesuai berita acara.')
    await office.getByRole('button', { name: label }).click()
    await expect(office.getByText('Butir sudah dipindahkan.')).toBeVisible()
  }
  await move('Teruskan ke validasi ahli')
  await office.goto(`/bgtk/instrumen/${code}/butir/${item}`)
  await expect(office.getByText(/Setujui: .*belum cukup/)).toBeVisible()

  // Five experts are asked; without being asked they see nothing.
  await office.goto(`/bgtk/instrumen/${code}/validitas`)
  for (const n of [1, 2, 3, 4, 5]) {
    await office.getByLabel('Pakar', { exact: true }).selectOption({ label: `Ahli ${n}` })
    await office.getByRole('button', { name: 'Minta menilai relevansi' }).click()
    await expect(office.getByRole('form', { name: `Akhiri tugas Ahli ${n}` })).toBeVisible()
  }
  expect((await peer.request.get(`/pakar/validitas/${code}`)).status()).toBe(403)
  for (const n of [1, 2, 3, 4, 5]) {
    const rater = await as(browser, `ahli${n}`, PHONE)
    await rater.goto(`/pakar/validitas/${code}`)
    await expect(rater.getByText(item).first()).toBeVisible()
    await rater.getByRole('radio').nth(4).check()
    await rater
      .getByRole('button', { name: /Simpan/ })
      .first()
      .click()
    await expect
      .poll(
        async () =>
          (
            await rows(
              `SELECT 1 FROM expert_rating r JOIN item_version v ON v.id = r.item_version_id JOIN item i ON i.id = v.item_id WHERE i.code = $1`,
              [item],
            )
          ).length,
      )
      .toBe(n)
    await rater.context().close()
  }
  await move('Setujui')
  await office.goto(`/bgtk/instrumen/${code}/butir/${item}`)
  await expect(office.getByText(/V Aiken 1,00 dari 5 penilai/)).toBeVisible()

  // Assembled by the solver, frozen by a second person only.
  await office.goto(`/bgtk/instrumen/${code}/rakit`)
  await office.getByLabel('Banyak formulir setara').fill('1')
  await office.getByRole('button', { name: 'Rakit', exact: true }).click()
  await office.waitForURL(/\/rakit\/[0-9a-f-]{36}$/)
  await expect(office.getByText('Anda yang mengusulkan rakitan ini.')).toBeVisible()
  await office.getByText('Butir formulir A').first().click()
  if (!(await office.getByRole('cell', { name: item }).isVisible())) {
    await office.getByLabel('Ganti dengan').selectOption({
      index: await office
        .getByLabel('Ganti dengan')
        .locator('option')
        .evaluateAll((all, wanted) => all.findIndex((o) => o.textContent!.startsWith(wanted as string)), item),
    })
    await office.getByRole('button', { name: 'Tukar' }).click()
    await expect(office.getByText('Butir sudah ditukar.')).toBeVisible()
  }
  const second = await as(browser, 'kedua', LAPTOP)
  await second.goto(new URL(office.url()).pathname)
  await second.getByRole('button', { name: 'Sahkan dan bekukan' }).click()
  await second.getByRole('button', { name: 'Ya, bekukan' }).click()
  await expect(second.getByText('Formulir dibekukan', { exact: true })).toBeVisible()

  const day = await testDay(office, CARD, '4', code)

  // The book for paper is a click away.
  await office.goto('/bgtk/instrumen/KIM/impor')
  const book = await download(office, () => office.getByRole('button', { name: 'Unduh PDF' }).click())
  expect(book.name).toBe('buku-soal-kimia-semua-butir.pdf')

  // Delivered to a teacher's phone, and scored.
  const context = await browser.newContext({ viewport: PHONE })
  const teacher = await context.newPage()
  await loginToDay(teacher, day)
  await openPart(teacher, 'Profesional')
  let met = false
  for (let i = 0; i < 4; i++) {
    const shown = teacher.getByTestId('item')
    await shown.locator('input').first().waitFor()
    if (await shown.getByRole('img', { name: 'Kotak kecil berwarna.' }).isVisible()) {
      met = true
      await expect(shown.locator('math').first()).toBeVisible()
      // A choice is shown only when it is written, which may take longer than `check` waits.
      await shown.getByRole('radio', { name: '3', exact: true }).click()
      await shown.locator('input:checked').waitFor()
    } else {
      for (const group of await shown.locator('fieldset').all()) {
        await group.locator('input').first().click()
        await group.locator('input:checked').first().waitFor()
      }
    }
    if (i < 3) await next(teacher)
  }
  expect(met).toBe(true)
  await teacher.getByRole('button', { name: 'Periksa' }).click()
  await teacher.getByRole('button', { name: 'Selesai dan serahkan' }).click()
  await teacher.getByRole('button', { name: 'Ya, serahkan' }).click()
  await expect(teacher.getByText('sudah selesai dan tersimpan di server')).toBeVisible()
  const [scored] = await rows<{ value: string; percent: number }>(
    `SELECT r.value #>> '{}' AS value, (SELECT count(*)::int FROM score x WHERE x.attempt_id = a.id) AS percent
       FROM attempt a JOIN seat s ON s.id = a.seat_id JOIN response r ON r.attempt_id = a.id JOIN item_version v ON v.id = r.item_version_id JOIN item i ON i.id = v.item_id
      WHERE i.code = $1 AND s.teacher_id = $2`,
    [item, seat!.teacher],
  )
  expect(scored!.value).toBe('C')
  await expect
    .poll(
      async () =>
        (
          await rows<{ n: number }>(
            `SELECT count(*)::int AS n FROM score x JOIN attempt a ON a.id = x.attempt_id JOIN form_item f ON f.form_id = a.form_id JOIN item_version v ON v.id = f.item_version_id JOIN item i ON i.id = v.item_id WHERE i.code = $1`,
            [item],
          )
        )[0]!.n,
    )
    .toBeGreaterThan(0)
})

test('items to match, to order and to find words in are answered with the keyboard alone, and steps with a mouse too', async ({
  browser,
}) => {
  const office = await as(browser, 'bgtk', LAPTOP)
  await office.goto('/bgtk/instrumen/MTK/tulis')
  const phone = office.getByTestId('preview')
  const write = async (type: string, stem: string, lines: string) => {
    await office.getByLabel('Jenis butir').selectOption(type)
    await office.getByLabel('Soal', { exact: true }).fill(stem)
    await office.locator('details', { has: office.locator('#f-lines') }).evaluate((d) => ((d as HTMLDetailsElement).open = true))
    await office.getByLabel('Pilihan dan kunci', { exact: true }).fill(lines)
  }
  const press = async (name: string) => {
    await phone.getByRole('button', { name, exact: true }).focus()
    await office.keyboard.press('Enter')
  }

  await write('matching', 'Pasangkan.', 'segitiga => tiga sisi\nsegi lima => lima sisi\n=> enam sisi')
  await press('tiga sisi')
  await press('lima sisi')
  await expect(phone.getByText('belum dipasangkan')).toHaveCount(0)

  await write('ordering', 'Urutkan.', 'satu\ndua\ntiga')
  for (const step of ['tiga', 'satu', 'dua']) await press(step)
  const order = () => phone.getByRole('list', { name: 'Urutan Anda' }).getByRole('listitem')
  await expect(order()).toHaveText([/tiga/, /satu/, /dua/])
  await press('Naikkan langkah 2')
  await expect(order()).toHaveText([/satu/, /tiga/, /dua/])
  await order().nth(2).dragTo(order().nth(1))
  await expect(order()).toHaveText([/satu/, /dua/, /tiga/])
  await expect(phone.getByText('Semua langkah sudah diurutkan')).toBeVisible()

  await write('hottext', 'Ketuk kata kerja: Ibu [[A|memasak]] [[B|nasi]].', 'A')
  await press('memasak')
  await expect(phone.getByRole('button', { name: 'memasak' })).toHaveAttribute('aria-pressed', 'true')
  await office.context().close()
})
