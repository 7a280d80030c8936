import ExcelJS from 'exceljs'
import { beforeAll, describe, expect, it } from 'vitest'
import { reportWorkbook, type ReportData } from '@/lib/reports/workbook'
import { HIDDEN, reportData } from './data'

async function read(data: ReportData): Promise<ExcelJS.Workbook> {
  const book = new ExcelJS.Workbook()
  // exceljs declares a Buffer of its own.
  await book.xlsx.load((await reportWorkbook(data)) as unknown as ExcelJS.Buffer)
  return book
}
const texts = (sheet: ExcelJS.Worksheet) =>
  sheet
    .getSheetValues()
    .flat()
    .filter((v) => typeof v === 'string')
const frozenAt = (sheet: ExcelJS.Worksheet) => (sheet.views[0] as { state: string; ySplit: number }).ySplit
const rowOf = (sheet: ExcelJS.Worksheet, text: string) => sheet.getRow(sheet.getColumn(3).values.findIndex((v) => v === text))

describe('the workbook of a report', () => {
  let book: ExcelJS.Workbook
  beforeAll(async () => {
    book = await read(reportData())
  })
  const sheet = (name: string) => book.getWorksheet(name)!

  it('has the four sheets in reading order', () => {
    expect(book.worksheets.map((s) => s.name)).toEqual(['Rekap', 'Per Kabupaten', 'Per Mapel', 'Per Indikator'])
  })

  it.each(['Rekap', 'Per Kabupaten', 'Per Mapel', 'Per Indikator'])(
    'says on top of %s what it is, when it was printed and that its data are simulated',
    (name) => {
      const own = sheet(name)
      expect(own.getCell('A1').value).toBe('Laporan Pemetaan Kompetensi Guru')
      expect(own.getCell('B1').master.address).toBe('A1')
      expect(texts(own)).toEqual(
        expect.arrayContaining(['Seri 2025', 'Provinsi Lampung', 'DATA SIMULASI', 'Dicetak 20 Oktober 2025, 08.00 WIB']),
      )
      expect(texts(own).some((t) => t.includes('Aturan versi 3 (bawaan sistem, belum ditetapkan BGTK)'))).toBe(true)
    },
  )

  it.each(['Rekap', 'Per Kabupaten', 'Per Mapel', 'Per Indikator'])('freezes %s below its green heading', (name) => {
    const own = sheet(name)
    const heading = own.getRow(frozenAt(own))
    expect(own.views[0]!.state).toBe('frozen')
    expect(heading.getCell(1).value).toBe('NO.')
    expect(heading.getCell(1).fill).toMatchObject({ pattern: 'solid', fgColor: { argb: 'FF0F5132' } })
    expect(heading.getCell(1).font).toMatchObject({ bold: true, color: { argb: 'FFFFFFFF' } })
    expect(own.getRow(frozenAt(own) + 1).getCell(1).value).toBe(1)
    expect(own.getColumn(3).width).toBeGreaterThan(8)
  })

  it('keeps the code of a kabupaten as text, so that 18.10 stays 18.10', () => {
    const cell = rowOf(sheet('Per Kabupaten'), 'Pringsewu').getCell(2)
    expect(cell.value).toBe('18.10')
    expect(cell.type).toBe(ExcelJS.ValueType.String)
    expect(cell.numFmt).toBe('@')
  })

  it('writes figures as numbers that Excel shows in its own locale', () => {
    const row = rowOf(sheet('Per Kabupaten'), 'Lampung Selatan')
    expect([4, 5, 6, 7, 8].map((c) => row.getCell(c).value)).toEqual([120, 54.765, 1.234, 400, 30])
    expect(row.getCell(5).numFmt).toBe('#,##0.00')
  })

  it('sums up each part in one row with coverage, date and method', () => {
    const own = sheet('Rekap')
    const row = own.getRow(frozenAt(own) + 1)
    expect([2, 3, 4, 5, 6, 7, 8].map((c) => row.getCell(c).value)).toEqual([
      'Profesional',
      1480,
      55.5,
      1.234,
      1600,
      92.5,
      '18 Oktober 2025',
    ])
    expect(row.getCell(9).value).toContain('mata pelajaran yang berbeda')
    expect(own.getRow(frozenAt(own) + 2).getCell(9).value).toBe('Skor mentah, persen poin; belum dikalibrasi.')
  })

  it('says of a hidden kabupaten only that it is hidden, with the bound of the rules', async () => {
    const row = rowOf(sheet('Per Kabupaten'), 'Pringsewu')
    expect([4, 5, 6, 8].map((c) => row.getCell(c).value)).toEqual(Array(4).fill('disembunyikan (n < 10)'))
    expect(row.getCell(7).value).toBe(HIDDEN.roster)
    const stricter = await read(reportData({ rules: { version: 4, shipped: false, hideBelow: 15 } }))
    expect(rowOf(stricter.getWorksheet('Per Kabupaten')!, 'Pringsewu').getCell(4).value).toBe('disembunyikan (n < 15)')
  })

  it('leaks no figure of a hidden cell anywhere, coverage included', () => {
    const secrets = [HIDDEN.mean, HIDDEN.standardError, (100 * HIDDEN.n) / HIDDEN.roster]
    for (const own of book.worksheets) {
      own.eachRow((row) =>
        row.eachCell((cell, column) => {
          expect(secrets).not.toContain(cell.value)
          if (column > 1) expect(cell.value).not.toBe(HIDDEN.n)
        }),
      )
    }
  })

  it('sets a dash where there is no data and italics where there are few', () => {
    const none = rowOf(sheet('Per Kabupaten'), 'Bandar Lampung')
    expect([4, 5, 6, 8].map((c) => none.getCell(c).value)).toEqual(['–', '–', '–', '–'])
    const own = sheet('Per Mapel')
    const few = own.getRow(frozenAt(own) + 1).getCell(7)
    expect([few.value, few.font.italic]).toEqual([12, true])
    expect(rowOf(sheet('Per Kabupaten'), 'Lampung Selatan').getCell(4).font.italic).toBeFalsy()
  })

  it('puts the name of each kabupaten over its n and mean, for subjects and indicators', () => {
    const own = sheet('Per Mapel')
    const over = own.getRow(frozenAt(own) - 1)
    expect(over.getCell(7).value).toBe('LAMPUNG SELATAN')
    expect(over.getCell(8).master.address).toBe(over.getCell(7).address)
    expect(own.getRow(frozenAt(own)).getCell(8).value).toBe('RATA-RATA')
    const indicators = sheet('Per Indikator')
    expect(indicators.getRow(frozenAt(indicators) + 1).getCell(4).value).toBe('Mengenal karakteristik murid')
  })

  it('hides the date of a part whose total is hidden, and does not claim simulation of real data', async () => {
    const data = reportData({ simulated: false })
    data.parts[0]!.view.total = { ...data.parts[0]!.view.total, state: 'hidden' }
    const own = (await read(data)).getWorksheet('Rekap')!
    expect(own.getRow(frozenAt(own) + 1).getCell(8).value).toBe('–')
    expect(texts(own)).not.toContain('DATA SIMULASI')
  })

  it('stays a readable workbook without a single part', async () => {
    expect((await read(reportData({ parts: [] }))).worksheets).toHaveLength(4)
  })
})
