import pg from 'pg'
import { sql } from '@/lib/platform/db'

/**
 * A process that dies in the middle of an act, at every place where it could: nothing after that place reaches the database, and what was
 * begun is rolled back by the server, as when a connection is gone.
 */
const WRITES =
  /^\s*(?:WITH\b[\s\S]*?\b(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM)\b|INSERT\b|UPDATE\b|DELETE\b|SELECT\s+graphile_worker\.add_job|COMMIT\b)/i

export class Killed extends Error {}

const textOf = (first: unknown): string => (typeof first === 'string' ? first : ((first as { text?: string } | null)?.text ?? ''))

/** Runs until nothing that was asked of the server is unanswered, and nothing new was asked for a few turns of the loop. */
async function silence(unanswered: () => number): Promise<void> {
  for (let quiet = 0; quiet < 4; quiet = unanswered() ? 0 : quiet + 1) await new Promise((r) => setTimeout(r, 5))
}

/** The server hears of a connection that broke a moment later; until then it holds what the dead one had taken. */
async function released(): Promise<void> {
  const held = `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
    UNION ALL SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'`
  for (let tries = 0; (await sql(held)).length; tries++) {
    if (tries > 1_000) throw new Error('what a dead process had taken was never released')
    await new Promise((r) => setTimeout(r, 10))
  }
}

/**
 * Does `work` and dies at its n-th write (a commit is one too). Tells what it would have written there, once the server has noticed; null when
 * it came to its end before, the chaining of its lines in the log left aside. Nobody else may hold a lock in this database meanwhile.
 */
export async function dyingAt(n: number, work: () => Promise<unknown>): Promise<string | null> {
  const prototype = pg.Client.prototype as unknown as { query: (...args: unknown[]) => unknown }
  const real = prototype.query
  let writes = 0
  let at: string | null = null
  let committed = false
  let unanswered = 0
  const asked = (client: pg.Client, args: unknown[]): unknown => {
    unanswered++
    const callback = args.at(-1)
    if (typeof callback !== 'function') return Promise.resolve(real.apply(client, args)).finally(() => unanswered--)
    const answered = (...answer: unknown[]) => {
      unanswered--
      ;(callback as (...answer: unknown[]) => void)(...answer)
    }
    return real.apply(client, [...args.slice(0, -1), answered])
  }
  prototype.query = function (this: pg.Client, ...args: unknown[]) {
    const text = textOf(args[0])
    // The chain of the log is made behind the commit, by whoever comes first; a story of its own.
    if (at === null && WRITES.test(text) && !(committed && /\bledger\./.test(text)) && ++writes === n) at = text
    if (at === null && /^\s*COMMIT/i.test(text)) committed = true
    if (at === null || /^\s*ROLLBACK\s*$/i.test(text)) return asked(this, args)
    const error = new Killed('the process was killed')
    const callback = args.at(-1)
    if (typeof callback === 'function') return void setImmediate(() => (callback as (e: Error) => void)(error))
    return Promise.reject(error)
  }
  try {
    await work().catch((error: unknown) => {
      if (at === null) throw error
    })
    // What the dead process had still begun comes to its end against a closed door.
    if (at !== null) await silence(() => unanswered)
  } finally {
    prototype.query = real
  }
  if (at !== null) await released()
  return at
}

/** The moment before an act: what stands now. */
export async function standing(): Promise<{ xid: number; counts: Map<string, number> }> {
  const { xid } = (await sql<{ xid: number }>(`SELECT (pg_current_xact_id()::text)::bigint::float8 AS xid`))[0]!
  return { xid, counts: await counted('true') }
}

/** Every table of the house with its rows that meet a condition; the log has a story of its own. */
async function counted(condition: string): Promise<Map<string, number>> {
  const tables = await sql<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname NOT IN ('_prisma_migrations') ORDER BY 1`,
  )
  const rows = await sql<{ name: string; n: number }>(
    tables.map(({ name }) => `SELECT '${name}' AS name, count(*)::int AS n FROM "${name}" WHERE ${condition}`).join(' UNION ALL '),
  )
  return new Map(rows.map((r) => [r.name, r.n]))
}

/** Tables in which something was written or taken away since that moment. */
export async function touchedSince(before: Awaited<ReturnType<typeof standing>>): Promise<string[]> {
  const [written, now] = [await counted(`xmin::text::bigint > ${before.xid}`), await counted('true')]
  return [...now.keys()].filter((name) => written.get(name)! > 0 || now.get(name) !== before.counts.get(name))
}
