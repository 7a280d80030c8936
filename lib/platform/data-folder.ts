import { chmodSync, chownSync, existsSync, lstatSync, mkdirSync, readdirSync, statSync } from 'node:fs'
import { platform } from 'node:os'
import { join } from 'node:path'
import type { Owner } from './postgres-binaries'

/**
 * The folder of an installation: secrets, heads of the access log, embedded database. Nobody but the program's own user reads it. Where the
 * program is root, the user that PostgreSQL runs as may walk through the folder, because its files lie inside, and read nothing else.
 */

/** What we write into it. `postgres` is closed by PostgreSQL itself, which refuses to start on an open one. */
const OURS = /^(?:secret(?:\.previous|\.next)?|seal|(?:postgres|application)\.password|audit|unggahan|run)$/
/** What else may lie in it without its being somebody else's folder. */
const KNOWN = /^(?:postgres|media|test|e2e-results|e2e)$/

type Mode = { path: string; mode: number }
/** Closes the folder itself; a walk through it is left to the group of the database's owner. */
function closeFolder(folder: string, owner: Owner): void {
  if (owner) chownSync(folder, statSync(folder).uid, owner.gid)
  chmodSync(folder, owner ? 0o710 : 0o700)
}

/** Makes the folder when it is missing, closed to others from its first moment. `owner`: whom the embedded database belongs to, if not to us. */
export function makeDataFolder(folder: string, owner: Owner): void {
  if (existsSync(folder)) return
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  closeFolder(folder, owner)
}

/** Everything of ours in the folder that is not a link, with the mode that it should have. */
function wanted(folder: string): Mode[] {
  const found: Mode[] = []
  const walk = (path: string) => {
    const entry = lstatSync(path)
    if (entry.isSymbolicLink()) return
    found.push({ path, mode: entry.isDirectory() ? 0o700 : 0o600 })
    if (entry.isDirectory()) for (const name of readdirSync(path)) walk(join(path, name))
  }
  const names = readdirSync(folder)
  for (const name of names) if (OURS.test(name)) walk(join(folder, name))
  // A folder that somebody shares with other things stays as it is: what is ours in it is closed all the same.
  return names.every((name) => OURS.test(name) || KNOWN.test(name)) ? [{ path: folder, mode: 0o710 }, ...found] : found
}

const isOpen = ({ path, mode }: Mode): boolean => (statSync(path).mode & 0o077 & ~mode) !== 0

/** What of ours other users of this machine can read or change, as paths; nothing is changed. */
export const openToOthers = (folder: string): string[] =>
  platform() === 'win32' || !existsSync(folder)
    ? []
    : wanted(folder)
        .filter(isOpen)
        .map((w) => w.path)

/** Closes what is open to others and says which paths it was. Throws where a path belongs to somebody else. */
export function closeDataFolder(folder: string, owner: Owner): string[] {
  if (platform() === 'win32') return []
  const open = wanted(folder).filter(isOpen)
  for (const { path, mode } of open) {
    if (path === folder) closeFolder(folder, owner)
    else chmodSync(path, mode)
  }
  return open.map((w) => w.path)
}
