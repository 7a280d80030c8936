/** What a file of rows is after reading: sheets of shown text, what could not be read named at its cell. */

/** A piece of a cell's text that is raised, lowered or underlined. */
export type Run = { text: string; mark?: 'sup' | 'sub' | 'underline' }

export type CellProblem = {
  /** From 0, like the column. */
  row: number
  column: number
  /**
   * error: the cell shows an error; formula: a formula without its value; damaged: a number that lost digits; beyond: right of what is
   * read; quote: a text that swallowed rows; unread: cells that the reader did not give; comment: a remark that hangs on the cell; drawing:
   * a picture or a text box that lies over it.
   */
  kind: 'error' | 'formula' | 'damaged' | 'beyond' | 'quote' | 'unread' | 'comment' | 'drawing'
  text: string
}
export type Merge = { top: number; left: number; bottom: number; right: number }

/** What a person sees at a glance and no text tells: rows and columns from 0, cells by `row:column`. */
export type Looks = {
  hiddenRows: Set<number>
  hiddenColumns: Set<number>
  /** Cells whose text, or part of it, is struck through. */
  struck: Set<string>
  /** Cells on a ground, or in letters, of a colour; and of these the ones with coloured letters. */
  coloured: Set<string>
  lettered: Set<string>
}
export const noLooks = (): Looks => ({
  hiddenRows: new Set(),
  hiddenColumns: new Set(),
  struck: new Set(),
  coloured: new Set(),
  lettered: new Set(),
})

export type Sheet = {
  name: string
  /** Hidden by its author, in whichever way. */
  hidden: boolean
  /** Text as it is shown; rows and columns stand where they stand in the file. */
  rows: string[][]
  /** Cells with raised, lowered or underlined text, by `row:column`. */
  runs: Map<string, Run[]>
  problems: CellProblem[]
  merges: Merge[]
  looks: Looks
}
export type SheetFile = {
  kind: 'xlsx' | 'xlsb' | 'xls' | 'ods' | 'html' | 'xml' | 'csv'
  sheets: Sheet[]
  /** The file uses raised, lowered or underlined text and its format does not let us see where. */
  flattened: boolean
  /** Days are counted from 1904 (old Excel on a Mac). */
  date1904: boolean
}

/** Letters of a column, from 0: A, B … Z, AA. */
export function columnName(column: number): string {
  let name = ''
  for (let n = column + 1; n > 0; n = Math.floor((n - 1) / 26)) name = String.fromCharCode(65 + ((n - 1) % 26)) + name
  return name
}

/** What is said of a cell that could not be read, in a sentence. */
export const problemWords = (p: CellProblem): string =>
  ({
    error: `Sel ini menampilkan galat ${p.text} dan dikosongkan. Perbaiki rumusnya di berkas asal.`,
    formula: 'Sel ini berisi rumus tanpa hasil. Buka berkas di Excel, simpan, lalu unggah lagi.',
    damaged: `Angka ${p.text} sudah dirusak Excel: digit terakhirnya hilang. Ubah kolom menjadi Teks di berkas asal, lalu isi ulang.`,
    beyond: `Kolom di sebelah kanan kolom ke-200 tidak dibaca: ${p.text}.`,
    quote: 'Tanda petik yang tidak ditutup membuat sel ini menelan baris sesudahnya. Perbaiki tanda petiknya di berkas asal.',
    comment: `Catatan pada sel ini tidak ikut dibaca: “${p.text}”.`,
    drawing: `${p.text} tidak ikut dibaca.`,
    unread: `${p.text} sel di lembar ini tidak terbaca. Buka di Excel, simpan ulang sebagai .xlsx, lalu unggah lagi.`,
  })[p.kind]
