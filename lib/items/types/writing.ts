import { z } from 'zod'
import type { MediaName } from '../markup'
import { cognitiveLevels, type Block, type ContentOf, type Inline, type ItemType, type Option, type ScoringOf } from '../model'
import type { NameOfMedia } from '../writing'
import type { LineReader } from '../line-model'

/** What a folder says of writing its type: the fields of the bank format, their way to trees and back, and the editor's lines. */

export const itemCode = z.string().regex(/^[A-Z0-9][A-Z0-9-]*$/, 'kode hanya huruf besar, angka, dan tanda hubung')
export const letter = z.string().regex(/^[A-T]$/)
/** YAML reads a bare number as a number; it is meant as text. */
export const text = z.union([z.string(), z.number(), z.boolean()]).transform(String).pipe(z.string().min(1))
export const options = z.record(letter, text)
export const credit = z.number().min(0).max(1)
/** What draws people to each option that is not the best, by its letter. */
export const reasons = { reasons: z.record(letter, text).optional() }

/** What every item has. */
export const common = {
  code: itemCode,
  indicator: z.string().regex(/^\d\.\d{1,2}\.\d{1,2}$/),
  domain: z.string(),
  level: z.enum(cognitiveLevels),
  stimulus: z.string().optional(),
  stem: text,
  rationale: text,
}
export type FieldsOf<T extends ItemType> = z.infer<z.ZodObject<typeof common>> & { type: T }

export class BankProblem extends Error {}

export type Compiled<T extends ItemType> = { content: ContentOf<T>; scoring: ScoringOf<T> }

/** What `compile` is given: the stem read, readers for the rest, and the way to refuse an item with a sentence. */
export type Compiler = {
  stem: Block[]
  body: (written: string) => Inline[]
  entries: (written: Record<string, string>) => Option[]
  media: MediaName
  bad: (words: string) => never
}
/** What `decompile` is given: the stem written, and writers for the rest. */
export type Decompiler = {
  inline: (nodes: readonly Inline[]) => string
  words: (options: readonly Option[]) => Record<string, string>
  name: NameOfMedia
}

export type WritingPart<T extends ItemType, F extends FieldsOf<T> = FieldsOf<T>> = {
  schema: z.ZodType<F>
  compile(item: F, tools: Compiler): Compiled<T>
  /** The fields beside type and stem: `compile` of them gives the trees again. */
  decompile(content: ContentOf<T>, scoring: ScoringOf<T>, tools: Decompiler): Record<string, unknown>
  /** How choices and key are typed in the editor, in a sentence. */
  hint: string
  /** Fields from the editor's lines. Throws `LineProblem` with a sentence. */
  fromLines(lines: LineReader): Record<string, unknown>
  /** Lines of fields; null for what only a foreign file can say. */
  toLines(fields: F): string | null
}

/** Keys that name what is there. */
export function known(keys: readonly string[], of: object, { bad }: Compiler, words = 'kunci tidak ada di antara opsi'): void {
  if (keys.some((k) => !Object.hasOwn(of, k))) bad(words)
}

/** Two options or more, and a reason for each that is not the best, where there are reasons. */
export function checkOptions(
  item: { options: object; reasons?: object | undefined },
  best: (option: string) => boolean,
  { bad }: Compiler,
): void {
  const letters = Object.keys(item.options)
  if (letters.length < 2) bad('sedikitnya dua opsi')
  if (!item.reasons) return
  const given = Object.keys(item.reasons)
  const wanted = letters.filter((o) => !best(o))
  if (given.length !== wanted.length || wanted.some((o) => !given.includes(o))) bad('alasan harus ada untuk setiap opsi selain kunci')
}
