import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { Ghost } from '@/lib/rehearsal/ghosts/ghost'
import { Library } from '@/lib/rehearsal/ghosts/library'
import { Wire } from '@/lib/rehearsal/ghosts/wire'
import { sql } from '@/lib/platform/db'
import { openProduct, type Product } from './product'
import { rounds } from './rounds'

/** Answers and pages are processes of their own: one may be killed in the middle of a test, and the other does not notice. */
const [FRONT, PAGES] = ['web', 'pages-process'] as const
const HTML = { accept: 'text/html' }
let place: Product

beforeAll(async () => {
  place = await openProduct()
}, 1_200_000)
afterAll(() => place?.close(), 60_000)

const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms))
const open = (path: string) => fetch(`${place.base}${path}`, { headers: HTML, redirect: 'manual', signal: AbortSignal.timeout(60_000) })
/** A busy machine may take a minute to bring pages back. */
const soon = { timeout: 150_000, interval: 100 }
const MOST_MS = 600_000

/** Ten answers a second, half of what one attempt may hand in. */
const BETWEEN_MS = 100
/** Phones in the middle of a test, each answering as soon as it was acknowledged. */
async function phonesAnswering(count: number) {
  const { sittingId, seats } = await place.seat(count)
  const wire = new Wire('127.0.0.1', place.port, count)
  const library = new Library()
  const ghosts = seats.map((s, i) => new Ghost(wire, library, { ticket: s.ticket }, '1', 9_000 + i))
  for (const ghost of ghosts) {
    await ghost.readDesk()
    await ghost.fetchPacket()
    await ghost.start()
  }
  let answering = true
  let failures = 0
  let longest = 0
  const working = ghosts.map(async (ghost) => {
    while (answering) {
      ghost.answer()
      const from = performance.now()
      await ghost.sync().then(
        () => void (longest = Math.max(longest, performance.now() - from)),
        () => {
          failures++
          return pause(50)
        },
      )
      await pause(BETWEEN_MS)
    }
  })
  return {
    acknowledged: () => ghosts.reduce((n, g) => n + g.acknowledged, 0),
    /** Ends the answering: how many requests failed on the way, the longest wait (ms), and whether every answer stands. */
    end: async () => {
      answering = false
      await Promise.all(working)
      await vi.waitFor(async () => {
        for (const ghost of ghosts) await ghost.sync()
      }, soon)
      const [stored] = await sql<{ n: number }>(
        `SELECT count(*)::int AS n FROM journal_event e JOIN attempt a ON a.id = e.attempt_id JOIN seat s ON s.id = a.seat_id WHERE s.sitting_id = $1`,
        [sittingId],
      )
      const acknowledged = ghosts.reduce((n, g) => n + g.acknowledged, 0)
      wire.close()
      return { failures, longest, acknowledged, stored: stored!.n }
    },
  }
}

describe('the process that makes pages is killed in the middle of a test', () => {
  it(
    'and every answer is acknowledged at its first try, while people read that pages come back, and they do',
    async () => {
      const phones = await phonesAnswering(16)
      for (let blow = 0; blow < rounds(2, 20); blow++) {
        const [front] = place.pidsOf(FRONT)
        const [pages] = place.pidsOf(PAGES)
        const before = phones.acknowledged()
        process.kill(pages!, 'SIGKILL')
        const away = await vi.waitFor(async () => {
          const answer = await open('/masuk')
          expect(answer.status).toBe(503)
          return answer
        }, soon)
        expect(away.headers.get('retry-after')).toBe('3')
        expect(await away.text()).toMatch(/Halaman sedang dinyalakan kembali[\s\S]*Jawaban tes tetap diterima/)
        expect((await open('/tes')).status).toBe(200)
        expect((await open('/api/health/ready')).status).toBe(200)
        expect((await open('/api/health/pages')).status).toBe(503)
        await vi.waitFor(async () => expect((await open('/masuk')).status).toBe(200), soon)
        expect((await open('/api/health/pages')).status).toBe(200)
        expect(phones.acknowledged()).toBeGreaterThan(before)
        expect(place.pidsOf(FRONT)).toEqual([front])
        expect(place.pidsOf(PAGES)).not.toEqual([pages])
      }
      expect(place.said()).toMatch(/Proses halaman berhenti dan dijalankan lagi\. Jawaban tes tetap diterima/)
      const { failures, acknowledged, stored, longest } = await phones.end()
      expect([failures, stored]).toEqual([0, acknowledged])
      console.log(`${acknowledged} answers while the pages were killed, the slowest in ${longest.toFixed(0)} ms`)
    },
    MOST_MS,
  )
  it(
    'and stands still instead of dying: no answer waits for it',
    async () => {
      const phones = await phonesAnswering(8)
      const [pages] = place.pidsOf(PAGES)
      process.kill(pages!, 'SIGSTOP')
      const waiting = Array.from({ length: 200 }, () => open('/masuk').catch(() => null))
      const before = phones.acknowledged()
      await vi.waitFor(() => expect(phones.acknowledged()).toBeGreaterThan(before + 200), soon)
      expect((await open('/tes')).status).toBe(200)
      process.kill(pages!, 'SIGCONT')
      expect((await Promise.all(waiting)).filter((a) => a?.status === 200).length).toBeGreaterThan(0)
      const { failures, acknowledged, stored } = await phones.end()
      expect([failures, stored]).toEqual([0, acknowledged])
    },
    MOST_MS,
  )
})

describe('the process that answers phones is killed in the middle of a test', () => {
  it(
    'and the pages go on unharmed, phones come back by themselves, and no acknowledged answer is lost',
    async () => {
      const phones = await phonesAnswering(16)
      for (let blow = 0; blow < rounds(2, 20); blow++) {
        const pages = place.pidsOf(PAGES)
        const [front] = place.pidsOf(FRONT)
        await vi.waitFor(() => expect(phones.acknowledged()).toBeGreaterThan(0), soon)
        process.kill(front!, 'SIGKILL')
        await vi.waitFor(async () => {
          expect(place.pidsOf(FRONT)).not.toEqual([front])
          expect((await open('/masuk')).status).toBe(200)
        }, soon)
        expect(place.pidsOf(PAGES)).toEqual(pages)
        const before = phones.acknowledged()
        await vi.waitFor(() => expect(phones.acknowledged()).toBeGreaterThan(before), soon)
      }
      expect(place.said()).toMatch(/Proses jawaban berhenti dan dijalankan lagi\. Ponsel menyimpan jawaban/)
      const { acknowledged, stored } = await phones.end()
      expect(stored).toBe(acknowledged)
    },
    MOST_MS,
  )
})
