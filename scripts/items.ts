/** `npm run -s items -- check FILE`: says item by item what of a foreign question file can be read. Writes nothing; one JSON document on stdout. */
import { readFileSync } from 'node:fs'
import { readItemFile } from '@/lib/items/formats/file'

const [command, file] = process.argv.slice(2)
if (command !== 'check' || !file) {
  console.error('usage: npm run -s items -- check FILE')
  process.exit(2)
}
let bytes: Uint8Array
try {
  bytes = readFileSync(file)
} catch {
  console.error(`Berkas ${file} tidak dapat dibuka.`)
  process.exit(2)
}
const { format, items, refused } = readItemFile(bytes)
const keyOf = (s: (typeof items)[number]['scoring']) => (s?.type === 'single' ? s.key : s?.type === 'multiple' ? s.keys : undefined)
console.log(
  JSON.stringify(
    {
      format,
      items: items.map(({ id, title, line, content, status, problems, scoring }) => ({
        id,
        title,
        line,
        type: content?.type ?? null,
        status,
        problems,
        ...(scoring ? { score: { key: keyOf(scoring) } } : {}),
      })),
      ...(refused ? { refused } : {}),
    },
    null,
    2,
  ),
)
process.exit(refused ? 1 : 0)
