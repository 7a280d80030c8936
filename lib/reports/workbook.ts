import ExcelJS from 'exceljs'
import { basisWords, type Cell } from '@/lib/mapping/model'
import type { HeatView, IndicatorView, MapView } from '@/lib/mapping/service'
import { formatDate } from '@/lib/platform/format'
import { figureOf, type Figure } from './figure'

/** A report as plain data, already scoped and suppressed for whoever takes it home. */
export type ReportData = {
  title: string
  subtitle: string[]
  printedAt: string
  simulated: boolean
  /** What stands beside figures that a cut decides. */
  ground: readonly string[]
  rules: { version: number; shipped: boolean; hideBelow: number }
  parts: { title: string; view: MapView; indicators: IndicatorView; heat: HeatView }[]
}

/** Excel shows these with the separators of its own locale: 1.234 and 54,77 in Indonesian. */
const COUNT = '#,##0'
const DECIMAL = '#,##0.00'
const TEXT = '@'
/** Text wider than this is wrapped; titles run over the first columns only, so that they stay in sight. */
const TITLE_COLUMNS = 8
const GREEN = 'FF0F5132'
const WHITE = 'FFFFFFFF'

/** A figure of few teachers is set in italics. */
type Value = string | number | { careful: number }
type Column = { head: string; width: number; format?: string }
/** Columns under one common heading, or under none. */
type Group = { title?: string; columns: Column[] }
type Table = { name: string; groups: Group[]; rows: Value[][]; totals?: Value[][] }

const pair: Column[] = [
  { head: 'N', width: 15, format: COUNT },
  { head: 'RATA-RATA', width: 15, format: DECIMAL },
]
const numberColumn: Column = { head: 'NO.', width: 6, format: COUNT }

/** How a cell's figure stands in the table: the number, a dash where there is none, or that it is hidden. */
function show(data: ReportData, cell: Cell | undefined, ...picks: (keyof Figure)[]): Value[] {
  const figure = cell ? figureOf(cell) : 'empty'
  return picks.map((pick) => {
    if (figure === 'hidden') return `disembunyikan (n < ${data.rules.hideBelow})`
    const value = figure === 'empty' ? null : figure[pick]
    if (value === null) return '–'
    return cell?.state === 'hatched' ? { careful: value } : value
  })
}

/** The sentence without which no figure should be read. */
function method({ rules, parts }: ReportData): string {
  const hatchBelow = parts[0]?.view.rules.hatchBelow
  return [
    'Nilai adalah rata-rata persen (0–100; dasarnya tertulis pada Rekap, indikator selalu skor mentah) dari tes terakhir yang ditutup setiap guru; guru yang belum dites tidak termasuk. Galat baku adalah simpangan baku antarguru dibagi akar n.',
    `Kelompok di bawah ${rules.hideBelow} guru disembunyikan, begitu pula kelompok yang dapat membocorkannya.`,
    hatchBelow ? `Angka miring berasal dari kurang dari ${hatchBelow} guru; bacalah dengan hati-hati.` : '',
    `Aturan versi ${rules.version}${rules.shipped ? ' (bawaan sistem, belum ditetapkan BGTK)' : ''}.`,
  ]
    .filter(Boolean)
    .join(' ')
}

function recap(data: ReportData): Table {
  return {
    name: 'Rekap',
    groups: [
      {
        columns: [
          numberColumn,
          { head: 'BAGIAN', width: 20 },
          ...pair,
          { head: 'GALAT BAKU', width: 15, format: DECIMAL },
          { head: 'JUMLAH GURU', width: 13, format: COUNT },
          { head: 'CAKUPAN (%)', width: 15, format: DECIMAL },
          { head: 'TES TERAKHIR DITUTUP', width: 20 },
          { head: 'KETERANGAN', width: 60 },
        ],
      },
    ],
    rows: data.parts.map(({ title, view }, i) => [
      i + 1,
      title,
      ...show(data, view.total, 'n', 'mean', 'standardError'),
      view.total.roster,
      ...show(data, view.total, 'coverage'),
      view.lastClosed && figureOf(view.total) !== 'hidden' ? formatDate(view.lastClosed) : '–',
      view.filter.bagian === '4' && !view.filter.mapel
        ? `${basisWords[view.basis]} Menggabungkan tes mata pelajaran yang berbeda: bandingkan antarwilayah secara kasar saja.`
        : basisWords[view.basis],
    ]),
  }
}

