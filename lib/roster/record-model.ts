/** What a teacher's record may be put right in, and what was changed in it by hand. */

/** Fields that the office corrects one by one; the school has a move with its day. `hint`: how it is written. */
export const correctable = {
  name: { label: 'Nama', hint: 'Tanpa gelar.' },
  title: { label: 'Gelar', hint: 'Seperti ditulis di belakang nama, misalnya S.Pd., M.Pd.' },
  nuptk: { label: 'NUPTK', hint: '16 angka. Kosongkan bila tidak punya.' },
  nip: { label: 'NIP', hint: '18 angka. Kosongkan bila tidak punya.' },
  sex: { label: 'Jenis kelamin', hint: '' },
  birthDate: { label: 'Tanggal lahir', hint: '' },
  email: { label: 'Surel', hint: 'Kosongkan bila tidak punya.' },
  phone: { label: 'Nomor HP', hint: 'Misalnya 081234567890. Kosongkan bila tidak punya.' },
  subject: { label: 'Mata pelajaran', hint: '' },
  status: { label: 'Status kepegawaian', hint: 'Berlaku sejak hari ini; status sebelumnya tetap tercatat.' },
} as const satisfies Record<string, { label: string; hint: string }>
export type CorrectableField = keyof typeof correctable
export const isCorrectable = (text: string): text is CorrectableField => Object.hasOwn(correctable, text)

export const sexNames = { L: 'Laki-laki', P: 'Perempuan' } as const
export const employmentStatuses = ['PNS', 'CPNS', 'PPPK', 'PPPK Paruh Waktu', 'GTY', 'Honor'] as const

/** A teacher as the roster has her now. `version`: which one that is, for whoever replaces something in it (decision 053). */
export type TeacherRecord = {
  id: string
  version: number
  name: string
  title: string | null
  nuptk: string | null
  nip: string | null
  sex: 'L' | 'P' | null
  birthDate: string | null
  email: string | null
  phone: string | null
  /** Code of the subject, and its name. */
  subject: string | null
  subjectName: string | null
  status: string | null
  schoolId: string
  schoolName: string
  npsn: string | null
  regionId: string
  regionName: string
  levelCode: string
  simulated: boolean
  erased: boolean
  createdAt: Date
}

/** One change of a record: by an import, or by hand. Fields in the words of the record's page. */
export type RecordChange = {
  id: string
  at: Date
  kind: 'import' | 'correction' | 'move' | 'merge'
  by: string | null
  reason: string | null
  /** First day at the new school. */
  validFrom: string | null
  fields: { label: string; from: string | null; to: string | null }[]
}
