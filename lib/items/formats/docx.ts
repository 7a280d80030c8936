import { cleanMathml } from '../mathml'
import type { Block, Inline } from '../model'
import { resolvePath, textFrom } from './files'
import { wordMath } from './docx-math'
import { tidy } from './html'
import { mediaStore } from './media'
import { readNumbered, type Line } from './numbered'
import type { ReadFile } from './read'
import { allNamed, childNamed, childrenNamed, elementsOf, nameOf, parseXml, XmlProblem, type Element } from './xml'

/** A Word document as lines: runs with their marks, pictures, formulas and tables, and what automatic numbering shows before a paragraph. */
const value = (e: Element | undefined): string | null => (e ? (e.getAttribute('w:val') ?? e.getAttribute('val')) : null)
const on = (e: Element | undefined): boolean => e !== undefined && !['0', 'false', 'none'].includes(value(e) ?? 'true')

type Numbering = Map<string, { format: string; start: number }>

/** Formats of numbering by "list id/level". */
function numberingOf(root: Element | null): Numbering {
  const out: Numbering = new Map()
  if (!root) return out
  const levels = new Map(
    childrenNamed(root, 'abstractnum').map((a) => [
      a.getAttribute('w:abstractNumId'),
      childrenNamed(a, 'lvl').map((l) => ({
        level: l.getAttribute('w:ilvl') ?? '0',
        format: value(childNamed(l, 'numfmt')) ?? 'decimal',
        start: Number(value(childNamed(l, 'start')) ?? 1),
      })),
    ]),
  )
  for (const n of childrenNamed(root, 'num')) {
    for (const l of levels.get(value(childNamed(n, 'abstractnumid'))) ?? []) out.set(`${n.getAttribute('w:numId')}/${l.level}`, l)
  }
  return out
}

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
    const relations = new Map(
      (part('word/_rels/document.xml.rels') ? elementsOf(part('word/_rels/document.xml.rels')!) : []).map((r) => [
        r.getAttribute('Id') ?? '',
        r.getAttribute('Target') ?? '',
      ]),
    )
    const media = mediaStore((path) => files.get(path) ?? null)
    const problems = new Set<string>()
    const numbering = numberingOf(part('word/numbering.xml'))
    const lines = linesIn(body, { relations, media, problems, numbering })
    const read = readNumbered(lines, format)
    if (!problems.size) return { ...read, media: media.taken }
    const items = read.items.map((i) => ({ ...i, notes: [...(i.notes ?? []), ...problems] }))
    return { ...read, items, media: media.taken }
  } catch (error) {
    if (error instanceof XmlProblem) return { format, items: [], refused: error.message }
    throw error
  }
}

type Around = { relations: Map<string, string>; media: ReturnType<typeof mediaStore>; problems: Set<string>; numbering: Numbering }

function picture(e: Element, { relations, media, problems }: Around): Inline[] {
  const id = allNamed(e, 'blip')[0]?.getAttribute('r:embed') ?? allNamed(e, 'imagedata')[0]?.getAttribute('r:id')
  const path = id ? resolvePath('word/document.xml', relations.get(id) ?? '') : null
  const name = path && media.take(path, path)
  if (!name) {
    if (id) problems.add('Satu gambar Word tidak dapat diambil (format EMF/WMF atau tertaut). Simpan ulang gambar sebagai PNG.')
    return []
  }
  const alt = (allNamed(e, 'docpr')[0]?.getAttribute('descr') ?? '').replace(/[\s[\]]+/g, ' ').trim()
  if (!alt) problems.add('Gambar tanpa teks alternatif; tulis sebelum butir dipakai.')
  return [{ t: 'img', media: name, alt: alt || 'Gambar' }]
}

function run(e: Element, around: Around): Inline[] {
  const marks = childNamed(e, 'rpr')
  const inner = elementsOf(e).flatMap((c): Inline[] => {
    switch (nameOf(c)) {
      case 't':
        return [{ t: 'text', v: c.textContent ?? '' }]
      case 'tab':
        return [{ t: 'text', v: '\t' }]
      case 'br':
      case 'cr':
        return [{ t: 'text', v: '\n' }]
      case 'nobreakhyphen':
        return [{ t: 'text', v: '-' }]
      case 'sym':
        return [{ t: 'text', v: '' }]
      case 'drawing':
      case 'pict':
      case 'object':
        return picture(c, around)
      case 'alternatecontent': {
        const choice = childNamed(c, 'choice') ?? childNamed(c, 'fallback')
        return choice ? elementsOf(choice).flatMap((d) => picture(d, around)) : []
      }
      default:
        return []
    }
  })
  if (!marks || !inner.some((n) => n.t === 'text' && n.v.trim())) return inner
  const vertical = value(childNamed(marks, 'vertalign'))
  let out = inner
  if (vertical === 'subscript') out = [{ t: 'sub', c: out }]
  if (vertical === 'superscript') out = [{ t: 'sup', c: out }]
  if (on(childNamed(marks, 'i'))) out = [{ t: 'i', c: out }]
  if (on(childNamed(marks, 'b'))) out = [{ t: 'b', c: out }]
  return out
}

