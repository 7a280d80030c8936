import { z } from 'zod'

/** The map's filter as it stands in the address. Indonesian words, because users read them. */
export const MapFilter = z.object({
  bagian: z.enum(['1', '2', '3', '4']).catch('1'),
  mapel: z.string().max(8).catch(''),
  jenjang: z.string().max(8).catch(''),
  siklus: z.string().max(60).catch(''),
  tampilan: z.enum(['peta', 'tabel', 'sebaran', 'indikator']).catch('peta'),
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
  standardError: number | null
  roster: number
  state: 'shown' | 'hatched' | 'hidden' | 'empty'
  /** Against the province, when the chance of being above or below is over 90 %. */
  compared: 'di atas' | 'sekitar' | 'di bawah' | null
}

/** What a group's figure is made of: mastery from released scores, raw percents, or some of each. */
export type Basis = 'mastery' | 'raw' | 'mixed'

export const basisWords: Record<Basis, string> = {
  mastery: 'Persentase penguasaan bahan rujukan, dari skor yang dikalibrasi dan dirilis.',
  raw: 'Skor mentah, persen poin; belum dikalibrasi.',
  mixed: 'Sebagian persentase penguasaan (sudah dikalibrasi), sebagian skor mentah; bandingkan secara kasar saja.',
}

export type CycleChoice = { value: string; label: string; simulated: boolean }

export { centreOf, cornersOf, hexagons, labels, tiles, neighboursOf, HEXAGON_KM2 } from './mosaic'
