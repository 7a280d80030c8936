import { zipSync } from 'fflate'
import { besideOds, oversOf, type Over } from './sheet-beside'
import { walkXlsb } from './sheet-binary'
import { markCells, stylesOf, markedStyles, markRuns, markSpans, sharedTexts } from './sheet-marks'
import { unpack, ZipProblem, type ZipLimits } from './zip'

/**
 * A packed workbook made safe to read: unpacked within limits, its cells counted before anything is made of them, and packed anew, so
 * that the reader meets nothing else and in no order but one.
 */
export type Packed = {
  kind: 'xlsx' | 'xlsb' | 'ods'
  packed: Buffer
  /** Cells with a value that the sheets of an .xlsx hold; null where that cannot be told beforehand. */
  valued: number | null
  flattened: boolean
  /** Names of hidden sheets, where the reader does not tell. */
  hidden: Set<string>
  /** What stands beside the cells, by the place of the sheet in the workbook. */
  beside: Map<number, { hidden?: { rows: Set<number>; columns: Set<number> }; overs: Over[] }>
}

/** Of a workbook only what tells its cells; pictures, macros and the rest stay packed. 60,000 rows of a roster are 45 MB. */
const WANTED = /\.(xml|rels|bin)$|^mimetype$/i
const LEFT =
  /(^|\/)(drawings\/(?!drawing\d*\.xml)|(?:media|theme|charts|printerSettings|pivot\w*|externalLinks|customXml|embeddings|activeX|ctrlProps|docProps|threadedComments|persons|Object[^/]*|Thumbnails|Configurations2)(?:\/|\d*\.xml$))|vbaProject|calcChain/i
const LIMITS: ZipLimits = { entries: 3_000, each: 80_000_000, total: 110_000_000, keep: (path) => WANTED.test(path) && !LEFT.test(path) }

/** A cell becomes an object that weighs fifty times its letters. A roster of the whole province has 1.3 million. */
export const MOST_CELLS = 2_000_000
const MOST_ROWS = 1_050_000
const MOST_RUNS = 1_000_000
const MOST_TAGS = 400_000
const MOST_IN_A_ROW = 20_000

const latin = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
const huge = () => new ZipProblem('huge')

function count(text: string, what: RegExp, most: number): number {
  let n = 0
  while (what.exec(text)) if (++n > most) throw huge()
  return n
}

/** Refuses a sheet that would become too much, and leaves out cells that hold nothing and say where they stand. */
function boundedSheet(xml: string): string {
  count(xml, /<(?:\w+:)?row[\s>/]/g, MOST_ROWS)
  const bare = xml.replace(/<((?:\w+:)?c) (?=[^<>]*\br=)[^<>]*(?:\/>|><\/\1>)/g, '')
  count(bare, /<(?:\w+:)?c[\s>/]/g, MOST_CELLS)
  for (const row of bare.split(/<(?:\w+:)?row[\s>]/)) if (row.length > 100_000) count(row, /<(?:\w+:)?c[\s>/]/g, MOST_IN_A_ROW)
  return bare
}

function boundedXml(path: string, xml: string): string {
  if (/<(?:\w+:)?sheetData/.test(xml)) return markRuns(boundedSheet(xml))
  if (/<(?:\w+:)?sst[\s>]/.test(xml)) {
    count(xml, /<(?:\w+:)?si[\s>/]/g, MOST_RUNS)
    count(xml, /<(?:\w+:)?r>/g, MOST_RUNS)
    // The reader would pass over a string that is written as an empty element, and every later one would stand in the wrong cell.
    return markRuns(xml.replace(/<((?:\w+:)?)si\s*\/>/g, '<$1si><$1t></$1t></$1si>'))
  }
  count(xml, /</g, /styles|comments|drawing/i.test(path) ? MOST_TAGS : MOST_TAGS / 10)
  return xml
}

/** Cells with a value in a sheet: what the reader gives is held against this. */
const valuedIn = (xml: string): number => (xml.match(/<(?:\w+:)?(?:v(?:\s[^<>]*)?>[^<]|is>)/g) ?? []).length

/** What the cells of an .ods become when repetitions are written out. */
function boundedOds(content: string): void {
  count(content, /<text:(?:span|p)[\s>/]/g, MOST_CELLS * 2)
  let cells = 0
  for (const row of content.split('<table:table-row').slice(1)) {
    const times = Number(/^[^>]*number-rows-repeated="(\d+)"/.exec(row)?.[1] ?? 1)
    let filled = 0
    const open = /<table:(?:covered-)?table-cell\b([^>]*)>/g
    for (let cell = open.exec(row); cell; cell = open.exec(row))
      if (!cell[1]!.endsWith('/')) filled += Number(/number-columns-repeated="(\d+)"/.exec(cell[1]!)?.[1] ?? 1)
    cells += times * filled
    if (cells > MOST_CELLS || filled > MOST_IN_A_ROW) throw huge()
  }
}

