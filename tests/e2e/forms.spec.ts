import { expect, test, type BrowserContext, type Page } from '@playwright/test'
import { permissions } from '@/lib/access/permissions'
import { accounts, filled, pages } from './pages'
import { login, networkAway } from './world'

/**
 * Every form of every page, by generation: it is filled with made values, then the network is away when it is sent, then the server
 * refuses it with a sentence about every field. Nothing is ever really sent: answers are made here.
 */
type Made = { label: string; sign: string; at: number }

/** The forms of a page that the mechanism holds (it switches the browser's own checks off), with what tells one kind from another. */
const formsOf = (page: Page): Promise<Made[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('form')].flatMap((form, at) => {
      if (!form.noValidate) return []
      const names = [...form.elements].map(
        (e) => `${e.tagName}:${(e as HTMLInputElement).type}:${(e as HTMLInputElement).name.replace(/\d+|[0-9a-f-]{36}/g, '#')}`,
      )
      const sign =
        [...new Set(names)].join(' ') + [...form.querySelectorAll('button')].map((b) => b.textContent?.replace(/\d+/g, '#')).join('|')
      return [{ label: form.getAttribute('aria-label') ?? '', sign, at }]
    }),
  )

/** Fills a form as a person would, and says what stands in it. */
const fillForm = (page: Page, at: number): Promise<[string, string][]> =>
  page.evaluate((n) => {
    const form = document.querySelectorAll('form')[n]!
    const set = (e: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement, value: string) => {
      Object.getOwnPropertyDescriptor(Object.getPrototypeOf(e), 'value')!.set!.call(e, value)
      for (const kind of ['input', 'change']) e.dispatchEvent(new Event(kind, { bubbles: true }))
    }
    for (const e of [...form.elements] as HTMLInputElement[]) {
      if (!e.name || e.type === 'hidden' || e.tagName === 'BUTTON' || e.readOnly) continue
      if (e instanceof HTMLSelectElement) set(e, [...(e as HTMLSelectElement).options].findLast((o) => o.value && !o.disabled)?.value ?? '')
      else if (e.type === 'radio' || e.type === 'checkbox') {
        if (!e.checked) e.click()
      } else if (e.type === 'number') set(e, e.max || e.min || '7')
      else if (e.type === 'date') set(e, e.max || '2026-01-15')
      else if (e.type === 'time') set(e, '09:30')
      else if (e.pattern) set(e, ['UJI1', '2612', 'UJI-1', 'uji'].find((v) => new RegExp(`^(?:${e.pattern})$`, 'v').test(v)) ?? '')
      else if (e.type === 'email') set(e, 'uji@contoh.id')
      else if (e.type === 'url') set(e, 'https://contoh.id/uji')
      else if (e.type !== 'file') set(e, 'Isian uji yang cukup panjang untuk setiap kolom'.slice(0, e.maxLength > 0 ? e.maxLength : 80))
    }
    return [...new FormData(form)].filter(([k, v]) => typeof v === 'string' && !k.startsWith('$')) as [string, string][]
  }, at)

const valuesOf = (page: Page, at: number): Promise<[string, string][]> =>
  page.evaluate(
    (n) =>
      [...new FormData(document.querySelectorAll('form')[n]!)].filter(([k, v]) => typeof v === 'string' && !k.startsWith('$')) as [
        string,
        string,
      ][],
    at,
  )

/** Sends a form, and answers yes where it asks first; `before` is looked at while it asks. */
async function sendForm(page: Page, at: number, before: () => void = () => undefined): Promise<void> {
  await page.evaluate((n) => {
    const form = document.querySelectorAll('form')[n]!
    form.requestSubmit(form.querySelector<HTMLButtonElement>('button[type=submit]:not([aria-hidden])'))
  }, at)
  const box = page.locator('form').nth(at)
  if ((await box.getAttribute('data-asks')) === null) return
  const yes = box.locator('[data-question] button').first()
  await yes.waitFor({ state: 'attached' })
  before()
  await yes.evaluate((button: HTMLButtonElement) => button.click())
}

async function chooseFile(page: Page, at: number): Promise<void> {
  const file = page.locator('form').nth(at).locator('input[type=file][id]').first()
  if (!(await file.count())) return
  const ending = (await file.getAttribute('accept'))!.split(',')[0]!
  await file.setInputFiles({ name: `uji${ending}`, mimeType: 'application/octet-stream', buffer: Buffer.from('isi') })
}

const secret = (name: string) => /password|present|next|totp/i.test(name)
/** The answer of a door that refuses with a sentence about every field, as the server would write it. */
const refusal = (names: string[]) =>
  `0:{"a":"$@1","f":"","b":"x"}\n1:${JSON.stringify({ ok: false, code: 'uji', message: 'Ditolak untuk uji.', fields: Object.fromEntries(names.map((n) => [n, `Salah di ${n}.`])) })}\n`

