import { visible } from '@/lib/items/formats/account'
import type { ReadFile, ReadItem } from '@/lib/items/formats/read'

/** Every visible sign of a file stands in an item, in a named loss or in a named skip: counted from the file without any of its readers. */
const words = (tree: unknown, out: string[] = []): string[] => {
  if (typeof tree === 'string')
    out.push(
      tree
        .replace(/<[^>]*>/g, ' ')
        .replace(/&lt;/g, '<')
        .replace(/&gt;/g, '>')
        .replace(/&amp;/g, '&'),
    )
  else if (typeof tree === 'number') out.push(String(tree))
  else if (Array.isArray(tree)) tree.forEach((n) => words(n, out))
  else if (tree && typeof tree === 'object') Object.values(tree).forEach((n) => words(n, out))
  return out
}

/** What is nowhere: signs of the file that neither an item nor a name holds. */
export function unaccounted(text: string, found: ReadFile): string {
  const told = found.items.map((i: ReadItem) => {
    const named = (i.source ?? []).filter((p) => p.lost ?? p.skip).map((p) => p.v)
    return [i.content, i.scoring, i.rationale, i.about, i.stimulus, i.problems, i.notes, named, i.status === 'refused' ? i.source : []]
  })
  const bag = new Map<string, number>()
  for (const sign of visible(
    words([told, found.skipped ?? []])
      .join(' ')
      .toLowerCase(),
  ))
    bag.set(sign, (bag.get(sign) ?? 0) + 1)
  return [...visible(text.toLowerCase())]
    .filter((sign) => {
      const left = bag.get(sign) ?? 0
      bag.set(sign, left - 1)
      return left <= 0
    })
    .join('')
}
