import { join } from 'node:path'
import pg from 'pg'
import { config } from './config'
import { startEmbedded, type RunningDatabase } from './embedded-postgres'

/**
 * The database this process shall use: the outside one of DATABASE_URL, else the embedded one.
 * Sets DATABASE_URL for everything that follows. Errors are sentences for the person at the console.
 */
export async function openDatabase(): Promise<RunningDatabase> {
  const { DATABASE_URL, dataDir } = config()
  if (!DATABASE_URL) {
    const embedded = await startEmbedded(join(dataDir))
    process.env['DATABASE_URL'] = embedded.url
    return embedded
  }
  const client = new pg.Client({ connectionString: DATABASE_URL, connectionTimeoutMillis: 5000 })
  try {
    await client.connect()
    const { rows } = await client.query<{ v: number }>(`SELECT current_setting('server_version_num')::int AS v`)
    const version = rows[0]?.v ?? 0
    if (version < 150000) throw new Error(`versi servernya ${Math.floor(version / 10000)}, sedangkan yang diperlukan 15 atau lebih baru`)
  } catch (error) {
    const where = new URL(DATABASE_URL)
    throw new Error(
      `Basis data di ${where.hostname}:${where.port || 5432} tidak dapat dipakai: ${(error as Error).message || 'tidak ada jawaban'}.`,
    )
  } finally {
    await client.end().catch(() => undefined)
  }
  return { url: DATABASE_URL, stop: async () => undefined }
}
