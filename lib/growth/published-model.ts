import type { GrowthCell } from './growth'

/** How growth stands in a snapshot: kinds and names of its pages. */
export const views = {
  /** Re-measurements of the snapshot's series, the newest first. */
  index: 'growth-index',
  growth: 'growth',
  indicators: 'growth-indicators',
  support: 'growth-support',
  power: 'growth-power',
  lots: 'growth-lots',
  practice: 'growth-practice',
  school: 'growth-school',
  input: 'growth-input',
  nameOf: (cycle: string, part: string): string => `${cycle}|${part}`,
} as const

/** One part of a school: its head reads it from the small-group limit on, an office where it is published beside its kabupaten. */
export type SchoolPart = { part: string; cell: GrowthCell; forOffices: boolean; countedForOffices: boolean }
export type SchoolBody = { cycles: [string, string]; parts: SchoolPart[] }
