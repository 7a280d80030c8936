import type { ContentOf, Inline, ItemType, Option, ResponseValue, ScoringOf } from '../model'

/** One choice, row or gap of an item; `words` is what the key says of it, empty where it says nothing or is not given. */
export type AnswerLine = { id: string; body: Inline[]; words: string }

/** What a folder says of the answers to its type: which there are, what they earn, and the key in words. Pure and light. */
export type AnswerPart<T extends ItemType> = {
  /** The check of what an item's screen can give; made once an item. Null and '' are never asked. */
  fits(content: ContentOf<T>): (value: ResponseValue) => boolean
  /** Responses that a rehearsal's ghost may give. */
  ghosts(content: ContentOf<T>): ResponseValue[]
  /** The response of a simulated teacher; `right` (0–1) is the chance to get one part of the item right. */
  simulated(content: ContentOf<T>, scoring: ScoringOf<T>, right: number, random: () => number): ResponseValue
  /** 0–1: the share of full credit. `rated` is what raters gave, 0–1. */
  credit(scoring: ScoringOf<T>, value: NonNullable<ResponseValue>, rated: number): number
  /** The highest whole-number category in a measurement model. */
  top(scoring: ScoringOf<T>): number
  /** The category of a response whose share of credit is `share`: `evenSteps` where credit comes in steps of one key or row. */
  category(scoring: ScoringOf<T>, value: ResponseValue | undefined, share: number, top: number): number
  /** The options of which exactly one is chosen and the best of them, for distractor analysis; null for other types. */
  oneOf: { options(content: ContentOf<T>): string[]; best(scoring: ScoringOf<T>): string } | null
  /** The choices of an item, each with what the key says of it in words; `say` writes a number as screens show it. */
  lines(content: ContentOf<T>, scoring: ScoringOf<T> | null, say: (n: number) => string): AnswerLine[]
  /** The key in a line or a few, for the book with keys. `lines` are those that say something. */
  said(scoring: ScoringOf<T>, lines: AnswerLine[]): string
  /** The key as plain data for reports. */
  summary(scoring: ScoringOf<T>): Record<string, unknown>
}

/** Fractions between steps go to the step below. */
export const evenSteps = (_scoring: unknown, _value: unknown, share: number, top: number): number => Math.floor(share * top + 1e-9)

export const text = (v: string): Inline[] => [{ t: 'text', v }]
export const idsOf = (options: readonly Option[]): Set<string> => new Set(options.map((o) => o.id))

/** Different codes, all known. */
export const distinctOf = (value: unknown, known: (code: string) => boolean): boolean =>
  Array.isArray(value) && new Set(value).size === value.length && value.every((v) => typeof v === 'string' && known(v))
/** The rows of a value that has one entry a row; null for any other. */
export const rowsOf = (value: unknown): [string, unknown][] | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : null

/** Codes of the lines that the key calls right. */
export const rightCodes = (_scoring: unknown, lines: AnswerLine[]): string =>
  lines
    .filter((l) => l.words === 'kunci')
    .map((l) => l.id)
    .join(', ')
/** Every line with its code. */
export const lineByLine = (_scoring: unknown, lines: AnswerLine[]): string => lines.map((l) => `${l.id}: ${l.words}`).join('  ·  ')
