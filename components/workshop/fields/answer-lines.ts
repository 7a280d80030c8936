import { atLeast, split, tooFew, type Lack } from './part'

/** Answers that are taken, each with its credit in per cent as it is typed; `exact`: case and spaces count. */
export type Accepted = { text: string; percent: string }
export type Answers = { rows: Accepted[]; exact: boolean }

const PART = /^\s*(\d{1,3})\s*%\s*\|\s*(.*)$/

export function acceptedIn(line: string): Accepted {
  const m = PART.exec(line)
  return m ? { text: m[2]!.trim(), percent: m[1]! } : { text: line.trim(), percent: '100' }
}
export const acceptedText = ({ text, percent }: Accepted): string =>
  percent.trim() === '100' || !/^\d{1,3}$/.test(percent.trim()) ? text.trim() : `${percent.trim()}% | ${text.trim()}`

export function readAnswers(lines: string): Answers {
  const { rules, rows } = split(lines, /^tepat$/i)
  return { rows: atLeast(rows.map(acceptedIn), 1, () => ({ text: '', percent: '100' })), exact: rules.length > 0 }
}

export const writeAnswers = ({ rows, exact }: Answers): string => [...rows.map(acceptedText), ...(exact ? ['tepat'] : [])].join('\n')

/** `id` names the controls of the rows. */
export function lackOfAccepted(rows: readonly Accepted[], id: string): Lack | null {
  const waiting = tooFew(rows, (r) => r.text, 1)
  if (waiting !== null) return { words: 'Tulis sedikitnya satu jawaban.', at: `${id}-${waiting}` }
  const empty = rows.findIndex((r) => !r.text.trim() && r.percent.trim() !== '100')
  if (empty >= 0) return { words: `Jawaban ${empty + 1} masih kosong: tulis isinya, atau hapus barisnya.`, at: `${id}-${empty}` }
  const odd = rows.findIndex((r) => !/^\d{1,3}$/.test(r.percent.trim()) || Number(r.percent) > 100)
  if (odd >= 0) return { words: `Nilai jawaban ${odd + 1} ditulis dari 0 sampai 100 persen.`, at: `${id}-${odd}-persen` }
  return null
}
