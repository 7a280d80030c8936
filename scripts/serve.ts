/** Starts everything a province needs on one machine: database, migrations, demonstration data, build, jobs, web server. */
import { spawn, type ChildProcess } from 'node:child_process'
import { statfsSync } from 'node:fs'
import { join } from 'node:path'
import { config, environmentFor, settingLines, settle } from '@/lib/platform/config'
import { closeDataFolder, makeDataFolder } from '@/lib/platform/data-folder'
import { openDatabase } from '@/lib/platform/database-server'
import { excessRights } from '@/lib/platform/database-roles'
import { asOwner, migrate } from '@/lib/platform/migrate'
import { loadSecrets } from '@/lib/platform/secrets'
import { closeDatabase } from '@/lib/platform/db'
import { exposureOf } from '@/lib/platform/exposure'
import { pagesSockets } from '@/lib/platform/pages-door'
import { programOf } from '@/lib/platform/programs'
import { postgresOwner } from '@/lib/platform/postgres-binaries'
import { keepRunning } from '@/lib/platform/postgres-keeper'
import { endProcess, supervise, type Supervised } from '@/lib/platform/supervise'
import { endLoading, forgetFailures, unfinishedLoading } from '@/lib/platform/loading'
import { loadCatalogue } from '@/lib/plans/catalogue-service'
import { isEmpty } from '@/prisma/seed/filling'
import { demonstrationIsOpen } from '@/lib/access/demonstration'
import { demonstrationAccounts, firstAdministrator } from '@/prisma/seed/practice'
import { buildApplication } from './build-application'
import { closedDemonstration, refusalOfAddress, refusalOfDatabase } from './installation'
import { keepLoading } from './loading'
import { exitCode, printed, securityState } from './security-state'
import { waiting } from './waiting'

const dev = process.argv.includes('--dev')
/** For a real office: reference rows and sample items, one administrator, nobody simulated. */
const empty = process.argv.includes('--empty')
/** Commands that answer and end; nothing is served. */
const closing = process.argv.includes('--close-demonstration')
const checking = process.argv.includes('--check')
/** The build, while it runs. */
let building: ChildProcess | null = null
const kept: { stop: () => Promise<void> }[] = []
let stopping = false

/** A build needs no database: while it runs the seed holds the owner's key in this process. */
async function build(): Promise<void> {
  await buildApplication(withoutOwner({ DATABASE_URL: undefined }), (child) => (building = child))
}

/** The environment of programs that serve people: they never hold the owner's key to the database, and Next.js tells its makers nothing. */
function withoutOwner(changes: Record<string, string | undefined>): NodeJS.ProcessEnv {
  return environmentFor({ DATABASE_OWNER_URL: undefined, NEXT_TELEMETRY_DISABLED: '1', ...changes })
}

const tooMuch = (rights: string[]) =>
  `Perhatian: peran basis data aplikasi boleh lebih dari yang diperlukan (${rights.join(', ')}). ` +
  'Pasang dua peran: npm run -s database -- roles mencetak SQL-nya.'

const openWords = (paths: string[]) =>
  `Perhatian: pengguna lain komputer ini dapat membaca ${paths.length} berkas atau folder Petaguru (${paths.slice(0, 4).join(', ')}${paths.length > 4 ? ', …' : ''}). ` +
  'Sekarang sudah ditutup. Bila ada orang lain yang masuk ke komputer ini, ganti rahasianya: npm run secret -- rotate.'

/** What is said when one of our programs ended and is started again; `times`: how often in a row it did not stay up. */
function endedWords(name: string, times: number): string {
  const still =
    name === 'Proses jawaban'
      ? 'Ponsel menyimpan jawaban dan mengirimnya sendiri.'
      : `Jawaban tes tetap diterima${name === 'Proses halaman' ? '; halaman menunggu sebentar dan terbuka sendiri' : ''}.`
  return times < 5
    ? `${name} berhenti dan dijalankan lagi. ${still}`
    : `${name} berhenti ${times} kali berturut-turut segera setelah dijalankan; sebabnya tertulis di atas, dan dicoba terus. ${still}`
}

/**
 * One of our own programs, kept alive. Without `gaveUp` it is tried for as long as the installation runs: pages or background work that
 * cannot start must not take the process that answers phones with them.
 */
function keep(name: string, [program, ...rest]: [string, ...string[]], gaveUp?: (sentence: string) => void): Supervised {
  const { flags, file } = programOf(program, ['next-environment', 'configured', 'kept'])
  const launch = () =>
    spawn(process.execPath, [...flags, file, ...rest], {
      stdio: ['ignore', dev ? 'inherit' : 'ignore', 'inherit', 'ipc'],
      env: withoutOwner({ NODE_ENV: dev ? 'development' : 'production' }),
      // A session of its own: Linux shares cores among those first, and what answers phones shares its part with nobody (decision 050).
      detached: process.platform !== 'win32',
    })
  return supervise(
    name,
    launch,
    {
      restarted: (_pause, times) => stopping || console.error(`\n  ${endedWords(name, times)}\n`),
      gaveUp: (sentence) => gaveUp?.(sentence),
    },
    gaveUp ? {} : { tries: Infinity },
  )
}

/** Whether pages are answered, not only phones: the front listens before the pages are prepared. */
async function pagesAnswer(port: number, host: string): Promise<boolean> {
  return fetch(`http://${host.includes(':') ? `[${host}]` : host}:${port}/masuk`, {
    redirect: 'manual',
    signal: AbortSignal.timeout(60_000),
  }).then(
    (r) => r.status !== 503,
    () => false,
  )
}

