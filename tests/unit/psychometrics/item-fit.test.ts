import { describe, expect, it } from 'vitest'
import { meanSquares, sX2 } from '@/lib/psychometrics/item-fit'
import { equalNodes, normalQuadrature, normalWeights } from '@/lib/psychometrics/nodes'
import { intercepts, type ItemParameters } from '@/lib/psychometrics/parameters'
import { MISSING, responsesOf, selectPersons } from '@/lib/psychometrics/responses'
import { abilities, simulate, someItems } from './simulate'

/** LSAT section 7 (Bock & Lieberman 1970), as in R's psych::lsat7: how often each of the patterns 00000 … 11111 was given. */
const lsat7 = [12, 19, 1, 7, 3, 19, 3, 17, 10, 5, 3, 7, 7, 23, 8, 28, 7, 39, 11, 34, 14, 51, 15, 90, 6, 25, 7, 35, 18, 136, 32, 308]

function lsat() {
  const rows = lsat7.flatMap((count, pattern) => Array.from({ length: count }, () => [4, 3, 2, 1, 0].map((bit) => (pattern >> bit) & 1)))
  const made = responsesOf(['1', '2', '3', '4', '5'], rows)
  if (!made.ok) throw new Error(made.problem.detail)
  return made.value
}

function fit(...args: Parameters<typeof sX2>) {
  const made = sX2(...args)
  if (!made.ok) throw new Error(made.problem.detail)
  return made.value
}

const partial = (count: number): ItemParameters[] =>
  Array.from({ length: count }, (_, j) => ({
    id: `p${j + 1}`,
    model: 'gpcm',
    categories: 4,
    a: 0.7 + 0.1 * (j % 5),
    d: intercepts('gpcm', 0.7 + 0.1 * (j % 5), [-1 + 0.1 * j, 0, 0.8 - 0.1 * j]),
    c: 0,
  }))

describe('S-X²', () => {
  it('agrees with mirt on LSAT section 7', () => {
    // mirt: itemfit(mirt(expand.table(LSAT7), 1)), published in the tests of jMetrik's psychometrics library.
    const a = [0.988, 1.081, 1.706, 0.765, 0.736]
    const b = [-1.879, -0.748, -1.058, -0.635, -2.52]
    const items = a.map((slope, j): ItemParameters => ({
      id: `${j + 1}`,
      model: '2pl',
      categories: 2,
      a: slope,
      d: [-slope * b[j]!],
      c: 0,
    }))
    const limit = 0.8 * Math.sqrt(41)
    const nodes = equalNodes(41, limit)
    const result = fit(lsat(), items, { nodes, weights: normalWeights(nodes) })
    const mirt = [4.7492191, 14.452898, 1.2703374, 5.237343, 0.9407036]
    result.forEach((r, j) => {
      expect(r.df).toBe(2)
      expect(Math.abs(r.sx2! - mirt[j]!)).toBeLessThan(0.01)
    })
  })

  it('has p-values spread evenly for data from the model', () => {
    const items = someItems(20)
    const p: number[] = []
    for (let seed = 1; seed <= 10; seed++) {
      const data = simulate(items, abilities(1000, seed), seed + 100)
      fit(data, items, normalQuadrature()).forEach((r) => p.push(r.p!))
    }
    // True parameters: no parameter was estimated, so the statistic has up to two more degrees of freedom and p leans low a little.
    expect(p.filter((v) => v < 0.05).length / p.length).toBeLessThan(0.12)
    expect(p.filter((v) => v < 0.5).length / p.length).toBeGreaterThan(0.4)
    expect(p.filter((v) => v < 0.5).length / p.length).toBeLessThan(0.72)
  })

  it('serves polytomous items and leaves no expected count below one', () => {
    const items = partial(8)
    const shares: number[] = []
    for (let seed = 1; seed <= 10; seed++) {
      const data = simulate(items, abilities(1000, seed), seed + 50)
      for (const r of fit(data, items, normalQuadrature())) {
        expect(r.df).toBeGreaterThan(20)
        shares.push(r.sx2! / r.df)
      }
    }
    const mean = shares.reduce((s, v) => s + v, 0) / shares.length
    expect(mean).toBeGreaterThan(0.95)
    expect(mean).toBeLessThan(1.25)
  })

  it('finds an item whose slope is wrong', () => {
    const items = someItems(20)
    const data = simulate(items, abilities(3000, 5), 6)
    const wrong = items.map((item, j) => (j === 3 ? { ...item, a: item.a * 2.2, d: item.d.map((d) => d * 2.2) } : item))
    expect(fit(data, wrong, normalQuadrature())[3]!.p!).toBeLessThan(1e-6)
  })

  it('uses complete rows only, in any order', () => {
    const items = someItems(10)
    const data = simulate(items, abilities(400, 1), 2)
    const holes = { ...data, cells: data.cells.slice() }
    for (let i = 0; i < 50; i++) holes.cells[i * 10 + (i % 10)] = MISSING
    const complete = selectPersons(
      data,
      Array.from({ length: 350 }, (_, i) => 399 - i),
    )
    expect(fit(holes, items, normalQuadrature())).toEqual(fit(complete, items, normalQuadrature()))
  })

  it('subtracts the free parameters of the model and those of the population when told', () => {
    const rasch = someItems(10, 'rasch')
    const data = simulate(rasch, abilities(800, 3), 4)
    const [one] = fit(data, rasch, normalQuadrature())
    const [two] = fit(
      data,
      rasch.map((i) => ({ ...i, model: '2pl' as const })),
      normalQuadrature(),
    )
    const [population] = fit(data, rasch, normalQuadrature(), { populationParameters: 1 })
    expect(one!.df - two!.df).toBe(1)
    expect(one!.df - population!.df).toBe(1)
    expect(one!.sx2).toBe(two!.sx2)
  })

  it('names what is wrong with degenerate input', () => {
    const items = someItems(3)
    const data = simulate(items, [0, 1], 1)
    expect(sX2(data, items.slice(1), normalQuadrature())).toMatchObject({ ok: false, problem: { code: 'unknown-item' } })
    expect(sX2({ ...data, cells: data.cells.map(() => MISSING) }, items, normalQuadrature())).toMatchObject({
      problem: { code: 'too-few' },
    })
    for (const r of fit(data, items, normalQuadrature())) expect(r).toEqual({ id: r.id, sx2: null, df: 0, p: null })
  })
})