/** What of one form is not as it should be: with the network away, and then refused. */
async function faultsOf(page: Page, context: BrowserContext, form: Made): Promise<string[]> {
  const faults: string[] = []
  const box = page.locator('form').nth(form.at)
  await chooseFile(page, form.at)
  await networkAway(page)
  const typed = await fillForm(page, form.at)
  await sendForm(page, form.at)
  const said = await box
    .getByText(/Tidak terkirim|Sambungan terputus/)
    .first()
    .waitFor({ state: 'attached' })
    .then(
      () => true,
      () => false,
    )
  if (!said) faults.push(`away: nothing is said; ${(await box.textContent())?.slice(-160)}`)
  if (JSON.stringify(await valuesOf(page, form.at)) !== JSON.stringify(typed)) faults.push('away: what was typed is gone')
  await context.setOffline(false)
  if ((await box.getAttribute('method')) === 'get') return faults
  // A login form is answered with a page, and never says which of its fields was wrong.
  const door = (await box.locator('xpath=ancestor::*[@data-to]').count()) > 0
  const names = door ? [] : [...new Set((await visible(page, form.at)).filter((n) => n && !secret(n)))]
  const answered = `<form aria-label="${form.label}"><p aria-live="polite">Ditolak untuk uji.</p></form>`
  let sent = 0
  await page.route('**/*', (route) =>
    route.request().headers()['next-action'] && ++sent
      ? route.fulfill({ contentType: 'text/x-component', body: refusal(names) })
      : door && route.request().method() === 'POST' && ++sent
        ? route.fulfill({ contentType: 'text/html', body: answered })
        : route.request().url().includes('/api/unggah/')
          ? route.fulfill({ json: { id: '01990278-0000-7000-8000-000000000001' } })
          : route.continue(),
  )
  await sendForm(page, form.at, () => sent && faults.push('asked: it was sent before the answer'))
  const heard = await box
    .getByText('Ditolak untuk uji.')
    .first()
    .waitFor({ state: 'attached' })
    .then(
      () => true,
      () => false,
    )
  if (!heard) faults.push('refused: nothing is said')
  const kept = (await valuesOf(page, form.at)).filter(([n]) => !secret(n))
  if (JSON.stringify(kept) !== JSON.stringify(typed.filter(([n]) => !secret(n)))) faults.push('refused: what was typed is gone')
  const unmarked = await page.evaluate(
    ([n, wanted]) =>
      wanted.filter((name) => {
        const form = document.querySelectorAll('form')[n]!
        const all = ([...form.elements] as HTMLInputElement[]).filter((e) => e.name === name && e.type !== 'hidden')
        return !all.some((e) => {
          const notes = (e.getAttribute('aria-describedby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent)
          return e.getAttribute('aria-invalid') === 'true' && notes.includes(`Salah di ${name}.`)
        })
      }),
    [form.at, names] as const,
  )
  if (unmarked.length) faults.push(`refused: nothing stands at ${unmarked.join(', ')}`)
  await page.unroute('**/*')
  return faults
}

const visible = (page: Page, at: number): Promise<string[]> =>
  page.evaluate(
    (n) =>
      ([...document.querySelectorAll('form')[n]!.elements] as HTMLInputElement[])
        .filter((e) => e.name && e.type !== 'hidden' && e.tagName !== 'BUTTON')
        .map((e) => e.name),
    at,
  )

const seen = new Set<string>()
/** Kept on the phone by themselves and never lost: the outbox of meetings, the queue of the console. */
const local = ['Catat pertemuan', 'Catat kejadian']
const met: string[] = []

for (const [who, role] of [['', 'publik'], ...Object.entries(accounts)] as [string, string][]) {
  test(`no form that ${role} sees loses what was typed, without a network or refused`, async ({ page, context }) => {
    // A changed page asks before it is left; this test goes on without a word.
    page.on('dialog', (d) => void d.accept())
    if (who) await login(page, who)
    const paths = await filled()
    const faults: string[] = []
    for (const [route, action] of Object.entries(pages)) {
      const mine = who ? action !== 'public' && (action === 'login' || role in permissions[action]) : action === 'public'
      if (!mine) continue
      const path = paths[route] ?? route
      const html = await (await page.request.get(path)).text()
      if (!html.includes('<form')) continue
      await page.goto(path)
      await page
        .waitForFunction(() => [...document.forms].some((f) => f.noValidate) || document.forms.length < 2, null, { timeout: 30_000 })
        .catch(() => undefined)
      for (const form of await formsOf(page)) {
        if (seen.has(form.sign) || local.includes(form.label)) continue
        seen.add(form.sign)
        met.push(`${route}: ${form.label}`)
        faults.push(...(await faultsOf(page, context, form)).map((f) => `${route} „${form.label}“ ${f}`))
      }
    }
    expect(faults).toEqual([])
  })
}

test('these were very many forms', () => expect(met.length).toBeGreaterThan(60))
