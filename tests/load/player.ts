/**
 * The player as a thumb feels it, in a real browser: `npm run load:player`. Tap to shown-as-chosen with the CPU slowed six
 * times; the first item on 400 kbps with 400 ms of latency, cold and with the packet on the phone. `--json` prints one document.
 */
import { existsSync } from 'node:fs'
import { chromium, type CDPSession, type Page } from '@playwright/test'
import { closeDatabase } from '@/lib/platform/db'
import { openStage, type Seat } from './stage'

const json = process.argv.includes('--json')
const BROWSERS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]
const executablePath = BROWSERS.find((p) => existsSync(p))
const SLOW = { offline: false, latency: 400, downloadThroughput: 400_000 / 8, uploadThroughput: 400_000 / 8 }
const round = (x: number) => Math.round(x)
const quantile = (sorted: number[], q: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))]!

const stage = await openStage()
await stage.serve()
const base = `http://127.0.0.1:${stage.port}`
const COLD = 3
const { seats } = await stage.seat(COLD + 2)
const browser = await chromium.launch({
  ...(executablePath ? { executablePath } : {}),
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

/** In the page: notes when the first item has been painted, since a locator looks only every half second. */
function watchFirstItem(): void {
  const watch = new MutationObserver(() => {
    if (!document.querySelector('[data-testid=item] input')) return
    watch.disconnect()
    requestAnimationFrame(() => performance.mark('first-item'))
  })
  watch.observe(document, { childList: true, subtree: true })
}
const firstItemAt = (page: Page) => page.evaluate(() => performance.timeOrigin + performance.getEntriesByName('first-item')[0]!.startTime)

async function phone(): Promise<{ page: Page; tools: CDPSession }> {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, locale: 'id-ID' })
  const page = await context.newPage()
  await page.addInitScript(watchFirstItem)
  const tools = await context.newCDPSession(page)
  await tools.send('Network.enable')
  return { page, tools }
}
const desk = (page: Page, seat: Seat) => page.goto(`${base}/tes#k=${seat.number}.${seat.code}`)
const begin = async (page: Page) => {
  await page.getByRole('listitem').filter({ hasText: 'Pedagogik' }).getByRole('link').click()
  await page.getByRole('button', { name: 'Mulai mengerjakan' }).click()
  await page.getByTestId('item').locator('input').first().waitFor()
}

/** From the card's QR to the first item, nothing on the phone. The two taps in between take no time here. */
async function cold(seat: Seat): Promise<number> {
  const { page, tools } = await phone()
  await tools.send('Network.emulateNetworkConditions', SLOW)
  const at = Date.now()
  await desk(page, seat)
  await begin(page)
  const took = (await firstItemAt(page)) - at
  await page.context().close()
  return took
}

/** From "Mulai mengerjakan" to the first item with page and packet on the phone. */
async function warm(seat: Seat): Promise<number> {
  const { page, tools } = await phone()
  await desk(page, seat)
  await page.getByRole('link', { name: 'Siapkan ponsel ini' }).click()
  await page.getByText('Ponsel ini siap').waitFor()
  await tools.send('Network.emulateNetworkConditions', SLOW)
  await page.getByRole('link', { name: 'Ke meja peserta' }).click()
  await page.getByRole('listitem').filter({ hasText: 'Pedagogik' }).getByRole('link').click()
  const at = Date.now()
  await page.getByRole('button', { name: 'Mulai mengerjakan' }).click()
  await page.getByTestId('item').locator('input').first().waitFor()
  const took = (await firstItemAt(page)) - at
  await page.context().close()
  return took
}

/** Taps on choices, each timed in the page from the click to the frame that shows it as chosen. */
async function taps(seat: Seat): Promise<number[]> {
  const { page, tools } = await phone()
  await desk(page, seat)
  await begin(page)
  await tools.send('Emulation.setCPUThrottlingRate', { rate: 6 })
  const took = await page.evaluate(async () => {
    const times: number[] = []
    for (let i = 0; i < 120; i++) {
      const groups = [...document.querySelectorAll('[data-testid=item] fieldset')]
      for (const group of groups) {
        const inputs = [...group.querySelectorAll('input')]
        const target = inputs.find((x) => !x.checked)
        if (!target) continue
        const at = performance.now()
        target.click()
        do await new Promise<number>(requestAnimationFrame)
        while (!target.checked)
        times.push(performance.now() - at)
      }
      const next = [...document.querySelectorAll<HTMLButtonElement>('nav[aria-label=Soal] button')].find(
        (b) => b.textContent === (i % 2 ? 'Sebelumnya' : 'Berikutnya') && !b.disabled,
      )
      next?.click()
      await new Promise((done) => setTimeout(done, 60))
    }
    return times
  })
  await page.context().close()
  return took.sort((a, b) => a - b)
}

const colds: number[] = []
let warmed = 0
let tapped: number[] = []
try {
  for (let i = 0; i < COLD; i++) colds.push(await cold(seats[i]!))
  warmed = await warm(seats[COLD]!)
  tapped = await taps(seats[COLD + 1]!)
} finally {
  await browser.close()
  await stage.close()
  await closeDatabase()
}
const result = {
  tap: { count: tapped.length, p50: round(quantile(tapped, 0.5)), p95: round(quantile(tapped, 0.95)), throttle: 6 },
  firstItem: { coldMs: colds.map(round), warmMs: round(warmed), kbps: 400, latencyMs: 400 },
}
if (json) console.log(JSON.stringify(result))
else {
  console.log(`Tap to shown-as-chosen at 6× CPU: p50 ${result.tap.p50} ms, p95 ${result.tap.p95} ms (${result.tap.count} taps)`)
  console.log(
    `First item on 400 kbps / 400 ms: cold ${result.firstItem.coldMs.join(', ')} ms; with the packet on the phone ${result.firstItem.warmMs} ms`,
  )
}
process.exit(0)
