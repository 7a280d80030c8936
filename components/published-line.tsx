import { formatDate } from '@/lib/platform/format'

/** Which publication figures stand in: its number, its day, and the beginning of the number that seals it. */
export function PublishedLine({ published: p }: { published: { series: string; number: number; at: Date; seal: string } }) {
  return `Terbitan ke-${p.number} rangkaian ${p.series}, ${formatDate(p.at)}, sidik ${p.seal}.`
}
