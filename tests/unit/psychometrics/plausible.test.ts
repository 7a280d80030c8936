import { describe, expect, it } from 'vitest'
import { equalNodes } from '@/lib/psychometrics/nodes'
import { probabilities } from '@/lib/psychometrics/parameters'
import { combine, latentRegression, plausibleValues } from '@/lib/psychometrics/plausible'
import { normal, seeded } from '@/lib/platform/random'
import { simulate, someItems } from './simulate'

const nodes = equalNodes()
const mean = (list: number[]) => list.reduce((s, v) => s + v, 0) / list.length
const variance = (list: number[]) => {
  const centre = mean(list)
  return list.reduce((s, v) => s + (v - centre) ** 2, 0) / (list.length - 1)
}

/** Teachers of two kinds with a covariate: θ = −0.2 + 0.6·kind + 0.3·z + e, e ~ N(0, 0.8²), answering 12 items. */
const province = (() => {
  const random = seeded(77)
  const design = Array.from({ length: 1500 }, (_, i) => [1, i % 2, normal(random)])
  const thetas = design.map(([, kind, z]) => -0.2 + 0.6 * kind! + 0.3 * z! + 0.8 * normal(random))
  const items = someItems(12)
  const data = simulate(items, thetas, 78)
  const logs = items.map((item) => Array.from(nodes, (x) => probabilities(item, x).map(Math.log)))
  const logLikelihood = new Float64Array(thetas.length * nodes.length)
  for (let i = 0; i < thetas.length; i++)
    for (let q = 0; q < nodes.length; q++)
      for (let j = 0; j < items.length; j++) logLikelihood[i * nodes.length + q]! += logs[j]![q]![data.cells[i * items.length + j]!]!
  return { design, thetas, logLikelihood }
})()

const fit = latentRegression(province.logLikelihood, nodes, province.design)
if (!fit.ok) throw new Error(fit.problem.detail)

/** A normal likelihood of each person: score y with error variance v. */
const normalLikelihood = (y: number[], v: number) =>
  Float64Array.from(y.flatMap((score) => Array.from(nodes, (x) => -((score - x) ** 2) / (2 * v))))

describe('The latent regression', () => {
  it('recovers the population of simulated teachers', () => {
    const { beta, sigma2 } = fit.value
    expect(Math.abs(beta[0]! + 0.2)).toBeLessThan(0.09)
    expect(Math.abs(beta[1]! - 0.6)).toBeLessThan(0.12)
    expect(Math.abs(beta[2]! - 0.3)).toBeLessThan(0.06)
    expect(Math.abs(sigma2 - 0.64)).toBeLessThan(0.09)
  })

  it('is ordinary least squares on scores with known error, the error taken off the variance', () => {
    const y = [-1.4, 1.3, 0.1, 0.4, 1.1, 2.9, -0.9, -0.5]
    const x = [0, 1, 2, 0, 3, 3, 0, 1]
    const result = latentRegression(
      normalLikelihood(y, 0.09),
      nodes,
      x.map((v) => [1, v]),
    )
    if (!result.ok) throw new Error(result.problem.detail)
    const slope = x.reduce((s, v, i) => s + (v - mean(x)) * y[i]!, 0) / x.reduce((s, v) => s + (v - mean(x)) ** 2, 0)
    const start = mean(y) - slope * mean(x)
    const rss = y.reduce((s, v, i) => s + (v - start - slope * x[i]!) ** 2, 0)
    expect(result.value.beta[1]).toBeCloseTo(slope, 5)
    expect(result.value.beta[0]).toBeCloseTo(start, 5)
    expect(result.value.sigma2).toBeCloseTo(rss / 8 - 0.09, 5)
    // Marginal likelihood of y: N(x'β, σ² + v), times the constant √(2πv) of each unnormalised likelihood.
    const total = rss / 8
    expect(result.value.loglik).toBeCloseTo(8 * (0.5 * Math.log(2 * Math.PI * 0.09) - 0.5 * Math.log(2 * Math.PI * total) - 0.5), 5)
  })

  it('is the same to the bit for the same input', () => {
    expect(latentRegression(province.logLikelihood, nodes, province.design)).toEqual(fit)
  })

  it('refuses predictors that repeat one another, people without likelihood and a population without spread', () => {
    const y = [0.1, -0.2, 0.3, 0]
    const flat = normalLikelihood(y, 0.5)
    const ones = y.map(() => [1])
    expect(latentRegression(flat, nodes, [])).toMatchObject({ problem: { code: 'empty' } })
    expect(
      latentRegression(
        flat,
        nodes,
        y.map(() => [1, 2]),
      ),
    ).toMatchObject({ problem: { code: 'singular' } })
    expect(latentRegression(flat, nodes, ones.slice(1))).toMatchObject({ problem: { code: 'out-of-range' } })
    expect(latentRegression(flat.subarray(0, 61), nodes, [[1]])).toMatchObject({ problem: { code: 'too-few' } })
    expect(
      latentRegression(
        flat.map(() => -Infinity),
        nodes,
        ones,
      ),
    ).toMatchObject({ problem: { code: 'out-of-range' } })
    expect(
      latentRegression(
        flat,
        nodes.map((x) => -x),
        ones,
      ),
    ).toMatchObject({ problem: { code: 'out-of-range' } })
    expect(latentRegression(flat, nodes, [[1], [1], [NaN], [1]])).toMatchObject({ problem: { code: 'out-of-range' } })
    expect(latentRegression(flat, nodes, ones)).toMatchObject({ problem: { code: 'constant' } })
  })
})

