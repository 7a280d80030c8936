import { z } from 'zod'
import type { Cell } from '@/lib/mapping/model'
import type { Certainty } from '@/lib/mapping/palette-model'

/** What may be asked for: one kabupaten/kota, one subject (the map's own word) or one indicator. The most particular that is named counts. */
export const ResponseFilter = z.object({ wilayah: z.string().max(8).catch(''), indikator: z.string().max(8).catch('') })
export type ResponseFilter = z.infer<typeof ResponseFilter>
export const responseFilterNames = Object.keys(ResponseFilter.shape) as (keyof ResponseFilter)[]

export type Thin = { code: string; title: string; mean: number; margin: number | null; certainty: Certainty; compared: Cell['compared'] }

/** Teachers by level of support; null where a small group hides the number. */
/** `said`: what stands beside these figures wherever they are shown. */
export type Tiers = {
  groups: { name: string; n: number | null }[]
  total: number
  hours: number
  rupiah: number
  said: readonly string[]
}

export type ClassOffer = { module: string; title: string; mode: string; waiting: number | null; classes: number; free: number }
export type ModuleOffer = { code: string; title: string; mode: string; hours: number; cost: number; areas: string[] }
export type TutorGap = { region: string; subject: string; learners: number }
export type ComingSitting = { id: string; name: string; cycle: string; opensAt: Date; venue: string; region: string }
export type Untested = { id: string; name: string; level: string }

/** What can be done about a place, a subject or an indicator. A part is null where the reader may not see it or nothing fits, with its reason. */
export type Response = {
  kind: 'region' | 'subject' | 'indicator'
  name: string
  /** Thinnest indicators first; of an indicator the kabupaten where it is thinnest. At most five. */
  thin: Thin[]
  tiers: Tiers | { why: string }
  classes: ClassOffer[] | { why: string }
  modules: ModuleOffer[]
  tutors: { gaps: TutorGap[]; few: number } | { why: string }
  sittings: ComingSitting[]
  untested: Untested[]
}
