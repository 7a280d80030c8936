import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { Running, running, within } from './ambient'
import { PrismaClient } from './generated/client'
import { config } from './config'
import { GIVES_WAY, sessionGivesWay } from './yielding'

/**
 * The three doors to PostgreSQL. `db` (Prisma) for ordinary reads and writes; `sql` (plain pg) where one hand-written
 * statement says it better: bulk loads, aggregates; `answers` for what phones wait for, so that no page and no report can
 * stand in their way. Nobody waits for a connection for longer than five seconds, but for a process that opens few or gives way: there its
 * own statements hold them, and each waits as long as one may take.
 */
type Doors = { prisma: PrismaClient; pool: pg.Pool; reading: pg.Pool; answers: pg.Pool; url: string }
const kept = globalThis as unknown as {
  petaguruDoors?: Doors
  petaguruQueryMs?: number
  petaguruConnections?: number
  petaguruGivesWay?: boolean
}

const CONNECT_MS = 5_000
/** A phone's request that the database does not answer in this time is refused with "busy"; the phone tries again by itself. */
const ANSWER_MS = 10_000

/**
 * Bounds every statement of this process (ms). For those that must not stand in the phones' way: sessions that read for it `giveWay`, and of
 * `connections` each of the two ordinary doors opens so many. Other background work is not bounded. A session that writes never gives way:
 * what it holds until its commit, an answer's commit waits for.
 */
export function boundQueries(ms: number, { connections, giveWay = false }: { connections?: number; giveWay?: boolean } = {}): void {
  kept.petaguruQueryMs = ms
  if (connections !== undefined) kept.petaguruConnections = connections
  kept.petaguruGivesWay = giveWay
}

/** `query_timeout` ends the waiting here when the server does not even answer any more; it comes a little after the server's own limit. */
const bounded = (ms: number | undefined) => (ms ? { statement_timeout: ms, query_timeout: ms + 1_000 } : {})

function doors(): Doors {
  const url = config().DATABASE_URL
  if (!url) throw new Error('DATABASE_URL is not set; start through npm start or openDatabase().')
  if (kept.petaguruDoors?.url !== url) {
    const common = { connectionString: url, connectionTimeoutMillis: CONNECT_MS, keepAlive: true }
    const most = kept.petaguruConnections
    const patience = kept.petaguruGivesWay || most !== undefined ? Math.max(CONNECT_MS, kept.petaguruQueryMs ?? 0) : CONNECT_MS
    // What gives way works by itself: helpers that PostgreSQL would start for a statement do not.
    const alone = kept.petaguruGivesWay ? { options: '-c max_parallel_workers_per_gather=0' } : {}
    const ordinary = { ...common, ...bounded(kept.petaguruQueryMs), ...alone, connectionTimeoutMillis: patience }
    const pool = new pg.Pool({ ...ordinary, max: most ?? 12 })
    const reading = kept.petaguruGivesWay ? new pg.Pool({ ...ordinary, application_name: GIVES_WAY, max: most ?? 12 }) : pool
    if (reading !== pool) reading.on('connect', sessionGivesWay)
    const models = new pg.Pool({ ...ordinary, max: most ?? 8 })
    const answers = new pg.Pool({ ...common, ...bounded(ANSWER_MS), max: 8 })
    // An idle connection that the server drops must not take the process with it.
    for (const p of new Set([pool, reading, models, answers])) p.on('error', () => undefined)
    const prisma = new PrismaClient({ adapter: new PrismaPg(models, { disposeExternalPool: true }) })
    kept.petaguruDoors = { url, pool, reading, answers, prisma }
  }
  return kept.petaguruDoors
}

/** The Prisma client of this process; inside a transaction one that speaks in it. */
export function db(): PrismaClient {
  return running()?.prisma() ?? doors().prisma
}

/** The plain pool of this process. */
export function pool(): pg.Pool {
  return doors().pool
}

/** The pool of the answer path, whose statements end after ten seconds at the latest; inside a transaction, which phones never open, that one. */
export function answers(): {
  query<Row extends pg.QueryResultRow>(config: string | pg.QueryConfig, values?: unknown[]): Promise<pg.QueryResult<Row>>
} {
  return running() ?? doors().answers
}

/** Whether the database is away, hung or full, so that any other statement would fare alike; false when it refused this one. */
export function databaseAway(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return /^(?:08|53|57|58)/.test(error.code ?? '')
  const { code, message } = error as NodeJS.ErrnoException
  return /^E[A-Z]+$/.test(code ?? '') || /timeout|terminated|connection (?:closed|ended)/i.test(message ?? '')
}

