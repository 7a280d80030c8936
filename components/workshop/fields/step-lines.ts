import { atLeast, rowsOf, tooFew, type Lack } from './part'

/** Steps in their right order. */
export type Steps = string[]

export const readSteps = (lines: string): Steps => {
  const rows = rowsOf(lines).map((l) => l.trim())
  return atLeast(rows, rows.length ? 2 : 4, () => '')
}
export const writeSteps = (steps: Steps): string => steps.map((s) => s.trim()).join('\n')

export function lackOfSteps(steps: Steps): Lack | null {
  const waiting = tooFew(steps, (s) => s, 2)
  return waiting === null ? null : { words: 'Tulis sedikitnya dua langkah.', at: `langkah-${waiting}` }
}
