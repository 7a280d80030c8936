import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { config, settle } from './config'

/**
 * The installation's two secrets. `secret` protects logins and is changed whenever somebody thinks it might be known; what was made
 * under the one before is read for a month. `seal` is what printed cards, sealed packets, release codes and tickets are derived from:
 * it is written down once and stays, so that changing the first voids none of them. Where the environment names them, it decides.
 */

const OVERLAP_MS = 30 * 86_400_000
const made = (): string => randomBytes(32).toString('base64url')
const read = (file: string): string => readFileSync(file, 'utf8').trim()
const write = (file: string, value: string): void => writeFileSync(file, value, { mode: 0o600 })

/** Where the secret of logins is kept. */
export const secretFile = (dataDir: string): string => join(dataDir, 'secret')

/** Says the secrets kept in `dataDir` to this process and those that it starts; with `make`, what is missing is made first. */
export function loadSecrets(dataDir: string, { make = false, now = Date.now() }: { make?: boolean; now?: number } = {}): void {
  const [secret, previous, seal] = ['secret', 'secret.previous', 'seal'].map((name) => join(dataDir, name)) as [string, string, string]
  if (!config().NEXTAUTH_SECRET) {
    if (!existsSync(secret) && make) write(secret, made())
    const retired = existsSync(previous) && now - statSync(previous).mtimeMs < OVERLAP_MS ? read(previous) : ''
    settle({
      ...(existsSync(secret) ? { NEXTAUTH_SECRET: read(secret) } : {}),
      ...(retired && !config().NEXTAUTH_SECRET_PREVIOUS ? { NEXTAUTH_SECRET_PREVIOUS: retired } : {}),
    })
  }
  const { PETAGURU_SEAL_SECRET, NEXTAUTH_SECRET, secrets } = config()
  if (PETAGURU_SEAL_SECRET || !NEXTAUTH_SECRET) return
  // An installation from before the two were apart has sealed with its only secret, which may be the one that is being retired.
  if (!existsSync(seal) && make) write(seal, secrets.at(-1)!)
  if (existsSync(seal)) settle({ PETAGURU_SEAL_SECRET: read(seal) })
}

/** Makes a new secret for logins; the present one is read for another month. Cards, packets and codes stay good. */
export function rotateSecret(dataDir: string): void {
  const secret = join(dataDir, 'secret')
  const seal = join(dataDir, 'seal')
  if (!existsSync(secret)) throw new Error('Belum ada rahasia untuk diganti: jalankan npm start lebih dahulu.')
  if (!existsSync(seal)) write(seal, read(secret))
  const next = join(dataDir, 'secret.next')
  write(next, made())
  write(join(dataDir, 'secret.previous'), read(secret))
  renameSync(next, secret)
}
