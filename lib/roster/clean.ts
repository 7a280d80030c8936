import { isAbsent, isShownError } from './clean-number'
import { tidy, type Cleaned } from './clean-text'

/** Repairs of what Excel and hands do to cells. Pure; each says in words what it changed. */
export { tidy, loose, type Cleaned } from './clean-text'
export { cleanNip, cleanNpsn, cleanNuptk, eitherOf, isAbsent, looksLikeNik, nipContradictions, roundedOff } from './clean-number'
export { cleanDate } from './clean-date'
export { cleanName } from './clean-name'

const shownError = (name: string, text: string) => ({ value: null, warning: `${name} menampilkan galat ${text} dan dikosongkan.` })

export function cleanSex(raw: string): Cleaned<'L' | 'P' | null> {
  const text = tidy(raw)
    .toLowerCase()
    .replace(/\./g, '')
    .replace(/\s*-\s*/g, '-')
  if (isShownError(text)) return shownError('Jenis kelamin', tidy(raw))
  if (isAbsent(text)) return { value: null }
  if (['l', 'lk', 'laki-laki', 'laki laki', 'lelaki', 'laki', 'pria', 'male', 'm'].includes(text)) return { value: 'L' }
  if (['p', 'pr', 'perempuan', 'wanita', 'female', 'f', 'w'].includes(text)) return { value: 'P' }
  return { value: null, warning: `Jenis kelamin "${raw.trim()}" tidak dikenal dan dikosongkan.` }
}

export function cleanEmail(raw: string): Cleaned<string | null> {
  const text = tidy(raw)
    .toLowerCase()
    .replace(/\s/g, '')
    .replace(/^mailto:/, '')
  if (isAbsent(tidy(raw))) return { value: null }
  return /^[^@\s]+@[^@\s]+\.[a-z]{2,}$/.test(text)
    ? { value: text }
    : { value: null, warning: `Surel "${raw.trim()}" tidak lengkap dan dikosongkan.` }
}

/** A mobile number as 08…; +62 and a lost leading zero are put right. */
export function cleanPhone(raw: string): Cleaned<string | null> {
  const text = tidy(raw)
  if (isAbsent(text)) return { value: null }
  const digits = text.replace(/[^\d]/g, '')
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
  [/(honor|gtt|ptt|(?:non|bukan|tidak)[\s-]*(?:asn|pns)|kontrak|bantu)/, 'Honor'],
]

export function cleanStatus(raw: string): Cleaned<string | null> {
  const text = tidy(raw).toLowerCase()
  if (isAbsent(text)) return { value: null }
  const found = STATUSES.find(([pattern]) => pattern.test(text))
  return found ? { value: found[1] } : { value: null, warning: `Status kepegawaian "${raw.trim()}" tidak dikenal dan dikosongkan.` }
}
