import { fieldNames, type Field } from './columns'
import type { CellNote } from './model'
import type { Picked } from './pick'
import { columnName, problemWords } from '@/lib/platform/sheet-model'

/** What a person sees in a list and its text does not tell: said in the preview, never acted upon. */

const ROWS_TOLD = 12
const listOf = (rows: readonly number[]): string =>
  rows.length === 1
    ? `Baris ${rows[0]! + 1}`
    : `Baris ${rows
        .slice(0, ROWS_TOLD)
        .map((r) => r + 1)
        .join(', ')}${rows.length > ROWS_TOLD ? ` dan ${rows.length - ROWS_TOLD} baris lain` : ''}`

/** Every second row on a ground is how a table is made easy to read. */
const isStriped = (rows: readonly number[], all: readonly number[]): boolean => {
  const places = rows.map((r) => all.indexOf(r))
  return all.length > 3 && places.every((p, i) => i === 0 || p - places[i - 1]! === 2) && Math.abs(all.length / 2 - rows.length) <= 1
}

/** Notes on hidden rows and columns, struck and coloured names, remarks and pictures of one list. */
export function looksOf({ sheet, header, sorted }: Picked): CellNote[] {
  const notes: CellNote[] = []
  const { looks } = sheet
  const say = (row: number, column: string, message: string) =>
    notes.push({ sheet: sheet.name, row: row + 1, column, kind: 'warning', message })
  const nameOf = (c: number): string => {
    const field = [...header.columns].find(([, at]) => at === c)?.[0] as Field | undefined
    return field ? fieldNames[field] : header.headers[c] || `Kolom ${columnName(c)}`
  }
  const hidden = sorted.teachers.filter((r) => looks.hiddenRows.has(r))
  if (hidden.length)
    say(
      hidden[0]!,
      'Lembar',
      `${listOf(hidden)} tersembunyi (disaring atau disembunyikan) di berkas asal, tetapi tetap dibaca. Hapus barisnya bila tidak dimaksud.`,
    )
  const columns = [...new Set(header.columns.values())].filter((c) => looks.hiddenColumns.has(c))
  if (columns.length)
    say(
      header.row,
      'Lembar',
      `Kolom ${columns.map((c) => `“${header.headers[c]}”`).join(', ')} tersembunyi di berkas asal, tetapi tetap dibaca.`,
    )

  const name = header.columns.get('name') ?? -1
  for (const r of sorted.teachers)
    if (looks.struck.has(`${r}:${name}`))
      say(r, fieldNames.name, 'Nama ini dicoret di berkas asal. Periksa apakah orangnya masih mengajar; coretan tidak dibaca.')
  const coloured = sorted.teachers.filter((r) => looks.coloured.has(`${r}:${name}`))
  if (
    coloured.length &&
    coloured.length * 2 < sorted.teachers.length + 1 &&
    !isStriped(coloured, sorted.teachers) &&
    sorted.teachers.length > 1
  )
    say(
      coloured[0]!,
      fieldNames.name,
      `${listOf(coloured)} diberi warna yang tidak dimiliki baris lain. Arti warna tidak dibaca; periksa maksudnya.`,
    )

  const teachers = new Set(sorted.teachers)
  for (const p of sheet.problems) {
    if (p.kind === 'comment' && (teachers.has(p.row) || p.row === header.row)) say(p.row, nameOf(p.column), problemWords(p))
    if (p.kind === 'drawing' && teachers.has(p.row)) say(p.row, nameOf(p.column), problemWords(p))
  }
  return notes
}
