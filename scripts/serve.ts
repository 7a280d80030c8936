/** Starts everything a province needs on one machine: database, migrations, demonstration data, build, jobs, web server. */
import { spawn, type ChildProcess } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, statfsSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { runMigrations } from 'graphile-worker'
import { config } from '@/lib/platform/config'
import { openDatabase } from '@/lib/platform/database-server'
import { applyMigrations } from '@/lib/platform/schema-engine'
import { closeDatabase } from '@/lib/platform/db'
import { isEmpty, loadDemonstration, loadFoundations } from '@/prisma/seed/demonstration'
import { demonstrationAccounts, firstAdministrator, hasDemonstrationAccounts } from '@/prisma/seed/practice'
import { sourceFiles } from './sources'
import { writeMathFont } from './math-font'

const dev = process.argv.includes('--dev')
/** For a real office: reference rows and sample items, one administrator, nobody simulated. */
const empty = process.argv.includes('--empty')
const children: ChildProcess[] = []
let stopping = false

function portTaken(port: number, host: string): Promise<boolean> {
  return new Promise((done) => {
    const probe = connect({ port, host }, () => {
      probe.destroy()
      done(true)
    })
    probe.on('error', () => done(false))
  })
}

function buildHash(): string {
  const hash = createHash('sha256')
  for (const file of sourceFiles()) hash.update(file).update(readFileSync(file))
  return hash.digest('hex')
}

function run(args: string[], quiet: boolean): Promise<void> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, args, { stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit' })
    children.push(child)
    let said = ''
    child.stdout?.on('data', (d: Buffer) => (said += d))
    child.stderr?.on('data', (d: Buffer) => (said += d))
    child.on('exit', (code) => (code === 0 ? done() : fail(new Error(said.slice(-4000)))))
  })
}

async function build(): Promise<void> {
  await writeMathFont()
  const marker = join('.next', 'petaguru-build')
  const hash = buildHash()
  if (existsSync(marker) && readFileSync(marker, 'utf8') === hash) return
  console.log('  Membangun aplikasi (sekali saja, sekitar satu atau dua menit) …')
  await run(['node_modules/next/dist/bin/next', 'build'], true)
  writeFileSync(marker, hash)
}

function secret(dataDir: string): string {
  const file = join(dataDir, 'secret')
  if (!existsSync(file)) {
    writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600 })
  }
  return readFileSync(file, 'utf8').trim()
}

function fail(error: unknown): void {
  const known =
    (error as NodeJS.ErrnoException).code === 'ENOSPC' ? 'Disk penuh: kosongkan sedikitnya 1 GB, lalu ulangi.' : (error as Error).message
  console.error(`\n  ${known}\n`)
}

async function main(): Promise<void> {
  const { dataDir, PORT, HOST } = config()
  if (await portTaken(PORT, HOST)) {
    throw new Error(`Port ${PORT} sudah dipakai program lain. Hentikan program itu, atau jalankan dengan port lain: PORT=3100 npm start`)
  }
  mkdirSync(dataDir, { recursive: true })
  const disk = statfsSync(dataDir)
  if (disk.bavail * disk.bsize < 1_000_000_000) {
    throw new Error('Disk hampir penuh: Petaguru memerlukan sedikitnya 1 GB ruang kosong. Kosongkan ruang, lalu ulangi.')
  }
  process.env['NEXTAUTH_SECRET'] ??= secret(dataDir)
  process.env['NEXTAUTH_URL'] ??= `http://localhost:${PORT}`

  const database = await openDatabase()
  const stop = async (code: number) => {
    if (stopping) return
    stopping = true
    for (const child of children) child.kill('SIGTERM')
    await Promise.all(children.map((c) => (c.exitCode === null && c.signalCode === null ? new Promise((r) => c.once('exit', r)) : null)))
    await closeDatabase()
    await database.stop()
    process.exit(code)
  }
  process.on('SIGINT', () => void stop(0))
  process.on('SIGTERM', () => void stop(0))

  try {
    await applyMigrations(database.url)
    await runMigrations({ connectionString: database.url })
    let failure: unknown
    let welcome: string[] = []
    const keep = (error: unknown) => void (failure ??= error)
    const seed = async () => {
      if (!(await isEmpty())) return
      if (empty) {
        await loadFoundations(new Date())
        welcome = await firstAdministrator(new Date())
        return
      }
      console.log('  Memuat data peragaan (tersimulasi) …')
      await loadDemonstration((words) => console.log(`    ${words}`), Number(process.env['PETAGURU_DEMO_EVERY'] ?? 1))
    }
    // Both run to their end, so that stopping after a failure finds no work in flight.
    await Promise.all([seed().catch(keep), dev ? undefined : build().catch(keep)])
    if (failure) throw failure
    const open = await hasDemonstrationAccounts()
    if (open) welcome = demonstrationAccounts()
    await closeDatabase()

    children.push(spawn(process.execPath, ['--import', 'tsx', 'scripts/worker.ts'], { stdio: 'inherit' }))
    const next = spawn(process.execPath, ['node_modules/next/dist/bin/next', dev ? 'dev' : 'start', '-p', String(PORT), '-H', HOST], {
      stdio: ['ignore', dev ? 'inherit' : 'ignore', 'inherit'],
      env: { ...process.env, NODE_ENV: dev ? 'development' : 'production' },
    })
    children.push(next)
    next.on('exit', () => void stop(stopping ? 0 : 1))
    for (let tries = 0; tries < 300 && !(await portTaken(PORT, HOST)); tries++) await new Promise((r) => setTimeout(r, 100))
    console.log(`\n  Petaguru siap di http://localhost:${PORT}\n`)
    for (const line of welcome) console.log(`    ${line}`)
    if (open && !['localhost', '127.0.0.1', '::1'].includes(HOST)) {
      console.log(
        '\n  Perhatian: akun peragaan dengan kata sandi yang diketahui umum kini terbuka ke jaringan. Untuk pemakaian nyata: npm start -- --empty',
      )
    }
    console.log('\n  Ctrl-C menghentikan semuanya; data tersimpan di .data/.\n')
  } catch (error) {
    fail(error)
    await stop(1)
  }
}

main().catch((error: unknown) => {
  fail(error)
  process.exit(1)
})
