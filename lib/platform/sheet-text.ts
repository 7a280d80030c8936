import { parse } from 'csv-parse/sync'
import { ok, refuse, type Result } from './result'
import { noLooks, type CellProblem, type Sheet } from './sheet-model'

/** Text files: which sign parts their columns. */

const SIGNS = [';', ',', '\t', '|']
const MAX_ROWS = 60_000

const split = (text: string, delimiter: string, to: number): string[][] =>
  parse(text, {
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: false,
    record_delimiter: '\n',
    to,
    max_record_size: 1_000_000,
  }) as string[][]

/** How evenly a sign parts the first rows: rows that have as many columns as most of them do, more than one. */
function evenness(rows: string[][]): number {
  const widths = new Map<number, number>()
  for (const r of rows) if (r.length > 1) widths.set(r.length, (widths.get(r.length) ?? 0) + 1)
  return Math.max(0, ...[...widths].map(([width, n]) => n + Math.min(width, 60) / 100))
}

/**
 * A CSV as one sheet. The sign between columns is the one that `sep=` names, else the one under which `columnsKnown` finds most of the
 * columns it knows, else the one that parts rows most evenly.
 */
export function readCsv(text: string, columnsKnown: (rows: string[][]) => number): Result<Sheet> {
  const lines = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n')
  const said = /^"?sep=(.)"?\n/i.exec(lines)
  // The line that names the sign keeps its place, so that rows are numbered as in the file.
  const body = said ? '\n' + lines.slice(said[0].length) : lines
  const head = body.slice(0, 60_000)
  const attempt = (sign: string) => {
    try {
      return split(head.slice(0, head.length < body.length ? head.lastIndexOf('\n') : undefined), sign, 60)
    } catch {
      return []
    }
  }
  const judged = (said ? [said[1]!] : SIGNS).map((sign) => {
    const rows = attempt(sign)
    return { sign, known: columnsKnown(rows), even: evenness(rows) }
  })
  const { sign } = judged.reduce((best, one) => (one.known > best.known || (one.known === best.known && one.even > best.even) ? one : best))
  let rows: string[][]
  try {
    rows = split(body, sign, MAX_ROWS + 1)
  } catch {
    return refuse(
      'broken',
      'Susunan CSV ini rusak (tanda petik tidak berpasangan). Buka di Excel, simpan ulang sebagai .xlsx, lalu unggah lagi. Tidak ada data yang berubah.',
    )
  }
  if (rows.length > MAX_ROWS)
    return refuse('huge', 'Berkas ini memuat lebih dari 60.000 baris. Pecah menjadi beberapa berkas, lalu unggah satu per satu.')
  const problems: CellProblem[] = []
  rows.forEach((cells, row) =>
    cells.forEach((text, column) => {
      if (text.includes('\n') && text.includes(sign) && text.split('\n').some((line) => line.split(sign).length > 2))
        problems.push({ row, column, kind: 'quote', text: text.slice(0, 40) })
    }),
  )
  return ok({ name: 'CSV', hidden: false, rows, runs: new Map(), problems, merges: [], looks: noLooks() })
}
