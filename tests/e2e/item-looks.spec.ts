import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test, type Locator, type Page } from '@playwright/test'
import { build } from 'esbuild'
import { itemTypes } from '@/lib/items/model'
import { PLAYER_DIR } from '@/scripts/build-player'

/** The looks of every kind of item in the sheet of styles that participants get: what is measured here was once lost without a test turning red. */

/** The least height and width of what a thumb must hit, CSS px. Words in running text are exempt (WCAG 2.2, 2.5.8). */
const THUMB = 44

async function gallery(page: Page): Promise<void> {
  const made = await build({
    entryPoints: ['tests/e2e/item-gallery.tsx'],
    bundle: true,
    write: false,
    format: 'iife',
    jsx: 'automatic',
    alias: { '@': resolve('.') },
    define: { 'process.env.NODE_ENV': '"production"' },
  })
  const styles = readFileSync(join(PLAYER_DIR, 'page.css'), 'utf8')
  await page.setContent(
    `<!doctype html><html lang="id"><head><meta name="viewport" content="width=device-width,initial-scale=1"><style>${styles}</style></head><body><div id="peserta"></div></body></html>`,
  )
  await page.addScriptTag({ content: made.outputFiles[0]!.text })
  await page.locator('[data-kind="extended-some"]').waitFor()
}

type Look = {
  what: string
  width: number
  height: number
  border: number
  radius: number
  padding: number
  classes: string
  inText: boolean
}

/** What a thumb may touch in an item, as it is drawn: a label stands for the control in it. */
const looksOf = (item: Locator): Promise<Look[]> =>
  item.locator('button, select, textarea, input:not(label input), label:has(input)').evaluateAll((found) =>
    found.map((e) => {
      const style = getComputedStyle(e)
      const box = e.getBoundingClientRect()
      return {
        what: `${e.tagName.toLowerCase()} “${(e.getAttribute('aria-label') ?? e.textContent ?? '').trim().slice(0, 30)}”`,
        width: box.width,
        height: box.height,
        border: parseFloat(style.borderTopWidth),
        radius: parseFloat(style.borderTopLeftRadius),
        padding: parseFloat(style.paddingLeft),
        classes: e.className,
        inText: style.display === 'inline' || (e.tagName === 'BUTTON' && e.closest('p') !== null),
      }
    }),
  )

for (const [width, height] of [
  [360, 740],
  [1280, 800],
] as const)
  test(`every kind of item is drawn as something one can tap, at ${width} × ${height}`, async ({ page }, info) => {
    await page.setViewportSize({ width, height })
    await gallery(page)
    const kinds = await page.locator('[data-kind]').evaluateAll((all) => all.map((e) => (e as HTMLElement).dataset.kind!))
    expect(kinds).toEqual(expect.arrayContaining(itemTypes.flatMap((t) => [t, `${t}-some`])))
    for (const kind of kinds) {
      const item = page.locator(`[data-kind="${kind}"]`)
      const looks = await looksOf(item)
      if (!/^hotspot|^extended/.test(kind)) expect(looks.length, `${kind} offers something to tap`).toBeGreaterThan(0)
      for (const look of looks) {
        expect(look.classes, `${kind}: ${look.what} wears names of styles and nothing else`).not.toMatch(/=>|[;{}]|function|\[object/)
        if (look.inText) continue
        expect(look.height, `${kind}: height of ${look.what}`).toBeGreaterThanOrEqual(THUMB)
        expect(look.width, `${kind}: width of ${look.what}`).toBeGreaterThanOrEqual(THUMB)
        // A label around a plain field is words; everything else is a thing with an edge.
        if (/^label/.test(look.what) && look.border === 0) continue
        expect(look.border, `${kind}: edge of ${look.what}`).toBeGreaterThanOrEqual(1)
        expect(look.radius, `${kind}: corners of ${look.what}`).toBeGreaterThan(0)
      }
      const box = (await item.boundingBox())!
      const wide = await item.evaluate((e) => Math.max(...[e, ...e.querySelectorAll('*')].map((x) => x.getBoundingClientRect().right)))
      expect(wide, `${kind} stays on the screen`).toBeLessThanOrEqual(box.x + box.width + 0.5)
      await info.attach(`${kind}-${width}`, { body: await item.screenshot(), contentType: 'image/png' })
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
  })

test('in every kind of item what is answered looks different from what is not', async ({ page }) => {
  await gallery(page)
  for (const kind of itemTypes) {
    const untouched = page.locator(`[data-kind="${kind}"]`)
    const some = page.locator(`[data-kind="${kind}-some"]`)
    const picture = async (l: Locator) => (await l.screenshot()).toString('base64')
    expect(await picture(untouched), kind).not.toBe(await picture(some))
  }
})

test('the list of numbers tells answered, partly answered, empty and flagged apart, and names them before handing in', async ({
  page,
}, info) => {
  await gallery(page)
  await page.getByRole('button', { name: 'Periksa' }).click()
  const list = page.getByRole('dialog', { name: 'Daftar nomor' })
  const look = (state: string) =>
    list
      .locator(`[data-state="${state}"]`)
      .first()
      .evaluate((e) => {
        const s = getComputedStyle(e)
        return [s.backgroundColor, s.backgroundImage, s.borderStyle].join('|')
      })
  const looks = await Promise.all(['whole', 'partial', 'empty'].map(look))
  expect(new Set(looks).size).toBe(3)
  await expect(list.getByRole('button', { name: /terjawab sebagian: 1 dari 3/ }).first()).toBeVisible()
  await list.getByRole('button', { name: 'Selesai dan serahkan' }).click()
  const asked = list.getByRole('alert')
  await expect(asked).toContainText('3 nomor masih kosong, 4 terjawab sebagian')
  await expect(asked).toContainText(/Masih kosong: nomor 4, 8, 12\./)
  await expect(asked).toContainText(/Terjawab sebagian: nomor 3, 6, 7, 10\./)
  await expect(asked).toContainText(/Ditandai: nomor 1, 6, 11\./)
  await expect(list.getByRole('button', { name: 'Buka nomor 4 dahulu' })).toBeVisible()
  await info.attach('daftar-nomor', { body: await page.screenshot(), contentType: 'image/png' })
})

test('a slider has no value until it is touched; keys, buttons and a tap in its middle give it one, and it can be emptied again', async ({
  page,
}) => {
  await page.setViewportSize({ width: 360, height: 740 })
  await gallery(page)
  const item = page.locator('[data-kind="slider"]')
  const line = item.getByRole('slider', { name: 'Jawaban Anda' })
  const said = item.getByRole('status')
  await expect(said).toHaveText('Belum dijawab')
  await expect(line).toHaveAttribute('aria-valuetext', 'Belum dijawab')
  await line.focus()
  await page.keyboard.press('ArrowRight')
  await expect(said).toHaveText('105 °C')
  await item.getByRole('button', { name: 'Kurangi satu langkah' }).click()
  await expect(line).toHaveAttribute('aria-valuetext', '100 °C')
  await item.getByRole('button', { name: 'Kosongkan jawaban' }).click()
  await expect(said).toHaveText('Belum dijawab')
  // The middle is where the thumb stands already: a tap there moves nothing, and still is an answer.
  await line.click()
  await expect(said).toHaveText('100 °C')
  await page.keyboard.press('End')
  await expect(said).toHaveText('200 °C')
  await item.getByRole('button', { name: 'Tambah satu langkah' }).click()
  await expect(said).toHaveText('200 °C')
})
