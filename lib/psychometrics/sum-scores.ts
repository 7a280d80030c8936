import { probabilities, type ItemParameters } from './parameters'
import type { Quadrature } from './nodes'

/**
 * Sum-score distributions at every node, score by score: `at[s * nodes + q]` = P(sum score = s | node q), s = 0 … max.
 */
export type ScoreSurface = { max: number; nodes: number; at: Float64Array }

/**
 * P(sum score = s | θ) for s = 0 … Σ(categories − 1), by the recursion of Lord & Wingersky (1984), for polytomous items as in
 * Thissen, Pommerich, Billeaud & Williams (1995). Without items the score is 0 with certainty. Sums to 1.
 */
export function sumScoreDistribution(items: readonly ItemParameters[], theta: number): Float64Array {
  return sumScoreSurface(items, Float64Array.of(theta)).at
}

/** Sum-score distributions at all nodes at once. */
export function sumScoreSurface(items: readonly ItemParameters[], nodes: Float64Array): ScoreSurface {
  const traces = items.map((item) => trace(item, nodes))
  return traces.reduce((surface, t) => add(surface, t), nothing(nodes.length))
}

/**
 * Sum-score distributions of the test without item j, for every j (used by S-X²). Items are added by halving the test, so that
 * J·log₂J additions of one item serve all J tests and nothing is ever subtracted (dividing an item out loses digits).
 */
export function leaveOneOutSurfaces(items: readonly ItemParameters[], nodes: Float64Array): ScoreSurface[] {
  const traces = items.map((item) => trace(item, nodes))
  const out: ScoreSurface[] = []
  const split = (from: number, to: number, outside: ScoreSurface): void => {
    if (to - from === 1) {
      out.push(outside)
      return
    }
    const middle = (from + to) >> 1
    split(from, middle, traces.slice(middle, to).reduce(add, outside))
    split(middle, to, traces.slice(from, middle).reduce(add, outside))
  }
  if (items.length) split(0, items.length, nothing(nodes.length))
  return out
}

/** One row of a raw-score table. `theta` (EAP) and `se` (posterior SD) are in θ units, null where the score cannot occur; `share` is its probability. */
export type SumScoreRow = { score: number; theta: number | null; se: number | null; share: number }

/**
 * EAP, posterior SD and marginal probability of every sum score (Thissen, Pommerich, Billeaud & Williams 1995):
 * E(θ | s) = Σ_q X_q·P(s | X_q)·W_q / Σ_q P(s | X_q)·W_q. The shares sum to 1.
 */
export function sumScoreTable(items: readonly ItemParameters[], quadrature: Quadrature): SumScoreRow[] {
  const { nodes, weights } = quadrature
  const surface = sumScoreSurface(items, nodes)
  return Array.from({ length: surface.max + 1 }, (_, score) => {
    let share = 0
    let first = 0
    for (let q = 0; q < nodes.length; q++) {
      const mass = surface.at[score * nodes.length + q]! * weights[q]!
      share += mass
      first += mass * nodes[q]!
    }
    if (!(share > 0)) return { score, theta: null, se: null, share: 0 }
    const theta = first / share
    let second = 0
    for (let q = 0; q < nodes.length; q++) second += surface.at[score * nodes.length + q]! * weights[q]! * (nodes[q]! - theta) ** 2
    return { score, theta, se: Math.sqrt(second / share), share }
  })
}

/** Category probabilities of one item, category by category: `at[k * nodes + q]`. */
function trace(item: ItemParameters, nodes: Float64Array): ScoreSurface {
  const at = new Float64Array(item.categories * nodes.length)
  nodes.forEach((theta, q) => probabilities(item, theta).forEach((p, k) => (at[k * nodes.length + q] = p)))
  return { max: item.categories - 1, nodes: nodes.length, at }
}

const nothing = (nodes: number): ScoreSurface => ({ max: 0, nodes, at: new Float64Array(nodes).fill(1) })

/** The distribution of the sum of two independent scores, node by node. */
function add(test: ScoreSurface, item: ScoreSurface): ScoreSurface {
  const { nodes } = test
  const max = test.max + item.max
  const at = new Float64Array((max + 1) * nodes)
  for (let s = 0; s <= test.max; s++) {
    for (let k = 0; k <= item.max; k++) {
      const to = (s + k) * nodes
      for (let q = 0; q < nodes; q++) at[to + q]! += test.at[s * nodes + q]! * item.at[k * nodes + q]!
    }
  }
  return { max, nodes, at }
}
