import type { ComponentType } from 'react'

/** What is still missing, in a sentence, and the control where it is mended. */
export type Lack = { words: string; at: string }

/** The question beside the choices, for the types whose places for answers stand in it. */
export type Stem = { text: string; insert: (piece: string) => void }

/**
 * How choices and key of a type are written by form. The text of lines (`lib/items/lines.ts`) stays what is saved: a form is read out of it
 * and written back. `read` answers null for lines that it cannot show whole; what is half written it takes as it is.
 */
export type FieldPart<M> = {
  read(lines: string): M | null
  write(model: M): string
  /** The first thing that is missing; null when it can be saved as far as the form knows. */
  lack(model: M, stem: string): Lack | null
  View: ComponentType<{ model: M; onChange: (model: M) => void; stem: Stem }>
}

/** Lines as they stand, the empty ones as well: an empty one is a row that waits for its text. */
export const rowsOf = (lines: string): string[] => (lines.trim() === '' ? [] : lines.split(/\r?\n/))

/** Takes the lines that fit out of the others. */
export function split(lines: string, rule: RegExp): { rules: RegExpExecArray[]; rows: string[] } {
  const rules: RegExpExecArray[] = []
  const rows = rowsOf(lines).filter((l) => {
    const m = rule.exec(l.trim())
    if (m) rules.push(m)
    return !m
  })
  return { rules, rows }
}

/** Rows of a form with as many empty ones behind them as an item of the type begins with. */
export const atLeast = <R>(rows: R[], count: number, blank: () => R): R[] => [
  ...rows,
  ...Array.from({ length: Math.max(0, count - rows.length) }, blank),
]

/** The first empty row where fewer than `least` are filled, else null: rows left empty are not saved and in nobody's way. */
export function tooFew<R>(rows: readonly R[], text: (row: R) => string, least: number): number | null {
  const filled = rows.filter((r) => text(r).trim()).length
  return filled >= least
    ? null
    : Math.max(
        0,
        rows.findIndex((r) => !text(r).trim()),
      )
}

export const swap = <R>(rows: readonly R[], at: number, row: R): R[] => rows.map((r, i) => (i === at ? row : r))
