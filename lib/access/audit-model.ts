import { roleNames, type Role } from './model'

/** The words of the audit log: one vocabulary for the office's page, its export and the teacher's page "Siapa membuka hasil saya". */

/** Why names were read. `office` completes "NAME …" on the office's page, `teacher` does so on the page of the teacher concerned. */
export const purposes = {
  'school-results': { office: 'membuka hasil bernama satu sekolah', teacher: 'membuka hasil tes guru di sekolah Anda' },
  'school-plans': { office: 'membuka rencana belajar guru satu sekolah', teacher: 'membuka kemajuan rencana belajar guru di sekolah Anda' },
  search: { office: 'mencari nama', teacher: 'mencari nama, dan nama Anda termasuk yang ditemukan' },
  roster: { office: 'membuka daftar guru', teacher: 'membuka daftar guru yang memuat nama Anda' },
  'teacher-record': { office: 'membuka catatan seorang guru', teacher: 'membuka catatan data Anda' },
  'record-merge': { office: 'memeriksa penggabungan dua catatan guru', teacher: 'memeriksa apakah dua catatan data adalah tentang Anda' },
  'import-preview': { office: 'memeriksa berkas impor guru', teacher: 'memeriksa berkas data guru yang memuat data Anda' },
  'import-file': { office: 'mengunduh berkas guru yang dibersihkan', teacher: 'mengunduh berkas data guru yang memuat data Anda' },
  'sitting-seats': { office: 'membuka daftar peserta satu sesi', teacher: 'membuka daftar peserta sesi tes Anda' },
  cards: { office: 'mencetak kartu peserta', teacher: 'mencetak kartu peserta, termasuk kartu Anda' },
  console: { office: 'memantau ruang tes', teacher: 'memantau ruang tes Anda sebagai pengawas' },
  attendance: { office: 'mencetak daftar hadir', teacher: 'mencetak daftar hadir ruang Anda' },
  minutes: { office: 'mencetak berita acara', teacher: 'mencetak berita acara ruang Anda' },
  'score-moves': { office: 'mengunduh perubahan skor per orang', teacher: 'memeriksa perubahan skor sebelum dirilis, termasuk skor Anda' },
  'late-answers': { office: 'memeriksa jawaban susulan', teacher: 'memeriksa jawaban Anda yang tiba terlambat, sebelum memutuskannya' },
  objections: { office: 'membuka keberatan guru', teacher: 'membaca keberatan Anda untuk menjawabnya' },
  classes: { office: 'membuka daftar kelas pelatihan', teacher: 'menyusun atau membuka kelas pelatihan yang memuat nama Anda' },
  'tutor-pairs': { office: 'membuka pasangan tutor sebaya', teacher: 'memeriksa pasangan tutor sebaya yang memuat nama Anda' },
  'tutor-partner': { office: 'membuka halaman tutor sebaya', teacher: 'membuka halaman tutor sebaya sebagai rekan Anda' },
  'meeting-notes': {
    office: 'membuka catatan pertemuan sebuah pasangan tutor sebaya',
    teacher: 'memeriksa catatan pertemuan tutor sebaya Anda',
  },
  'meeting-photo': { office: 'membuka foto pertemuan tutor sebaya', teacher: 'membuka foto pertemuan tutor sebaya Anda' },
  certificates: { office: 'membuka daftar surat keterangan tutor', teacher: 'membuka daftar surat keterangan yang memuat nama Anda' },
  certificate: { office: 'memeriksa surat keterangan tutor', teacher: 'memeriksa keaslian surat keterangan Anda' },
  'privacy-requests': { office: 'membuka permintaan tentang data pribadi', teacher: 'membaca permintaan Anda tentang data pribadi' },
  'data-copy': { office: 'menyalin data seorang guru atas permintaannya', teacher: 'membuat salinan data Anda atas permintaan Anda' },
  'erasure-preview': { office: 'memeriksa penghapusan data', teacher: 'memeriksa permintaan penghapusan data Anda' },
  accounts: { office: 'membuka daftar akun', teacher: 'membuka daftar akun yang memuat akun Anda' },
  'audit-log': { office: 'membuka catatan akses', teacher: 'membuka catatan akses yang memuat nama Anda' },
  'audit-export': { office: 'mengunduh catatan akses', teacher: 'mengunduh catatan akses yang memuat nama Anda' },
} as const satisfies Record<string, { office: string; teacher: string }>

