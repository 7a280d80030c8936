import { typeOfKey, type ItemContent, type ItemScoring, type ItemType } from './model'
import { kindOf } from './types/kinds'
import { writeBlocks, writeInline, type NameOfMedia } from './writing'

/** An item's trees back to the fields that people write: `compileItem` of the answer gives the trees again. */
export type ItemFields = { type: ItemType; stem: string } & Record<string, unknown>

export function itemFields(content: ItemContent, scoring: ItemScoring, name: NameOfMedia): ItemFields {
  if (typeOfKey(scoring) !== content.type) throw new Error(`expected a key of type ${content.type}, found ${scoring.type}`)
  const inline: (nodes: Parameters<typeof writeInline>[0]) => string = (nodes) => writeInline(nodes, name)
  const fields = kindOf(content.type).writing.decompile(content, scoring, {
    inline,
    words: (options) => Object.fromEntries(options.map((o) => [o.id, inline(o.body)])),
    name,
  })
  return { type: content.type, stem: writeBlocks(content.stem, name), ...fields }
}
