import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type BrowserContext, type Page } from '@playwright/test'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { seeded } from '@/lib/platform/random'
import { sql } from '@/lib/platform/db'
import { openInstallation, type Installation } from './installation'
import { long, rounds } from './rounds'

/** A real browser with a real IndexedDB, killed at random moments, and on the worst of networks. */
const BROWSERS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]
const executablePath = BROWSERS.find((p) => existsSync(p))
let place: Installation
let profile: string

beforeAll(async () => {
  place = await openInstallation()
}, 300_000)
afterAll(() => place.close())
/** Each test has a phone of its own, so that one that fails leaves no browser in the other's way. */
beforeEach(() => {
  profile = mkdtempSync(join(tmpdir(), 'petaguru-profile-'))
})
afterEach(() => {
  try {
    execFileSync('pkill', ['-9', '-f', profile])
  } catch {
    // None was left.
  }
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
})

const launch = (): Promise<BrowserContext> =>
  chromium.launchPersistentContext(profile, {
    ...(executablePath ? { executablePath } : {}),
    viewport: { width: 360, height: 740 },
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })

/** In the page: taps without rest, saying what it tries and, once it is shown as chosen, what is shown. */
const tapAway = () => {
  const pause = (ms: number) => new Promise((done) => setTimeout(done, ms))
  const run = async () => {
    for (;;) {
      const groups = [...document.querySelectorAll('[data-testid=item] fieldset')]
      for (const group of groups) {
        const radios = [...group.querySelectorAll<HTMLInputElement>('input[type=radio]')]
        const pick = Math.floor(Math.random() * radios.length)
        const radio = radios[pick]
        if (!radio) continue
        console.log(`TRY ${radio.name} ${pick}`)
        if (!radio.checked) radio.click()
        for (let i = 0; i < 100 && !radio.checked; i++) await pause(5)
        if (radio.checked) console.log(`SHOWN ${radio.name} ${pick}`)
      }
      const buttons = [...document.querySelectorAll<HTMLButtonElement>('nav[aria-label=Soal] button')]
      const next = buttons.find((b) => b.textContent === 'Berikutnya')
      const back = buttons.find((b) => b.textContent === 'Sebelumnya')
      if (next) next.click()
      else for (let i = 0; i < 40; i++) back?.click()
      await pause(20 + Math.random() * 80)
    }
  }
  void run()
}

/** In the page: what every group shows as chosen, item after item. */
const readAll = async () => {
  const pause = (ms: number) => new Promise((done) => setTimeout(done, ms))
  const press = async (name: string) => {
    const button = [...document.querySelectorAll<HTMLButtonElement>('nav[aria-label=Soal] button')].find(
      (b) => b.textContent === name && !b.disabled,
    )
    button?.click()
    await pause(15)
    return button !== undefined
  }
  while (await press('Sebelumnya')) await pause(1)
  const shown: Record<string, number> = {}
  do {
    for (const group of document.querySelectorAll('[data-testid=item] fieldset')) {
      const radios = [...group.querySelectorAll<HTMLInputElement>('input[type=radio]')]
      if (radios[0]) shown[radios[0].name] = radios.findIndex((r) => r.checked)
    }
  } while (await press('Berikutnya'))
  return shown
}

async function intoTest(page: Page, card: { number: string; code: string } | null): Promise<void> {
  await page.goto(`${place.base}/tes${card ? `#k=${card.number}.${card.code}` : ''}`)
  const link = page.getByRole('listitem').filter({ hasText: 'Pedagogik' }).getByRole('link')
  await link.click()
  if (card) await page.getByRole('button', { name: 'Mulai mengerjakan' }).click()
  await page.getByTestId('player').waitFor()
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
  })
}

describe('a browser that is killed', () => {
  it('shows after every blow all that it had shown as chosen, with the server there and with the server away', async () => {
    const { seats } = await place.seat(1)
    const chance = seeded(Number(process.env['FAULT_SEED'] ?? 7))
    /** For every group: the choice last shown, and what was tried after it. */
    const said = new Map<string, { shown: number; tried: number[] }>()
    const many = rounds(3, 50)
    let taps = 0
    for (let round = 0; round <= many; round++) {
      const context = await launch()
      const page = context.pages()[0] ?? (await context.newPage())
      page.on('console', (message) => {
        const [word, name, pick] = message.text().split(' ')
        if (word === 'TRY')
          said.set(name!, { shown: said.get(name!)?.shown ?? -1, tried: [...(said.get(name!)?.tried ?? []), Number(pick)] })
        if (word === 'SHOWN') {
          taps++
          said.set(name!, { shown: Number(pick), tried: [] })
        }
      })
      if (round > 0 && round % 2 === 0) await context.setOffline(true)
      await intoTest(page, round === 0 ? seats[0]! : null)
      const now = await page.evaluate(readAll)
      for (const [name, { shown, tried }] of said)
        expect([round, name, [shown, ...tried].includes(now[name]!)]).toEqual([round, name, true])
      for (const [name, shown] of Object.entries(now)) if (shown >= 0) said.set(name, { shown, tried: [] })
      if (round === many) {
        await context.setOffline(false)
        await page
          .getByTestId('truth')
          .getByText(/jawaban tersimpan di server/)
          .waitFor({ timeout: 60_000 })
        await context.close()
        break
      }
      const before = taps
      await page.evaluate(tapAway)
      // On a busy machine the first choice takes seconds; a blow before it would prove nothing.
      await expect.poll(() => taps, { timeout: 30_000, interval: 20 }).toBeGreaterThan(before)
      await new Promise((r) => setTimeout(r, 300 + chance() * 2_500))
      execFileSync('pkill', ['-9', '-f', profile])
      await context.close().catch(() => undefined)
    }
    expect(taps).toBeGreaterThan(many)
    const [row] = await sql<{ n: number }>(
      `SELECT count(*)::int AS n FROM response r JOIN attempt a ON a.id = r.attempt_id JOIN seat s ON s.id = a.seat_id WHERE s.participant_number = $1`,
      [seats[0]!.number],
    )
    expect(row!.n).toBeGreaterThan(0)
    if (long) console.log(`${many} blows, ${taps} choices shown, all there`)
  })

  it('opens a test on 30 kbps with two seconds of latency when the packet is here, and gets every answer across', async () => {
    const { seats } = await place.seat(1)
    const context = await launch()
    const page = await context.newPage()
    await page.goto(`${place.base}/tes#k=${seats[0]!.number}.${seats[0]!.code}`)
    await page.getByRole('link', { name: /Siapkan ponsel ini|Periksa kesiapan/ }).click()
    await page.getByText('Ponsel ini siap').waitFor({ timeout: 30_000 })
    const tools = await context.newCDPSession(page)
    await tools.send('Network.enable')
    await tools.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 2_000,
      downloadThroughput: 30_000 / 8,
      uploadThroughput: 30_000 / 8,
    })
    await page.goto(`${place.base}/tes`)
    await page.getByRole('listitem').filter({ hasText: 'Pedagogik' }).getByRole('link').click()
    await page.getByRole('button', { name: 'Mulai mengerjakan' }).click()
    await page.getByTestId('player').waitFor({ timeout: 20_000 })
    for (let i = 0; i < 8; i++) {
      const radio = page.getByTestId('item').locator('input').first()
      await radio.click()
      await radio.and(page.locator(':checked')).waitFor()
      await page.getByRole('button', { name: 'Berikutnya' }).click()
    }
    await page.getByTestId('truth').getByText('8 jawaban tersimpan di server').waitFor({ timeout: 60_000 })
    await context.close()
  })
})
