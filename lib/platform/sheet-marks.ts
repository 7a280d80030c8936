import type { Run } from './sheet-model'

/**
 * The reader of workbooks gives plain text. Raised, lowered and underlined runs are therefore marked inside the text before it reads:
 * with signs of the last private plane, which no keyboard and no font of symbols makes.
 */
const OPEN = { sup: '\u{10FFF0}', sub: '\u{10FFF1}', underline: '\u{10FFF2}' } as const
const CLOSE = '\u{10FFF3}'
const ANY = /[\u{10FFF0}-\u{10FFF3}]/gu
type Mark = keyof typeof OPEN

/** Parts are handled as bytes, one character a byte. */
const bytes = (text: string) => Buffer.from(text, 'utf8').toString('latin1')
const FOREIGN = /\xf4\x8f\xbf[\xb0-\xb3]/g

/** What a run's or a style's properties raise, lower or underline. */
function markOf(properties: string): Mark | null {
  if (/<(?:\w+:)?vertAlign[^>]*val=["']superscript/.test(properties) || /style:text-position=["'](?:super|[1-9])/.test(properties))
    return 'sup'
  if (/<(?:\w+:)?vertAlign[^>]*val=["']subscript/.test(properties) || /style:text-position=["'](?:sub|-)/.test(properties)) return 'sub'
  if (/<(?:\w+:)?u(?:\s*\/?>|\s(?![^>]*val=["']none))/.test(properties)) return 'underline'
  return /style:text-underline-style=["'](?!none)/.test(properties) ? 'underline' : null
}

/** A part of an .xlsx with the marks in its rich text, and without the properties themselves. */
export function markRuns(part: string): string {
  const clean = part.replace(FOREIGN, '')
  if (!/<(?:\w+:)?rPr>/.test(clean)) return clean
  return clean
    .split(/(<\/(?:\w+:)?r>)/)
    .map((piece) => {
      const from = piece.search(/<(?:\w+:)?rPr>/)
      const end = from < 0 ? -1 : piece.indexOf('rPr>', from + 6)
      if (end < 0) return piece
      const mark = markOf(piece.slice(from, end))
      const rest = piece.slice(0, from) + piece.slice(end + 4)
      if (!mark) return rest
      return rest.replace(
        /(<(?:\w+:)?t(?:\s[^>]*)?>)([^<]*)/,
        (_all, tag: string, text: string) => tag + bytes(OPEN[mark]) + text + bytes(CLOSE),
      )
    })
    .join('')
}

/** Elements of one name inside a part of a styles part, in order. */
function elements(styles: string, inside: string, name: string): string[] {
  const part = new RegExp(`<(?:\\w+:)?${inside}[\\s>][\\s\\S]*?</(?:\\w+:)?${inside}>`).exec(styles)?.[0] ?? ''
  return (
    part.slice(part.indexOf('>') + 1).match(new RegExp(`<(?:\\w+:)?${name}(?:\\s[^>]*)?(?:/>|>[\\s\\S]*?</(?:\\w+:)?${name}>)`, 'g')) ?? []
  )
}

/** Styles of cells (by their number) whose whole text is raised, lowered or underlined. */
export function markedStyles(styles: string): Map<string, Mark> {
  const fonts = elements(styles, 'fonts', 'font').map(markOf)
  const marked = new Map<string, Mark>()
  if (!fonts.some(Boolean)) return marked
  elements(styles, 'cellXfs', 'xf').forEach((xf, i) => {
    const mark = fonts[Number(/\bfontId="(\d+)"/.exec(xf)?.[1] ?? -1)]
    if (mark) marked.set(String(i), mark)
  })
  return marked
}

/** Texts of the shared strings, as they are written there. */
export const sharedTexts = (part: string): string[] =>
  part
    .split(/<\/(?:\w+:)?si>/)
    .map((si) =>
      [...si.replace(/<((?:\w+:)?)rPh[\s>][\s\S]*?<\/\1rPh>/g, '').matchAll(/<(?:\w+:)?t(?:\s[^>]*)?>([^<]*)/g)].map((m) => m[1]!).join(''),
    )

/** A sheet of an .xlsx with the marks in cells whose style raises, lowers or underlines all of them. */
export function markCells(sheet: string, styles: ReadonlyMap<string, Mark>, shared: readonly string[]): string {
  if (styles.size === 0) return sheet
  return sheet.replace(
    /<((?:\w+:)?)c (?=[^<>]*\bs="(\d+)")([^<>]*[^/<>])>([\s\S]*?)<\/\1c>/g,
    (cell, ns: string, style: string, head: string, body: string) => {
      const mark = styles.get(style)
      const value = /<(?:\w+:)?v(?:\s[^>]*)?>([^<]*)/.exec(body)?.[1]
      const kind = /\bt="(\w+)"/.exec(head)?.[1]
      const text = kind === 's' ? shared[Number(value)] : kind === 'str' ? value : undefined
      if (!mark || !text) return cell
      const plain = head.replace(/\bt="\w+"/, 't="inlineStr"')
      return `<${ns}c ${plain}><${ns}is><${ns}t xml:space="preserve">${bytes(OPEN[mark])}${text}${bytes(CLOSE)}</${ns}t></${ns}is></${ns}c>`
    },
  )
}

/** The content of an .ods with the marks in its spans. */
export function markSpans(content: string): string {
  const clean = content.replace(FOREIGN, '')
  const styles = new Map<string, Mark>()
  for (const piece of clean.split('</style:style>')) {
    const at = piece.lastIndexOf('<style:style ')
    const name = at < 0 ? null : /style:name="([^"]*)"/.exec(piece.slice(at))?.[1]
    const mark = at < 0 ? null : markOf(piece.slice(at))
    if (name && mark) styles.set(name, mark)
  }
  if (styles.size === 0) return clean
  const open: (Mark | null)[] = []
  return clean.replace(/<text:span\b[^>]*>|<\/text:span>/g, (tag) => {
    if (tag.startsWith('</')) return (open.pop() ? bytes(CLOSE) : '') + tag
    if (tag.endsWith('/>')) return tag
    const mark = styles.get(/text:style-name="([^"]*)"/.exec(tag)?.[1] ?? '') ?? null
    open.push(mark)
    return mark ? tag + bytes(OPEN[mark]) : tag
  })
}

/** The text without marks, and its runs where it has some. */
export function runsOf(text: string): { text: string; runs: Run[] | null } {
  if (text.search(ANY) < 0) return { text, runs: null }
  const runs: Run[] = []
  let mark: Mark | null = null
  for (const piece of text.split(/([\u{10FFF0}-\u{10FFF3}])/u)) {
    if (piece === CLOSE) mark = null
    else if (piece === OPEN.sup || piece === OPEN.sub || piece === OPEN.underline)
      mark = (Object.keys(OPEN) as Mark[]).find((m) => OPEN[m] === piece)!
    else if (piece) runs.push(mark ? { text: piece, mark } : { text: piece })
  }
  return { text: text.replace(ANY, ''), runs: runs.some((r) => r.mark) ? runs : null }
}
