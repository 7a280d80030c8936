import { describe, expect, it } from 'vitest'
import { normalCdf } from '@/lib/psychometrics/distributions'
import { mantelHaenszel, type MantelHaenszel, shrinkDeltas } from '@/lib/psychometrics/mantel-haenszel'
import { MISSING, responsesOf, selectPersons } from '@/lib/psychometrics/responses'
import { someItems } from './simulate'
import { harder, partial, plain, twoGroups } from './two-groups'

function run(...args: Parameters<typeof mantelHaenszel>): MantelHaenszel[] {
  const made = mantelHaenszel(...args)
  if (!made.ok) throw new Error(made.problem.detail)
  return made.value
}

describe('Mantel–Haenszel DIF', () => {
  it('agrees with R mantelhaen.test', () => {
    // R 4.2.2 mantelhaen.test(table(group, item, sum score)), strata of two and more; seed 41. SE from the confidence interval.
    const expected = [
      { at: 0, chi2: 2.318149713, alpha: 0.7448284449, p: 0.1278720498, se: 0.1824115416, plain: 2.59676933 },
      { at: 2, chi2: 24.32597009, alpha: 3.661271513, p: 8.133505965e-7, se: 0.2700096105, plain: 25.4180631 },
      { at: 5, chi2: 3.46982245, alpha: 0.7048773959, p: 0.06249801862, se: 0.1810606857, plain: 3.810896278 },
    ]
    const { data, groups } = twoGroups(plain, harder, 41)
    const corrected = run(data, groups, 'R', { purify: false })
    const uncorrected = run(data, groups, 'R', { purify: false, correct: false })
    for (const e of expected) {
      const r = corrected[e.at]!
      expect(r.chi2).toBeCloseTo(e.chi2, 7)
      expect(r.alpha!).toBeCloseTo(e.alpha, 8)
      expect(r.se!).toBeCloseTo(e.se, 8)
      expect(r.p / e.p).toBeCloseTo(1, 7)
      expect(r.delta!).toBeCloseTo(-2.35 * Math.log(e.alpha), 8)
      expect(uncorrected[e.at]!.chi2).toBeCloseTo(e.plain, 6)
    }
    expect(corrected.map((r) => r.class).join('')).toBe('AACAAAAAAAAA')
    expect(corrected[0]!.n).toEqual({ reference: 500, focal: 300 })
  })

  it('agrees with Mantel’s chi² and the standardised mean difference written out in R', () => {
    // R 4.2.2, Σ over sum scores of T − E(T) and n_F·n_R/n·var(y), seed 51.
    const { data, groups } = twoGroups(
      partial,
      partial.map((item, j) => (j === 1 ? { ...item, d: item.d.map((d, k) => d - 0.6 * (k + 1)) } : item)),
      51,
    )
    const result = run(data, groups, 'R', { purify: false })
    expect(result[0]!.chi2).toBeCloseTo(2.136440617, 8)
    expect(result[0]!.smd!).toBeCloseTo(0.08632563195, 9)
    expect(result[1]!.chi2).toBeCloseTo(37.58011183, 7)
    expect(result[1]!.smd!).toBeCloseTo(-0.3440568991, 9)
    expect(result[1]).toMatchObject({ class: 'C', alpha: null, delta: null, se: null })
  })

  it('computes one table by hand and drops the correction below one half', () => {
    // Two strata beside the certain ones: score 1 of two items, reference 3 right 1 wrong, focal 1 right 2 wrong on item x.
    const rows = [...Array<number[]>(3).fill([1, 0]), [0, 1], [1, 0], [0, 1], [0, 1]]
    const data = responsesOf(['x', 'y'], rows)
    if (!data.ok) throw new Error()
    const [x] = run(data.value, ['R', 'R', 'R', 'R', 'F', 'F', 'F'], 'R', { purify: false })
    expect(x!.alpha).toBeCloseTo((3 * 2) / (1 * 1), 12)
    const gap = 3 - (4 * 4) / 7
    const variance = (4 * 3 * 4 * 3) / (49 * 6)
    expect(x!.chi2).toBeCloseTo((gap - 0.5) ** 2 / variance, 12)
    const even = responsesOf(['x', 'y'], [...rows, [1, 0]])
    if (!even.ok) throw new Error()
    const small = run(even.value, ['R', 'R', 'R', 'R', 'F', 'F', 'F', 'F'], 'R', { purify: false })[0]!
    const middle = responsesOf(
      ['x', 'y'],
      [
        [1, 0],
        [0, 1],
        [1, 0],
        [1, 0],
        [0, 1],
      ],
    )
    if (!middle.ok) throw new Error()
    const uncorrected = run(middle.value, ['R', 'R', 'F', 'F', 'F'], 'R', { purify: false })[0]!
    expect(small.chi2).toBeCloseTo((3 - (4 * 5) / 8 - 0.5) ** 2 / ((4 * 4 * 5 * 3) / (64 * 7)), 12)
    // |A − E| = |1 − 2·3/5| = .2: no correction, as in R.
    expect(uncorrected.chi2).toBeCloseTo(0.2 ** 2 / ((2 * 3 * 3 * 2) / (25 * 4)), 12)
  })

  it('has p-values spread evenly without DIF', () => {
    const p: number[] = []
    for (let seed = 100; seed < 500; seed += 10) {
      const rasch = someItems(15, 'rasch')
      const { data, groups } = twoGroups(rasch, rasch, seed)
      run(data, groups, 'R', { purify: false, correct: false }).forEach((r) => p.push(r.p))
    }
    const below = (limit: number) => p.filter((v) => v < limit).length / p.length
    expect(Math.abs(below(0.05) - 0.05)).toBeLessThan(0.025)
    expect(Math.abs(below(0.5) - 0.5)).toBeLessThan(0.07)
  })

  it('swaps sign with the group labels and ignores the order of persons', () => {
    const { data, groups } = twoGroups(plain, harder, 61)
    const forward = run(data, groups, 'R', { purify: true })
    const backward = run(data, groups, 'F', { purify: true })
    forward.forEach((r, j) => {
      expect(backward[j]!.chi2).toBeCloseTo(r.chi2, 9)
      expect(backward[j]!.delta!).toBeCloseTo(-r.delta!, 9)
    })
    const order = Array.from({ length: 800 }, (_, i) => (i * 7 + 3) % 800)
    const shuffled = run(
      selectPersons(data, order),
      order.map((i) => groups[i]!),
      'R',
      { purify: true },
    )
    expect(shuffled).toEqual(forward)
  })

  it('takes flagged items out of the matching score at stage two', () => {
    const biased = plain.map((item, j) => (j < 4 ? { ...item, d: [item.d[0]! - 1.2] } : item))
    const { data, groups } = twoGroups(plain, biased, 71)
    const clean = (rows: MantelHaenszel[]) => rows.slice(4).reduce((s, r) => s + r.delta!, 0) / 8
    const one = run(data, groups, 'R', { purify: false })
    const two = run(data, groups, 'R', { purify: true })
    // Biased items in the criterion make the others look easier for the focal group.
    expect(clean(one)).toBeGreaterThan(0.3)
    expect(Math.abs(clean(two))).toBeLessThan(Math.abs(clean(one)) / 2)
  })

  it('gives class C only where delta is significantly above one', () => {
    const { data, groups } = twoGroups(plain, harder, 81)
    for (const r of run(data, groups, 'R', { purify: false })) {
      const certain = 1 - normalCdf((Math.abs(r.delta!) - 1) / (2.35 * r.se!)) < 0.05
      const expected = Math.abs(r.delta!) < 1 || r.p >= 0.05 ? 'A' : Math.abs(r.delta!) >= 1.5 && certain ? 'C' : 'B'
      expect(r.class).toBe(expected)
    }
  })

  it('uses complete rows and pools all other groups', () => {
    const { data, groups } = twoGroups(plain, harder, 91)
    const holes = { ...data, cells: data.cells.slice() }
    for (let i = 0; i < 40; i++) holes.cells[i * 12 + (i % 12)] = MISSING
    const complete = Array.from({ length: 760 }, (_, i) => i + 40)
    const labels = groups.map((g, i) => (g === 'F' && i % 2 ? 'G' : g))
    expect(run(holes, labels, 'R', { purify: false })).toEqual(
      run(
        selectPersons(data, complete),
        complete.map((i) => groups[i]!),
        'R',
        { purify: false },
      ),
    )
  })

  it('never gives NaN for degenerate input', () => {
    const data = responsesOf(
      ['x', 'y'],
      [
        [1, 1],
        [1, 0],
        [1, 1],
      ],
    )
    if (!data.ok) throw new Error()
    const [x] = run(data.value, ['R', 'F', 'F'], 'R', { purify: true })
    expect(x).toMatchObject({ alpha: null, delta: null, se: null, class: null, chi2: 0, p: 1 })
    expect(mantelHaenszel(data.value, ['R', 'R', 'R'], 'R', { purify: false })).toMatchObject({ problem: { code: 'too-few' } })
    expect(mantelHaenszel(data.value, ['F', 'F', 'F'], 'R', { purify: false })).toMatchObject({ problem: { code: 'too-few' } })
    expect(mantelHaenszel(data.value, ['R'], 'R', { purify: false })).toMatchObject({ problem: { code: 'out-of-range' } })
  })
})

