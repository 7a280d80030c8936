import { existsSync, readFileSync } from 'node:fs'
import { request } from 'node:http'
import { connect } from 'node:net'
import { constants, getPriority } from 'node:os'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sql } from '@/lib/platform/db'
import { NAME_HEADER, uploadPath } from '@/lib/platform/upload-model'
import { GIVES_WAY } from '@/lib/platform/yielding'
import { makeDocument } from '@/lib/reports/service'
import { neighboursDuring } from './neighbours'
import { longestInstrument, openProduct, type Person, type Product } from './product'
import { rounds } from './rounds'

/**
 * What one person may ask for, and what a stranger may do to the open port, while phones hand in answers: no answer fails, and none waits
 * for it. The machine is small and shared, so a figure is compared with that of the same run without anything going on.
 */
let place: Product
let office: Person
const sittings: Record<'hundred' | 'province', string> = { hundred: '', province: '' }

const PER_SECOND = 150
const WINDOW_SECONDS = 3
/**
 * A document and its database take a second core's worth of work at the lowest priority, and generator, server and PostgreSQL share what
 * is left with whatever else this machine does: an answer may take four times as long as in quiet. Drawn in the answering process, the
 * smallest of these documents alone cost a hundred times as long.
 */
const SLOWER = 4
const LIMIT_MS = 50
/**
 * What the product lets wait, it lets wait every time; a neighbour on a shared machine comes and goes. So whoever is over the limit is
 * tried again, and the best of the tries counts.
 */
const TRIES = 3
/** Where others took so much of the machine in every try, what phones waited for is not known: such a check is skipped, and counted so. */
const NEIGHBOURS = 0.15

beforeAll(async () => {
  place = await openProduct()
  office = await place.person('bgtk')
  for (const [name, count] of [
    ['hundred', 100],
    ['province', 1_341],
  ] as const) {
    sittings[name] = (await place.seat(count)).sittingId
    await place.name(sittings[name])
  }
  const { seats } = await place.seat(rounds(300, 1_000))
  await place.ask('begin', { seats, connections: 32 })
  await place.ask('answers', { clients: 32, seconds: 2, perSecond: PER_SECOND })
}, 1_200_000)
afterAll(() => place?.close(), 60_000)

/** The p99 (ms) of answers by the clock for a few seconds. A failed answer throws. */
const p99 = async () => (await place.ask('answers', { clients: 32, seconds: WINDOW_SECONDS, perSecond: PER_SECOND })).p99

const fetchDocument = (person: Person, path: string) => place.fetchDocument(person, path)

/** Sixty megabytes to a path, as the door of files wants them; resolves with the status when it is over, 0 where it was cut off. */
function sixtyMegabytes(path: string, cookie: string | null): Promise<number> {
  const type = { 'content-type': 'application/octet-stream', [NAME_HEADER]: 'soal.txt' }
  const length = 59_000_000
  return new Promise((done) => {
    const post = request(`${place.base}${path}`, {
      method: 'POST',
      headers: { ...type, origin: place.base, 'content-length': length, ...(cookie ? { cookie } : {}) },
    })
    post.on('response', (r) => void r.resume().on('end', () => done(r.statusCode!)))
    post.on('error', () => done(0))
    const piece = Buffer.alloc(100_000, 'x')
    let sent = 0
    const more = () => {
      while (sent < length && !post.destroyed) {
        sent += piece.length
        if (!post.write(piece)) return void post.once('drain', more)
      }
      post.end()
    }
    more()
  })
}

/** A head that never ends, a byte every half second, until it is cut off. */
function drippingHead(): Promise<void> {
  return new Promise((done) => {
    const socket = connect(place.port, '127.0.0.1')
    socket.write('POST /api/delivery/sync HTTP/1.1\r\nx: ')
    const drip = setInterval(() => socket.write('x'), 500)
    const over = () => {
      clearInterval(drip)
      done()
    }
    socket.on('error', over)
    socket.on('close', over)
  })
}

const pdf = expect.stringMatching(/^%PDF-/)
const head = (bytes: Buffer) => bytes.toString('latin1', 0, 5)

/** What goes on while phones answer; each resolves with what it must come to. */
const attacks: { what: string; begin: () => Promise<unknown>; comesTo: unknown }[] = [
  { what: 'a hundred cards', begin: async () => head(await fetchDocument(office, `kartu?sesi=${sittings.hundred}`)), comesTo: pdf },
  { what: '1,341 cards', begin: async () => head(await fetchDocument(office, `kartu?sesi=${sittings.province}`)), comesTo: pdf },
  {
    what: 'an item book',
    begin: async () => head(await fetchDocument(office, `butir-pdf?instrumen=${await longestInstrument()}&kunci=ya`)),
    comesTo: pdf,
  },
  {
    what: 'eight reports that eight people ask for at once',
    begin: async () => {
      const people = await Promise.all(Array.from({ length: 8 }, () => place.person('bgtk')))
      return (await Promise.all(people.map((p) => fetchDocument(p, 'laporan-xlsx')))).map((b) => b.toString('latin1', 0, 2))
    },
    comesTo: Array(8).fill('PK'),
  },
  {
    what: 'sixty megabytes, three times from strangers and three times from who may upload',
    begin: async () => {
      const strangers = await Promise.all(['/masuk', '/api/delivery/sync', uploadPath('butir')].map((p) => sixtyMegabytes(p, null)))
      const entitled = await Promise.all([1, 2, 3].map(() => sixtyMegabytes(uploadPath('butir'), office.cookie)))
      // Turned away, or cut off while they still sent; who may upload is heard to the end.
      return [strangers.every((s) => [0, 403, 413].includes(s)), entitled.every((s) => s !== 0 && s !== 413)]
    },
    comesTo: [true, true],
  },
  {
    what: 'two hundred heads that drip',
    begin: async () => (await Promise.all(Array.from({ length: 200 }, drippingHead))).length,
    comesTo: 200,
  },
]

