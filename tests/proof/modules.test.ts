import { describe, expect, it } from 'vitest'
import { changeOf, directionOf } from '@/lib/growth/growth'
import { priorOf } from '@/lib/psychometrics/group-growth'
import { simulateProvince } from '../load/province'
import { falseFamilies, layouts, type Layout } from '../unit/growth/useless'

/** Nine useless modules: the long form, whose table stands in `docs/measurement.md`. */

const ROUNDS = 300

describe('nine useless modules', () => {
  it.each(Object.keys(layouts) as Layout[])('taken by %s are called different in at most one family of twenty', (layout) => {
    const { families, judged } = falseFamilies(layout, ROUNDS)
    console.log(`${layout}: any called in ${families} of ${ROUNDS} families, ${judged.toFixed(1)} of 9 judged`)
    // Five in a hundred, and two standard errors of that.
    expect(families).toBeLessThanOrEqual(Math.ceil(ROUNDS * (0.05 + 2 * Math.sqrt((0.05 * 0.95) / ROUNDS))))
  })
})

describe('low scorers of provinces in which nobody gains', () => {
  it.each([10, 20, 26])('are called changed in at most one of twenty after tests of %s items', (items) => {
    const [provinces, line] = [40, 400]
    let [called, mean, told, share] = [0, 0, 0, 0]
    for (let k = 0; k < provinces; k++) {
      const p = simulateProvince(3_000 + k, { everybody: 0, modules: [0], drift: 0, closing: 0, teachers: 1_200, items, spread: 0.15 })
      const low = p.pairs.filter((x) => x.before < line)
      const off = p.trueMean
      const found = changeOf(low, p.errors)!
      if (directionOf(found.corrected) !== 'unclear') called++
      mean += (found.corrected.value - off) / provinces
      share += low.length / p.pairs.length / provinces
      told += priorOf(p.pairs.map((x) => ({ ...x, stratum: x.regionCode }))).reliability / provinces
    }
    console.log(
      `${items} items: ${called} of ${provinces} provinces call low scorers (${(100 * share).toFixed(0)} %) changed; mean corrected change ${mean.toFixed(1)} points; reliability by single errors ${told.toFixed(3)}`,
    )
    expect(called).toBeLessThanOrEqual(5)
  })
})
