import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { careFlags, longestRun, withinPersonSd } from '@/lib/psychometrics/care'

describe('care checks', () => {
  it('finds the longest run and lets a missing answer end it', () => {
    expect(longestRun([1, 2, 2, 2, 3, 3])).toBe(3)
    expect(longestRun([4, 4, null, 4, 4, 4])).toBe(3)
    expect(longestRun([null, null])).toBe(0)
    expect(longestRun([])).toBe(0)
  })

  it('takes the spread over the answers given', () => {
    expect(withinPersonSd([1, null, 3])).toBeCloseTo(Math.SQRT2, 12)
    expect(withinPersonSd([5, 5, 5])).toBe(0)
    expect(withinPersonSd([5, null])).toBeNull()
  })

  it('needs two signs for a flag', () => {
    const limits = { maxRun: 4, minSd: 0.4, secondsPerItem: [5, 1, null, 1], instructed: [{ column: 0, answer: 2 }] }
    const flags = careFlags(
      [
        [2, 2, 2, 2, 2, 5],
        [2, 4, 1, 5, 3, 2],
        [3, 3, 3, 3, 3, 3],
        [null, 1, 4, 2, 5, 1],
      ],
      limits,
    )
    expect(flags.map((f) => f.signs)).toEqual([['run'], ['speed'], ['run', 'spread', 'instructed'], ['speed']])
    expect(flags.map((f) => f.flagged)).toEqual([false, false, true, false])
  })

  it('bounds the run by the number of answers and is the same read backwards', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.integer({ min: 1, max: 5 }))), (row) => {
        expect(longestRun(row)).toBeLessThanOrEqual(row.filter((x) => x !== null).length)
        expect(longestRun([...row].reverse())).toBe(longestRun(row))
      }),
    )
  })
})