function fail(error: unknown): void {
  const known =
    (error as NodeJS.ErrnoException).code === 'ENOSPC' ? 'Disk penuh: kosongkan sedikitnya 1 GB, lalu ulangi.' : (error as Error).message
  console.error(`\n  ${known}\n`)
}

async function main(): Promise<void> {
  if (checking) {
    const lines = await securityState(new Date())
    for (const line of [...printed(lines), '', 'Pengaturan yang dibaca:', ...settingLines()]) console.log(line)
    process.exit(exitCode(lines))
  }
  const { dataDir, PORT, HOST } = config()
  const refused = closing ? null : refusalOfAddress()
  if (refused) throw new Error(refused)
  if (!closing && (await waiting()).taken) {
    throw new Error(`Port ${PORT} sudah dipakai program lain. Hentikan program itu, atau jalankan dengan port lain: PORT=3100 npm start`)
  }
  const embedded = !config().DATABASE_URL
  const owner = embedded ? postgresOwner() : null
  makeDataFolder(dataDir, owner)
  const disk = statfsSync(dataDir)
  if (disk.bavail * disk.bsize < 1_000_000_000) {
    throw new Error('Disk hampir penuh: Petaguru memerlukan sedikitnya 1 GB ruang kosong. Kosongkan ruang, lalu ulangi.')
  }
  const wereOpen = closeDataFolder(dataDir, owner)
  if (wereOpen.length) console.log(`\n  ${openWords(wereOpen)}\n`)
  loadSecrets(dataDir, { make: true })
  settle({ NEXTAUTH_URL: config().NEXTAUTH_URL ?? `http://localhost:${PORT}` })

  const database = await openDatabase((sentence) => console.log(`\n  ${sentence} Ditunggu …`))
  // Whatever is written from here on, by this process and those that it starts, is for its own user.
  process.umask(0o077)
  const stop = async (code: number) => {
    if (stopping) return
    stopping = true
    if (building) await endProcess(building, 5_000)
    await Promise.all(kept.map((k) => k.stop()))
    await closeDatabase()
    await keeper?.stop()
    process.exit(code)
  }
  const giveUp = (sentence: string) => {
    console.error(`\n  ${sentence}\n`)
    void stop(1)
  }
  const keeper = embedded
    ? keepRunning(dataDir, database, {
        died: () => console.error('\n  Basis data berhenti; dijalankan lagi. Ponsel menyimpan jawaban dan mengirimnya sendiri nanti.'),
        back: () => console.error('  Basis data berjalan lagi.\n'),
        gaveUp: giveUp,
      })
    : null
  process.on('SIGINT', () => void stop(0))
  process.on('SIGTERM', () => void stop(0))
  process.on('SIGHUP', () => void stop(0))

  try {
    await migrate(database)
    const excess = await excessRights(database.url)
    if (excess.length) console.log(`\n  ${tooMuch(excess)}\n`)
    if (closing) {
      for (const line of await closedDemonstration(new Date())) console.log(`  ${line}`)
      return await stop(0)
    }
    const no = await refusalOfDatabase(empty)
    if (no) throw new Error(no)
    let failure: unknown
    let welcome: string[] = []
    const note = (error: unknown) => void (failure ??= error)
    /** An empty database that gets a demonstration: what that is, the process knows that loads it. */
    let wanted = false
    const seed = async () => {
      // Neither an office's own installation nor a public address gets (more) invented people.
      if (empty || exposureOf(config()).because.length) await endLoading()
      else if (await unfinishedLoading()) return void (await forgetFailures())
      if (!(await isEmpty())) {
        // New modules of a newer version reach an installation that is in use; what its office changed stays.
        const loaded = await loadCatalogue(join('prisma', 'catalogue'), new Date())
        if (!loaded.ok) throw new Error(loaded.message)
        welcome = await firstAdministrator(new Date())
        return
      }
      if (empty) {
        const { loadFoundations } = await import('@/prisma/seed/plan')
        await loadFoundations(new Date())
        welcome = await firstAdministrator(new Date())
        return
      }
      wanted = true
    }
    const load = async () => {
      await asOwner(database, seed)
      if (!wanted && !(await unfinishedLoading())) return
      console.log('  Memuat data peragaan (tersimulasi); sisanya menyusul sementara halaman sudah dapat dibuka …')
      const loading = keepLoading(database.ownerUrl)
      kept.push(loading)
      await loading.first
    }
    const serve = async () => {
      const mode = dev ? ['--dev'] : []
      pagesSockets().forEach((_socket, at) => kept.push(keep('Proses halaman', ['pages-process', String(at), ...mode])))
      await (await waiting()).stop()
      kept.push(keep('Proses jawaban', ['web', ...mode], giveUp))
    }
    // In development nothing is built ahead: pages are served while the data are loaded.
    if (dev) await serve()
    // Both run to their end, so that stopping after a failure finds no work in flight.
    await Promise.all([load().catch(note), dev ? undefined : build().catch(note)])
    if (failure) throw failure
    const open = await demonstrationIsOpen()
    if (open) welcome = demonstrationAccounts()
    await closeDatabase()

    kept.push(keep('Pekerja menit', ['clock']))
    kept.push(keep('Pekerja latar', ['worker']))
    if (!dev) await serve()
    while (!stopping && !(await pagesAnswer(PORT, HOST))) await new Promise((r) => setTimeout(r, 200))
    if (stopping) return
    console.log(`\n  Petaguru siap di http://localhost:${PORT}\n`)
    for (const line of welcome) console.log(`    ${line}`)
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
