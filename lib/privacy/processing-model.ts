import type { PolicyPath } from '@/lib/access/policy-field-model'

/** One table that holds something about a teacher: what it is, for what, how long, and what erasure does. */
export type Held = {
  table: string
  title: string
  activity: Activity
  /** Columns that lead to a person, besides those of the table's own key. */
  columns: string[]
  keep: PolicyPath | 'purpose'
  erased: 'deleted' | 'disguised' | 'kept'
  /** What erasure does, or why it leaves the rows. */
  erasure: string
}

export const activities = {
  roster: {
    title: 'Daftar guru',
    purpose: 'Mengetahui siapa yang diundang tes dan di sekolah mana',
    basis: 'Tugas pelayanan publik: UU 14/2005 dan PP 57/2021, UU 27/2022 Pasal 20 ayat (2) huruf e',
    seen: 'BGTK; kepala sekolah untuk gurunya sendiri',
  },
  test: {
    title: 'Pelaksanaan tes',
    purpose: 'Menyelenggarakan tes, menyimpan jawaban, dan memeriksa gangguan',
    basis: 'Tugas pelayanan publik: UU 14/2005, UU 27/2022 Pasal 20 ayat (2) huruf e',
    seen: 'Guru sendiri; pengawas di ruangnya; BGTK',
  },
  result: {
    title: 'Hasil pemetaan',
    purpose: 'Memetakan kompetensi dan menghitung angka kelompok',
    basis: 'Tugas pelayanan publik: UU 14/2005, UU 27/2022 Pasal 20 ayat (2) huruf e',
    seen: 'Guru sendiri; sesudah dirilis juga kepala sekolah, dinas, dan BGTK sesuai kewenangan; penilai uraian tanpa nama',
  },
  support: {
    title: 'Pengembangan dan tutor sebaya',
    purpose: 'Menawarkan rencana belajar dan mempertemukan rekan yang dapat membantu',
    basis: 'Tugas pelayanan publik; menjadi tutor dan memberi umpan balik berdasarkan persetujuan',
    seen: 'Guru sendiri; rekan sesudah keduanya setuju; kepala sekolah dan BGTK',
  },
  account: {
    title: 'Akun dan catatan akses',
    purpose: 'Mengenali siapa yang masuk dan mencatat siapa membuka apa',
    basis: 'Kewajiban hukum: UU 27/2022 Pasal 31 dan 35–39',
    seen: 'Administrator; BGTK untuk catatan akses',
  },
  rights: {
    title: 'Permintaan atas data pribadi',
    purpose: 'Menjawab permintaan dan melaporkan kejadian',
    basis: 'Kewajiban hukum: UU 27/2022 Pasal 5–13 dan 46',
    seen: 'BGTK dan administrator',
  },
} as const
export type Activity = keyof typeof activities

/** Held tables that the copy of a teacher leaves out, with the reason that she reads. */
export const notInCopy: Record<string, string> = {
  snapshot_member: 'Salinan angka yang sama dengan hasil di atas, dipakai untuk menghitung ulang terbitan.',
  import_batch: 'Berkas impor memuat banyak orang. Isinya tentang Anda ada di bagian “Perubahan oleh impor”.',
  simulated_truth: 'Hanya di peragaan: kemampuan yang dibuat untuk menguji pengukuran.',
  passkey_challenge: 'Berlaku beberapa menit saat masuk, lalu hilang sendiri.',
  login_failure: 'Hanya hitungan percobaan masuk selama 15 menit.',
  data_incident: 'Kejadian diberitahukan tersendiri kepada setiap orang yang terkena.',
}

const BANK = 'Soal dan formulir; yang tercatat hanya petugas dan pakar yang mengerjakannya.'
const RULES = 'Aturan dan perhitungan kelompok; yang tercatat hanya petugas yang menetapkannya.'
const REFERENCE = 'Rujukan tentang wilayah, sekolah, atau mata pelajaran; tidak ada orang.'
const DAY = 'Penyelenggaraan sesi; yang tercatat hanya petugas.'

/** Tables that hold nothing about a teacher, with the reason. */
export const withoutTeachers: Record<string, string> = {
  ...Object.fromEntries(
    [
      'assembly',
      'blueprint',
      'blueprint_cell',
      'content_domain',
      'expert_rating',
      'form',
      'form_item',
      'framework_node',
      'instrument',
      'item',
      'item_enemy',
      'item_event',
      'item_media',
      'item_review',
      'item_task',
      'item_version',
      'key_correction',
      'outline_version',
      'stimulus',
      'packet',
      'panel',
      'panel_judge',
      'panel_judgement',
    ].map((t) => [t, BANK]),
  ),
  ...Object.fromEntries(
    [
      'calibration',
      'cut_score',
      'item_parameter',
      'rule_version',
      'scale',
      'scale_link',
      'score_run',
      'tier_rule',
      'policy_version',
      'match_run',
      'cohort',
      'lottery',
      'module',
    ].map((t) => [t, RULES]),
  ),
  ...Object.fromEntries(
    ['snapshot', 'snapshot_cell', 'snapshot_roster', 'snapshot_view', 'public_switch'].map((t) => [
      t,
      'Terbitan: angka kelompok dan siapa di kantor yang menyusun, mengusulkan, menerbitkan, menarik, atau membukanya bagi publik.',
    ]),
  ),
  ...Object.fromEntries(['boundary_file', 'education_level', 'region', 'school', 'school_attribute', 'subject'].map((t) => [t, REFERENCE])),
  ...Object.fromEntries(
    [
      'cycle',
      'retest_draw',
      'cycle_form',
      'cycle_part',
      'early_code',
      'guest_day',
      'proctor_assignment',
      'rehearsal',
      'room',
      'sitting',
      'sitting_key',
      'venue',
    ].map((t) => [t, DAY]),
  ),
  form_filling: 'Tanda bahwa sebuah isian sudah diterima, supaya tidak tercatat dua kali; tanpa isinya, hilang setelah sepekan.',
  job_run: 'Pekerjaan latar: hitungan dan keadaan.',
  job_step: 'Langkah pekerjaan latar yang sudah selesai, supaya tidak dikerjakan dua kali: nama langkah dan hitungan.',
  standing_job: 'Pekerjaan tetap: hitungan, keadaan, dan kata mesin tentang baris yang gagal, tanpa nama.',
  loading_step: 'Langkah pemuatan data peragaan: keadaan dan kata mesin tentang yang gagal, tanpa nama.',
  retention_run: 'Hitungan baris yang dihapus.',
  _prisma_migrations: 'Susunan basis data.',
}