function byRegion(data: ReportData): Table {
  const regions = data.parts[0]?.view.cells ?? []
  const figures = (cell: Cell | undefined): Value[] => [
    ...show(data, cell, 'n', 'mean', 'standardError'),
    cell?.roster ?? '–',
    ...show(data, cell, 'coverage'),
  ]
  const whole = data.parts[0]?.view.total
  return {
    name: 'Per Kabupaten',
    groups: [
      { columns: [numberColumn, { head: 'KODE', width: 9, format: TEXT }, { head: 'KABUPATEN/KOTA', width: 26 }] },
      ...data.parts.map(({ title }) => ({
        title,
        columns: [
          ...pair,
          { head: 'GALAT BAKU', width: 15, format: DECIMAL },
          { head: 'JUMLAH GURU', width: 13, format: COUNT },
          { head: 'CAKUPAN (%)', width: 15, format: DECIMAL },
        ],
      })),
    ],
    rows: regions.map((r, i) => [
      i + 1,
      r.code,
      r.name,
      ...data.parts.flatMap(({ view }) => figures(view.cells.find((c) => c.code === r.code))),
    ]),
    totals: whole ? [['', whole.code, whole.name, ...data.parts.flatMap(({ view }) => figures(view.total))]] : [],
  }
}

/** Rows of something × kabupaten: n and mean side by side under the name of each kabupaten, the whole first. */
function crossed(data: ReportData, name: string, lead: Column[], rows: { lead: Value[]; total: Cell; cells: Cell[] }[]): Table {
  const regions = data.parts[0]?.view.cells ?? []
  return {
    name,
    groups: [
      { columns: [numberColumn, { head: 'BAGIAN', width: 16 }, ...lead] },
      { title: data.parts[0]?.view.total.name ?? 'Jumlah', columns: pair },
      ...regions.map((r) => ({ title: r.name, columns: pair })),
    ],
    rows: rows.map((r, i) => [
      i + 1,
      ...r.lead,
      ...show(data, r.total, 'n', 'mean'),
      ...regions.flatMap(({ code }) =>
        show(
          data,
          r.cells.find((c) => c.code === code),
          'n',
          'mean',
        ),
      ),
    ]),
  }
}

const bySubject = (data: ReportData) =>
  crossed(
    data,
    'Per Mapel',
    [
      { head: 'KODE', width: 10, format: TEXT },
      { head: 'MATA PELAJARAN', width: 30 },
    ],
    data.parts.flatMap(({ title, heat }) => heat.rows.map((r) => ({ lead: [title, r.code, r.name], total: r.total, cells: r.cells }))),
  )

const byIndicator = (data: ReportData) =>
  crossed(
    data,
    'Per Indikator',
    [
      { head: 'KODE', width: 10, format: TEXT },
      { head: 'INDIKATOR', width: 50 },
      { head: 'BUTIR', width: 8, format: COUNT },
    ],
    data.parts.flatMap(({ title, indicators }) =>
      indicators.map((r) => ({ lead: [title, r.code, r.title, r.items], total: r.total, cells: r.cells })),
    ),
  )

