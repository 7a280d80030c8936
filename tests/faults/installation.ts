import { spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { closeDatabase } from '@/lib/platform/db'
import { startEmbedded } from '@/lib/platform/embedded-postgres'
import { asOwner, migrate } from '@/lib/platform/migrate'
import { keepRunning } from '@/lib/platform/postgres-keeper'
import { supervise } from '@/lib/platform/supervise'
import { loadFoundations } from '@/prisma/seed/demonstration'
import { freePort, seat } from '../load/stage'
import { config, settle } from '@/lib/platform/config'

/** A whole small installation that may be killed: durable PostgreSQL and the answering process, each kept alive as `npm start` keeps them. */
export type Installation = Awaited<ReturnType<typeof openInstallation>>

export async function openInstallation(folder = mkdtempSync(join(tmpdir(), 'petaguru-faults-'))) {
  mkdirSync(folder, { recursive: true })
  chmodSync(folder, 0o755)
  settle({ NEXTAUTH_SECRET: 'petaguru-faults-secret-0123456789' })
  const database = await startEmbedded(folder)
  const { DATABASE_URL } = config()
  settle({ DATABASE_URL: database.url })
  await migrate(database)
  await asOwner(database, () => loadFoundations(new Date('2025-10-01T00:00:00Z')))
  const keeper = keepRunning(folder, database, { died: () => undefined, back: () => undefined, gaveUp: (words) => console.error(words) })
  const port = await freePort()
  let web: ChildProcess
  const launch = () =>
    (web = spawn(process.execPath, ['--import', 'tsx', 'scripts/web.ts', '--lane'], {
      env: { ...process.env, NODE_ENV: 'production', PORT: String(port), HOST: '127.0.0.1' },
      stdio: 'ignore',
    }))
  let server = supervise('Server web', launch, { gaveUp: (words) => console.error(words) }, { tries: 1000 })
  const pidOfPostgres = () => Number(readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])
  const answersAt = async (path: string) =>
    fetch(`http://127.0.0.1:${port}${path}`, { signal: AbortSignal.timeout(3_000) }).then(
      (r) => r.ok,
      () => false,
    )
  const until = async (what: () => Promise<boolean>, ms = 60_000) => {
    const end = Date.now() + ms
    while (!(await what())) {
      if (Date.now() > end) throw new Error('the installation does not come back')
      await new Promise((r) => setTimeout(r, 100))
    }
  }
  await until(() => answersAt('/api/health/ready'))
  return {
    folder,
    port,
    url: database.url,
    ownerUrl: database.ownerUrl,
    base: `http://127.0.0.1:${port}`,
    seat: (participants: number) => seat(participants, database.ownerUrl),
    killWeb: () => void web.kill('SIGKILL'),
    killPostgres: () => {
      try {
        process.kill(pidOfPostgres(), 'SIGKILL')
      } catch {
        // It is down already.
      }
    },
    /** Takes the answering process away until `bringBack`. */
    takeAway: async () => server.stop(),
    bringBack: async () => {
      server = supervise('Server web', launch, { gaveUp: (words) => console.error(words) }, { tries: 1000 })
      await until(() => answersAt('/api/health/ready'))
    },
    /** The process answers, whatever the state of its database. */
    live: () => until(() => answersAt('/api/health/live')),
    ready: () => until(() => answersAt('/api/health/ready')),
    close: async () => {
      await server.stop()
      await closeDatabase()
      await keeper.stop()
      settle({ DATABASE_URL })
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
