import { expect, test } from '@playwright/test'
import { LAPTOP, PHONE, as, invite, loginToDay, next, openFolds, openPart, rows, testDay, tick } from './world'

/** An extended response from a teacher's phone over its raters' phones to the score. */
test('a teacher’s own words are judged by two raters who do not see each other, and by a third where they differ', async ({ browser }) => {
  const WRITER = 17
  const ITEM = 'PED-053'
  const words = 'Saya minta murid mencampur sirup dengan dua cara, lalu membandingkan rasanya.'
  // A form with one extended item, as an office has frozen it.
  const [form] = await rows<{ id: string }>(
    `INSERT INTO form (id, instrument_id, code, label, sha256, frozen_at)
     SELECT '01990278-0000-7000-8000-00000000f201', n.id, 'PED-U', 'A', 'uraian', now() FROM instrument n WHERE n.code = 'PED' RETURNING id`,
  )
  await rows(
    `INSERT INTO form_item (form_id, position, item_version_id) SELECT $1, row_number() OVER (ORDER BY i.code), v.id FROM item i
       JOIN LATERAL (SELECT id FROM item_version WHERE item_id = i.id ORDER BY version DESC LIMIT 1) v ON true WHERE i.code = ANY($2)`,
    [form!.id, ['PED-001', ITEM]],
  )
  const admin = await as(browser, 'admin', LAPTOP)
  for (const n of [1, 2, 3]) await invite(admin, `Penilai ${n}`, `penilai${n}`, 'pakar')
  const office = await as(browser, 'bgtk', LAPTOP)
  const day = await testDay(office, WRITER, '1', 'PED')

  // The words are written on a phone; the pause after typing puts them into the journal.
  const context = await browser.newContext({ viewport: PHONE })
  const teacher = await context.newPage()
  await loginToDay(teacher, day)
  await openPart(teacher, 'Pedagogik')
  for (let i = 0; i < 2; i++) {
    const shown = teacher.getByTestId('item')
    await shown.locator('input, textarea').first().waitFor()
    if (await shown.locator('textarea').isVisible()) {
      await shown.getByLabel('Jawaban Anda').fill(words)
      await expect(shown.getByText('Tercatat di perangkat ini')).toBeVisible()
    } else {
      await shown.locator('input').first().click()
      await shown.locator('input:checked').first().waitFor()
    }
    if (i === 0) await next(teacher)
  }
  await teacher.getByRole('button', { name: 'Periksa' }).click()
  await teacher.getByRole('button', { name: 'Selesai dan serahkan' }).click()
  await teacher.getByRole('button', { name: 'Ya, serahkan' }).click()
  await teacher.getByRole('link', { name: 'Lihat hasil' }).click()
  await expect(teacher.getByText('Uraian masih dinilai').first()).toBeVisible()
  await openFolds(teacher)
  await expect(teacher.getByText('1 jawaban uraian masih dinilai dua penilai')).toBeVisible()
  await expect(teacher.getByText(/dari 1 butir/).first()).toBeVisible()

  await office.goto('/bgtk/instrumen/PED')
  await office.getByRole('link', { name: 'Penilaian uraian' }).click()
  for (const name of ['Penilai 1', 'Penilai 2', 'Penilai 3']) {
    await office.getByLabel('Pakar', { exact: true }).selectOption({ label: name })
    await office.getByRole('button', { name: 'Jadikan penilai' }).click()
    await expect(office.getByRole('form', { name: `Akhiri tugas ${name}` })).toBeVisible()
  }

  await tick('collect-responses')
  const judge = async (who: string, levels: string[]) => {
    const page = await as(browser, who, PHONE)
    const link = page.getByRole('link', { name: new RegExp(`^Nilai uraian ${ITEM}`) })
    // The clock puts a response into the queue within a minute of its attempt's end.
    await expect(async () => {
      await page.goto('/pakar')
      await expect(link).toBeVisible({ timeout: 1_000 })
    }).toPass()
    await link.click()
    await page.getByRole('button', { name: 'Mulai menilai' }).click()
    await expect(page.getByTestId('response')).toHaveText(words)
    for (const hidden of [day.number, 'Penilai 1', 'SMA']) await expect(page.locator('main').getByText(hidden)).toHaveCount(0)
    const groups = page.getByRole('form', { name: 'Penilaian' }).locator('fieldset')
    for (let i = 0; i < levels.length; i++) await groups.nth(i).getByRole('radio').nth(Number(levels[i])).check()
    await page.getByRole('button', { name: 'Simpan dan lanjut' }).click()
    await expect(page.getByText('Penilaian tersimpan.')).toBeVisible()
    await page.context().close()
  }
  const state = async () =>
    (await rows<{ state: string; share: number | null }>(`SELECT state, share FROM rated_response WHERE text = $1`, [words]))[0]
  await judge('penilai1', ['0', '0', '0'])
  await judge('penilai2', ['2', '2', '1'])
  expect(await state()).toEqual({ state: 'disputed', share: null })
  await judge('penilai3', ['2', '1', '1'])
  expect(await state()).toEqual({ state: 'resolved', share: 0.6 })

  // The job clock takes the score up by itself: what was judged is collected, then what is new is scored.
  await expect(async () => {
    for (const job of ['collect-responses', 'score-waiting']) await tick(job)
    await teacher.reload()
    await openFolds(teacher)
    await expect(teacher.getByText(/dari 2 butir/).first()).toBeVisible({ timeout: 1_000 })
  }).toPass()
  await expect(teacher.getByText('masih dinilai dua penilai')).toHaveCount(0)
  await office.reload()
  await expect(office.getByText(/1 \(1 oleh tiga\)/).first()).toBeVisible()
})
