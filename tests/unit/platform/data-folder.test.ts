import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { platform, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { closeDataFolder, makeDataFolder, openToOthers } from '@/lib/platform/data-folder'
import { dataFolder, postgresOwner } from '@/lib/platform/postgres-binaries'
import { loadSecrets, rotateSecret } from '@/lib/platform/secrets'
import { settle } from '@/lib/platform/config'

let outside: string
let folder: string
beforeEach(() => {
  outside = mkdtempSync(join(tmpdir(), 'petaguru-data-'))
  chmodSync(outside, 0o755)
  folder = join(outside, 'data')
  settle({ NEXTAUTH_SECRET: undefined, NEXTAUTH_SECRET_PREVIOUS: undefined, PETAGURU_SEAL_SECRET: undefined })
})
afterEach(() => {
  rmSync(outside, { recursive: true })
})
const modeOf = (path: string) => statSync(path).mode & 0o777
/** Root lets the group of PostgreSQL walk through, and nothing more. */
const closed = () => (postgresOwner() ? 0o710 : 0o700)

describe.skipIf(platform() === 'win32')('the folder of an installation', () => {
  it('is closed to others from its first moment, with every file that is written into it, however open the shell is', () => {
    const before = process.umask(0)
    try {
      makeDataFolder(folder, postgresOwner())
      expect(modeOf(folder)).toBe(closed())
      loadSecrets(folder, { make: true })
      settle({ NEXTAUTH_SECRET: undefined })
      rotateSecret(folder)
      expect(readdirSync(folder).toSorted()).toEqual(['seal', 'secret', 'secret.previous'])
      for (const name of readdirSync(folder)) expect(modeOf(join(folder, name)), name).toBe(0o600)
      expect(openToOthers(folder)).toEqual([])
    } finally {
      process.umask(before)
    }
  })
  it('of an earlier version is closed at the next start, which says what was open; the second time there is nothing to say', () => {
    mkdirSync(join(folder, 'audit'), { recursive: true, mode: 0o755 })
    chmodSync(folder, 0o755)
    for (const name of ['secret', 'seal', 'postgres.password', 'audit/petaguru.jsonl'])
      writeFileSync(join(folder, name), 'x', { mode: 0o644 })
    const open = [folder, ...['audit', 'audit/petaguru.jsonl', 'postgres.password', 'seal', 'secret'].map((n) => join(folder, n))]
    expect(openToOthers(folder).toSorted()).toEqual(open.toSorted())
    expect(modeOf(join(folder, 'secret'))).toBe(0o644)
    expect(closeDataFolder(folder, postgresOwner()).toSorted()).toEqual(open.toSorted())
    expect([modeOf(folder), modeOf(join(folder, 'audit')), modeOf(join(folder, 'secret'))]).toEqual([closed(), 0o700, 0o600])
    expect([openToOthers(folder), closeDataFolder(folder, postgresOwner())]).toEqual([[], []])
  })
  it('that holds other people’s things as well keeps its own mode, and links lead nowhere', () => {
    mkdirSync(folder, { mode: 0o755 })
    chmodSync(folder, 0o755)
    const foreign = join(folder, 'laporan.txt')
    const elsewhere = join(outside, 'elsewhere')
    for (const path of [foreign, elsewhere, join(folder, 'secret')]) {
      writeFileSync(path, 'x')
      chmodSync(path, 0o644)
    }
    symlinkSync(elsewhere, join(folder, 'seal'))
    expect(closeDataFolder(folder, postgresOwner())).toEqual([join(folder, 'secret')])
    expect([folder, foreign, elsewhere].map(modeOf)).toEqual([0o755, 0o644, 0o644])
  })
  it('keeps the database that lies in it when it is closed', () => {
    makeDataFolder(folder, postgresOwner())
    const owner = postgresOwner()
    const data = dataFolder(join(folder, 'postgres'), owner)
    expect([data, modeOf(data)]).toEqual([join(folder, 'postgres'), 0o700])
    chmodSync(folder, 0o700)
    expect(dataFolder(join(folder, 'postgres'), owner)).toBe(data)
  })
})
