import { join } from 'node:path'
import pg from 'pg'
import { config, settle } from './config'
import { startEmbedded, type RunningDatabase } from './embedded-postgres'
import { unsafeDatabase } from './outgoing'

/** A sentence of PostgreSQL or of the network about a database that is not there; its own class, because it may come. */
class Away extends Error {}

async function checkVersion(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 })
  const where = new URL(url)
  const words = (reason: string) => `Basis data di ${where.hostname}:${where.port || 5432} tidak dapat dipakai: ${reason}.`
  try {
    await client.connect()
  } catch (error) {
    // A wrong password or a missing database does not mend itself; a server that is away or starting may.
    const refused = error instanceof pg.DatabaseError && /^(?:28|3D)/.test(error.code ?? '')
    throw new (refused ? Error : Away)(words((error as Error).message || 'tidak ada jawaban'))
  }
  try {
    const { rows } = await client.query<{ v: number }>(`SELECT current_setting('server_version_num')::int AS v`)
    const version = rows[0]?.v ?? 0
    if (version < 150000)
      throw new Error(words(`versi servernya ${Math.floor(version / 10000)}, sedangkan yang diperlukan 15 atau lebih baru`))
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** The embedded server that this process opened; afterwards DATABASE_URL names its application door. */
let opened: RunningDatabase | null = null

/**
 * Both doors of an outside server, or of the embedded one when this process opened it before; null when neither is known.
 * Throws where the way there is not safe: every program comes by here.
 */
function known(): RunningDatabase | null {
  const { DATABASE_URL, DATABASE_OWNER_URL } = config()
  if (!DATABASE_URL) return null
  const ownerUrl = opened?.url === DATABASE_URL ? opened.ownerUrl : (DATABASE_OWNER_URL ?? DATABASE_URL)
  const unsafe = unsafeDatabase(DATABASE_URL) ?? unsafeDatabase(ownerUrl)
  if (unsafe) throw new Error(unsafe)
  return { url: DATABASE_URL, ownerUrl, stop: async () => undefined }
}

/**
 * The database this process shall use: the outside one of DATABASE_URL (and DATABASE_OWNER_URL for migrations), else the embedded one.
 * Sets DATABASE_URL for everything that follows. Errors are sentences for the person at the console. `waiting` hears, once,
 * that an outside database is away, and makes the call wait for it; without it that is an error.
 */
export async function openDatabase(waiting?: (sentence: string) => void): Promise<RunningDatabase> {
  const outside = known()
  if (!outside) {
    opened = await startEmbedded(join(config().dataDir))
    settle({ DATABASE_URL: opened.url })
    return opened
  }
  for (let told = false; ;) {
    try {
      await checkVersion(outside.url)
      return outside
    } catch (error) {
      if (!waiting || !(error instanceof Away)) throw error
      if (!told) waiting(error.message)
      told = true
      await new Promise((r) => setTimeout(r, 1000))
    }
  }
}

/**
 * The same for a process that serves phones: it takes the address of DATABASE_URL as it is and starts to listen, whether
 * the database is there or not; requests are "busy" until it is.
 */
export async function databaseAddress(): Promise<RunningDatabase> {
  return known() ?? openDatabase()
}
