import { choiceFrom, choiceLine, letterAt } from '@/lib/items/line-model'
import { atLeast, rowsOf, split, tooFew, type Lack } from './part'

/** Options as rows, the right ones marked; `all`: only the whole key earns credit. */
export type Option = { text: string; key: boolean }
export type Choice = { rows: Option[]; all: boolean }

const ALL = /^semua atau nol$/i
const blank = (): Option => ({ text: '', key: false })

export function readSingle(lines: string): Choice | null {
  const rows = rowsOf(lines).map(choiceFrom)
  return rows.filter((r) => r.key).length > 1 ? null : { rows: atLeast(rows, rows.length ? 2 : 4, blank), all: false }
}

export function readMultiple(lines: string): Choice {
  const { rules, rows } = split(lines, ALL)
  return { rows: atLeast(rows.map(choiceFrom), rows.length ? 2 : 4, blank), all: rules.length > 0 }
}

export const writeChoice = ({ rows, all }: Choice): string =>
  [...rows.map((r) => choiceLine(r.text.trim(), r.key)), ...(all ? ['semua atau nol'] : [])].join('\n')

export function lackOfChoice({ rows }: Choice): Lack | null {
  const empty = rows.findIndex((r) => r.key && !r.text.trim())
  if (empty >= 0) return { words: `Opsi ${letterAt(empty)} menjadi kunci, tetapi masih kosong.`, at: `opsi-${empty}` }
  const waiting = tooFew(rows, (r) => r.text, 2)
  if (waiting !== null) return { words: 'Tulis sedikitnya dua opsi.', at: `opsi-${waiting}` }
  if (!rows.some((r) => r.key)) return { words: 'Belum ada opsi yang ditandai sebagai kunci.', at: 'opsi-0-kunci' }
  return null
}
