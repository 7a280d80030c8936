import { describe, expect, it } from 'vitest'
import { calibrate, type Calibration, type CalibrationOptions } from '@/lib/psychometrics/calibrate'
import { intercepts, type ItemModel, type ItemParameters } from '@/lib/psychometrics/parameters'
import { MISSING, responsesOf, selectPersons, type Responses } from '@/lib/psychometrics/responses'
import { lsat6, lsat7 } from './published'
import { abilities, simulate, someItems } from './simulate'

function calibrated(data: Responses, options: CalibrationOptions): Calibration {
  const found = calibrate(data, options)
  if (!found.ok) throw new Error(found.problem.detail)
  return found.value
}

const polytomous = (model: 'pcm' | 'gpcm' | 'grm'): ItemParameters[] =>
  Array.from({ length: 8 }, (_, j) => {
    const a = model === 'pcm' ? 1 : 0.7 + 0.15 * j
    return { id: `q${j + 1}`, model, categories: 4, a, d: intercepts(model, a, [-1.2 + 0.05 * j, -0.2, 0.9 - 0.05 * j]), c: 0 }
  })

const rmse = (x: number[], y: number[]) => Math.sqrt(x.reduce((s, v, i) => s + (v - y[i]!) ** 2, 0) / x.length)

describe('published calibrations are met', () => {
  it('LSAT 6, 2PL: the values of ltm (Rizopoulos 2006, table of coefficients) and their log-likelihood', () => {
    const found = calibrated(lsat6, { model: '2pl', errors: true })
    expect(found.converged).toBe(true)
    expect(found.logLik).toBeCloseTo(-2466.653, 2)
    found.items.forEach((item, j) => {
      expect(item.a).toBeCloseTo([0.8254, 0.7229, 0.8905, 0.6886, 0.6575][j]!, 2)
      expect(item.b[0]!).toBeCloseTo([-3.3597, -1.3696, -0.2799, -1.8659, -3.1236][j]!, 2)
      expect(item.se!.a!).toBeCloseTo([0.2581, 0.1867, 0.2326, 0.1852, 0.21][j]!, 2)
    })
  })

  it('LSAT 6, Rasch: a free variance is the square of the common slope 0.7551 of ltm', () => {
    const found = calibrated(lsat6, { model: 'rasch' })
    expect(found.logLik).toBeCloseTo(-2466.938, 2)
    expect(Math.sqrt(found.latent[0]!.variance)).toBeCloseTo(0.7551, 3)
    found.items.forEach((item, j) => expect(item.b[0]! / 0.7551).toBeCloseTo([-3.6153, -1.3224, -0.3176, -1.7301, -2.7802][j]!, 2))
  })

  it('LSAT 7, 2PL: the values printed in the manual of mirt (Chalmers 2012)', () => {
    const found = calibrated(lsat7, { model: '2pl' })
    expect(found.logLik).toBeCloseTo(-2658.805, 2)
    found.items.forEach((item, j) => {
      expect(item.a).toBeCloseTo([0.988, 1.081, 1.706, 0.765, 0.736][j]!, 2)
      expect(item.d[0]!).toBeCloseTo([1.856, 0.808, 1.804, 0.486, 1.855][j]!, 2)
    })
  })
})

