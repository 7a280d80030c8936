import { describe, expect, it } from 'vitest'
import { curve, intercepts, type ItemParameters } from '@/lib/psychometrics/parameters'
import { personFit, type FitEstimator } from '@/lib/psychometrics/person-fit'
import { q3 } from '@/lib/psychometrics/q3'
import { MISSING, responsesOf, selectPersons, type Responses } from '@/lib/psychometrics/responses'
import { abilities, simulate, someItems } from './simulate'

const graded = (count: number): ItemParameters[] =>
  Array.from({ length: count }, (_, j) => ({
    id: `g${j + 1}`,
    model: j % 2 ? 'grm' : 'gpcm',
    categories: 4,
    a: 1 + 0.1 * (j % 6),
    d: intercepts(j % 2 ? 'grm' : 'gpcm', 1 + 0.1 * (j % 6), [-1.2 + 0.1 * (j % 9), 0, 1 + 0.1 * (j % 4)]),
    c: 0,
  }))

/** θ that solves l′(θ) + r₀(θ) = 0 by bisection on [−8, 8]; null without a change of sign. */
function estimates(data: Responses, items: ItemParameters[], estimator: FitEstimator): (number | null)[] {
  return Array.from({ length: data.persons }, (_, i) => {
    const equation = (theta: number) => {
      let slope = 0
      let information = 0
      let bias = 0
      items.forEach((item, j) => {
        const { p, d1, d2 } = curve(item, theta)
        const x = data.cells[i * data.items + j]!
        slope += d1[x]! / p[x]!
        p.forEach((v, k) => {
          information += d1[k]! ** 2 / v
          bias += (d1[k]! * d2[k]!) / v
        })
      })
      return slope + (estimator === 'wle' ? bias / (2 * information) : estimator === 'map' ? -theta : 0)
    }
    let [low, high] = [-8, 8]
    if (equation(low) < 0 || equation(high) > 0) return null
    for (let step = 0; step < 24; step++) {
      const middle = (low + high) / 2
      if (equation(middle) > 0) low = middle
      else high = middle
    }
    return (low + high) / 2
  })
}

const moments = (v: (number | null)[]) => {
  const kept = v.filter((x) => x !== null)
  const mean = kept.reduce((s, x) => s + x, 0) / kept.length
  return { mean, sd: Math.sqrt(kept.reduce((s, x) => s + (x - mean) ** 2, 0) / (kept.length - 1)) }
}

