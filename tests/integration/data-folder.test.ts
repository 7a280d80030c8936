import { lstatSync, mkdtempSync, readdirSync, chmodSync, rmSync } from 'node:fs'
import { platform, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { anchorAudit } from '@/lib/access/inside'
import { addLine } from '@/lib/access/store'
import { closeDatabase } from '@/lib/platform/db'
import { startEmbedded } from '@/lib/platform/embedded-postgres'
import { migrate } from '@/lib/platform/migrate'
import { loadSecrets } from '@/lib/platform/secrets'
import { settle } from '@/lib/platform/config'

const outside = mkdtempSync(join(tmpdir(), 'petaguru-private-'))
chmodSync(outside, 0o755)
afterAll(() => {
  rmSync(outside, { recursive: true, force: true })
})

describe.skipIf(platform() === 'win32')('a fresh installation', () => {
  it('writes nothing that another user of the machine can read: secrets, database, its log of changes, heads of the access log', async () => {
    const folder = join(outside, 'data')
    const before = process.umask(0)
    const database = await startEmbedded(folder, { fast: true })
    try {
      settle({ NEXTAUTH_SECRET: undefined, PETAGURU_SEAL_SECRET: undefined, PETAGURU_DATA: folder, DATABASE_URL: database.url })
      loadSecrets(folder, { make: true })
      await migrate(database)
      await addLine({ actorId: null, actorName: 'Tidak dikenal', action: 'login', object: 'session' }, new Date())
      await anchorAudit(new Date())
      const seen: string[] = []
      const open: string[] = []
      const walk = (path: string, inDatabase: boolean) => {
        const entry = lstatSync(path)
        seen.push(path)
        // Inside, nobody gets past the database's own closed folder; of the installation's folder others may at most walk through.
        if (!inDatabase && entry.mode & 0o067) open.push(path)
        if (entry.isDirectory())
          for (const name of readdirSync(path)) walk(join(path, name), inDatabase || path === join(folder, 'postgres'))
      }
      walk(folder, false)
      expect(open).toEqual([])
      expect(lstatSync(join(folder, 'postgres')).mode & 0o777).toBe(0o700)
      for (const part of ['postgres/pg_wal/', 'audit/petaguru.jsonl', 'seal', 'secret', 'postgres.password', 'application.password'])
        expect(
          seen.some((path) => path.startsWith(join(folder, part))),
          part,
        ).toBe(true)
      for (const path of seen.filter((p) => p.startsWith(join(folder, 'postgres', 'pg_wal'))))
        expect(lstatSync(path).mode & 0o077, path).toBe(0)
    } finally {
      process.umask(before)
      await closeDatabase()
      await database.stop()
    }
  })
})
