import { DOMParser } from '@xmldom/xmldom'
import { parse } from 'csv-parse/sync'
import ExcelJS from 'exceljs'
import { describe, expect, it } from 'vitest'
import { palette } from '@/lib/mapping/palette-model'
import { viewPicture } from '@/lib/reports/map-picture'
import { viewCsv } from '@/lib/reports/map-table'
import { viewWorkbook } from '@/lib/reports/map-workbook'
import { HIDDEN, reportData, shown, takenView } from './data'

const rowsOf = (text: string) => parse(text, { delimiter: ';', bom: true, columns: true }) as Record<string, string>[]
const heat = reportData().parts[1]!.heat
const indicators = reportData().parts[1]!.indicators
const spread = {
  basis: 'mastery' as const,
  bands: [{ from: 40, n: 1200 }],
  boxes: [{ code: '18.01', name: 'Lampung Selatan', n: 120, q: [31.5, 40, 50, 60, 70.25] }],
  total: 1200,
  hidden: 1,
}
const none = takenView().body
const views = {
  map: takenView(),
  heat: takenView({ body: { ...none, heat } }),
  indicators: takenView({ body: { ...none, indicators } }),
  spread: takenView({ body: { ...none, spread } }),
  schools: takenView({ region: { code: '18.01', name: 'A', schools: [{ ...shown('00123456', '=SMA <1> & "B"', 40, 50), id: 'x' }] } }),
}

describe('a view of the map as CSV', () => {
  it('opens in Indonesian Excel: BOM, semicolons, decimal commas, no thousand points', () => {
    const text = viewCsv(views.map)
    expect(text.startsWith('\ufeffkode_wilayah;wilayah;')).toBe(true)
    expect(rowsOf(text).find((r) => r['kode_wilayah'] === '18.01')).toMatchObject({
      n: '120',
      rata_rata: '54,77',
      plus_minus: '2,50',
      kompeten_persen: '41,30',
      guru_terdata: '400',
      cakupan_persen: '30,00',
      keadaan: 'ditampilkan',
    })
    expect(rowsOf(text).at(-1)).toMatchObject({ n: '1480', guru_terdata: '1600' })
  })

  it('writes numbers below zero as numbers and no text as a formula', () => {
    const below = { ...spread, boxes: [{ ...spread.boxes[0]!, q: [-1.25, 0, 1, 2, 3] }] }
    expect(viewCsv(takenView({ body: { ...none, spread: below } }))).toContain(';-1,25;0,00;')
    expect(rowsOf(viewCsv(views.schools))[0]!['satuan_pendidikan']).toBe('\'=SMA <1> & "B"')
  })

  it.each(Object.entries(views))('of %s says nothing of a hidden group, though figures were left in its cell', (_, view) => {
    for (const row of rowsOf(viewCsv(view)).filter((r) => r['keadaan'] === 'disembunyikan'))
      for (const key of ['n', 'rata_rata', 'plus_minus', 'kompeten_persen', 'kompeten_plus_minus', 'cakupan_persen', 'kepastian'])
        expect(row[key] ?? '').toBe('')
    expect(viewCsv(view)).not.toContain(String(HIDDEN.mean).replace('.', ','))
  })

  it('obeys the subject of the filter', () => {
    const view = takenView({ body: { ...none, heat }, view: { ...views.map.view, filter: { ...views.map.view.filter, mapel: 'MTK' } } })
    expect(new Set(rowsOf(viewCsv(view)).map((r) => r['kode_mapel']))).toEqual(new Set(['MTK']))
  })
})

describe('a view of the map as a workbook', () => {
  it('has numbers as numbers, codes as text, and says what they rest on', async () => {
    const book = new ExcelJS.Workbook()
    await book.xlsx.load((await viewWorkbook(views.schools)) as unknown as ArrayBuffer)
    const sheet = book.getWorksheet('Data')!
    const at = (key: string) => sheet.getCell(2, (sheet.getRow(1).values as string[]).indexOf(key))
    expect([at('npsn').value, at('npsn').numFmt]).toEqual(['00123456', '@'])
    expect([at('n').value, at('rata_rata').value, at('plus_minus').value]).toEqual([40, 50, 2.5])
    expect(at('satuan_pendidikan').value).toBe('=SMA <1> & "B"')
    const words = book.getWorksheet('Keterangan')!.getColumn(1).values.join('\n')
    expect(words).toContain('DATA SIMULASI')
    expect(words).toContain('Sumber: Petaguru')
  })
})

describe('a view of the map as a picture', () => {
  it.each(Object.entries(views))('of %s is a drawing by itself, with title, date, source and n', (_, view) => {
    const svg = viewPicture(view)
    const drawn = new DOMParser({ onError: (level, message) => expect.fail(`${level}: ${message}`) }).parseFromString(svg, 'image/svg+xml')
    const words = drawn.documentElement!.textContent!
    for (const said of ['DATA SIMULASI', 'kompetensi pedagogik', 'Sumber: Petaguru', '1.480 guru dites']) expect(words).toContain(said)
    expect(svg).not.toMatch(/href|<script|NaN|undefined/)
    expect(words).not.toContain('41,4')
  })

  it('has the colours of the page and their legend', () => {
    const svg = viewPicture(views.map)
    for (const { fill } of Object.values(palette).flat()) expect(svg).toContain(fill)
  })
})
