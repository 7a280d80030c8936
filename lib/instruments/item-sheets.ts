import { hasItemHeader, readTable, type CellLoss } from '@/lib/items/formats/table'
import type { ReadFile } from '@/lib/items/formats/read'
import { readSheets } from '@/lib/platform/sheet'
import { problemWords, type Sheet, type SheetFile } from '@/lib/platform/sheet-model'

/** Spreadsheets of items: the visible sheet that has the header, its cells as they are shown, in the writing that the table reads. */

const lossesOf = (sheet: Sheet): CellLoss[] => [
  ...sheet.problems.map((p) => ({
    row: p.row,
    column: p.column,
    words: problemWords(p),
    kind: p.kind === 'comment' || p.kind === 'drawing' ? ('loss' as const) : ('refused' as const),
  })),
  ...cells(sheet.looks.struck).map((at) => ({ ...at, words: 'Garis coret pada teks sel ini tidak ikut.', kind: 'loss' as const })),
  ...cells(sheet.looks.lettered).map((at) => ({ ...at, words: 'Warna huruf pada sel ini tidak ikut.', kind: 'loss' as const })),
  ...[...sheet.looks.hiddenRows].map((row) => ({
    row,
    column: null,
    words: 'Baris ini tersembunyi di berkas asal.',
    kind: 'loss' as const,
  })),
]

const cells = (of: ReadonlySet<string>) => [...of].map((at) => ({ row: Number(at.split(':')[0]), column: Number(at.split(':')[1]) }))

const FLATTENED =
  'Berkas ini memakai huruf naik, turun, atau bergaris bawah, dan formatnya tidak memberi tahu letaknya. Simpan ulang sebagai .xlsx, lalu unggah lagi.'

/** How many of the columns of an item table a row knows, for text files. */
const columnsKnown = (rows: string[][]): number => (rows.some(hasItemHeader) ? 2 : 0)

/** Items of the sheets of a file. Several visible sheets with a header are refused by name, because their rows would be mixed. */
function itemsOf(file: SheetFile): ReadFile {
  const format = file.kind
  const fitting = file.sheets.filter((s) => s.rows.some(hasItemHeader))
  const visible = fitting.filter((s) => !s.hidden)
  if (visible.length === 0 && fitting.length > 0)
    return {
      format,
      items: [],
      refused: `Soal hanya ada di lembar tersembunyi "${fitting[0]!.name}". Tampilkan lembarnya di Excel, simpan, lalu unggah lagi.`,
    }
  if (visible.length > 1)
    return {
      format,
      items: [],
      refused: `Beberapa lembar memuat soal: ${visible.map((s) => s.name).join(', ')}. Simpan tiap lembar sebagai berkas sendiri, lalu unggah satu per satu.`,
    }
  if (file.flattened) return { format, items: [], refused: FLATTENED }
  const sheet = visible[0] ?? file.sheets.find((s) => !s.hidden) ?? file.sheets[0]!
  return { ...readTable(sheet.rows, lossesOf(sheet), sheet.runs), format }
}

export async function readItemSheets(bytes: Buffer, format: string): Promise<ReadFile> {
  const file = await readSheets(bytes, { dates: 'shown', columnsKnown })
  return file.ok ? itemsOf(file.value) : { format, items: [], refused: file.message }
}
