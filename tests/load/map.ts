/**
 * `npm run load:map [-- --only 9436,340000 --every 8 --write]`: snapshots of a province, of all provinces, and of a country with 3.4 million
 * tested teachers, made as the worker makes them; then every page that an official opens. `--write` puts the table into docs/map.md.
 */
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { makeFigures } from '@/lib/mapping/inside'
import { settle } from '@/lib/platform/config'
import { closeDatabase, sql } from '@/lib/platform/db'
import { startEmbedded } from '@/lib/platform/embedded-postgres'
import { asOwner, migrate } from '@/lib/platform/migrate'
import { performSnapshot, prepareSnapshot, putIntoForce, snapshotById } from '@/lib/publication/inside'
import { show, table } from '../proof/found'
import { costing, type Costs } from './costs'
import { grow, measuredProvince } from './country'
import { machine } from './machine'
import { pagesOf, type PageTimes } from './map-pages'

const SERIES = 'Pemetaan 2025'
const said = (name: string) => {
  const at = process.argv.indexOf(`--${name}`)
  return at > 0 ? (process.argv[at + 1] ?? '') : null
}
const sizes = (said('only') ?? '9436,340000,3400000').split(',').map(Number)
const every = Number(said('every') ?? 1)
const say = (words: string) => console.error(`${new Date().toISOString().slice(11, 19)} ${words}`)

settle({ NEXTAUTH_SECRET: 'petaguru-load-secret-0123456789abc' })
const folder = said('stage') ?? mkdtempSync(join(tmpdir(), 'petaguru-load-map-'))
mkdirSync(folder, { recursive: true })
chmodSync(folder, 0o755)
const server = await startEmbedded(folder, { fast: true })
const postmaster = Number(readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])
const at = (url: string, name: string) => {
  const other = new URL(url)
  other.pathname = `/${name}`
  return other.href
}
async function asServer(text: string): Promise<void> {
  const client = new pg.Client({ connectionString: at(server.ownerUrl, 'postgres') })
  await client.connect()
  await client.query(text).finally(() => client.end())
}

type Found = { people: number; tests: number; cells: number; hidden: number; kabupaten: number; costs: Costs; pages: PageTimes }

/** Makes the snapshot of a country with so many times the province's people, and reads it. */
async function measure(copies: number): Promise<Found> {
  const name = `country_${copies}`
  await asServer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
  await asServer(`CREATE DATABASE ${name} TEMPLATE petaguru`)
  try {
    const began = performance.now()
    await grow(at(server.ownerUrl, name), copies)
    say(`${copies} times the province: written in ${((performance.now() - began) / 1000).toFixed(0)} s`)
    settle({ DATABASE_URL: at(server.url, name) })
    const prepared = await prepareSnapshot(SERIES, { userId: null, name: 'Beban' }, new Date())
    if (!prepared.ok) throw new Error(prepared.message)
    const { id } = prepared.value
    const { value, costs } = await costing(postmaster, () =>
      performSnapshot(id, makeFigures, async (done, of, words) => say(`  ${done} of ${of}: ${words}`)),
    )
    say(`  ${value.words} ${JSON.stringify(costs)}`)
    const put = await putIntoForce(id, { userId: null, name: 'Beban' }, { userId: null, name: 'Kedua' }, new Date())
    if (!put.ok) throw new Error(put.message)
    const [counted] = await sql<{ people: number; tests: number; kabupaten: number }>(
      `SELECT count(DISTINCT s.teacher_id)::int AS people, count(*)::int AS tests, count(DISTINCT m.region_id)::int AS kabupaten
         FROM snapshot_member m JOIN attempt a ON a.id = m.attempt_id JOIN seat s ON s.id = a.seat_id WHERE m.snapshot_id = $1`,
      [id],
    )
    const { audit } = (await snapshotById(id))!
    const pages = await pagesOf(id)
    say(`  ${JSON.stringify(pages)}`)
    return { ...counted!, cells: audit!.groups, hidden: audit!.hidden, costs, pages }
  } finally {
    await closeDatabase()
    await asServer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
  }
}

try {
  settle({ DATABASE_URL: server.url })
  await migrate(server)
  // A stage that holds the measured province already is copied as it is.
  if (!(await sql(`SELECT 1 FROM score_run WHERE state = 'released'`)).length) await asOwner(server, () => measuredProvince(every, say))
  const [{ n: tested } = { n: 1 }] = await sql<{ n: number }>(
    `SELECT count(DISTINCT s.teacher_id)::int AS n FROM attempt a JOIN seat s ON s.id = a.seat_id JOIN sitting t ON t.id = s.sitting_id JOIN cycle c ON c.id = t.cycle_id
      WHERE a.state = 'closed' AND c.series = $1`,
    [SERIES],
  )
  await closeDatabase()
  const found: Found[] = []
  for (const size of sizes) found.push(await measure(Math.max(1, Math.round(size / tested))))
  const n = (x: number) => Math.round(x).toLocaleString('en')
  const made = found.map(({ people, tests, cells, hidden, kabupaten, costs: c }) =>
    [people, tests, kabupaten, cells, hidden, c.seconds, c.nodeCpu, c.postgresCpu, c.nodeMb, c.postgresMb, c.togetherMb].map(n),
  )
  const head = [
    'tested',
    'tests',
    'kabupaten',
    'figures',
    'hidden',
    'seconds',
    'CPU-s Node',
    'CPU-s PostgreSQL',
    'MB Node',
    'MB PostgreSQL',
    'MB together',
  ]
  const names = Object.keys(found[0]!.pages)
  const last = found.at(-1)!
  const read = names.map((name) => [
    name,
    ...found.flatMap(({ pages }) => [pages[name]!.p50.toFixed(1), pages[name]!.p95.toFixed(1), pages[name]!.first.toFixed(1)]),
    ...(found.length > 1 ? [(last.pages[name]!.p50 / found[0]!.pages[name]!.p50).toFixed(1)] : []),
  ])
  const readHead = [
    'page',
    ...found.flatMap(({ people }) => [`p50 at ${n(people)}, ms`, 'p95', 'p95 of the first look']),
    ...(found.length > 1 ? ['largest to smallest'] : []),
  ]
  console.log(`${table(head, made)}\n\n${table(readHead, read)}\n`)
  console.log(JSON.stringify(machine()))
  if (process.argv.includes('--write')) {
    show('docs/map.md', 'making', () => table(head, made))
    show('docs/map.md', 'pages', () => table(readHead, read))
  }
} finally {
  await closeDatabase()
  await server.stop()
  if (!said('stage')) rmSync(folder, { recursive: true, force: true })
}
process.exit(0)
