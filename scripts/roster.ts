/** `npm run -s roster -- check FILE [--npsn N] [--lembar NAME]…` prints the preview as one JSON document; `import FILE` imports it. */
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { Actor } from '@/lib/access/model'
import { openDatabase } from '@/lib/platform/database-server'
import { closeDatabase } from '@/lib/platform/db'
import { migrate } from '@/lib/platform/migrate'
import { checkFile, importFile } from '@/lib/roster/import-service'
import { loadReference } from '@/prisma/seed/reference'

const [command, file, ...rest] = process.argv.slice(2)
const valuesOf = (option: string) => rest.flatMap((word, i) => (word === option && rest[i + 1] ? [rest[i + 1]!] : []))
const npsn = valuesOf('--npsn')[0] ?? null
const sheets = valuesOf('--lembar')
const choices = sheets.length ? { sheets } : {}
const console_: Actor = {
  userId: null,
  seatId: null,
  teacherId: null,
  name: 'Baris perintah',
  grants: [{ role: 'bgtk', regionId: null, schoolId: null, levelCodes: [] }],
}

/** Resolves when the reader has taken everything: ending earlier would cut a long document off in a pipe. */
const print = (text: string) => new Promise<void>((done) => process.stdout.write(text, () => done()))
// A reader that has seen enough (`| head`) is no error.
process.stdout.on('error', () => process.exit(0))

async function main(): Promise<number> {
  if ((command !== 'check' && command !== 'import') || !file) {
    console.error('Pemakaian: npm run -s roster -- check BERKAS [--npsn N] [--lembar NAMA]… | import BERKAS [--npsn N] [--lembar NAMA]…')
    return 2
  }
  let bytes: Buffer
  try {
    bytes = readFileSync(file)
  } catch {
    console.error(`Berkas ${file} tidak dapat dibuka.`)
    return 2
  }
  const database = await openDatabase()
  try {
    await migrate(database)
    await loadReference()
    const name = basename(file)
    const result =
      command === 'check' ? await checkFile(console_, name, bytes, npsn, choices) : await importFile(console_, name, bytes, npsn, choices)
    if (!result.ok) {
      console.error(result.message)
      return 2
    }
    await print(JSON.stringify(result.value) + '\n')
    return 0
  } finally {
    await closeDatabase()
    await database.stop()
  }
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error((error as Error).message)
    process.exit(2)
  },
)
