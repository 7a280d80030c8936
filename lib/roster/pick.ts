import { columnName, type Sheet } from '@/lib/platform/sheet-model'
import { refuse, ok, type Result } from '@/lib/platform/result'
import { findHeader, guessHeader, type HeaderMatch, type HeaderMemory } from './columns'
import type { Preview } from './model'
import { sortRows, type Sorted } from './rows'

/** Which sheets of a file hold teachers, and which of them are read. */

export type Picked = { sheet: Sheet; header: HeaderMatch; sorted: Sorted }
export type Picking = {
  picked: Picked[]
  sheets: Preview['sheets']
  open: Preview['open']
  /** The row that is taken for a header until somebody says what its columns are. */
  guess: { sheet: Sheet; header: HeaderMatch } | null
}

/** Behind the letter of a column that has no header. */
export const NAMELESS = '(tanpa judul)'

const MISSING =
  'Baris judul kolom tidak ditemukan. Berkas harus memuat sedikitnya kolom Nama dan NUPTK, NIP, NPSN, atau Nama Sekolah pada 40 baris pertama. Unduh templat kami sebagai contoh.'

/** Hidden sheets are never read. Of several visible ones with a header, the office says which (`chosen`). */
export function pickSheets(sheets: Sheet[], memory: HeaderMemory, chosen: readonly string[] | undefined): Result<Picking> {
  const seen = sheets.map((sheet) => {
    const header = findHeader(sheet.rows, sheet.merges, memory)
    return { sheet, header, sorted: header && sortRows(sheet.name, sheet.rows, header) }
  })
  const lists = seen.filter((s): s is Picked => !s.sheet.hidden && s.header !== null && s.sorted!.teachers.length > 0)
  const wanted = chosen ? lists.filter((s) => chosen.includes(s.sheet.name)) : []
  const picked = wanted.length ? wanted : lists.slice(0, 1)
  const told = seen.map(({ sheet, sorted }) => ({
    name: sheet.name,
    hidden: sheet.hidden,
    chosen: picked.some((p) => p.sheet === sheet),
    rows: sorted ? sorted.teachers.length : null,
  }))
  if (picked.length) return ok({ picked, sheets: told, open: lists.length > 1 && !wanted.length ? 'sheets' : null, guess: null })

  const empty = seen.find((s) => !s.sheet.hidden && s.header)
  if (empty) return refuse('empty', `Di bawah baris judul lembar "${empty.sheet.name}" tidak ada satu guru pun.`)
  const hidden = seen.find((s) => s.sheet.hidden && s.sorted?.teachers.length)
  if (hidden)
    return refuse(
      'hidden',
      `Daftar guru hanya ada di lembar tersembunyi "${hidden.sheet.name}". Tampilkan lembarnya di Excel, periksa isinya, simpan, lalu unggah lagi.`,
    )
  for (const sheet of sheets) {
    const header = sheet.hidden ? null : guessHeader(sheet.rows, sheet.merges, memory)
    if (header && header.columns.size + header.dropped.length >= 2 && sheet.rows.length > header.row + 1)
      return ok({ picked: [], sheets: told, open: 'columns', guess: { sheet, header } })
  }
  return refuse('header', MISSING)
}

/** Names of the columns of a sheet that are not read, those without a header included. */
export function unreadColumns({ sheet, header, sorted }: Picked): string[] {
  const read = new Set(header.columns.values())
  const bare = new Set<number>()
  for (const r of sorted.teachers)
    sheet.rows[r]!.forEach((text, c) => {
      if (!read.has(c) && !header.headers[c] && text.trim()) bare.add(c)
    })
  return [...header.dropped, ...[...bare].sort((a, b) => a - b).map((c) => `kolom ${columnName(c)} ${NAMELESS}`)]
}
