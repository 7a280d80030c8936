import { betaQuantile, logistic } from './distributions'
import { problem, value, type Outcome } from './problem'

/** Posterior mean share and 95 % interval of one group, all strictly between 0 and 1. */
export type ShareEstimate = { id: string; mean: number; low: number; high: number }

type Group = { id: string; n: number; successes: number }

/** Range of the precision α + β. Above the upper end the groups count as equal. */
const PRECISION = { least: 0.1, most: 1e4 }

/** Limits are kept this far from 0 and 1, where the beta quantile would round to them. */
const EDGE = 1e-6

/**
 * Shares of groups under a beta-binomial model whose α and β maximise the marginal likelihood (Skellam 1948; Griffiths 1973,
 * Biometrics 29, 637–648): posterior Beta(α + s, β + n − s). Newton on logit mean and log precision with exact derivatives,
 * moments (Kleinman 1973) if that fails; precision within 0.1 … 1e4. A group of n = 0 gets the prior. If all groups together have
 * no success or no failure, the prior is Jeffreys' posterior of the pooled share.
 * Problems: empty; too-few (fewer than 2 groups with people, or none with two); out-of-range (not 0 ≤ successes ≤ n, integers).
 */
export function betaBinomial(groups: readonly Group[]): Outcome<{ alpha: number; beta: number; groups: ShareEstimate[] }> {
  if (!groups.length) return problem('empty', 'There are no groups.')
  const wrong = groups.find(({ n, successes: s }) => !(Number.isInteger(n) && Number.isInteger(s) && s >= 0 && s <= n))
  if (wrong) return problem('out-of-range', `Group ${wrong.id}: ${wrong.successes} of ${wrong.n} cannot be.`)
  const seen = groups.filter((group) => group.n > 0)
  if (seen.length < 2 || seen.every((group) => group.n < 2))
    return problem('too-few', 'At least two groups with people, one of them with two, are needed to see how groups differ.')
  const n = seen.reduce((sum, group) => sum + group.n, 0)
  const s = seen.reduce((sum, group) => sum + group.successes, 0)
  const [alpha, beta] = s === 0 || s === n ? [s + 0.5, n - s + 0.5] : priorOf(seen)
  const inside = (share: number) => Math.min(1 - EDGE, Math.max(EDGE, share))
  return value({
    alpha,
    beta,
    groups: groups.map(({ id, n, successes }) => {
      const [a, b] = [alpha + successes, beta + n - successes]
      return { id, mean: inside(a / (a + b)), low: inside(betaQuantile(0.025, a, b)), high: inside(betaQuantile(0.975, a, b)) }
    }),
  })
}

/** Marginal log-likelihood at (logit mean, log precision) with gradient and Hessian; constants left out. */
type Point = { loglik: number; g: [number, number]; h: [number, number, number] }

function likelihood(groups: readonly Group[], logitMean: number, logPrecision: number): Point {
  const [mu, precision] = [logistic(logitMean), Math.exp(logPrecision)]
  const [alpha, beta] = [mu * precision, logistic(-logitMean) * precision]
  // Γ(a + k)/Γ(a) as a product: log, first and second derivative in a, without the digits that differences of lgamma lose.
  const rise = (a: number, k: number) => {
    let [l, d, e] = [0, 0, 0]
    for (let r = 0; r < k; r++) {
      l += Math.log(a + r)
      d += 1 / (a + r)
      e -= (a + r) ** -2
    }
    return [l, d, e] as const
  }
  let [loglik, dA, dB, dM, eA, eB, eM] = [0, 0, 0, 0, 0, 0, 0]
  for (const { n, successes } of groups) {
    const [up, down, all] = [rise(alpha, successes), rise(beta, n - successes), rise(precision, n)]
    loglik += up[0] + down[0] - all[0]
    dA += up[1]
    dB += down[1]
    dM += all[1]
    eA += up[2]
    eB += down[2]
    eM += all[2]
  }
  // Chain rule: dα/dt = w, dβ/dt = −w with w = precision·μ(1 − μ); dα/du = α, dβ/du = β, dM/du = M.
  const w = precision * mu * (1 - mu)
  return {
    loglik,
    g: [w * (dA - dB), alpha * dA + beta * dB - precision * dM],
    h: [
      w * w * (eA + eB) + w * (1 - 2 * mu) * (dA - dB),
      w * (alpha * eA - beta * eB) + w * (dA - dB),
      alpha * alpha * eA + beta * beta * eB - precision * precision * eM + alpha * dA + beta * dB - precision * dM,
    ],
  }
}

/** [α, β] at the maximum of the marginal likelihood. */
function priorOf(groups: readonly Group[]): [number, number] {
  const [least, most] = [Math.log(PRECISION.least), Math.log(PRECISION.most)]
  const keep = (u: number) => Math.min(most, Math.max(least, u))
  const start = moments(groups)
  let [t, u] = [start[0], keep(start[1])]
  let now = likelihood(groups, t, u)
  for (let cycle = 0; cycle < 200; cycle++) {
    const [gt, gu] = now.g
    const fixed = (u >= most && gu > 0) || (u <= least && gu < 0)
    if (Math.abs(gt) < 1e-7 && (fixed || Math.abs(gu) < 1e-7)) return shape(t, u)
    const [dt, du] = direction(now, fixed)
    let step = 1
    let next = now
    for (; step > 1e-10; step /= 2) {
      next = likelihood(groups, t + step * dt, keep(u + step * du))
      if (next.loglik > now.loglik) break
    }
    // Nothing higher along an ascent direction: the maximum to the last digit.
    if (!(next.loglik > now.loglik)) return shape(t, u)
    ;[t, u, now] = [t + step * dt, keep(u + step * du), next]
  }
  return shape(start[0], keep(start[1]))
}

/** Newton step where the surface bends down, else a step of the gradient at most 1 long. */
function direction({ g, h }: Point, fixed: boolean): [number, number] {
  const [gt, gu] = g
  const [tt, tu, uu] = h
  const determinant = tt * uu - tu * tu
  if (fixed && tt < 0) return [-gt / tt, 0]
  if (!fixed && tt < 0 && determinant > 0) return [(-uu * gt + tu * gu) / determinant, (tu * gt - tt * gu) / determinant]
  const length = Math.max(1, Math.hypot(gt, fixed ? 0 : gu))
  return [gt / length, fixed ? 0 : gu / length]
}

/** Moment start: logit of the pooled share and log precision from the weighted variance of the shares. */
function moments(groups: readonly Group[]): [number, number] {
  const n = groups.reduce((sum, g) => sum + g.n, 0)
  const p = groups.reduce((sum, g) => sum + g.successes, 0) / n
  const squares = groups.reduce((sum, g) => sum + g.n * (g.successes / g.n - p) ** 2, 0)
  const spread = n - groups.reduce((sum, g) => sum + (g.n * g.n) / n, 0)
  const between = (squares - p * (1 - p) * (groups.length - 1)) / (spread - groups.length + 1 || 1)
  const correlation = Math.min(0.9, Math.max(1e-4, between / (p * (1 - p))))
  return [Math.log(p / (1 - p)), Math.log(1 / correlation - 1)]
}

const shape = (t: number, u: number): [number, number] => [logistic(t) * Math.exp(u), logistic(-t) * Math.exp(u)]
