import { z } from 'zod'
import type { Gap, GapKey, Option } from '../model'
import { choiceFrom, choiceLine, decimal, joined, LineProblem, letterAt, need, numberIn, partsIn } from '../line-model'
import { credit, letter, options, text } from './writing'

/** Writing of what types with gaps share. */
export const answers = z.array(z.union([text, z.strictObject({ text, credit, exact: z.literal(true).optional() })])).min(1)
type Answers = z.infer<typeof answers>
export const numberFields = {
  answer: z.number(),
  tolerance: z.number().min(0).default(0),
  units: z.array(text).optional(),
  others: z.array(z.strictObject({ answer: z.number(), tolerance: z.number().min(0).default(0), credit })).optional(),
}
type NumberFields = {
  answer: number
  tolerance: number
  units?: string[] | undefined
  others?: { answer: number; tolerance: number; credit: number }[] | undefined
}
const worth = { worth: z.number().positive().optional() }
export const GapFields = z.union([
  z.strictObject({ answers, exact: z.literal(true).optional(), ...worth }),
  z.strictObject({ ...numberFields, ...worth }),
  z.strictObject({ options, key: letter, ...worth }),
  z.strictObject({ options, credits: z.record(letter, credit), ...worth }),
])
export type GapFields = z.infer<typeof GapFields>

export function numberGap(gap: NumberFields): GapKey {
  const first = { value: gap.answer, tolerance: gap.tolerance, credit: 1 }
  const others = (gap.others ?? []).map((o) => ({ value: o.answer, tolerance: o.tolerance, credit: o.credit }))
  return { kind: 'number', answers: [first, ...others], ...(gap.units?.length ? { units: gap.units } : {}) }
}

export function textGap(gap: { answers: Answers; exact?: true | undefined }): GapKey {
  const all = gap.answers.map((a) => (typeof a === 'string' ? { text: a, credit: 1 } : a))
  return {
    kind: 'text',
    answers: all.map((a) => ({
      text: a.text,
      credit: a.credit,
      ...((('exact' in a ? a.exact : undefined) ?? gap.exact) ? { exact: true as const } : {}),
    })),
  }
}

export function compileGap(gap: GapFields, id: string, entries: (written: Record<string, string>) => Option[]): { gap: Gap; key: GapKey } {
  if ('answers' in gap) return { gap: { id, kind: 'text' }, key: textGap(gap) }
  if ('answer' in gap) return { gap: { id, kind: 'number' }, key: numberGap(gap) }
  const credits = 'key' in gap ? { [gap.key]: 1 } : gap.credits
  return { gap: { id, kind: 'choice', options: entries(gap.options) }, key: { kind: 'choice', credits } }
}

/** Weights of gaps where they differ, the smallest being 1; alike weights say nothing. */
export function worthOf(weights: readonly number[]): { worth?: Record<string, number> } {
  const least = Math.min(...weights)
  const relative = weights.map((w) => Math.round((w / least) * 1e6) / 1e6)
  return relative.every((w) => w === 1) ? {} : { worth: Object.fromEntries(relative.map((w, i) => [String(i + 1), w])) }
}

export function gapFields(key: GapKey, written: Record<string, string> | null): Record<string, unknown> {
  switch (key.kind) {
    case 'text': {
      const exact = key.answers.every((a) => a.exact)
      const plain = key.answers.map(({ text: words, credit: share, exact: own }) =>
        share === 1 && (exact || !own) ? words : { text: words, credit: share, ...(own && !exact ? { exact: true } : {}) },
      )
      return { answers: plain, ...(exact ? { exact: true } : {}) }
    }
    case 'number': {
      const [first, ...others] = key.answers
      return {
        answer: first!.value,
        tolerance: first!.tolerance,
        ...(key.units ? { units: key.units } : {}),
        ...(others.length ? { others: others.map((o) => ({ answer: o.value, tolerance: o.tolerance, credit: o.credit })) } : {}),
      }
    }
    case 'choice': {
      const right = Object.entries(key.credits)
      return right.length === 1 && right[0]![1] === 1 ? { options: written, key: right[0]![0] } : { options: written, credits: key.credits }
    }
  }
}

/** "12,5 ± 0,1 cm | cm2" */
export function numberFromLine(line: string): { answer: number; tolerance: number; units?: string[] } {
  const m = /^\s*([-−+]?[\d.,]+)\s*(?:(?:±|\+\/-)\s*([\d.,]+))?\s*(.*)$/.exec(line)
  if (!m) throw new LineProblem(`"${line.trim().slice(0, 20)}" bukan angka.`)
  const units = m[3]!
    .split('|')
    .map((u) => u.trim())
    .filter(Boolean)
  return { answer: numberIn(m[1]!), tolerance: m[2] ? numberIn(m[2]) : 0, ...(units.length ? { units } : {}) }
}
export const numberLine = (f: NumberFields): string =>
  `${decimal(f.answer)}${f.tolerance ? ` ± ${decimal(f.tolerance)}` : ''}${f.units ? ` ${f.units.join(' | ')}` : ''}`

/** "50% | asimilasi" */
export function answerFromLine(line: string): string | { text: string; credit: number } {
  const m = /^(\d{1,3})\s*%\s*\|\s*(.+)$/.exec(line)
  return m ? { text: m[2]!.trim(), credit: Number(m[1]) / 100 } : line
}
export const answerLine = (a: Answers[number]): string => (typeof a === 'string' ? a : `${Math.round(a.credit * 100)}% | ${a.text}`)

/** One gap of a cloze as a line: "teks: a / b", "angka: 3,5 ± 0,1", "pilihan: *benar / salah". */
export function gapFromLine(line: string): Record<string, unknown> {
  const m = /^(?:\d+\s*[.)]\s*)?(teks|angka|pilihan)\s*:\s*(.+)$/i.exec(line)
  if (!m) throw new LineProblem(`Baris "${line.slice(0, 30)}" belum didahului teks:, angka:, atau pilihan:.`)
  const kind = m[1]!.toLowerCase()
  if (kind === 'teks') return { answers: partsIn(m[2]!).map(answerFromLine) }
  if (kind === 'angka') return numberFromLine(m[2]!)
  const choices = partsIn(m[2]!).map(choiceFrom)
  const right = choices.findIndex((c) => c.key)
  need(right >= 0 && choices.length >= 2, `Baris "${line.slice(0, 30)}" belum mempunyai pilihan bertanda *.`)
  return { options: Object.fromEntries(choices.map((c, i) => [letterAt(i), c.text])), key: letterAt(right) }
}

/** The line of a gap; null for what a line cannot say. */
export function gapLine(g: GapFields): string | null {
  if (g.worth || 'credits' in g || ('exact' in g && g.exact) || ('others' in g && g.others)) return null
  if ('answers' in g) return g.answers.some((a) => typeof a !== 'string' && a.exact) ? null : `teks: ${joined(g.answers.map(answerLine))}`
  if ('options' in g) return `pilihan: ${joined(Object.entries(g.options).map(([l, t]) => choiceLine(t, 'key' in g && l === g.key)))}`
  return `angka: ${numberLine(g)}`
}
