import type { GapKey, ItemContent, ItemScoring, SetKey } from '../../model'
import { letterAt, Refused } from '../read'
import { attr, childNamed, childrenNamed, textOf, type Element } from '../xml'

/** What Moodle's question types say of right answers: fractions in per cent. */
export const textIn = (e: Element | undefined): string => {
  if (!e) return ''
  const inner = childNamed(e, 'text')
  return (inner ?? e).textContent ?? ''
}

export const fractionOf = (answer: Element): number => {
  const n = Number((attr(answer, 'fraction') ?? '0').replace(',', '.'))
  return Number.isFinite(n) ? n : 0
}

const near = (a: number, b: number) => Math.abs(a - b) < 0.06

/** Several right options: our rule where the fractions are those of our rule, else their points as they stand. */
export function multipleKey(fractions: readonly number[]): SetKey {
  const ids = fractions.map((_, i) => letterAt(i))
  const keys = ids.filter((_, i) => fractions[i]! > 0)
  if (!keys.length) throw new Refused('Soal tidak mempunyai opsi yang benar.')
  const each = fractions[ids.indexOf(keys[0]!)]!
  const wrong = ids.length - keys.length
  const own =
    fractions.every((f) => (f > 0 ? near(f, each) : near(f, wrong ? -(each * keys.length) / wrong : 0))) && near(each * keys.length, 100)
  if (own && wrong) return { keys }
  const best = fractions.filter((f) => f > 0).reduce((a, b) => a + b, 0)
  return {
    keys,
    points: Object.fromEntries(ids.map((id, i) => [id, fractions[i]! / 100] as const).filter(([, p]) => p !== 0)),
    best: best / 100,
  }
}

/** One right option, or options of graded worth. */
export function singleScoring(
  fractions: readonly number[],
  graded: boolean,
): { type: 'single' | 'graded'; scoring: ItemScoring; problems: string[] } {
  const positive = fractions.flatMap((f, i) => (f > 0 ? [i] : []))
  if (!positive.length) throw new Refused('Soal tidak mempunyai opsi yang benar.')
  const problems = fractions.some((f) => f < 0) ? ['Pengurangan nilai untuk pilihan salah tidak ikut.'] : []
  if (positive.length === 1 && !graded) return { type: 'single', scoring: { type: 'single', key: letterAt(positive[0]!) }, problems }
  const scores = Object.fromEntries(fractions.map((f, i) => [letterAt(i), Math.max(0, f) / 100]))
  return { type: 'graded', scoring: { type: 'graded', scores }, problems }
}

/** Answers of a short answer question. A star stands for any text in Moodle; here only a lone star is understood, as "anything else". */
export function textKey(answers: { text: string; fraction: number }[], caseSensitive: boolean): { key: GapKey; problems: string[] } {
  const right = answers
    .filter((a) => a.fraction > 0)
    .map((a) => ({
      text: a.text.replace(/\s+/g, ' ').trim(),
      credit: a.fraction / 100,
      ...(caseSensitive ? { exact: true as const } : {}),
    }))
  if (!right.length) throw new Refused('Soal isian tidak menyebut jawaban yang benar.')
  const star = right.some((a) => /(?<!\\)\*/.test(a.text))
  return {
    key: { kind: 'text', answers: right.map((a) => ({ ...a, text: a.text.replaceAll('\*', '*') })) },
    problems: star ? ['Tanda * (teks apa saja) di dalam jawaban tidak berlaku di sini.'] : [],
  }
}

export function numberKey(answers: { value: string; tolerance: string; fraction: number }[], units: string[]): GapKey {
  const right = answers.filter((a) => a.fraction > 0 && a.value.trim() !== '*')
  const read = right.map((a) => ({
    value: Number(a.value.trim().replace(',', '.')),
    tolerance: Math.abs(Number(a.tolerance || 0)),
    credit: a.fraction / 100,
  }))
  if (!read.length || read.some((a) => !Number.isFinite(a.value)))
    throw new Refused('Soal angka tidak menyebut jawaban yang dapat dibaca sebagai angka.')
  return { kind: 'number', answers: read, ...(units.length ? { units } : {}) }
}

/** Names of units that count as right without changing the number. */
export function unitsOf(question: Element): { units: string[]; problems: string[] } {
  const box = childNamed(question, 'units')
  const all = box
    ? childrenNamed(box, 'unit').map((u) => ({
        name: textOf(childNamed(u, 'unit_name')),
        by: Number(textOf(childNamed(u, 'multiplier')) || 1),
      }))
    : []
  const plain = all.filter((u) => u.by === 1 && u.name)
  return {
    units: plain.map((u) => u.name),
    problems: plain.length < all.length ? ['Satuan lain yang mengubah angkanya (misalnya mm untuk cm) tidak ikut.'] : [],
  }
}

/** Penalties and grades of a whole question are the office's business here; only a grade of zero says something. */
export const isUngraded = (question: Element): boolean => Number(textOf(childNamed(question, 'defaultgrade')) || 1) === 0

export type Made = { content: ItemContent; scoring: ItemScoring; problems: string[] }
