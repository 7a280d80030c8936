/** `npm run -s bank -- check`: says what is wrong with the files under prisma/bank, or how many items they hold. */
import { join } from 'node:path'
import { checkBank } from '@/lib/instruments/inside'

const { problems, instruments } = await checkBank(join('prisma', 'bank'))
for (const p of problems) console.error(p)
for (const i of instruments) console.log(`${i.code.padEnd(5)} ${String(i.items.length).padStart(3)} butir  ${i.title}`)
process.exit(problems.length ? 2 : 0)
