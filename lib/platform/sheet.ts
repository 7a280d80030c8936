import { Readable } from 'node:stream'
import { parse } from 'csv-parse/sync'
import ExcelJS from 'exceljs'
import yauzl from 'yauzl'
import { refuse, ok, type Result } from './result'

/** Files to rows of text. Everything hostile or broken is refused in words before it is opened. */
export type Grid = { sheet: string; rows: string[][] }

const MAX_BYTES = 20 * 1024 * 1024
const MAX_UNPACKED = 400 * 1024 * 1024
const MAX_ROWS = 60_000
const MAX_COLUMNS = 200

const startsWith = (bytes: Buffer, ...magic: number[]) => magic.every((b, i) => bytes[i] === b)

/** Sizes and names from the zip's directory, without inflating anything. */
function inspectZip(bytes: Buffer): Promise<{ names: string[]; unpacked: number }> {
  return new Promise((done, fail) => {
    yauzl.fromBuffer(bytes, { lazyEntries: true }, (error, zip) => {
      if (error || !zip) return fail(error ?? new Error('zip'))
      const names: string[] = []
      let unpacked = 0
      zip.on('entry', (entry: yauzl.Entry) => {
        names.push(entry.fileName)
        unpacked += entry.uncompressedSize
        if (names.length > 5000) return fail(new Error('entries'))
        zip.readEntry()
      })
      zip.on('end', () => done({ names, unpacked }))
      zip.on('error', fail)
      zip.readEntry()
    })
  })
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
    inside = await inspectZip(bytes)
  } catch {
    return refuse(
      'broken',
      'Berkas ini rusak dan tidak dapat dibuka. Unduh ulang dari Dapodik, atau simpan ulang sebagai .xlsx. Tidak ada data yang berubah.',
    )
  }
  if (inside.names.some((n) => /vbaProject\.bin$/i.test(n))) {
    return refuse(
      'macro',
      'Berkas ini memuat makro dan ditolak demi keamanan. Simpan ulang sebagai "Buku Kerja Excel (.xlsx)" tanpa makro, lalu unggah lagi.',
    )
  }
  if (inside.unpacked > MAX_UNPACKED)
    return refuse(
      'huge',
      'Isi berkas ini terlalu besar setelah dibuka. Pecah menjadi beberapa berkas, masing-masing paling banyak 60.000 baris.',
    )
  if (!inside.names.includes('xl/workbook.xml')) return refuse('kind', 'Berkas ini bukan buku kerja Excel. Unggah berkas .xlsx atau .csv.')
  try {
    const reader = new ExcelJS.stream.xlsx.WorkbookReader(Readable.from([bytes]), {
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
