/** Words and clocks of the duties of UU 27/2022 (Pelindungan Data Pribadi). */

export const requestKinds = {
  salinan: 'Salinan data',
  perbaikan: 'Perbaikan data',
  penghapusan: 'Penghapusan data',
  keberatan: 'Keberatan atas pemrosesan',
} as const
export type RequestKind = keyof typeof requestKinds

export const requestDecisions = { dipenuhi: 'Dipenuhi', sebagian: 'Dipenuhi sebagian', ditolak: 'Tidak dipenuhi, dengan alasan' } as const
export type RequestDecision = keyof typeof requestDecisions

/** The law gives 3 × 24 hours: to correct, to give a copy, to stop, and to tell of a failure of protection. */
export const CLOCK_HOURS = 72
const HOUR_MS = 3_600_000
export const clockEnd = (from: Date): Date => new Date(from.getTime() + CLOCK_HOURS * HOUR_MS)

/** "Sisa 41 jam 20 menit", "Lewat 3 jam 5 menit". */
export function remaining(due: Date, now: Date): { late: boolean; words: string } {
  const left = due.getTime() - now.getTime()
  const minutes = Math.floor(Math.abs(left) / 60_000)
  const words = `${Math.floor(minutes / 60)} jam ${minutes % 60} menit`
  return { late: left < 0, words: `${left < 0 ? 'Lewat' : 'Sisa'} ${words}` }
}

/** What a person types to carry out an erasure. */
export const ERASE_WORD = 'HAPUS'

export type IncidentFacts = {
  happened: string
  data: string
  affected: number | null
  measures: string
  happenedAt: Date | null
  knownAt: Date
}

/** The text for the people concerned and for the agency: which data, when and how, what was done (article 46 paragraph 2). */
export function incidentNotice(f: IncidentFacts, moment: (date: Date) => string, count: (n: number) => string): string {
  return [
    'PEMBERITAHUAN KEGAGALAN PELINDUNGAN DATA PRIBADI',
    '(UU 27/2022 Pasal 46)',
    '',
    `Apa yang terjadi: ${f.happened}`,
    `Kapan: ${f.happenedAt ? moment(f.happenedAt) : 'waktu tepatnya belum diketahui'}; diketahui ${moment(f.knownAt)}.`,
    `Data yang terkena: ${f.data}`,
    `Banyaknya orang: ${f.affected === null ? 'masih diperiksa' : count(f.affected)}`,
    `Yang dilakukan: ${f.measures}`,
    '',
    'Pertanyaan dan keberatan: BGTK Provinsi Lampung, halaman “Data saya” di Petaguru, atau surat.',
  ].join('\n')
}
