import type { Piece } from '../loss-model'

/**
 * What a reader did with every visible word of an item's source. A reader hands its source over in pieces and says of some that they were
 * lost or skipped, and why; of all others it claims that they stand in the item. `settle` believes no claim: it looks for the words in the
 * item, and what it does not find is a loss with the words in it. So an item is whole only when nothing of it was dropped.
 */
export type { Piece, SkippedLine } from '../loss-model'

export const BREAK: Piece = { v: '\n' }
/** What is looked through for words: the fields of an item that hold some. */
type Accountable = {
  status: 'whole' | 'loss' | 'refused'
  problems: string[]
  notes?: string[]
  content?: unknown
  scoring?: unknown
  rationale?: string
  about?: unknown
  stimulus?: { body: unknown }
  source?: Piece[]
}

/** Letters, digits and signs without spaces, in the one form that composed and decomposed letters share. */
export const visible = (text: string): string => text.normalize('NFKC').replace(/[^\p{L}\p{M}\p{N}\p{P}\p{S}\ue000-\uf8ff]/gu, '')

const ENTITIES: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }
/** The signs of a formula. */
export const signsOf = (mathml: string): string =>
  mathml.replace(/<[^>]*>/g, ' ').replace(/&(lt|gt|amp|quot|apos);/g, (_, name: string) => ENTITIES[name]!)

/** Names of fields that are no words of the item, but its form. */
const FORM = new Set(['t', 'type', 'kind', 'media', 'alt', 'id', 'mathml', 'tex', 'rule', 'shape', 'key', 'keys'])

/** Every word that an item holds, field by field. */
function wordsIn(tree: unknown, out: string[]): void {
  if (typeof tree === 'string' || typeof tree === 'number') out.push(String(tree))
  else if (Array.isArray(tree)) tree.forEach((n) => wordsIn(n, out))
  else if (tree && typeof tree === 'object') {
    const node = tree as { mathml?: string; tex?: string }
    if (typeof node.mathml === 'string') {
      out.push(signsOf(node.mathml))
      if (node.tex) out.push(node.tex)
    }
    for (const [name, value] of Object.entries(tree)) if (!FORM.has(name)) wordsIn(value, out)
  }
}

/** All visible signs of an item in one line; what stood side by side in the tree stands side by side here. */
function held(item: Accountable): string {
  const out: string[] = []
  wordsIn([item.content, item.scoring, item.stimulus?.body, item.rationale, item.about, item.notes], out)
  return out.map(visible).join('')
}

const quoted = (text: string) => `“${text.length > 60 ? `${text.slice(0, 58)}…` : text}”`
export const unread = (text: string): string => `Tidak ikut terbaca: ${quoted(text.replace(/\s+/g, ' ').trim())}.`

/** Why letters of options in the middle of a line, fences of formulas and the like are in no item. */
const FORM_WORDS = 'tanda bentuk berkas'

/** Words that are looked for, in ever smaller parts. */
type Part = { v: string; of: Piece; found: boolean }

/**
 * The item with its source, where every piece that did not arrive is marked. Words are looked for line by line, then piece by piece, word
 * by word and sign by sign, so that what is missing is named at its own place. `skips` are words of the format itself, as "ANSWER: B".
 */
export function settle<T extends Accountable>(item: T, pieces: readonly Piece[], skips: readonly string[] = []): T {
  const told = pieces.flatMap((p) => [p.lost, p.look].filter((s) => s !== undefined))
  if (item.status === 'refused') return { ...item, source: trimmed(pieces), problems: [...new Set([...item.problems, ...told])] }
  const stores = [held(item), skips.map(visible).join('\u0001')]
  /** Where these words are: 0 in the item, 1 in the form of the file, -1 nowhere. What was found once is not found again. */
  const take = (words: string, upTo = stores.length): number => {
    if (!words) return 0
    const store = stores.slice(0, upTo).findIndex((s) => s.includes(words))
    if (store >= 0) stores[store] = stores[store]!.replace(words, () => '\u0001')
    return store
  }
  const lines: Part[][] = [[]]
  for (const p of trimmed(pieces)) {
    lines.at(-1)!.push({ v: p.v, of: p, found: Boolean(p.lost ?? p.skip) || p.v === '\n' })
    if (p.v === '\n') lines.push([])
  }
  for (const line of lines) {
    const open = line.filter((p) => !p.found)
    if (take(open.map((p) => visible(p.v)).join(''), 1) === 0) for (const p of open) p.found = true
  }
  const inParts = (parts: Part[], cut: (v: string) => string[]): Part[] =>
    parts
      .flatMap((p) => (p.found ? [p] : cut(p.v).map((v) => ({ ...p, v }))))
      .map((p) => {
        const store = p.found ? 0 : take(visible(p.v))
        return store === 1 ? { ...p, found: true, of: { ...p.of, skip: FORM_WORDS } } : { ...p, found: store === 0 }
      })
  let parts = inParts(lines.flat(), (v) => [v])
  parts = inParts(parts, (v) => v.split(/(\s+)/))
  parts = inParts(parts, (v) => [...v])
  const source: Piece[] = []
  for (const p of parts) add(source, p.found ? { ...p.of, v: p.v } : { v: p.v, lost: '?' })
  const named = joined(source).map((p) => (p.lost === '?' ? { ...p, lost: unread(p.v) } : p))
  const missing = named.flatMap((p) => (p.lost ? [p.lost] : []))
  const problems = [...new Set([...item.problems, ...told, ...missing])]
  return { ...item, source: item.problems.reduce(marked, named), problems, status: problems.length ? 'loss' : 'whole' }
}

/** The source with the words that a loss of form names (“…”) marked where they stand, for readers that tell such a loss by its words alone. */
function marked(source: Piece[], problem: string): Piece[] {
  const words = /“([^”]+?)…?” tidak ikut\.$/.exec(problem)?.[1]?.trim()
  const at = words ? source.findIndex((p) => !p.lost && !p.skip && !p.look && p.v.includes(words)) : -1
  if (at < 0) return source
  const { v } = source[at]!
  const from = v.indexOf(words!)
  const cut = [{ v: v.slice(0, from) }, { v: words!, look: problem }, { v: v.slice(from + words!.length) }].filter((p) => p.v)
  return [...source.slice(0, at), ...cut, ...source.slice(at + 1)]
}

/** Without line breaks at the end. */
function trimmed(pieces: readonly Piece[]): Piece[] {
  let end = pieces.length
  while (end && pieces[end - 1]!.v === '\n') end--
  return pieces.slice(0, end)
}

function add(out: Piece[], piece: Piece): void {
  const last = out.at(-1)
  const same = last && last.lost === piece.lost && last.skip === piece.skip && last.look === piece.look
  if (same && last.v !== '\n' && piece.v !== '\n') last.v += piece.v
  else out.push({ ...piece })
}

/** Missing words with nothing but space between them are one missing passage. */
function joined(source: readonly Piece[]): Piece[] {
  const out: Piece[] = []
  for (const [i, p] of source.entries()) {
    const before = out.at(-1)
    if (before?.lost === '?' && p.lost === '?') before.v += p.v
    else if (before?.lost === '?' && !visible(p.v) && p.v !== '\n' && source[i + 1]?.lost === '?') before.v += p.v
    else out.push({ ...p })
  }
  return out
}