function inlines(p: Element, around: Around): Inline[] {
  return elementsOf(p).flatMap((e): Inline[] => {
    switch (nameOf(e)) {
      case 'r':
        return run(e, around)
      case 'omath':
      case 'omathpara':
        return [{ t: 'math', ...pick(cleanMathml(wordMath(e))) }]
      case 'hyperlink':
      case 'ins':
      case 'smarttag':
      case 'sdt':
      case 'sdtcontent':
        return inlines(e, around)
      default:
        return []
    }
  })
}
const pick = ({ tex, mathml }: { tex: string; mathml: string }) => ({ tex, mathml })

const markerOf = (format: string, n: number): string => {
  if (format === 'upperLetter') return `${String.fromCharCode(64 + n)}.`
  if (format === 'lowerLetter') return `${String.fromCharCode(96 + n)}.`
  return format === 'decimal' || format === 'decimalZero' ? `${n}.` : ''
}

function linesIn(body: Element, around: Around): Line[] {
  const counts = new Map<string, number>()
  let questions = 0
  const lines: Line[] = []
  let at = 0
  const paragraph = (p: Element) => {
    at++
    const properties = childNamed(p, 'ppr')
    const numbered = properties && childNamed(properties, 'numpr')
    let marker = ''
    if (numbered) {
      const level = value(childNamed(numbered, 'ilvl')) ?? '0'
      const list = value(childNamed(numbered, 'numid')) ?? '0'
      const found = around.numbering.get(`${list}/${level}`)
      if (found && list !== '0') {
        const n = (counts.get(`${list}/${level}`) ?? found.start - 1) + 1
        counts.set(`${list}/${level}`, n)
        // A deeper level counts anew under each line above it.
        for (const key of counts.keys()) if (key.startsWith(`${list}/`) && Number(key.split('/')[1]) > Number(level)) counts.delete(key)
        marker = markerOf(found.format, n)
        // Options often stand in one list for the whole document: their letters begin anew with every question.
        if (/^[A-Za-z]/.test(marker)) marker = markerOf(found.format, optionsSince(lines) + 1)
        if (/^\d/.test(marker)) marker = `${++questions}.`
      }
    }
    const content = inlines(p, around)
    const pieces = splitAtBreaks(content)
    pieces.forEach((piece, i) => {
      const kept = piece.filter((n) => n.t !== 'text' || n.v)
      const visible = kept.filter((n) => n.t !== 'text' || n.v.trim())
      const lone = visible.length === 1 && visible[0]!.t === 'img' && !marker ? visible[0] : null
      lines.push(
        lone?.t === 'img'
          ? { at, body: [], marker: '', block: { t: 'img', media: lone.media, alt: lone.alt } }
          : { at, body: kept, marker: i === 0 ? marker : '' },
      )
    })
  }
  const walk = (parent: Element) => {
    for (const e of elementsOf(parent)) {
      const name = nameOf(e)
      if (name === 'p') paragraph(e)
      else if (name === 'tbl') {
        at++
        lines.push({ at, body: [], marker: '', block: table(e, around) })
      } else if (name === 'sdt' || name === 'sdtcontent' || name === 'ins') walk(e)
    }
  }
  walk(body)
  return lines
}

/** How many lettered lines stand since the last numbered one. */
function optionsSince(lines: readonly Line[]): number {
  let n = 0
  for (let i = lines.length - 1; i >= 0; i--) {
    const { marker, body } = lines[i]!
    const text = body.map((x) => (x.t === 'text' ? x.v : '')).join('')
    if (/^\d/.test(marker) || (!marker && /^\s*\d{1,3}[.)]/.test(text))) break
    if (/^[A-Za-z]/.test(marker)) n++
  }
  return n
}

const isBreak = ([only, ...more]: readonly Inline[]) => only?.t === 'text' && only.v === '\n' && !more.length

function splitAtBreaks(nodes: Inline[]): Inline[][] {
  const out: Inline[][] = [[]]
  for (const n of nodes) {
    if (n.t === 'text' && n.v === '\n') out.push([])
    else if ((n.t === 'b' || n.t === 'i') && isBreak(n.c)) out.push([])
    else out.at(-1)!.push(n)
  }
  return out
}

function table(e: Element, around: Around): Block {
  const rows = childrenNamed(e, 'tr').map((r) =>
    childrenNamed(r, 'tc').map((c) => {
      if (allNamed(c, 'gridspan', 'vmerge').length) around.problems.add('Sel tabel yang digabung menjadi sel tunggal.')
      return tidy(childrenNamed(c, 'p').flatMap((p): Inline[] => [...inlines(p, around), { t: 'text', v: ' ' }]))
    }),
  )
  const width = Math.max(1, ...rows.map((r) => r.length))
  const full = rows.map((r) => [...r, ...Array.from({ length: width - r.length }, (): Inline[] => [])])
  return { t: 'table', head: full[0] ?? [], rows: full.slice(1) }
}
