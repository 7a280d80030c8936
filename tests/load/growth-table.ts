import { table } from '../proof/found'

/** What `npm run load:growth` found, and the table that shows it. */

export type Count = { hits: number; of: number }
export type GrowthFound = {
  provinces: number
  on: string
  columns: string[]
  /** By finding and by kind of province; nothing where the question is not asked there. */
  counts: Record<string, Record<string, Count>>
}

export const growthTable = ({ provinces, on, columns, counts }: GrowthFound): string =>
  `Found on ${on} in ${provinces} provinces of each kind.\n\n${table(
    ['finding', ...columns],
    Object.entries(counts).map(([finding, by]) => [finding, ...columns.map((c) => (by[c] ? `${by[c].hits} of ${by[c].of}` : ''))]),
  )}`
