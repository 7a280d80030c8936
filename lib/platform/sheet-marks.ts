import type { Run } from './sheet-model'

/**
 * The reader of workbooks gives plain text. Raised, lowered and underlined runs are therefore marked inside the text before it reads:
 * with signs of the last private plane, which no keyboard and no font of symbols makes.
 */
const OPEN = { sup: '\u{10FFF0}', sub: '\u{10FFF1}', underline: '\u{10FFF2}' } as const
const CLOSE = '\u{10FFF3}'
/** A text that is struck through, or coloured, somewhere. */
const STRUCK = '\u{10FFF4}'
const COLOURED = '\u{10FFF5}'
const ANY = /[\u{10FFF0}-\u{10FFF5}]/gu
type Mark = keyof typeof OPEN

/** Parts are handled as bytes, one character a byte. */
const bytes = (text: string) => Buffer.from(text, 'utf8').toString('latin1')
const FOREIGN = /\xf4\x8f\xbf[\xb0-\xb5]/g

/** What a run's or a style's properties raise, lower or underline. */
function markOf(properties: string): Mark | null {
  if (/<(?:\w+:)?vertAlign[^>]*val=["']superscript/.test(properties) || /style:text-position=["'](?:super|[1-9])/.test(properties))
    return 'sup'
  if (/<(?:\w+:)?vertAlign[^>]*val=["']subscript/.test(properties) || /style:text-position=["'](?:sub|-)/.test(properties)) return 'sub'
  if (/<(?:\w+:)?u(?:\s*\/?>|\s(?![^>]*val=["']none))/.test(properties)) return 'underline'
  return /style:text-underline-style=["'](?!none)/.test(properties) ? 'underline' : null
}

const isStruck = (properties: string): boolean =>
  /<(?:\w+:)?strike(?:\s*\/?>|\s(?![^>]*val=["'](?:0|false)))/.test(properties) ||
  /style:text-line-through-style=["'](?!none)/.test(properties)
/** Letters in a colour of their own; black, white and what the theme gives to all text are none. */
const isColoured = (properties: string): boolean =>
  /<(?:\w+:)?color\s[^>]*(?:rgb="(?!(?:\w\w)?(?:000000|FFFFFF)")\w+"|theme="(?:[4-9])")/i.test(properties) ||
  /fo:color="(?!#(?:000000|ffffff)")#/i.test(properties) ||
  /fo:background-color="(?!#ffffff")#/i.test(properties)
/** What is said of a text as a whole, in signs before it. */
const flagsOf = (properties: string): string => (isStruck(properties) ? STRUCK : '') + (isColoured(properties) ? COLOURED : '')

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
      const properties = piece.slice(from, end)
      const mark = markOf(properties)
      const flags = flagsOf(properties)
      const rest = piece.slice(0, from) + piece.slice(end + 4)
      if (!mark && !flags) return rest
      return rest.replace(/(<(?:\w+:)?t(?:\s[^>]*)?>)([^<]*)/, (_all, tag: string, text: string) => tag + dressed({ mark, flags }, text))
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

/** What a style does to the whole text of its cells. */
export type Dress = { mark: Mark | null; flags: string }
const dressed = ({ mark, flags }: Dress, text: string): string =>
  bytes(flags) + (mark ? bytes(OPEN[mark]) : '') + text + (mark ? bytes(CLOSE) : '')
const dressOf = (properties: string): Dress | null => {
  const dress = { mark: markOf(properties), flags: flagsOf(properties) }
  return dress.mark || dress.flags ? dress : null
}

/** Styles of cells (by their number) whose whole text is raised, lowered, underlined, struck or coloured. */
export function markedStyles(styles: string): Map<string, Dress> {
  const fonts = elements(styles, 'fonts', 'font').map(dressOf)
  const marked = new Map<string, Dress>()
  if (!fonts.some(Boolean)) return marked
  elements(styles, 'cellXfs', 'xf').forEach((xf, i) => {
    const dress = fonts[Number(/\bfontId="(\d+)"/.exec(xf)?.[1] ?? -1)]
    if (dress) marked.set(String(i), dress)
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
export function markCells(sheet: string, styles: ReadonlyMap<string, Dress>, shared: readonly string[]): string {
  if (styles.size === 0) return sheet
  return sheet.replace(
    /<((?:\w+:)?)c (?=[^<>]*\bs="(\d+)")([^<>]*[^/<>])>([\s\S]*?)<\/\1c>/g,
    (cell, ns: string, style: string, head: string, body: string) => {
      const dress = styles.get(style)
      if (!dress) return cell
      const value = /<(?:\w+:)?v(?:\s[^>]*)?>([^<]*)/.exec(body)?.[1]
      const kind = /\bt="(\w+)"/.exec(head)?.[1]
      // Runs of a rich text wear their own dress.
      const inline = kind === 'inlineStr' && !/<(?:\w+:)?r>/.test(body) ? /<(?:\w+:)?t(?:\s[^>]*)?>([^<]*)/.exec(body)?.[1] : undefined
      const text = kind === 's' ? shared[Number(value)] : kind === 'str' ? value : inline
      if (!text) return cell
      const plain = head.replace(/\bt="\w+"/, 't="inlineStr"')
      return `<${ns}c ${plain}><${ns}is><${ns}t xml:space="preserve">${dressed(dress, text)}</${ns}t></${ns}is></${ns}c>`
    },
  )
}

/** The styles of an .ods, which stand before its body, each in a piece of its own. */
export const stylesOf = (content: string): string[] =>
  content.slice(0, Math.max(0, content.indexOf('<office:body'))).split('</style:style>')

/** The content of an .ods with the marks in its spans, and in cells whose style dresses all of them. */
export function markSpans(content: string): string {
  const clean = content.replace(FOREIGN, '')
  const styles = new Map<string, Dress>()
  for (const piece of stylesOf(clean)) {
    const at = piece.lastIndexOf('<style:style ')
    const name = at < 0 ? null : /style:name="([^"]*)"/.exec(piece.slice(at))?.[1]
    const dress = at < 0 ? null : dressOf(piece.slice(at))
    if (name && dress) styles.set(name, dress)
  }
  if (styles.size === 0) return clean
  const open: (Dress | null)[] = []
  const spans = clean.replace(/<text:span\b[^>]*>|<\/text:span>/g, (tag) => {
    if (tag.startsWith('</')) return (open.pop()?.mark ? bytes(CLOSE) : '') + tag
    if (tag.endsWith('/>')) return tag
    const dress = styles.get(/text:style-name="([^"]*)"/.exec(tag)?.[1] ?? '') ?? null
    open.push(dress)
    return dress ? tag + bytes(dress.flags) + (dress.mark ? bytes(OPEN[dress.mark]) : '') : tag
  })
  // Between one cell and the next: paragraphs of a cell are dressed by its style.
  return spans.replace(
    /(<table:table-cell\b[^>]*table:style-name="([^"]*)"[^>]*[^/>]>)([^<]*(?:<(?!\/?table:)[^<]*)*)/g,
    (all, tag: string, style: string, inside: string) => {
      const dress = styles.get(style)
      if (!dress) return all
      return tag + inside.replace(/(<text:p(?:\s[^>]*)?>)([^<]+)(?=<\/text:p>)/g, (_p, p: string, text: string) => p + dressed(dress, text))
    },
  )
}

export type Marked = { text: string; runs: Run[] | null; struck: boolean; coloured: boolean }

/** The text without marks, its runs where it has some, and whether any of it is struck or coloured. */
export function runsOf(text: string): Marked {
  if (text.search(ANY) < 0) return { text, runs: null, struck: false, coloured: false }
  const runs: Run[] = []
  let mark: Mark | null = null
  for (const piece of text.replace(/[\u{10FFF4}\u{10FFF5}]/gu, '').split(/([\u{10FFF0}-\u{10FFF3}])/u)) {
    if (piece === CLOSE) mark = null
    else if (piece === OPEN.sup || piece === OPEN.sub || piece === OPEN.underline)
      mark = (Object.keys(OPEN) as Mark[]).find((m) => OPEN[m] === piece)!
    else if (piece) runs.push(mark ? { text: piece, mark } : { text: piece })
  }
  return {
    text: text.replace(ANY, ''),
    runs: runs.some((r) => r.mark) ? runs : null,
    struck: text.includes(STRUCK),
    coloured: text.includes(COLOURED),
  }
}
