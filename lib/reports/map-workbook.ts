import ExcelJS from 'exceljs'
import { tableOf, type Kind } from './map-table'
import type { TakenView } from './map-view'

const formats: Record<Kind, string> = { text: '@', count: '#,##0', decimal: '#,##0.00' }

/** A view of the map as a workbook: one sheet of figures, codes as text, and one that says what they rest on. */
export async function viewWorkbook(taken: TakenView): Promise<Buffer> {
  const { columns, rows } = tableOf(taken)
  const book = new ExcelJS.Workbook()
  book.creator = 'Petaguru'
  book.title = taken.title
  const sheet = book.addWorksheet('Data', {
    views: [{ state: 'frozen', ySplit: 1 }],
    pageSetup: { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0, printTitlesRow: '1:1' },
  })
  sheet.columns = columns.map(({ width, kind }) => ({ width, style: { numFmt: formats[kind] } }))
  sheet.addRow(columns.map((c) => c.key)).font = { bold: true }
  for (const row of rows) sheet.addRow(row)
  if (rows.length) sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: rows.length + 1, column: columns.length } }
  const words = book.addWorksheet('Keterangan')
  words.columns = [{ width: 110, style: { alignment: { wrapText: true, vertical: 'top' }, numFmt: '@' } }]
  for (const line of [taken.title, taken.lead, ...(taken.simulated ? ['DATA SIMULASI'] : []), ...taken.facts]) words.addRow([line])
  words.getRow(1).font = { bold: true, size: 14 }
  return Buffer.from(await book.xlsx.writeBuffer())
}