/** Why a named thing is opened. */
export type Purpose = keyof typeof purposes

/** What was done, by action; every act that is not a reading. Completes "NAME …". */
export const acts: Record<string, string> = {
  login: 'masuk',
  'login:failed': 'gagal masuk',
  logout: 'keluar',
  'session:ended': 'sesinya berakhir',
  'session:end': 'mengakhiri sesi',
  'factor:added': 'memasang pengaman kedua',
  'factor:removed': 'mencabut pengaman kedua',
  'factor:confirmed': 'membuktikan diri dengan pengamannya',
  'factor:wrong': 'mengetik kode pengaman yang keliru',
  'factor:wait': 'ditahan karena terlalu sering keliru',
  'factor:codes-made': 'membuat kode pemulihan baru',
  'login:link': 'menghubungkan akun belajar.id',
  'login:factor': 'melengkapi proses masuk dengan pengaman kedua',
  'reset:made': 'membuat tautan atur ulang',
  'reset:mailed': 'meminta tautan atur ulang lewat surel',
  'reset:refused': 'mencoba tautan atur ulang yang tidak berlaku',
  'password:changed': 'mengganti kata sandi',
  'password:reset': 'menyetel ulang kata sandi',
  'result:named': 'membuka hasil bernama',
  'result:release': 'merilis hasil',
  'report:export': 'mengunduh laporan',
  'audit:export': 'mengunduh catatan akses',
  'audit:cut': 'memangkas catatan akses yang lewat masa simpannya',
  'analysis:read': 'mengunduh analisis butir',
  'cards:print': 'mencetak kartu',
  'roster:import': 'mengimpor data guru',
  'roster:correct': 'membetulkan data seorang guru',
  'roster:moved': 'mencatat kepindahan seorang guru',
  'roster:merged': 'menggabungkan dua catatan guru',
  'cycle:manage': 'mengatur siklus atau sesi',
  'room:act': 'bertindak di ruang tes',
  'room:watch': 'membuka kode rilis ruang',
  'rules:manage': 'mengubah pengaturan',
  'publication:manage': 'mengurus terbitan',
  'publication:public': 'membuka atau menutup halaman publik',
  'policy:manage': 'mengubah batas waktu dan keamanan',
  'jobs:manage': 'menjalankan lagi pekerjaan sistem',
  'users:manage': 'mengatur akun pengguna',
  'users:created': 'membuat akun',
  'users:role-given': 'memberi peran',
  'users:role-taken': 'mencabut peran',
  'users:teacher-linked': 'menghubungkan akun dengan guru',
  'users:teacher-released': 'melepas akun dari guru',
  'users:switched-on': 'mengaktifkan akun',
  'users:switched-off': 'menonaktifkan akun',
  'bank:manage': 'mengelola bank butir',
  'calibration:run': 'menjalankan kalibrasi atau penskoran',
  'panel:manage': 'mengelola panel batas',
  'support:manage': 'mengatur dukungan',
  'privacy:own': 'mengajukan permintaan tentang datanya',
  'privacy:manage': 'mengurus permintaan atau insiden data',
  'privacy:propose': 'mengusulkan jawaban permintaan data',
  'privacy:erase': 'menghapus data seorang guru',
  'plan:own': 'menyetujui rencana belajarnya',
  'objection:answer': 'menjawab keberatan',
}

/** What was refused because it was more than the person's own, or a try to get round a gate. Completes "NAME …". */
const refusals = {
  permission: 'ditolak: di luar kewenangannya',
  origin: 'ditolak: kiriman dari halaman lain',
  token: 'ditolak: tanda tes palsu atau tidak berlaku',
  pace: 'ditahan: terlalu banyak kiriman',
  code: 'ditolak: kode rilis keliru',
  early: 'ditolak: meminta kode rilis sebelum waktunya',
  guess: 'ditahan: terlalu banyak menebak kode surat',
} as const
export type Refusal = keyof typeof refusals
for (const [what, words] of Object.entries(refusals)) acts[`refused:${what}`] = words

