/** Type check, lint, unit, integration on a PostgreSQL of its own, browser. Ends with one line that counts. */
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import pg from 'pg'
import { startEmbedded, type RunningDatabase } from '@/lib/platform/embedded-postgres'
import { config, environmentFor } from '@/lib/platform/config'

const bin = (name: string, file: string) => join('node_modules', name, file)
let failed = false

function step(name: string, args: string[], env: Record<string, string> = {}): void {
  console.log(`\n── ${name}`)
  const began = Date.now()
  const done = spawnSync(process.execPath, args, { stdio: 'inherit', env: environmentFor(env) })
  console.log(`── ${name}: ${done.status === 0 ? 'baik' : 'GAGAL'} (${Math.round((Date.now() - began) / 1000)} detik)`)
  if (done.status !== 0) failed = true
}

/** A browser that is here, or one that can be fetched; else a sentence. */
function browserReady(): boolean {
  const here = [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ].some((p) => existsSync(p))
  if (here || existsSync(chromium.executablePath())) return true
  const attempts: [string, string[]][] = [
    [process.execPath, [bin('@playwright/test', 'cli.js'), 'install', 'chromium']],
    ...(process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
      ? ([['sh', ['-c', 'apt-get update -qq && apt-get install -y -qq chromium']]] as [string, string[]][])
      : []),
  ]
  for (const [command, args] of attempts) {
    console.log(`  Mencoba memasang peramban: ${args.at(-1)}`)
    if (spawnSync(command, args, { stdio: 'ignore', timeout: 300_000 }).status === 0) return true
  }
  console.error(
    '  Peramban untuk uji layar tidak ditemukan. Pasang Chromium atau Chrome (Debian/Ubuntu: apt-get install chromium), lalu ulangi npm test.',
  )
  return false
}

/** A server for tests only: a scratch one of our own, or scratch databases on the outside server of DATABASE_URL. */
async function testServer(): Promise<RunningDatabase> {
  const { DATABASE_URL: outside, DATABASE_OWNER_URL } = config()
  if (outside) return { url: outside, ownerUrl: DATABASE_OWNER_URL ?? outside, stop: async () => undefined }
  const folder = mkdtempSync(join(tmpdir(), 'petaguru-test-'))
  chmodSync(folder, 0o755)
  const server = await startEmbedded(folder, { fast: true })
  return {
    ...server,
    stop: async () => {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function scratchDatabase(
  server: RunningDatabase,
  name: string,
): Promise<{ url: string; ownerUrl: string; drop: () => Promise<void> }> {
  const run = async (text: string) => {
    const client = new pg.Client({ connectionString: server.ownerUrl })
    await client.connect()
    await client.query(text)
    await client.end()
  }
  await run(`CREATE DATABASE "${name}"`)
  const within = (door: string) => {
    const url = new URL(door)
    url.pathname = `/${name}`
    return url.href
  }
  return { url: within(server.url), ownerUrl: within(server.ownerUrl), drop: () => run(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`) }
}

type Counts = { passed: number; failed: number; skipped: number }
function counted(): Counts {
  const sum: Counts = { passed: 0, failed: 0, skipped: 0 }
  for (const name of ['unit', 'integration', 'faults']) {
    const file = `.data/test/${name}.json`
    if (!existsSync(file)) continue
    const r = JSON.parse(readFileSync(file, 'utf8')) as { numPassedTests: number; numFailedTests: number; numPendingTests: number }
    sum.passed += r.numPassedTests
    sum.failed += r.numFailedTests
    sum.skipped += r.numPendingTests
  }
  if (existsSync('.data/test/e2e.json')) {
    const r = JSON.parse(readFileSync('.data/test/e2e.json', 'utf8')) as {
      stats: { expected: number; unexpected: number; skipped: number }
    }
    sum.passed += r.stats.expected
    sum.failed += r.stats.unexpected
    sum.skipped += r.stats.skipped
  }
  return sum
}

rmSync('.data/test', { recursive: true, force: true })
mkdirSync('.data/test', { recursive: true })
const vitest = (project: string) => [
  bin('vitest', 'vitest.mjs'),
  'run',
  '--project',
  project,
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=.data/test/${project}.json`,
]

step('jenis (tsc)', [bin('typescript', 'bin/tsc'), '--noEmit'])
step('kaidah (eslint)', [bin('eslint', 'bin/eslint.js'), '.'])
step('uji unit', vitest('unit'))
const server = await testServer()
const e2e = await scratchDatabase(server, `petaguru_e2e_${process.pid}`)
try {
  step('uji integrasi', vitest('integration'), { TEST_SERVER_URL: server.ownerUrl })
  if (browserReady()) {
    step('uji gangguan (bentuk pendek)', vitest('faults'), { TEST_SERVER_URL: server.ownerUrl })
    const data = mkdtempSync(join(tmpdir(), 'petaguru-e2e-'))
    step('uji peramban', [bin('@playwright/test', 'cli.js'), 'test'], {
      DATABASE_URL: e2e.url,
      DATABASE_OWNER_URL: e2e.ownerUrl,
      E2E_DATA: data,
    })
    rmSync(data, { recursive: true, force: true })
  } else failed = true
} finally {
  await e2e.drop()
  await server.stop()
}
const total = counted()
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
process.exit(failed || total.passed === 0 ? 1 : 0)
