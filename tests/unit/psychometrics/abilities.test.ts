import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { score, scoreEap, scoreRoots } from '@/lib/psychometrics/abilities'
import {
  conditionalSem,
  empiricalReliability,
  expectedShare,
  marginalReliability,
  testCharacteristic,
  testInformation,
} from '@/lib/psychometrics/information'
import { normalQuadrature } from '@/lib/psychometrics/nodes'
import {
  curve,
  intercepts,
  itemInformation,
  locations,
  probabilities,
  type ItemModel,
  type ItemParameters,
} from '@/lib/psychometrics/parameters'
import { MISSING, responsesOf, type Responses } from '@/lib/psychometrics/responses'
import { abilities, simulate, someItems } from './simulate'

const matrix = (items: ItemParameters[], rows: (number | null)[][]): Responses => {
  const made = responsesOf(
    items.map((i) => i.id),
    rows,
    items.map((i) => i.categories),
  )
  if (!made.ok) throw new Error(made.problem.detail)
  return made.value
}

const anyItem = fc
  .record({
    model: fc.constantFrom<ItemModel>('rasch', '2pl', '3pl', 'pcm', 'gpcm', 'grm'),
    a: fc.double({ min: 0.2, max: 3, noNaN: true }),
    c: fc.double({ min: 0, max: 0.4, noNaN: true }),
    b: fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 1, maxLength: 5 }),
  })
  .map(({ model, a, c, b }): ItemParameters => {
    const binary = model === 'rasch' || model === '2pl' || model === '3pl'
    // Graded thresholds must rise; steps of partial credit may be in any order.
    const steps = binary ? b.slice(0, 1) : model === 'grm' ? [...new Set(b)].sort((x, y) => x - y) : b
    const slope = model === 'rasch' || model === 'pcm' ? 1 : a
    return { id: 'i', model, categories: steps.length + 1, a: slope, d: intercepts(model, slope, steps), c: model === '3pl' ? c : 0 }
  })
const anyTheta = fc.double({ min: -6, max: 6, noNaN: true })

describe('the curves of every model', () => {
  it('are probabilities that sum to one, with derivatives that sum to zero and agree with differences', () => {
    fc.assert(
      fc.property(anyItem, anyTheta, (item, theta) => {
        const { p, d1, d2 } = curve(item, theta)
        expect(p.reduce((s, v) => s + v, 0)).toBeCloseTo(1, 10)
        expect(p.every((v) => v >= 0 && v <= 1)).toBe(true)
        expect(d1.reduce((s, v) => s + v, 0)).toBeCloseTo(0, 10)
        const h = 1e-5
        const [up, down] = [probabilities(item, theta + h), probabilities(item, theta - h)]
        p.forEach((v, k) => {
          expect(d1[k]!).toBeCloseTo((up[k]! - down[k]!) / (2 * h), 5)
          expect(d2[k]!).toBeCloseTo((up[k]! - 2 * v + down[k]!) / (h * h), 3)
        })
      }),
    )
  })
  it('carry information that is never negative', () => {
    fc.assert(fc.property(anyItem, anyTheta, (item, theta) => itemInformation(item, theta) >= 0))
  })
  it('have locations that give their intercepts back', () => {
    fc.assert(
      fc.property(anyItem, (item) =>
        intercepts(item.model, item.a, locations(item)).forEach((d, k) => expect(d).toBeCloseTo(item.d[k]!, 9)),
      ),
    )
  })
})

describe('estimates of one person', () => {
  const items = someItems(10, 'rasch')
  const rows = [Array<number>(10).fill(0), Array<number>(10).fill(1), [1, 1, 1, 0, 1, 1, 0, 0, 1, 0], Array<null>(10).fill(null)]
  const data = matrix(items, rows)

  it('WLE is finite for all wrong and all right, ML says that it has none', () => {
    const wle = scoreRoots(data, items, 'wle')
    expect(wle[0]!.theta!).toBeLessThan(-2)
    expect(wle[1]!.theta!).toBeGreaterThan(2)
    const ml = scoreRoots(data, items, 'ml')
    expect(ml[0]).toEqual({ theta: null, se: null })
    expect(ml[1]).toEqual({ theta: null, se: null })
    expect(ml[2]!.theta).not.toBeNull()
  })
  it('ML solves raw score = expected score, WLE the same with Warm’s correction, SE = 1/√I', () => {
    const [ml, wle] = [scoreRoots(data, items, 'ml')[2]!, scoreRoots(data, items, 'wle')[2]!]
    expect(testCharacteristic(items, ml.theta!)).toBeCloseTo(6, 9)
    const p = items.map((i) => probabilities(i, wle.theta!)[1]!)
    const information = p.reduce((s, v) => s + v * (1 - v), 0)
    const j = p.reduce((s, v) => s + v * (1 - v) * (1 - 2 * v), 0)
    expect(6 - p.reduce((s, v) => s + v, 0) + j / (2 * information)).toBeCloseTo(0, 9)
    expect(wle.se!).toBeCloseTo(1 / Math.sqrt(testInformation(items, wle.theta!)), 12)
  })
  it('one easy item answered rightly: the EAP by fine integration', () => {
    const single = [{ ...items[0]!, d: [0.5] }]
    const answer = matrix(single, [[1], [0]])
    const [right] = scoreEap(answer, single, normalQuadrature(61))
    let [n, sum] = [0, 0]
    for (let x = -8; x <= 8; x += 0.001) {
      const w = Math.exp(-0.5 * x * x) / (1 + Math.exp(-x - 0.5))
      n += w
      sum += w * x
    }
    expect(right!.theta!).toBeCloseTo(sum / n, 6)
  })
  it('MAP lies between the prior and ML', () => {
    const [map, ml] = [scoreRoots(data, items, 'map')[2]!, scoreRoots(data, items, 'ml')[2]!]
    expect(Math.abs(map.theta!)).toBeLessThan(Math.abs(ml.theta!))
    expect(map.se!).toBeLessThan(ml.se!)
  })
  it('who answered nothing gets no number', () => {
    for (const estimator of ['eap', 'map', 'ml', 'wle'] as const) {
      expect(score(data, items, estimator, normalQuadrature(), { mean: 0, sd: 1 })[3]).toEqual({ theta: null, se: null })
    }
  })
  it('a missing answer is not a wrong one', () => {
    const [missing, wrong] = scoreRoots(
      matrix(items, [[1, 1, 1, 1, null, 1, 1, 1, 1, 1].map((x) => x), [1, 1, 1, 1, 0, 1, 1, 1, 1, 1]]),
      items,
      'wle',
    )
    expect(missing!.theta!).toBeGreaterThan(wrong!.theta!)
  })
})