describe('Plausible values', () => {
  const { design, thetas, logLikelihood } = province
  const drawn = plausibleValues(logLikelihood, nodes, design, fit.value, 20, seeded(5))
  if (!drawn.ok) throw new Error(drawn.problem.detail)
  const sets = Array.from({ length: 20 }, (_, m) => drawn.value.map((row) => row[m]!))
  const eaps = drawn.value.map(mean)

  it('have the mean and the variance of the people behind them, where EAP is too narrow', () => {
    expect(Math.abs(mean(sets.map(mean)) - mean(thetas))).toBeLessThan(0.06)
    expect(Math.abs(mean(sets.map(variance)) - variance(thetas))).toBeLessThan(0.09)
    expect(variance(eaps)).toBeLessThan(variance(thetas) - 0.15)
  })

  it('show the share above a cut with less bias than EAP', () => {
    const share = (list: number[]) => list.filter((v) => v >= 1).length / list.length
    const truth = share(thetas)
    const plausible = Math.abs(mean(sets.map(share)) - truth)
    expect(plausible).toBeLessThan(0.02)
    expect(plausible).toBeLessThan(Math.abs(share(eaps) - truth) / 2)
  })

  it('come from the posterior: mean and variance of a normal score worked by hand', () => {
    // Prior N(0.5, 1), score 1.5 with error variance 0.5: posterior mean 7/6, variance 1/3 (and 0.2²/12 from the jitter).
    const result = plausibleValues(normalLikelihood([1.5], 0.5), nodes, [[1]], { beta: [0.5], sigma2: 1 }, 20000, seeded(6))
    if (!result.ok) throw new Error(result.problem.detail)
    expect(Math.abs(mean(result.value[0]!) - 7 / 6)).toBeLessThan(0.015)
    expect(Math.abs(variance(result.value[0]!) - 1 / 3 - 0.04 / 12)).toBeLessThan(0.012)
  })

  it('repeat themselves for the same seed and refuse a regression that does not fit', () => {
    expect(plausibleValues(logLikelihood, nodes, design, fit.value, 20, seeded(5))).toEqual(drawn)
    expect(plausibleValues(logLikelihood, nodes, design, fit.value, 0, seeded(5))).toMatchObject({ problem: { code: 'out-of-range' } })
    expect(plausibleValues(logLikelihood, nodes, design, { beta: [1], sigma2: 1 }, 5, seeded(5))).toMatchObject({
      problem: { code: 'out-of-range' },
    })
    expect(plausibleValues(logLikelihood, nodes, design, { ...fit.value, sigma2: 0 }, 5, seeded(5))).toMatchObject({
      problem: { code: 'out-of-range' },
    })
  })
})

describe("Rubin's rules", () => {
  it('add the variance between the plausible values to that within', () => {
    const result = combine([
      { value: 10, variance: 4 },
      { value: 12, variance: 5 },
      { value: 14, variance: 6 },
    ])
    // W = 5, B = 4, T = 5 + 16/3, df = 2·(1 + 5/(16/3))²
    expect(result).toMatchObject({ value: { value: 12, within: 5, between: 4 } })
    expect(result.ok && result.value.se).toBeCloseTo(Math.sqrt(31 / 3), 12)
    expect(result.ok && result.value.df).toBeCloseTo(2 * (31 / 16) ** 2, 12)
  })

  it('have no degrees of freedom to count when nothing differs, and need two estimates', () => {
    expect(
      combine([
        { value: 1, variance: 2 },
        { value: 1, variance: 2 },
      ]),
    ).toMatchObject({ value: { df: null, between: 0 } })
    expect(
      combine([
        { value: 1, variance: 0 },
        { value: 1, variance: 0 },
      ]),
    ).toMatchObject({ value: { df: null, se: 0 } })
    expect(combine([{ value: 1, variance: 2 }])).toMatchObject({ problem: { code: 'too-few' } })
    expect(
      combine([
        { value: 1, variance: 2 },
        { value: 1, variance: -2 },
      ]),
    ).toMatchObject({ problem: { code: 'out-of-range' } })
  })
})
