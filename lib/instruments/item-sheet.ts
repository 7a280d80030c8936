import ExcelJS from 'exceljs'

const WIDE = new Set(['Soal', 'Pembahasan'])

/** Rows of items as a workbook: every cell text, so that Excel turns no key into a date or a number. The first row is the head. */
export async function itemSheet(rows: readonly string[][]): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook()
  const sheet = book.addWorksheet('Butir', { views: [{ state: 'frozen', ySplit: 1, xSplit: 1 }] })
  const [head = [], ...body] = rows
  sheet.columns = head.map((name) => ({
    header: name,
    width: WIDE.has(name) ? 60 : name.startsWith('Opsi') || name.startsWith('Pernyataan') ? 24 : 14,
    style: { numFmt: '@', alignment: { wrapText: true, vertical: 'top' } },
  }))
  for (const row of body) sheet.addRow(row)
  sheet.getRow(1).eachCell((cell) => {
    cell.font = { bold: true, color: { argb: 'FFFFFFFF' } }
    cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FF0F5132' } }
  })
  return new Uint8Array(await book.xlsx.writeBuffer())
}
