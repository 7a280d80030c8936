import AxeBuilder from '@axe-core/playwright'
import { expect, test, type Page } from '@playwright/test'
import sharp from 'sharp'
import { itemTypes } from '@/lib/items/model'
import { as, login, networkAway, PHONE, rows } from './world'

/** Experts write items by form: with a finger and with keys, and neither a reload nor a network that is away takes anything from them. */
const asked = () =>
  rows(
    `INSERT INTO item_task (id, instrument_id, user_id, kind, count, note, created_at)
     SELECT gen_random_uuid(), n.id, u.id, 'write', 9, '', now() FROM instrument n, user_account u
      WHERE n.code = 'MTK' AND u.email = 'pakar@contoh.id'
        AND NOT EXISTS (SELECT 1 FROM item_task t WHERE t.kind = 'write' AND t.user_id = u.id AND t.instrument_id = n.id AND t.done_at IS NULL)`,
  )

/** A new item of a type, with its question. */
async function begin(page: Page, type: string, stem: string): Promise<void> {
  await page.goto('/pakar/tulis/MTK')
  await page.waitForFunction(() => [...document.forms].some((f) => f.noValidate))
  await page.getByLabel('Jenis butir').selectOption(type)
  await page.getByLabel('Soal', { exact: true }).fill(stem)
}
const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true })
const kept = (page: Page) => expect(page.getByText(/^Tersimpan di perangkat ini, pukul .*; belum dikirim\.$/)).toBeVisible()

/** The page once more, with what was written put in again. */
async function again(page: Page): Promise<void> {
  await kept(page)
  page.once('dialog', (d) => void d.accept())
  await page.reload()
  await expect(page.getByText('ada lagi di sini; belum terkirim', { exact: false })).toBeVisible()
}

