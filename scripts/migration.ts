/** `npm run migration -- NAME`: writes the SQL that leads from the applied migrations to the schema files. */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { startEmbedded } from '@/lib/platform/embedded-postgres'
import { applyMigrations, diffSql } from '@/lib/platform/schema-engine'

const name = process.argv[2]
if (!name || !/^[a-z0-9_]+$/.test(name)) throw new Error('usage: npm run migration -- name_in_snake_case')
const dir = join('prisma', 'migrations')
const fresh = readdirSync(dir).filter((d) => /^\d/.test(d)).length === 0
const scratch = mkdtempSync(join(tmpdir(), 'petaguru-migration-'))
const { chmodSync } = await import('node:fs')
chmodSync(scratch, 0o755)
const server = await startEmbedded(scratch, { fast: true })
try {
  if (!fresh) await applyMigrations(server.url)
  const sql = await diffSql(server.url, fresh)
  if (!sql.trim() || sql.includes('empty migration')) {
    console.log('Nothing to migrate.')
  } else {
    const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14)
    mkdirSync(join(dir, `${stamp}_${name}`), { recursive: true })
    writeFileSync(join(dir, `${stamp}_${name}`, 'migration.sql'), sql)
    writeFileSync(join(dir, 'migration_lock.toml'), 'provider = "postgresql"\n')
    console.log(`${dir}/${stamp}_${name}/migration.sql`)
  }
} finally {
  await server.stop()
  rmSync(scratch, { recursive: true, force: true })
}
