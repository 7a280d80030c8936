import * as XLSX from '@e965/xlsx'

/** What one cell of a workbook shows to a person who reads Indonesian. */

/** A cell as the reader of workbooks gives it. */
export type RawCell = {
  t?: string
  v?: unknown
  w?: string
  z?: string | number
  f?: string
  /** Remarks that hang on the cell. */
  c?: { t?: string }[]
  /** Its ground. */
  s?: { patternType?: string; fgColor?: { rgb?: string; theme?: number; indexed?: number } }
}
/** `iso`: a date is told as yyyy-mm-dd, for rows that are data; `shown`: as the file shows it, for texts that people read. */
export type DateForm = 'iso' | 'shown'
export type Told = { text: string; problem?: 'error' | 'formula' | 'damaged' }

const MONTHS: Record<string, string> = {
  January: 'Januari',
  February: 'Februari',
  March: 'Maret',
  April: 'April',
  May: 'Mei',
  June: 'Juni',
  July: 'Juli',
  August: 'Agustus',
  September: 'September',
  October: 'Oktober',
  November: 'November',
  December: 'Desember',
  Aug: 'Agu',
  Oct: 'Okt',
  Dec: 'Des',
  Sunday: 'Minggu',
  Monday: 'Senin',
  Tuesday: 'Selasa',
  Wednesday: 'Rabu',
  Thursday: 'Kamis',
  Friday: 'Jumat',
  Saturday: 'Sabtu',
  Sun: 'Min',
  Mon: 'Sen',
  Tue: 'Sel',
  Wed: 'Rab',
  Thu: 'Kam',
  Fri: 'Jum',
  Sat: 'Sab',
}
const indonesian = (words: string) => words.replace(/[A-Za-z]+/g, (word) => MONTHS[word] ?? word)
/** 1,500.25 as 1.500,25. */
const separators = (figure: string) => figure.replace(/\d[\d.,]*/g, (n) => n.replace(/[.,]/g, (sign) => (sign === '.' ? ',' : '.')))

/**
 * Excel keeps fifteen digits and fills up with zeros: a longer number that ends in 0, or that no computer number holds exactly, has
 * lost its end; one that does not was written by another program and is whole.
 */
export const isDamaged = (value: number): boolean => Math.abs(value) >= 1e15 && !(Number.isSafeInteger(value) && value % 10 !== 0)
const power = (value: number) => value.toExponential(5).replace('.', ',').replace('e', 'E')

function plain(value: number): string {
  if (Number.isInteger(value)) return String(value)
  return String(Number(value.toPrecision(11))).replace('.', ',')
}

function told(code: { y: number; m: number; d: number }): string {
  return `${String(code.y).padStart(4, '0')}-${String(code.m).padStart(2, '0')}-${String(code.d).padStart(2, '0')}`
}

function dated(value: number, format: string, form: DateForm, date1904: boolean): string {
  const day = XLSX.SSF.parse_date_code(value, { date1904 }) as { y: number; m: number; d: number; H: number; M: number } | null
  if (!day) return plain(value)
  const hasDay = /[dy]/i.test(format.replace(/"[^"]*"|\\.|\[[^\]]*\]/g, ''))
  if (form === 'iso' && hasDay) return told(day)
  // The short date of the system: month first for Americans, day first here.
  if (/^m\/d\/yy(yy)?$/i.test(format)) return `${String(day.d).padStart(2, '0')}/${String(day.m).padStart(2, '0')}/${day.y}`
  // So is its time: 07.30 here.
  const shown = indonesian(XLSX.SSF.format(/^h:mm/.test(format) ? `h${format}` : format, value, { date1904 }))
  return hasDay ? shown : shown.replace(/(\d):(?=\d)/g, '$1.')
}

/** The number with the format of its cell. `shown` stands for what the file itself says it shows, where it says so. */
export function numberText(value: number, format: string, form: DateForm, date1904: boolean, shown?: string): Told {
  if (!Number.isFinite(value)) return { text: '', problem: 'error' }
  const general = !format || format === 'General' || format === '@'
  if (!general && XLSX.SSF.is_date(format)) {
    if (shown !== undefined && form === 'shown') return { text: shown }
    return { text: dated(value, format, form, date1904) }
  }
  if (isDamaged(value)) return { text: power(value), problem: 'damaged' }
  // A whole number that stands in powers of ten is whole underneath.
  if (general || (form === 'iso' && Number.isInteger(value) && /e[+-]/i.test(format))) return { text: plain(value) }
  if (shown !== undefined) return { text: shown }
  try {
    return { text: separators(XLSX.SSF.format(format, value)).trim() }
  } catch {
    return { text: plain(value) }
  }
}

/** The words of the remarks on a cell, in one line. */
export const remarkOf = (remarks: NonNullable<RawCell['c']>): string =>
  remarks
    .map((r) => String(r.t ?? ''))
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 200)

/** Whether a cell stands on a ground of a colour. */
export const isFilled = (style: RawCell['s']): boolean => {
  if (!style?.patternType || style.patternType === 'none' || style.patternType === 'gray125') return false
  const rgb = style.fgColor?.rgb
  return rgb !== undefined ? !/^(?:\w\w)?FFFFFF$/i.test(rgb) : style.fgColor?.theme !== undefined
}

/** What a cell shows; null for one that holds nothing. `ownWords`: the file itself tells what its cells show. */
export function cellText(cell: RawCell, form: DateForm, date1904: boolean, ownWords: boolean): Told | null {
  switch (cell.t) {
    case 'z':
      return cell.f ? { text: '', problem: 'formula' } : null
    case 'e':
      return { text: cell.w ?? '#N/A', problem: 'error' }
    case 'n':
      return numberText(Number(cell.v), String(cell.z ?? ''), form, date1904, ownWords && cell.w !== String(cell.v) ? cell.w : undefined)
    case 'b':
      return { text: cell.v ? 'TRUE' : 'FALSE' }
    default: {
      const text = String(cell.v ?? '').replace(/\r\n?/g, '\n')
      return text === '' ? null : { text }
    }
  }
}
