import { seeded, shuffled } from '@/lib/platform/random'

/** The order one participant sees, from the attempt's seed: items of one stimulus stay together, choices are mixed. Pure. */
export function itemOrder<T extends { id: string; stimulusId: string | null }>(items: readonly T[], seed: number): T[] {
  const blocks = new Map<string, T[]>()
  for (const item of items) {
    const key = item.stimulusId ?? item.id
    blocks.set(key, [...(blocks.get(key) ?? []), item])
  }
  return shuffled([...blocks.values()], seeded(seed)).flat()
}

/** The order of an item's options; responses always carry the canonical codes, whatever was shown. */
export function optionOrder<T>(options: readonly T[], itemId: string, seed: number): T[] {
  let h = seed >>> 0
  for (const c of itemId) h = Math.imul(h ^ c.charCodeAt(0), 16777619) >>> 0
  return shuffled(options, seeded(h))
}

/** The seed of a seat's part: the same on every device and on the server, so that a start without the server mixes alike. FNV-1a, 28 bits. */
export function seedOf(seatId: string, part: string): number {
  let h = 0x811c9dc5
  for (const c of `${seatId}.${part}`) h = Math.imul(h ^ c.charCodeAt(0), 16777619) >>> 0
  return h >>> 4
}
