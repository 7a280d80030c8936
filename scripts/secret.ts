import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export const secretFile = (dataDir: string) => join(dataDir, 'secret')

/** The secret of this installation from its file, made at the first call. */
export function keptSecret(dataDir: string): string {
  const file = secretFile(dataDir)
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600 })
  return readFileSync(file, 'utf8').trim()
}
