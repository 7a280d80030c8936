import type { Cell } from '@/lib/mapping/model'
import { writeCsv } from '@/lib/platform/csv'
import { formatNumber } from '@/lib/platform/format'
import { figureOf } from './figure'
import type { ReportData } from './workbook'

const columns = [
  'bagian',
  'tingkat',
  'kode',
  'nama',
  'mapel',
  'indikator',
  'n',
  'rata_rata',
  'galat_baku',
  'jumlah_guru',
  'keadaan',
] as const
type Row = Record<(typeof columns)[number], string>
type Place = Pick<Row, 'bagian' | 'tingkat' | 'kode' | 'nama'> & Partial<Row>

const states: Record<Cell['state'], string> = {
  shown: 'ditampilkan',
  hatched: 'jumlah kecil',
  hidden: 'disembunyikan',
  empty: 'belum ada data',
}
/** Percents and their errors stay below 1.000, so that no thousand point can slip in. */
const decimal = (x: number | null) => (x === null ? '' : formatNumber(x, 2))

function row(place: Place, cell: Cell): Row {
  const figure = figureOf(cell)
  const blank = { mapel: '', indikator: '', n: '', rata_rata: '', galat_baku: '', jumlah_guru: '', ...place }
  if (figure === 'hidden') return { ...blank, keadaan: states.hidden }
  if (figure === 'empty') return { ...blank, n: '0', keadaan: states.empty }
  return {
    ...blank,
    n: String(figure.n),
    rata_rata: decimal(figure.mean),
    galat_baku: decimal(figure.standardError),
    keadaan: states[cell.state],
  }
}

/**
 * The report as tidy long CSV for spreadsheets and statistics: one figure a line, semicolons, decimal comma,
 * UTF-8 with BOM. Only the provincial and kabupaten lines know the roster; totals carry the code of the province.
 */
export function reportCsv(data: ReportData): string {
  const rows = data.parts.flatMap(({ title: bagian, view, indicators, heat }) => {
    const whole = { kode: view.total.code, nama: view.total.name }
    const at = (cell: Cell) => ({ kode: cell.code, nama: cell.name })
    return [
      row({ bagian, tingkat: 'provinsi', ...whole, jumlah_guru: String(view.total.roster) }, view.total),
      ...view.cells.map((c) => row({ bagian, tingkat: 'kabupaten', ...at(c), jumlah_guru: String(c.roster) }, c)),
      ...heat.rows.flatMap(({ name: mapel, cells, total }) => [
        row({ bagian, tingkat: 'mapel×kabupaten', ...whole, mapel }, total),
        ...cells.map((c) => row({ bagian, tingkat: 'mapel×kabupaten', ...at(c), mapel }, c)),
      ]),
      ...indicators.flatMap(({ code, title, cells, total }) => [
        row({ bagian, tingkat: 'indikator', ...whole, indikator: `${code} ${title}` }, total),
        ...cells.map((c) => row({ bagian, tingkat: 'indikator', ...at(c), indikator: `${code} ${title}` }, c)),
      ]),
    ]
  })
  return writeCsv([[...columns], ...rows.map((r) => columns.map((c) => r[c]))])
}
