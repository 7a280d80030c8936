import { atLeast, split, tooFew, type Lack } from './part'

/** Statements that are true or false; `key` null until somebody said which. */
export type Statement = { text: string; key: boolean | null }
export type Statements = { rows: Statement[]; labels: [string, string] }

export const PLAIN: [string, string] = ['Benar', 'Salah']
const LABELS = /^label\s*:\s*(.*?)\s*\/\s*(.*)$/i

export function readStatements(lines: string): Statements {
  const { rules, rows } = split(lines, LABELS)
  const read = rows.map((l): Statement => {
    const m = /^\s*([BS])\s*\|\s*(.*)$/i.exec(l)
    return m ? { text: m[2]!.trim(), key: m[1]!.toUpperCase() === 'B' } : { text: l.trim(), key: null }
  })
  const own = rules[0]
  return { rows: atLeast(read, read.length ? 2 : 3, () => ({ text: '', key: null })), labels: own ? [own[1]!, own[2]!] : PLAIN }
}

export function writeStatements({ rows, labels }: Statements): string {
  const own = labels.map((l) => l.trim())
  const plain = own.every((l, i) => l === PLAIN[i] || !l)
  return [
    ...rows.map((r) => (r.key === null ? r.text.trim() : `${r.key ? 'B' : 'S'} | ${r.text.trim()}`)),
    ...(plain ? [] : [`label: ${own.map((l, i) => l || PLAIN[i]).join(' / ')}`]),
  ].join('\n')
}

export function lackOfStatements({ rows }: Statements): Lack | null {
  const empty = rows.findIndex((r) => r.key !== null && !r.text.trim())
  if (empty >= 0) return { words: `Pernyataan ${empty + 1} masih kosong: tulis isinya, atau hapus barisnya.`, at: `pernyataan-${empty}` }
  const waiting = tooFew(rows, (r) => r.text, 2)
  if (waiting !== null) return { words: 'Tulis sedikitnya dua pernyataan.', at: `pernyataan-${waiting}` }
  const open = rows.findIndex((r) => r.key === null && r.text.trim())
  if (open >= 0) return { words: `Pernyataan ${open + 1} belum ditentukan benar atau salahnya.`, at: `pernyataan-${open}-benar` }
  return null
}