/** Sends it, and answers what the server made of it. */
async function save(page: Page): Promise<{ content: Record<string, unknown>; scoring: Record<string, unknown> }> {
  await page.getByLabel('Pembahasan').fill('Kuncinya mengikuti definisi yang dibahas pada modul.')
  await page.getByRole('button', { name: 'Simpan draf' }).click()
  await page.waitForURL(/\/pakar\/butir\//)
  const code = decodeURIComponent(page.url().split('/').at(-1)!)
  const [item] = await rows<{ content: Record<string, unknown>; scoring: Record<string, unknown> }>(
    `SELECT v.content, v.scoring FROM item i JOIN item_version v ON v.item_id = i.id WHERE i.code = $1 ORDER BY v.version DESC LIMIT 1`,
    [code],
  )
  expect(await page.evaluate(() => Object.keys({ ...localStorage }).filter((k) => k.startsWith('petaguru.isian.')))).toEqual([])
  return item!
}
const texts = (options: unknown) => (options as { body: { v?: string; t: string }[] }[]).map((o) => o.body.map((n) => n.v ?? n.t).join(''))

test('a multiple choice is written on a phone without any notation, survives a reload, and says where its key is missing', async ({
  browser,
}) => {
  await asked()
  const page = await as(browser, 'pakar', PHONE)
  await begin(page, 'single', 'Berapa hasil dari 2 + 1?')
  await field(page, 'Opsi A').fill('2')
  await page.keyboard.press('Enter')
  await expect(field(page, 'Opsi B')).toBeFocused()
  await page.keyboard.type('3')
  await field(page, 'Opsi C').click()
  // The palette serves the field in which the cursor is, and the formula is seen below it.
  await page.getByRole('button', { name: 'Sisipkan akar' }).click()
  await page.keyboard.type('10')
  await expect(field(page, 'Opsi C')).toHaveValue('$\\sqrt{10}$')
  await expect(page.getByTestId('glimpse').locator('math')).toBeVisible()

  await page.getByLabel('Pembahasan').fill('Satu ditambah dua.')
  await page.getByRole('button', { name: 'Simpan draf' }).click()
  await expect(page.getByText('Belum ada opsi yang ditandai sebagai kunci.').first()).toBeVisible()
  await expect(page.getByRole('radio', { name: 'Opsi A adalah kunci' })).toBeFocused()
  await page.getByRole('radio', { name: 'Opsi B adalah kunci' }).check()

  await again(page)
  for (const [name, text] of [
    ['Opsi A', '2'],
    ['Opsi B', '3'],
    ['Opsi C', '$\\sqrt{10}$'],
  ] as const)
    await expect(field(page, name)).toHaveValue(text)
  await expect(page.getByRole('radio', { name: 'Opsi B adalah kunci' })).toBeChecked()
  await expect(page.getByTestId('preview').getByRole('radio')).toHaveCount(3)

  // The lines and the form say the same, whichever is written.
  await page.getByText('Tulis sebagai baris').click()
  await expect(page.getByLabel('Pilihan dan kunci', { exact: true })).toHaveValue('2\n* 3\n$\\sqrt{10}$\n')
  await page.getByLabel('Pilihan dan kunci', { exact: true }).fill('2\n* tiga\n$\\sqrt{10}$')
  await expect(field(page, 'Opsi B')).toHaveValue('tiga')

  const item = await save(page)
  expect(texts(item.content['options'])).toEqual(['2', 'tiga', 'math'])
  expect(item.scoring).toEqual({ type: 'single', key: 'B' })
  await page.context().close()
})

test('steps are written and put in order by keys alone', async ({ browser }) => {
  await asked()
  const page = await as(browser, 'pakar', PHONE)
  await begin(page, 'ordering', 'Urutkan tahap hidup kupu-kupu.')
  await field(page, 'Langkah 1').focus()
  for (const step of ['ulat', 'telur', 'kepompong', 'kupu-kupu']) {
    await page.keyboard.type(step)
    await page.keyboard.press('Enter')
  }
  await expect(field(page, 'Langkah 5')).toBeFocused()
  await page.getByRole('button', { name: 'Naikkan langkah 2' }).focus()
  await page.keyboard.press('Enter')
  await expect(field(page, 'Langkah 1')).toHaveValue('telur')
  await expect(page.getByRole('button', { name: 'Naikkan langkah 1' })).toBeFocused()
  await expect(page.getByText('Dipindahkan ke tempat 1 dari 5.')).toBeAttached()
  await again(page)
  await expect(field(page, 'Langkah 2')).toHaveValue('ulat')
  const { content, scoring } = await save(page)
  const words = new Map((content['options'] as { id: string }[]).map((o, i) => [o.id, texts(content['options'])[i]]))
  expect((scoring['order'] as string[]).map((id) => words.get(id))).toEqual(['telur', 'ulat', 'kepompong', 'kupu-kupu'])
  await page.context().close()
})

test('pairs are written side by side with one that has no partner, while the network is away', async ({ browser }) => {
  await asked()
  const page = await as(browser, 'pakar', PHONE)
  await begin(page, 'matching', 'Pasangkan bangun dengan banyaknya sisi.')
  await networkAway(page)
  const pairs = [
    ['segitiga', 'tiga sisi'],
    ['segi lima', 'lima sisi'],
    ['persegi', 'empat sisi'],
  ]
  for (const [i, [left, right]] of pairs.entries()) {
    await field(page, `Kiri ${i + 1}`).fill(left!)
    await field(page, `Kanan ${i + 1}`).fill(right!)
  }
  await page.getByRole('button', { name: 'Tambah pengecoh' }).click()
  await field(page, 'Pengecoh 1').fill('enam sisi')
  await kept(page)
  await page.context().setOffline(false)
  await again(page)
  await expect(page.getByTestId('preview').getByRole('button', { name: /segi lima/ })).toBeVisible()
  const { content, scoring } = await save(page)
  const left = new Map((content['premises'] as { id: string }[]).map((o, i) => [o.id, texts(content['premises'])[i]]))
  const right = new Map((content['choices'] as { id: string }[]).map((o, i) => [o.id, texts(content['choices'])[i]]))
  const made = (scoring['keys'] as string[]).map((k) => k.split('-')).map(([l, r]) => [left.get(l!), right.get(r!)])
  expect(made).toEqual(pairs)
  expect([...right.values()]).toContain('enam sisi')
  await page.context().close()
})

test('places are drawn on a picture, one with a finger’s stroke and one by button and numbers', async ({ browser }) => {
  await asked()
  const picture = await sharp({ create: { width: 400, height: 300, channels: 3, background: '#2f6f4f' } })
    .png()
    .toBuffer()
  const page = await as(browser, 'pakar', PHONE)
  await begin(page, 'hotspot', 'Tunjukkan bagian kiri atas bidang itu.')
  await page.getByLabel('Teks alternatif gambar').fill('Sebuah bidang berwarna hijau.')
  await page.getByLabel('Berkas gambar', { exact: true }).setInputFiles({ name: 'bidang.png', mimeType: 'image/png', buffer: picture })
  await page.getByRole('button', { name: 'Unggah gambar' }).click()
  const board = page.getByTestId('papan-gambar')
  await expect(board).toBeVisible()
  await board.scrollIntoViewIfNeeded()
  const box = (await board.boundingBox())!
  const at = (x: number, y: number) => [box.x + (box.width * x) / 100, box.y + (box.height * y) / 100] as const
  await page.mouse.move(...at(5, 5))
  await page.mouse.down()
  await page.mouse.move(...at(20, 20))
  await page.mouse.move(...at(40, 40))
  await page.mouse.up()
  await page.getByRole('checkbox', { name: 'Tempat A adalah kunci' }).check()

  await page.getByRole('button', { name: 'Tambah kotak di tengah' }).focus()
  await page.keyboard.press('Enter')
  await page.getByLabel('B: kanan, dalam piksel').fill('390')
  await field(page, 'Nama tempat B').fill('tengah')
  await again(page)
  await expect(page.getByLabel('B: kanan, dalam piksel')).toHaveValue('390')
  await expect(page.getByTestId('preview').getByRole('button', { name: 'B. tengah' })).toBeVisible()
  const { content, scoring } = await save(page)
  const [a, b] = content['spots'] as { id: string; at: number[]; shape: string }[]
  expect(content).toMatchObject({ width: 400, height: 300, alt: 'Sebuah bidang berwarna hijau.', most: 1 })
  expect([a!.id, a!.shape, b!.id, b!.at[2]]).toEqual(['A', 'rect', 'B', 390])
  // A stroke of a finger is no ruler: within two per cent of where it went.
  for (const [i, wanted] of [20, 15, 160, 120].entries()) expect(Math.abs(a!.at[i]! - wanted)).toBeLessThanOrEqual(8)
  expect(scoring['keys']).toEqual(['A'])
  await page.context().close()
})

test('the form of every type passes axe and fits a phone, and its targets a thumb', async ({ browser }) => {
  const page = await as(browser, 'bgtk', PHONE)
  await page.goto('/bgtk/instrumen/MTK/tulis')
  await page.waitForFunction(() => [...document.forms].some((f) => f.noValidate))
  for (const type of itemTypes) {
    await page.getByLabel('Jenis butir').selectOption(type)
    await expect(page.getByRole('group', { name: /^Pilihan dan kunci:/ })).toBeVisible()
    const seen = await page.evaluate(() => ({
      over: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      small: [
        ...document.querySelectorAll('form[aria-label=Butir] :is(button, summary, select, textarea, input[type=text], input:not([type]))'),
      ]
        .map((e) => ({ name: e.getAttribute('aria-label') ?? e.textContent ?? e.id, box: e.getBoundingClientRect() }))
        .filter(({ box }) => box.width > 2 && Math.min(box.height, box.width) < 43.5)
        .map(({ name, box }) => `${name.slice(0, 30)} ${Math.round(box.width)} × ${Math.round(box.height)}`),
    }))
    expect([type, seen]).toEqual([type, { over: 0, small: [] }])
    const found = await new AxeBuilder({ page })
      .setLegacyMode(true)
      .options({ resultTypes: ['violations'] })
      .analyze()
    expect([type, found.violations.map((v) => `${v.id}: ${v.nodes[0]?.target.join(' ')}`)]).toEqual([type, []])
  }
  await page.context().close()
})

test('without a script the lines are the form, as before', async ({ browser }) => {
  await asked()
  const context = await browser.newContext({ viewport: PHONE, javaScriptEnabled: false })
  const page = await context.newPage()
  await login(page, 'pakar')
  await page.goto('/pakar/tulis/MTK')
  await page.getByLabel('Soal', { exact: true }).fill('Manakah bilangan prima?')
  await page.getByLabel('Pilihan dan kunci', { exact: true }).fill('4\n* 7\n9')
  await page.getByLabel('Pembahasan').fill('Tujuh hanya habis dibagi satu dan dirinya.')
  await page.getByRole('button', { name: 'Simpan draf' }).click()
  await page.waitForURL(/\/pakar\/butir\//)
  await expect(page.getByText('Manakah bilangan prima?').first()).toBeVisible()
  await context.close()
})
