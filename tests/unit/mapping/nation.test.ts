import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Whole } from '@/lib/mapping/build'
import { countryOf } from '@/lib/mapping/nation'

/** A country is what its provinces tell, added up. */
const province = (n: number, mean: number, of: Partial<Whole['cell']> = {}): Whole => ({
  shareDf: 30,
  cutError: 2,
  cell: {
    part: '1',
    basis: 'mastery',
    reach: '',
    cycle: '',
    level: '',
    subject: '',
    status: '',
    indicator: '',
    place: '',
    region: '',
    n,
    schools: 10,
    mean,
    se: 1,
    df: 20,
    margin: 2.1,
    share: mean,
    shareSe: 3,
    shareMargin: 6,
    compared: null,
    state: 'shown',
    items: null,
    measured: n,
    bands: [n, 0],
    quantiles: [],
    ...of,
  },
})
const country = (...provinces: Whole[]) => {
  const sums = countryOf(20)
  for (const p of provinces) sums.add([p])
  return sums.cells()
}

describe('a figure of a country', () => {
  it('is the mean by people of its provinces, which are strata: their errors add up and the error of the one cut does not average out', () => {
    const many = fc.array(fc.tuple(fc.integer({ min: 20, max: 5_000 }), fc.integer({ min: 20, max: 80 })), { minLength: 2, maxLength: 12 })
    fc.assert(
      fc.property(many, (list) => {
        const [whole, ...more] = country(...list.map(([n, mean]) => province(n, mean)))
        const n = list.reduce((s, [x]) => s + x, 0)
        expect(more).toEqual([])
        expect(whole).toMatchObject({ n, measured: n, state: 'shown', schools: 10 * list.length, bands: [n, 0], place: '' })
        expect(whole!.mean).toBeCloseTo(list.reduce((s, [x, mean]) => s + x * mean, 0) / n, 9)
        expect(whole!.se).toBeCloseTo(Math.sqrt(list.reduce((s, [x]) => s + x ** 2, 0)) / n, 9)
        expect(whole!.shareSe).toBeCloseTo(3 * whole!.se!, 9)
        expect(whole!.df).toBeGreaterThanOrEqual(20 - 1e-9)
        expect(whole!.shareMargin!).toBeGreaterThan(1.95 * Math.hypot(whole!.shareSe!, 2))
      }),
    )
  })
  it('is hidden where one province hides its own, with its spread, and is told of whoever has somebody in it', () => {
    const [shut] = country(province(400, 50), province(5, 50, { state: 'hidden' }))
    expect(shut).toMatchObject({ state: 'hidden', bands: [] })
    const cells = country(province(400, 50), province(300, 50), province(40, 60, { subject: 'FIS' }), province(15, 60, { subject: 'KIM' }))
    expect(cells.map((c) => [c.subject, c.n, c.state])).toEqual([
      ['', 700, 'shown'],
      ['FIS', 40, 'shown'],
      ['KIM', 15, 'hatched'],
    ])
  })
  it('carries no error where a province has none, and no share where one is not measured', () => {
    const [whole] = country(province(400, 50, { se: null, df: null, margin: null }), province(300, 50, { share: null, shareSe: null }))
    expect(whole).toMatchObject({ se: null, margin: null, share: null, shareMargin: null })
  })
})
