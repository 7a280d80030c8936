import type { ReadItem } from './read'

/**
 * What a reader did with every visible word of an item's source. A reader hands its source over in pieces and says of some that they were
 * lost or skipped, and why; of all others it claims that they stand in the item. `settle` believes no claim: it looks for the words in the
 * item, and what it does not find is a loss with the words in it. So an item is whole only when nothing of it was dropped.
 */
export type Piece = {
  v: string
  /** The sentence of the loss. */
  lost?: string
  /** Why it is not in the item although nothing is lost: numbers, letters of options, hidden text. */
  skip?: string
}

/** A line of a file that belongs to no item, and why. */
export type SkippedLine = { line: number; text: string; why: string }

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
function held(item: ReadItem, skips: readonly string[]): string {
  const out: string[] = []
  wordsIn([item.content, item.scoring, item.stimulus?.body, item.rationale, item.about, item.notes], out)
  return [...out, '\u0001', ...skips].map((s) => (s === '\u0001' ? s : visible(s))).join('')
}

const quoted = (text: string) => `“${text.length > 60 ? `${text.slice(0, 58)}…` : text}”`
export const unread = (text: string): string => `Tidak ikut terbaca: ${quoted(text.replace(/\s+/g, ' ').trim())}.`

/**
 * The item with its source, where every piece that did not arrive is marked. Words are looked for line by line, then word by word, then
 * sign by sign, so that what is missing is named at its own place. `skips` are words of the format itself, as "ANSWER: B".
 */
export function settle(item: ReadItem, pieces: readonly Piece[], skips: readonly string[] = []): ReadItem {
  const told = pieces.filter((p) => p.lost).map((p) => p.lost!)
  if (item.status === 'refused') return { ...item, source: [...pieces], problems: [...new Set([...item.problems, ...told])] }
  let rest = held(item, skips)
  const take = (words: string): boolean => {
    const at = rest.indexOf(words)
    if (at < 0) return false
    rest = `${rest.slice(0, at)}\u0001${rest.slice(at + words.length)}`
    return true
  }
  const open = pieces.map((p) => !p.lost && !p.skip && !take(visible(p.v)))
  const parts = pieces.map((p, i) =>
    open[i] ? p.v.split(/(\s+)/).map((v) => ({ v, found: !v.trim() || take(visible(v)) })) : [{ v: p.v, found: true }],
  )
  const source: Piece[] = []
  for (const [i, p] of pieces.entries()) {
    for (const part of parts[i]!) {
      if (part.found) add(source, { ...p, v: part.v })
      else for (const sign of part.v) add(source, visible(sign) && !take(visible(sign)) ? { v: sign, lost: '?' } : { ...p, v: sign })
    }
    if (i < pieces.length - 1) source.push({ v: '\n' })
  }
  const named = joined(source).map((p) => (p.lost === '?' ? { ...p, lost: unread(p.v) } : p))
  const problems = [...new Set([...item.problems, ...told, ...named.flatMap((p) => (p.lost ? [p.lost] : []))])]
  return { ...item, source: named, problems, status: problems.length ? 'loss' : 'whole' }
}

function add(out: Piece[], piece: Piece): void {
  const last = out.at(-1)
  if (last && last.lost === piece.lost && last.skip === piece.skip && last.v !== '\n') last.v += piece.v
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

/** The kind of a loss: its sentence without the words, numbers and names of this item. */
export const kindOfLoss = (problem: string): string =>
  problem
    .replace(/“[^”]*”|"[^"]*"/g, '“…”')
    .replace(/\b[\w./%-]+\.(png|jpe?g|gif|svg|webp|wmf|emf|mp3|mp4|ogg|wav)\b/gi, '…')
    .replace(/\b(opsi|baris|kolom) [A-Z0-9]+(?:(?:, | dan )[A-Z0-9]+)*/gi, '$1 …')
    .replace(/\d+/g, '…')