const WRITING =
  /\b(?:INSERT|UPDATE|DELETE|MERGE|nextval|setval|pg_(?:try_)?advisory\w*|pg_notify|\w*_journal|(?:graphile_worker|ledger)\.\w+)\b/i

/** Whether a statement leaves something behind, or holds what others wait for, by its words. Of no use but for who gives way. */
export const writes = (text: string): boolean => !/^\s*(?:SELECT|WITH|VALUES)\b/i.test(text) || WRITING.test(text)

/** Rows of one statement with numbered parameters; inside a transaction a statement of it. */
export async function sql<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
  const now = running()
  if (now) return (await now.query<Row>(text, values)).rows
  const { pool: ordinary, reading } = doors()
  return (await (reading === ordinary || writes(text) ? ordinary : reading).query<Row>(text, values)).rows
}

let streams = 0

/**
 * Rows of one statement that reads, so many at a time, for what is too much to be held at once: in the transaction of the caller, or in one of
 * its own.
 */
export async function* streamed<Row extends pg.QueryResultRow>(text: string, values: unknown[], atOnce: number): AsyncGenerator<Row[]> {
  const around = running()
  const client = around ? null : await doors().reading.connect()
  const query = (statement: string, own?: unknown[]) => around?.query<Row>(statement, own) ?? client!.query<Row>(statement, own)
  const name = `stream_${++streams}`
  try {
    // All rows are wanted, so that the plan is that of the whole, with room to sort in.
    if (client) await client.query(`BEGIN READ ONLY; SET LOCAL cursor_tuple_fraction = 1; SET LOCAL work_mem = '128MB'`)
    await query(`DECLARE ${name} NO SCROLL CURSOR FOR ${text}`, values)
    for (;;) {
      const { rows } = await query(`FETCH ${atOnce} FROM ${name}`)
      if (!rows.length) break
      yield rows
    }
    await query(`CLOSE ${name}`)
  } finally {
    if (client) {
      const broken = await client.query('ROLLBACK').then(
        () => undefined,
        (e: Error) => e,
      )
      client.release(broken)
    }
  }
}

export type Transaction = pg.PoolClient

/** Whether an outcome says that nothing was done. */
const refused = (outcome: unknown): boolean => (outcome as { ok?: unknown } | null | undefined)?.ok === false

/**
 * Runs `work` in one transaction, in which every statement takes part that stores make through `db`, `sql` or `inTransaction`; rolls back
 * when it throws. Inside another one it is a part of it: what it did is undone when it throws, and stays only when the other one stays.
 */
export async function inTransaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
  const around = running()
  return around ? partOf(around, work) : alone(work)
}

async function partOf<T>(around: Running, work: (tx: Transaction) => Promise<T>): Promise<T> {
  const done = await around.part()
  const part = new Running(around.client, around)
  try {
    await around.query('SAVEPOINT part')
    const result = await within(part, () => work(around.client))
    await around.query('RELEASE SAVEPOINT part')
    for (const [name, after] of part.afterwards) around.afterwards.set(name, after)
    part.end('kept')
    return result
  } catch (error) {
    part.end('undone')
    await around.query('ROLLBACK TO SAVEPOINT part').catch(() => undefined)
    throw error
  } finally {
    done()
  }
}

async function alone<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
  const client = await pool().connect()
  const now = new Running(client)
  let broken: Error | undefined
  let result: T
  try {
    await client.query('BEGIN')
    result = await within(now, () => work(client))
    const { command } = await now.query('COMMIT')
    // A statement failed and somebody caught it: the server undid everything, so nobody may say that it was done.
    if (command !== 'COMMIT' && !refused(result)) throw new Error('The transaction was undone by a statement that failed in it.')
    if (command !== 'COMMIT') now.afterwards.clear()
    now.end('kept')
  } catch (error) {
    now.end('undone')
    // A connection that cannot even roll back is not given to anybody else.
    await client.query('ROLLBACK').catch((e: Error) => (broken = e))
    throw error
  } finally {
    client.release(broken)
  }
  for (const after of now.afterwards.values()) await after().catch(() => undefined)
  return result
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

/** Closes all doors, for scripts and tests. */
export async function closeDatabase(): Promise<void> {
  const open = kept.petaguruDoors
  kept.petaguruDoors = undefined
  await open?.prisma.$disconnect()
  await open?.pool.end()
  if (open && open.reading !== open.pool) await open.reading.end()
  await open?.answers.end()
}