describe('person fit', () => {
  it('follows the definition of lz on a case done by hand', () => {
    const items: ItemParameters[] = [0.8, 0.6].map((p, j) => ({
      id: `${j}`,
      model: 'rasch',
      categories: 2,
      a: 1,
      d: [Math.log(p / (1 - p))],
      c: 0,
    }))
    const data = responsesOf(['0', '1'], [[0, 1]])
    if (!data.ok) throw new Error()
    const l = Math.log(0.2) + Math.log(0.6)
    const mean = 0.8 * Math.log(0.8) + 0.2 * Math.log(0.2) + 0.6 * Math.log(0.6) + 0.4 * Math.log(0.4)
    const variance = 0.16 * Math.log(4) ** 2 + 0.24 * Math.log(1.5) ** 2
    const [fit] = personFit(data.value, items, [0], 'ml')
    expect(fit!.lz).toBeCloseTo((l - mean) / Math.sqrt(variance), 12)
    // Snijders: w = logit P, c = Σ P′w / Σ P′ with P′ = PQ, weights w − c.
    const c = (0.16 * Math.log(4) + 0.24 * Math.log(1.5)) / 0.4
    const spread = Math.sqrt(0.16 * (Math.log(4) - c) ** 2 + 0.24 * (Math.log(1.5) - c) ** 2)
    expect(fit!.lzStar).toBeCloseTo((l - mean) / spread, 12)
  })

  for (const [name, items] of [
    ['binary', someItems(30)],
    ['polytomous', graded(15)],
  ] as const) {
    for (const estimator of ['wle', 'ml', 'map'] as const) {
      it(`gives lz* a spread near one and lz a smaller one (${name}, ${estimator})`, () => {
        const data = simulate(items, abilities(1500, 21), 22)
        const fit = personFit(data, items, estimates(data, items, estimator), estimator)
        const star = moments(fit.map((f) => f.lzStar))
        const plain = moments(fit.map((f) => f.lz))
        expect(star.sd).toBeGreaterThan(0.94)
        expect(star.sd).toBeLessThan(1.07)
        expect(plain.sd).toBeLessThan(star.sd - 0.02)
        expect(Math.abs(star.mean)).toBeLessThan(0.12)
      })
    }
  }

  it('sees a person who misses the easy and solves the hard', () => {
    const items = someItems(30, 'rasch')
    const hardest = (j: number) => -items[j]!.d[0]! > 0
    const data = responsesOf(
      items.map((i) => i.id),
      [items.map((_, j) => (hardest(j) ? 1 : 0)), items.map((_, j) => (hardest(j) ? 0 : 1))],
    )
    if (!data.ok) throw new Error()
    const [odd, fine] = personFit(data.value, items, [0, 0])
    expect(odd!.lzStar!).toBeLessThan(-5)
    expect(fine!.lzStar!).toBeGreaterThan(2)
  })

  it('uses the answered items and gives null where nothing can be said', () => {
    const items = someItems(10)
    const data = simulate(items, [0, 1, 2], 3)
    const empty = { ...data, cells: data.cells.map((x, at) => (at < 10 ? MISSING : x)) }
    expect(personFit(empty, items, [0, null, Infinity])).toEqual(Array(3).fill({ lz: null, lzStar: null }))
    // All difficulties equal: the log-likelihood says nothing beyond θ.
    const same = items.map((i) => ({ ...i, a: 1, d: [0.5] }))
    expect(personFit(data, same, [0, 0, 0])[0]!.lzStar).toBeNull()
    const reversed = personFit(selectPersons(data, [2, 1, 0]), items, [2, 1, 0])
    expect(reversed.reverse()).toEqual(personFit(data, items, [0, 1, 2]))
  })
})

describe('Q3', () => {
  it('is about zero at the true abilities and high for two items of one stimulus', () => {
    const items = someItems(12)
    const thetas = abilities(3000, 31)
    const data = simulate(items, thetas, 32)
    const copied = { ...data, cells: data.cells.slice() }
    for (let i = 0; i < 3000; i += 2) copied.cells[i * 12 + 1] = copied.cells[i * 12]!
    const made = q3(copied, items, thetas)
    if (!made.ok) throw new Error()
    expect(made.value.pairs.length).toBe(66)
    expect(made.value.pairs[0]).toMatchObject({ a: 'i01', b: 'i02' })
    expect(made.value.pairs[0]!.q3!).toBeGreaterThan(0.25)
    made.value.pairs.slice(1).forEach((p) => expect(Math.abs(p.q3!)).toBeLessThan(0.1))
    expect(made.value.mean).toBeCloseTo(made.value.pairs.reduce((s, p) => s + p.q3!, 0) / 66, 12)
  })

  it('is the plain correlation of residuals over those who answered both', () => {
    const items: ItemParameters[] = ['x', 'y'].map((id) => ({ id, model: 'rasch', categories: 2, a: 1, d: [0], c: 0 }))
    const rows = [
      [1, 1],
      [1, 0],
      [0, 0],
      [1, 1],
      [null, 1],
    ]
    const data = responsesOf(['x', 'y'], rows)
    if (!data.ok) throw new Error()
    const made = q3(data.value, items, [0, 0, 0, 0, 0])
    // Residuals ±.5: r = (4·2 − 3·2) / √((4·3 − 9)(4·2 − 4)) = 2/√12.
    expect(made).toMatchObject({ ok: true })
    if (made.ok) expect(made.value.mean).toBeCloseTo(2 / Math.sqrt(12), 12)
    expect(q3(data.value, items, [0, 0, null, null, null])).toMatchObject({ ok: false, problem: { code: 'too-few' } })
    expect(q3(data.value, items.slice(1), [0])).toMatchObject({ ok: false, problem: { code: 'unknown-item' } })
  })
})
