import { afterAll, describe, expect, it } from 'vitest'
import { changeOf, directionOf } from '@/lib/growth/growth'
import { simulateProvince, type Truth } from '../load/province'
import { falseFamilies, layouts, type Layout } from '../unit/growth/useless'
import { keepFindings, rate, type Finding } from './claims'

/** Nine useless modules, and low scorers where nobody gains: the long form, whose findings stand in `docs/measurement.md`. */

const ROUNDS = 300
const families: Finding[] = []
const low: Finding[] = []

describe('nine useless modules', () => {
  it.each(Object.keys(layouts) as Layout[])('taken by %s are called different in at most one family of twenty', (layout) => {
    const found = falseFamilies(layout, ROUNDS)
    families.push(rate(`${layout}, ${found.judged.toFixed(1)} of 9 judged`, 5, found.families, ROUNDS))
    // Five in a hundred, and two standard errors of that.
    expect(found.families).toBeLessThanOrEqual(Math.ceil(ROUNDS * (0.05 + 2 * Math.sqrt((0.05 * 0.95) / ROUNDS))))
  })
})

const idle = { everybody: 0, modules: [0], drift: 0, closing: 0, teachers: 1_200, spread: 0.15 }
const PROVINCES = 40

/** Provinces in which nobody gains and whose low scorers are called changed all the same. */
function called(truth: Truth, line: number): number {
  let n = 0
  for (let k = 0; k < PROVINCES; k++) {
    const p = simulateProvince(3_000 + k, truth)
    const found = changeOf(
      p.pairs.filter((x) => x.before < line),
      p.errors,
    )
    if (found && directionOf(found.corrected) !== 'unclear') n++
  }
  return n
}

describe('low scorers of provinces in which nobody gains', () => {
  it.each([10, 20, 26])('are called changed in at most one of eight after tests of %s items', (items) => {
    const n = called({ ...idle, items }, 400)
    low.push(rate(`${items} items, below 400`, 5, n, PROVINCES))
    expect(n).toBeLessThanOrEqual(5)
  })
  it('are called changed where slopes differ, those in need stay away and the weak do not reach the end', () => {
    const n = called({ ...idle, teachers: 2_500, slopes: 0.3, stayAway: 0.25, blank: 0.1 }, 480)
    low.push(
      rate('26 items, 2,500 teachers, below 480; slopes differ, those in need stay away, the weak do not reach the end', 5, n, PROVINCES),
    )
    expect(n).toBeLessThanOrEqual(14)
  })
})

afterAll(() => {
  if (families.length === Object.keys(layouts).length) keepFindings('modules', families)
  if (low.length === 4) keepFindings('low-scorers', low)
})
