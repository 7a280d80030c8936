import type { Cell } from '@/lib/mapping/model'
import { certaintyOf, certaintyWords, figureIn, scaleFor, type Scale } from '@/lib/mapping/palette-model'
import { writeCsv } from '@/lib/platform/csv'
import { figureOf } from './figure'
import type { TakenView } from './map-view'

/** A view of the map as one table: for spreadsheets as numbers, for statistics as tidy text. Pure. */

export type Kind = 'text' | 'count' | 'decimal'
export type ViewTable = { columns: { key: string; kind: Kind; width: number }[]; rows: (string | number | null)[][] }

const states: Record<Cell['state'], string> = {
  shown: 'ditampilkan',
  hatched: 'gurunya sedikit',
  hidden: 'disembunyikan',
  empty: 'belum ada data',
}
const text = (key: string, width: number) => ({ key, kind: 'text' as const, width })
const count = (key: string) => ({ key, kind: 'count' as const, width: 14 })
const decimal = (key: string) => ({ key, kind: 'decimal' as const, width: 14 })

const figures = [count('n'), decimal('rata_rata'), decimal('plus_minus'), decimal('kompeten_persen'), decimal('kompeten_plus_minus')]
/** What may be said of a cell; the state decides, whatever figures are left in it. */
function figuresOf(cell: Cell): (number | null)[] {
  const figure = figureOf(cell)
  if (figure === 'hidden') return [null, null, null, null, null]
  if (figure === 'empty') return [0, null, null, null, null]
  return [figure.n, figure.mean, cell.margin, cell.share, cell.shareMargin]
}

const closing = [text('kepastian', 14), text('terhadap_wilayah_lain', 20), text('keadaan', 18)]
function closingOf(cell: Cell, scale: Scale): string[] {
  const figure = figureIn(cell, scale.pictured)
  return [figure ? certaintyWords[certaintyOf(figure.margin, scale)] : '', (figure && cell.compared) ?? '', states[cell.state]]
}

/** Places with their roster; the whole last. */
function places(cells: Cell[], total: Cell | null, scale: Scale, lead: ViewTable['columns']): ViewTable {
  const row = (c: Cell) => {
    const figure = figureOf(c)
    return [c.code, c.name, c.roster, typeof figure === 'object' ? figure.coverage : null, ...figuresOf(c), ...closingOf(c, scale)]
  }
  const sorted = [...cells].sort((a, b) => a.name.localeCompare(b.name, 'id'))
  return {
    columns: [...lead, count('guru_terdata'), decimal('cakupan_persen'), ...figures, ...closing],
    rows: [...sorted, ...(total ? [total] : [])].map(row),
  }
}

/** The table of a view. */
export function tableOf({ view, body, region }: TakenView): ViewTable {
  const scale = scaleFor(view.filter)
  if (region) return places(region.schools, null, scale, [text('npsn', 12), text('satuan_pendidikan', 36)])
  const where = [text('kode_wilayah', 13), text('wilayah', 26)]
  if (body.heat)
    return {
      columns: [text('kode_mapel', 12), text('mapel', 28), ...where, ...figures, ...closing],
      rows: body.heat.rows
        .filter((r) => !view.filter.mapel || r.code === view.filter.mapel)
        .flatMap((r) =>
          [...r.cells, { ...r.total, code: view.total.code, name: view.total.name }].map((c) => [
            r.code,
            r.name,
            c.code,
            c.name,
            ...figuresOf(c),
            ...closingOf(c, scale),
          ]),
        ),
    }
  if (body.indicators)
    return {
      columns: [text('kode_indikator', 14), text('indikator', 48), count('butir'), ...where, ...figures.slice(0, 3), text('keadaan', 18)],
      rows: body.indicators.flatMap((i) =>
        [...i.cells, { ...i.total, code: view.total.code, name: view.total.name }].map((c) => [
          i.code,
          i.title,
          i.items,
          c.code,
          c.name,
          ...figuresOf(c).slice(0, 3),
          states[c.state],
        ]),
      ),
    }
  if (body.spread)
    return {
      columns: [
        text('jenis', 12),
        ...where,
        count('dari_persen'),
        count('sampai_persen'),
        count('n'),
        ...['p10', 'kuartil_bawah', 'median', 'kuartil_atas', 'p90'].map(decimal),
      ],
      rows: [
        ...body.spread.bands.map((b) => [
          'rentang',
          view.total.code,
          view.total.name,
          b.from,
          b.from + 5,
          b.n,
          null,
          null,
          null,
          null,
          null,
        ]),
        ...body.spread.boxes.map((b) => ['wilayah', b.code, b.name, null, null, b.n, ...b.q]),
      ],
    }
  return places(view.cells, view.total, scale, where)
}

/** A number for a file that Indonesian Excel opens: decimal comma, no thousand points. */
const plain = (value: number, kind: Kind) => (kind === 'decimal' ? value.toFixed(2).replace('.', ',') : String(Math.round(value)))

/** The table as CSV: semicolons, decimal comma, BOM. */
export function viewCsv(taken: TakenView): string {
  const { columns, rows } = tableOf(taken)
  return writeCsv([
    columns.map((c) => c.key),
    ...rows.map((r) => r.map((v, i) => (v === null ? '' : typeof v === 'number' ? plain(v, columns[i]!.kind) : v))),
  ])
}
