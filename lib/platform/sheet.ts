import * as XLSX from '@e965/xlsx'
import * as codePages from '@e965/xlsx/dist/cpexcel.full.mjs'
import { holdable } from './holdable'
import { decodeText } from './letters'
import { ok, refuse, type Result } from './result'
import { walkXls } from './sheet-binary'
import { cellText, isFilled, remarkOf, type DateForm, type RawCell } from './sheet-cell'
import { runsOf } from './sheet-marks'
import { noLooks, type CellProblem, type Sheet, type SheetFile } from './sheet-model'
import { boundedWorkbook, MOST_CELLS, unescaped, type Packed } from './sheet-parts'
import { readCsv } from './sheet-text'
import { ZipProblem } from './zip'

/**
 * The one reader of rows that come in: .xlsx, .xlsb, .xls, .ods, tables in HTML and XML, CSV. Everything hostile or broken is refused in
 * words before it is opened; what a sheet holds and the reader cannot tell is named at its cell (decision 054).
 */
const MAX_BYTES = 20 * 1024 * 1024
const MAX_ROWS = 60_000
const MAX_COLUMNS = 200
const LAST_ROW = 1_048_576

const startsWith = (bytes: Uint8Array, ...magic: number[]) => magic.every((b, i) => bytes[i] === b)
const BLANK: string[] = []
// Letters of workbooks older than Unicode.
XLSX.set_cptable(codePages)

const refusals = {
  huge: 'Isi berkas ini terlalu besar setelah dibuka. Pecah menjadi beberapa berkas, masing-masing paling banyak 60.000 baris. Tidak ada data yang berubah.',
  locked: 'Berkas ini dikunci kata sandi. Hapus kata sandinya di Excel, lalu unggah lagi. Tidak ada data yang berubah.',
  broken:
    'Berkas ini rusak dan tidak dapat dibaca sampai selesai. Unduh ulang dari sumbernya, atau buka di Excel dan simpan ulang sebagai .xlsx. Tidak ada data yang berubah.',
  macro:
    'Berkas ini memuat makro dan ditolak demi keamanan. Simpan ulang sebagai "Buku Kerja Excel (.xlsx)" tanpa makro, lalu unggah lagi.',
  kind: 'Jenis berkas ini tidak dikenal. Unggah berkas .xlsx, .xls, .ods, atau .csv.',
  empty: 'Berkas ini kosong: tidak ada satu baris pun yang berisi.',
} as const
const refused = (code: keyof typeof refusals) => refuse(code, refusals[code])

type RawSheet = {
  '!data'?: (RawCell[] | undefined)[]
  '!merges'?: { s: { r: number; c: number }; e: { r: number; c: number } }[]
  '!rows'?: ({ hidden?: boolean } | null | undefined)[]
  '!cols'?: ({ hidden?: boolean } | null | undefined)[]
}
const hiddenIn = (list: RawSheet['!rows']): number[] =>
  Object.keys(list ?? []).flatMap((k) => (list![Number(k)]?.hidden ? [Number(k)] : []))

