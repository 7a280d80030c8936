import { readFileSync, writeFileSync } from 'node:fs'
import { constants, setPriority } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import { config } from './config'

/**
 * Who gives way to the answers of phones where both want the same core: processes that make pages and documents, and what PostgreSQL does
 * for pages. A tenth of a share is left to them at the worst, so that they end.
 */

/** What PostgreSQL calls the sessions that give way, so that whoever looks sees them apart. */
export const GIVES_WAY = 'petaguru gives way'

/** From here on this process gives way; later than its start, so that a start is quick. */
export const giveWay = (): void => setPriority(constants.priority.PRIORITY_BELOW_NORMAL)

const read = (path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

/** Whether a process of this machine works for the installation's own PostgreSQL. Linux: /proc; elsewhere and of an outside server nobody does. */
function isOurSession(pid: number): boolean {
  const server = parseInt(read(join(config().dataDir, 'postgres', 'postmaster.pid')), 10)
  const parent = Number(/\) \S (\d+)/.exec(read(`/proc/${pid}/stat`))?.[1])
  return server > 1 && parent === server
}

/**
 * Lets the session of a new connection give way too, where its server is the installation's own and we may (as root, or as the same user);
 * elsewhere it stays as it is, which costs nothing but the courtesy.
 */
export function sessionGivesWay(client: pg.PoolClient): void {
  const pid = (client as unknown as { processID: number | null }).processID
  if (pid === null || !isOurSession(pid)) return
  for (const lower of [
    () => setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL),
    // Each session of PostgreSQL leads a session of the system, and Linux shares cores among those first where it groups by them.
    () => writeFileSync(`/proc/${pid}/autogroup`, String(constants.priority.PRIORITY_BELOW_NORMAL)),
  ])
    try {
      lower()
    } catch {
      // It belongs to somebody else, is gone already, or this system groups by nothing.
    }
}
