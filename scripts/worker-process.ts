/** What every process of background work does around its lanes: opens the database, runs until told to stop, and leaves in order. */
import type { Runner } from 'graphile-worker'
import { openDatabase } from '@/lib/platform/database-server'
import { closeDatabase } from '@/lib/platform/db'
import { log } from '@/lib/platform/log'
import { unsafeConnection } from '@/lib/platform/outgoing'
import { config } from '@/lib/platform/config'

/** `farewell` is what must end before the runners do. */
export async function asWorker(
  start: (url: string) => Promise<Runner[]>,
  farewell: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const refused = unsafeConnection(config())
  if (refused) {
    log().fatal(refused)
    process.exit(1)
  }
  process.umask(0o077)
  const database = await openDatabase((sentence) => log().warn(sentence))
  const runners = await start(database.url)
  let stopping = false
  const stop = async () => {
    if (stopping) return
    stopping = true
    await farewell()
    await Promise.all(runners.map((r) => r.stop().catch(() => undefined)))
    await closeDatabase()
    await database.stop()
    process.exit(0)
  }
  process.on('SIGINT', () => void stop())
  process.on('SIGTERM', () => void stop())
  for (const r of runners)
    r.promise.catch((error: unknown) => {
      log().error({ err: error }, 'worker stopped')
      process.exit(1)
    })
}
