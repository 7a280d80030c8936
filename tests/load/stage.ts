/** The stage of a load test: a scratch PostgreSQL with fsync on, the product's own tables, ghosts in their seats, a server. */
import { fork, spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { cardCode } from '@/lib/access/inside'
import { derivedKey, settle } from '@/lib/platform/config'
import { closeDatabase, sql } from '@/lib/platform/db'
import { startEmbedded } from '@/lib/platform/embedded-postgres'
import { asOwner, migrate } from '@/lib/platform/migrate'
import { endProcess } from '@/lib/platform/supervise'
import { freeze } from '@/lib/delivery/packet'
import { signTicket } from '@/lib/delivery/token'
import { seatGhosts } from '@/lib/sittings/inside'
import { loadFoundations } from '@/prisma/seed/demonstration'
import type { Answered, Asked } from './client'

export type Seat = { number: string; code: string; ticket: string }

export async function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => done(port))
    })
  })
}

export async function openStage() {
  const folder = mkdtempSync(join(tmpdir(), 'petaguru-load-'))
  chmodSync(folder, 0o755)
  settle({ NEXTAUTH_SECRET: 'petaguru-load-secret-0123456789abc' })
  const database = await startEmbedded(folder)
  settle({ DATABASE_URL: database.url })
  const postmaster = Number(readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])
  await migrate(database)
  await asOwner(database, () => loadFoundations(new Date('2025-10-01T00:00:00Z')))
  const port = await freePort()
  const children: ChildProcess[] = []
  return {
    url: database.url,
    folder,
    port,
    postmaster,
    /** The server under test, as its own process; resolves with its id when it answers. Another program may take its place. */
    serve: async (at = port, program = 'scripts/web.ts'): Promise<number> => {
      const child = spawn(process.execPath, ['--import', 'tsx', program, '--lane'], {
        env: { ...process.env, NODE_ENV: 'production', PORT: String(at), HOST: '127.0.0.1' },
        stdio: ['ignore', 'ignore', 'inherit'],
      })
      children.push(child)
      for (let tries = 0; ; tries++) {
        const up = await fetch(`http://127.0.0.1:${at}/api/delivery/time`).then(
          (r) => r.ok,
          () => false,
        )
        if (up) return child.pid!
        if (tries > 1500) throw new Error('the server does not answer')
        await new Promise((r) => setTimeout(r, 100))
      }
    },
    /** The load generator, as its own process. */
    client: (at = port) => {
      const child = fork('tests/load/client.ts', [String(at)], {
        execArgv: ['--import', 'tsx'],
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      })
      children.push(child)
      return {
        pid: child.pid!,
        ask: <K extends keyof Asked>(what: K, how: Asked[K]): Promise<Answered[K]> =>
          new Promise((done, fail) => {
            child.once('exit', () => fail(new Error('the load generator ended')))
            child.once('message', (m: { ok: Answered[K] } | { failed: string }) => {
              child.removeAllListeners('exit')
              if ('ok' in m) done(m.ok)
              else fail(new Error(m.failed))
            })
            child.send({ what, how })
          }),
      }
    },
    seat: (participants: number) => seat(participants, database.ownerUrl),
    ownerUrl: database.ownerUrl,
    close: async () => {
      for (const child of children.splice(0).reverse()) await endProcess(child, 10_000)
      await closeDatabase()
      await database.stop()
      settle({ DATABASE_URL: undefined })
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const one = async (table: string) => (await sql<{ id: string }>(`SELECT id FROM ${table} LIMIT 1`))[0]!.id

/** One statement that only the owner of the tables may run. */
export async function asTheOwner(ownerUrl: string, text: string): Promise<void> {
  const owner = new pg.Client({ connectionString: ownerUrl })
  await owner.connect()
  await owner.query(text).finally(() => owner.end())
}

/** Seats ghosts in a sitting of their own and prepares it. */
export async function seat(participants: number, ownerUrl: string): Promise<{ sittingId: string; seats: Seat[] }> {
  const [regionId, levelId, subjectId] = await Promise.all(['region', 'education_level', 'subject'].map(one))
  const now = new Date()
  const ghosts = await seatGhosts(
    {
      participants,
      roomSize: 40,
      regionId: regionId!,
      schoolId: regionId!,
      levelId: levelId!,
      subjectIds: [subjectId!],
      minutes: { '1': 90 },
    },
    now,
  )
  await freeze(ghosts.sittingId, now)
  await asTheOwner(ownerUrl, 'ANALYZE')
  const seats = ghosts.seats.map((s) => ({ number: s.number, code: cardCode(derivedKey('card'), s.id, 1), ticket: signTicket(s.id, 1) }))
  return { sittingId: ghosts.sittingId, seats }
}

/** Attempts of a sitting that are not closed and scored yet. */
export async function unsettled(sittingId: string): Promise<number> {
  const rows = await sql<{ n: number }>(
    `SELECT count(*)::int AS n FROM seat s LEFT JOIN attempt a ON a.seat_id = s.id
      WHERE s.sitting_id = $1 AND (a.id IS NULL OR a.state = 'open' OR a.unscored_since IS NOT NULL)`,
    [sittingId],
  )
  return rows[0]!.n
}
