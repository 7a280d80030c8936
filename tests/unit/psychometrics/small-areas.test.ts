import fc from 'fast-check'
import { Matrix } from 'ml-matrix'
import { describe, expect, it } from 'vitest'
import { benchmark, fayHerriot, invertSymmetric, type Area } from '@/lib/psychometrics/small-areas'
import { normal, seeded } from '@/lib/platform/random'

const ok = (...args: Parameters<typeof fayHerriot>) => {
  const result = fayHerriot(...args)
  if (!result.ok) throw new Error(result.problem.detail)
  return result.value
}

/** The 13 BCG trials (log risk ratio, variance, latitude) on which R's metafor documents its REML. */
const effects = [-0.8893, -1.5854, -1.3481, -1.4416, -0.2175, -0.7861, -1.6209, 0.012, -0.4694, -1.3713, -0.3394, 0.4459, -0.0173]
const variances = [0.3256, 0.1946, 0.4154, 0.02, 0.0512, 0.0069, 0.223, 0.004, 0.0564, 0.073, 0.0124, 0.5325, 0.0714]
const latitudes = [44, 55, 42, 52, 13, 44, 19, 13, 27, 42, 18, 33, 33]
const trials = (covariate: boolean): Area[] =>
  effects.map((mean, i) => ({ id: `t${i}`, mean, variance: variances[i]!, x: covariate ? [1, latitudes[i]!] : [1] }))

/** REML for two covariates by brute force: nothing but the definition on a fine grid. */
function slowReml(areas: Area[], grid: number[]): number {
  const loglik = (tau2: number) => {
    const w = areas.map((a) => 1 / (tau2 + a.variance))
    const s = (f: (a: Area) => number) => areas.reduce((sum, a, i) => sum + w[i]! * f(a), 0)
    const [n, x, xx, y, xy] = [s(() => 1), s((a) => a.x[1]!), s((a) => a.x[1]! ** 2), s((a) => a.mean), s((a) => a.x[1]! * a.mean)]
    const det = n * xx - x * x
    const [b0, b1] = [(xx * y - x * xy) / det, (n * xy - x * y) / det]
    return -0.5 * (Math.log(det) + areas.reduce((sum, a, i) => sum - Math.log(w[i]!) + w[i]! * (a.mean - b0 - b1 * a.x[1]!) ** 2, 0))
  }
  return grid.reduce((best, t) => (loglik(t) > loglik(best) ? t : best))
}

function districts(count: number, tau: number, seed: number): (Area & { truth: number })[] {
  const random = seeded(seed)
  return Array.from({ length: count }, (_, i) => {
    const x = normal(random)
    const truth = 500 + 20 * x + tau * normal(random)
    const variance = 110 ** 2 / (3 + Math.floor(40 * random()))
    return { id: `d${i}`, x: [1, x], truth, variance, mean: truth + Math.sqrt(variance) * normal(random) }
  })
}

