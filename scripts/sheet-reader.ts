/** Reads one workbook from its input and answers its sheets: started for every file, and ended with it. */
import { readSheets } from '@/lib/platform/sheet'
import { giveWay } from '@/lib/platform/yielding'

giveWay()
const pieces: Buffer[] = []
for await (const piece of process.stdin) pieces.push(piece as Buffer)
process.send!(await readSheets(Buffer.concat(pieces), { dates: 'iso' }))
