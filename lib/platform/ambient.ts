import { AsyncLocalStorage } from 'node:async_hooks'
import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { PrismaClient } from './generated/client'

/**
 * The transaction that a piece of work runs in, known to everything that it calls: a store's statement joins it by itself, so that
 * an act, the stores it uses and the line in the audit log that tells of it stand or fall together.
 */
export class Running {
  /** Once it was kept, what was started in it and goes on speaks for itself again; once it was undone, it may not speak any more. */
  state: 'open' | 'kept' | 'undone' = 'open'
  readonly afterwards = new Map<string, () => Promise<unknown>>()
  private statements: Promise<unknown> = Promise.resolve()
  private parts: Promise<unknown> = Promise.resolve()
  private lent: { prisma: PrismaClient; pool: Borrowed } | null = null
  private static free: { prisma: PrismaClient; pool: Borrowed }[] = []

  constructor(
    readonly client: pg.PoolClient,
    readonly parent: Running | null = null,
  ) {}

  /** One statement after the other, in the order in which they were asked. */
  query<Row extends pg.QueryResultRow>(config: string | pg.QueryConfig, values?: unknown[]): Promise<pg.QueryResult<Row>> {
    if (this.parent) return this.parent.query(config, values)
    const turn = this.statements.then(() => this.client.query<Row>(config as string, values))
    this.statements = turn.catch(() => undefined)
    return turn
  }

  /** Waits for the part before and holds the next one back until `done` is called: savepoints nest and never overlap. */
  async part(): Promise<() => void> {
    const before = this.parts
    let done!: () => void
    this.parts = new Promise<void>((resolve) => (done = resolve))
    await before
    return done
  }

  /** A Prisma client that speaks on this transaction's connection. */
  prisma(): PrismaClient {
    if (!this.lent) {
      const pool = Running.free.at(-1)?.pool ?? new Borrowed({ max: 1 })
      this.lent = Running.free.pop() ?? { pool, prisma: new PrismaClient({ adapter: new PrismaPg(pool) }) }
      this.lent.pool.running = this
    }
    return this.lent.prisma
  }

  end(state: 'kept' | 'undone'): void {
    this.state = state
    if (!this.lent) return
    this.lent.pool.running = null
    Running.free.push(this.lent)
    this.lent = null
  }
}

const words: Record<string, string> = { BEGIN: 'SAVEPOINT part', COMMIT: 'RELEASE SAVEPOINT part', ROLLBACK: 'ROLLBACK TO SAVEPOINT part' }

/** What Prisma takes for a pool: one connection that is in a transaction already, so that its own transactions are parts of that one. */
class Borrowed extends pg.Pool {
  running: Running | null = null

  private now(): Running {
    if (!this.running) throw new Error('A statement came after the transaction it belongs to had ended.')
    return this.running
  }
  override query(...args: unknown[]): never {
    return this.now().query(args[0] as pg.QueryConfig, args[1] as unknown[]) as never
  }
  override connect(): never {
    const running = this.now()
    const connection = running.part().then((release) => ({
      on: () => undefined,
      removeListener: () => undefined,
      release,
      query: (config: pg.QueryConfig) => running.query({ ...config, text: words[config.text] ?? config.text }),
    }))
    return connection as never
  }
}

/** One memory a process: Next.js bundles its pages apart from what runs beside them. */
const kept = globalThis as unknown as { petaguruRunning?: AsyncLocalStorage<Running> }
const storage = () => (kept.petaguruRunning ??= new AsyncLocalStorage<Running>())

/** The transaction that this call belongs to, or null. */
export function running(): Running | null {
  const now = storage().getStore()
  if (now?.state === 'undone') throw new Error('A statement came after the transaction it belongs to had been undone.')
  return now?.state === 'open' ? now : null
}

/** Runs `work` so that everything in it knows its transaction. */
export const within = <T>(now: Running, work: () => Promise<T>): Promise<T> => storage().run(now, work)

/** Runs `work` outside of the transaction of this call: what it writes stays, whatever becomes of that. */
export const apart = <T>(work: () => Promise<T>): Promise<T> => storage().exit(work)

/** Does `work` once the transaction of this call was committed (once for each name, whatever fails in it is passed over); outside of one at once. */
export async function afterCommit(name: string, work: () => Promise<unknown>): Promise<void> {
  const now = running()
  if (now) now.afterwards.set(name, work)
  else await work()
}
