import type { Cell } from '@/lib/mapping/model'
import { formatNumber } from '@/lib/platform/format'

/** Five classes from light to dark, told apart without colour vision too; the text colour that reads on each. */
export const classes = [
  { fill: '#EEF3DC', ink: '#1C2320' },
  { fill: '#BFDCA8', ink: '#1C2320' },
  { fill: '#79B791', ink: '#1C2320' },
  { fill: '#2E7D76', ink: '#FFFFFF' },
  { fill: '#12404F', ink: '#FFFFFF' },
] as const

export type Scale = { breaks: number[]; classOf: (mean: number) => number; labels: string[] }

/** Four round breaks that spread the shown means over five classes of equal width. */
export function scaleOf(cells: Cell[]): Scale {
  const means = cells.flatMap((c) => (c.mean === null ? [] : [c.mean]))
  const low = means.length ? Math.min(...means) : 40
  const high = means.length ? Math.max(...means) : 60
  const step = [0.5, 1, 2, 2.5, 5, 10, 20].find((s) => s * 5 >= high - low) ?? 20
  const middle = Math.round((low + high) / 2 / step) * step
  const breaks = [-1.5, -0.5, 0.5, 1.5].map((k) => middle + k * step)
  const decimals = breaks.every(Number.isInteger) ? 0 : breaks.every((b) => Number.isInteger(b * 10)) ? 1 : 2
  const word = (b: number) => formatNumber(b, decimals)
  return {
    breaks,
    classOf: (mean) => breaks.filter((b) => mean >= b).length,
    labels: [
      `di bawah ${word(breaks[0]!)}`,
      ...[0, 1, 2].map((i) => `${word(breaks[i]!)}–${word(breaks[i + 1]!)}`),
      `${word(breaks[3]!)} ke atas`,
    ],
  }
}

export const NO_DATA = { fill: '#FFFFFF', ink: '#55605A' }
export const HIDDEN = { fill: '#DAD7CE', ink: '#1C2320' }

export function paintOf(cell: Cell, scale: Scale): { fill: string; ink: string } {
  if (cell.state === 'empty') return NO_DATA
  if (cell.state === 'hidden' || cell.mean === null) return HIDDEN
  return classes[scale.classOf(cell.mean)]!
}

/** One sentence that says everything about a cell. */
export function cellWords(cell: Cell): string {
  if (cell.state === 'empty') return `${cell.name}: belum ada guru yang dites`
  if (cell.state === 'hidden' || cell.mean === null || cell.n === null) return `${cell.name}: disembunyikan karena kelompoknya kecil`
  const error = cell.margin === null ? '' : ` ± ${formatNumber(cell.margin)}`
  const coverage =
    cell.roster > 0 ? `, ${formatNumber((100 * cell.n) / cell.roster, 0)}% dari ${formatNumber(cell.roster, 0)} guru terdata` : ''
  return `${cell.name}: rata-rata ${formatNumber(cell.mean)}${error}, ${formatNumber(cell.n, 0)} guru${coverage}${cell.state === 'hatched' ? '; jumlah kecil, baca dengan hati-hati' : ''}`
}
