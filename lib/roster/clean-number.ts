import { tidy, type Cleaned } from './clean-text'

/** Identifiers: repairs of what Excel and hands do to them, and doubts about what cannot be repaired. */

/** A number that Excel wrote in powers of ten has lost its last digits. */
const SCIENTIFIC = /^\d[.,]?\d*e\+?\d+$/i

const EMPTY = new Set(['', 'null', 'na', 'n/a', 'nihil', 'kosong', 'none'])
/** How people write that there is none: "belum punya", "dalam proses", "-". */
const ABSENT =
  /^(?:(?:masih |sedang )?(?:belum|tidak|tdk|blm|tak)(?: (?:ada|punya|memiliki|mempunyai|terbit|keluar|dapat|diisi|mendapat))?(?: (?:nuptk|nip|npsn|nomor|no))?|(?:masih |dalam |sedang )?(?:proses|diproses|pengajuan|diajukan|menyusul)(?: .{0,30})?)$/
/** What a spreadsheet shows where a formula found nothing. */
const SHOWN_ERROR = /^#(?:N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NULL!|NUM!|N\/D|BEZUG!|SPILL!|CALC!)$/i

/** Whether a cell says in whichever way that there is nothing. */
export function isAbsent(text: string): boolean {
  const bare = text
    .toLowerCase()
    .replace(/[().,]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
  return EMPTY.has(text.toLowerCase()) || /^[-–—_=.0\s/:]*$/.test(text) || ABSENT.test(bare)
}
export const isShownError = (text: string): boolean => SHOWN_ERROR.test(text)
const errorWords = (name: string, text: string) => `${name} menampilkan galat ${text} dan dikosongkan. Perbaiki rumusnya di berkas asal.`

/** The two numbers of a cell that may hold either of them or both, by how many digits they have; what is neither stays where it is looked at first. */
export function eitherOf(raw: string, first: 'nuptk' | 'nip'): { nuptk: string; nip: string } {
  const out = { nuptk: '', nip: '' }
  for (const part of tidy(raw).split(/[/|,;]|\s-\s| atau /)) {
    const digits = part.replace(/\D/g, '').length
    const field = digits >= 17 || SCIENTIFIC.test(part.trim()) ? 'nip' : digits >= 14 ? 'nuptk' : first
    if (part.trim() && !isAbsent(part)) out[field] = [out[field], part.trim()].filter(Boolean).join(' / ')
  }
  return out
}

/** Whether numbers of sixteen digits end in 0 as a whole column: Excel keeps fifteen digits. By chance three do so once in a thousand. */
export const roundedOff = (numbers: readonly string[]): boolean => numbers.length >= 3 && numbers.every((n) => n.endsWith('0'))

/** Digits as typed: full-width ones made plain; a label before, a group after, marks and spaces dropped. */
function digitsOf(text: string, name: string): string {
  return (
    text
      .normalize('NFKC')
      // ="123" keeps digits in a text file that a spreadsheet opens.
      .replace(/^=\s*"(.*)"$/, '$1')
      .replace(new RegExp(`^(?:no(?:mor)?\\.?\\s*)?${name}\\b\\s*[.:]*\\s*`, 'i'), '')
      .replace(/\s*[/(]\s*(?:pns|cpns|pppk|p3k|asn)\)?\.?$/i, '')
      .replace(/[;,.]+$/, '')
      .replace(/['".\s\-‐-―]/g, '')
  )
}

const broken = (name: string, text: string) =>
  `${name} "${text}" sudah dirusak Excel (angka berpangkat), digit terakhirnya hilang. Ubah kolom menjadi Teks di berkas asal, lalu unduh ulang.`

type Read = { digits: string; text: string } | { absent: true; warning?: string } | { error: string }
function read(raw: string, name: string): Read {
  const text = tidy(raw)
  if (isShownError(text)) return { absent: true, warning: errorWords(name, text) }
  if (isAbsent(text)) return { absent: true }
  if (SCIENTIFIC.test(text)) return { error: broken(name, text) }
  const digits = digitsOf(text, name)
  if (digits === '' || /^0+$/.test(digits)) return { absent: true }
  if (!/^\d+$/.test(digits)) return { error: `${name} "${text}" berisi huruf atau tanda selain angka.` }
  return { digits, text }
}

const repaired = (name: string, digits: string, raw: string): Cleaned<string | null> =>
  digits === raw.trim() ? { value: digits } : { value: digits, repaired: `${name}: spasi, titik, tanda petik, atau tulisan lain dibuang` }

/** NUPTK: sixteen digits; up to two zeros that were lost in front are put back, because NUPTK do begin with zero. */
export function cleanNuptk(raw: string): Cleaned<string | null> {
  const found = read(raw, 'NUPTK')
  if ('error' in found) return { value: null, error: found.error }
  if ('absent' in found) return { value: null, ...(found.warning ? { warning: found.warning } : {}) }
  const { digits, text } = found
  const missing = 16 - digits.length
  if (missing < 0 || missing > 2) return { value: null, error: `NUPTK "${text}" terdiri atas ${digits.length} angka, seharusnya 16.` }
  if (missing > 0) return { value: digits.padStart(16, '0'), repaired: `NUPTK: ${missing} angka nol di depan yang hilang dikembalikan` }
  return repaired('NUPTK', digits, raw)
}

const isDay = (digits: string): boolean => {
  const [y, m, d] = [+digits.slice(0, 4), +digits.slice(4, 6), +digits.slice(6, 8)]
  const day = new Date(Date.UTC(y, m - 1, d))
  return y >= 1930 && y <= 2015 && day.getUTCMonth() === m - 1 && day.getUTCDate() === d
}

/**
 * NIP: eighteen digits that begin with a day of birth and end in a serial number from 001. It begins with 19 or 20, so that no zero can
 * be lost in front; eighteen digits that end in 000 are what Excel leaves of one.
 */
export function cleanNip(raw: string): Cleaned<string | null> {
  const found = read(raw, 'NIP')
  if ('error' in found) return { value: null, error: found.error }
  if ('absent' in found) return { value: null, ...(found.warning ? { warning: found.warning } : {}) }
  const { digits, text } = found
  if (digits.length === 9 && /^[1-9]/.test(digits))
    return { value: null, warning: `NIP "${text}" adalah NIP lama (9 angka) dan dikosongkan. Isi NIP baru yang 18 angka.` }
  if (digits.length !== 18) {
    const lost = digits.length === 17 ? ' Satu angka hilang dan tidak dapat ditebak.' : ''
    return { value: null, error: `NIP "${text}" terdiri atas ${digits.length} angka, seharusnya 18.${lost}` }
  }
  if (digits.endsWith('000'))
    return {
      value: null,
      doubt: `NIP "${text}" berakhiran 000: tiga digit terakhirnya kemungkinan dihapus Excel, karena nomor urut NIP mulai dari 001. NIP dikosongkan. Ubah kolom menjadi Teks di berkas asal, lalu isi ulang.`,
    }
  if (!isDay(digits)) return { value: null, error: `NIP "${text}" tidak diawali tanggal lahir yang ada (tahun, bulan, hari).` }
  return repaired('NIP', digits, raw)
}

/** NPSN is eight characters; newer non-formal units carry a letter, so it stays text. */
export function cleanNpsn(raw: string): Cleaned<string | null> {
  const shown = tidy(raw)
  if (isShownError(shown)) return { value: null, warning: errorWords('NPSN', shown) }
  if (isAbsent(shown)) return { value: null }
  const text = digitsOf(shown, 'NPSN').toUpperCase()
  if (SCIENTIFIC.test(shown))
    return { value: null, error: `NPSN "${raw.trim()}" sudah dirusak Excel. Ubah kolom menjadi Teks di berkas asal.` }
  if (/^\d{7}$/.test(text)) return { value: text.padStart(8, '0'), repaired: 'NPSN: angka nol di depan yang hilang dikembalikan' }
  if (!/^[0-9A-Z]{8}$/.test(text)) return { value: null, error: `NPSN "${raw.trim()}" seharusnya delapan karakter.` }
  return repaired('NPSN', text, raw)
}

/** Whether sixteen digits are a NIK of somebody born on that day: NIK are not to be kept. */
export function looksLikeNik(digits: string, birthDate: string | null): boolean {
  if (!birthDate || !/^\d{16}$/.test(digits) || !/^(?:1[1-9]|21|3[1-6]|5[1-3]|6[1-5]|7[1-6]|8[12]|9[1-7])/.test(digits)) return false
  const [y, m, d] = birthDate.split('-') as [string, string, string]
  const day = digits.slice(6, 8)
  return digits.slice(8, 12) === m + y.slice(2) && (day === d || Number(day) === Number(d) + 40)
}

/** Notes on an NIP that contradicts the rest of the row: said, never a reason to refuse. */
export function nipContradictions(nip: string, birthDate: string | null, sex: 'L' | 'P' | null): string[] {
  const notes: string[] = []
  if (birthDate && nip.slice(0, 8) !== birthDate.replaceAll('-', ''))
    notes.push(`NIP diawali ${nip.slice(0, 8)}, tidak sama dengan tanggal lahir ${birthDate}.`)
  if (!/[12]/.test(nip[14] ?? '')) notes.push(`Angka jenis kelamin dalam NIP adalah ${nip[14]}, seharusnya 1 atau 2.`)
  else if (sex && ((nip[14] === '1' && sex === 'P') || (nip[14] === '2' && sex === 'L')))
    notes.push('Angka jenis kelamin dalam NIP tidak sama dengan kolom jenis kelamin.')
  return notes
}
