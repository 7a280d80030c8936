import { hidden, joined, placesIn, shownAgain } from '@/lib/items/line-model'
import { rowsOf, type Lack } from './part'

/** What raters look at, with the levels of each from nothing to all; `words`: how long a response may be, as typed, '' without a limit. */
export type Criterion = { title: string; levels: string[] }
export type Rubric = { criteria: Criterion[]; words: string }

const MOST = /^\s*paling banyak (\d+) kata\s*$/i
export const blankCriterion = (): Criterion => ({ title: '', levels: ['', ''] })

export function readRubric(lines: string): Rubric | null {
  const rows = rowsOf(lines)
  const words = rows.map((l) => MOST.exec(l)?.[1]).find((n) => n !== undefined)
  const criteria = rows
    .filter((l) => l.trim() && !MOST.test(l))
    .map((l): Criterion | null => {
      const at = l.search(/(?<!\\):/)
      return at < 0 ? null : { title: shownAgain(l.slice(0, at).trim(), ':'), levels: placesIn(l.slice(at + 1).trim()) }
    })
  if (criteria.includes(null)) return null
  return { criteria: criteria.length ? (criteria as Criterion[]) : [blankCriterion()], words: !words || words === '0' ? '' : words }
}

export const writeRubric = ({ criteria, words }: Rubric): string =>
  [
    ...criteria.map((c) => `${hidden(c.title.trim(), ':')}: ${joined(c.levels.map((l) => l.trim()))}`),
    ...(/^\d+$/.test(words.trim()) && Number(words) ? [`paling banyak ${Number(words)} kata`] : []),
  ].join('\n')

export function lackOfRubric({ criteria }: Rubric): Lack | null {
  for (const [i, c] of criteria.entries()) {
    if (!c.title.trim()) return { words: `Kriteria ${i + 1} belum bernama.`, at: `kriteria-${i}` }
    const empty = c.levels.findIndex((l) => !l.trim())
    if (empty >= 0) return { words: `Tingkat bernilai ${empty} pada kriteria ${i + 1} masih kosong.`, at: `kriteria-${i}-tingkat-${empty}` }
  }
  return null
}