/** What a permission is for, where no act of the same name has words; for lines that tell of its refusal. */
const wishes: Record<string, string> = {
  'test:take': 'mengerjakan tes',
  'result:own': 'membuka hasil sendiri',
  'map:read': 'membuka peta hasil',
  'school:read': 'membuka halaman sekolah',
  'roster:read': 'membuka data guru',
  'instrument:read': 'membuka instrumen',
  'item:write': 'menulis butir',
  'item:review': 'menelaah butir',
  'response:rate': 'menilai jawaban uraian',
  'panel:judge': 'menilai dalam panel batas',
  'validity:rate': 'menilai kesesuaian butir',
  'tutor:own': 'membuka tutor sebaya',
  'support:read': 'membuka rencana belajar',
  'audit:read': 'membuka catatan akses',
  account: 'mengubah akun',
}
/** A permission in words. */
export const permissionWords = (permission: string): string => wishes[permission] ?? acts[permission] ?? permission

/** What things are called, by the word before the colon of `object`. */
const things: Record<string, string> = {
  user: 'akun',
  school: 'sekolah',
  job: 'pekerjaan sistem',
  sitting: 'sesi',
  room: 'ruang',
  seat: 'kursi peserta',
  cycle: 'siklus',
  venue: 'tempat tes',
  import: 'impor',
  score_run: 'penskoran',
  calibration: 'kalibrasi',
  instrument: 'instrumen',
  item: 'butir',
  panel: 'panel',
  policy: 'batas waktu dan keamanan',
  plan: 'rencana',
  objection: 'keberatan',
  match_run: 'pencocokan tutor',
  module: 'modul',
  rehearsal: 'gladi',
}

/** Kinds of lines that the office may filter by, each with its actions; readings are told by their purpose. */
export const auditKinds = {
  baca: { name: 'Membaca data bernama', actions: [] as string[] },
  masuk: {
    name: 'Masuk, keluar, dan pengaman',
    actions: ['login', 'logout', 'session', 'factor', 'password', 'reset', 'passkey', 'totp', 'link'],
  },
  akun: { name: 'Akun dan batas', actions: ['users:', 'policy:'] },
  tolak: { name: 'Penolakan dan percobaan', actions: ['refused', 'login:failed', 'factor:wrong', 'factor:wait', 'reset:refused'] },
  tes: { name: 'Siklus, sesi, dan ruang', actions: ['cycle:', 'room:', 'cards:'] },
  hasil: {
    name: 'Hasil, skor, dan laporan',
    actions: ['result:', 'report:', 'analysis:', 'calibration:', 'rules:', 'panel:', 'publication:'],
  },
  guru: { name: 'Data guru', actions: ['roster:', 'privacy:'] },
  butir: { name: 'Bank butir', actions: ['bank:', 'item:'] },
  dukungan: { name: 'Dukungan dan keberatan', actions: ['support:', 'plan:', 'objection:', 'tutor:'] },
} as const satisfies Record<string, { name: string; actions: readonly string[] }>
export type AuditKind = keyof typeof auditKinds

export const isPurpose = (text: string | null): text is Purpose => text !== null && Object.hasOwn(purposes, text)

/** What a line says happened, as the rest of a sentence that begins with the name of who did it. */
export function auditSentence(line: { action: string; object: string; purpose: string | null; count: number | null }): string {
  const act = isPurpose(line.purpose) ? purposes[line.purpose].office : (acts[line.action] ?? `melakukan ${line.action.replace(':', ' ')}`)
  if (line.action === 'refused:permission') return `${act} (${permissionWords(line.object.replace(/^permission:/, ''))})`
  const thing = things[line.object.split(':')[0]!]
  return thing && !isPurpose(line.purpose) ? `${act} (${thing})` : act
}

/** What was done with the teacher's own data, in that teacher's words. */
export const openerSentence = (purpose: string | null): string =>
  isPurpose(purpose) ? purposes[purpose].teacher : 'membuka data yang memuat nama Anda'

/** A role as people call it. Some come without an account, with the code of a certificate; the line of a login knows no role yet. */
export const roleWords = (role: string | null, known: boolean): string =>
  role === null ? (known ? '–' : 'Tanpa akun') : (roleNames[role as Role] ?? role)
