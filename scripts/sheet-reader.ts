/** Reads one workbook from its input and answers its sheets: started for every file, and ended with it. */
import { constants, setPriority } from 'node:os'
import { readSheets } from '@/lib/platform/sheet'

setPriority(constants.priority.PRIORITY_BELOW_NORMAL)
const pieces: Buffer[] = []
for await (const piece of process.stdin) pieces.push(piece as Buffer)
process.send!(await readSheets(Buffer.concat(pieces), { dates: 'iso' }))