/** Rows of one sheet. Null: more than a file may hold. */
function sheetOf(
  name: string,
  hidden: boolean,
  raw: RawSheet,
  form: DateForm,
  date1904: boolean,
  ownWords: boolean,
): (Sheet & { given: number }) | null {
  const looks = noLooks()
  const sheet: Sheet & { given: number } = {
    name: holdable(name),
    hidden,
    rows: [],
    runs: new Map(),
    problems: [],
    merges: [],
    looks,
    given: 0,
  }
  let filled = 0
  const data = raw['!data'] ?? []
  for (const key of Object.keys(data)) {
    const row = Number(key)
    if (row >= LAST_ROW) return null
    const cells: string[] = []
    let any = false
    const beyond: string[] = []
    for (const [at, cell] of Object.entries(data[row] ?? [])) {
      const column = Number(at)
      if (!cell || !Number.isInteger(column)) continue
      if (cell.t !== 'z') sheet.given++
      const remark = cell.c && remarkOf(cell.c)
      if (remark && column < MAX_COLUMNS) sheet.problems.push({ row, column, kind: 'comment', text: holdable(remark) })
      const told = cellText(cell, form, date1904, ownWords)
      if (!told) continue
      const { text, runs, struck, coloured } = runsOf(holdable(told.text))
      if (column >= MAX_COLUMNS) {
        if (text.trim()) beyond.push(text.slice(0, 40))
        continue
      }
      while (cells.length < column) cells.push('')
      cells[column] = text
      any = true
      if (runs) sheet.runs.set(`${row}:${column}`, runs)
      if (struck) looks.struck.add(`${row}:${column}`)
      if (coloured) looks.lettered.add(`${row}:${column}`)
      if (coloured || isFilled(cell.s)) looks.coloured.add(`${row}:${column}`)
      if (told.problem) sheet.problems.push({ row, column, kind: told.problem, text })
    }
    if (beyond.length) sheet.problems.push({ row, column: MAX_COLUMNS, kind: 'beyond', text: beyond.slice(0, 3).join(', ') })
    if (!any) continue
    if (++filled > MAX_ROWS) return null
    while (sheet.rows.length < row) sheet.rows.push(BLANK)
    sheet.rows[row] = cells
  }
  for (const row of hiddenIn(raw['!rows'])) looks.hiddenRows.add(row)
  for (const column of hiddenIn(raw['!cols'])) looks.hiddenColumns.add(column)
  sheet.merges = (raw['!merges'] ?? []).slice(0, 20_000).map(({ s, e }) => ({ top: s.r, left: s.c, bottom: e.r, right: e.c }))
  return sheet
}

function readWorkbook(
  source: Buffer | string,
  kind: SheetFile['kind'],
  form: DateForm,
  packed?: Packed,
  flattened = packed?.flattened ?? false,
  struck: ReadonlyMap<number, ReadonlySet<string>> = new Map(),
): Result<SheetFile> {
  let book: XLSX.WorkBook
  try {
    book = XLSX.read(source, {
      type: typeof source === 'string' ? 'string' : 'buffer',
      dense: true,
      cellNF: true,
      cellHTML: false,
      cellFormula: true,
      sheetStubs: true,
      // Hidden rows and columns, and the grounds of cells.
      cellStyles: true,
      // Text of tables stays the text that stands there.
      raw: true,
    })
  } catch (error) {
    return refused(/password/i.test((error as Error).message) ? 'locked' : 'broken')
  }
  const sheets: Sheet[] = []
  const date1904 = Boolean(book.Workbook?.WBProps?.date1904)
  let given = 0
  for (const [i, key] of book.SheetNames.entries()) {
    const raw = book.Sheets[key] as RawSheet | undefined
    // Names of an .ods are given as they are written there.
    const name = kind === 'ods' ? unescaped(key) : key
    // The reader leaves a sheet out when it stumbles in it.
    if (!raw) return refused('broken')
    const hidden = Boolean(book.Workbook?.Sheets?.[i]?.Hidden) || (packed?.hidden.has(name) ?? false)
    const made = sheetOf(name, hidden, raw, form, date1904, kind === 'ods')
    if (!made) return refused('huge')
    given += made.given
    const { given: _given, ...sheet } = made
    const beside = packed?.beside.get(i)
    for (const cell of struck.get(i) ?? []) sheet.looks.struck.add(cell)
    for (const row of beside?.hidden?.rows ?? []) sheet.looks.hiddenRows.add(row)
    for (const column of beside?.hidden?.columns ?? []) sheet.looks.hiddenColumns.add(column)
    for (const { row, column, words } of beside?.overs ?? []) sheet.problems.push({ row, column, kind: 'drawing', text: holdable(words) })
    sheets.push(sheet)
  }
  const lost = (packed?.valued ?? 0) - given
  if (packed?.valued && lost > 0 && sheets[0]) {
    const unread: CellProblem = { row: 0, column: 0, kind: 'unread', text: String(lost) }
    for (const sheet of sheets) sheet.problems.push(unread)
  }
  if (!sheets.some((s) => s.rows.some((r) => r.some((c) => c.trim())))) return refused('empty')
  return ok({ kind, sheets, flattened, date1904 })
}

