import { groundLines } from '@/lib/scoring/service'
import { inName } from './ground'
import type { PublicFigures } from '@/lib/mapping/public-model'
import { publicPage } from '@/lib/mapping/service'
import { writeCsv } from '@/lib/platform/csv'
import { downloadHeaders, sentence } from '@/lib/platform/download'
import { safe } from './light'
import { sheetsOf, type Sheet } from './public-metadata'
import { publicColumns, publicRows } from './public-table'

/** Open data of the public page: the same figures as on the page, for whoever asks. */

type Made = { body: Uint8Array<ArrayBuffer>; mime: string }
const CSV = 'text/csv; charset=utf-8'
const bytes = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text))

/** A number as Indonesian Excel reads it: decimal comma, no thousand points. */
const plain = (value: string | number | null, kind: (typeof publicColumns)[number]['kind']): string =>
  value === null ? '' : typeof value === 'string' ? value : kind === 'decimal' ? value.toFixed(2).replace('.', ',') : String(value)

const dataCsv = (f: PublicFigures): string =>
  writeCsv([publicColumns.map((c) => c.key), ...publicRows(f).map((r) => r.map((v, i) => plain(v, publicColumns[i]!.kind)))])
const sheetCsv = (s: Sheet): string => writeCsv([s.head, ...s.rows])

/** Figures as they stand in the table: two decimals, which is more than any of their errors carries. */
const rounded = (v: string | number | null) => (typeof v === 'number' ? Math.round(v * 100) / 100 : v)

function dataJson(f: PublicFigures, ground: readonly string[]): string {
  const { kamus, ...metadata } = sheetsOf(f, ground)
  const asRecords = ({ head, rows }: Sheet) => rows.map((r) => Object.fromEntries(r.map((v, i) => [head[i], v])))
  return JSON.stringify(
    {
      rangkaian: f.series,
      terbitan: f.number,
      diterbitkan: f.publishedAt,
      sidik: f.seal,
      simulasi: f.simulated,
      dasar_batas: ground,
      kamus_data: asRecords(kamus),
      metadata: Object.fromEntries(Object.entries(metadata).map(([name, sheet]) => [name, asRecords(sheet)])),
      data: publicRows(f).map((r) => Object.fromEntries(r.map((v, i) => [publicColumns[i]!.key, rounded(v)]))),
    },
    null,
    1,
  )
}

const formats = { text: '@', count: '#,##0', decimal: '#,##0.00' }

async function dataXlsx(f: PublicFigures, ground: readonly string[]): Promise<Uint8Array<ArrayBuffer>> {
  const { default: ExcelJS } = await import('exceljs')
  const book = new ExcelJS.Workbook()
  book.creator = 'Petaguru'
  const data = book.addWorksheet('Data', { views: [{ state: 'frozen', ySplit: 1 }] })
  data.columns = publicColumns.map((c) => ({ width: c.kind === 'text' ? 20 : 14, style: { numFmt: formats[c.kind] } }))
  data.addRow(publicColumns.map((c) => c.key)).font = { bold: true }
  for (const row of publicRows(f)) data.addRow(row.map(rounded))
  for (const { name, head, rows } of Object.values(sheetsOf(f, ground))) {
    const sheet = book.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 1 }] })
    sheet.columns = head.map((_, i) => ({ width: i ? 48 : 30, style: { numFmt: '@', alignment: { wrapText: true, vertical: 'top' } } }))
    sheet.addRow(head).font = { bold: true }
    for (const row of rows) sheet.addRow(row)
  }
  return new Uint8Array(Buffer.from(await book.xlsx.writeBuffer()))
}

const makers: Record<string, (f: PublicFigures, ground: readonly string[]) => Made | Promise<Made>> = {
  'data.csv': (f) => ({ body: bytes(dataCsv(f)), mime: CSV }),
  'data.json': (f, ground) => ({ body: bytes(dataJson(f, ground)), mime: 'application/json; charset=utf-8' }),
  'data.xlsx': async (f, ground) => ({
    body: await dataXlsx(f, ground),
    mime: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  }),
  'kamus.csv': (f, ground) => ({ body: bytes(sheetCsv(sheetsOf(f, ground).kamus)), mime: CSV }),
  'metadata-kegiatan.csv': (f, ground) => ({ body: bytes(sheetCsv(sheetsOf(f, ground).kegiatan)), mime: CSV }),
  'metadata-variabel.csv': (f, ground) => ({ body: bytes(sheetCsv(sheetsOf(f, ground).variabel)), mime: CSV }),
  'metadata-indikator.csv': (f, ground) => ({ body: bytes(sheetCsv(sheetsOf(f, ground).indikator)), mime: CSV }),
}
export const publicFileNames = Object.keys(makers)

/** Files by publication and name: a publication never changes. */
const made = new Map<string, Promise<Made>>()
const KEPT = 40

function fileOf(f: PublicFigures, name: string, ground: readonly string[]): Promise<Made> {
  const key = `${f.series}|${f.number}|${f.seal}|${name}`
  const found = made.get(key)
  if (found) return found
  const making = Promise.resolve(makers[name]!(f, ground))
  making.catch(() => made.delete(key))
  if (made.size >= KEPT) made.delete(made.keys().next().value!)
  made.set(key, making)
  return making
}

const MISSING = 'Berkas ini tidak ada, atau halaman publik sedang ditutup.'

/**
 * A file of the public page for anybody; a sentence while the page is shut, nothing is published or no such file exists. Browsers may keep it
 * but ask each time whether it still stands: whoever shuts the page shuts this too.
 */
export async function publicFile(name: string, series: string, known: string | null): Promise<Response> {
  const page = Object.hasOwn(makers, name) ? await publicPage(series) : null
  const figures = page?.figures
  if (!figures || (series && figures.series !== series)) return sentence(404, MISSING)
  const tag = `"${figures.seal}-${figures.number}-${name}"`
  const fresh = { etag: tag, 'cache-control': 'public, no-cache' }
  if (known === tag) return new Response(null, { status: 304, headers: fresh })
  const ground = await groundLines({ at: figures.publishedAt })
  const { body, mime } = await fileOf(figures, name, ground)
  const fileName = `${safe(`petaguru ${figures.series} terbitan ${figures.number} ${inName({ simulated: figures.simulated, ground })} ${name.split('.')[0]}`)}.${name.split('.')[1]}`
  return new Response(body, { headers: { ...downloadHeaders({ mime, fileName, bytes: body.length }), ...fresh } })
}
