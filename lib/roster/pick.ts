import { columnName, type Sheet } from '@/lib/platform/sheet-model'
import { refuse, ok, type Result } from '@/lib/platform/result'
import type { Field, HeaderMemory } from './columns'
import { findHeader, guessHeader, headerAgain, type HeaderMatch } from './header'
import type { Preview } from './model'
import { sortRows, type Sorted } from './rows'

/** Which sheets of a file hold teachers, and which of them are read. */

/** A list: a sheet, the header over it, and its rows from that header to the next one. */
export type Picked = { sheet: Sheet; header: HeaderMatch; sorted: Sorted; from: number }
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

/** Fields that a merged cell tells of every row that it covers. */
const SHARED: Field[] = ['npsn', 'school', 'level', 'region', 'subject', 'status', 'role', 'sex']

/** The sheet with the text of merged cells in every row that they cover, where that is said of each person. */
function withShared(sheet: Sheet, header: HeaderMatch): Sheet {
  const columns = SHARED.flatMap((f) => header.columns.get(f) ?? [])
  const tall = sheet.merges.filter((m) => m.bottom > m.top && m.top > header.row && columns.some((c) => c >= m.left && c <= m.right))
  if (!tall.length) return sheet
  const rows = [...sheet.rows]
  for (const m of tall)
    for (const c of columns.filter((column) => column >= m.left && column <= m.right)) {
      const text = sheet.rows[m.top]?.[m.left] ?? ''
      for (let r = m.top + 1; text && r <= m.bottom && r < rows.length; r++) {
        // A row with nothing of its own stays a blank one.
        if (!sheet.rows[r]?.some((cell) => cell.trim()) || rows[r]![c]?.trim()) continue
        rows[r] = Array.from({ length: Math.max(rows[r]!.length, c + 1) }, (_, i) => (i === c ? text : (rows[r]![i] ?? '')))
      }
    }
  return { ...sheet, rows }
}

/** The lists of a sheet: a second header with its columns elsewhere begins a second one. */
function listsOf(raw: Sheet, memory: HeaderMemory): Picked[] {
  const first = findHeader(raw.rows, raw.merges, memory)
  if (!first) return []
  const headers = [first]
  for (let r = first.row + 1; r < raw.rows.length; r++) {
    const again = headerAgain(raw.rows, r, memory)
    const before = headers.at(-1)!
    if (again && [...again.columns].some(([field, c]) => before.columns.get(field) !== c)) headers.push(again)
  }
  return headers.map((header, i) => {
    const sheet = withShared(raw, header)
    const from = i === 0 ? 0 : header.row
    const to = headers[i + 1]?.row ?? sheet.rows.length
    return { sheet, header, from, sorted: sortRows(sheet.name, sheet.rows, header, from, to) }
  })
}

/** Hidden sheets are never read. Of several visible ones with a header, the office says which (`chosen`). */
export function pickSheets(sheets: Sheet[], memory: HeaderMemory, chosen: readonly string[] | undefined): Result<Picking> {
  const seen = sheets.map((sheet) => ({ sheet, lists: listsOf(sheet, memory) }))
  const teachers = (lists: Picked[]) => lists.reduce((sum, l) => sum + l.sorted.teachers.length, 0)
  const lists = seen.filter((s) => !s.sheet.hidden && teachers(s.lists) > 0)
  const wanted = chosen ? lists.filter((s) => chosen.includes(s.sheet.name)) : []
  const from = wanted.length ? wanted : lists.slice(0, 1)
  const picked = from.flatMap((s) => s.lists)
  const told = seen.map((s) => ({
    name: s.sheet.name,
    hidden: s.sheet.hidden,
    chosen: from.includes(s),
    rows: s.lists.length ? teachers(s.lists) : null,
  }))
  if (picked.length) return ok({ picked, sheets: told, open: lists.length > 1 && !wanted.length ? 'sheets' : null, guess: null })

  const empty = seen.find((s) => !s.sheet.hidden && s.lists.length)
  if (empty) return refuse('empty', `Di bawah baris judul lembar "${empty.sheet.name}" tidak ada satu guru pun.`)
  const hidden = seen.find((s) => s.sheet.hidden && teachers(s.lists))
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
  const read = new Set([...header.columns.values(), ...Object.values(header.ticked ?? {})])
  const bare = new Set<number>()
  for (const r of sorted.teachers)
    sheet.rows[r]!.forEach((text, c) => {
      if (!read.has(c) && !header.headers[c] && text.trim()) bare.add(c)
    })
  return [...header.dropped, ...[...bare].sort((a, b) => a - b).map((c) => `kolom ${columnName(c)} ${NAMELESS}`)]
}
