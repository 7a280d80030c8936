import { deviceWords } from '@/lib/access/session-model'
import { formatCount, formatNumber } from '@/lib/platform/format'
import { competencyNames } from '@/lib/sittings/model'
import type { ItemTried, PartTried, PhoneTried } from './trial-store'

/** What an internal trial found, and what to mend before anybody else sits the test. */

export type TrialReport = {
  people: number
  parts: PartTried[]
  items: ItemTried[]
  phones: { words: string; many: number; ready: number }[]
  /** Checks that failed on some phone, with on how many. */
  failed: { words: string; many: number }[]
  incidents: { kind: string; note: string; at: Date }[]
  mend: string[]
}

const checkNames: Record<string, string> = {
  browser: 'peramban terlalu lama',
  space: 'ruang penyimpanan kurang',
  persist: 'penyimpanan dapat terhapus',
  clock: 'jam ponsel meleset',
  offline: 'halaman tes belum terbuka tanpa jaringan',
  packet: 'paket soal belum tersimpan',
}

/** Of people who used more than this share of the minutes, the slowest needs looking at. */
const TIGHT = 0.9
/** An item that this share of people left out. */
const LEFT_OUT = 1 / 3
/** An item that took so many times the middle of its instrument. */
const SLOW_TIMES = 3

const middle = (list: number[]): number => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0

/** Items that many left out, and items that took much longer than the others of their instrument. */
export function itemsToMend(items: readonly ItemTried[]): { left: ItemTried[]; slow: ItemTried[] } {
  const usual = (title: string) => middle(items.flatMap((i) => (i.instrument === title && i.seconds !== null ? [i.seconds] : [])))
  return {
    left: items.filter((i) => i.shown - i.answered >= Math.max(1, i.shown * LEFT_OUT)),
    slow: items.filter((i) => i.seconds !== null && usual(i.instrument) > 0 && i.seconds > SLOW_TIMES * usual(i.instrument)),
  }
}

const codes = (items: ItemTried[]): string =>
  `${items
    .slice(0, 6)
    .map((i) => i.code)
    .join(', ')}${items.length > 6 ? ` dan ${items.length - 6} lagi` : ''}`

function mendWords(r: Omit<TrialReport, 'mend'>): string[] {
  const { left, slow } = itemsToMend(r.items)
  return [
    ...r.parts.filter((p) => p.begun === 0).map((p) => `Bagian ${competencyNames[p.part]} belum dicoba siapa pun.`),
    ...r.parts
      .filter((p) => p.ranOut > 0)
      .map((p) => `Bagian ${competencyNames[p.part]}: ${formatCount(p.ranOut)} orang kehabisan waktu ${formatCount(p.minutes)} menit.`),
    ...r.parts
      .filter((p) => p.ranOut === 0 && p.most !== null && p.most > TIGHT * p.minutes)
      .map(
        (p) =>
          `Bagian ${competencyNames[p.part]}: yang paling lama memakai ${formatNumber(p.most!, 0)} dari ${formatCount(p.minutes)} menit.`,
      ),
    ...(left.length ? [`Dilewati sepertiga orang atau lebih: ${codes(left)}.`] : []),
    ...(slow.length ? [`Jauh lebih lama daripada butir lain: ${codes(slow)}.`] : []),
    ...r.failed.map((f) => `${formatCount(f.many)} ponsel: ${f.words}.`),
    ...(r.incidents.length ? [`${formatCount(r.incidents.length)} kejadian tercatat; bacalah di bawah.`] : []),
  ]
}

/** Sums what was read up into the report. Pure. */
export function trialReportOf(
  people: number,
  parts: PartTried[],
  items: ItemTried[],
  phones: PhoneTried[],
  incidents: TrialReport['incidents'],
): TrialReport {
  const kinds = new Map<string, { many: number; ready: number }>()
  const faults = new Map<string, number>()
  for (const p of phones) {
    const words = deviceWords(p.userAgent)
    const kind = kinds.get(words) ?? { many: 0, ready: 0 }
    kinds.set(words, { many: kind.many + 1, ready: kind.ready + (p.ready ? 1 : 0) })
    for (const [key, said] of Object.entries(p.checks)) if (said === 'bad') faults.set(key, (faults.get(key) ?? 0) + 1)
  }
  const report = {
    people,
    parts,
    items,
    phones: [...kinds].map(([words, k]) => ({ words, ...k })),
    failed: [...faults].map(([key, many]) => ({ words: checkNames[key] ?? key, many })),
    incidents,
  }
  return { ...report, mend: mendWords(report) }
}
