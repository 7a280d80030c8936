import { softplus } from './distributions'
import { probabilities } from './parameters'
import type { Patterns } from './patterns'
import { itemOf, type Layout, type State } from './state'

/** Posterior terms below this are zero to double precision and are not computed. */
const NEGLIGIBLE = -40

/**
 * What the M-step needs from one pass over the data at fixed parameters.
 * Linear models (rasch, 2pl, pcm, gpcm): `scoreMoment[j]` = Σ_i x_ij·E[θ_i], because they have that sufficient statistic;
 * others (3pl, grm): expected counts `counts[(offset0[j] + k)·Q + q]`.
 */
export type Expected = {
  logLik: number
  /** Expected number of persons at node q who answered item j: mass[j·Q + q]. */
  mass: Float64Array
  scoreMoment: Float64Array
  counts: Float64Array | null
  /** Expected number of persons of group g at node q: groupMass[g·Q + q]. */
  groupMass: Float64Array
}

/** Models whose log-likelihood is linear in category scores. */
const isLinear = (layout: Layout) => layout.model !== '3pl' && layout.model !== 'grm'

/** log of the normalised normal density at each node, one row a group. */
export function groupLogWeights(nodes: Float64Array, s: State): Float64Array {
  const Q = nodes.length
  const out = new Float64Array(s.mean.length * Q)
  for (let g = 0; g < s.mean.length; g++) {
    let top = -Infinity
    for (let q = 0; q < Q; q++) {
      const z = (nodes[q]! - s.mean[g]!) / s.sd[g]!
      top = Math.max(top, (out[g * Q + q] = -0.5 * z * z))
    }
    let sum = 0
    for (let q = 0; q < Q; q++) sum += Math.exp(out[g * Q + q]! - top)
    const norm = top + Math.log(sum)
    for (let q = 0; q < Q; q++) out[g * Q + q]! -= norm
  }
  return out
}

/** −log Σ_k exp(k·a·θ + d_k) of each item at each node. */
function negativeLogPartition(layout: Layout, nodes: Float64Array, s: State): Float64Array {
  const Q = nodes.length
  const J = layout.categories.length
  const out = new Float64Array(J * Q)
  for (let j = 0; j < J; j++) {
    const from = layout.offset[j]!
    const m = layout.offset[j + 1]! - from
    for (let q = 0; q < Q; q++) {
      const step = s.a[j]! * nodes[q]!
      if (m === 1) {
        out[j * Q + q] = -softplus(step + s.d[from]!)
        continue
      }
      let top = 0
      for (let k = 1; k <= m; k++) top = Math.max(top, k * step + s.d[from + k - 1]!)
      let sum = Math.exp(-top)
      for (let k = 1; k <= m; k++) sum += Math.exp(k * step + s.d[from + k - 1]! - top)
      out[j * Q + q] = -(top + Math.log(sum))
    }
  }
  return out
}

/** log P(X_j = k) of each item, category and node: row (offset[j] + j + k)·Q. */
function logProbabilities(layout: Layout, nodes: Float64Array, s: State): Float64Array {
  const Q = nodes.length
  const J = layout.categories.length
  const out = new Float64Array((layout.offset[J]! + J) * Q)
  for (let j = 0; j < J; j++) {
    const item = itemOf(layout, s, '', j)
    const row = layout.offset[j]! + j
    for (let q = 0; q < Q; q++) probabilities(item, nodes[q]!).forEach((p, k) => (out[(row + k) * Q + q] = Math.log(Math.max(p, 1e-300))))
  }
  return out
}

/** Sums rows `items` of an items × Q table, by subtraction from the total when fewer are missing than present. */
function sumRows(table: Float64Array, total: Float64Array, items: Int32Array, J: number, Q: number): Float64Array {
  if (items.length === J) return total.slice()
  const out = new Float64Array(Q)
  for (const j of items) for (let q = 0; q < Q; q++) out[q]! += table[j * Q + q]!
  return out
}

/** Posterior of one pattern from its log terms in `log`; returns [log marginal, first node, last node + 1] into `span`. */
function normalise(log: Float64Array, post: Float64Array, span: Int32Array): number {
  const Q = log.length
  let top = -Infinity
  for (let q = 0; q < Q; q++) if (log[q]! > top) top = log[q]!
  let first = 0
  while (log[first]! - top < NEGLIGIBLE) first++
  let last = Q
  while (log[last - 1]! - top < NEGLIGIBLE) last--
  let sum = 0
  for (let q = first; q < last; q++) sum += post[q] = Math.exp(log[q]! - top)
  const scale = 1 / sum
  for (let q = first; q < last; q++) post[q]! *= scale
  span[0] = first
  span[1] = last
  return top + Math.log(sum)
}

