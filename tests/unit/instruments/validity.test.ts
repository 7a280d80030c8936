import { describe, expect, it } from 'vitest'
import { validityOf } from '@/lib/instruments/validity'

describe('content validity of an item', () => {
  it('has no figures while nobody has rated and no decision with fewer than three experts', () => {
    expect(validityOf([])).toEqual({ aiken: null, decision: 'few' })
    expect(validityOf([5, 5])).toMatchObject({ aiken: { v: 1, n: 2 }, decision: 'few' })
  })
  it('keeps V .80 of five experts (p .040) and sends .75 back', () => {
    const kept = validityOf([5, 4, 4, 4, 4])
    expect(kept.decision).toBe('keep')
    expect(kept.aiken!.p).toBeCloseTo(0.04, 3)
    expect(validityOf([4, 4, 4, 4, 4]).decision).toBe('revise')
  })
})