describe('an item that all of one group have right', () => {
  // The reference group cannot miss the first item, of the focal group about a fifth do.
  const { data, groups } = twoGroups(
    plain.map((item, j) => (j === 0 ? { ...item, d: [40] } : item)),
    plain.map((item, j) => (j === 0 ? { ...item, d: [1.5] } : item)),
    71,
  )

  it('has an infinite ratio, so a bounded one is told, and the item is of class C', () => {
    const [first] = run(data, groups, 'R', { purify: false })
    expect(first!.p).toBeLessThan(1e-6)
    expect(first!.alpha!).toBeGreaterThan(5)
    expect(first).toMatchObject({ class: 'C' })
    expect(Number.isFinite(first!.se!)).toBe(true)
  })

  it('leaves the matching score: the others stand as if it had never been in the test', () => {
    const without = {
      ...data,
      items: 11,
      ids: data.ids.slice(1),
      categories: data.categories.slice(1),
      cells: Int8Array.from(data.cells.filter((_, at) => at % 12 !== 0)),
    }
    const rest = run(without, groups, 'R', { purify: false })
    expect(rest.every((r) => r.class === 'A')).toBe(true)
    expect(run(data, groups, 'R', { purify: true }).slice(1)).toEqual(rest)
  })

  it('stays undetermined where the difference is in doubt', () => {
    const few = [...Array.from({ length: 4 }, (_, i) => i), ...Array.from({ length: 4 }, (_, i) => 500 + i)]
    const small = selectPersons(data, few)
    const [first] = run(
      small,
      few.map((i) => groups[i]!),
      'R',
      { purify: false },
    )
    expect(first!.p).toBeGreaterThan(0.05)
    expect(first).toMatchObject({ alpha: null, class: null })
  })
})

it('small groups: deltas are drawn to the mean of the items, the uncertain ones most', () => {
  const found = shrinkDeltas([
    { delta: -2, se: 0.5 },
    { delta: 2, se: 2 },
    { delta: 0.3, se: 0.5 },
    { delta: -0.3, se: 0.5 },
  ])
  if (!found.ok) throw new Error()
  const [a, b] = found.value
  expect(Math.abs(a!.delta)).toBeGreaterThan(Math.abs(b!.delta))
  expect(b!.delta).toBeLessThan(2)
  expect(shrinkDeltas([{ delta: 1, se: 1 }]).ok).toBe(false)
})
