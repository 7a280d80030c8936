import { createHash } from 'node:crypto'

/**
 * Who may be left to a lot, and the lot itself. Pure. Whoever clearly needs support has a seat without a lot; among those near the line,
 * where their results do not tell them apart, the lot decides, and only where seats are fewer than people.
 */

export type Candidate = {
  teacherId: string
  stepId: string
  /** Of lying below the line, 0–1; null where the test could measure nothing. */
  chance: number | null
}
export type ByLine = { certain: Candidate[]; near: Candidate[]; behind: Candidate[] }

/**
 * Those who wait for a class by where they stand: `from` is the chance from which support is offered, `band` how far around it a lot may
 * decide. Nobody of whom nothing could be measured is left to a lot. The order of the input changes nothing.
 */
export function byLine(candidates: readonly Candidate[], from: number, band: number): ByLine {
  const all = [...candidates].sort((a, b) => (a.stepId < b.stepId ? -1 : 1))
  return {
    certain: all.filter((c) => c.chance === null || c.chance > from + band),
    near: all.filter((c) => c.chance !== null && Math.abs(c.chance - from) <= band),
    behind: all.filter((c) => c.chance !== null && c.chance < from - band),
  }
}

export type SeatsLeft =
  | { lot: true; left: number }
  /** `enough`: everybody near the line has a seat; `none-left`: those who clearly need support take all; `nobody`: nobody is near it. */
  | { lot: false; why: 'enough' | 'none-left' | 'nobody' }

/** Whether a lot is needed: only where some seats are left for those near the line, and fewer than they are. */
export function seatsLeft(seats: number, { certain, near }: ByLine): SeatsLeft {
  const left = seats - certain.length
  if (near.length === 0) return { lot: false, why: 'nobody' }
  if (left >= near.length) return { lot: false, why: 'enough' }
  return left < 1 ? { lot: false, why: 'none-left' } : { lot: true, left }
}

const hash = (text: string): string => createHash('sha256').update(text).digest('hex')

/** One fingerprint of who has which ticket: ids of their steps in the order of the tickets, which an erasure leaves as they are. */
export const listPrint = (list: readonly string[]): string => hash(list.join('\n'))

/** What is shown before the draw: it binds the seed, the list in its order and the seats, and tells nothing of them. */
export const commitmentOf = (seed: string, list: readonly string[], left: number): string =>
  hash(`${seed}|${listPrint(list)}|${list.length}|${left}`)

/**
 * The order in which tickets 1 to `count` are drawn: by SHA-256 of seed, word and ticket. The seed was committed before the word was said,
 * and the word was said after; neither who holds the seed nor who says the word can steer it alone.
 */
export const drawOrder = (seed: string, word: string, count: number): number[] =>
  Array.from({ length: count }, (_, i) => ({ ticket: i + 1, by: hash(`${seed}|${word}|${i + 1}`) }))
    .sort((a, b) => (a.by < b.by ? -1 : a.by > b.by ? 1 : 0))
    .map((t) => t.ticket)

/** The tickets that have a seat of the first group. */
export const drawnTickets = (seed: string, word: string, count: number, left: number): Set<number> =>
  new Set(drawOrder(seed, word, count).slice(0, left))
