import { formatNumber } from '@/lib/platform/format'
import type { ItemStatistics } from './analyse-instrument'
import type { DifRow } from './fairness'
import { WEAK } from './flag-model'

export type FlagCode = 'key' | 'negative' | 'weak' | 'hard' | 'easy' | 'misfit' | 'distractor' | 'dif' | 'drift' | 'steps'

/** A question to the item's writer: what was seen, with its uncertainty, and what to do. Never a verdict. */
export type Flag = { code: FlagCode; severity: 'stop' | 'look'; title: string; reason: string; action: string }

/** Gates of the design (§3), wide because samples are small. */
const GATE = { hard: 0.1, easy: 0.95, infit: [0.7, 1.3], outfit: 1.5, deadOption: 0.02, drift: 0.5 } as const

/** Mean squares nearer to 1 than this are no question to anybody, however certain. */
const MEANT = [0.9, 1.1] as const

const number = (x: number) => formatNumber(x, 2)
const percent = (x: number) => `${Math.round(100 * x)} persen`

/** Standard error of a correlation near zero among n persons. */
const errorOfR = (n: number) => 1 / Math.sqrt(Math.max(1, n - 1))

/** A distractor that the upper third prefers to the key, and that goes with a high score beyond chance. */
function suspectedKey(s: ItemStatistics): { option: string; high: number; keyHigh: number; r: number } | null {
  const key = s.distractors.find((d) => d.isKey)
  if (!key) return null
  const margin = s.limits ? Math.max(0, s.limits.rival ?? 0) : 1.645 * errorOfR(s.n)
  const rival = s.distractors
    .filter((d) => !d.isKey && d.r !== null && d.r > margin && d.r > (key.r ?? 0) && d.high > key.high)
    .sort((a, b) => (b.r ?? 0) - (a.r ?? 0))[0]
  return rival ? { option: rival.option, high: rival.high, keyHigh: key.high, r: rival.r! } : null
}

/** Whether a comparison of groups is a flag: more than slight, and beyond what some of so many items show by chance. Groups of a hundred call a large difference by chance in a tenth of fair tests. */
export const differs = (d: Pick<DifRow, 'class' | 'adjusted'>): boolean => (d.class === 'B' || d.class === 'C') && (d.adjusted ?? 1) < 0.05

