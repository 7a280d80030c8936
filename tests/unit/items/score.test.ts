import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scoreResponse } from '@/lib/items/score'
import { isAnswered, type ItemScoring, type ResponseValue } from '@/lib/items/model'

const multiple: ItemScoring = { type: 'multiple', keys: ['A', 'C'], options: ['A', 'B', 'C', 'D'] }
const table: ItemScoring = { type: 'truefalse', keys: { '1': true, '2': false, '3': true } }
const graded: ItemScoring = { type: 'graded', scores: { A: 0, B: 3, C: 2, D: 1 } }
const likert = (reversed: boolean): ItemScoring => ({ type: 'likert', reversed, points: 5 })

describe('scoring one response', () => {
  it('gives a single choice all or nothing', () => {
    expect(scoreResponse({ type: 'single', key: 'B' }, 'B')).toBe(1)
    expect(scoreResponse({ type: 'single', key: 'B' }, 'A')).toBe(0)
  })
  it.each([
    [['A', 'C'], 1],
    [['A'], 0.5],
    [['A', 'B'], 0],
    [['A', 'B', 'C'], 0.5],
    [['B', 'D'], 0],
    [[], 0],
  ])('gives partial credit for ticks %j: %d', (ticks, points) => {
    expect(scoreResponse(multiple, ticks as string[])).toBe(points)
  })
  it('gives nothing for ticking every box, whatever the key', () => {
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 6 }), fc.integer({ min: 1, max: 5 }), (n, k) => {
        fc.pre(k < n)
        const options = 'ABCDEF'.slice(0, n).split('')
        expect(scoreResponse({ type: 'multiple', keys: options.slice(0, k), options }, options)).toBe(0)
      }),
    )
  })
  it('subtracts wrong rows of a table, and lets an empty row count as neither', () => {
    expect(scoreResponse(table, { '1': true, '2': false, '3': true })).toBe(1)
    expect(scoreResponse(table, { '1': true, '2': true, '3': true })).toBeCloseTo(1 / 3)
    expect(scoreResponse(table, { '1': true })).toBeCloseTo(1 / 3)
    expect(scoreResponse(table, { '1': false, '2': true, '3': true })).toBe(0)
  })
  it('gives graded options their share of the best', () => {
    expect(['A', 'B', 'C', 'D'].map((o) => scoreResponse(graded, o))).toEqual([0, 1, 2 / 3, 1 / 3])
  })
  it('turns a reversed statement round', () => {
    expect([1, 3, 5].map((v) => scoreResponse(likert(false), v))).toEqual([0, 0.5, 1])
    expect([1, 3, 5].map((v) => scoreResponse(likert(true), v))).toEqual([1, 0.5, 0])
  })
  it('never leaves 0–1 and never throws, whatever arrives', () => {
    const any = fc.oneof(
      fc.constant(null),
      fc.string(),
      fc.integer(),
      fc.array(fc.string()),
      fc.dictionary(fc.string(), fc.boolean()),
    ) as fc.Arbitrary<ResponseValue>
    fc.assert(
      fc.property(
        any,
        fc.constantFrom<ItemScoring>({ type: 'single', key: 'A' }, multiple, table, graded, likert(true), likert(false)),
        (value, scoring) => {
          const points = scoreResponse(scoring, value)
          expect(points).toBeGreaterThanOrEqual(0)
          expect(points).toBeLessThanOrEqual(1)
        },
      ),
    )
  })
  it('does not call an emptied choice answered', () => {
    expect([null, undefined, '', [], {}].map((v) => isAnswered(v as ResponseValue))).toEqual([false, false, false, false, false])
    expect(['A', 3, ['A'], { '1': false }].map((v) => isAnswered(v as ResponseValue))).toEqual([true, true, true, true])
  })
})
