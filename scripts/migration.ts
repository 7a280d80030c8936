/** `npm run migration -- NAME`: writes the SQL that leads from the newest migration to the schema files. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbedded } from '@/lib/platform/embedded-postgres'
import { diffSql, rememberSchema } from '@/lib/platform/schema-engine'

const name = process.argv[2]
if (!name || !/^[a-z0-9_]+$/.test(name)) throw new Error('usage: npm run migration -- name_in_snake_case')
const dir = join('prisma', 'migrations')
const scratch = mkdtempSync(join(tmpdir(), 'petaguru-migration-'))
chmodSync(scratch, 0o755)
const server = await startEmbedded(scratch, { fast: true })
try {
  const sql = await diffSql(server.ownerUrl)
  if (!sql.trim() || sql.includes('empty migration')) {
    console.log('Nothing to migrate.')
  } else {
    const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14)
    mkdirSync(join(dir, `${stamp}_${name}`), { recursive: true })
    writeFileSync(join(dir, `${stamp}_${name}`, 'migration.sql'), sql)
    writeFileSync(join(dir, 'migration_lock.toml'), 'provider = "postgresql"\n')
    rememberSchema()
    console.log(`${dir}/${stamp}_${name}/migration.sql`)
  }
} finally {
  await server.stop()
  rmSync(scratch, { recursive: true, force: true })
}
