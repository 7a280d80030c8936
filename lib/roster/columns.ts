import { loose, tidy } from './clean-text'
import type { Merge } from '@/lib/platform/sheet-model'

/** The columns we need, and how files name them. Everything else is dropped unread. */
export const fieldNames = {
  name: 'Nama',
  nuptk: 'NUPTK',
  nip: 'NIP',
  sex: 'JK',
  birthDate: 'Tanggal Lahir',
  status: 'Status Kepegawaian',
  role: 'Jenis PTK',
  email: 'Email',
  phone: 'HP',
  subject: 'Mata Pelajaran',
  npsn: 'NPSN',
  school: 'Nama Sekolah',
  level: 'Jenjang',
  region: 'Kabupaten/Kota',
} as const
export type Field = keyof typeof fieldNames
export const isField = (text: string): text is Field => Object.hasOwn(fieldNames, text)

const words = (text: string) => text.split(' ')
const spellings: Record<Field, Set<string>> = {
  name: new Set(
    words(
      'nama namalengkap namaguru namaptk namapendidik namapegawai namapeserta namalengkapgelar namadangelar namalengkapdangelar namalengkapdengangelar namalengkaptanpagelar namatanpagelar namagurumapel namagurudangelar namagurumatapelajaran namapendidikdantenagakependidikan namapendidikdantendik namapesertadidik namakaryawan namatenagapendidik namagtk namalengkapguru namapengajar',
    ),
  ),
  nuptk: new Set(words('nuptk nonuptk nomornuptk nuptkpegid nuptkpegawai')),
  nip: new Set(words('nip nonip nomornip nipbaru nomorindukpegawai nippppk nippnspppk nipnippppk nippegawai')),
  sex: new Set(words('jk jeniskelamin lp kelamin gender lkpr jnskelamin jkel sex')),
  birthDate: new Set(
    words(
      'tanggallahir tgllahir tgllhr tempattanggallahir tempattgllahir tempattgllhr tempatdantanggallahir tempatdantgllahir ttl tmptgllahir tmpttgllahir tempatlahirtanggallahir tanggalkelahiran lahir',
    ),
  ),
  status: new Set(words('statuskepegawaian statuspegawai statuskepeg status statusguru statusptk')),
  role: new Set(words('jenisptk jenis jenisguru jenisgtk')),
  email: new Set(words('email surel emailbelajarid akunbelajarid belajarid alamatemail emailpribadi')),
  phone: new Set(
    words('hp nohp nomorhp nowa nomorwa whatsapp nowhatsapp nomorwhatsapp handphone nohandphone telepongenggam nohpwa notelphp'),
  ),
  subject: new Set(
    words(
      'matapelajaran mapel mapelyangdiampu bidangstudi matapelajaranyangdiampu gurumapel matapelajarandiampu mapeldiampu mengajar gurumatapelajaran matpel mapelutama matapelajaranutama tugasmapel',
    ),
  ),
  npsn: new Set(words('npsn npsnsekolah nonpsn kodenpsn')),
  school: new Set(
    words(
      'namasekolah sekolah satuanpendidikan tempattugas namasatuanpendidikan unitkerja asalsekolah sekolahinduk satminkal namasatminkal instansi namainstansi tempatmengajar unitkerjasekolah sekolahasal sekolahtempattugas satuankerja namasatuankerja',
    ),
  ),
  level: new Set(words('jenjang bentukpendidikan jenjangpendidikan jenjangsekolah bp bentuk')),
  region: new Set(words('kabupatenkota kabkota kabupaten kabupatenatakota kota kotakabupaten kotakab namakabupatenkota namakabkota')),
}
const fields = Object.keys(spellings) as Field[]

/** Headers that are known and never read: numbering, and names of other people. */
const NUMBERING = /^(no|nomor|nourut|nomorurut|urut|nomer)$/
/** Names that begin like ours and stand for something else. */
const OTHERS =
  /^(nama(ibu|ayah|suami|istri|dusun|wajib|bank|kepala|kecamatan|desa|orang)|nip(suami|istri|kepala)|tempatlahir$|tanggal(cpns|sk|masuk|pengangkatan))/

/** What the office said about headers that we do not know, by their plain letters; an empty text: not used. */
export type HeaderMemory = ReadonlyMap<string, string>

/** The field that a header names; null for one that is not understood. */
export function fieldOf(header: string, memory: HeaderMemory = new Map()): Field | null {
  const key = loose(header)
  if (!key) return null
  const remembered = memory.get(key)
  if (remembered !== undefined) return isField(remembered) ? remembered : null
  const known = (text: string) => fields.find((f) => spellings[f].has(loose(text))) ?? null
  if (OTHERS.test(key)) return null
  return (
    known(header) ??
    // "Nama Lengkap (Gelar)", "Tanggal Lahir (hh/bb/tttt)".
    known(header.replace(/[([{].*?[)\]}]/g, ' ')) ??
    // "Nama Guru/PTK", "NIP/NIK": the first part that is known.
    header.split(/[/|,]| atau /i).reduce<Field | null>((found, part) => found ?? (loose(part) === 'l' ? null : known(part)), null)
  )
}

export type HeaderMatch = {
  /** Last row of the header, and how many rows it has. */
  row: number
  height: number
  columns: Map<Field, number>
  /** Text over every column. */
  headers: string[]
  used: string[]
  dropped: string[]
  dapodik: boolean
}

const ROWS = 40

