import type { GapKey, ItemScoring, ResponseValue, SetKey } from './model'
import { inside } from './geometry'
import { readNumbers } from './numbers'

/** Case, outer and double spaces and the shape of quotation marks do not make an answer wrong. */
const loose = (text: string) =>
  text
    .normalize('NFKC')
    .replace(/[‘’ʼ`´]/g, "'")
    .replace(/[“”„]/g, '"')
    .replace(/\s+/g, ' ')
    .trim()
    .toLocaleLowerCase('id')

/** 0–1: the credit of one gap's answer. */
export function gapCredit(key: GapKey, typed: string): number {
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

/** Credit of a set of choices under a rule that the key itself names; null where the type's own rule holds. */
function namedRule(key: SetKey, chosen: ReadonlySet<string>): number | null {
  if (key.rule === 'all') return chosen.size === key.keys.length && key.keys.every((k) => chosen.has(k)) ? 1 : 0
  if (!key.points) return null
  const sum = [...chosen].reduce((total, c) => total + (Object.hasOwn(key.points!, c) ? key.points![c]! : 0), 0)
  return Math.min(1, Math.max(0, sum / (key.best ?? 1)))
}

/**
 * 0–1: the share of the item's full credit. An absent or malformed response earns 0. An extended response earns what its raters
 * gave (`rated`, 0–1); whether one is still being judged is for the caller to know.
 */
export function scoreResponse(scoring: ItemScoring, value: ResponseValue | undefined, rated = 0): number {
  if (value === null || value === undefined) return 0
  switch (scoring.type) {
    case 'single':
      return value === scoring.key ? 1 : 0
    case 'graded': {
      const top = Math.max(...Object.values(scoring.scores))
      return typeof value === 'string' && Object.hasOwn(scoring.scores, value) && top > 0 ? Math.max(0, scoring.scores[value]! / top) : 0
    }
    case 'likert': {
      if (typeof value !== 'number' || value < 1 || value > scoring.points) return 0
      const towards = scoring.reversed ? scoring.points + 1 - value : value
      return (towards - 1) / (scoring.points - 1)
    }
    case 'multiple':
    case 'hottext':
    case 'hotspot': {
      if (!Array.isArray(value)) return 0
      const ticked = new Set(value.filter((v) => scoring.options.includes(v)))
      const named = namedRule(scoring, ticked)
      if (named !== null) return named
      const right = scoring.keys.filter((k) => ticked.has(k)).length
      const distractors = scoring.options.length - scoring.keys.length
      return Math.max(0, right / scoring.keys.length - (distractors ? (ticked.size - right) / distractors : 0))
    }
    case 'matching': {
      if (!Array.isArray(value)) return 0
      const pairs = new Set(value)
      return namedRule(scoring, pairs) ?? scoring.keys.filter((k) => pairs.has(k)).length / scoring.keys.length
    }
    case 'ordering':
      return Array.isArray(value) && value.length === scoring.order.length && scoring.order.every((id, i) => value[i] === id) ? 1 : 0
    case 'truefalse': {
      if (typeof value !== 'object' || Array.isArray(value)) return 0
      const rows = Object.entries(scoring.keys)
      const net = rows.reduce((sum, [id, key]) => sum + (Object.hasOwn(value, id) ? (value[id] === key ? 1 : -1) : 0), 0)
      return Math.max(0, net / rows.length)
    }
    case 'short':
    case 'numeric':
    case 'cloze': {
      if (typeof value !== 'object' || Array.isArray(value)) return 0
      const credits = Object.entries(scoring.gaps).map(([id, key]) => {
        const typed = Object.hasOwn(value, id) ? value[id] : undefined
        return typeof typed === 'string' ? gapCredit(key, typed) : 0
      })
      if (scoring.rule === 'all') return credits.every((c) => c >= 1) ? 1 : 0
      const worth = Object.keys(scoring.gaps).map((id) => scoring.worth?.[id] ?? 1)
      return credits.reduce((sum, c, i) => sum + c * worth[i]!, 0) / worth.reduce((a, b) => a + b, 0)
    }
    case 'areas': {
      if (!Array.isArray(value)) return 0
      const hit = new Set(
        value.flatMap((code) => {
          const [x = NaN, y = NaN] = code.split('-').map(Number)
          const at = scoring.areas.findIndex((a) => inside(a, x, y))
          return at < 0 ? [] : [at]
        }),
      )
      const sum = [...hit].reduce((total, i) => total + scoring.areas[i]!.points, 0)
      return Math.min(1, Math.max(0, sum / scoring.best))
    }
    case 'extended':
      return rated
  }
}
