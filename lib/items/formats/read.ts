import { parseInline } from '@/lib/items/markup'
import type { ItemContent, ItemScoring } from '@/lib/items/model'

/** One item of a foreign file: whole, read with a loss that is named, or refused with the reason. Pure, like every reader here. */
export type ReadItem = {
  /** Name in the file, or its place there. */
  id: string
  title: string
  line: number
  status: 'whole' | 'loss' | 'refused'
  problems: string[]
  content?: ItemContent
  scoring?: ItemScoring
}

/** A file that was read, or the one sentence why nothing of it was. */
export type ReadFile = { format: string; items: ReadItem[]; refused?: string }

/** Text from outside as our own tree: TeX between \( \), $$ or $ becomes a formula, everything else stays what it is. */
export function plainInline(text: string): ReturnType<typeof parseInline> {
  const parts = text.split(/\\\(([\s\S]+?)\\\)|\$\$([\s\S]+?)\$\$/)
  return parts.flatMap((part, i) => {
    if (part === undefined || part === '') return []
    return i % 3 === 0 ? [{ t: 'text' as const, v: part }] : parseInline(`$${part}$`)
  })
}

const LETTERS = 'ABCDEFGHIJ'

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

/** A formula that temml refuses is named, not thrown. */
export function withProblems(item: Omit<ReadItem, 'status' | 'content' | 'scoring'>, read: () => Partial<ReadItem>): ReadItem {
  try {
    const found = read()
    const problems = [...item.problems, ...(found.problems ?? [])]
    const refused = found.status === 'refused'
    return { ...item, ...found, problems, status: refused ? 'refused' : problems.length ? 'loss' : 'whole' }
  } catch (error) {
    return {
      ...item,
      status: 'refused',
      problems: [...item.problems, `Rumus tidak dapat dibaca: ${(error as Error).message.split('\n')[0]}`],
    }
  }
}
