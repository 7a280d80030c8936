/**
 * The doors for questions of other programs, for bulk work:
 *   npm run -s items -- check FILE                     says item by item what can be read; writes nothing; one JSON document on stdout
 */
import { readFileSync, statSync } from 'node:fs'
import { MOST_PACKED, readItemFile } from '@/lib/instruments/item-file'
import type { ReadFile } from '@/lib/items/formats/read'
import { scoringSummary } from '@/lib/items/formats/summary'

const [command, file] = process.argv.slice(2)

async function read(path: string): Promise<ReadFile> {
  let size: number
  try {
    size = statSync(path).size
  } catch {
    console.error(`Berkas ${path} tidak dapat dibuka.`)
    process.exit(2)
  }
  // Never taken into memory to be refused for its size.
  if (size > MOST_PACKED)
    return { format: 'unknown', items: [], refused: 'Berkas ini lebih besar dari 60 MB. Pecah menjadi beberapa berkas.' }
  return readItemFile(new Uint8Array(readFileSync(path)))
}

function report({ format, items, refused }: ReadFile): string {
  const rows = items.map(({ id, title, line, content, scoring, status, problems, notes }) => ({
    id,
    title,
    line,
    type: content?.type ?? null,
    status,
    problems,
    ...(notes?.length ? { notes } : {}),
    ...(scoring ? { score: scoringSummary(scoring) } : {}),
  }))
  return JSON.stringify({ format, items: rows, ...(refused ? { refused } : {}) }, null, 2)
}

if (command === 'check' && file) {
  const found = await read(file)
  console.log(report(found))
  process.exit(found.refused ? 1 : 0)
}
console.error('usage: npm run -s items -- check FILE')
process.exit(2)
