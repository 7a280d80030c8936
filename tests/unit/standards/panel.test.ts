import { describe, expect, it } from 'vitest'
import {
  angoffPanel,
  bookOf,
  decisionLimits,
  judgeLetters,
  othersDone,
  ratingsAfter,
  spreadOf,
  withinOneError,
} from '@/lib/standards/panel'
import { nextState, openRound, panelStates, reliabilityWords } from '@/lib/standards/panel-model'

const said = (judgeId: string, itemVersionId: string, value: number, round = 1) => ({ judgeId, itemVersionId, value, round })

describe('a panel', () => {
  it('moves only forward and takes judgements in its two rounds', () => {
    expect(panelStates.map(nextState)).toEqual(['discussion', 'round-2', 'closed', null])
    expect(panelStates.map(openRound)).toEqual([1, null, 2, null])
  })
  it('names judges by letters that do not follow the list they came in', () => {
    const letters = judgeLetters(['aaa9', 'bbb1', 'ccc5'])
    expect(['aaa9', 'bbb1', 'ccc5'].map((id) => letters.get(id))).toEqual(['C', 'A', 'B'])
  })
  it('keeps the value of round 1 where round 2 says nothing, whatever the order of rows', () => {
    const rows = [said('a', 'x', 0.7, 2), said('a', 'x', 0.5), said('a', 'y', 0.4), said('b', 'x', 0.6)]
    expect(ratingsAfter(['a', 'b'], ['x', 'y'], rows, 1)).toEqual([
      [0.5, 0.4],
      [0.6, null],
    ])
    expect(ratingsAfter(['a', 'b'], ['x', 'y'], rows, 2)[0]).toEqual([0.7, 0.4])
  })
  it('leaves out judges who said nothing, and has no result where an item was judged by nobody', () => {
    const rows = [said('a', 'x', 0.4), said('a', 'y', 0.6), said('b', 'x', 0.6), said('b', 'y', 0.8)]
    expect(angoffPanel(['a', 'b', 'c'], ['x', 'y'], rows, 1)).toMatchObject({ share: 0.6, judges: [{ judgeId: 'a' }, { judgeId: 'b' }] })
    expect(angoffPanel(['a', 'b'], ['x', 'y', 'z'], rows, 1)).toBeNull()
    expect(angoffPanel(['a'], ['x', 'y'], rows, 1)).toBeNull()
  })
  it('describes a spread with its median', () => {
    expect(spreadOf([0.2, null, 0.6, 0.4])).toMatchObject({ n: 3, min: 0.2, max: 0.6, median: 0.4 })
    expect(spreadOf([0.2, 0.4])!.median).toBeCloseTo(0.3, 12)
    expect(spreadOf([null])).toBeNull()
  })
  it('accepts every number of the limits it shows, and nothing beyond one standard error', () => {
    const result = { share: 0.62917, se: 0.01234 }
    for (const limit of decisionLimits(result)) expect(withinOneError(limit / 100, result)).toBe(true)
    expect(withinOneError(result.share + 1.001 * result.se, result)).toBe(false)
  })
  it('leaves items out of the book whose chance of success falls with ability, and says how many', () => {
    const item = (id: string, a: number, b: number) => ({ id, model: 'gpcm' as const, categories: 2, a, d: [-a * b], c: 0, codes: [0, 1] })
    const book = bookOf([item('hard', 1, 1), item('easy', 2, -1), item('broken', -0.3, 0)])
    expect(book.pages.map((p) => p.id)).toEqual(['easy', 'hard'])
    expect(book.pages[0]!.location).toBeCloseTo(-1 + Math.LN2 / 2, 8)
    expect(book.leftOut).toBe(1)
  })
  it('tells a judge how far the others are, without who: all items in round 1, a look in round 2', () => {
    const rows = [said('a', 'x', 0.4), said('b', 'x', 0.4), said('b', 'y', 0.5), said('c', 'x', 0.1), said('c', 'x', 0.2, 2)]
    expect(othersDone(['a', 'b', 'c'], 'a', 2, rows, 1)).toEqual({ total: 2, done: 1 })
    expect(othersDone(['a', 'b', 'c'], 'a', 2, rows, 2)).toEqual({ total: 2, done: 1 })
    expect(othersDone(['a', 'b', 'c'], 'b', 2, rows, 1)).toEqual({ total: 2, done: 0 })
  })
  it('has words for agreement', () =>
    expect([0.4, 0.5, 0.75, 0.9].map(reliabilityWords)).toEqual(['rendah', 'sedang', 'baik', 'sangat baik']))
})