describe('Fay–Herriot', () => {
  it('finds the between-trial variance that R (metafor) publishes for the BCG trials', () => {
    const plain = ok(trials(false))
    expect(plain.tau2).toBeCloseTo(0.3132528, 5)
    expect(plain.beta[0]).toBeCloseTo(-0.7145343, 6)
    const regression = ok(trials(true))
    expect(regression.tau2).toBeCloseTo(0.0763729, 5)
    expect(regression.beta[0]).toBeCloseTo(0.2514493, 5)
    expect(regression.beta[1]).toBeCloseTo(-0.0291016, 6)
  })

  it('agrees with a slow grid search on simulated districts', () => {
    for (const seed of [1, 2, 3]) {
      const areas = districts(25, 40, seed)
      const slow = slowReml(
        areas,
        Array.from({ length: 4000 }, (_, k) => 2 * (k + 1)),
      )
      expect(Math.abs(ok(areas, { floor: 1 }).tau2 - slow)).toBeLessThanOrEqual(2)
    }
  })

  it('shrinks by γ and takes its error from Prasad and Rao, term by term', () => {
    const { areas, tau2, beta } = ok(trials(true))
    const w = variances.map((v) => 1 / (tau2 + v))
    const [n, x, xx] = [0, 1, 2].map((power) => w.reduce((sum, weight, i) => sum + weight * latitudes[i]! ** power, 0)) as [
      number,
      number,
      number,
    ]
    const i = 5
    const gamma = tau2 / (tau2 + variances[i]!)
    const g2 = ((1 - gamma) ** 2 * (xx - 2 * x * latitudes[i]! + n * latitudes[i]! ** 2)) / (n * xx - x * x)
    const g3 = (variances[i]! ** 2 * w[i]! ** 3 * 2) / w.reduce((sum, weight) => sum + weight * weight, 0)
    expect(areas[i]!.gamma).toBeCloseTo(gamma, 12)
    expect(areas[i]!.mean).toBeCloseTo(gamma * effects[i]! + (1 - gamma) * (beta[0]! + beta[1]! * latitudes[i]!), 12)
    expect(areas[i]!.se ** 2).toBeCloseTo(gamma * variances[i]! + g2 + 2 * g3, 12)
  })

  it('comes closer to the truth than the direct means, with intervals that keep their promise', () => {
    let [direct, shrunken, covered, n] = [0, 0, 0, 0]
    for (let seed = 10; seed < 40; seed++) {
      const areas = districts(30, 40, seed)
      ok(areas).areas.forEach((estimate, i) => {
        const { truth, mean } = areas[i]!
        direct += (mean - truth) ** 2
        shrunken += (estimate.mean - truth) ** 2
        covered += estimate.low <= truth && truth <= estimate.high ? 1 : 0
        n++
      })
    }
    expect(shrunken).toBeLessThan(0.85 * direct)
    expect(covered / n).toBeGreaterThan(0.92)
    expect(covered / n).toBeLessThan(0.98)
  })

  it('stops at the floor when the areas do not differ, so that they never become identical', () => {
    const areas = [500, 501, 499, 500].map((mean, i) => ({ id: `d${i}`, mean, variance: 400, x: [1] }))
    expect(ok(areas)).toMatchObject({ tau2: 4, atFloor: true })
    expect(ok(areas, { floor: 25 }).tau2).toBe(25)
    expect(ok(areas.map((a) => ({ ...a, mean: 500 }))).areas.every((a) => Math.abs(a.mean - 500) < 1e-9 && a.gamma > 0)).toBe(true)
  })

  it('has γ between 0 and 1 and estimates between the direct mean and the regression', () => {
    const area = fc.record({ mean: fc.double({ min: 200, max: 800, noNaN: true }), variance: fc.double({ min: 1, max: 1e4, noNaN: true }) })
    fc.assert(
      fc.property(fc.array(area, { minLength: 3, maxLength: 12 }), (list) => {
        const { areas, beta } = ok(list.map((a, i) => ({ ...a, id: `d${i}`, x: [1] })))
        for (const [i, { mean, gamma, se }] of areas.entries()) {
          expect(gamma > 0 && gamma < 1 && se > 0 && Number.isFinite(se)).toBe(true)
          const [low, high] = [Math.min(list[i]!.mean, beta[0]!), Math.max(list[i]!.mean, beta[0]!)]
          expect(mean >= low - 1e-8 && mean <= high + 1e-8).toBe(true)
        }
      }),
      { numRuns: 40, seed: 3 },
    )
  })

  it('does not depend on the order of the areas or the unit of a covariate', () => {
    const one = ok(trials(true))
    const other = ok(
      trials(true)
        .reverse()
        .map((a) => ({ ...a, x: [1, a.x[1]! * 1e5] })),
    )
    expect(other.areas[12]!.mean).toBeCloseTo(one.areas[0]!.mean, 8)
    expect(other.tau2).toBeCloseTo(one.tau2, 8)
  })

  it('refuses too few areas, variances of nothing and covariates that repeat one another', () => {
    const [a, b, c] = trials(true) as [Area, Area, Area]
    expect(fayHerriot([])).toMatchObject({ problem: { code: 'empty' } })
    expect(fayHerriot([a, b])).toMatchObject({ problem: { code: 'too-few' } })
    expect(fayHerriot([a, b, { ...c, variance: 0 }])).toMatchObject({ problem: { code: 'out-of-range' } })
    expect(fayHerriot([a, b, c].map((t) => ({ ...t, x: [1, 3] })))).toMatchObject({ problem: { code: 'singular' } })
    expect(fayHerriot([a, b, c].map((t) => ({ ...t, x: [1, 0] })))).toMatchObject({ problem: { code: 'singular' } })
    expect(fayHerriot([a, b, c], { floor: 0 })).toMatchObject({ problem: { code: 'out-of-range' } })
  })

  it('inverts a cross product and knows its determinant', () => {
    const result = invertSymmetric(
      new Matrix([
        [4, 2],
        [2, 3],
      ]),
    )
    if (!result.ok) throw new Error(result.problem.detail)
    expect(result.value.inverse.get(0, 1)).toBeCloseTo(-0.25, 12)
    expect(result.value.logDeterminant).toBeCloseTo(Math.log(8), 12)
  })
})

describe('The benchmark', () => {
  it('makes the districts add up to the province by one constant', () => {
    expect(benchmark([500, 520, 540], [1, 1, 2], 530)).toEqual({ ok: true, value: [505, 525, 545] })
    expect(benchmark([], [], 1)).toMatchObject({ problem: { code: 'empty' } })
    expect(benchmark([1, 2], [1], 1)).toMatchObject({ problem: { code: 'out-of-range' } })
    expect(benchmark([1], [0], 1)).toMatchObject({ problem: { code: 'out-of-range' } })
    expect(benchmark([1], [1], NaN)).toMatchObject({ problem: { code: 'out-of-range' } })
  })
})
