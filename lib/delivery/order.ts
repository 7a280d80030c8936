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
