import { expect, test } from '@playwright/test'
import { loginByForm, rows } from './world'

/** The record of a teacher as the office keeps it. */
test.use({ viewport: { width: 1280, height: 800 } })

test('the office finds a teacher by a name spelled otherwise, puts a field right, and makes two records of her one', async ({ page }) => {
  const [twin] = await rows<{ id: string; name: string; school: string }>(
    `SELECT t.id, t.name, s.name AS school FROM teacher t JOIN school s ON s.id = t.school_id WHERE t.erased_at IS NULL
        AND (SELECT count(*) FROM teacher o WHERE o.name = t.name) = 1 ORDER BY t.id LIMIT 1`,
  )
  await rows(
    `INSERT INTO teacher (id, name, title, school_id, subject_id, simulated) SELECT '01990278-0000-7000-8000-00000000f201', name || 'h', title, school_id, subject_id, simulated FROM teacher WHERE id = $1`,
    [twin!.id],
  )
  await loginByForm(page, 'bgtk')
  await page.goto(`/bgtk/peserta?${new URLSearchParams({ q: `${twin!.name}h` })}`)
  await page.getByRole('link', { name: `${twin!.name}h`, exact: true }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText(`${twin!.name}h`)

  await page.getByRole('link', { name: 'Betulkan Nomor HP' }).click()
  const form = page.getByRole('form', { name: 'Betulkan Nomor HP' })
  await form.getByLabel('Nomor HP yang benar').fill('+62 812-3456-7890')
  await form.getByLabel('Dasar pembetulan').fill('Telepon balik')
  await form.getByRole('button', { name: 'Simpan' }).click()
  await expect(page.getByText('Nomor HP: belum diisi → 081234567890')).toBeVisible()

  await page.getByRole('link', { name: 'Gabungkan dengan catatan lain' }).click()
  await page
    .getByRole('link', { name: `Bandingkan dengan ${twin!.name}` })
    .first()
    .click()
  await page.getByRole('link', { name: 'Tukar: yang tetap menjadi yang dilebur' }).click()
  await page.waitForURL(`**/data-guru/${twin!.id}/gabung**`)
  await page.getByLabel('Dasar: bagaimana Anda tahu ini orang yang sama').fill('Kata operator sekolah')
  await page.getByRole('button', { name: 'Gabungkan', exact: true }).click()
  await page.getByRole('button', { name: 'Ya, gabungkan' }).click()
  await page.waitForURL(`**/data-guru/${twin!.id}`)
  await expect(page.getByText('Catatan ganda digabungkan')).toBeVisible()
  await page.goto('/data-guru/01990278-0000-7000-8000-00000000f201')
  await expect(page).toHaveURL(new RegExp(twin!.id))
})
