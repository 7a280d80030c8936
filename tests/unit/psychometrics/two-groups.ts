import { intercepts, type ItemParameters } from '@/lib/psychometrics/parameters'
import type { Responses } from '@/lib/psychometrics/responses'
import { abilities, simulate, someItems } from './simulate'

/** 500 persons of the reference group R from `items`, 300 of F (mean −0.4) from `focalItems`; seeds seed … seed + 3. */
export function twoGroups(items: ItemParameters[], focalItems: ItemParameters[], seed: number): { data: Responses; groups: string[] } {
  const reference = simulate(items, abilities(500, seed), seed + 1)
  const focal = simulate(focalItems, abilities(300, seed + 2, -0.4), seed + 3)
  const data = { ...reference, persons: 800, cells: Int8Array.from([...reference.cells, ...focal.cells]) }
  return { data, groups: Array.from({ length: 800 }, (_, i) => (i < 500 ? 'R' : 'F')) }
}

export const plain = someItems(12)
export const harder = plain.map((item, j) => (j === 2 ? { ...item, d: [item.d[0]! - 0.9] } : j === 5 ? { ...item, a: item.a * 0.4 } : item))

export const partial: ItemParameters[] = Array.from({ length: 8 }, (_, j) => ({
  id: `p${j + 1}`,
  model: 'gpcm',
  categories: 4,
  a: 1,
  d: intercepts('gpcm', 1, [-1 + 0.1 * j, 0, 0.8]),
  c: 0,
}))
