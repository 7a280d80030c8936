import { z } from 'zod'

/** Columns by which the item table can be sorted; the order is in the address. */
export const itemOrders = ['tanda', 'kode', 'kesukaran', 'daya', 'infit', 'geser'] as const
export type ItemOrder = (typeof itemOrders)[number]
export const itemOrderNames: Record<ItemOrder, string> = {
  tanda: 'Tanda terberat dahulu',
  kode: 'Kode butir',
  kesukaran: 'Tersukar dahulu',
  daya: 'Daya beda terlemah dahulu',
  infit: 'Paling tidak cocok dahulu',
  geser: 'Paling bergeser dahulu',
}
export const parseItemOrder = (value: unknown): ItemOrder => z.enum(itemOrders).catch('tanda').parse(value)

/** Items that ask for something, each once by its gravest flag, whatever number of flags, versions or rows it has: said alike on every page. */
export function askingItems(items: readonly { code: string; flags: readonly { severity: 'stop' | 'look' }[] }[]): {
  stops: string[]
  looks: string[]
} {
  const bearing = (severity: 'stop' | 'look') =>
    new Set(items.filter((i) => i.flags.some((f) => f.severity === severity)).map((i) => i.code))
  const stops = bearing('stop')
  return { stops: [...stops], looks: [...bearing('look')].filter((code) => !stops.has(code)) }
}

export type SortableItem = {
  code: string
  drift: number | null
  flags: { severity: 'stop' | 'look' }[]
  statistics: { p: number; rItemRest: number | null; infit: number | null }
}

/** Items in the order asked for; equal ones by code. */
export function sortItems<T extends SortableItem>(items: readonly T[], order: ItemOrder): T[] {
  const weight = (i: T) => i.flags.reduce((s, f) => s + (f.severity === 'stop' ? 100 : 1), 0)
  const by: Record<ItemOrder, (i: T) => number> = {
    tanda: (i) => -weight(i),
    kode: () => 0,
    kesukaran: (i) => i.statistics.p,
    daya: (i) => i.statistics.rItemRest ?? 2,
    infit: (i) => -Math.abs(Math.log(i.statistics.infit ?? 1)),
    geser: (i) => -Math.abs(i.drift ?? 0),
  }
  return [...items].sort((a, b) => by[order](a) - by[order](b) || a.code.localeCompare(b.code))
}
