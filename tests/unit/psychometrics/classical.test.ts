import { describe, expect, it } from 'vitest'
import { classical, pairwiseCovariances } from '@/lib/psychometrics/classical'
import { distractorTable, quantile } from '@/lib/psychometrics/distractors'
import { intercepts, type ItemParameters } from '@/lib/psychometrics/parameters'
import { feldtInterval, kr20, kr21, lordSem, omega } from '@/lib/psychometrics/reliability'
import { MISSING, responsesOf } from '@/lib/psychometrics/responses'
import { abilities, simulate, someItems } from './simulate'

const graded = () => {
  const items = Array.from({ length: 8 }, (_, j): ItemParameters => {
    const a = 0.7 + 0.15 * j
    const b = [-1.2 + 0.2 * j, -0.3 + 0.1 * j, 0.9 - 0.1 * j]
    return { id: `q${j + 1}`, model: 'gpcm', categories: 4, a, d: intercepts('gpcm', a, b), c: 0 }
  })
  return simulate(items, abilities(600, 21), 22)
}

describe('item analysis agrees with R 4.2.2, psych::alpha', () => {
  it('alpha, standardised alpha, item-rest r and alpha if deleted of eight four-category items', () => {
    const found = classical(graded())
    if (!found.ok) throw new Error()
    expect(found.value.alpha).toBeCloseTo(0.8692127552, 9)
    expect(found.value.alphaStandardized!).toBeCloseTo(0.8663342714, 9)
    const r = [0.41079774, 0.55079306, 0.57695354, 0.60138725, 0.67669905, 0.70606295, 0.7438738, 0.70213252]
    const dropped = [0.87370879, 0.86066264, 0.8580504, 0.85551968, 0.84709511, 0.84361277, 0.83894939, 0.84396762]
    found.value.items.forEach((item, j) => {
      expect(item.rItemRest!).toBeCloseTo(r[j]!, 7)
      expect(item.alphaIfDeleted!).toBeCloseTo(dropped[j]!, 7)
    })
  })

  it('with missing answers, from pairwise complete covariances', () => {
    const data = simulate(someItems(12, 'rasch'), abilities(400, 11), 12)
    for (let at = 0; at < data.cells.length; at++) if ((at * 7919) % 100 < 15) data.cells[at] = MISSING
    const found = classical(data)
    if (!found.ok) throw new Error()
    expect(found.value.alpha).toBeCloseTo(0.6578078941, 9)
    expect(found.value.items[0]!.rItemRest!).toBeCloseTo(0.32373376, 7)
    expect(found.value.items[11]!.rItemRest!).toBeCloseTo(0.38316417, 7)
  })
})

it('a hand-counted test of four persons and two items', () => {
  const data = responsesOf(
    ['a', 'b'],
    [
      [1, 1],
      [1, 0],
      [0, 0],
      [1, 1],
    ],
  )
  if (!data.ok) throw new Error()
  const found = classical(data.value)
  if (!found.ok) throw new Error()
  // Variances 1/4 and 1/3, covariance 1/6, total variance 11/12: alpha = 2·(1 − (7/12)/(11/12)) = 8/11.
  expect(found.value.alpha).toBeCloseTo(8 / 11, 12)
  expect(found.value.items[0]).toMatchObject({ p: 0.75, n: 4 })
  expect(found.value.items[0]!.rItemRest!).toBeCloseTo(1 / 6 / Math.sqrt(1 / 12), 12)
})

it('a test on which nobody differs is a problem, never NaN', () => {
  const data = responsesOf(
    ['a', 'b'],
    [
      [1, 0],
      [1, 0],
    ],
  )
  if (!data.ok) throw new Error()
  expect(classical(data.value)).toMatchObject({ ok: false, problem: { code: 'constant' } })
})

