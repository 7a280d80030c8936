/** `node scripts/run.mjs reliability`: how reliable every calibrated form is, one line a form, ready for a table in the documentation. */
import { calibrationById, calibrations } from '@/lib/calibration/inside'
import { openDatabase } from '@/lib/platform/database-server'
import { closeDatabase } from '@/lib/platform/db'

const two = (x: number | null) => (x === null ? '–' : x.toFixed(2))
const database = await openDatabase()
const done = (await calibrations(null)).filter((c) => c.state === 'done' && !c.linked)
const rows = await Promise.all(done.map((c) => calibrationById(c.id)))
const lines = rows.flatMap((c) =>
  (c?.summary?.forms ?? []).map(
    (f) =>
      `| ${f.label} | ${c!.cycleCodes.join(', ')} | ${f.items} | ${f.n} | ${two(f.alpha)} (${two(f.alphaLow)}–${two(f.alphaHigh)}) | ${two(f.wle)} |`,
  ),
)
console.log('| form | cycle | items | people | alpha (95 %) | reliability of measures |\n|---|---|---|---|---|---|')
for (const line of lines.sort()) console.log(line)
await closeDatabase()
await database.stop()
process.exit(0)
