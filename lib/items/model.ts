import * as z from 'zod/mini'

/** What an item says, as data: our own small tree, so that no HTML from anywhere reaches a screen. */
export type Inline =
  { t: 'text'; v: string } | { t: 'b' | 'i'; c: Inline[] } | { t: 'code'; v: string } | { t: 'math'; mathml: string; tex: string }
export type Block =
  | { t: 'p'; c: Inline[] }
  | { t: 'math'; mathml: string; tex: string }
  | { t: 'pre'; v: string }
  | { t: 'list'; items: Inline[][] }
  | { t: 'table'; head: Inline[][]; rows: Inline[][][] }
  | { t: 'img'; media: string; alt: string }

export const itemTypes = ['single', 'multiple', 'truefalse', 'graded', 'likert'] as const
export type ItemType = (typeof itemTypes)[number]

export const itemTypeNames: Record<ItemType, string> = {
  single: 'Pilihan ganda',
  multiple: 'Pilihan ganda kompleks',
  truefalse: 'Benar–salah',
  graded: 'Situasional (bergradasi)',
  likert: 'Skala Likert',
}

export const cognitiveLevels = ['L1', 'L2', 'L3'] as const

export type Option = { id: string; body: Inline[] }

/** The part of an item that may travel to a participant. */
export type ItemContent =
  | { type: 'single' | 'graded' | 'multiple'; stem: Block[]; options: Option[] }
  | { type: 'truefalse'; stem: Block[]; statements: Option[]; labels: [string, string] }
  | { type: 'likert'; stem: Block[]; scale: string[] }

/** The part that never leaves the server. */
export type ItemScoring =
  | { type: 'single'; key: string }
  | { type: 'multiple'; keys: string[]; options: string[] }
  | { type: 'truefalse'; keys: Record<string, boolean> }
  | { type: 'graded'; scores: Record<string, number> }
  | { type: 'likert'; reversed: boolean; points: number }

export const LIKERT_SCALE = ['Sangat tidak sesuai', 'Tidak sesuai', 'Ragu-ragu', 'Sesuai', 'Sangat sesuai']

/** What a participant chose, in canonical option codes whatever order was shown. `null` clears the choice. */
export const ResponseValue = z.union([
  z.null(),
  z.string().check(z.maxLength(8)),
  z.int().check(z.minimum(1), z.maximum(9)),
  z.array(z.string().check(z.maxLength(8))).check(z.maxLength(12)),
  z.record(z.string().check(z.maxLength(8)), z.boolean()),
])
export type ResponseValue = z.infer<typeof ResponseValue>

/** Whether a response counts as answered on the number grid: nothing chosen or an emptied choice does not. */
export function isAnswered(value: ResponseValue | undefined): boolean {
  if (value === null || value === undefined || value === '') return false
  if (Array.isArray(value)) return value.length > 0
  return typeof value === 'object' ? Object.keys(value).length > 0 : true
}
