import { describe, expect, it } from 'vitest'
import { kept, shownIn, table } from '../../proof/found'
import { bands, coverage, figures, layouts, type Layout } from './coverage'
import { coverageHead, wordHead, type CoverageFound } from './coverage-table'

/** The tables of `docs/map.md` are those that the long run found, and a short run finds the same. */

const found = kept<CoverageFound>('coverage')

describe('The table of coverage in the documents', () => {
  it('is what was found', () => {
    expect(shownIn('docs/map.md', 'coverage')).toBe(table(coverageHead, found.rows))
    expect(shownIn('docs/map.md', 'words')).toBe(table(wordHead, found.words))
  })
  it('holds no figure that misses 95 ± 1, nor more false words than a tenth', () => {
    for (const [layout, figure, ...cells] of found.rows)
      for (const cell of cells.slice(0, bands.length))
        if (cell) {
          const off = figure!.startsWith('model') ? Math.max(0, 95 - Number(cell)) : Math.abs(Number(cell) - 95)
          expect(off, `${layout}, ${figure}: ${cell}`).toBeLessThanOrEqual(1.05)
        }
    for (const [layout, about, called, wrong] of found.words) {
      expect(parseFloat(called!), `${layout}, ${about}`).toBeLessThanOrEqual(10)
      expect(parseFloat(wrong!)).toBeLessThanOrEqual(10)
    }
  })
  it.each(Object.keys(layouts) as Layout[])('is found again by a short run: %s', (layout) => {
    const now = coverage(layout, 150, 7)
    const rows = found.rows.filter((r) => r[0] === layout)
    for (const [f, figure] of figures.entries())
      for (const b of bands.keys()) {
        const { held, n } = now.held[figure][b]!
        const was = Number(rows[f]![2 + b])
        // Figures of one province go together, so that chance is wider than that of single intervals.
        if (was && n >= 100)
          expect(Math.abs((100 * held) / n - was), `${figure}, ${bands[b]}`).toBeLessThan(1 + 400 * Math.sqrt(0.0475 / n))
      }
  })
})