/** Who takes part in the sharing of cores: the system counts sessions first where it groups by them, and processes within them. */
const groupOf = (pid: number) => readFileSync(`/proc/${pid}/autogroup`, 'utf8').trim()
const groupsAreCounted = () => existsSync('/proc/self/autogroup')

it('pages and documents give way to answers, as processes and as groups, and the front shares its share with nobody', async () => {
  await expect.poll(() => place.pidsOf('document-maker').length, { timeout: 60_000 }).toBe(1)
  const pidOf = (program: string) => place.pidsOf(program)[0]!
  const [giving, others] = [['pages-process', 'document-maker'].map(pidOf), ['web', 'worker', 'clock'].map(pidOf)]
  await expect.poll(() => giving.map((pid) => getPriority(pid)), { timeout: 60_000 }).toEqual([10, 10])
  expect(others.map((pid) => getPriority(pid))).toEqual(Array(3).fill(getPriority()))
  if (!groupsAreCounted()) return
  expect(giving.map(groupOf)).toEqual(Array(2).fill(expect.stringMatching(/ nice 10$/)))
  expect(others.map(groupOf)).toEqual(Array(3).fill(expect.stringMatching(/ nice 0$/)))
  expect(new Set([...giving, ...others, process.pid].map((pid) => groupOf(pid).split(' ')[0])).size).toBe(6)
})

it('what PostgreSQL reads for pages gives way to what it does for phones; what it writes for them does not, since a commit waits for a commit', async () => {
  await fetch(`${place.base}/bgtk`, { headers: { cookie: office.cookie } })
  const sessions = await sql<{ pid: number; name: string; query: string }>(
    `SELECT pid, application_name AS name, query FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
  )
  const giving = sessions.filter((s) => s.name === GIVES_WAY)
  const others = sessions.filter((s) => s.name !== GIVES_WAY)
  expect([...new Set(giving.map((s) => getPriority(s.pid)))]).toEqual([constants.priority.PRIORITY_BELOW_NORMAL])
  expect([...new Set(others.map((s) => getPriority(s.pid)))]).toEqual([getPriority()])
  expect(giving.filter((s) => /\b(?:INSERT|UPDATE|DELETE|COMMIT|BEGIN)\b/.test(s.query))).toEqual([])
  // Only root may tell a session of the system so at any time.
  if (process.getuid?.() !== 0 || !groupsAreCounted()) return
  expect(giving.map((s) => groupOf(s.pid)).filter((g) => !g.endsWith(' nice 10'))).toEqual([])
})

describe('answers are taken as fast as in quiet', () => {
  it.for(attacks)('while $what', { timeout: 900_000 }, async ({ what, begin, comesTo }, { skip }) => {
    const tries: { most: number; limit: number; share: number }[] = []
    do {
      const { result, share } = await neighboursDuring(async () => {
        let over = false
        const going = begin().finally(() => (over = true))
        const busy: number[] = []
        do busy.push(await p99())
        while (!over)
        expect(await going).toEqual(comesTo)
        const most = Math.max(...busy)
        // As many windows in quiet, so that the worst of many is compared with the worst of many; below the limit there is nothing to compare.
        const quiet: number[] = []
        while (most > LIMIT_MS && quiet.length < Math.min(busy.length, 6)) quiet.push(await p99())
        const calm = Math.max(0, ...quiet)
        const limit = Math.max(LIMIT_MS, SLOWER * calm)
        const inQuiet = quiet.length ? `${calm.toFixed(1)} ms in quiet, ` : ''
        console.log(
          `${what}: p99 ${most.toFixed(1)} ms in the worst of ${busy.length} windows of ${WINDOW_SECONDS} s, ${inQuiet}${limit.toFixed(0)} ms allowed`,
        )
        return { most, limit }
      })
      tries.push({ ...result, share })
    } while (tries.length < TRIES && tries.every((t) => t.most > t.limit))
    const best = tries.reduce((a, b) => (b.most / b.limit < a.most / a.limit ? b : a))
    const others = Math.min(...tries.map((t) => t.share))
    if (best.most > best.limit && others > NEIGHBOURS)
      return skip(`not judged: other programs took ${Math.round(100 * others)} % of this machine and more, ${TRIES} times`)
    expect(best.most).toBeLessThanOrEqual(best.limit)
  })
  it('which could not be so where documents are drawn: the same cards hold the process that makes them for seconds', async () => {
    const held = monitorEventLoopDelay({ resolution: 10 })
    held.enable()
    await makeDocument(office.actor, 'kartu', new URLSearchParams({ sesi: sittings.province }))
    held.disable()
    console.log(`1,341 cards made on the spot hold the process for ${(held.max / 1e9).toFixed(1)} s`)
    expect(held.max / 1e6).toBeGreaterThan(10 * LIMIT_MS)
  }, 300_000)
})