describe('simulated truth is recovered', () => {
  it('2PL: difficulties and slopes of 2,674 persons within the errors that the design expects', () => {
    const truth = someItems(40)
    const found = calibrated(simulate(truth, abilities(2674, 1), 2), { model: '2pl' })
    expect(found.converged).toBe(true)
    const b = found.items.map((i) => i.b[0]!)
    expect(
      rmse(
        b,
        truth.map((i) => -i.d[0]! / i.a),
      ),
    ).toBeLessThan(0.1)
    expect(
      rmse(
        found.items.map((i) => i.a),
        truth.map((i) => i.a),
      ),
    ).toBeLessThan(0.08)
  })

  for (const model of ['pcm', 'gpcm', 'grm'] as const) {
    it(`${model}: every step and slope`, () => {
      const truth = polytomous(model)
      const found = calibrated(simulate(truth, abilities(4000, 5), 6), { model })
      expect(found.converged).toBe(true)
      found.items.forEach((item, j) => {
        expect(Math.abs(item.a - truth[j]!.a)).toBeLessThan(0.2)
        item.d.forEach((d, k) => expect(Math.abs(d - truth[j]!.d[k]!)).toBeLessThan(0.25))
      })
      if (model === 'pcm') expect(found.latent[0]!.variance).toBeCloseTo(1, 0)
    })
  }

  it('3PL with a prior on guessing: the item curves', () => {
    const truth = someItems(25).map((i): ItemParameters => ({ ...i, model: '3pl', a: 0.8 + i.a / 2, c: 0.2 }))
    const found = calibrated(simulate(truth, abilities(5000, 8), 9), {
      model: '3pl',
      priors: { guessing: { kind: 'beta', alpha: 12, beta: 48 } },
    })
    expect(found.converged).toBe(true)
    for (const theta of [-1, 0, 1]) {
      const curve = (i: ItemParameters) => i.c + (1 - i.c) / (1 + Math.exp(-i.a * theta - i.d[0]!))
      expect(rmse(found.items.map(curve), truth.map(curve))).toBeLessThan(0.03)
    }
  })

  it('two groups: the mean and variance of the second on the scale of the first', () => {
    const truth = someItems(30)
    const thetas = [...abilities(1500, 3), ...abilities(1500, 4, 0.6, 1.3)]
    const of = thetas.map((_, i) => (i < 1500 ? 'A' : 'B'))
    const found = calibrated(simulate(truth, thetas, 10), { model: '2pl', groups: { of } })
    expect(found.latent[0]).toMatchObject({ group: 'A', mean: 0, variance: 1 })
    expect(Math.abs(found.latent[1]!.mean - 0.6)).toBeLessThan(0.12)
    expect(Math.abs(Math.sqrt(found.latent[1]!.variance) - 1.3)).toBeLessThan(0.12)
  })

  it('fixed anchors: new persons and new items come onto the old scale', () => {
    const truth = someItems(30)
    const found = calibrated(simulate(truth, abilities(3000, 12, -0.4, 0.9), 13), { model: '2pl', fixed: truth.slice(0, 15) })
    expect(found.latent[0]!.mean).toBeCloseTo(-0.4, 1)
    expect(found.items[0]).toMatchObject({ a: truth[0]!.a, d: truth[0]!.d, fixed: true })
    expect(
      rmse(
        found.items.slice(15).map((i) => i.d[0]!),
        truth.slice(15).map((i) => i.d[0]!),
      ),
    ).toBeLessThan(0.15)
  })
})

describe('what must not matter does not matter', () => {
  const base = simulate(someItems(15), abilities(500, 20), 21)
  const start = calibrated(base, { model: '2pl', tolerance: 1e-9 })
  const same = (other: Calibration, order = (j: number) => j) =>
    start.items.forEach((item, j) => {
      expect(Math.abs(other.items[order(j)]!.a - item.a)).toBeLessThan(1e-8)
      expect(Math.abs(other.items[order(j)]!.d[0]! - item.d[0]!)).toBeLessThan(1e-8)
    })

  it('the same input gives the same bits', () => {
    expect(JSON.stringify(calibrated(base, { model: '2pl', tolerance: 1e-9 }))).toBe(JSON.stringify(start))
  })
  it('the order of persons', () => {
    const reversed = Array.from({ length: base.persons }, (_, i) => base.persons - 1 - i)
    same(calibrated(selectPersons(base, reversed), { model: '2pl', tolerance: 1e-9 }))
  })
  it('the order of items', () => {
    const rows = Array.from({ length: base.persons }, (_, i) => Array.from(base.cells.subarray(i * 15, (i + 1) * 15)).reverse())
    const turned = responsesOf([...base.ids].reverse(), rows)
    if (!turned.ok) throw new Error()
    same(calibrated(turned.value, { model: '2pl', tolerance: 1e-9 }), (j) => 14 - j)
  })
  it('turning an item round turns only its own signs', () => {
    const cells = base.cells.map((x, at) => (at % 15 === 3 ? 1 - x : x))
    const other = calibrated({ ...base, cells }, { model: '2pl', tolerance: 1e-9 })
    expect(Math.abs(other.items[3]!.a + start.items[3]!.a)).toBeLessThan(1e-7)
    expect(Math.abs(other.items[3]!.d[0]! + start.items[3]!.d[0]!)).toBeLessThan(1e-7)
    expect(other.logLik).toBeCloseTo(start.logLik, 7)
  })
  it('graded, generalised partial credit and 2PL agree on two categories', () => {
    for (const model of ['gpcm', 'grm'] as ItemModel[]) {
      const other = calibrated(base, { model, tolerance: 1e-9 })
      expect(other.logLik).toBeCloseTo(start.logLik, 6)
      other.items.forEach((item, j) => expect(Math.abs(item.a - start.items[j]!.a)).toBeLessThan(1e-5))
    }
  })
})

