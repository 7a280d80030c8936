import { isAbsent } from './clean-number'
import { cleanDate, cleanSex } from './clean'
import { loose, tidy } from './clean-text'
import { NUMBERING, templateExample, type Field } from './columns'
import type { HeaderMatch } from './header'
import type { SkippedRow } from './model'

/** Which rows below a header are teachers, and what the others are. Nothing is passed over without its reason. */

const TOTAL =
  /^(?:(?:grand|sub)\s*)?(?:jumlah|total|jml|rekap(?:itulasi)?|rata[- ]rata|ikhtisar|laki[- ]laki|perempuan|pria|wanita)\b|^(?:l|p|lk|pr|pns|pppk|honorer?|gty|gtt)\s*[:=]/i
const SIGNATURE =
  /^(?:mengetahui|menyetujui|mengesahkan|disahkan|diketahui|ditetapkan|dibuat|dicetak|diunduh|an\.|a\.n\.|plt\.?|plh\.?|kepala\s+(?=\p{L})|kasi\b|ketua\b|operator\b|pengawas\b|wakil kepala|waka\b|bendahara\b|sekretaris\b|penanggung ?jawab|yang membuat|hormat kami|ttd\b|nip\s*[.:]|nip\.?\s*\d|nrks|nuks|pembina\b|penata\b|keterangan\b|ket\.|catatan\b|nb\s*[:.]|\*+\)?\s*\p{L}|sumber\s*:|cap\b|stempel)/iu
/** "Metro, 12 Agustus 2025" under a table. */
const PLACE_AND_DAY = /^[\p{L}. ]{3,40},\s*(?:\.{2,}|\d{1,2}\s+\p{L}+\s+\d{4}|\d{1,2}[-/. ]\d{1,2}[-/. ]\d{2,4}|\p{L}+\s+\d{4}|_+)/u

/** What heads a part of a list. */
const GROUP =
  /^(?:(?:daftar )?(?:guru|ptk|gtk|tendik|tenaga kependidikan|pegawai)\s+)?(?:asn|pns|cpns|pppk|p3k|gty|gtt|gtty|ptt|honor(?:er)?|non[- ]?asn|tetap|tidak tetap|mapel|kelas)(?:\s|$|[:/(])/i

export type Sorted = { teachers: number[]; skipped: SkippedRow[] }

const long = (text: string) => /\d{7}/.test(text.replace(/[\s.'’-]/g, '')) || /\de\+?\d/i.test(text)

/** Sorts the rows of a sheet. `rows` stand as in the file; what is returned counts rows from 1, as people do. */
export function sortRows(sheet: string, rows: string[][], header: HeaderMatch, from = 0, to = rows.length): Sorted {
  const teachers: number[] = []
  const skipped: SkippedRow[] = []
  const first = header.row - header.height + 1
  const skip = (r: number, kind: SkippedRow['kind']) => {
    const text = rows[r]!.map(tidy).filter(Boolean).join(' · ')
    if (text) skipped.push({ sheet, row: r + 1, kind, text: text.slice(0, 200) })
  }
  const headerKeys = header.headers.map(loose)
  const numbering = headerKeys.findIndex((h) => NUMBERING.test(h))
  // Columns that tell of the work of a person: "Kepala Sekolah" there is no signature.
  const offices = new Set(header.headers.flatMap((h, c) => (/jabatan|tugas|jenis|peran|posisi|ket/i.test(h) ? [c] : [])))
  let ended = false
  let last = 0
  rows.forEach((cells, r) => {
    const filled = cells.map((c) => tidy(c))
    const some = filled.filter(Boolean)
    if (some.length === 0 || r < from || r >= to) return
    if (r < first) return skip(r, 'title')
    if (r <= header.row) return skip(r, 'header')
    const at = (field: Field) => filled[header.columns.get(field) ?? -1] ?? ''
    // A page break repeats the header; a row of 1, 2, 3 numbers the columns.
    const same = filled.filter((c, i) => c && loose(c) === headerKeys[i]).length
    if (same >= 3 && same >= some.length - 1) return skip(r, 'header')
    if (
      some.length >= 3 &&
      some.every((c, i) => /^\(?\d{1,2}\)?$/.test(c) && (i === 0 || Number(c.replace(/\D/g, '')) > Number(some[i - 1]!.replace(/\D/g, ''))))
    )
      return skip(r, 'numbers')
    if (at('name') === templateExample.name && at('nuptk') === templateExample.nuptk) return skip(r, 'example')

    const identified = long(at('nuptk')) || long(at('nip'))
    // Who goes on with the numbering of the list stands in the list.
    const number = numbering >= 0 && /^\d{1,5}[.)]?$/.test(filled[numbering] ?? '') ? parseInt(filled[numbering]!, 10) : null
    const listed = number !== null && (number === last + 1 || (number === 1 && !ended)) && /\p{L}{2}/u.test(at('name'))
    if (number !== null) last = number
    const born = cleanDate(at('birthDate'), null).value !== null
    // What tells of a person beside the name and the numbers.
    const told = (['sex', 'birthDate', 'status', 'subject', 'npsn', 'school', 'email', 'phone'] as const).filter((f) => {
      const text = at(f)
      return f === 'sex' ? cleanSex(text).value : f === 'birthDate' ? /\d/.test(text) : text && !isAbsent(text)
    }).length
    if (!identified && !(listed && !TOTAL.test(at('name')) && !GROUP.test(at('name')))) {
      const named = /\p{L}{2}/u.test(at('name'))
      const words = filled.filter(
        (c, i) => c && !/^\d{1,4}[.)]?$/.test(c) && !(named && offices.has(i)) && !(born && i === header.columns.get('birthDate')),
      )
      const lead = words[0] ?? ''
      if (TOTAL.test(lead) && told < 2) return skip(r, 'total')
      if (told < 2 && words.some((c) => SIGNATURE.test(c) || PLACE_AND_DAY.test(c))) {
        ended = true
        return skip(r, 'signature')
      }
      if (!at('name')) return skip(r, ended ? 'signature' : TOTAL.test(lead) ? 'total' : 'note')
      if (ended && told < 2) return skip(r, 'signature')
      // A lone text over or between teachers: a group, a school, a remark.
      if (some.length === 1 && header.columns.size >= 3) return skip(r, 'note')
      // "A · GURU PNS" over a part of the list.
      if (told === 0 && (GROUP.test(at('name')) || some.every((c) => c === at('name') || /^[A-Z]{1,4}[.)]?$/.test(c))))
        return skip(r, 'note')
      if (!/\p{L}{2}/u.test(at('name')) && told === 0) return skip(r, ended ? 'signature' : 'note')
    } else ended = false
    teachers.push(r)
  })
  return { teachers, skipped }
}