describe('mean squares', () => {
  it('follow their definition on a case done by hand', () => {
    const items: ItemParameters[] = [0, 1].map((j) => ({ id: `${j}`, model: 'rasch', categories: 2, a: 1, d: [j ? Math.log(4) : 0], c: 0 }))
    const data = responsesOf(
      ['0', '1'],
      [
        [1, 0],
        [0, 1],
      ],
    )
    if (!data.ok) throw new Error()
    const fit = meanSquares(data.value, items, [0, 0])
    // Item 0: P = .5, r² = .25, W = .25. Item 1: P = .8, r² = .64 and .04, W = .16.
    expect(fit.items[0]).toEqual({ id: '0', infit: 1, outfit: 1, infitZ: null, outfitZ: null })
    expect(fit.items[1]!.outfit).toBeCloseTo((0.64 / 0.16 + 0.04 / 0.16) / 2, 12)
    expect(fit.items[1]!.infit).toBeCloseTo(0.68 / 0.32, 12)
    // C = .8·.2⁴ + .2·.8⁴ = .0832; q² = 2·(.0832 − .0256)/.32² = 1.125 for infit.
    const q = Math.sqrt(1.125)
    expect(fit.items[1]!.infitZ).toBeCloseTo((Math.cbrt(2.125) - 1) * (3 / q) + q / 3, 12)
    expect(fit.persons[0]!.infit).toBeCloseTo((0.25 + 0.64) / 0.41, 12)
  })

  it('are about one at the true abilities, and z is about standard normal', () => {
    const items = [...someItems(30, 'rasch'), ...partial(6)]
    const thetas = abilities(2000, 11)
    const { items: fits, persons } = meanSquares(simulate(items, thetas, 12), items, thetas)
    const mean = (v: (number | null)[]) => v.reduce<number>((s, x) => s + x!, 0) / v.length
    expect(mean(fits.map((f) => f.infit))).toBeCloseTo(1, 1)
    expect(mean(fits.map((f) => f.outfit))).toBeCloseTo(1, 1)
    expect(mean(persons.map((f) => f.infit))).toBeCloseTo(1, 1)
    expect(Math.abs(mean(fits.map((f) => f.infitZ)))).toBeLessThan(0.5)
    const spread = Math.sqrt(mean(fits.map((f) => f.infitZ! ** 2)))
    expect(spread).toBeGreaterThan(0.7)
    expect(spread).toBeLessThan(1.3)
  })

  it('are null without usable responses', () => {
    const items = someItems(3)
    const data = simulate(items, [0, 1], 1)
    const fit = meanSquares(data, items.slice(1), [null, 0])
    expect(fit.persons[0]).toEqual({ infit: null, outfit: null })
    expect(fit.items[0]).toEqual({ id: 'i01', infit: null, outfit: null, infitZ: null, outfitZ: null })
    expect(fit.items[1]!.infit).not.toBeNull()
  })
})