function writeTitles(sheet: ExcelJS.Worksheet, data: ReportData, columns: Column[]): void {
  const over = columns.slice(0, TITLE_COLUMNS)
  const room = over.reduce((sum, c) => sum + c.width, 0)
  const lines = [
    { text: data.title, font: { bold: true, size: 14 } },
    ...data.subtitle.map((text) => ({ text, font: { bold: true } })),
    ...(data.simulated ? [{ text: 'DATA SIMULASI', font: { bold: true, color: { argb: 'FF9A3412' } } }] : []),
    { text: `Dicetak ${data.printedAt}`, font: {} },
    ...data.ground.map((text) => ({ text, font: { bold: true } })),
    { text: method(data), font: { italic: true, color: { argb: 'FF55605A' } } },
  ]
  for (const { text, font } of lines) {
    const row = sheet.addRow([text])
    sheet.mergeCells(row.number, 1, row.number, over.length)
    row.getCell(1).font = font
    row.getCell(1).alignment = { wrapText: true, vertical: 'top' }
    if (text.length > room) row.height = 15 * Math.ceil(text.length / room)
  }
  sheet.addRow([])
}

/** One heading row, or two where columns stand under a common heading. Returns the number of the last. */
function writeHeader(sheet: ExcelJS.Worksheet, groups: Group[]): number {
  const columns = groups.flatMap((g) => g.columns)
  if (groups.some((g) => g.title)) {
    const row = sheet.addRow(groups.flatMap((g) => g.columns.map((_, i) => (i === 0 ? (g.title ?? '').toUpperCase() : ''))))
    let from = 1
    for (const g of groups) {
      if (g.title && g.columns.length > 1) sheet.mergeCells(row.number, from, row.number, from + g.columns.length - 1)
      from += g.columns.length
    }
  }
  const last = sheet.addRow(columns.map((c) => c.head)).number
  const first = groups.some((g) => g.title) ? last - 1 : last
  for (let r = first; r <= last; r++) {
    for (let c = 1; c <= columns.length; c++) {
      const cell = sheet.getCell(r, c)
      cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: GREEN } }
      cell.font = { bold: true, color: { argb: WHITE } }
      cell.alignment = { vertical: 'middle', horizontal: 'center', wrapText: true }
      cell.border = { left: { style: 'thin', color: { argb: WHITE } } }
    }
  }
  return last
}

function writeRow(sheet: ExcelJS.Worksheet, columns: Column[], values: Value[], bold: boolean): void {
  const row = sheet.addRow(values.map((v) => (typeof v === 'object' ? v.careful : v)))
  columns.forEach(({ format }, i) => {
    const value = values[i]
    const cell = row.getCell(i + 1)
    const figure = format === COUNT || format === DECIMAL
    if (format && (format === TEXT || typeof value !== 'string')) cell.numFmt = format
    cell.alignment = { vertical: 'top', wrapText: true, horizontal: figure ? 'right' : 'left' }
    cell.font = { bold, italic: typeof value === 'object' }
    cell.border = { [bold ? 'top' : 'bottom']: { style: bold ? 'medium' : 'hair', color: { argb: 'FF9AA5A0' } } }
  })
}

function writeTable(book: ExcelJS.Workbook, data: ReportData, { name, groups, rows, totals = [] }: Table): void {
  const sheet = book.addWorksheet(name, {
    pageSetup: { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
  })
  const columns = groups.flatMap((g) => g.columns)
  sheet.columns = columns.map(({ width }) => ({ width }))
  writeTitles(sheet, data, columns)
  const header = writeHeader(sheet, groups)
  const still = groups.length > 1 ? groups[0]!.columns.length : 0
  sheet.views = [{ state: 'frozen', xSplit: still, ySplit: header }]
  sheet.pageSetup.printTitlesRow = `${header - (groups.length > 1 ? 1 : 0)}:${header}`
  rows.forEach((values) => writeRow(sheet, columns, values, false))
  totals.forEach((values) => writeRow(sheet, columns, values, true))
}

/** The report as an Excel workbook: Rekap, Per Kabupaten, Per Mapel, Per Indikator. */
export async function reportWorkbook(data: ReportData): Promise<Buffer> {
  const book = new ExcelJS.Workbook()
  book.creator = 'Petaguru'
  book.title = data.title
  for (const table of [recap(data), byRegion(data), bySubject(data), byIndicator(data)]) writeTable(book, data, table)
  return Buffer.from(await book.xlsx.writeBuffer())
}
