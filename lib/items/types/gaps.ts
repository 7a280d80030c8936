import { plainText, type ContentOf, type GapContent, type GapKey, type GapScoring, type ResponseValue } from '../model'
import { readNumbers } from '../numbers'
import { evenSteps, idsOf, rowsOf, text, type AnswerLine } from './answer'

/** What types share whose response is text or a choice in gaps. */

/** Longest text in a gap; the field on the phone takes 200. */
const MOST_IN_GAP = 400

/** Case, outer and double spaces and the shape of quotation marks do not make an answer wrong. */
const loose = (words: string) =>
  words
    .normalize('NFKC')
    .replace(/[‘’ʼ`´]/g, "'")
    .replace(/[“”„]/g, '"')
    .replace(/\s+/g, ' ')
    .trim()
    .toLocaleLowerCase('id')

/** 0–1: the credit of one gap's answer. */
function gapCredit(key: GapKey, typed: string): number {
  const best = (credits: number[]) => Math.min(1, Math.max(0, ...credits))
  switch (key.kind) {
    case 'choice':
      return Object.hasOwn(key.credits, typed) ? best([key.credits[typed]!]) : 0
    case 'text':
      return best(
        key.answers.filter((a) => (a.exact ? a.text.trim() === typed.trim() : loose(a.text) === loose(typed))).map((a) => a.credit),
      )
    case 'number': {
      const read = readNumbers(typed, key.units)
      // A hair of slack, so that 0.1 + 0.2 is within nothing of 0.3.
      const near = (a: { value: number; tolerance: number }) =>
        read.some((n) => Math.abs(n - a.value) <= a.tolerance + 1e-9 * Math.max(1, Math.abs(a.value)))
      return best(key.answers.filter(near).map((a) => a.credit))
    }
  }
}

function credit(scoring: GapScoring, value: NonNullable<ResponseValue>): number {
  if (typeof value !== 'object' || Array.isArray(value)) return 0
  const credits = Object.entries(scoring.gaps).map(([id, key]) => {
    const typed = Object.hasOwn(value, id) ? value[id] : undefined
    return typeof typed === 'string' ? gapCredit(key, typed) : 0
  })
  if (scoring.rule === 'all') return credits.every((c) => c >= 1) ? 1 : 0
  const worth = Object.keys(scoring.gaps).map((id) => scoring.worth?.[id] ?? 1)
  return credits.reduce((sum, c, i) => sum + c * worth[i]!, 0) / worth.reduce((a, b) => a + b, 0)
}

/** One step a gap; a single gap with half credits has a step for each of its credits. */
function gapSteps(keys: readonly GapKey[]): number {
  if (keys.length !== 1) return keys.length
  const key = keys[0]!
  const credits = key.kind === 'choice' ? Object.values(key.credits) : key.answers.map((a) => a.credit)
  return new Set(credits.filter((c) => c > 0)).size
}

const rightAnswer = (key: GapKey): string => {
  if (key.kind === 'text') return key.answers[0]!.text
  if (key.kind === 'number') return String(key.answers[0]!.value).replace('.', ',')
  return Object.entries(key.credits).sort((a, b) => b[1] - a[1])[0]![0]
}

function gapWords(key: GapKey | undefined, say: (n: number) => string): string {
  if (!key) return ''
  if (key.kind === 'text') return key.answers.map((a) => a.text).join(' / ')
  if (key.kind === 'number')
    return key.answers.map((a) => (a.tolerance ? `${say(a.value)} ± ${say(a.tolerance)}` : say(a.value))).join(' / ')
  return Object.entries(key.credits)
    .filter(([, c]) => c > 0)
    .map(([id]) => id)
    .join(' / ')
}

/** Everything about gaps but how a key is said. */
export const inGaps = {
  fits: (content: GapContent) => {
    const gaps = new Map(content.gaps.map((g) => [g.id, g.kind === 'choice' ? idsOf(g.options) : null]))
    return (value: ResponseValue) =>
      rowsOf(value)?.every(([id, v]) => {
        if (!gaps.has(id) || typeof v !== 'string') return false
        const options = gaps.get(id)
        return options ? v === '' || options.has(v) : v.length <= MOST_IN_GAP
      }) ?? false
  },
  ghosts: (content: GapContent): ResponseValue[] =>
    ['1', '2,5', 'belum tahu'].map((typed) =>
      Object.fromEntries(content.gaps.map((g) => [g.id, g.kind === 'choice' ? g.options[0]!.id : typed])),
    ),
  simulated: (content: GapContent, scoring: GapScoring, right: number, random: () => number): ResponseValue =>
    Object.fromEntries(
      content.gaps.map((g) => {
        const best = rightAnswer(scoring.gaps[g.id]!)
        if (random() < right) return [g.id, best]
        return [g.id, g.kind === 'choice' ? g.options.find((o) => o.id !== best)!.id : 'tidak tahu']
      }),
    ),
  credit,
  top: (scoring: GapScoring) => (scoring.rule === 'all' ? 1 : gapSteps(Object.values(scoring.gaps))),
  category: evenSteps,
  oneOf: null,
  lines: (content: ContentOf<'short' | 'numeric' | 'cloze'>, scoring: GapScoring | null, say: (n: number) => string): AnswerLine[] =>
    content.gaps.map((g) => ({
      id: g.id,
      body: text(
        g.kind === 'choice' ? g.options.map((o) => `${o.id}. ${plainText(o.body)}`).join(' · ') : g.kind === 'number' ? 'angka' : 'teks',
      ),
      words: scoring ? gapWords(scoring.gaps[g.id], say) : '',
    })),
  summary: (scoring: GapScoring) => ({ key: scoring.gaps, ...(scoring.rule ? { rule: scoring.rule } : {}) }),
}
