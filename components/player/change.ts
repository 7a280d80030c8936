import type { ResponseValue } from '@/lib/items/model'

/**
 * How a response follows from the one before it. Controls hand over the step, not the sum: between a tap and the screen lies the
 * writing into the journal, and a second tap in that time must build on the first and not on what the screen still shows.
 */
export type Change = (before: ResponseValue) => ResponseValue

/** Responses on their way into the journal: what it has, and what the fingers have asked for beyond that. */
export class Steps {
  private readonly stored: Map<string, ResponseValue>
  private readonly asked: Map<string, ResponseValue>

  constructor(chosen: ReadonlyMap<string, ResponseValue> = new Map()) {
    this.stored = new Map(chosen)
    this.asked = new Map(chosen)
  }

  /** The response to write for a step, built on every earlier one of this item, written or still being written. */
  ask(item: string, change: Change): ResponseValue {
    const value = change(this.asked.get(item) ?? null)
    this.asked.set(item, value)
    return value
  }

  /** How the writing ended. What could not be written was never shown, so the next step does not build on it. */
  written(item: string, value: ResponseValue, safe: boolean): void {
    if (safe) this.stored.set(item, value)
    else if (this.asked.get(item) === value) this.asked.set(item, this.stored.get(item) ?? null)
  }
}

/** The chosen codes in a response that is a list; none in any other. */
export const codes = (value: ResponseValue | undefined): string[] => (Array.isArray(value) ? value : [])

/** The rows of a response that has one value a row; none in any other. */
export const rows = <T extends string | boolean>(value: ResponseValue | undefined): Record<string, T> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, T>) : {}

/** A choice more or less; where only one may stand, the new one takes its place, and where `most` stand nothing is added. */
export const toggle =
  (code: string, most: number): Change =>
  (before) => {
    const chosen = codes(before)
    if (chosen.includes(code)) return listed(chosen.filter((c) => c !== code))
    if (most === 1) return [code]
    return most && chosen.length >= most ? before : [...chosen, code].sort()
  }

/** A list of codes as a response: an empty one is no answer. */
export const listed = (list: string[]): ResponseValue => (list.length ? list : null)