/** One E-step of Bock & Aitkin (1981) at the state's parameters. */
export function expectation(p: Patterns, layout: Layout, nodes: Float64Array, s: State): Expected {
  return isLinear(layout) ? linearExpectation(p, layout, nodes, s) : generalExpectation(p, layout, nodes, s)
}

function linearExpectation(p: Patterns, layout: Layout, nodes: Float64Array, s: State): Expected {
  const Q = nodes.length
  const J = p.items
  const G = p.groups
  const table = negativeLogPartition(layout, nodes, s)
  const total = new Float64Array(Q)
  for (let j = 0; j < J; j++) for (let q = 0; q < Q; q++) total[q]! += table[j * Q + q]!
  const bases = p.masks.map((items) => sumRows(table, total, items, J, Q))
  const logWeights = groupLogWeights(nodes, s)
  const maskMass = new Float64Array(p.masks.length * G * Q)
  const scoreMoment = new Float64Array(J)
  const { a, d } = s
  const { start, item, category, count } = p
  const offset = layout.offset
  const log = new Float64Array(Q)
  const post = new Float64Array(Q)
  const span = new Int32Array(2)
  let logLik = 0
  for (let i = 0; i < count.length; i++) {
    let slope = 0
    let intercept = 0
    for (let e = start[i]!; e < start[i + 1]!; e++) {
      const j = item[e]!
      const x = category[e]!
      slope += x * a[j]!
      intercept += d[offset[j]! + x - 1]!
    }
    const g = p.group[i]!
    const base = bases[p.mask[i]!]!
    const w = g * Q
    for (let q = 0; q < Q; q++) log[q] = base[q]! + logWeights[w + q]! + slope * nodes[q]!
    const n = count[i]!
    logLik += n * (normalise(log, post, span) + intercept)
    const row = (p.mask[i]! * G + g) * Q
    let mean = 0
    for (let q = span[0]!; q < span[1]!; q++) {
      const v = n * post[q]!
      maskMass[row + q]! += v
      mean += v * nodes[q]!
    }
    for (let e = start[i]!; e < start[i + 1]!; e++) scoreMoment[item[e]!]! += category[e]! * mean
  }
  const mass = new Float64Array(J * Q)
  const groupMass = new Float64Array(G * Q)
  p.masks.forEach((items, m) => {
    for (let g = 0; g < G; g++) {
      const row = (m * G + g) * Q
      for (let q = 0; q < Q; q++) groupMass[g * Q + q]! += maskMass[row + q]!
      for (const j of items) for (let q = 0; q < Q; q++) mass[j * Q + q]! += maskMass[row + q]!
    }
  })
  return { logLik, mass, scoreMoment, counts: null, groupMass }
}

function generalExpectation(p: Patterns, layout: Layout, nodes: Float64Array, s: State): Expected {
  const Q = nodes.length
  const J = p.items
  const table = logProbabilities(layout, nodes, s)
  const counts = new Float64Array(table.length)
  const groupMass = new Float64Array(p.groups * Q)
  const logWeights = groupLogWeights(nodes, s)
  const log = new Float64Array(Q)
  const post = new Float64Array(Q)
  const span = new Int32Array(2)
  const rows = new Int32Array(J)
  let logLik = 0
  for (let i = 0; i < p.count.length; i++) {
    const answered = p.masks[p.mask[i]!]!
    let e = p.start[i]!
    const end = p.start[i + 1]!
    for (let at = 0; at < answered.length; at++) {
      const j = answered[at]!
      const x = e < end && p.item[e] === j ? p.category[e++]! : 0
      rows[at] = (layout.offset[j]! + j + x) * Q
    }
    const g = p.group[i]! * Q
    for (let q = 0; q < Q; q++) log[q] = logWeights[g + q]!
    for (let at = 0; at < answered.length; at++) {
      const row = rows[at]!
      for (let q = 0; q < Q; q++) log[q]! += table[row + q]!
    }
    const n = p.count[i]!
    logLik += n * normalise(log, post, span)
    const [first, last] = [span[0]!, span[1]!]
    for (let q = first; q < last; q++) groupMass[g + q]! += post[q]! *= n
    for (let at = 0; at < answered.length; at++) {
      const row = rows[at]!
      for (let q = first; q < last; q++) counts[row + q]! += post[q]!
    }
  }
  const mass = new Float64Array(J * Q)
  for (let j = 0; j < J; j++) {
    for (let k = 0; k < p.categories[j]!; k++) {
      const row = (layout.offset[j]! + j + k) * Q
      for (let q = 0; q < Q; q++) mass[j * Q + q]! += counts[row + q]!
    }
  }
  return { logLik, mass, scoreMoment: new Float64Array(J), counts, groupMass }
}
