import ExcelJS from 'exceljs'
import { fieldNames, templateHeader, type Field } from './columns'

/** An example row that shows the forms we expect. */
const example: Partial<Record<Field, string>> = {
  name: 'Siti Rahayu',
  nuptk: '1234567890123456',
  nip: '198609262015052001',
  sex: 'P',
  birthDate: '26/09/1986',
  status: 'PNS',
  role: 'Guru Mapel',
  subject: 'Matematika',
  npsn: '10800001',
  school: 'SMAN 1 Contoh',
  level: 'SMA',
  region: 'Pringsewu',
  email: 'siti.rahayu86@guru.sma.belajar.id',
  phone: '081234567890',
}

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
  sheet.addRow(example)
  sheet.getRow(1).eachCell((cell) => {
    cell.font = { bold: true, color: { argb: 'FFFFFFFF' } }
    cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FF0F5132' } }
  })
  sheet.getRow(2).font = { italic: true, color: { argb: 'FF55605A' } }
  return Buffer.from(await book.xlsx.writeBuffer())
}
