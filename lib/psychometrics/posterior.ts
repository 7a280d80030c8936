import { logLikelihoods, posteriorMoments } from './abilities'
import { normalCdf } from './distributions'
import { equalNodes, normalWeights } from './nodes'
import { itemInformation, type ItemParameters } from './parameters'
import { latentRegression } from './latent-regression'
import { value, type Outcome } from './problem'
import { MISSING, type Responses } from './responses'

/** What is known of a person's true value after a test: mean and standard deviation of the posterior, in the unit of the scale. */
export type Posterior = { mean: number; sd: number }

/**
 * The population a person is drawn from, θ units: normal, with what is not known of it. `meanError` is the standard error of the mean,
 * `logSdError` that of the natural logarithm of the deviation.
 */
export type Latent = {
  mean: number
  sd: number
  meanError: number
  logSdError: number
  /** How many people answered an item when its difficulty was estimated; left out where the items are taken as known. */
  answers?: number
}

/** P(true value < line) under a posterior, 0–1: the one place that turns a person's measure into a chance. */
export const chanceBelow = ({ mean, sd }: Posterior, line: number): number => normalCdf((line - mean) / Math.max(sd, 1e-9))

/** The steps on which persons are placed: 0.1 apart on [−6, 6]. */
const NODES = equalNodes(121)

/** Deviations at which the unknown spread is taken, in its standard errors, with their weights: three-point Gauss–Hermite rule. */
const SPREADS = [
  [-Math.sqrt(3), 1 / 6],
  [0, 2 / 3],
  [Math.sqrt(3), 1 / 6],
] as const

/** The population's density at the nodes, averaged over what is not known of its mean and spread; sums to 1. */
function weightsOf(latent: Latent): Float64Array {
  const out = new Float64Array(NODES.length)
  for (const [z, share] of SPREADS) {
    const sd = latent.sd * Math.exp(z * latent.logSdError)
    normalWeights(NODES, latent.mean, Math.hypot(sd, latent.meanError)).forEach((w, q) => (out[q]! += share * w))
  }
  return out
}

/** Error variance of each item's difficulty, θ units: the inverse of the information that `answers` people of the population left. */
function difficultyErrors(items: readonly ItemParameters[], weights: Float64Array, answers: number): number[] {
  return items.map((item) => {
    const left = weights.reduce((s, w, q) => s + (w > 1e-9 ? w * itemInformation(item, NODES[q]!) : 0), 0)
    return 1 / Math.max(1e-3, answers * left)
  })
}

/**
 * Posterior of every person under the population that `latentOf` names for the row, θ units: exact likelihood of the answers on 121
 * nodes, told by its first two moments. Where the difficulties are themselves estimates, what their errors do to a person is added: each
 * moves the mean by its share in the information, I_j/(I + 1/σ²). A person without answers gets the population itself.
 */
export function posteriors(data: Responses, items: readonly ItemParameters[], latentOf: (row: number) => Latent): Posterior[] {
  const log = logLikelihoods(data, items, NODES)
  const known = new Map<Latent, { weights: Float64Array; errors: number[] | null }>()
  return Array.from({ length: data.persons }, (_, i) => {
    const latent = latentOf(i)
    let own = known.get(latent)
    if (!own) {
      const weights = weightsOf(latent)
      own = { weights, errors: latent.answers ? difficultyErrors(items, weights, latent.answers) : null }
      known.set(latent, own)
    }
    const { theta, se } = posteriorMoments(log.subarray(i * NODES.length, (i + 1) * NODES.length), { nodes: NODES, weights: own.weights })
    if (!own.errors) return { mean: theta, sd: se }
    let [total, spread] = [1 / latent.sd ** 2, 0]
    for (let j = 0; j < items.length; j++) {
      if (data.cells[i * data.items + j] === MISSING) continue
      const information = itemInformation(items[j]!, theta)
      total += information
      spread += information ** 2 * own.errors[j]!
    }
    return { mean: theta, sd: Math.sqrt(se ** 2 + spread / total ** 2) }
  })
}

/**
 * The populations behind the rows, one mean for each group and one deviation for all (Mislevy 1984), θ units. Errors from the information
 * that the tests leave: with reliability ρ a mean of n persons has σ/√(nρ), the logarithm of σ has 1/(ρ√(2n)).
 * Problems: those of `latentRegression`; too-few below ten persons.
 */
