import { loose } from './clean'

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

const spellings: Record<Field, string[]> = {
  name: ['nama', 'namalengkap', 'namaguru', 'namaptk', 'namapendidik'],
  nuptk: ['nuptk', 'nonuptk', 'nomornuptk'],
  nip: ['nip', 'nonip', 'nipbaru', 'nomorindukpegawai'],
  sex: ['jk', 'jeniskelamin', 'lp', 'kelamin', 'gender'],
  birthDate: ['tanggallahir', 'tgllahir', 'tgllhr'],
  status: ['statuskepegawaian', 'statuspegawai', 'statuskepeg', 'status'],
  role: ['jenisptk', 'jenis'],
  email: ['email', 'surel', 'emailbelajarid', 'akunbelajarid', 'belajarid'],
  phone: ['hp', 'nohp', 'nomorhp', 'nowa', 'handphone', 'telepongenggam'],
  subject: ['matapelajaran', 'mapel', 'mapelyangdiampu', 'bidangstudi', 'matapelajaranyangdiampu', 'gurumapel'],
  npsn: ['npsn', 'npsnsekolah'],
  school: ['namasekolah', 'sekolah', 'satuanpendidikan', 'tempattugas', 'namasatuanpendidikan', 'unitkerja', 'asalsekolah'],
  level: ['jenjang', 'bentukpendidikan', 'jenjangpendidikan'],
  region: ['kabupatenkota', 'kabkota', 'kabupaten', 'kabupatenatakota', 'kota'],
}

export type HeaderMatch = { row: number; columns: Map<Field, number>; used: string[]; dropped: string[]; dapodik: boolean }

/** Finds the header row by its content among the first 40 rows; null when none names a person and an identifier or a school. */
export function findHeader(rows: string[][]): HeaderMatch | null {
  for (let r = 0; r < Math.min(rows.length, 40); r++) {
    const columns = new Map<Field, number>()
    const used: string[] = []
    const dropped: string[] = []
    rows[r]!.forEach((cell, c) => {
      const key = loose(cell)
      const field = (Object.keys(spellings) as Field[]).find((f) => !columns.has(f) && spellings[f].includes(key))
      if (field) {
        columns.set(field, c)
        used.push(cell.trim())
      } else if (key && key !== 'no') dropped.push(cell.trim())
    })
    const identified = columns.has('nuptk') || columns.has('nip') || columns.has('npsn')
    if (columns.has('name') && identified && columns.size >= 3) {
      return { row: r, columns, used, dropped, dapodik: dropped.some((d) => loose(d) === 'namaibukandung') || dropped.length > 25 }
    }
  }
  return null
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
