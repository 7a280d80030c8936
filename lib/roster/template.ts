import ExcelJS from 'exceljs'
import { fieldNames, templateExample, templateHeader } from './columns'

/** Our own template: every column as text, so that Excel breaks no number, and one example row to delete. */
export async function templateWorkbook(): Promise<Buffer> {
  const book = new ExcelJS.Workbook()
  const sheet = book.addWorksheet('Daftar Guru', { views: [{ state: 'frozen', ySplit: 1 }] })
  sheet.columns = templateHeader.map((f) => ({
    header: fieldNames[f],
    key: f,
    width: Math.max(14, fieldNames[f].length + 4),
    style: { numFmt: '@' },
  }))
  sheet.addRow(templateExample)
  sheet.getRow(1).eachCell((cell) => {
    cell.font = { bold: true, color: { argb: 'FFFFFFFF' } }
    cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FF0F5132' } }
  })
  sheet.getRow(2).font = { italic: true, color: { argb: 'FF55605A' } }
  return Buffer.from(await book.xlsx.writeBuffer())
}