/** Formats that depend on the value (red below zero): the reader does not know them and says so on the console; the cell tells what it shows. */
const withoutConditions = (xml: string): string => xml.replace(/<style:map\b[^<>]*\/>/g, '')

/** Text of an attribute. */
export const unescaped = (text: string): string =>
  text
    .replace(/&quot;/g, '"')
    .replace(/&apos;/g, "'")
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')

/** Sheets of an .ods whose style is not displayed. */
function hiddenSheets(content: string): Set<string> {
  const styles = new Set<string>()
  for (const piece of stylesOf(content)) {
    const at = piece.lastIndexOf('<style:style ')
    if (at >= 0 && /table:display="false"/.test(piece.slice(at))) styles.add(/style:name="([^"]*)"/.exec(piece.slice(at))?.[1] ?? '')
  }
  const hidden = new Set<string>()
  for (const [tag] of content.matchAll(/<table:table\s[^>]*>/g))
    if (styles.has(/table:style-name="([^"]*)"/.exec(tag)?.[1] ?? '-')) {
      const name = /table:name="([^"]*)"/.exec(tag)?.[1] ?? ''
      hidden.add(unescaped(Buffer.from(name, 'latin1').toString('utf8')))
    }
  return hidden
}

/** Marks cells that their style raises, lowers or underlines as a whole. */
function markWholeCells(parts: Record<string, Uint8Array<ArrayBuffer>>): void {
  const named = (what: RegExp) => Object.keys(parts).filter((path) => what.test(path))
  const styles = named(/(^|\/)styles\.xml$/i).map((path) => markedStyles(latin(parts[path]!)))[0]
  if (!styles?.size) return
  const shared = named(/(^|\/)sharedStrings\.xml$/i).flatMap((path) => sharedTexts(latin(parts[path]!)))
  for (const path of named(/\.xml$/i)) {
    const xml = latin(parts[path]!)
    if (/<(?:\w+:)?sheetData/.test(xml))
      parts[path] = new Uint8Array(Buffer.from(markCells(xml, styles, shared), 'latin1')) as Uint8Array<ArrayBuffer>
  }
}

/** Throws `ZipProblem`; answers 'macro' or 'kind' for what is no workbook of ours. */
export async function boundedWorkbook(bytes: Buffer): Promise<Packed | 'macro' | 'kind'> {
  const names: string[] = []
  const parts = await unpack(bytes, LIMITS, (name) => void names.push(name))
  if (names.some((n) => /vbaProject\.bin$/i.test(n))) return 'macro'
  const kind = names.some((n) => /(^|\/)workbook\.xml$/i.test(n))
    ? 'xlsx'
    : names.some((n) => /(^|\/)workbook\.bin$/i.test(n))
      ? 'xlsb'
      : parts.has('content.xml') &&
          /opendocument\.spreadsheet/.test(latin(parts.get('mimetype') ?? parts.get('META-INF/manifest.xml') ?? new Uint8Array(0)))
        ? 'ods'
        : null
  if (!kind) return 'kind'
  const out: Record<string, Uint8Array<ArrayBuffer>> = {}
  const hidden = new Set<string>()
  const beside: Packed['beside'] = new Map()
  let valued = 0
  let flattened = false
  let binaryCells = 0
  for (const [path, content] of parts) {
    let made: string | Uint8Array<ArrayBuffer> = content
    if (/\.bin$/i.test(path)) {
      const walked = walkXlsb(content)
      binaryCells += walked.cells
      if (binaryCells > MOST_CELLS) throw huge()
      flattened ||= walked.styled && /styles/i.test(path)
    } else if (kind === 'ods' && path === 'styles.xml') made = withoutConditions(latin(content))
    else if (kind === 'ods' && path === 'content.xml') {
      const xml = latin(content)
      boundedOds(xml)
      for (const name of hiddenSheets(xml)) hidden.add(name)
      besideOds(xml).forEach((found, i) => beside.set(i, found))
      made = markSpans(withoutConditions(xml))
    } else if (/manifest\.xml$/.test(path) && /<manifest:encryption-data/.test(latin(content))) throw new ZipProblem('locked')
    else if (kind !== 'ods' && /\.(xml|rels)$/i.test(path)) {
      made = boundedXml(path, latin(content))
      if (/<(?:\w+:)?sheetData/.test(made)) valued += valuedIn(made)
    }
    out[path] = typeof made === 'string' ? (new Uint8Array(Buffer.from(made, 'latin1')) as Uint8Array<ArrayBuffer>) : made
  }
  if (valued > MOST_CELLS) throw huge()
  if (kind === 'xlsx') {
    const drawn = Object.keys(out).filter((path) => /drawing\d*\.xml$|\.rels$|workbook\.xml$/i.test(path))
    for (const [i, overs] of oversOf(new Map(drawn.map((path) => [path, latin(out[path]!)])))) beside.set(i, { overs })
    markWholeCells(out)
  }
  return { kind, packed: Buffer.from(zipSync(out, { level: 0 })), valued: kind === 'xlsx' ? valued : null, flattened, hidden, beside }
}
