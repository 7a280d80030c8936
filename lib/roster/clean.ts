/** Repairs of what Excel and hands do to cells. Pure; each says in words what it changed. */

export type Cleaned<T> = { value: T; repaired?: string; warning?: string; error?: string }

const INVISIBLE = /[\u200B-\u200F\u202A-\u202E\u2060\uFEFF\u00AD]/g
const SPACES = /[\u00A0\u2000-\u200A\u202F\u3000\t]/g

/** Drops what cannot be seen, folds spaces, straightens quotes. */
export function tidy(raw: string): string {
  return raw
    .replace(INVISIBLE, '')
    .replace(SPACES, ' ')
    .replace(/[‘’‛ʼ`´]/g, "'")
    .replace(/[“”„]/g, '"')
    .replace(/\s+/g, ' ')
    .trim()
}

/** A number that Excel wrote in powers of ten has lost its last digits. */
const SCIENTIFIC = /^\d[.,]?\d*e\+?\d+$/i

const EMPTY = new Set(['', '-', '--', '0', 'n/a', 'na', 'null', 'tidak ada', 'belum ada'])

/** Digits of an identifier: text marks, spaces and dots dropped, lost leading zeros put back where the length is fixed. */
export function cleanIdentifier(raw: string, name: string, length: number): Cleaned<string | null> {
  const text = tidy(raw)
  if (EMPTY.has(text.toLowerCase())) return { value: null }
  if (SCIENTIFIC.test(text)) {
    return {
      value: null,
      error: `${name} "${text}" sudah dirusak Excel (angka berpangkat), digit terakhirnya hilang. Ubah kolom menjadi Teks di berkas asal, lalu unduh ulang.`,
    }
  }
  const digits = text.replace(/['".\s-]/g, '')
  if (!/^\d+$/.test(digits)) return { value: null, error: `${name} "${text}" berisi huruf atau tanda selain angka.` }
  const notes: string[] = []
  if (digits !== raw.trim()) notes.push('spasi, titik, atau tanda petik dibuang')
  if (digits.length > length) return { value: null, error: `${name} "${text}" terdiri atas ${digits.length} angka, seharusnya ${length}.` }
  if (digits.length < length) {
    const missing = length - digits.length
    if (missing > 2) return { value: null, error: `${name} "${text}" terdiri atas ${digits.length} angka, seharusnya ${length}.` }
    return { value: digits.padStart(length, '0'), repaired: `${name}: ${missing} angka nol di depan yang hilang dikembalikan` }
  }
  return { value: digits, ...(notes.length ? { repaired: `${name}: ${notes.join('; ')}` } : {}) }
}

/** NPSN is eight characters; newer non-formal units carry a letter, so it stays text. */
export function cleanNpsn(raw: string): Cleaned<string | null> {
  const text = tidy(raw)
    .replace(/['".\s-]/g, '')
    .toUpperCase()
  if (EMPTY.has(text.toLowerCase())) return { value: null }
  if (SCIENTIFIC.test(text))
    return { value: null, error: `NPSN "${raw.trim()}" sudah dirusak Excel. Ubah kolom menjadi Teks di berkas asal.` }
  if (/^\d{7}$/.test(text)) return { value: text.padStart(8, '0'), repaired: 'NPSN: angka nol di depan yang hilang dikembalikan' }
  if (!/^[0-9A-Z]{8}$/.test(text)) return { value: null, error: `NPSN "${raw.trim()}" seharusnya delapan karakter.` }
  return text === raw.trim() ? { value: text } : { value: text, repaired: 'NPSN: spasi atau tanda petik dibuang' }
}

const MONTHS = ['januari', 'februari', 'maret', 'april', 'mei', 'juni', 'juli', 'agustus', 'september', 'oktober', 'november', 'desember']

const iso = (y: number, m: number, d: number): string | null => {
  const date = new Date(Date.UTC(y, m - 1, d))
  const real = date.getUTCFullYear() === y && date.getUTCMonth() === m - 1 && date.getUTCDate() === d
  return real ? `${y}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}` : null
}

/**
 * A birth date as ISO text. Dapodik writes yyyy-mm-dd, people dd/mm/yyyy, an American Excel mm/dd/yyyy, and a lost cell
 * format leaves Excel's day number. The NIP, which begins with the birth date, decides where both readings are possible.
 */
export function cleanDate(raw: string, nip: string | null): Cleaned<string | null> {
  const text = tidy(raw).replace(/^'/, '')
  if (EMPTY.has(text.toLowerCase())) return { value: null }
  const said = (value: string | null, repaired?: string): Cleaned<string | null> => {
    if (!value) return { value: null, warning: `Tanggal lahir "${text}" tidak dikenal dan dikosongkan.` }
    const year = Number(value.slice(0, 4))
    if (year < 1930 || year > 2010)
      return { value: null, warning: `Tanggal lahir "${text}" di luar rentang yang masuk akal dan dikosongkan.` }
    return { value, ...(repaired ? { repaired } : {}) }
  }
  const year = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T].*)?$/.exec(text)
  if (year) return said(iso(+year[1]!, +year[2]!, +year[3]!))
  const words = /^(\d{1,2})[ -]([a-z]+)[ -](\d{4})$/i.exec(text)
  if (words) {
    const month = MONTHS.findIndex((m) => m.startsWith(words[2]!.toLowerCase().slice(0, 3)))
    return said(month < 0 ? null : iso(+words[3]!, month + 1, +words[1]!))
  }
  if (/^\d{5}$/.test(text)) {
    const date = new Date(Date.UTC(1899, 11, 30) + Number(text) * 86_400_000)
    return said(date.toISOString().slice(0, 10), 'Tanggal lahir: nomor hari Excel dijadikan tanggal')
  }
  const parts = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?: .*)?$/.exec(text)
  if (!parts) return said(null)
  const [a, b, y] = [+parts[1]!, +parts[2]!, +parts[3]!]
  const dayFirst = iso(y, b, a)
  const monthFirst = iso(y, a, b)
  const born = nip && /^\d{8}/.test(nip) ? iso(+nip.slice(0, 4), +nip.slice(4, 6), +nip.slice(6, 8)) : null
  if (!dayFirst && monthFirst) return said(monthFirst, `Tanggal lahir "${text}" ditulis bulan/hari; dibaca ${monthFirst}`)
  if (dayFirst && monthFirst && dayFirst !== monthFirst && born === monthFirst)
    return said(monthFirst, `Tanggal lahir "${text}" dibaca bulan/hari karena cocok dengan NIP`)
  return said(dayFirst)
}

export function cleanSex(raw: string): Cleaned<'L' | 'P' | null> {
  const text = tidy(raw).toLowerCase().replace(/\./g, '')
  if (text === '') return { value: null }
  if (['l', 'lk', 'laki-laki', 'laki laki', 'pria', 'male', 'm'].includes(text)) return { value: 'L' }
  if (['p', 'pr', 'perempuan', 'wanita', 'female', 'f', 'w'].includes(text)) return { value: 'P' }
  return { value: null, warning: `Jenis kelamin "${raw.trim()}" tidak dikenal dan dikosongkan.` }
}

const TITLE =
  /,?\s*\b(S\.?\s?(Pd|Si|Sos|Kom|Ag|E|H|T|P|Psi|Hum|S|Or)(\.?\s?[IK])?|M\.?\s?(Pd|Si|Sos|Kom|Ag|M|T|Hum|Psi)(\.?\s?[IK])?|Gr|Dr|Drs|Dra|Ir|H|Hj|A\.?Md)\b\.?/g

/** The name without degrees (Dapodik stores none; other files do) and the degrees apart. Capitals of the file are kept. */
export function cleanName(raw: string): Cleaned<string> & { title: string | null } {
  const text = tidy(raw).replace(/^'/, '')
  if (!text) return { value: '', title: null, error: 'Nama kosong.' }
  if (text.length > 100) return { value: '', title: null, error: 'Nama lebih panjang dari seratus huruf.' }
  if (!/\p{L}{2}/u.test(text)) return { value: '', title: null, error: `Nama "${text}" tidak memuat huruf.` }
  const [head, ...tail] = text.split(',')
  const front = /^(?:(?:Drs?|Dra|Ir|Hj?|Prof)\.?\s+)+/.exec(head!)?.[0] ?? ''
  const behind = tail.join(',').trim()
  const degrees = behind && behind.replace(TITLE, '').replace(/[\s,.]/g, '') === '' ? behind : ''
  const name = degrees || !behind ? head!.slice(front.length).trim() : text.slice(front.length).trim()
  const title = [front.trim(), degrees].filter(Boolean).join(' … ') || null
  const changed = name !== raw
  return {
    value: name,
    title,
    ...(changed ? { repaired: title ? `Nama: gelar "${title}" dipisahkan` : 'Nama: spasi atau tanda yang tidak terlihat dibuang' } : {}),
  }
}

export function cleanEmail(raw: string): Cleaned<string | null> {
  const text = tidy(raw)
    .toLowerCase()
    .replace(/\s/g, '')
    .replace(/^mailto:/, '')
  if (EMPTY.has(text)) return { value: null }
  return /^[^@\s]+@[^@\s]+\.[a-z]{2,}$/.test(text)
    ? { value: text }
    : { value: null, warning: `Surel "${raw.trim()}" tidak lengkap dan dikosongkan.` }
}

/** A mobile number as 08…; +62 and a lost leading zero are put right. */
export function cleanPhone(raw: string): Cleaned<string | null> {
  const text = tidy(raw)
  const digits = text.replace(/[^\d]/g, '')
  if (!digits || /^0+$/.test(digits)) return { value: null }
  const local = digits.startsWith('62') ? `0${digits.slice(2)}` : digits.startsWith('8') ? `0${digits}` : digits
  if (!/^0\d{8,13}$/.test(local)) return { value: null, warning: `Nomor HP "${text}" tidak lengkap dan dikosongkan.` }
  return local === text ? { value: local } : { value: local, repaired: 'HP: ditulis dalam bentuk 08…' }
}

const STATUSES: [RegExp, string][] = [
  [/^pppk.*paruh/, 'PPPK Paruh Waktu'],
  [/^(pppk|p3k)/, 'PPPK'],
  [/^cpns/, 'CPNS'],
  [/^pns/, 'PNS'],
  [/(gty|pty|yayasan|gtty)/, 'GTY'],
  [/(honor|gtt|ptt|non asn|kontrak|bantu)/, 'Honor'],
]

export function cleanStatus(raw: string): Cleaned<string | null> {
  const text = tidy(raw).toLowerCase()
  if (EMPTY.has(text)) return { value: null }
  const found = STATUSES.find(([pattern]) => pattern.test(text))
  return found ? { value: found[1] } : { value: null, warning: `Status kepegawaian "${raw.trim()}" tidak dikenal dan dikosongkan.` }
}

/** Letters and digits only, lower case: how headers, subjects and regions are compared. */
export const loose = (text: string): string =>
  tidy(text)
    .toLowerCase()
    .replace(/&/g, 'dan')
    .replace(/[^\p{L}\d]/gu, '')

/** Notes on an NIP that contradicts the rest of the row: said, never a reason to refuse. */
export function nipContradictions(nip: string, birthDate: string | null, sex: 'L' | 'P' | null): string[] {
  const notes: string[] = []
  if (birthDate && nip.slice(0, 8) !== birthDate.replaceAll('-', ''))
    notes.push(`NIP diawali ${nip.slice(0, 8)}, tidak sama dengan tanggal lahir ${birthDate}.`)
  if (sex && ((nip[14] === '1' && sex === 'P') || (nip[14] === '2' && sex === 'L')))
    notes.push('Angka jenis kelamin dalam NIP tidak sama dengan kolom jenis kelamin.')
  return notes
}
