import { spawnSync, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { platform, tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { APPLICATION_ROLE, makeApplicationRole } from './database-roles'
import { makeDataFolder } from './data-folder'
import { binaryFolder, dataFolder, postgresOwner, runProgram, startServer, type Owner } from './postgres-binaries'

/**
 * `url` is the application's door, `ownerUrl` that of migrations and seeds.
 * `ended` resolves when the server is gone without `stop` having been asked.
 */
export type RunningDatabase = { url: string; ownerUrl: string; stop: () => Promise<void>; ended?: Promise<void> }

const USER = 'petaguru'
const DATABASE = 'petaguru'

async function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer()
    server.on('error', fail)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => (address && typeof address === 'object' ? done(address.port) : fail(new Error('no port'))))
    })
  })
}

function processLives(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** A server that already runs on this data folder, from its own pid file; else null. */
function runningServer(dataDir: string): { pid: number; port: number } | null {
  const pidFile = join(dataDir, 'postmaster.pid')
  if (!existsSync(pidFile)) return null
  const lines = readFileSync(pidFile, 'utf8').split('\n')
  const [pid, port] = [Number(lines[0]), Number(lines[3])]
  return pid && port && processLives(pid) ? { pid, port } : null
}

/** Watches a server that another process started. */
function endOf(pid: number): Promise<void> {
  return new Promise((done) => {
    const timer = setInterval(() => {
      if (processLives(pid)) return
      clearInterval(timer)
      done()
    }, 500)
    timer.unref()
  })
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3000 })
  try {
    await client.connect()
    await client.end()
    return true
  } catch {
    return false
  }
}

/** Asks the server to end its sessions and stop (PostgreSQL's fast shutdown), and waits for it. */
function stopServer(server: ChildProcess): Promise<void> {
  return new Promise((done) => {
    if (server.exitCode !== null || server.signalCode !== null) return done()
    server.once('exit', () => done())
    if (platform() === 'win32' && server.pid) spawnSync('taskkill', ['/pid', String(server.pid), '/f', '/t'])
    else server.kill('SIGINT')
  })
}

/**
 * Starts the embedded PostgreSQL on loopback with its files under `folder`, or joins the one that runs there.
 * `stop` ends only what this call started. `fast` gives durability up, for tests; `port` where a server stood before.
 */
export async function startEmbedded(folder: string, options: { fast?: boolean; port?: number } = {}): Promise<RunningDatabase> {
  const owner = postgresOwner()
  makeDataFolder(folder, owner)
  const password = keptPassword(folder, 'postgres.password')
  const applicationPassword = keptPassword(folder, 'application.password')
  const urlAt = (port: number, database = DATABASE) => `postgresql://${USER}:${password}@127.0.0.1:${port}/${database}`
  /** Both doors of a server that runs; a data folder of an earlier version gets the application's role here. */
  const doorsAt = async (port: number) => {
    const ownerUrl = urlAt(port)
    const url = `postgresql://${APPLICATION_ROLE}:${applicationPassword}@127.0.0.1:${port}/${DATABASE}`
    if (!(await answers(url))) await makeApplicationRole(ownerUrl, APPLICATION_ROLE, applicationPassword)
    return { url, ownerUrl }
  }
  const data = dataFolder(join(folder, 'postgres'), owner)

  const running = runningServer(data)
  if (running && (await answers(urlAt(running.port))))
    return { ...(await doorsAt(running.port)), stop: async () => undefined, ended: endOf(running.pid) }

  try {
    const programs = binaryFolder()
    if (!existsSync(join(data, 'PG_VERSION'))) initialise(programs, data, password, owner)
    const port = options.port ?? (await freePort())
    const settings = [
      `port=${port}`,
      'listen_addresses=127.0.0.1',
      'unix_socket_directories=',
      'max_connections=200',
      'shared_buffers=256MB',
      'max_wal_size=2GB',
    ]
    if (options.fast) settings.push('fsync=off', 'synchronous_commit=off')
    const server = await startServer(programs, data, settings, owner)
    if (!(await answers(urlAt(port)))) await createDatabase(urlAt(port, 'postgres'))
    const ended = new Promise<void>((done) => void server.once('exit', () => done()))
    return { ...(await doorsAt(port)), stop: () => stopServer(server), ended }
  } catch (error) {
    throw new Error(`PostgreSQL bawaan tidak dapat dijalankan di ${data}: ${(error as Error).message}`)
  }
}

/** A password that this folder keeps in a file of its own, made when missing. */
function keptPassword(folder: string, name: string): string {
  const file = join(folder, name)
  if (!existsSync(file)) {
    try {
      writeFileSync(file, randomBytes(18).toString('base64url'), { mode: 0o600, flag: 'wx' })
    } catch (error) {
      // Another process of this installation has just made it.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
  return readFileSync(file, 'utf8').trim()
}

/** Makes an empty cluster. The password travels in a file that only its reader may open, and is gone afterwards. */
function initialise(programs: string, data: string, password: string, owner: Owner): void {
  const folder = mkdtempSync(join(tmpdir(), 'petaguru-pw-'))
  const file = join(folder, 'password')
  try {
    writeFileSync(file, password, { mode: 0o600 })
    if (owner) for (const path of [folder, file]) chownSync(path, owner.uid, owner.gid)
    runProgram(
      programs,
      'initdb',
      [`--pgdata=${data}`, '--auth=scram-sha-256', `--username=${USER}`, `--pwfile=${file}`, '--encoding=UTF8', '--locale=C'],
      owner,
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function createDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(`CREATE DATABASE ${DATABASE}`)
  await client.end()
}
