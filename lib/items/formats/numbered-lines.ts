import type { Block, Inline } from '../model'
import type { Piece } from './account'
import type { Marker } from './docx-numbering'
import type { Token } from './docx-text'

/** Lines of numbered questions, whether from Word or from a text file, and how they are cut. */
export type Line = {
  /** Where the line stands in the file, from 1. */
  at: number
  body: Inline[]
  /** What automatic numbering shows before the line, as "3." or "B."; empty without. */
  marker: string
  /** The list that the marker comes from. */
  auto?: Marker
  /** A table or a picture on a line of its own. */
  block?: Block
  /** What stands in the cells of that table, row by row, line by line. */
  cells?: Line[][][]
  /** What the source shows on this line; the words of `body` where it is not given. */
  pieces?: Piece[]
  /** The looks of its letters, part by part. */
  tokens?: Token[]
  notes?: string[]
}

/** The text of a line; what is no text counts as one sign. */
export const textOf = (body: readonly Inline[]): string =>
  body.map((n) => (n.t === 'text' ? n.v : n.t === 'b' || n.t === 'i' || n.t === 'u' ? textOf(n.c) : '\ufffc')).join('')

const size = (n: Inline): number => textOf([n]).length

/** The line without its first `length` letters. */
export function dropStart(body: readonly Inline[], length: number): Inline[] {
  const out: Inline[] = []
  let left = length
  for (const n of body) {
    if (left <= 0) out.push(n)
    else if (n.t === 'text') {
      if (n.v.length > left) out.push({ t: 'text', v: n.v.slice(left) })
    } else if ((n.t === 'b' || n.t === 'i' || n.t === 'u') && size(n) > left) out.push({ ...n, c: dropStart(n.c, left) })
    left -= size(n)
  }
  return out
}

/** The first `length` letters of a line. */
export function takeStart(body: readonly Inline[], length: number): Inline[] {
  const out: Inline[] = []
  let left = length
  for (const n of body) {
    if (left <= 0) break
    if (n.t === 'text') out.push({ t: 'text', v: n.v.slice(0, left) })
    else if (n.t === 'b' || n.t === 'i' || n.t === 'u') out.push({ ...n, c: takeStart(n.c, left) })
    else out.push(n)
    left -= size(n)
  }
  return out
}

const WIDE = /(?:\t|\s{2,})(?=\*?\(?[B-Jb-j][.)]\s*\S)/
const letterAfter = (text: string, letter: string, stride: number) => {
  const codes = [...new Set([1, stride])].map((by) => String.fromCharCode(letter.toUpperCase().charCodeAt(0) + by))
  const any = codes.map((c) => c + c.toLowerCase()).join('')
  return new RegExp(String.raw`\s(?=\*?\(?[${any}][.)]\s*\S)`).exec(text)
}

/**
 * A line cut at every option that stands beside another: after a wide space, or where the next letter of the alphabet follows. `stride` is
 * how far letters in a line lie apart in the lines before.
 */
export function besides(body: Inline[], letter: string | null, stride = 1): Inline[][] {
  const text = textOf(body)
  const lead = /^\s*\*?\(?([A-Ja-j])[.)]/.exec(text)?.[1] ?? letter
  const m = WIDE.exec(text) ?? (lead ? letterAfter(text, lead, stride) : null)
  if (!m || !text.slice(0, m.index).trim()) return [body]
  const cut = m.index + m[0].length
  return [takeStart(body, m.index), ...besides(dropStart(body, cut), null, stride)]
}

/** What the source shows on a line. */
export const piecesOf = (line: Line): Piece[] =>
  line.pieces ??
  line.tokens?.flatMap((t) => (t.piece ? [t.piece] : [])) ??
  (line.body.length ? [{ v: textOf(line.body).replaceAll('\ufffc', '') }] : [])

/** The same with its first `length` letters said to be no words of the item. */
export function skipStart(pieces: readonly Piece[], length: number, why: string): Piece[] {
  let left = length
  return pieces.flatMap((p): Piece[] => {
    if (left <= 0 || p.lost || p.skip) return [p]
    const cut = Math.min(left, p.v.length)
    left -= cut
    return [{ v: p.v.slice(0, cut), skip: why }, ...(cut < p.v.length ? [{ ...p, v: p.v.slice(cut) }] : [])]
  })
}

export const skipAll = (pieces: readonly Piece[], why: string): Piece[] => pieces.map((p) => (p.lost || p.skip ? p : { v: p.v, skip: why }))
