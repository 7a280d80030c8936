import { describe, expect, it } from 'vitest'
import { askingItems } from '@/lib/calibration/analysis-model'

const stop = { severity: 'stop' as const }
const look = { severity: 'look' as const }

describe('Items that need a decision', () => {
  it('are counted, not their flags: one with two grave flags and a light one is one item', () => {
    expect(askingItems([{ code: 'MTK-008', flags: [stop, stop, look] }])).toEqual({ stops: ['MTK-008'], looks: [] })
  })
  it('are counted once where two versions of an item stand in the same calibration', () => {
    const items = [
      { code: 'MTK-008', flags: [stop] },
      { code: 'MTK-008', flags: [stop, look] },
      { code: 'MTK-009', flags: [look, look] },
      { code: 'MTK-010', flags: [] },
    ]
    expect(askingItems(items)).toEqual({ stops: ['MTK-008'], looks: ['MTK-009'] })
  })
})
