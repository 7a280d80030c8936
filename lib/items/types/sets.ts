import type { Option, ResponseValue, SetKey } from '../model'
import { distinctOf, idsOf, rightCodes, evenSteps, type AnswerLine } from './answer'

/** What types share whose response is a set of codes. */

/** Credit of a set of choices under a rule that the key itself names; null where the type's own rule holds. */
export function namedRule(key: SetKey, chosen: ReadonlySet<string>): number | null {
  if (key.rule === 'all') return chosen.size === key.keys.length && key.keys.every((k) => chosen.has(k)) ? 1 : 0
  if (!key.points) return null
  const sum = [...chosen].reduce((total, c) => total + (Object.hasOwn(key.points!, c) ? key.points![c]! : 0), 0)
  return Math.min(1, Math.max(0, sum / (key.best ?? 1)))
}

type Ticked = SetKey & { options: string[] }

/** Right ticks less wrong ones, each against its own number: ticking everything earns nothing. */
function tickedCredit(scoring: Ticked, value: NonNullable<ResponseValue>): number {
  if (!Array.isArray(value)) return 0
  const ticked = new Set(value.filter((v) => scoring.options.includes(v)))
  const named = namedRule(scoring, ticked)
  if (named !== null) return named
  const right = scoring.keys.filter((k) => ticked.has(k)).length
  const distractors = scoring.options.length - scoring.keys.length
  return Math.max(0, right / scoring.keys.length - (distractors ? (ticked.size - right) / distractors : 0))
}

export const setTop = (key: SetKey): number => (key.rule === 'all' ? 1 : key.keys.length)

export const setSummary = (key: SetKey) => ({
  key: key.keys,
  ...(key.rule ? { rule: key.rule } : {}),
  ...(key.points ? { points: key.points, best: key.best } : {}),
})

/** Everything about a set of ticks but its choices. */
export const ticked = {
  simulated: (_content: unknown, scoring: Ticked, right: number, random: () => number): ResponseValue => {
    const chosen = scoring.options.filter((o) => (scoring.keys.includes(o) ? random() < 0.25 + 0.75 * right : random() < 0.4 * (1 - right)))
    return chosen.length ? chosen : null
  },
  credit: tickedCredit,
  top: setTop,
  category: evenSteps,
  oneOf: null,
  said: rightCodes,
  summary: setSummary,
}

/** "kunci" where the key has the code. */
export const inSet = (key: SetKey | null, id: string): string => (key?.keys.includes(id) ? 'kunci' : '')

export const fitsOptions = (options: readonly Option[]) => {
  const ids = idsOf(options)
  return (value: ResponseValue) => distinctOf(value, (c) => ids.has(c))
}

export const optionLines = (options: readonly Option[], words: (id: string) => string): AnswerLine[] =>
  options.map((o) => ({ id: o.id, body: o.body, words: words(o.id) }))
