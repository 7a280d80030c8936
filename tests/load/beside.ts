/**
 * What answers feel of reports: the whole product with the data of a province, phones at half of their full rate by the clock, and beside
 * them, in turns with quiet, six people on its heaviest pages, a workbook and a hundred cards, over and over.
 */
import { unfinishedLoading } from '@/lib/platform/loading'
import { openProduct, type Person, type Product } from '../faults/product'
import { median } from './machine'

export type Beside = {
  perSecond: number
  quietP99: number
  besideP99: number
  ratio: number
  heaviest: { path: string; ms: number }[]
  pages: number
  documents: number
}

const BROWSERS = 6
const CARDS = 100
const WRITERS = 500
/** Links that change something, leave the house, or hand out files. */
const NOT_A_PAGE = /^\/(?:keluar|masuk|pulang|tes|api|berkas|_next)\b/
const OF_A_KIND = 3

const round = (x: number, digits = 1) => Math.round(x * 10 ** digits) / 10 ** digits
const kindOf = (path: string) => path.split('?')[0]!.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '#')

async function visit(place: Product, person: Person, path: string): Promise<{ ms: number; text: string; ok: boolean }> {
  const from = performance.now()
  const answer = await fetch(`${place.base}${path}`, { headers: { cookie: person.cookie, accept: 'text/html' }, redirect: 'manual' })
  const text = await answer.text()
  return { ms: performance.now() - from, text, ok: answer.status === 200 }
}

/** Follows links from the first page of the office, a few of each kind, and times each at its second visit; the slowest of each kind first. */
export async function timePages(place: Product, person: Person, most: number): Promise<{ path: string; ms: number }[]> {
  const waiting = ['/beranda']
  const seen = new Set(waiting)
  const times = new Map<string, { path: string; ms: number }>()
  const counts = new Map<string, number>()
  for (let visited = 0; waiting.length && visited < most; visited++) {
    const path = waiting.shift()!
    const first = await visit(place, person, path)
    if (!first.ok) continue
    const { ms } = await visit(place, person, path)
    const kind = kindOf(path)
    if (ms > (times.get(kind)?.ms ?? 0)) times.set(kind, { path, ms: round(ms, 0) })
    for (const [, href] of first.text.matchAll(/<a\b[^>]*\bhref="(\/[^"#]*)"/g)) {
      const link = href!.replaceAll('&amp;', '&')
      if (seen.has(link) || NOT_A_PAGE.test(link)) continue
      seen.add(link)
      const same = counts.get(kindOf(link)) ?? 0
      if (same >= OF_A_KIND) continue
      counts.set(kindOf(link), same + 1)
      waiting.push(link)
    }
  }
  return [...times.values()].toSorted((a, b) => b.ms - a.ms)
}

/** Begins what goes on beside; ends it when told, and says how much was done. */
function begin(place: Product, person: Person, paths: string[], sittingId: string) {
  let going = true
  let pages = 0
  let documents = 0
  const overAndOver = async (work: () => Promise<unknown>, done: () => void) => {
    while (going) {
      await work()
      done()
    }
  }
  const all = [
    ...paths.map((path) =>
      overAndOver(
        () => visit(place, person, path),
        () => pages++,
      ),
    ),
    ...['laporan-xlsx', `kartu?sesi=${sittingId}`].map((path) =>
      overAndOver(
        () => place.fetchDocument(person, path),
        () => documents++,
      ),
    ),
  ]
  return async () => {
    going = false
    await Promise.all(all)
    return { pages, documents }
  }
}

/** `every`: the size of the demonstration; `visits`: how many pages are looked at to find the heaviest; windows in seconds. */
export async function measureBeside(
  { every, visits, rounds, seconds }: { every: number; visits: number; rounds: number; seconds: number },
  say: (words: string) => void,
): Promise<Beside> {
  const place = await openProduct({ demonstrationEvery: every })
  try {
    // Pages are shown long before the province is whole.
    while (await unfinishedLoading()) await new Promise((r) => setTimeout(r, 1_000))
    const office = await place.person('bgtk')
    const { sittingId } = await place.seat(CARDS)
    await place.name(sittingId)
    const { seats } = await place.seat(WRITERS)
    await place.ask('begin', { seats, connections: 32 })
    const times = await timePages(place, office, visits)
    say(`pages, warm, slowest first: ${times.map((t) => `${t.path} ${t.ms} ms`).join(', ')}`)
    if (times.length < BROWSERS) throw new Error(`only ${times.length} pages of the office answer; nothing heavy can be asked for`)
    const heaviest = times.slice(0, BROWSERS)
    await place.ask('answers', { clients: 32, seconds: 2 })
    const full = await place.ask('answers', { clients: 32, seconds })
    const perSecond = Math.round(full.perSecond / 2)
    const p99 = async () => (await place.ask('answers', { clients: 64, seconds, perSecond })).p99
    const [quiet, beside] = [[] as number[], [] as number[]]
    let [pages, documents] = [0, 0]
    for (let r = 0; r < rounds; r++) {
      quiet.push(await p99())
      const end = begin(
        place,
        office,
        heaviest.map((h) => h.path),
        sittingId,
      )
      beside.push(await p99())
      const done = await end()
      pages += done.pages
      documents += done.documents
      say(`  round ${r + 1}: p99 ${round(quiet.at(-1)!)} ms in quiet, ${round(beside.at(-1)!)} ms beside`)
    }
    const [quietP99, besideP99] = [median(quiet), median(beside)]
    const ratio = round(besideP99 / quietP99, 2)
    say(
      `at half of the full rate (${perSecond}/s by the clock), ${BROWSERS} browsers on the heaviest pages (${pages} made), a workbook and ${CARDS} cards (${documents} made): p99 ${round(besideP99)} ms = ${ratio} × the ${round(quietP99)} ms without them`,
    )
    return { perSecond, quietP99: round(quietP99, 2), besideP99: round(besideP99, 2), ratio, heaviest, pages, documents }
  } finally {
    await place.close()
  }
}
