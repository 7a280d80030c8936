import ExcelJS from 'exceljs'
import { fieldNames, templateExample, templateHeader } from './columns'

const WIDE = 60

/** Rows under the header of our template, every column as text, so that no program breaks a number when it saves the file. */
async function textWorkbook(header: string[], rows: string[][], italic: number[]): Promise<Buffer> {
  const book = new ExcelJS.Workbook()
  const sheet = book.addWorksheet('Daftar Guru', { views: [{ state: 'frozen', ySplit: 1 }] })
  sheet.columns = header.map((name) => ({
    header: name,
    width: name === REASON ? WIDE : Math.max(14, name.length + 4),
    style: { numFmt: '@' },
  }))
  for (const row of rows) sheet.addRow(row)
  sheet.getRow(1).eachCell((cell) => {
    cell.font = { bold: true, color: { argb: 'FFFFFFFF' } }
    cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FF0F5132' } }
  })
  for (const row of italic) sheet.getRow(row).font = { italic: true, color: { argb: 'FF55605A' } }
  return Buffer.from(await book.xlsx.writeBuffer())
}

/** The column that says why a row was refused or waits. */
export const REASON = 'Keterangan'

const names = templateHeader.map((f) => fieldNames[f])

/** Our own template with one example row to delete. */
export const templateWorkbook = (): Promise<Buffer> => textWorkbook(names, [templateHeader.map((f) => templateExample[f] ?? '')], [2])

/** Cleaned rows as our template, with the reason behind each that was not taken. */
export const cleanedWorkbook = (rows: string[][]): Promise<Buffer> => textWorkbook([...names, REASON], rows, [])
