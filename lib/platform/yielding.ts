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

const { PRIORITY_BELOW_NORMAL } = constants.priority

/**
 * From here on this process gives way; later than its start, so that a start is quick. Linux shares cores among the system's sessions first
 * where it groups by them, so a process that leads one lowers it as a whole.
 */
export function giveWay(): void {
  setPriority(PRIORITY_BELOW_NORMAL)
  const session = Number(/\) \S \d+ \d+ (\d+)/.exec(read('/proc/self/stat'))?.[1])
  if (session === process.pid) lowerGroup(process.pid)
}

function lowerGroup(pid: number): void {
  try {
    writeFileSync(`/proc/${pid}/autogroup`, String(PRIORITY_BELOW_NORMAL))
  } catch {
    // It belongs to somebody else, is gone already, or this system groups by nothing.
  }
}

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
  try {
    setPriority(pid, PRIORITY_BELOW_NORMAL)
  } catch {
    // It belongs to somebody else, or is gone already.
  }
  // Each session of PostgreSQL leads a session of the system.
  lowerGroup(pid)
}
