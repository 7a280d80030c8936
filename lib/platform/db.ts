import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { PrismaClient } from './generated/client'

/**
 * The two doors to PostgreSQL. `db` (Prisma) for ordinary reads and writes; `sql` (plain pg) where one
 * hand-written statement says it better: the answer path, bulk loads, aggregates.
 */
type Doors = { prisma: PrismaClient; pool: pg.Pool; url: string }
const kept = globalThis as unknown as { petaguruDoors?: Doors }

function doors(): Doors {
  const url = process.env['DATABASE_URL']
  if (!url) throw new Error('DATABASE_URL is not set; start through npm start or openDatabase().')
  if (kept.petaguruDoors?.url !== url) {
    const pool = new pg.Pool({ connectionString: url, max: 12 })
    // An idle connection that the server drops must not take the process with it.
    pool.on('error', () => undefined)
    kept.petaguruDoors = { url, pool, prisma: new PrismaClient({ adapter: new PrismaPg({ connectionString: url, max: 8 }) }) }
  }
  return kept.petaguruDoors
}

/** The Prisma client of this process. */
export function db(): PrismaClient {
  return doors().prisma
}

/** The plain pool of this process. */
export function pool(): pg.Pool {
  return doors().pool
}

/** Rows of one statement with numbered parameters. */
export async function sql<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
  return (await pool().query<Row>(text, values)).rows
}

export type Transaction = pg.PoolClient

/** Runs `work` in one transaction; rolls back when it throws. */
export async function inTransaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
  const client = await pool().connect()
  try {
    await client.query('BEGIN')
    const result = await work(client)
    await client.query('COMMIT')
    return result
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined)
    throw error
  } finally {
    client.release()
  }
}

/**
 * Inserts many rows with one statement a batch. `columns` maps column to PostgreSQL type; jsonb values are stringified.
 * Array-typed columns are not supported.
 */
export async function insertMany(
  tx: { query: (text: string, values: unknown[]) => Promise<unknown> },
  table: string,
  columns: Record<string, string>,
  rows: unknown[][],
  tail = '',
): Promise<void> {
  const names = Object.keys(columns)
  const types = Object.values(columns)
  const select = types.map((t, i) => `$${i + 1}::${t === 'jsonb' ? 'text' : t}[]`).join(', ')
  const casts = names.map((n, i) => (types[i] === 'jsonb' ? `"${n}"::jsonb` : `"${n}"`)).join(', ')
  const list = names.map((n) => `"${n}"`).join(', ')
  const text = `INSERT INTO ${table} (${list}) SELECT ${casts} FROM unnest(${select}) AS t(${list}) ${tail}`
  for (let start = 0; start < rows.length; start += 10_000) {
    const slice = rows.slice(start, start + 10_000)
    const values = names.map((_, c) => slice.map((r) => (types[c] === 'jsonb' && r[c] != null ? JSON.stringify(r[c]) : (r[c] ?? null))))
    await tx.query(text, values)
  }
}

/** Closes both doors, for scripts and tests. */
export async function closeDatabase(): Promise<void> {
  const open = kept.petaguruDoors
  kept.petaguruDoors = undefined
  await open?.prisma.$disconnect()
  await open?.pool.end()
}