/** Flags of one item, gravest first. `drift` is the displacement from an earlier calibration, in logits. */
export function flagsOf(s: ItemStatistics, drift: number | null = null): Flag[] {
  const flags: Flag[] = []
  const r = s.rItemRest
  const about = r === null ? '' : `korelasi butir–sisa ${number(r)} ± ${number(1.96 * errorOfR(s.n))}, n = ${s.n}`
  const rival = suspectedKey(s)
  if (rival) {
    flags.push({
      code: 'key',
      severity: 'stop',
      title: 'Kunci mungkin salah',
      reason: `Kelompok atas memilih ${rival.option} (${percent(rival.high)}) daripada kunci (${percent(rival.keyHigh)}); korelasi pilihan ${rival.option} dengan skor butir lain ${number(rival.r)}.`,
      action: `Periksa kunci bersama penulis butir. Bila ${rival.option} yang benar, catat koreksi kunci lalu hitung ulang skor.`,
    })
  }
  // Beyond what a sound item in its place shows by chance; records without simulated limits keep the plain gates.
  const beyond = r !== null && (s.limits ? s.limits.r !== null && r < s.limits.r : true)
  if (r !== null && beyond && r < 0) {
    flags.push({
      code: 'negative',
      severity: 'stop',
      title: 'Daya beda negatif',
      reason: `Guru dengan skor tinggi justru lebih sering salah: ${about}.`,
      action: 'Periksa kunci dan arah penskoran sebelum skor dirilis.',
    })
  } else if (r !== null && beyond && r < WEAK) {
    flags.push({
      code: 'weak',
      severity: 'look',
      title: 'Daya beda lemah',
      reason: `Butir hampir tidak membedakan: ${about}.`,
      action: 'Baca ulang pokok soal dan pengecoh: adakah dua jawaban yang dapat dibela, atau petunjuk yang bocor?',
    })
  }
  if (s.p < GATE.hard) {
    flags.push({
      code: 'hard',
      severity: 'look',
      title: 'Terlalu sukar',
      reason: `Rata-rata hanya ${percent(s.p)} dari nilai penuh, n = ${s.n}.`,
      action: 'Periksa apakah materinya memang dituntut dari guru mata pelajaran ini.',
    })
  }
  if (s.p > GATE.easy) {
    flags.push({
      code: 'easy',
      severity: 'look',
      title: 'Terlalu mudah',
      reason: `Rata-rata ${percent(s.p)} dari nilai penuh, n = ${s.n}.`,
      action: 'Butir tidak lagi memberi keterangan; ganti atau sukarkan pengecohnya.',
    })
  }
  const [low, high] = s.limits?.infit ?? GATE.infit
  const most = s.limits?.outfit ?? GATE.outfit
  // With thousands of people the smallest misfit stands out: below a tenth it means nothing to anybody.
  const misfit = s.infit !== null && (s.infit < Math.min(low, MEANT[0]) || s.infit > Math.max(high, MEANT[1]))
  const stray = s.outfit !== null && s.outfit > Math.max(most, MEANT[1])
  if (misfit || stray) {
    flags.push({
      code: 'misfit',
      severity: 'look',
      title: 'Tidak cocok dengan model',
      reason: `Infit ${number(s.infit ?? 1)} (butir yang baik di sini ${number(low)}–${number(high)}), outfit ${number(s.outfit ?? 1)} (sampai ${number(most)}).`,
      action: 'Bandingkan titik data dengan kurva: adakah kelompok yang menjawab di luar dugaan?',
    })
  }
  for (const d of s.distractors.filter((x) => !x.isKey && x.share < GATE.deadOption)) {
    flags.push({
      code: 'distractor',
      severity: 'look',
      title: `Pengecoh ${d.option} tidak bekerja`,
      reason: `Pilihan ${d.option} hanya dipilih ${d.n} dari ${s.n} orang.`,
      action: `Perbaiki pengecoh ${d.option} agar memuat kekeliruan yang benar-benar terjadi.`,
    })
  }
  for (const d of s.dif.filter(differs)) {
    flags.push({
      code: 'dif',
      severity: d.class === 'C' && d.weight === 'decide' ? 'stop' : 'look',
      title: `Beda antarkelompok (${d.class})`,
      reason: `Pada kemampuan yang sama, butir ini ${(d.delta ?? d.smd ?? 0) < 0 ? 'lebih sukar' : 'lebih mudah'} bagi ${d.focal} daripada ${d.reference}${d.delta === null ? '' : ` (D-DIF ${number(d.weight === 'look' && d.shrunken !== null ? d.shrunken : d.delta)}${d.weight === 'look' && d.shrunken !== null ? ', diperkecil karena kelompok kecil' : ''})`}; n = ${d.n.reference} dan ${d.n.focal}.`,
      action:
        d.weight === 'decide'
          ? 'Minta ahli materi menilai apakah sebabnya di luar kompetensi yang diukur.'
          : 'Kelompok terlalu kecil untuk memutuskan; amati pada gelombang berikut.',
    })
  }
  if (drift !== null && Math.abs(drift) > GATE.drift) {
    flags.push({
      code: 'drift',
      severity: 'look',
      title: 'Kesukaran bergeser',
      reason: `Bergeser ${number(drift)} logit dari kalibrasi sebelumnya.`,
      action: 'Jangan pakai sebagai butir jangkar sebelum sebabnya diketahui (bocor, berubah, atau diajarkan).',
    })
  }
  if (s.locations.some((b, k) => k > 0 && b < s.locations[k - 1]!)) {
    flags.push({
      code: 'steps',
      severity: 'look',
      title: 'Langkah skor tidak berurutan',
      reason: `Ambang ${s.locations.map((b) => number(b)).join('; ')}.`,
      action: 'Ini pertanyaan tentang rubrik: apakah nilai antara benar-benar dipakai?',
    })
  }
  return flags.sort((a, b) => (a.severity === b.severity ? 0 : a.severity === 'stop' ? -1 : 1))
}
