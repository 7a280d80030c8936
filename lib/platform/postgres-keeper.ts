import { readFileSync, readdirSync, readlinkSync, realpathSync } from 'node:fs'
import { platform } from 'node:os'
import { join } from 'node:path'
import { startEmbedded, type RunningDatabase } from './embedded-postgres'

/** Leftover sessions of a server that was killed get this long to notice by themselves; afterwards they are ended. */
const NOTICE_MS = 2_000
const GIVE_UP_MS = 90_000
const LONGEST_PAUSE_MS = 3_000

/** Sessions that a killed server left behind: PostgreSQL processes at home in this data folder. Linux tells; elsewhere we wait. */
function orphans(data: string): number[] {
  if (platform() !== 'linux') return []
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return []
    try {
      const own = readlinkSync(`/proc/${name}/cwd`) === data && readFileSync(`/proc/${name}/comm`, 'utf8').startsWith('postgres')
      return own ? [Number(name)] : []
    } catch {
      return []
    }
  })
}

const pause = (ms: number) => new Promise<void>((done) => void setTimeout(done, ms))

/**
 * Starts the server again on its old port. It refuses while sessions of its predecessor still hold the shared memory:
 * that is waited for, with growing pauses, and sessions that do not notice are ended.
 */
async function startAgain(folder: string, port: number, stopped: () => boolean): Promise<RunningDatabase | null> {
  const began = Date.now()
  for (let wait = 200; !stopped(); wait = Math.min(LONGEST_PAUSE_MS, wait * 2)) {
    try {
      return await startEmbedded(folder, { port })
    } catch (error) {
      if (Date.now() - began > GIVE_UP_MS) throw error
      if (Date.now() - began > NOTICE_MS) {
        for (const pid of orphans(realpathSync(join(folder, 'postgres')))) {
          try {
            process.kill(pid, 'SIGQUIT')
          } catch {
            // It has ended meanwhile.
          }
        }
      }
      await pause(wait)
    }
  }
  return null
}

/**
 * Keeps the embedded PostgreSQL of `folder` running: when it dies, it comes back on the same port, so that every process
 * that knows its address finds it again by itself.
 */
export function keepRunning(
  folder: string,
  first: RunningDatabase,
  heard: { died: () => void; back: () => void; gaveUp: (sentence: string) => void },
): { stop: () => Promise<void> } {
  const port = Number(new URL(first.url).port)
  let current: RunningDatabase | null = first
  let stopping = false
  const watch = async () => {
    while (!stopping && current?.ended) {
      await current.ended
      if (stopping) return
      current = null
      heard.died()
      try {
        current = await startAgain(folder, port, () => stopping)
      } catch (error) {
        return heard.gaveUp(
          `Basis data berhenti dan tidak dapat dijalankan lagi: ${(error as Error).message} Data dan jawaban yang tersimpan tetap aman.`,
        )
      }
      if (current && !stopping) heard.back()
    }
  }
  const watching = watch()
  return {
    stop: async () => {
      stopping = true
      await current?.stop()
      // A server that was just being started again ends as well.
      if (!current) await watching.then(() => current?.stop())
    },
  }
}
