import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { claims, claimsTable, findingsOf, holds, missedTable, missOf, rate } from '../proof/claims'
import { shownIn } from '../proof/found'

/** A claim that misses its rate may not be shown, and one that is shown has been measured. */

describe('What screens say with a probability', () => {
  it.each(claims.map((c) => [c.claim, c] as const))('is shown exactly while it holds: %s', (_, c) => {
    expect(existsSync(c.from), c.from).toBe(true)
    const found = findingsOf(c)
    expect(found?.length, `${c.key}: npm run proof`).toBeGreaterThan(0)
    expect(c.shown.test(readFileSync(c.screen, 'utf8')), `${c.claim}: ${c.screen}`).toBe(holds(c, found!))
  })
  it('stands in the documents as it was found', () => {
    expect(shownIn('docs/measurement.md', 'claims')).toBe(claimsTable())
    expect(shownIn('docs/measurement.md', 'missed')).toBe(missedTable())
  })
  it('counts a miss beyond its standard error, on the side that was promised', () => {
    const said = (observed: number, error: number, promised = 16) => ({ where: '', said: promised, observed, error, n: 1 })
    expect(missOf({}, said(10, 1.8))).toBeCloseTo(4.2, 9)
    expect(missOf({ atLeast: true }, said(99, 1, 90))).toBe(0)
    expect(missOf({ atLeast: true }, said(80, 1, 90))).toBeCloseTo(9, 9)
    expect(missOf({ atMost: true }, said(12, 1, 5))).toBeCloseTo(6, 9)
    expect(holds({ within: 3 } as never, [{ ...said(40, 1), beyond: true }])).toBe(true)
    expect(rate('', 5, 0, 40)).toMatchObject({ observed: 0, error: expect.closeTo(2.47, 2) as number })
  })
})
