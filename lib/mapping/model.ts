import { z } from 'zod'

/** The map's filter as it stands in the address. Indonesian words, because users read them. */
export const MapFilter = z.object({
  bagian: z.enum(['1', '2', '3', '4']).catch('1'),
  mapel: z.string().max(8).catch(''),
  jenjang: z.string().max(8).catch(''),
  siklus: z.string().max(60).catch(''),
  /** Kind of employment; told of all subjects and levels together. */
  status: z.string().max(40).catch(''),
  dasar: z.enum(['', 'penguasaan', 'mentah']).catch(''),
  tampilan: z.enum(['peta', 'tabel', 'sebaran', 'indikator']).catch('peta'),
  nilai: z.enum(['rata-rata', 'kompeten']).catch('rata-rata'),
})
export type MapFilter = z.infer<typeof MapFilter>

/** The filter's words in the address. */
export const mapFilterNames = Object.keys(MapFilter.shape) as (keyof MapFilter)[]

export const parseMapFilter = (said: Record<string, string>): MapFilter => MapFilter.parse(said)

/** A group's figure with its honesty. Hidden groups carry no n and no mean. */
export type Cell = {
  code: string
  name: string
  n: number | null
  mean: number | null
  /** Of the mean, schools taken as wholes; null where nothing carries one. */
  standardError: number | null
  /** Half of the 95 % interval, by Student's t with the degrees of freedom of that error. */
  margin: number | null
  /** Percent of the people who are competent, its 95 % half-width; null where it is not known (nothing measured, hidden). */
  share: number | null
  shareMargin: number | null
  roster: number
  state: 'shown' | 'hatched' | 'hidden' | 'empty'
  /** Against the rest of what stands beside it; of the words that stand together at most a tenth is expected to be chance. */
  compared: 'di atas' | 'sekitar' | 'di bawah' | null
}

/** What all figures of a view are made of: mastery from released scores, or raw percents; never some of each. */
export type Basis = 'mastery' | 'raw'
/** The basis in the address; nothing: the one that covers people best. */
export const basisNames: Record<Basis, string> = { mastery: 'penguasaan', raw: 'mentah' }

/** From this share of measured people on, a view is of mastery and says how many it leaves out; below it is of raw percents. */
const MOSTLY = 0.9

/** The basis that was asked for, else the one that covers people best. */
export function basisFor({ n, measured }: { n: number; measured: number }, asked: MapFilter['dasar'] = ''): Basis {
  if (asked === basisNames.raw || !measured) return 'raw'
  return asked === basisNames.mastery || measured >= MOSTLY * n ? 'mastery' : 'raw'
}

export const basisWords: Record<Basis, string> = {
  mastery: 'Persentase penguasaan bahan rujukan, dari skor yang dikalibrasi dan dirilis.',
  raw: 'Skor mentah, persen poin; belum dikalibrasi.',
}

export type CycleChoice = { value: string; label: string; simulated: boolean }

export { centreOf, cornersOf, hexagons, labels, tiles, neighboursOf, HEXAGON_KM2 } from './mosaic'
