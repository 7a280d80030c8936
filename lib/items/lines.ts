import type { BankItem } from './bank-item'
import { itemTypes, type ItemType } from './model'
import { LineReader } from './line-model'
import { kindOf } from './types/kinds'

/**
 * Choices and key of an item as a few lines of text, as writers type them; the editor's one box for every type.
 * `fromLines` gives the fields of the bank format, `toLines` goes the other way.
 */
export const lineHints = Object.fromEntries(itemTypes.map((t) => [t, kindOf(t).writing.hint])) as Record<ItemType, string>

/** Fields of an item. Throws `LineProblem` with a sentence. */
export const fromLines = (type: ItemType, text: string): Record<string, unknown> => kindOf(type).writing.fromLines(new LineReader(text))

/** Lines of an item's fields; null for what only a foreign file can say (own points, several pairs of one premise, hidden areas). */
export const toLines = (fields: BankItem): string | null => kindOf(fields.type).writing.toLines(fields)
