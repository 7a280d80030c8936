import type { Block, Inline } from '../model'
import { numberingReader, stylesOf, type Marker } from './docx-numbering'
import { paragraphReader, type Token } from './docx-text'
import { textFrom } from './files'
import { tidy } from './html'
import { mediaStore } from './media'
import { unread } from './account'
import { readNumbered } from './numbered'
import type { Line } from './numbered-lines'
import type { ReadFile } from './read'
import { allNamed, attr, childNamed, childrenNamed, elementsOf, nameOf, parseXml, textOf, XmlProblem, type Element } from './xml'

/** A Word document as lines: runs with their marks, pictures, formulas and tables, and what automatic numbering shows before a paragraph. */
export function readDocx(files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>): ReadFile {
  const format = 'docx'
  const part = (path: string): Element | null => {
    const bytes = files.get(path)
    return bytes ? parseXml(textFrom(bytes)).documentElement : null
  }
  try {
    const document = part('word/document.xml')
    const body = document && childNamed(document, 'body')
    if (!body) return { format, items: [], refused: 'Dokumen Word ini tidak mempunyai isi.' }
    const links = part('word/_rels/document.xml.rels')
    const relations = new Map((links ? elementsOf(links) : []).map((r) => [attr(r, 'Id') ?? '', attr(r, 'Target') ?? '']))
    const media = mediaStore((path) => files.get(path) ?? null)
    const styles = stylesOf(part('word/styles.xml'))
    const notes = { foot: notesIn(part('word/footnotes.xml'), 'footnote'), end: notesIn(part('word/endnotes.xml'), 'endnote') }
    const reader = paragraphReader({ relations, media, styles, notes: (kind, id) => notes[kind].get(id) ?? '' })
    const lines = linesIn(body, reader, numberingReader(part('word/numbering.xml'), styles))
    const read = readNumbered(lines, format)
    const edges = [...files.keys()]
      .filter((path) => /^word\/(header|footer)\d*\.xml$/.test(path))
      .map((path) => textOf(part(path)).replace(/\s+/g, ' '))
      .filter(Boolean)
    const remarks = [...notesIn(part('word/comments.xml'), 'comment').values()].filter(Boolean)
    const skipped = [
      ...(read.skipped ?? []),
      ...remarks.map((text) => ({ line: 0, text, why: 'komentar peninjau' })),
      ...[...new Set(edges)].map((text) => ({ line: 0, text, why: 'kepala atau kaki halaman' })),
    ]
    return { ...read, media: media.taken, ...(skipped.length ? { skipped } : {}) }
  } catch (error) {
    if (error instanceof XmlProblem) return { format, items: [], refused: error.message }
    throw error
  }
}

/** The words of foot- or endnotes by number. */
const notesIn = (root: Element | null, name: string): Map<string, string> =>
  new Map(
    (root ? childrenNamed(root, name) : []).map((n) => [
      attr(n, 'id') ?? '',
      allNamed(n, 't')
        .map((t) => t.textContent ?? '')
        .join('')
        .trim(),
    ]),
  )

type Reader = ReturnType<typeof paragraphReader>
type Numbering = ReturnType<typeof numberingReader>

const MERGED = 'Sel tabel yang digabung menjadi sel tunggal.'
const NESTED = 'Tabel di dalam tabel diratakan menjadi teks.'

/** Elements of a body or a cell that hold paragraphs and tables. */
const HOLDERS = new Set(['sdt', 'sdtcontent', 'ins', 'moveto', 'customxml', 'txbxcontent'])

/** Elements beside paragraphs that show nothing: properties, and what was deleted or moved away. */
const PASSED = new Set(['sectpr', 'tcpr', 'sdtpr', 'sdtendpr', 'tblpr', 'del', 'movefrom', 'prooferr', 'bookmarkstart', 'bookmarkend'])