/** Texts over the columns from `height` rows that end at `last`: the lowest one, with what stands over it where it says nothing alone. */
function headersAt(rows: string[][], last: number, height: number, merges: readonly Merge[], memory: HeaderMemory): string[] {
  const width = Math.max(...rows.slice(last - height + 1, last + 1).map((r) => r.length), 0)
  const at = (r: number, c: number): string => {
    const own = tidy(rows[r]?.[c] ?? '')
    if (own) return own
    const over = merges.find((m) => r >= m.top && r <= m.bottom && c >= m.left && c <= m.right)
    return over ? tidy(rows[over.top]?.[over.left] ?? '') : ''
  }
  return Array.from({ length: width }, (_, c) => {
    const stack = Array.from({ length: height }, (_x, i) => at(last - height + 1 + i, c)).filter((t, i, all) => t && t !== all[i - 1])
    const lowest = stack.at(-1) ?? ''
    // "Nama" under "Sekolah".
    if (stack.length > 1 && fieldOf(lowest, memory) === 'name' && fieldOf(stack[0]!, memory) === 'school') return fieldNames.school
    if (stack.length < 2 || fieldOf(lowest, memory)) return lowest
    const whole = stack.join(' ')
    return fieldOf(whole, memory) || !fieldOf(stack[0]!, memory) ? whole : lowest
  })
}

/** Whether a row under a header belongs to it: it names things and holds no value. */
function continues(rows: string[][], r: number): boolean {
  const cells = (rows[r] ?? []).map(tidy).filter(Boolean)
  return cells.length > 0 && cells.every((c) => c.length <= 40 && !/\d{3}/.test(c) && /\p{L}/u.test(c)) && !cells.some((c) => /^\d/.test(c))
}

function matchAt(rows: string[][], last: number, height: number, merges: readonly Merge[], memory: HeaderMemory): HeaderMatch {
  const columns = new Map<Field, number>()
  const headers = headersAt(rows, last, height, merges, memory)
  const used: string[] = []
  const dropped: string[] = []
  headers.forEach((text, c) => {
    const field = fieldOf(text, memory)
    if (field && !columns.has(field)) {
      columns.set(field, c)
      used.push(text)
    } else if (text && !NUMBERING.test(loose(text))) dropped.push(text)
  })
  return {
    row: last,
    height,
    columns,
    headers,
    used,
    dropped,
    dapodik: dropped.some((d) => loose(d) === 'namaibukandung') || dropped.length > 25,
  }
}

/** A name and something to know the person or the school by, among three columns of ours, or among columns that are all ours. */
const whole = ({ columns, dropped }: HeaderMatch) =>
  columns.has('name') &&
  (columns.size >= 3 || dropped.length === 0) &&
  (columns.has('nuptk') || columns.has('nip') || columns.has('npsn') || columns.has('school'))

/** How many of our columns any of the first rows names: for whoever must decide how a text file is parted. */
export const columnsKnown = (rows: string[][]): number =>
  Math.max(0, ...rows.slice(0, ROWS).map((_, r) => matchAt(rows, r, 1, [], new Map()).columns.size))

/**
 * Finds the header by its content among the first 40 rows: a name and something to know the person or the school by. It may stand in
 * two or three rows. Null where no row is one.
 */
export function findHeader(rows: string[][], merges: readonly Merge[] = [], memory: HeaderMemory = new Map()): HeaderMatch | null {
  for (let r = 0; r < Math.min(rows.length, ROWS); r++) {
    const one = matchAt(rows, r, 1, merges, memory)
    const taller = [2, 3].flatMap((height) => {
      const last = r + height - 1
      if (last >= rows.length || one.columns.size === 0) return []
      for (let below = r + 1; below <= last; below++) if (!continues(rows, below)) return []
      return [matchAt(rows, last, height, merges, memory)]
    })
    const best = taller.reduce((found, match) => (match.columns.size > found.columns.size ? match : found), one)
    if (whole(best)) return best
  }
  return null
}

/** The row that looks most like a header where none is understood: for mapping by hand. Null for a sheet without rows of words. */
export function guessHeader(rows: string[][], merges: readonly Merge[] = [], memory: HeaderMemory = new Map()): HeaderMatch | null {
  let best: { match: HeaderMatch; score: number } | null = null
  for (let r = 0; r < Math.min(rows.length, ROWS); r++) {
    const named = (rows[r] ?? []).filter((c) => /\p{L}/u.test(c) && c.length <= 60).length
    if (named < 2) continue
    const match = matchAt(rows, r, 1, merges, memory)
    const score = match.columns.size * 10 + Math.min(named, 9)
    if (!best || score > best.score) best = { match, score }
  }
  return best?.match ?? null
}

/** Header cells of our own template, in order. */
export const templateHeader: Field[] = [
  'name',
  'nuptk',
  'nip',
  'sex',
  'birthDate',
  'status',
  'role',
  'subject',
  'npsn',
  'school',
  'level',
  'region',
  'email',
  'phone',
]

/** The template's example row, which shows the forms we expect; an import passes over it. */
export const templateExample: Partial<Record<Field, string>> = {
  name: 'Siti Rahayu',
  nuptk: '1234567890123456',
  nip: '198609262015052001',
  sex: 'P',
  birthDate: '26/09/1986',
  status: 'PNS',
  role: 'Guru Mapel',
  subject: 'Matematika',
  npsn: '10800001',
  school: 'SMAN 1 Contoh',
  level: 'SMA',
  region: 'Pringsewu',
  email: 'siti.rahayu86@guru.sma.belajar.id',
  phone: '081234567890',
}