async function readPacked(bytes: Buffer, form: DateForm): Promise<Result<SheetFile>> {
  try {
    const inside = await boundedWorkbook(bytes)
    return typeof inside === 'string' ? refused(inside) : readWorkbook(inside.packed, inside.kind, form, inside)
  } catch (error) {
    if (!(error instanceof ZipProblem)) throw error
    return refused(error.kind === 'path' ? 'broken' : error.kind)
  }
}

/** A compound file: an old workbook, or something locked in one. */
function readCompound(bytes: Buffer, form: DateForm): Result<SheetFile> {
  let names: string[]
  let stream: Uint8Array | undefined
  try {
    const inside = XLSX.CFB.read(bytes, { type: 'buffer' })
    names = inside.FullPaths.map((p: string) => p.replace(/\/$/, '').split('/').pop()!)
    const at = names.findIndex((n) => /^(workbook|book)$/i.test(n))
    const content = at < 0 ? undefined : inside.FileIndex[at]?.content
    stream = content && Uint8Array.from(content as Iterable<number>)
  } catch {
    return refused('broken')
  }
  if (names.some((n) => /^Encrypt(ed|ion)/i.test(n))) return refused('locked')
  if (names.some((n) => /^_VBA_PROJECT/i.test(n))) return refused('macro')
  if (!stream) return refused(names.length > 1 ? 'kind' : 'broken')
  const walked = walkXls(stream)
  if (walked.locked) return refused('locked')
  if (walked.cells > MOST_CELLS) return refused('huge')
  return readWorkbook(bytes, 'xls', form, undefined, walked.styled, walked.struck)
}

/** Tables as text: HTML that calls itself .xls, and the XML of Excel 2003. */
function readMarkup(text: string, form: DateForm): Result<SheetFile> {
  const cells = text.match(/<(?:\w+:)?(?:td|th|Cell)[\s>/]/gi)?.length ?? 0
  if (cells > MOST_CELLS) return refused('huge')
  if (cells === 0) return refused('kind')
  const xml = /<(?:\w+:)?Workbook[\s>]/.test(text.slice(0, 20_000))
  if (!xml && !/<table[\s>]/i.test(text)) return refused('kind')
  return readWorkbook(text, xml ? 'xml' : 'html', form)
}

export type SheetOptions = {
  /** How dates are told. */
  dates: DateForm
  /** How many of the columns of a text file are known to whoever asks: decides between commas and semicolons. */
  columnsKnown?: (rows: string[][]) => number
}

/** All sheets of a file by what it holds, not by its name. Refused in words: hostile, locked, broken, empty and foreign files. */
export async function readSheets(bytes: Buffer, { dates, columnsKnown = () => 0 }: SheetOptions): Promise<Result<SheetFile>> {
  if (bytes.length === 0) return refuse('empty', 'Berkas ini kosong (0 bita). Unduh ulang, lalu unggah lagi.')
  if (bytes.length > MAX_BYTES)
    return refuse('huge', 'Berkas ini lebih besar dari 20 MB. Pecah menjadi beberapa berkas, lalu unggah satu per satu.')
  if (startsWith(bytes, 0x50, 0x4b)) return readPacked(bytes, dates)
  if (startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0)) return readCompound(bytes, dates)
  if (startsWith(bytes, 0x25, 0x50, 0x44, 0x46)) return refuse('kind', 'Ini berkas PDF. Unggah berkas .xlsx, .xls, .ods, atau .csv.')
  const text = decodeText(bytes)
  if (text === null) return refused('kind')
  if (/^\uFEFF?\s*</.test(text)) return readMarkup(text, dates)
  const sheet = readCsv(text, columnsKnown)
  if (!sheet.ok) return sheet
  const rows = sheet.value.rows.map((row) => row.slice(0, MAX_COLUMNS).map(holdable))
  if (!rows.some((r) => r.some((c) => c.trim()))) return refused('empty')
  const problems = [...sheet.value.problems]
  sheet.value.rows.forEach((row, r) => {
    const beyond = row.slice(MAX_COLUMNS).filter((c) => c.trim())
    if (beyond.length) problems.push({ row: r, column: MAX_COLUMNS, kind: 'beyond', text: beyond.slice(0, 3).join(', ').slice(0, 120) })
  })
  return ok({ kind: 'csv', sheets: [{ ...sheet.value, rows, problems }], flattened: false, date1904: false })
}
