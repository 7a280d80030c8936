import { z } from 'zod'
import { itemTypes, type ItemContent, type ItemScoring } from './model'
import { parseBlocks, parseInline, type MediaName } from './markup'
import { BankProblem } from './types/writing'
import { kindOf, type BankItem as Fields } from './types/kinds'

/** One item as people write it (see prisma/bank/README.md), and its way to the trees that are shown and scored. */
export type BankItem = Fields
export const BankItem = z.discriminatedUnion(
  'type',
  itemTypes.map((t) => kindOf(t).writing.schema) as unknown as [z.ZodObject<{ type: z.ZodLiteral }>],
) as unknown as z.ZodType<Fields>

/** The trees and the key of one item. Throws `BankProblem` with the item's code, or the reason of a wrong formula or picture. */
export function compileItem(item: BankItem, media: MediaName): { content: ItemContent; scoring: ItemScoring } {
  const body = (written: string) => parseInline(written.trim(), media)
  return kindOf(item.type).writing.compile(item, {
    stem: parseBlocks(item.stem, media),
    body,
    entries: (written) =>
      Object.entries(written)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([id, words]) => ({ id, body: body(words) })),
    media,
    bad: (words) => {
      throw new BankProblem(`${item.code}: ${words}`)
    },
  })
}
