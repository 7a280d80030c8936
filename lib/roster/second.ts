import { fieldNames } from './columns'
import type { CellNote, PreviewRow } from './model'

type Plan = { rows: PreviewRow[]; notes: CellNote[]; nameOf: (schoolId: string) => string | null }

const sameNumber = (a: PreviewRow, b: PreviewRow) =>
  (a.data.nuptk !== null && a.data.nuptk === b.data.nuptk) || (a.data.nip !== null && a.data.nip === b.data.nip)
const at = (n: CellNote, r: PreviewRow) => n.sheet === r.sheet && n.row === r.row

/**
 * A teacher of ours who stands at two schools keeps the first of them, in whichever order a file lists the two: the row of the other school
 * is the second one, and moves nobody. Changes the rows and notes of the plan; answers how many rows change nothing any more.
 */
export function keepMainSchool({ rows, notes, nameOf }: Plan): number {
  let settled = 0
  const seconds = rows.filter((r) => r.verdict === 'second')
  for (const moved of rows) {
    const move = moved.verdict === 'changed' && moved.changes.find((c) => c.field === fieldNames.school)
    if (!move) continue
    const home = seconds.find(
      (r) => sameNumber(r, moved) && r.schoolId !== null && nameOf(r.schoolId) === move.from && r.schoolId !== moved.schoolId,
    )
    if (!home) continue
    const place = notes.findIndex((n) => at(n, home) && n.kind === 'repaired' && n.message.includes('di sekolah kedua'))
    if (place >= 0) notes.splice(place, 1)
    notes.push({
      sheet: moved.sheet,
      row: moved.row,
      column: fieldNames.school,
      kind: 'repaired',
      message: `Orang yang sama dengan baris ${home.row}, di sekolah kedua: ${move.to}. Tetap satu guru; sekolah induknya tetap ${move.from}.`,
    })
    moved.schoolId = home.schoolId
    moved.changes = moved.changes.filter((c) => c !== move)
    if (moved.changes.length === 0) {
      moved.verdict = 'unchanged'
      settled++
    }
  }
  return settled
}
