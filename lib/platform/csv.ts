import { stringify } from 'csv-stringify/sync'

/** A number as we write numbers: digits, a decimal comma or point, a minus. */
const NUMBER = /^-?\d+(?:[.,]\d+)?$/

/**
 * Rows as a file for spreadsheets and statistics: semicolons, UTF-8 with BOM, lines ended as Windows does. Text that a spreadsheet would
 * take for a formula gets an apostrophe before it; a number is a number, also below zero. Rows are lists of cells, or records whose
 * keys become the header.
 */
export function writeCsv(rows: readonly (readonly string[])[] | readonly Readonly<Record<string, string>>[]): string {
  const records = !Array.isArray(rows[0])
  return stringify([...rows], {
    header: records,
    bom: true,
    delimiter: ';',
    escape_formulas: true,
    record_delimiter: 'windows',
    cast: { string: (text) => (NUMBER.test(text) ? { value: text, escape_formulas: false } : text) },
  })
}
