import { letterAt } from '@/lib/items/line-model'
import { numberOrNull } from './number-lines'
import { atLeast, rowsOf, tooFew, type Lack } from './part'

/** Options of which each has a score, as it is typed. */
export type Graded = { text: string; score: string }[]

export function readGraded(lines: string): Graded {
  const rows = rowsOf(lines).map((l) => {
    const m = /^\s*([-−]?\d+(?:[.,]\d+)?)\s*\|\s*(.*)$/.exec(l)
    return m ? { text: m[2]!.trim(), score: m[1]! } : { text: l.trim(), score: '' }
  })
  return atLeast(rows, rows.length ? 2 : 4, () => ({ text: '', score: '' }))
}

export const writeGraded = (rows: Graded): string =>
  rows.map((r) => (r.score.trim() ? `${r.score.trim()} | ${r.text.trim()}` : r.text.trim())).join('\n')

export function lackOfGraded(rows: Graded): Lack | null {
  const empty = rows.findIndex((r) => r.score.trim() && !r.text.trim())
  if (empty >= 0) return { words: `Opsi ${letterAt(empty)} masih kosong: tulis isinya, atau hapus barisnya.`, at: `skor-${empty}` }
  const waiting = tooFew(rows, (r) => r.text, 2)
  if (waiting !== null) return { words: 'Tulis sedikitnya dua opsi.', at: `skor-${waiting}` }
  const none = rows.findIndex((r) => r.text.trim() && numberOrNull(r.score) === null)
  if (none >= 0) return { words: `Skor opsi ${letterAt(none)} belum berupa angka.`, at: `skor-${none}-nilai` }
  const scores = rows.filter((r) => r.text.trim()).map((r) => numberOrNull(r.score)!)
  const top = Math.max(...scores)
  if (top <= 0 || scores.filter((s) => s === top).length !== 1)
    return { words: 'Harus ada tepat satu opsi dengan skor tertinggi, di atas nol.', at: 'skor-0-nilai' }
  return null
}