export function latentOfGroups(data: Responses, items: readonly ItemParameters[], groups: readonly string[]): Outcome<Map<string, Latent>> {
  const names = [...new Set(groups)]
  const nodes = equalNodes()
  const log = logLikelihoods(data, items, nodes)
  const design = groups.map((g) => names.map((n) => Number(n === g)))
  const found = latentRegression(log, nodes, design)
  if (!found.ok) return found
  const sd = Math.sqrt(found.value.sigma2)
  const left = names.map((_, k) => found.value.beta[k]!)
  const placed = posteriors(
    data,
    items,
    (() => {
      const of = new Map(names.map((n, k) => [n, { mean: left[k]!, sd, meanError: 0, logSdError: 0 }]))
      return (row: number) => of.get(groups[row]!)!
    })(),
  )
  const error = placed.reduce((s, p) => s + p.sd ** 2, 0) / placed.length
  const reliability = Math.max(0.05, 1 - error / found.value.sigma2)
  const logSdError = 1 / (reliability * Math.sqrt(2 * groups.length))
  return value(
    new Map(
      names.map((n, k) => {
        const size = groups.filter((g) => g === n).length
        return [n, { mean: left[k]!, sd, meanError: sd / Math.sqrt(size * reliability), logSdError }]
      }),
    ),
  )
}

/** A spread with the error of its logarithm. */
export type Spread = { sd: number; logSdError: number }

/**
 * Spreads drawn to one another, each by how little its own people say: log σ ~ N(m, τ²), m and τ² by moments over all (DerSimonian & Laird
 * 1986). `own`: weight of what its own people say, 0–1. `least`: spreads are taken to differ at least so much, τ. Fewer than three stand alone.
 */
export function pooledSpreads(spreads: readonly Spread[], least = 0): (Spread & { own: number })[] {
  if (spreads.length < 3) return spreads.map((s) => ({ ...s, own: 1 }))
  const all = spreads.map((s) => ({ y: Math.log(s.sd), v: s.logSdError ** 2 }))
  const weighted = (tau2: number) => {
    const w = all.map((s) => 1 / (s.v + tau2))
    const sum = w.reduce((a, b) => a + b, 0)
    return { w, sum, mean: all.reduce((m, s, i) => m + (w[i]! / sum) * s.y, 0) }
  }
  const fixed = weighted(0)
  const q = all.reduce((s, x, i) => s + fixed.w[i]! * (x.y - fixed.mean) ** 2, 0)
  const scale = fixed.sum - fixed.w.reduce((s, w) => s + w * w, 0) / fixed.sum
  const tau2 = Math.max(least ** 2, (q - (all.length - 1)) / scale)
  const { mean, sum } = weighted(tau2)
  return all.map(({ y, v }) => {
    const own = tau2 / (tau2 + v)
    return { sd: Math.exp(mean + own * (y - mean)), logSdError: Math.sqrt(own * v + (1 - own) ** 2 / sum), own }
  })
}

/** A spread drawn to those of its kin, by how little its own people say. With fewer than two others it stands alone. */
export function pooledSpread(own: Spread, others: readonly Spread[]): Spread {
  const { sd, logSdError } = pooledSpreads([own, ...others])[0]!
  return { sd, logSdError }
}

/** Peers of a raw share: mean share (0–1), variance of the observed shares, mean of their binomial error variances, and how many. */
export type Peers = { mean: number; variance: number; error: number; n: number }

/** Fewer peers than this say nothing of their own spread; this many items stand for them then. */
const [SPREAD_FROM, STAND_IN] = [30, 6]

/** Beta distribution of the peers' true shares: its mean, and α + β. What lies between the observed variance and that of error alone is taken for true spread. */
function betaOf(peers: Peers): { mean: number; strength: number } {
  const mean = Math.min(0.98, Math.max(0.02, peers.mean))
  const true2 = Math.max(peers.variance - peers.error, 0.1 * peers.variance)
  return { mean, strength: peers.n >= SPREAD_FROM && true2 > 0 ? Math.min(200, Math.max(1, (mean * (1 - mean)) / true2 - 1)) : STAND_IN }
}

/** Mean and deviation of the peers' true shares (0–1): the population under which `sharePosterior` reads a person. */
export function sharePopulation(peers: Peers): Posterior {
  const { mean, strength } = betaOf(peers)
  return { mean, sd: Math.sqrt((mean * (1 - mean)) / (strength + 1)) }
}

/**
 * Posterior of a person's true share of credit (0–1) on a test without a scale: shares of the peers as a beta distribution, `items` items
 * as binomial trials.
 */
export function sharePosterior(share: number, items: number, peers: Peers): Posterior {
  const { mean, strength } = betaOf(peers)
  const [a, b] = [strength * mean + items * share, strength * (1 - mean) + items * (1 - share)]
  return { mean: a / (a + b), sd: Math.sqrt((a * b) / ((a + b) ** 2 * (a + b + 1))) }
}
