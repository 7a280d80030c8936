/** Words and the clock of an objection. */
export const objectionKinds = {
  skor: 'Skor atau cara penilaian',
  butir: 'Soal yang menurut saya keliru',
  pelaksanaan: 'Kejadian saat tes (jaringan, waktu, ruang)',
  jenjang: 'Tingkat dukungan atau rencana',
  data: 'Data diri atau sekolah',
} as const

export const decisions = {
  diterima: 'Diterima, akan diperbaiki',
  sebagian: 'Diterima sebagian',
  dijelaskan: 'Tidak ada yang diubah, dengan penjelasan',
} as const

/** Working days within which a person answers. */
export const ANSWER_DAYS = 10

const DAY_MS = 86_400_000
const WIB_MS = 7 * 3_600_000

/** The same time of day `days` working days (Monday to Friday, WIB) later; public holidays are not known here. */
export function workingDaysLater(from: Date, days: number): Date {
  let time = from.getTime()
  for (let left = days; left > 0;) {
    time += DAY_MS
    const weekday = new Date(time + WIB_MS).getUTCDay()
    if (weekday !== 0 && weekday !== 6) left--
  }
  return new Date(time)
}
