/**
 * What the browser suite stands on: one build, one demonstration loaded into a template database, and for every worker of the suite an
 * installation with a copy of that database. It answers at its own port once all of them serve, and takes everything away at its end.
 */
import { fork, spawn, type ChildProcess } from 'node:child_process'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { startEmbedded, type RunningDatabase } from '@/lib/platform/embedded-postgres'
import { endProcess } from '@/lib/platform/supervise'
import { connected, databaseAt as at, demonstrationOn } from '../demonstration'
import { FIRST_PORT, installations, keepInstallations, SECRET, STAGE_PORT, WORKERS, type Installation } from './installation'

const folder = process.env['E2E_DATA']!

/** An outside server that whoever runs all tests has made for us, else one of our own that gives durability up. */
async function server(): Promise<RunningDatabase> {
  const [url, ownerUrl] = [process.env['E2E_SERVER_URL'], process.env['E2E_SERVER_OWNER_URL']]
  return url && ownerUrl ? { url, ownerUrl, stop: async () => undefined } : startEmbedded(folder, { fast: true })
}

function build(): Promise<void> {
  return new Promise((done, fail) => {
    const child = fork('scripts/build.ts', { execArgv: ['--import', 'tsx'] })
    child.once('exit', (code) => (code === 0 ? done() : fail(new Error('the application cannot be built'))))
  })
}

async function serves({ base }: Installation, product: ChildProcess): Promise<void> {
  for (;;) {
    const up = await fetch(`${base}/masuk`, { redirect: 'manual' }).then(
      (r) => r.status === 200,
      () => false,
    )
    if (up) return
    if (product.exitCode !== null) throw new Error(`${base} does not come up`)
    await new Promise((r) => setTimeout(r, 200))
  }
}

const place = await server()
/** Whoever runs all tests has given the demonstration a name, so that it is loaded once for them all. */
const template = process.env['TEST_DEMONSTRATION'] ?? `petaguru_demonstration_${process.pid}`
const copies = Array.from({ length: WORKERS }, (_, i) => `petaguru_e2e_${process.pid}_${i}`)
const ask = (text: string) => connected(place.ownerUrl, (client) => client.query(text))
const products: ChildProcess[] = []
let leaving = false

async function leave(code: number): Promise<void> {
  if (leaving) return
  leaving = true
  await Promise.all(products.map((p) => endProcess(p, 15_000)))
  for (const name of copies) await ask(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`).catch(() => undefined)
  await place.stop()
  process.exit(code)
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void leave(0))

try {
  await Promise.all([demonstrationOn(place.ownerUrl, template, (words) => console.log(`  ${words}`)), build()])
  for (const name of copies) await ask(`CREATE DATABASE "${name}" TEMPLATE "${template}"`)
  keepInstallations(
    folder,
    copies.map((name, i) => ({
      port: FIRST_PORT + i,
      base: `http://localhost:${FIRST_PORT + i}`,
      url: at(place.url, name),
      ownerUrl: at(place.ownerUrl, name),
    })),
  )
  for (const [i, one] of installations(folder).entries())
    products.push(
      spawn(process.execPath, ['scripts/start.mjs'], {
        stdio: ['ignore', 'ignore', 'inherit'],
        env: {
          ...process.env,
          PORT: String(one.port),
          PETAGURU_DATA: join(folder, `installation-${i}`),
          DATABASE_URL: one.url,
          DATABASE_OWNER_URL: one.ownerUrl,
          LOG_LEVEL: 'warn',
          NEXTAUTH_SECRET: SECRET,
          NEXTAUTH_URL: one.base,
        },
      }),
    )
  await Promise.all(installations(folder).map((one, i) => serves(one, products[i]!)))
  createServer((_request, answer) => answer.end('ready')).listen(STAGE_PORT)
} catch (error) {
  console.error(error)
  await leave(1)
}