describe('at the edges of the parameter space', () => {
  it('3PL without a prior: guessing that wants to be nothing does not hold slope and intercept back', () => {
    for (const seed of [61, 62]) {
      const data = simulate(someItems(15), abilities(1500, seed), seed + 10)
      const [two, three] = [calibrated(data, { model: '2pl' }), calibrated(data, { model: '3pl', errors: true })]
      expect(three.logLik).toBeGreaterThan(two.logLik - 1)
      expect(three.items.some((i) => i.c < 1e-3)).toBe(true)
      expect(three.warnings.some((w) => w.code === 'unidentified')).toBe(true)
      for (const item of three.items) expect(item.c).toBeGreaterThan(0)
    }
  })
  it('a wide distribution is found although the nodes end at ±6, and a warning says so', () => {
    const found = calibrated(simulate(someItems(15, 'rasch'), abilities(1500, 70, 0, 2.4), 71), { model: 'rasch' })
    expect(Math.abs(Math.sqrt(found.latent[0]!.variance) - 2.4)).toBeLessThan(0.25)
    expect(found.warnings.some((w) => w.code === 'wide')).toBe(true)
  })
  it('one item cannot tell how much persons differ, and says so', () => {
    const found = calibrated(simulate(someItems(1, 'rasch'), abilities(300, 3), 4), { model: 'rasch' })
    expect(found.warnings.map((w) => w.code)).toContain('unidentified')
  })

  it('slopes of two items are called unidentified', () => {
    const found = calibrated(simulate(someItems(2), abilities(500, 72), 73), { model: '2pl' })
    expect(found.warnings.some((w) => w.code === 'unidentified')).toBe(true)
  })
})

describe('missing answers and hopeless items', () => {
  it('persons of two overlapping forms share one scale', () => {
    const truth = someItems(20)
    const thetas = abilities(4000, 30)
    const data = simulate(truth, thetas, 31)
    for (let i = 0; i < 4000; i++) for (let j = 0; j < 20; j++) if (i % 2 ? j < 7 : j >= 13) data.cells[i * 20 + j] = MISSING
    const found = calibrated(data, { model: '2pl' })
    expect(
      rmse(
        found.items.map((i) => i.d[0]!),
        truth.map((i) => i.d[0]!),
      ),
    ).toBeLessThan(0.12)
  })
  it('an item that all got right is left out with a sentence, the others stand', () => {
    const data = simulate(someItems(6), abilities(200, 40), 41)
    for (let i = 0; i < 200; i++) data.cells[i * 6] = 1
    const found = calibrated(data, { model: '2pl', priors: { slope: { kind: 'lognormal', mean: 0, sd: 0.3 } } })
    expect(found.items).toHaveLength(5)
    expect(found.warnings[0]).toMatchObject({ id: 'i01', code: 'constant' })
  })
  it('an empty category is closed up and its codes are kept', () => {
    const data = simulate(polytomous('pcm'), abilities(600, 42), 43)
    for (let i = 0; i < 600; i++) if (data.cells[i * 8] === 1) data.cells[i * 8] = 2
    const found = calibrated(data, { model: 'pcm' })
    expect(found.items[0]!.codes).toEqual([0, 2, 3])
    expect(found.warnings.some((w) => w.id === 'q1' && w.code === 'collapsed')).toBe(true)
  })
  it('one person, or nobody who differs, is a typed problem', () => {
    const one = responsesOf(['a', 'b'], [[0, 1]])
    if (!one.ok) throw new Error()
    expect(calibrate(one.value, { model: '2pl' })).toMatchObject({ ok: false, problem: { code: 'constant' } })
    const alike = responsesOf(
      ['a', 'b'],
      Array.from({ length: 30 }, () => [1, 0]),
    )
    if (!alike.ok) throw new Error()
    expect(calibrate(alike.value, { model: '2pl' })).toMatchObject({ ok: false, problem: { code: 'constant' } })
  })
  it('a cycle that answers false cancels the run', () => {
    expect(calibrate(lsat6, { model: '2pl', onCycle: ({ cycle }) => cycle < 3 })).toMatchObject({
      ok: false,
      problem: { code: 'cancelled' },
    })
  })
  it('too few cycles is said, not hidden', () => {
    expect(calibrated(lsat6, { model: '2pl', maxCycles: 4 }).converged).toBe(false)
  })
  it('with 111 persons the prior keeps every slope within reason', () => {
    const found = calibrated(simulate(someItems(40), abilities(111, 50), 51), {
      model: '2pl',
      priors: { slope: { kind: 'lognormal', mean: 0, sd: 0.3 }, intercept: { kind: 'normal', mean: 0, sd: 2 } },
    })
    expect(found.converged).toBe(true)
    for (const item of found.items) expect(item.a).toBeLessThan(3)
  })
})
