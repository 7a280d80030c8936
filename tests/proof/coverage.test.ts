import { describe, expect, it } from 'vitest'
import { bands, coverage, coverageRows, figures, layouts, wordRows, type Coverage, type Layout } from '../unit/mapping/coverage'
import { coverageHead, wordHead, type CoverageFound } from '../unit/mapping/coverage-table'
import { keepFindings, rate } from './claims'
import { keep, show, table } from './found'

/** Ten thousand simulated provinces: whether 95 % intervals of the map hold 95 of 100 times, and how many of its words are false. Kept for `docs/map.md`. */

const PROVINCES: Record<Layout, number> = {
  'all subjects, 20 items': 4_000,
  'one subject, 20 items': 3_000,
  'one subject, 10 items': 3_000,
}

describe('The figures of the map, over 10,000 simulated provinces', () => {
  const all = new Map<Layout, Coverage>()
  it.each(Object.keys(layouts) as Layout[])('hold the truth in 95 ± 1 of 100 intervals: %s', (layout) => {
    const found = coverage(layout, PROVINCES[layout], 64)
    all.set(layout, found)
    const misses = figures.flatMap((f) =>
      found.held[f].flatMap(({ held, n }, b) => {
        if (n < 500) return []
        const [share, error] = [held / n, Math.sqrt((0.95 * 0.05) / n)]
        // Estimates by a model promise at least 95.
        const off = f.startsWith('model') ? 0.95 - share : Math.abs(share - 0.95)
        return off > 0.01 + 2 * error ? [`${f}, ${bands[b]}: ${(100 * share).toFixed(1)} of ${n}`] : []
      }),
    )
    expect(misses).toEqual([])
    for (const { equal, called, words, wrong } of Object.values(found.words)) {
      expect(called / equal).toBeLessThanOrEqual(0.1 + Math.sqrt(0.09 / equal))
      expect(wrong / words).toBeLessThanOrEqual(0.1)
    }
  })
  it('are kept as they were found', () => {
    const rows = [...all].flatMap(([l, c]) => coverageRows(l, c))
    const words = [...all].flatMap(([l, c]) => wordRows(l, c))
    expect(all.size).toBe(Object.keys(layouts).length)
    keepFindings(
      'map-words',
      [...all].flatMap(([l, c]) => (['mean', 'share'] as const).map((w) => rate(`${w}s of ${l}`, 10, c.words[w].called, c.words[w].equal))),
    )
    keep('coverage', { rows, words } satisfies CoverageFound)
    show('docs/map.md', 'coverage', () => table(coverageHead, rows))
    show('docs/map.md', 'words', () => table(wordHead, words))
    console.log(`${table(coverageHead, rows)}\n${table(wordHead, words)}`)
  })
})
