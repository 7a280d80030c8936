import { describe, expect, it } from 'vitest'
import { seeded } from '@/lib/platform/random'
import { gaps } from '@/lib/growth/growth'
import { simulateProvince } from '../../load/province'

/** The headline “is the gap closing?” where only the unit of the scale has changed. */

const quiet = { everybody: 0.05, modules: [0], drift: 0, closing: 0, teachers: 1_500 }

describe('The gap between kabupaten', () => {
  it('is withheld, with the instrument named, where the unit has moved or was never tested', () => {
    const p = simulateProvince(60, quiet)
    const told = (unit: { logRatio: number; se: number; p: number } | null) => gaps(p.pairs, new Map([['one', unit]]), seeded(1))
    expect(told({ logRatio: 0, se: 0.05, p: 0.001 })).toEqual({ withheld: 'unit-moved', instrumentIds: ['one'] })
    expect(told(null)).toEqual({ withheld: 'unit-unknown', instrumentIds: ['one'] })
    expect(told({ logRatio: 0, se: 0.05, p: 0.4 })).toHaveProperty('areas')
  })
})
