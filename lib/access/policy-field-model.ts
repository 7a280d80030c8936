import { z } from 'zod'
import { Policy, shippedPolicy } from './policy-model'

/** What each limit is called, in which unit, and what it means: the words of the page that sets them, and of every page that promises them. */

type Group = keyof Policy & 'keepDays'
export type PolicyPath = Exclude<keyof Policy, Group> | `keepDays.${keyof Policy['keepDays']}`
type Words = { label: string; unit: string; means: string; choices?: [value: string, words: string][] }

const days = 'hari'
/** A limit without words does not compile. */
const words: Record<PolicyPath, Words> = {
  graceHours: {
    label: 'Jawaban yang datang terlambat',
    unit: 'jam',
    means:
      'Selama ini sesudah sesi berakhir, jawaban yang dibuat tepat waktu dihitung dengan sendirinya; sesudahnya menunggu keputusan BGTK.',
  },
  releaseCodeMinutes: {
    label: 'Kode rilis terbaca sebelum sesi dibuka',
    unit: 'menit',
    means: 'Pengawas baru dapat membaca kode rilis selama ini sebelum sesi dibuka.',
  },
  sessionHours: {
    label: 'Lama sesi masuk',
    unit: 'jam',
    means: 'Setiap orang diminta masuk lagi sesudah selama ini, apa pun yang sedang dikerjakannya.',
  },
  idleMinutes: { label: 'Sesi yang tidak dipakai', unit: 'menit', means: 'Sesi sebuah akun berakhir bila tidak dipakai selama ini.' },
  cardDays: {
    label: 'Kartu peserta sesudah sesi',
    unit: days,
    means: 'Kartu peserta masih dapat dipakai selama ini sesudah sesinya berakhir.',
  },
  secondFactor: {
    label: 'Faktor kedua saat masuk',
    unit: '',
    means: 'Berlaku bagi akun yang melihat nama guru: BGTK, dinas, kepala sekolah, dan administrator.',
    choices: [
      ['', 'Bawaan: wajib, kecuali di peragaan'],
      ['required', 'Wajib'],
      ['optional', 'Boleh, tidak wajib'],
    ],
  },
  meetingHoursADay: {
    label: 'Jam pendampingan sehari',
    unit: 'jam',
    means: 'Pertemuan tutor sebaya yang melebihi ini dalam sehari tidak menambah jam pada surat keterangan.',
  },
  linkErrorUpTo: {
    label: 'Galat tautan antarsiklus paling besar',
    unit: 'poin',
    means:
      'Tautan ukur ulang dengan galat baku lebih besar menutup gerbang: skornya baru dirilis dengan alasan tertulis, dan perubahan satu orang tidak ditampilkan. Akibatnya: galat 8 poin hanya memperlihatkan perubahan rata-rata mulai kira-kira 24 poin; dengan 16 poin, mulai kira-kira 48 poin.',
  },
  'keepDays.audit': {
    label: 'Catatan akses disimpan',
    unit: days,
    means: 'Catatan siapa membuka apa. Yang lebih lama dihapus hanya oleh pemilik basis data, dengan perintah tersendiri.',
  },
  'keepDays.journal': {
    label: 'Jejak pengerjaan tes disimpan',
    unit: days,
    means: 'Urutan ketukan dan waktu tiap jawaban. Jawaban akhir dan skornya tetap ada.',
  },
  'keepDays.sessions': { label: 'Riwayat sesi masuk disimpan', unit: days, means: 'Sesi yang sudah berakhir dihapus sesudah selama ini.' },
  'keepDays.documents': {
    label: 'Dokumen yang disiapkan disimpan',
    unit: days,
    means: 'Kartu, buku soal, dan laporan yang dibuat di latar belakang dihapus sesudah selama ini.',
  },
  'keepDays.requests': {
    label: 'Permintaan atas data pribadi disimpan',
    unit: days,
    means: 'Permintaan yang sudah dijawab, keberatan, dan kejadian yang sudah ditutup dihapus sesudah selama ini.',
  },
  'keepDays.phones': {
    label: 'Catatan ponsel disimpan',
    unit: days,
    means: 'Hasil pemeriksaan kesiapan ponsel dan jenis perambannya.',
  },
  'keepDays.imports': {
    label: 'Berkas impor guru disimpan',
    unit: days,
    means: 'Berkas yang belum dijalankan, pratinjau, dan catatan perubahan per guru. Sesudah dihapus, impor itu tidak dapat dibatalkan.',
  },
  'keepDays.photos': {
    label: 'Foto pertemuan disimpan',
    unit: days,
    means: 'Foto bukti pertemuan tutor sebaya dihapus sesudah selama ini; catatan dan jamnya tetap.',
  },
}

export type PolicyField = Words & { path: PolicyPath; least: number | null; most: number | null; shipped: string }

type Bounds = { minimum?: number; maximum?: number; properties?: Record<string, Bounds> }
const bounds = z.toJSONSchema(Policy, { io: 'output' }) as Bounds

/** The text that a field shows for a policy; an unset choice is the empty text. */
export const policyText = (policy: Policy, path: PolicyPath): string => {
  const value = path.split('.').reduce<unknown>((found, key) => (found as Record<string, unknown>)[key], policy)
  return value === null ? '' : String(value)
}

/** Every limit, in the order of the page. Ranges and shipped values are those of the schema. */
export const policyFields: PolicyField[] = (Object.keys(words) as PolicyPath[]).map((path) => {
  const own = path.split('.').reduce<Bounds>((found, key) => found.properties?.[key] ?? {}, bounds)
  return { path, ...words[path], least: own.minimum ?? null, most: own.maximum ?? null, shipped: policyText(shippedPolicy, path) }
})

/** A value with its unit, or the words of a choice: "72 jam". */
export const policyWords = (field: PolicyField, text: string): string =>
  field.choices ? (field.choices.find(([value]) => value === text)?.[1] ?? text) : `${text} ${field.unit}`

/** What the texts of a form ask for, or the fields that are wrong with the reason at each. */
export function readPolicy(texts: Record<PolicyPath, string>): { policy: Policy } | { errors: Partial<Record<PolicyPath, string>> } {
  const errors: Partial<Record<PolicyPath, string>> = {}
  const input: Record<string, unknown> & { keepDays: Record<string, number> } = { keepDays: {} }
  for (const field of policyFields) {
    const text = texts[field.path].trim()
    if (field.choices) {
      if (!field.choices.some(([value]) => value === text)) errors[field.path] = 'Pilih salah satu.'
      input[field.path] = text || null
      continue
    }
    const number = Number(text)
    if (!/^\d{1,6}$/.test(text) || number < field.least! || number > field.most!)
      errors[field.path] = `Isi bilangan bulat ${field.least} sampai ${field.most}.`
    const [group, key] = field.path.split('.')
    if (key) input.keepDays[key] = number
    else input[group!] = number
  }
  return Object.keys(errors).length ? { errors } : { policy: Policy.parse(input) }
}

/** What differs between two versions, as "label: before → after". */
export const policyChanges = (before: Policy, after: Policy): string[] =>
  policyFields
    .filter((f) => policyText(before, f.path) !== policyText(after, f.path))
    .map((f) => `${f.label}: ${policyWords(f, policyText(before, f.path))} → ${policyWords(f, policyText(after, f.path))}`)
