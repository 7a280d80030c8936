import { numberIn } from '@/lib/items/line-model'
import { rowsOf, type Lack } from './part'

/** A right number as it is typed, how far from it is still right, and the units that may stand behind it. */
export type Answer = { answer: string; tolerance: string; units: string }
/** `others`: numbers that earn a part, in per cent. */
export type Numeric = Answer & { others: { percent: string; answer: string; tolerance: string }[] }

const LINE = /^\s*([-−+]?[\d.,]*)\s*(?:(?:±|\+\/-)\s*([\d.,]*))?\s*(.*)$/
const PART = /^\s*(\d{1,3})\s*%\s*\|\s*(.*)$/

/** What is typed as a number; null where it is none. */
export function numberOrNull(text: string): number | null {
  try {
    return numberIn(text)
  } catch {
    return null
  }
}

export function answerIn(line: string): Answer {
  const m = LINE.exec(line)!
  const units = m[3]!
    .split('|')
    .map((u) => u.trim())
    .filter(Boolean)
  return { answer: m[1]!, tolerance: m[2] ?? '', units: units.join(', ') }
}

export function answerText({ answer, tolerance, units }: Answer): string {
  const all = units
    .split(',')
    .map((u) => u.trim())
    .filter(Boolean)
  return [answer.trim(), tolerance.trim() && `± ${tolerance.trim()}`, all.join(' | ')].filter(Boolean).join(' ')
}

export function readNumeric(lines: string): Numeric | null {
  const [first = '', ...rest] = rowsOf(lines)
  const parts = rest.filter((l) => l.trim()).map((l) => PART.exec(l))
  if (parts.includes(null)) return null
  return {
    ...answerIn(first),
    others: parts.map((m) => {
      const { answer, tolerance } = answerIn(m![2]!)
      return { percent: m![1]!, answer, tolerance }
    }),
  }
}

export const writeNumeric = ({ others, ...first }: Numeric): string =>
  [answerText(first), ...others.map((o) => `${o.percent.trim() || '50'}% | ${answerText({ ...o, units: '' })}`)].join('\n')

/** What is wrong with a number and its tolerance; `id` names their controls. */
export function lackOfNumber({ answer, tolerance }: Pick<Answer, 'answer' | 'tolerance'>, id: string): Lack | null {
  if (numberOrNull(answer) === null) return { words: 'Jawaban yang benar belum berupa angka.', at: id }
  if (tolerance.trim() && numberOrNull(tolerance) === null) return { words: 'Toleransi belum berupa angka.', at: `${id}-toleransi` }
  return null
}

export function lackOfNumeric(model: Numeric): Lack | null {
  const own = lackOfNumber(model, 'angka')
  if (own) return own
  for (const [i, o] of model.others.entries()) {
    const lack = lackOfNumber(o, `angka-lain-${i}`)
    if (lack) return lack
  }
  return null
}
