import { describe, expect, it } from 'vitest'
import { growthTable, type GrowthFound } from '../../load/growth-table'
import { kept, shownIn } from '../../proof/found'

describe('docs/growth.md', () => {
  it('shows what the simulations found, as the program wrote it', () => {
    expect(shownIn('docs/growth.md', 'growth')).toBe(growthTable(kept<GrowthFound>('growth')))
  })
})