function linesIn(body: Element, reader: Reader, numbering: Numbering): Line[] {
  const lines: Line[] = []
  let at = 0

  function paragraph(p: Element, into: Line[]): void {
    at++
    const auto = numbering(p)
    const { tokens, boxes } = reader.paragraph(p)
    let marker = auto && auto.kind !== 'none' ? auto.text : ''
    // Options often stand in one list for the whole document: their letters begin anew with every question.
    const letter = auto?.kind === 'letter'
    if (letter) marker = marker.replace(/[A-Za-z]+/, (l) => caseOf(l, String.fromCharCode(65 + (optionsSince(into, auto) % 26))))
    splitAtBreaks(tokens).forEach((piece, i) => {
      const body = piece.flatMap((t) => (t.node && (t.node.t !== 'text' || t.node.v) ? [t.node] : []))
      const notes = piece.flatMap((t) => (t.note ? [t.note] : []))
      const visible = body.filter((n) => n.t !== 'text' || n.v.trim())
      const lone = visible.length === 1 && visible[0]!.t === 'img' && !marker ? visible[0] : null
      const shown = i === 0 && auto ? { marker, auto } : { marker: '' }
      const common = { at, tokens: piece, ...(notes.length ? { notes } : {}) }
      if (lone?.t === 'img') into.push({ ...common, body: [], marker: '', block: { t: 'img', media: lone.media, alt: lone.alt } })
      else into.push({ ...common, body, ...shown })
    })
    // Words of a text box stand after the paragraph that it hangs on.
    for (const box of boxes) walk(box, into)
  }

  function table(e: Element, into: Line[]): void {
    at++
    const line = at
    const told = new Set<string>()
    const cells = childrenNamed(e, 'tr').map((row) =>
      cellsOf(row).map((cell) => {
        if (allNamed(cell, 'gridspan', 'vmerge').length) told.add(MERGED)
        if (allNamed(cell, 'tbl').length) told.add(NESTED)
        const inside: Line[] = []
        walk(cell, inside)
        return inside.flatMap((l) => (l.cells ? l.cells.flat(2) : [l]))
      }),
    )
    into.push({
      ...tableLine(cells, line),
      ...(told.size ? { pieces: [...piecesOfCells(cells), { v: ' ', look: [...told].join(' ') }] } : {}),
    })
  }

  function walk(parent: Element, into: Line[]): void {
    for (const e of elementsOf(parent)) {
      const name = nameOf(e)
      if (name === 'p') paragraph(e, into)
      else if (name === 'tbl') table(e, into)
      else if (HOLDERS.has(name)) walk(e, into)
      else if (name === 'omathpara' || name === 'omath') paragraphOf(e, into)
      else if (name === 'alternatecontent') {
        const [choice] = elementsOf(e)
        if (choice) walk(choice, into)
      } else if (name === 'altchunk') lost(into, '[dokumen sisipan]', 'Dokumen yang disisipkan ke dalam berkas Word ini tidak terbaca.')
      else if (!PASSED.has(name) && textOf(e)) lost(into, textOf(e), unread(textOf(e)))
    }
  }

  /** Something between paragraphs that cannot be read: told where it stood. */
  function lost(into: Line[], v: string, why: string): void {
    into.push({ at: ++at, body: [], marker: '', pieces: [{ v, lost: why }] })
  }

  /** A formula that stands between paragraphs. */
  function paragraphOf(e: Element, into: Line[]): void {
    const holder = e.ownerDocument!.createElement('w:p')
    holder.appendChild(e.cloneNode(true))
    paragraph(holder, into)
  }

  walk(body, lines)
  return lines
}

const cellsOf = (row: Element): Element[] =>
  elementsOf(row).flatMap((e) => (nameOf(e) === 'tc' ? [e] : HOLDERS.has(nameOf(e)) ? cellsOf(e) : []))

const piecesOfCells = (cells: Line[][][]) =>
  cells.flatMap((row) => [
    ...row.flatMap((cell) =>
      cell.flatMap((l) => [
        ...(l.marker ? [{ v: `${l.marker} ` }] : []),
        ...(l.tokens ?? []).flatMap((t) => (t.piece ? [t.piece] : [])),
        { v: ' ' },
      ]),
    ),
    { v: '\n' },
  ])

/** A table as one line with its cells. */
function tableLine(cells: Line[][][], at: number): Line {
  const rows = cells.map((row) =>
    row.map((cell) =>
      tidy(
        cell.flatMap((l): Inline[] => [
          ...(l.marker ? [{ t: 'text' as const, v: `${l.marker} ` }] : []),
          ...(l.block?.t === 'img' ? [l.block] : l.body),
          { t: 'text', v: ' ' },
        ]),
      ),
    ),
  )
  const width = Math.max(1, ...rows.map((r) => r.length))
  const full = rows.map((r) => [...r, ...Array.from({ length: width - r.length }, (): Inline[] => [])])
  const block: Block = { t: 'table', head: full[0] ?? [], rows: full.slice(1) }
  const notes = cells.flat(2).flatMap((l) => l.notes ?? [])
  return { at, body: [], marker: '', block, cells, pieces: piecesOfCells(cells), ...(notes.length ? { notes } : {}) }
}

const caseOf = (like: string, letter: string) => (like === like.toLowerCase() ? letter.toLowerCase() : letter)

/** How many lettered lines stand since the last numbered one. */
function optionsSince(lines: readonly Line[], now: Marker): number {
  let n = 0
  const last = lines.findLast((l) => l.auto?.kind === 'letter')?.auto
  // Another list that begins with its own A: letters before it were statements.
  if (now.n === 1 && last && last.list !== now.list) return 0
  for (let i = lines.length - 1; i >= 0; i--) {
    const { auto, body, marker } = lines[i]!
    const text = body.map((x) => (x.t === 'text' ? x.v : '')).join('')
    if (auto?.kind === 'number' || (!marker && /^\s*\d{1,3}[.)](?!\d)/.test(text))) break
    if (auto?.kind === 'letter') n++
    if (auto?.kind === 'letter' && /^\W*[Aa]\W*$/.test(marker)) break
  }
  return n
}

function splitAtBreaks(tokens: readonly Token[]): Token[][] {
  const out: Token[][] = [[]]
  for (const t of tokens) {
    if (!t.node && !t.piece && !t.note) out.push([])
    else out.at(-1)!.push(t)
  }
  return out
}
