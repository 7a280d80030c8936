import { parseInline } from '@/lib/items/markup'
import type { Block, Inline, ItemContent, ItemScoring } from '@/lib/items/model'
import type { Piece, SkippedLine } from './account'

/** One item of a foreign file: whole, read with a loss that is named, or refused with the reason. Pure, like every reader here. */
export type ReadItem = {
  /** Name in the file, or its place there. */
  id: string
  title: string
  line: number
  status: 'whole' | 'loss' | 'refused'
  problems: string[]
  /** What went somewhere else without being lost. */
  notes?: string[]
  content?: ItemContent
  scoring?: ItemScoring
  stimulus?: { code: string; body: Block[] }
  rationale?: string
  /** The words of the file that this item was made of, with what did not arrive marked. */
  source?: Piece[]
  /** What the file says of the blueprint cell, as far as it does. */
  about?: { indicator?: string; domain?: string; level?: string }
}

/** A picture or sound of the file, by the name that the items call it. */
export type ReadMedia = { name: string; mime: string; bytes: Uint8Array<ArrayBuffer> }

/** A file that was read, or the one sentence why nothing of it was. */
export type ReadFile = { format: string; items: ReadItem[]; refused?: string; media?: Map<string, ReadMedia>; skipped?: SkippedLine[] }

/** Why one item cannot be imported, as a sentence for the one who imports. */
export class Refused extends Error {}

/** Text from outside as our own tree: TeX between \( \), \[ \] or $$ becomes a formula, everything else stays what it is. */
export function plainInline(text: string): ReturnType<typeof parseInline> {
  const parts = text.split(/\\\(([\s\S]+?)\\\)|\\\[([\s\S]+?)\\\]|\$\$([\s\S]+?)\$\$/)
  return parts.flatMap((part, i) => {
    if (part === undefined || part === '') return []
    return i % 4 === 0 ? [{ t: 'text' as const, v: part }] : parseInline(`$${part.replaceAll('$', '')}$`)
  })
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRST'

/** Options in order, lettered. */
export const lettered = (texts: readonly string[]) => texts.map((t, i) => ({ id: LETTERS[i]!, body: plainInline(t) }))

export const letterAt = (index: number): string => LETTERS[index]!
export const MOST_OPTIONS = LETTERS.length

/** A stem of one or more paragraphs. */
export const stemOf = (text: string) =>
  text
    .split(/\n\s*\n/)
    .map((p) => p.trim())
    .filter(Boolean)
    .map((p) => ({ t: 'p' as const, c: plainInline(p.replace(/\s*\n\s*/g, ' ')) }))

const shape = (body: readonly Inline[]): string => JSON.stringify(body).replace(/\s+/g, ' ')

/** Two choices that say the same: somebody's slip, or a sign that was lost on the way. A participant could not tell the right one. */
function equalOptions(content: ItemContent): string | null {
  const lists: { name: string; options: { id: string; body: Inline[] }[] }[] = []
  if ('options' in content) lists.push({ name: 'Opsi', options: content.options })
  if ('choices' in content) lists.push({ name: 'Pasangan', options: content.choices })
  if ('gaps' in content)
    for (const g of content.gaps) if (g.kind === 'choice') lists.push({ name: `Isian ${g.id}: pilihan`, options: g.options })
  for (const { name, options } of lists)
    for (const [i, a] of options.entries()) {
      const b = options.slice(i + 1).find((o) => shape(o.body) === shape(a.body))
      if (b)
        return `${name} ${a.id} dan ${b.id} sama, sehingga yang benar tidak dapat dibedakan. Periksa tanda dan gambarnya di berkas asal.`
    }
  return null
}

/** A refusal of one item, and a formula that temml refuses, are named and not thrown. */
export function withProblems(item: Omit<ReadItem, 'status' | 'content' | 'scoring'>, read: () => Partial<ReadItem>): ReadItem {
  try {
    const found = read()
    const twins = found.content && equalOptions(found.content)
    if (twins) throw new Refused(twins)
    const problems = [...new Set([...item.problems, ...(found.problems ?? [])])]
    const refused = found.status === 'refused'
    return { ...item, ...found, problems, status: refused ? 'refused' : problems.length ? 'loss' : 'whole' }
  } catch (error) {
    const words = (error as Error).message.split('\n')[0]!
    const said = error instanceof Refused ? words : `Rumus tidak dapat dibaca: ${words}`
    return { ...item, status: 'refused', problems: [...item.problems, said] }
  }
}
