import incompleteGamma from '@stdlib/math-base-special-gammainc'
import logGammaFunction from '@stdlib/math-base-special-gammaln'
import betaCdfFunction from '@stdlib/stats-base-dists-beta-cdf'
import betaQuantileFunction from '@stdlib/stats-base-dists-beta-quantile'
import normalCdfFunction from '@stdlib/stats-base-dists-normal-cdf'
import normalQuantileFunction from '@stdlib/stats-base-dists-normal-quantile'

/** P(Z ≤ z) of the standard normal. */
export const normalCdf = (z: number): number => normalCdfFunction(z, 0, 1)

/** z with P(Z ≤ z) = p, 0 < p < 1. */
export const normalQuantile = (p: number): number => normalQuantileFunction(p, 0, 1)

/** P(X ≥ x) of chi-square with df degrees of freedom. */
export const chiSquareTail = (x: number, df: number): number => incompleteGamma(Math.max(0, x) / 2, df / 2, true, true)

/** x with P(F ≤ x) = p of the F distribution, through the beta quantile. */
export function fQuantile(p: number, df1: number, df2: number): number {
  const beta = betaQuantileFunction(p, df1 / 2, df2 / 2)
  return (df2 * beta) / (df1 * (1 - beta))
}

/** t with P(T ≤ t) = p of Student's t with df degrees of freedom, 0.5 ≤ p < 1; the normal quantile for an infinite df. */
export const tQuantile = (p: number, df: number): number =>
  Number.isFinite(df) ? Math.sqrt(fQuantile(2 * p - 1, 1, df)) : normalQuantile(p)

export const betaCdf = (x: number, alpha: number, beta: number): number => betaCdfFunction(x, alpha, beta)
export const betaQuantile = (p: number, alpha: number, beta: number): number => betaQuantileFunction(p, alpha, beta)
export const logGamma = (x: number): number => logGammaFunction(x)

/** log(1 + eˣ) without overflow or loss of digits. */
export const softplus = (x: number): number => (x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x)))

/** 1 / (1 + e⁻ˣ) without overflow. */
export function logistic(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x))
  const e = Math.exp(x)
  return e / (1 + e)
}
