import { describe, expect, it } from 'vitest'
import { equalNodes } from '@/lib/psychometrics/nodes'
import { probabilities } from '@/lib/psychometrics/parameters'
import { latentRegression } from '@/lib/psychometrics/latent-regression'
import { normal, seeded } from '@/lib/platform/random'
import { simulate, someItems } from './simulate'

const nodes = equalNodes()
const mean = (list: number[]) => list.reduce((s, v) => s + v, 0) / list.length
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
