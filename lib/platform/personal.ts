import type { Transaction } from './db'

/** What every room that holds something about a teacher offers to the room of privacy. */
export type PersonalRoom = {
  /** Its rows about a teacher, by table, in the words of the copy that she receives. */
  dataOf: (teacherId: string) => Promise<PersonalRows>
  /** Removes or disguises them inside the caller's transaction; answers how many rows were touched, by table. */
  forget: (tx: Transaction, person: Forgotten) => Promise<Touched>
}

export type PersonalRows = Record<string, Record<string, unknown>[]>
export type Touched = Record<string, number>

/**
 * A teacher to be forgotten, by the request that was decided. Rows that figures are made of get `pseudonym`, a random key that nothing leads to, in place of the
 * teacher's own; `pattern` finds the teacher's names and numbers in words that others wrote (PostgreSQL's regular expressions).
 */
export type Forgotten = { requestId: string; teacherId: string; pseudonym: string; pattern: string; now: Date }

/**
 * Two records of one person: what hangs on `drop` goes to `keep`, row by row and unchanged. What one person cannot have twice and figures are
 * made of gets `nobody`, a random key that nothing leads to.
 */
export type Joining = { keep: string; drop: string; nobody: string; now: Date }

/** What every room that holds rows by a teacher's key offers to the room of records. */
export type JoiningRoom = {
  /** Holds what a joining is decided by for the rest of the transaction, before it is looked at. */
  hold?: (tx: Transaction, ids: readonly string[]) => Promise<void>
  /** What speaks against it in this room, as sentences; read only. */
  obstacles?: (pair: Pick<Joining, 'keep' | 'drop' | 'now'>) => Promise<string[]>
  /** Moves the rows inside the caller's transaction; answers how many were touched, by table. */
  handOver: (tx: Transaction, joining: Joining) => Promise<Touched>
}

/** What stands where words were. */
export const ERASED = '[dihapus]'
export const ERASED_NAME = 'Guru (data dihapus)'

/** Shorter words would hit half the language. */
const SHORTEST = 4
/** Matches nothing. */
const NOTHING = '(?!)'

/** A pattern for any of these names and numbers as whole words, whatever their case; spaces may be wider than they were. */
export function patternOf(words: readonly (string | null | undefined)[]): string {
  const kept = [...new Set(words.map((w) => (w ?? '').trim()).filter((w) => w.length >= SHORTEST))].sort((a, b) => b.length - a.length)
  if (!kept.length) return NOTHING
  const one = (word: string) =>
    `${/^[\p{L}\d]/u.test(word) ? '\\m' : ''}${word.replace(/[^\p{L}\d\s]/gu, '\\$&').replace(/\s+/g, '\\s+')}${/[\p{L}\d]$/u.test(word) ? '\\M' : ''}`
  return `(?:${kept.map(one).join('|')})`
}

/** How many rows statements touched, by table. */
export async function touch(tx: Transaction, statements: [table: string, text: string, values: unknown[]][]): Promise<Touched> {
  const touched: Touched = {}
  for (const [table, text, values] of statements) touched[table] = (touched[table] ?? 0) + ((await tx.query(text, values)).rowCount ?? 0)
  return touched
}
