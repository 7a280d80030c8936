import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { claims, holds, missOf } from '../proof/claims'

/** A claim that misses its rate may not be shown, and one that is shown has been measured. */

describe('What screens say with a probability', () => {
  it.each(claims.map((c) => [c.claim, c] as const))('is shown exactly while it holds: %s', (_, c) => {
    expect(existsSync(c.from), c.from).toBe(true)
    expect(c.found.length).toBeGreaterThan(0)
    expect(c.shown.test(readFileSync(c.screen, 'utf8')), `${c.claim}: ${c.screen}`).toBe(holds(c))
  })
  it('counts a miss beyond its standard error, on the side that was promised', () => {
    const [rise, word, families] = [claims[0]!, claims[1]!, claims[3]!]
    expect(missOf(rise, { where: '', said: 16, observed: 10, error: 1.8, n: 1 })).toBeCloseTo(4.2, 9)
    expect(missOf(word, { where: '', said: 90, observed: 99, error: 1, n: 1 })).toBe(0)
    expect(missOf(word, { where: '', said: 90, observed: 80, error: 1, n: 1 })).toBeCloseTo(9, 9)
    expect(missOf(families, { where: '', said: 5, observed: 12, error: 1, n: 1 })).toBeCloseTo(6, 9)
  })
})
