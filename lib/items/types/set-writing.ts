import { z } from 'zod'
import type { SetKey } from '../model'

/** How a foreign file gave credit, where our rule of the type would give another. */
export const rule = {
  rule: z.literal('all').optional(),
  points: z.record(z.string(), z.number()).optional(),
  best: z.number().positive().optional(),
}
type Ruled = { rule?: 'all' | undefined; points?: Record<string, number> | undefined; best?: number | undefined }

export const setKey = (keys: string[], item: Ruled): SetKey => ({
  keys: [...new Set(keys)].sort(),
  ...(item.rule && { rule: item.rule }),
  ...(item.points && { points: Object.fromEntries(Object.entries(item.points).filter(([, p]) => p !== 0)), best: item.best ?? 1 }),
})

export const named = (key: SetKey): Ruled => ({
  ...(key.rule ? { rule: key.rule } : {}),
  ...(key.points ? { points: key.points, best: key.best ?? 1 } : {}),
})

/** The last line of a set that is all or nothing. */
export const ruleLine = (fields: Ruled): string[] => (fields.rule ? ['semua atau nol'] : [])
