/** Reads one question file from its input and answers what is in it: started for every file, and ended with it. */
import { readItemFile } from '@/lib/instruments/item-file'
import { giveWay } from '@/lib/platform/yielding'

const MOST_ITEMS = 5_000

giveWay()
const pieces: Buffer[] = []
for await (const piece of process.stdin) pieces.push(piece as Buffer)
const found = await readItemFile(new Uint8Array(Buffer.concat(pieces)))
// What is read is taken over in one piece by the process that answers phones.
const words = 'Berkas ini memuat lebih dari 5.000 butir. Tidak ada yang berubah. Pecah menjadi beberapa berkas.'
process.send!(found.items.length > MOST_ITEMS ? { format: found.format, items: [], refused: words } : found)