it('WLE is finite for every pattern of every model, and its error falls when an item is added', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(anyItem, fc.nat(4)), { minLength: 2, maxLength: 12 }), (pairs) => {
      const items = pairs.map(([item], j) => ({ ...item, id: `i${j}`, ...(item.model === '3pl' ? { model: '2pl' as const, c: 0 } : {}) }))
      const row = pairs.map(([item, x]) => Math.min(x, item.categories - 1))
      const [all] = scoreRoots(matrix(items, [row]), items, 'wle')
      expect(Number.isFinite(all!.theta)).toBe(true)
      const at = all!.theta!
      expect(testInformation(items, at)).toBeGreaterThanOrEqual(testInformation(items.slice(1), at))
    }),
    { numRuns: 200 },
  )
})

it('WLE solves its equation also where steep items make Newton steps bounce', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.double({ min: 0.3, max: 6, noNaN: true }), fc.double({ min: -2.5, max: 2.5, noNaN: true }), fc.nat(1)), {
        minLength: 3,
        maxLength: 15,
      }),
      (triples) => {
        const items = triples.map(([a, b], j): ItemParameters => ({ id: `i${j}`, model: '2pl', categories: 2, a, d: [-a * b], c: 0 }))
        const [found] = scoreRoots(matrix(items, [triples.map(([, , x]) => x)]), items, 'wle')
        const h = (theta: number) => {
          let [s, i, j] = [0, 0, 0]
          items.forEach((item, at) => {
            const p = probabilities(item, theta)[1]!
            s += item.a * (triples[at]![2] - p)
            i += item.a ** 2 * p * (1 - p)
            j += item.a ** 3 * p * (1 - p) * (1 - 2 * p)
          })
          return s + j / (2 * i)
        }
        // The equation changes sign at the estimate.
        expect(h(found!.theta! - 1e-6)).toBeGreaterThan(0)
        expect(h(found!.theta! + 1e-6)).toBeLessThan(0)
      },
    ),
    { numRuns: 300 },
  )
})

it('thousands of simulated teachers are measured without bias and with the error that is stated', () => {
  const items = someItems(40)
  const thetas = abilities(2000, 5)
  const data = simulate(items, thetas, 6)
  const wle = scoreRoots(data, items, 'wle')
  const z = wle.map((s, i) => (s.theta! - thetas[i]!) / s.se!)
  const mean = z.reduce((s, v) => s + v, 0) / z.length
  expect(Math.abs(mean)).toBeLessThan(0.08)
  expect(Math.sqrt(z.reduce((s, v) => s + (v - mean) ** 2, 0) / z.length)).toBeCloseTo(1, 1)
  const eap = scoreEap(data, items, normalQuadrature())
  const reliability = empiricalReliability(eap, 'eap')
  if (!reliability.ok) throw new Error()
  expect(reliability.value).toBeCloseTo(marginalReliability(items, normalQuadrature(), 1), 1)
})

it('expected share rises with θ from nothing to all, and the raw-score error is widest in the middle', () => {
  const items = someItems(20)
  expect(expectedShare(items, -12)).toBeLessThan(0.01)
  expect(expectedShare(items, 12)).toBeGreaterThan(0.99)
  expect(conditionalSem(items, 0)).toBeGreaterThan(conditionalSem(items, 3))
})

it('a missing column adds nothing to a likelihood', () => {
  const items = someItems(5)
  const data = simulate(items, abilities(50, 1), 2)
  const wide = matrix(
    [...items, { ...items[0]!, id: 'x' }],
    Array.from({ length: 50 }, (_, i) => [...Array.from(data.cells.subarray(i * 5, i * 5 + 5)), null]),
  )
  expect(wide.cells[5]).toBe(MISSING)
  const six = [...items, { ...items[0]!, id: 'x' }]
  expect(scoreRoots(wide, six, 'wle')).toEqual(scoreRoots(data, items, 'wle'))
})

describe('a posterior that falls between the nodes', () => {
  const long = Array.from({ length: 1404 }, (_, j): ItemParameters => ({
    id: `i${j}`,
    model: '2pl',
    categories: 2,
    a: 0.8 + (0.9 * ((j * 37) % 101)) / 101,
    d: [((j * 53) % 97) / 24 - 2],
    c: 0,
  }))
  const data = simulate(long, [-1.3, 0.31, 2.2], 11)

  it('is found on finer nodes: 61 of them say what 6,001 say', () => {
    const coarse = scoreEap(data, long, normalQuadrature(61))
    const exact = scoreEap(data, long, normalQuadrature(6001))
    coarse.forEach((found, i) => {
      expect(found.se!).toBeLessThan(0.1)
      expect(found.theta!).toBeCloseTo(exact[i]!.theta!, 5)
      expect(found.se!).toBeCloseTo(exact[i]!.se!, 5)
    })
  })
})
