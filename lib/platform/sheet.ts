import { Readable } from 'node:stream'
import { parse } from 'csv-parse/sync'
import ExcelJS from 'exceljs'
import { zipSync } from 'fflate'
import { holdable } from './holdable'
import { refuse, ok, type Result } from './result'
import { unpack, ZipProblem, type ZipLimits } from './zip'

/** Files to rows of text. Everything hostile or broken is refused in words before it is opened. */
export type Grid = { sheet: string; rows: string[][] }

const MAX_BYTES = 20 * 1024 * 1024
const MAX_ROWS = 60_000
const MAX_COLUMNS = 200

const startsWith = (bytes: Buffer, ...magic: number[]) => magic.every((b, i) => bytes[i] === b)

/** The parts of a workbook that hold its cells; pictures, macros and the rest stay packed. 60,000 rows of a roster are 45 MB. */
const PARTS =
  /^(\[Content_Types\]\.xml|_rels\/[^/]+|xl\/(workbook|sharedStrings|styles)\.xml|xl\/_rels\/[^/]+|xl\/worksheets\/[^/]+\.xml)$/i
const WORKBOOK: ZipLimits = { entries: 3_000, each: 80_000_000, total: 110_000_000, keep: (path) => PARTS.test(path) }
/** What stands between tags becomes objects when it is read, and one of them weighs fifty times its letters. */
const MOST_OF: [RegExp, string, number][] = [
  [/worksheets\//, '<c', 3_000_000],
  [/worksheets\//, '<row', 70_000],
  [/sharedStrings/, '<si', 1_000_000],
  [/sharedStrings/, '<r', 1_000_000],
  [/styles/, '<', 200_000],
  [/workbook\.xml|_rels|Content_Types/, '<', 20_000],
]

function countOf(bytes: Uint8Array, what: string, most: number): number {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let n = 0
  for (let at = text.indexOf(what); at >= 0 && n <= most; at = text.indexOf(what, at + what.length)) n++
  return n
}

/** Whether any row holds more cells than a sheet of ours may have columns, many times over. */
function hasEndlessRow(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let from = text.indexOf('<row'); from >= 0;) {
    const next = text.indexOf('<row', from + 4)
    const row = text.subarray(from, next < 0 ? text.length : next)
    if (row.length > 100_000 && countOf(row, '<c', 20_000) > 20_000) return true
    from = next
  }
  return false
}

/** The workbook packed anew from what was unpacked within the limits, so that its reader meets nothing else. */
async function boundedWorkbook(bytes: Buffer): Promise<{ names: Set<string>; packed: Buffer }> {
  const names = new Set<string>()
  const parts = await unpack(bytes, WORKBOOK, (name) => void names.add(name))
  for (const [path, content] of parts) {
    for (const [where, what, most] of MOST_OF) if (where.test(path) && countOf(content, what, most) > most) throw new ZipProblem('huge')
    if (/worksheets\//.test(path) && hasEndlessRow(content)) throw new ZipProblem('huge')
  }
  // The reader lays sheets aside in files of its own until it has met the shared strings.
  if (!parts.has('xl/sharedStrings.xml')) parts.set('xl/sharedStrings.xml', new TextEncoder().encode('<sst/>') as Uint8Array<ArrayBuffer>)
  // It takes parts as they come: what says how to read a sheet stands before the sheets.
  const first = (path: string) => (/worksheets\//.test(path) ? 1 : 0)
  const ordered = Object.fromEntries([...parts].sort(([a], [b]) => first(a) - first(b)))
  return { names, packed: Buffer.from(zipSync(ordered, { level: 1 })) }
}

/**
 * A cell as the text a person sees. Excel keeps fifteen digits and fills up with zeros: a longer number that ends in 0 is shown as
 * Excel's own power, because it is broken; one that does not was written by another program and is whole.
 */
export function cellText(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number' && Number.isSafeInteger(value) && value % 10 !== 0) return String(value)
  if (typeof value === 'number') return Math.abs(value) >= 1e15 ? value.toExponential(5).replace('.', ',').replace('e', 'E') : String(value)
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString().slice(0, 10)
  if (typeof value === 'object') {
    const cell = value as { richText?: { text: string }[]; text?: unknown; result?: unknown; error?: string }
    if (cell.richText) return cell.richText.map((r) => r.text).join('')
    if (cell.error) return ''
    return cellText(cell.result ?? cell.text ?? '')
  }
  return String(value)
}

async function readXlsx(bytes: Buffer, onRows: (n: number) => void): Promise<Result<Grid>> {
  let inside
  try {
    inside = await boundedWorkbook(bytes)
  } catch (error) {
    if (!(error instanceof ZipProblem)) throw error
    if (error.kind === 'huge')
      return refuse(
        'huge',
        'Isi berkas ini terlalu besar setelah dibuka. Pecah menjadi beberapa berkas, masing-masing paling banyak 60.000 baris. Tidak ada data yang berubah.',
      )
    if (error.kind === 'locked')
      return refuse('locked', 'Berkas ini dikunci kata sandi. Hapus kata sandinya di Excel, lalu unggah lagi. Tidak ada data yang berubah.')
    return refuse(
      'broken',
      'Berkas ini rusak dan tidak dapat dibuka. Unduh ulang dari Dapodik, atau simpan ulang sebagai .xlsx. Tidak ada data yang berubah.',
    )
  }
  if ([...inside.names].some((n) => /vbaProject\.bin$/i.test(n))) {
    return refuse(
      'macro',
      'Berkas ini memuat makro dan ditolak demi keamanan. Simpan ulang sebagai "Buku Kerja Excel (.xlsx)" tanpa makro, lalu unggah lagi.',
    )
  }
  if (!inside.names.has('xl/workbook.xml')) return refuse('kind', 'Berkas ini bukan buku kerja Excel. Unggah berkas .xlsx atau .csv.')
  try {
    const reader = new ExcelJS.stream.xlsx.WorkbookReader(Readable.from([inside.packed]), {
      sharedStrings: 'cache',
      styles: 'cache',
      hyperlinks: 'ignore',
      worksheets: 'emit',
      entries: 'ignore',
    })
    for await (const sheet of reader) {
      const rows: string[][] = []
      for await (const row of sheet) {
        if (row.number > MAX_ROWS)
          return refuse('huge', 'Berkas ini memuat lebih dari 60.000 baris. Pecah menjadi beberapa berkas, lalu unggah satu per satu.')
        while (rows.length < row.number - 1) rows.push([])
        const values = row.values as unknown[]
        rows.push(values.slice(1, MAX_COLUMNS + 1).map(cellText))
        if (rows.length % 500 === 0) onRows(rows.length)
      }
      if (rows.some((r) => r.some(Boolean))) return ok({ sheet: (sheet as unknown as { name?: string }).name ?? 'Lembar 1', rows })
    }
    return refuse('empty', 'Berkas ini kosong: tidak ada satu baris pun yang berisi.')
  } catch {
    return refuse(
      'broken',
      'Isi berkas ini rusak dan tidak dapat dibaca sampai selesai. Buka di Excel, simpan ulang sebagai .xlsx, lalu unggah lagi. Tidak ada data yang berubah.',
    )
  }
}

function decodeText(bytes: Buffer): string | null {
  if (startsWith(bytes, 0xff, 0xfe)) return new TextDecoder('utf-16le').decode(bytes)
  if (startsWith(bytes, 0xfe, 0xff)) return new TextDecoder('utf-16be').decode(bytes)
  if (bytes.subarray(0, 4096).includes(0)) return null
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

function readCsv(bytes: Buffer): Result<Grid> {
  const text = decodeText(bytes)
  if (text === null) return refuse('kind', 'Jenis berkas ini tidak dikenal. Unggah berkas .xlsx atau .csv.')
  const head = text.slice(0, 20_000)
  const count = (c: string) => head.split(c).length
  const delimiter = [';', ',', '\t'].reduce((best, c) => (count(c) > count(best) ? c : best), ';')
  try {
    const rows = parse(text, {
      delimiter,
      bom: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: false,
      to: MAX_ROWS + 1,
      max_record_size: 1_000_000,
    }) as string[][]
    if (rows.length > MAX_ROWS)
      return refuse('huge', 'Berkas ini memuat lebih dari 60.000 baris. Pecah menjadi beberapa berkas, lalu unggah satu per satu.')
    if (!rows.some((r) => r.some((c) => c.trim()))) return refuse('empty', 'Berkas ini kosong: tidak ada satu baris pun yang berisi.')
    return ok({ sheet: 'CSV', rows })
  } catch {
    return refuse(
      'broken',
      'Susunan CSV ini rusak (tanda petik tidak berpasangan). Buka di Excel, simpan ulang sebagai .xlsx, lalu unggah lagi.',
    )
  }
}

/** The first sheet with content. `onRows` is told how many rows were read so far. */
export async function readGrid(bytes: Buffer, onRows: (n: number) => void = () => undefined): Promise<Result<Grid>> {
  const grid = await readAny(bytes, onRows)
  return grid.ok ? ok({ sheet: holdable(grid.value.sheet), rows: grid.value.rows.map((row) => row.map(holdable)) }) : grid
}

async function readAny(bytes: Buffer, onRows: (n: number) => void): Promise<Result<Grid>> {
  if (bytes.length === 0) return refuse('empty', 'Berkas ini kosong (0 bita). Unduh ulang, lalu unggah lagi.')
  if (bytes.length > MAX_BYTES)
    return refuse('huge', 'Berkas ini lebih besar dari 20 MB. Pecah menjadi beberapa berkas, lalu unggah satu per satu.')
  if (startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0)) {
    return refuse(
      'locked',
      'Berkas ini dikunci kata sandi, atau berformat lama (.xls). Buka di Excel, hapus kata sandinya, simpan sebagai .xlsx, lalu unggah lagi.',
    )
  }
  if (startsWith(bytes, 0x50, 0x4b)) return readXlsx(bytes, onRows)
  if (startsWith(bytes, 0x25, 0x50, 0x44, 0x46)) return refuse('kind', 'Ini berkas PDF. Unggah berkas .xlsx atau .csv.')
  return readCsv(bytes)
}
