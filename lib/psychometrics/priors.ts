/**
 * Prior densities for marginal maximum a posteriori estimation. `normal` and `lognormal` take mean and standard deviation
 * (of the logarithm for `lognormal`), `beta` its two shapes. Densities are those of the parameter itself (a, d or c),
 * so the mode is on that scale and needs no Jacobian.
 */
export type Prior =
  | { kind: 'normal'; mean: number; sd: number }
  | { kind: 'lognormal'; mean: number; sd: number }
  | { kind: 'beta'; alpha: number; beta: number }

export type Priors = { slope?: Prior; intercept?: Prior; guessing?: Prior }

/** Log density up to a constant with its first two derivatives at x; −∞ outside the prior's support. */
export function priorTerms(prior: Prior | undefined, x: number): { log: number; first: number; second: number } {
  if (!prior) return { log: 0, first: 0, second: 0 }
  if (prior.kind === 'normal') {
    const z = (x - prior.mean) / prior.sd
    return { log: -0.5 * z * z, first: -z / prior.sd, second: -1 / (prior.sd * prior.sd) }
  }
  if (prior.kind === 'lognormal') {
    if (x <= 0) return { log: -Infinity, first: 0, second: 0 }
    const u = Math.log(x) - prior.mean
    const v = prior.sd * prior.sd
    return { log: -Math.log(x) - (u * u) / (2 * v), first: -(1 + u / v) / x, second: (1 + (u - 1) / v) / (x * x) }
  }
  if (x <= 0 || x >= 1) return { log: -Infinity, first: 0, second: 0 }
  const [p, q] = [prior.alpha - 1, prior.beta - 1]
  return { log: p * Math.log(x) + q * Math.log1p(-x), first: p / x - q / (1 - x), second: -p / (x * x) - q / ((1 - x) * (1 - x)) }
}

/** Reads `normal:0,2`, `lognormal:0,0.3` or `beta:12,48`; null when it is none of these. */
export function parsePrior(text: string): Prior | null {
  const match = /^(normal|lognormal|beta):(-?[\d.]+),([\d.]+)$/.exec(text.trim())
  if (!match) return null
  const [first, second] = [Number(match[2]), Number(match[3])]
  if (!Number.isFinite(first) || !(second > 0)) return null
  if (match[1] === 'beta') return first > 0 ? { kind: 'beta', alpha: first, beta: second } : null
  return { kind: match[1] as 'normal' | 'lognormal', mean: first, sd: second }
}
