import { isAbsent, isShownError } from './clean-number'
import { tidy, type Cleaned } from './clean-text'

/** Spellings of months, old and new, Indonesian and English, by how they begin. */
const MONTHS: [RegExp, number][] = [
  [/^jan/, 1],
  [/^[fp]eb/, 2],
  [/^mar/, 3],
  [/^apr/, 4],
  [/^(m[ae]i|m[ae]y)/, 5],
  [/^jun/, 6],
  [/^jul/, 7],
  [/^(ag|aug)/, 8],
  [/^sep/, 9],
  [/^(okt|oct)/, 10],
  [/^no[vp]/, 11],
  [/^d[ei][sc]/, 12],
]
const monthOf = (word: string): number | null => MONTHS.find(([pattern]) => pattern.test(word.toLowerCase()))?.[1] ?? null

const iso = (y: number, m: number, d: number): string | null => {
  const date = new Date(Date.UTC(y, m - 1, d))
  const real = date.getUTCFullYear() === y && date.getUTCMonth() === m - 1 && date.getUTCDate() === d
  return real ? `${String(y).padStart(4, '0')}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}` : null
}
/** Of two digits: nobody who teaches was born before 1930 or after 2010. */
const century = (digits: string): number => (digits.length === 4 ? +digits : +digits > 10 ? 1900 + +digits : 2000 + +digits)

/** A midnight of ours that a program wrote in universal time is still the evening before there. */
const inLampung = (text: string): string => {
  const moment = /^\d{4}-\d{2}-\d{2}T(?:15|16|17):00(?::00(?:\.0+)?)?(?:Z|\+00:?00)$/.test(text) ? Date.parse(text) : NaN
  return Number.isNaN(moment) ? text : new Date(moment + 9 * 3_600_000).toISOString().slice(0, 10)
}

type Options = { date1904?: boolean }

/**
 * A birth date as ISO text. Dapodik writes yyyy-mm-dd, people dd/mm/yyyy or words, with the place before it, an American Excel
 * mm/dd/yyyy, and a lost cell format leaves Excel's day number. The NIP, which begins with the birth date, decides where both readings
 * are possible.
 */
export function cleanDate(raw: string, nip: string | null, { date1904 = false }: Options = {}): Cleaned<string | null> {
  const text = tidy(raw).replace(/^'/, '')
  if (isShownError(text)) return { value: null, warning: `Tanggal lahir menampilkan galat ${text} dan dikosongkan.` }
  if (isAbsent(text)) return { value: null }
  const said = (value: string | null, repaired?: string): Cleaned<string | null> => {
    if (!value) return { value: null, warning: `Tanggal lahir "${text}" tidak dikenal dan dikosongkan.` }
    const year = Number(value.slice(0, 4))
    if (year < 1930 || year > 2010)
      return { value: null, warning: `Tanggal lahir "${text}" di luar rentang yang masuk akal dan dikosongkan.` }
    return { value, ...(repaired ? { repaired } : {}) }
  }
  // "Metro, 12 Agustus 1985" and "Senin, 12 Agustus 1985": what stands before the last comma is no date.
  const bare = inLampung(text)
    .replace(/^[^\d]*[,:/;]\s*(?=\d)/, '')
    .replace(/^(?!\p{L}{3,9} \d{1,2},? \d{4}$)[^\d]+ (?=\d)/u, '')
    .replace(/\s*([-/.])\s*/g, '$1')
    .replace(/(?:[ T]\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:[.,]\d+)?Z?)$/, '')
  const year = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(bare)
  if (year) return said(iso(+year[1]!, +year[2]!, +year[3]!))
  const words = /^(\d{1,2})[ \-/.]+([a-z]+)[ \-/.,]+'?(\d{4}|\d{2})$/i.exec(bare)
  const american = /^([a-z]+)[ \-/.]+(\d{1,2}),? +(\d{4})$/i.exec(bare)
  if (words || american) {
    const [day, word, y] = words ? [words[1]!, words[2]!, words[3]!] : [american![2]!, american![1]!, american![3]!]
    const month = monthOf(word)
    return said(month === null ? null : iso(century(y), month, +day))
  }
  const serial = /^(\d{5})(?:[.,]\d+)?$/.exec(bare)
  if (serial) {
    const date = new Date(Date.UTC(1899, 11, 30) + (Number(serial[1]) + (date1904 ? 1462 : 0)) * 86_400_000)
    return said(date.toISOString().slice(0, 10), 'Tanggal lahir: nomor hari Excel dijadikan tanggal')
  }
  const run = /^(\d{8})$/.exec(bare)?.[1]
  if (run) {
    const yearFirst = /^(19[3-9]|20[01])/.test(run) ? iso(+run.slice(0, 4), +run.slice(4, 6), +run.slice(6)) : null
    return said(yearFirst ?? iso(+run.slice(4), +run.slice(2, 4), +run.slice(0, 2)), `Tanggal lahir "${text}" ditulis tanpa pemisah`)
  }
  const parts = /^(\d{1,2})[-/. ](\d{1,2})[-/. ]'?(\d{4}|\d{2})$/.exec(bare)
  if (!parts) return said(null)
  const [a, b, y] = [+parts[1]!, +parts[2]!, century(parts[3]!)]
  if (a === 0 && b === 0) return { value: null }
  const dayFirst = iso(y, b, a)
  const monthFirst = iso(y, a, b)
  const born = nip && /^\d{8}/.test(nip) ? iso(+nip.slice(0, 4), +nip.slice(4, 6), +nip.slice(6, 8)) : null
  if (!dayFirst && monthFirst) return said(monthFirst, `Tanggal lahir "${text}" ditulis bulan/hari; dibaca ${monthFirst}`)
  if (dayFirst && monthFirst && dayFirst !== monthFirst && born === monthFirst)
    return said(monthFirst, `Tanggal lahir "${text}" dibaca bulan/hari karena cocok dengan NIP`)
  return said(dayFirst)
}