it("Feldt's interval holds alpha and narrows with persons", () => {
  const [small, large] = [feldtInterval(0.8, 41, 26), feldtInterval(0.8, 2674, 26)]
  if (!small.ok || !large.ok) throw new Error()
  // F(.975; 40, 1000) = 1.4982 and F(.025; 40, 1000) = .6089 from R's qf.
  expect(small.value.low).toBeCloseTo(1 - 0.2 * 1.4982, 2)
  expect(small.value.high).toBeCloseTo(1 - 0.2 * 0.6089, 2)
  expect(large.value.high - large.value.low).toBeLessThan(0.03)
})

it("KR-21 and Lord's error by hand, KR-20 equal to alpha", () => {
  expect(kr21(10, 5, 9)).toEqual({ ok: true, value: (10 / 9) * (1 - 25 / 90) })
  const made = classical(simulate(someItems(12), abilities(200, 1), 2))
  if (!made.ok) throw new Error()
  const twenty = kr20(
    made.value.items.map((i) => i.p!),
    made.value.sd ** 2,
    200,
  )
  expect(twenty.ok && twenty.value).toBeCloseTo(made.value.alpha, 12)
  expect(lordSem(5, 10)).toEqual({ ok: true, value: Math.sqrt(25 / 9) })
  expect(lordSem(11, 10).ok).toBe(false)
})

it('omega of items that fit one factor exactly is the share of that factor', () => {
  const loadings = [0.8, 0.7, 0.6, 0.5]
  const cov = Float64Array.from(loadings.flatMap((x, a) => loadings.map((y, b) => (a === b ? 1 : x * y))))
  const found = omega(cov, 4)
  if (!found.ok) throw new Error()
  found.value.loadings.forEach((l, j) => expect(l).toBeCloseTo(loadings[j]!, 6))
  expect(found.value.omega).toBeCloseTo(2.6 ** 2 / (2.6 ** 2 + 4 - 0.64 - 0.49 - 0.36 - 0.25), 6)
  expect(omega(pairwiseCovariances(graded()), 8)).toMatchObject({ ok: true })
})

describe('distractors', () => {
  it('shares in the lower, middle and upper third, and the correlation of each option', () => {
    const rest = [1, 2, 3, 4, 5, 6, 7, 8, 9]
    const choices = ['B', 'B', 'A', 'B', 'A', 'A', 'A', 'A', null]
    const found = distractorTable(['A', 'B', 'C'], 'A', choices, rest)
    if (!found.ok) throw new Error()
    const [a, b, c] = found.value
    expect(a).toMatchObject({ isKey: true, n: 5, low: 1 / 3, mid: 2 / 3, high: 2 / 3 })
    expect(b!.r!).toBeLessThan(0)
    expect(c).toMatchObject({ n: 0, share: 0, r: null })
  })
  it('type-7 quantiles as in R', () => {
    expect(quantile([1, 2, 3, 4], 0.25)).toBe(1.75)
    expect(quantile([1, 2, 3, 4, 10], 0.9)).toBeCloseTo(7.6, 12)
  })
})

it('an item that nobody answered has no share and is no part of alpha', () => {
  const full = simulate(someItems(8), abilities(300, 5), 6)
  const seven = Array.from({ length: 7 }, (_, j) => j)
  const alone = classical({
    ...full,
    items: 7,
    ids: full.ids.slice(0, 7),
    categories: full.categories.slice(0, 7),
    cells: Int8Array.from({ length: 300 * 7 }, (_, at) => full.cells[Math.floor(at / 7) * 8 + (at % 7)]!),
  })
  const blank = classical({ ...full, cells: full.cells.map((x, at) => (at % 8 === 7 ? MISSING : x)) })
  if (!alone.ok || !blank.ok) throw new Error()
  expect(blank.value.items[7]).toEqual({ id: full.ids[7], n: 0, p: null, mean: null, sd: null, rItemRest: null, alphaIfDeleted: null })
  expect(blank.value).toMatchObject({
    k: 7,
    alpha: alone.value.alpha,
    alphaStandardized: alone.value.alphaStandardized,
    sd: alone.value.sd,
  })
  expect(blank.value.items.slice(0, 7)).toEqual(seven.map((j) => alone.value.items[j]))
})
