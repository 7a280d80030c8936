import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** How many days the newest backup may be old. */
export const BACKUP_DAYS = 2

/** When the newest backup was written: `path` is its file or the folder of all. Throws when there is none. */
export function newestBackup(path: string): Date {
  const entry = statSync(path)
  if (!entry.isDirectory()) return entry.mtime
  const inside = readdirSync(path).map((name) => statSync(join(path, name)).mtimeMs)
  if (!inside.length) throw new Error('folder cadangan kosong')
  return new Date(Math.max(...inside))
}
