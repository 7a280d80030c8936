import { clusterRegression, estimate, type Estimate } from './cluster-regression'
import { problem, value, type Outcome } from './problem'

/** One person measured twice on one scale. `stratum`: the population a person is drawn from, to whose mean a first score falls back. */
export type Pair = { before: number; seBefore: number; after: number; seAfter: number; cluster: string; stratum: string }

const mean = (x: readonly number[]) => x.reduce((s, v) => s + v, 0) / x.length
const variance = (x: readonly number[]) => {
  const m = mean(x)
  return x.length > 1 ? x.reduce((s, v) => s + (v - m) ** 2, 0) / (x.length - 1) : 0
}

/** Distribution of true first scores: each stratum's mean, drawn to the overall mean by its own size, and one reliability within. */
export type Prior = { means: Map<string, number>; overall: number; within: number; reliability: number }

/**
 * True variance within strata = pooled observed variance − mean squared standard error (not below a tenth of the observed);
 * between = variance of the stratum means − mean of their sampling variances. Stratum means shrink with τ²/(τ² + v).
 */
export function priorOf(people: readonly Pick<Pair, 'before' | 'seBefore' | 'stratum'>[]): Prior {
  const strata = new Map<string, number[]>()
  for (const p of people) {
    const own = strata.get(p.stratum)
    if (own) own.push(p.before)
    else strata.set(p.stratum, [p.before])
  }
  const overall = mean(people.map((p) => p.before))
  const spread = [...strata.values()].reduce((s, x) => s + variance(x) * (x.length - 1), 0) / Math.max(1, people.length - strata.size)
  const error = mean(people.map((p) => p.seBefore ** 2))
  const within = Math.max(spread - error, 0.1 * spread)
  const groups = [...strata].map(([id, x]) => ({ id, mean: mean(x), v: spread / x.length }))
  const between = Math.max(0, variance(groups.map((g) => g.mean)) - mean(groups.map((g) => g.v)))
  const gamma = (v: number) => (between + v > 0 ? between / (between + v) : 0)
  return {
    means: new Map(groups.map((g) => [g.id, overall + gamma(g.v) * (g.mean - overall)])),
    overall,
    within,
    reliability: spread > 0 ? within / spread : 1,
  }
}

/**
 * The same distribution with error told by the test's own scale: true over observed variance of all first scores, `trueSd` being the deviation
 * that the calibration found. The mean squared error of single scores is dominated by the ends of the scale, where few people are, and says
 * too much. True variance is never taken below a tenth of the observed, nor above 98 %.
 */
export function priorByLatent(people: readonly Pick<Pair, 'before' | 'seBefore' | 'stratum'>[], trueSd: number): Prior {
  const scores = people.map((p) => p.before)
  const observed = variance(scores)
  const error = Math.min(Math.max(observed - trueSd ** 2, 0.02 * observed), 0.9 * observed)
  const one = Math.sqrt(error)
  return priorOf(people.map((p) => ({ before: p.before, stratum: p.stratum, seBefore: one })))
}

/**
 * The change that error alone lets one expect of a person: (1 − ρ)(μ − first score), the best linear prediction (Kelley 1947) with
 * one reliability ρ for all: taking each person's own error instead would overcorrect the ends of the scale, where errors are
 * widest. Whoever scored far below the own population is expected to score higher next time without having learnt anything.
 */
export function expectedByErrorAlone(person: Pick<Pair, 'before' | 'stratum'>, prior: Prior): number {
  return (1 - prior.reliability) * ((prior.means.get(person.stratum) ?? prior.overall) - person.before)
}

/** One person's change with what error alone would have made of it; `cluster` is the school. */
export type Change = { change: number; expected: number; cluster: string }

/** Mean change of a group: `raw` as observed, `corrected` for regression to the mean; both with sampling, measurement and linking error. */
export type GroupChange = {
  n: number
  clusters: number
  raw: Estimate
  corrected: Estimate
  byErrorAlone: number
  sd: number
  designEffect: number
}

/**
 * `linkError`: standard error that everybody's change shares through the link. Sampling and measurement error come from the
 * spread of the observed differences themselves, schools taken as clusters; one school falls back to independent persons.
 * Problem: too-few below two persons.
 */
export function groupChange(people: readonly Change[], linkError: number): Outcome<GroupChange> {
  const n = people.length
  if (n < 2) return problem('too-few', 'A change needs two persons or more.')
  const clusters = new Set(people.map((p) => p.cluster)).size
  const sampling = (y: number[]) => {
    const fit = clusterRegression(y.map((v, i) => ({ y: v, x: [1], cluster: clusters > 1 ? people[i]!.cluster : String(i) })))
    if (!fit.ok) throw new Error(fit.problem.detail)
    // With a handful of schools the clustered variance is a wild guess and often far too small: never below that of independent persons.
    return { mean: fit.value.beta[0]!, variance: Math.max(fit.value.covariance[0]![0]!, variance(y) / n), df: fit.value.df }
  }
  const shaped = ({ mean: m, variance: v, df }: ReturnType<typeof sampling>) => estimate(m, Math.sqrt(v + linkError ** 2), df)
  const raw = sampling(people.map((p) => p.change))
  const spread = variance(people.map((p) => p.change))
  return value({
    n,
    clusters,
    raw: shaped(raw),
    corrected: shaped(sampling(people.map((p) => p.change - p.expected))),
    byErrorAlone: mean(people.map((p) => p.expected)),
    sd: Math.sqrt(spread),
    designEffect: spread > 0 ? Math.max(1, (raw.variance * n) / spread) : 1,
  })
}
