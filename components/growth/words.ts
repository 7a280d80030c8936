import { formatSigned } from '@/lib/platform/format'

type Interval = { low: number; high: number }

/** Words for a change whose interval is known; nothing is called a rise or fall while the interval holds zero. */
export const changeWord = (e: Interval): string => (e.low > 0 ? 'naik' : e.high < 0 ? 'turun' : 'belum dapat dipastikan berubah')

/** "+11 sampai +39", for a column that is named so. */
export const rangeWords = (e: Interval): string => `${formatSigned(e.low)} sampai ${formatSigned(e.high)}`

export const intervalWords = (e: Interval): string => `rentang 95 persen ${formatSigned(e.low)} sampai ${formatSigned(e.high)}`
