import { z } from 'zod'
import type { GateReason } from '@/lib/calibration/link-model'

/** The growth page's filter as it stands in the address. */
export const GrowthFilter = z.object({
  ulang: z.string().max(10).catch(''),
  bagian: z.enum(['1', '2', '3', '4']).catch('1'),
  tampilan: z.enum(['ringkasan', 'wilayah', 'indikator', 'dukungan', 'daya']).catch('ringkasan'),
})
export type GrowthFilter = z.infer<typeof GrowthFilter>

/** The filter's words in the address. */
export const growthFilterNames = Object.keys(GrowthFilter.shape) as (keyof GrowthFilter)[]

export const parseGrowthFilter = (said: Record<string, string>): GrowthFilter => GrowthFilter.parse(said)

/** A link on which a comparison rests. Errors are standard errors in points. */
export type ComparisonLink = {
  title: string
  instrumentId: string
  runId: string
  error: number
  /** Degrees of freedom of the error. */
  df: number
  /** How many anchors the link would need for its error to stay within the limit; null where it is not known. */
  wanted: number | null
  /** What is known of the later unit; null where it was not tested. */
  unit: { logRatio: number; se: number; p: number } | null
  /** True deviations of the people of both tests, points. */
  deviations: { before: number; after: number }
  gate: 'open' | 'closed'
  /** Why the gate is closed. */
  reasons: GateReason[]
  anchors: number
  dropped: number
  at: string
}

/** A test that was taken in both cycles and is not compared: its link's gate is closed, or there is no released link. */
export type Withheld = {
  title: string
  why: 'gate' | 'unlinked'
  reasons: GateReason[]
  error: number | null
  anchors: number | null
  wanted: number | null
}

/** What every figure of a comparison rests on. */
export type Basis = {
  chosen: { code: string; name: string; simulated: boolean; baseCode: string; baseName: string }
  /** Links with an open gate; a test that is missing here has no comparison. */
  links: ComparisonLink[]
  withheld: Withheld[]
}

/** What a teacher reads of the own change: a fall is told, in a word that does not wound. */
export const changeWords = { up: 'naik', unclear: 'belum dapat dipastikan', down: 'lebih rendah kali ini' } as const
