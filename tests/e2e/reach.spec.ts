import { expect, test, type Page } from '@playwright/test'
import { accounts, filled, pages } from './pages'
import { login } from './world'

/** Pages as they are used by whoever enlarges them, spaces their words, or has no mouse (WCAG 2.2 AA; docs/accessibility.md). */
const walked: Record<string, string[]> = {
  '': ['/', '/masuk', '/privasi', '/publik'],
  guru: ['/guru', '/guru/hasil', '/guru/pengembangan', '/tutor', '/akun/keamanan'],
  pengawas: ['/pengawas', '/pengawas/sesi/[id]'],
  pakar: ['/pakar', '/pakar/tulis/[kode]'],
  kepsek: ['/sekolah'],
  bgtk: [
    '/beranda',
    '/peta',
    '/perubahan',
    '/bgtk/siklus/[id]',
    '/bgtk/sesi/[id]',
    '/bgtk/analisis/[kode]',
    '/bgtk/dukungan',
    '/data-guru/[id]',
  ],
  admin: ['/bgtk/pengguna', '/bgtk/audit'],
}

/** What reaches beyond the right edge of the page, innermost first; what scrolls in its own box does not. */
const beyond = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement
    if (scrollWidth <= clientWidth) return []
    const out = (e: Element) => e.getBoundingClientRect().right > clientWidth + 1
    const boxed = (e: Element) => {
      for (let p = e.parentElement; p; p = p.parentElement) if (getComputedStyle(p).overflowX !== 'visible') return true
      return false
    }
    const right = (e: Element) => Math.round(e.getBoundingClientRect().right)
    const found = [...document.body.querySelectorAll('*')].filter(
      (e) => out(e) && (getComputedStyle(e).position === 'absolute' || !boxed(e)),
    )
    const told = found.sort((a, b) => right(b) - right(a)).slice(0, 6)
    return [
      `${scrollWidth - clientWidth} px`,
      ...told.map(
        (e) => `${right(e)} ${e.tagName} ${(e.textContent ?? '').trim().slice(0, 30)} .${(e.getAttribute('class') ?? '').slice(0, 60)}`,
      ),
    ]
  })

/** What a person with a keyboard meets, tab after tab: everything that takes the focus without showing it, or under something else. */
async function unseenFocus(page: Page, most: number): Promise<string[]> {
  const faults: string[] = []
  for (let i = 0; i < most; i++) {
    await page.keyboard.press('Tab')
    const told = await page.evaluate(() => {
      const e = document.activeElement
      if (!e || e === document.body) return 'end'
      // A box that is drawn by its label shows the focus there.
      const shown = [e, e.closest('label'), e.nextElementSibling].filter((x) => x !== null)
      const marked = shown.some((x) => {
        const s = getComputedStyle(x)
        return (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2) || s.boxShadow !== 'none'
      })
      const { left, top, width, height } = (width0(e) ? e : (e.closest('label') ?? e)).getBoundingClientRect()
      const name = `${e.tagName} ${(e.getAttribute('aria-label') ?? e.textContent ?? '').trim().slice(0, 40)}`
      // The button inside a date opens the browser's own calendar and has the browser's own mark.
      const calendar = e instanceof HTMLInputElement && e.type === 'date' && !e.matches(':focus-visible')
      if (!marked && !calendar) return `no mark: ${name}`
      if (top + height <= 0 || top >= innerHeight || left + width <= 0 || left >= innerWidth) return `out of sight: ${name}`
      const at = document.elementFromPoint(
        Math.min(Math.max(left + width / 2, 0), innerWidth - 1),
        Math.min(Math.max(top + Math.min(height / 2, 20), 0), innerHeight - 1),
      )
      const own = at && (at.contains(e) || e.contains(at) || e.closest('label')?.contains(at) || at.closest('svg')?.contains(e))
      return own ? null : `covered by ${at?.tagName}: ${name}`
      function width0(x: Element): boolean {
        return x.getBoundingClientRect().width > 2
      }
    })
    if (told === 'end') break
    if (told) faults.push(told)
  }
  return faults
}

/** Targets under 24 px that have no such room around them either, text links inside a sentence excepted (2.5.8). */
const smallTargets = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const all = [...document.querySelectorAll('a[href], button, summary, select, input:not([type=hidden]), textarea')].filter(
      (e) => (e as HTMLElement).offsetParent !== null && e.getBoundingClientRect().width > 2 && !e.closest('svg'),
    )
    const boxes = all.map((e) => {
      const r = (e instanceof HTMLInputElement && /radio|checkbox/.test(e.type) ? (e.closest('label') ?? e) : e).getBoundingClientRect()
      return { x: r.left + r.width / 2, y: r.top + r.height / 2, w: r.width, h: r.height }
    })
    return all.flatMap((e, i) => {
      const b = boxes[i]!
      if (b.w >= 24 && b.h >= 24) return []
      const inText =
        getComputedStyle(e).display === 'inline' && (e.parentElement?.textContent?.trim().length ?? 0) > (e.textContent?.trim().length ?? 0)
      const near = boxes.some((o, k) => k !== i && Math.abs(o.x - b.x) < 12 + o.w / 2 && Math.abs(o.y - b.y) < 12 + o.h / 2)
      return inText || !near ? [] : [`${e.tagName} ${(e.textContent ?? '').trim().slice(0, 40)} ${Math.round(b.w)}×${Math.round(b.h)}`]
    })
  })

for (const [who, routes] of Object.entries(walked)) {
  test(`pages of ${accounts[who] ?? 'publik'} reflow at 320 px, stand text of 200 % and wider spacing, and show the focus to whoever has no mouse`, async ({
    page,
  }) => {
    if (who) await login(page, who)
    const paths = await filled()
    const titles = new Map<string, string>()
    for (const route of routes) {
      expect(Object.keys(pages)).toContain(route)
      await page.setViewportSize({ width: 320, height: 640 })
      await page.goto(paths[route] ?? route)
      titles.set(await page.title(), route)
      expect.soft([route, '320 px', await beyond(page)]).toEqual([route, '320 px', []])
      expect.soft([route, await smallTargets(page)]).toEqual([route, []])
      expect.soft([route, await page.getAttribute('html', 'lang'), await page.locator('h1').count()]).toEqual([route, 'id', 1])
      await page.setViewportSize({ width: 360, height: 740 })
      await page.addStyleTag({ content: 'html { font-size: 200% !important }' })
      expect.soft([route, '200 %', await beyond(page)]).toEqual([route, '200 %', []])
      await page.reload()
      await page.addStyleTag({
        content:
          '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }',
      })
      expect.soft([route, 'spacing', await beyond(page)]).toEqual([route, 'spacing', []])
      await page.reload()
      expect.soft([route, await unseenFocus(page, 40)]).toEqual([route, []])
    }
    // Every page is told apart by its title.
    expect(titles.size).toBe(routes.length)
  })
}
