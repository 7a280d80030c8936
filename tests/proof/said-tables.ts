import type { Tenth } from '../unit/scoring/said'
import type { Finding } from './claims'
import { table } from './found'

/** What was found of the chances that persons read, as findings and as the tables of `docs/measurement.md`. */

/** What was found of one instrument or truth. */
export type Found = {
  name: string
  items: number
  people: number
  n: number
  before: (Tenth | null)[]
  now: (Tenth | null)[]
  held: number
  heldError: number
}
export const missed = (t: Tenth) => Math.abs(t.said - t.observed)
/** The tenth that misses most beyond its own error. */
export const worst = (tenths: readonly (Tenth | null)[]): { k: number; t: Tenth } =>
  tenths
    .flatMap((t, k) => (t && t.n >= 100 ? [{ k, t }] : []))
    .reduce((a, b) => (missed(b.t) - b.t.error > missed(a.t) - a.t.error ? b : a))
/** Tenths of several instruments as one; their errors are independent. */
const together = (all: readonly Found[]): (Tenth | null)[] =>
  Array.from({ length: 10 }, (_, k) => {
    const own = all.flatMap((f) => (f.now[k] ? [f.now[k]] : []))
    const n = own.reduce((s, t) => s + t.n, 0)
    if (!n) return null
    const mean = (of: (t: Tenth) => number) => own.reduce((s, t) => s + t.n * of(t), 0) / n
    return {
      n,
      said: mean((t) => t.said),
      observed: mean((t) => t.observed),
      error: Math.sqrt(own.reduce((s, t) => s + (t.n * t.error) ** 2, 0)) / n,
    }
  })

/** Instruments of fewer people are told apart from those of more. */
const FEW = 200

/** Chances: every tenth over the smaller and the larger instruments; of a truth beyond the claim the tenth that misses most. */
export const chanceFindings = (found: readonly Found[], broken: readonly Found[]): Finding[] => [
  ...(
    [
      [`instruments of ${FEW} people or more`, (f: Found) => f.people >= FEW],
      [`instruments of fewer than ${FEW}`, (f: Found) => f.people < FEW],
    ] as const
  ).flatMap(([where, which]) =>
    together(found.filter(which)).flatMap((t, k) => (t ? [{ where: `${where}, ${10 * k}–${10 * k + 10}`, ...t }] : [])),
  ),
  ...broken.map((f) => {
    const { k, t } = worst(f.now)
    return { where: `${f.name}, worst of ten tenths (${10 * k}–${10 * k + 10})`, ...t, beyond: true as const }
  }),
]

/** The 80 % range, instrument by instrument and truth by truth. */
export const rangeFindings = (found: readonly Found[], broken: readonly Found[]): Finding[] => {
  const range = (f: Found): Finding => ({ where: f.name, said: 80, observed: f.held, error: f.heldError, n: f.n })
  return [...found.map(range), ...broken.map((f) => ({ ...range(f), beyond: true as const }))]
}

const cells = (tenths: readonly (Tenth | null)[]) =>
  tenths.map((t) => (t && t.n >= 30 ? `${t.said.toFixed(0)}→${t.observed.toFixed(0)}` : '–'))
const rows = (all: readonly Found[]) =>
  all.flatMap((f) =>
    (['before', 'now'] as const).map((how) => {
      const { t } = worst(f[how])
      return [
        how === 'now' ? '' : `${f.name} (${f.items} items, ${f.people} people)`,
        how,
        ...cells(f[how]),
        `${missed(t).toFixed(1)} ± ${t.error.toFixed(1)}`,
        how === 'now' ? `${f.held.toFixed(1)} ± ${f.heldError.toFixed(1)}` : '',
      ]
    }),
  )
const head = (first: string) => [
  first,
  '',
  ...Array.from({ length: 10 }, (_, k) => (k ? `–${10 * k + 10}` : '0–10')),
  'largest miss',
  '80 % range holds',
]

/** Instruments in a table, and how many of their tenths miss. */
export function instrumentsTable(all: readonly Found[]): string {
  const tenths = all.flatMap((f) => f.now.flatMap((t, k) => (t && t.n >= 100 ? [{ f, k, t }] : [])))
  const off = tenths.filter(({ t }) => missed(t) > 3 + t.error)
  const named = off.map(({ f, k, t }) => `${f.name} ${10 * k}–${10 * k + 10} (${missed(t).toFixed(1)} ± ${t.error.toFixed(1)})`).join(', ')
  const far = tenths.filter(({ t }) => missed(t) > 3).length
  return `${table(head('instrument'), rows(all))}

Of ${tenths.length} tenths ${far} miss by more than 3 points as they were found, and ${off.length} by more than 3 beyond their standard error${off.length ? `: ${named}` : ''}.`
}

export const unkindTable = (all: readonly Found[]): string => table(head('truth'), rows(all))
