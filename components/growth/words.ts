import { gateWords } from '@/lib/calibration/link-model'
import type { Withheld } from '@/lib/growth/model'
import { formatCount, formatNumber, formatSigned } from '@/lib/platform/format'

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

/** How many people a told change is of; not said where it would give few away beside the map. */
export const peopleWords = (n: number | null, hideBelow: number): string =>
  n === null ? `sedikitnya ${hideBelow}, disamarkan` : formatCount(n)

/** Why a test is not compared. */
export function withheldWords(w: Withheld): string {
  if (w.why === 'unlinked') return 'kedua tes belum ditautkan dan dirilis pada satu skala.'
  const reasons = w.reasons.map((r) => gateWords[r]).join(' ')
  const error =
    w.error !== null && w.reasons.includes('error')
      ? ` Galat baku tautannya ${formatNumber(w.error)} poin dari ${w.anchors} butir jangkar${w.wanted ? `; kira-kira ${w.wanted} butir akan membukanya` : ''}.`
      : ''
  return `gerbang tautannya tertutup. ${reasons}${error}`
}
