/**
 * The doors for questions of other programs, for bulk work:
 *   npm run -s items -- check FILE                       says item by item what can be read; writes nothing; one JSON document on stdout
 *   npm run -s items -- import FILE --instrument CODE    imports what can be read as drafts; one JSON document on stdout
 *   npm run -s items -- export --instrument CODE --format qti3|moodle|xlsx --out FILE
 *   npm run -s items -- export --instrument CODE --format pdf [--form CODE] [--keys] --out FILE    a book for paper, with keys only when asked
 */
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import type { Actor } from '@/lib/access/model'
import { exportFormats, exportItems, importItems, MOST_PACKED, type ExportFormat } from '@/lib/instruments/exchange-service'
import { readItemFile } from '@/lib/instruments/item-file'
import { instrumentByCode } from '@/lib/instruments/inside'
import type { ReadFile } from '@/lib/items/formats/read'
import { scoringSummary } from '@/lib/items/formats/summary'
import { itemBook } from '@/lib/reports/makers'
import { openDatabase } from '@/lib/platform/database-server'
import { closeDatabase } from '@/lib/platform/db'
import { migrate } from '@/lib/platform/migrate'
import { loadFoundations } from '@/prisma/seed/demonstration'

const words = process.argv.slice(2)
const [command] = words
const option = (name: string) => {
  const at = words.indexOf(`--${name}`)
  return at < 0 ? null : (words[at + 1] ?? null)
}
const file = words[1] && !words[1].startsWith('--') ? words[1] : null
const console_: Actor = {
  userId: null,
  seatId: null,
  teacherId: null,
  name: 'Baris perintah',
  grants: [{ role: 'bgtk', regionId: null, schoolId: null, levelCodes: [] }],
}

/** Resolves when the reader has taken everything: ending earlier would cut a long document off in a pipe. */
const print = (document: unknown) =>
  new Promise<void>((done) => process.stdout.write(`${JSON.stringify(document, null, 2)}\n`, () => done()))
process.stdout.on('error', () => process.exit(0))

/** The bytes of a file; null when it is larger than any that is read, so that it is never taken into memory to be refused. */
function bytesOf(path: string): Uint8Array<ArrayBuffer> | null {
  return statSync(path).size > MOST_PACKED ? null : new Uint8Array(readFileSync(path))
}

function report({ format, items, refused }: ReadFile) {
  return {
    format,
    items: items.map(({ id, title, line, content, scoring, status, problems, notes }) => ({
      id,
      title,
      line,
      type: content?.type ?? null,
      status,
      problems,
      ...(notes?.length ? { notes } : {}),
      ...(scoring ? { score: scoringSummary(scoring) } : {}),
    })),
    ...(refused ? { refused } : {}),
  }
}

/** Work on the database, with the instruments of the bank loaded when this one is not there yet. */
async function withInstrument(code: string, work: () => Promise<number>): Promise<number> {
  const database = await openDatabase()
  try {
    await migrate(database)
    if (!(await instrumentByCode(code))) await loadFoundations(new Date())
    return await work()
  } finally {
    await closeDatabase()
    await database.stop()
  }
}

async function main(): Promise<number> {
  const instrument = option('instrument')?.toUpperCase() ?? null
  if ((command === 'check' || command === 'import') && file) {
    let bytes: Uint8Array<ArrayBuffer> | null
    try {
      bytes = bytesOf(file)
    } catch {
      console.error(`Berkas ${file} tidak dapat dibuka.`)
      return 2
    }
    if (!bytes) {
      await print({ format: 'unknown', items: [], refused: 'Berkas ini lebih besar dari 60 MB. Pecah menjadi beberapa berkas.' })
      return 1
    }
    if (command === 'check') {
      const found = await readItemFile(bytes)
      await print(report(found))
      return found.refused ? 1 : 0
    }
    if (instrument) {
      const given = bytes
      return withInstrument(instrument, async () => {
        const result = await importItems(console_, instrument, given, {}, new Date())
        await print(result.ok ? result.value : { refused: result.message })
        return result.ok ? 0 : 1
      })
    }
  }
  const format = exportFormats.find((f): f is ExportFormat => f === option('format'))
  const out = option('out')
  if (command === 'export' && instrument && format && out) {
    return withInstrument(instrument, async () => {
      const result = await exportItems(console_, instrument, format)
      if (!result.ok) {
        console.error(result.message)
        return 1
      }
      writeFileSync(out, result.value.bytes)
      await print({ file: out, format, items: result.value.items, left: result.value.left })
      return 0
    })
  }
  if (command === 'export' && instrument && option('format') === 'pdf' && out) {
    return withInstrument(instrument, async () => {
      const result = await itemBook(console_, instrument, { formCode: option('form'), withKeys: words.includes('--keys') })
      if (!result.ok) {
        console.error(result.message)
        return 1
      }
      writeFileSync(out, result.value.body)
      await print({ file: out, format: 'pdf', items: result.value.items, left: [] })
      return 0
    })
  }
  console.error(
    'Pemakaian: npm run -s items -- check BERKAS | import BERKAS --instrument KODE | export --instrument KODE --format qti3|moodle|xlsx|pdf [--form KODE] [--keys] --out BERKAS',
  )
  return 2
}

process.exitCode = await main()
process.exit()
