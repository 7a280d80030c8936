import { describe, expect, it } from 'vitest'
import { bookmarkCut, bookmarkLocations, type BookmarkLocation } from '@/lib/psychometrics/bookmark'
import { intercepts, probabilities, type ItemModel, type ItemParameters } from '@/lib/psychometrics/parameters'

const item = (id: string, model: ItemModel, a: number, b: number[], c = 0): ItemParameters => ({
  id,
  model,
  categories: b.length + 1,
  a,
  d: intercepts(model, a, b),
  c,
})

const book = (...args: Parameters<typeof bookmarkLocations>): BookmarkLocation[] => {
  const result = bookmarkLocations(...args)
  if (!result.ok) throw new Error(result.problem.detail)
  return result.value
}

describe('The ordered item book', () => {
  it('moves every Rasch item up by ln 2 at RP 67 and by nothing at RP 50', () => {
    const items = [item('a', 'rasch', 1, [0.4]), item('b', 'rasch', 1, [-1])]
    expect(book(items).map((p) => p.id)).toEqual(['b', 'a'])
    expect(book(items)[1]!.location).toBeCloseTo(0.4 + Math.LN2, 12)
    expect(book(items, 0.5)[0]!.location).toBeCloseTo(-1, 12)
  })

  it('takes guessing out of the response probability', () => {
    // (2/3 − 1/5)/(4/5) = 7/12, logit = ln(7/5)
    expect(book([item('g', '3pl', 2, [0.5], 0.2)])[0]!.location).toBeCloseTo(0.5 + Math.log(7 / 5) / 2, 12)
  })

  it('gives every threshold of a polytomous item its own page, where two of three reach it', () => {
    for (const model of ['gpcm', 'grm'] as const) {
      const p = item('p', model, 1.3, [-0.8, 0.1, 1.2])
      const pages = book([p])
      expect(pages.map((page) => page.category)).toEqual([1, 2, 3])
      for (const { category, location } of pages) {
        const reached = probabilities(p, location).reduce((sum, v, k) => (k >= category ? sum + v : sum), 0)
        expect(reached).toBeCloseTo(2 / 3, 10)
      }
    }
  })

  it('orders pages of the same place by name', () => {
    expect(book([item('z', 'rasch', 1, [0]), item('m', 'rasch', 1, [0])]).map((p) => p.id)).toEqual(['m', 'z'])
  })

  it('cannot place an item that guesses more often than asked or does not discriminate', () => {
    expect(bookmarkLocations([item('g', '3pl', 1, [0], 0.25)], 0.2)).toMatchObject({ problem: { code: 'out-of-range' } })
    expect(bookmarkLocations([{ ...item('f', '2pl', 1, [0]), a: 0 }])).toMatchObject({ problem: { code: 'out-of-range' } })
    expect(bookmarkLocations([item('far', 'gpcm', 1, [150])])).toMatchObject({ problem: { code: 'out-of-range' } })
    expect(bookmarkLocations([])).toMatchObject({ problem: { code: 'empty' } })
    expect(bookmarkLocations([item('a', 'rasch', 1, [0])], 1)).toMatchObject({ problem: { code: 'out-of-range' } })
  })
})

describe('A bookmark', () => {
  const pages = [-1, 0, 0.5, 2].map((location, k) => ({ id: `i${k}`, category: 1, location }))
  const cut = (marks: number[], convention: 'last-mastered' | 'first-not-mastered') => bookmarkCut(marks, pages, convention)

  it('stands for its own page or for the page before, as the convention says', () => {
    expect(cut([3, 4, 3], 'first-not-mastered')).toMatchObject({ value: { judges: [0.5, 2, 0.5], mean: 1, median: 0.5 } })
    expect(cut([3, 4, 3], 'last-mastered')).toMatchObject({ value: { judges: [0, 0.5, 0], median: 0 } })
  })

  it('may stand after the last page only if that page was mastered, and on the first only if nothing was', () => {
    expect(cut([5, 5], 'last-mastered')).toMatchObject({ value: { mean: 2, sd: 0, se: 0 } })
    expect(cut([5, 5], 'first-not-mastered')).toMatchObject({ problem: { code: 'out-of-range' } })
    expect(cut([1, 2], 'last-mastered')).toMatchObject({ problem: { code: 'out-of-range' } })
    expect(cut([1.5, 2], 'first-not-mastered')).toMatchObject({ problem: { code: 'out-of-range' } })
    expect(cut([2], 'first-not-mastered')).toMatchObject({ problem: { code: 'too-few' } })
    expect(bookmarkCut([1, 2], [], 'last-mastered')).toMatchObject({ problem: { code: 'empty' } })
  })
})
