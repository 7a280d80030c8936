/**
 * The two roles of the database (decision 028), for an outside server:
 *   npm run -s database -- roles [--role NAME] [--database NAME]   prints the SQL that makes the application's role
 *   npm run -s database -- check                                   says what the application's role may do; ends with 1 when that is too much
 *   npm run -s database -- grant                                   grants anew, as the owner (npm start does it by itself)
 */
import { randomBytes } from 'node:crypto'
import { APPLICATION_ROLE, excessRights, grantSql, roleSql } from '@/lib/platform/database-roles'
import { openDatabase } from '@/lib/platform/database-server'
import { migrate } from '@/lib/platform/migrate'

const [command, ...rest] = process.argv.slice(2)
const option = (name: string, otherwise: string) => {
  const at = rest.indexOf(`--${name}`)
  return at < 0 ? otherwise : (rest[at + 1] ?? otherwise)
}

async function main(): Promise<number> {
  if (command === 'roles') {
    const role = option('role', APPLICATION_ROLE)
    const database = option('database', 'petaguru')
    const password = randomBytes(18).toString('base64url')
    console.log(`-- Jalankan sebagai pemilik basis data (yang membuat tabel). Sesudahnya:
--   DATABASE_URL=postgresql://${role}:${password}@HOST:5432/${database}
--   DATABASE_OWNER_URL=postgresql://PEMILIK:SANDI@HOST:5432/${database}
-- npm start memberi hak lagi sesudah setiap pembaruan tabel.
${roleSql(role, password)}
${grantSql(role, database)}`)
    return 0
  }
  if (command !== 'check' && command !== 'grant') {
    console.error('Pemakaian: npm run -s database -- roles [--role NAMA] [--database NAMA] | check | grant')
    return 2
  }
  const database = await openDatabase()
  try {
    if (command === 'grant') await migrate(database)
    const excess = await excessRights(database.url)
    if (excess.length === 0) console.log('Peran aplikasi hanya membaca dan menulis baris. Baik.')
    else console.error(`Peran aplikasi boleh lebih dari yang diperlukan: ${excess.join(', ')}. SQL pemisahan: npm run -s database -- roles`)
    return excess.length ? 1 : 0
  } finally {
    await database.stop()
  }
}

main().then(
  (code) => process.exit(code),
  (error: Error) => {
    console.error(`\n  ${error.message}\n`)
    process.exit(2)
  },
)
