import { z } from 'zod'
import type { Basis, Cell } from './model'

/** What citizens and press read: groups that are narrowed in one way, of everybody, over a whole series. */

/** What the address of the public page says. */
export const PublicAsked = z.object({
  rangkaian: z.string().max(80).catch(''),
  bagian: z.enum(['1', '2', '3', '4']).catch('1'),
  nilai: z.enum(['rata-rata', 'kompeten']).catch('rata-rata'),
})
export type PublicAsked = z.infer<typeof PublicAsked>
export const publicNames = Object.keys(PublicAsked.shape) as (keyof PublicAsked)[]

/** The fewest schools of a group in public: the figure of one or two would be that of a school under another name. */
export const FEWEST_SCHOOLS = 3

/** A group with its roster; of schools that nobody sat from how many, where that may be told. */
export type PublicCell = Cell & { schools: number | null; untested: number | null }

export type PublicPart = {
  part: string
  basis: Basis
  total: PublicCell
  /** Kabupaten/kota by the alphabet, levels and subjects in the order of the house; tested or not. */
  places: PublicCell[]
  levels: PublicCell[]
  subjects: PublicCell[]
  /** In raw percents, by code. */
  indicators: (PublicCell & { items: number })[]
}

export type PublicFigures = {
  series: string
  number: number
  publishedAt: Date
  lastClosed: Date | null
  seal: string
  cycles: { name: string; startsOn: string }[]
  simulated: boolean
  rules: { hideBelow: number; hatchBelow: number; version: number; shipped: boolean }
  parts: PublicPart[]
}
