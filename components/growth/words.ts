import { formatSigned } from '@/lib/platform/format'

type Interval = { low: number; high: number }

/**
 * Words for a change whose interval is known; nothing is called a rise or fall while the interval holds zero, and a self-description
 * (personality, part 2) never is: it moves, for better and worse alike.
 */
export function changeWord(e: Interval, part: string): string {
  if (e.low <= 0 && e.high >= 0) return 'belum dapat dipastikan berubah'
  return part === '2' ? 'bergeser' : e.low > 0 ? 'naik' : 'turun'
}

/** "+11 sampai +39", for a column that is named so. */
export const rangeWords = (e: Interval): string => `${formatSigned(e.low)} sampai ${formatSigned(e.high)}`

export const intervalWords = (e: Interval): string => `rentang 95 persen ${formatSigned(e.low)} sampai ${formatSigned(e.high)}`
