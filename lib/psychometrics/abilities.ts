import { logistic } from './distributions'
import type { Quadrature } from './nodes'
import { creditProbabilities, curve, probabilities, type ItemParameters } from './parameters'
import { MISSING, type Responses } from './responses'

/** θ with its standard error; nulls where the estimator has no finite value or the person answered nothing. */
export type Ability = { theta: number | null; se: number | null }

export type Estimator = 'eap' | 'map' | 'ml' | 'wle'

/** Where estimates are sought. */
const LIMIT = 12
const TOLERANCE = 1e-10
/** Width of the grid on which several roots are looked for. */
const STEP = 0.05

/**
 * log P(responses | θ) of each person at each node: persons × nodes, row by row. Items and columns must correspond
 * (see `recode`); missing cells add nothing.
 */
export function logLikelihoods(data: Responses, items: readonly ItemParameters[], nodes: Float64Array): Float64Array {
  const Q = nodes.length
  const rows = new Int32Array(items.length)
  let size = 0
  items.forEach((item, j) => {
    rows[j] = size
    size += item.categories
  })
  const table = new Float64Array(size * Q)
  items.forEach((item, j) => {
    for (let q = 0; q < Q; q++)
      probabilities(item, nodes[q]!).forEach((p, k) => (table[(rows[j]! + k) * Q + q] = Math.log(Math.max(p, 1e-300))))
  })
  const out = new Float64Array(data.persons * Q)
  for (let i = 0; i < data.persons; i++) {
    const at = i * Q
    for (let j = 0; j < items.length; j++) {
      const x = data.cells[i * data.items + j]!
      if (x === MISSING) continue
      const from = (rows[j]! + x) * Q
      for (let q = 0; q < Q; q++) out[at + q]! += table[from + q]!
    }
  }
  return out
}

/** Mean and standard deviation of the posterior from one row of log-likelihoods (Bock & Mislevy 1982). */
export function posteriorMoments(log: Float64Array, quadrature: Quadrature): { theta: number; se: number } {
  const { nodes, weights } = quadrature
  let top = -Infinity
  for (let q = 0; q < nodes.length; q++) if (weights[q]! > 0 && log[q]! > top) top = log[q]!
  let [sum, first, second] = [0, 0, 0]
  for (let q = 0; q < nodes.length; q++) {
    const w = weights[q]! * Math.exp(log[q]! - top)
    sum += w
    first += w * nodes[q]!
  }
  const theta = first / sum
  for (let q = 0; q < nodes.length; q++) second += weights[q]! * Math.exp(log[q]! - top) * (nodes[q]! - theta) ** 2
  return { theta, se: Math.sqrt(second / sum) }
}

/** A posterior narrower than this share of the nodes' distance is not seen by them. */
const SEEN = 0.75
/** Half width of the finer nodes, in posterior standard deviations, and how many there are. */
const [REACH, FINE] = [8, 401]

/**
 * Finer nodes around a posterior that falls between the given ones, as with a thousand items. The log density between two nodes is
 * taken from the parabola through three, which is exact for a normal one; null where the nodes see enough, or are not evenly spaced.
 */
function finerNodes(at: { theta: number; se: number }, { nodes, weights }: Quadrature): Quadrature | null {
  const Q = nodes.length
  const step = Q > 2 ? (nodes[Q - 1]! - nodes[0]!) / (Q - 1) : 0
  if (!(at.se < SEEN * step) || nodes.some((x, q) => Math.abs(x - nodes[0]! - q * step) > 1e-9 * step * Q)) return null
  const half = REACH * Math.max(at.se, step / 2)
  const from = Math.max(nodes[0]!, at.theta - half)
  const to = Math.min(nodes[Q - 1]!, at.theta + half)
  const log = weights.map((w) => Math.log(Math.max(w, 1e-300)))
  const fine = Float64Array.from({ length: FINE }, (_, f) => from + ((to - from) * f) / (FINE - 1))
  const density = fine.map((x) => {
    const q = Math.min(Q - 2, Math.max(1, Math.round((x - nodes[0]!) / step)))
    const u = (x - nodes[q]!) / step
    const [before, here, after] = [log[q - 1]!, log[q]!, log[q + 1]!]
    return here + (u * (after - before)) / 2 + (u * u * (after - 2 * here + before)) / 2
  })
  const top = density.reduce((m, v) => Math.max(m, v), -Infinity)
  const scaled = density.map((d) => Math.exp(d - top))
  const sum = scaled.reduce((s, w) => s + w, 0)
  return { nodes: fine, weights: scaled.map((w) => w / sum) }
}

/** Expected a posteriori scores under the quadrature's distribution, on finer nodes for whom the given ones are too coarse. */
export function scoreEap(data: Responses, items: readonly ItemParameters[], quadrature: Quadrature): Ability[] {
  const Q = quadrature.nodes.length
  const log = logLikelihoods(data, items, quadrature.nodes)
  return Array.from({ length: data.persons }, (_, i) => {
    if (!answeredCount(data, i)) return { theta: null, se: null }
    const found = posteriorMoments(log.subarray(i * Q, (i + 1) * Q), quadrature)
    const finer = finerNodes(found, quadrature)
    if (!finer) return found
    const own = { ...data, persons: 1, cells: data.cells.subarray(i * data.items, (i + 1) * data.items) }
    return posteriorMoments(logLikelihoods(own, items, finer.nodes), finer)
  })
}

function answeredCount(data: Responses, i: number): number {
  let n = 0
  for (let j = 0; j < data.items; j++) if (data.cells[i * data.items + j] !== MISSING) n++
  return n
}

/** Score function S = ∂logL/∂θ, Fisher information I and Warm's J = Σ P′P″/P over the items that person i answered. */
type Terms = { score: number; information: number; j: number }

/** Room for the categories of one item, so that a root costs no memory. */
let room = new Float64Array(16)

/** `total`: the sum of the answers where it says all (see `sumSuffices`), so that rounding is the same for all who share it; else null. */
function termsAt(
  data: Responses,
  items: readonly ItemParameters[],
  i: number,
  theta: number,
  out: Terms,
  total: number | null = null,
): Terms {
  out.score = out.information = out.j = 0
  let expected = 0
  const row = i * data.items
  for (let j = 0; j < items.length; j++) {
    const x = data.cells[row + j]!
    if (x === MISSING) continue
    const item = items[j]!
    if (item.model === 'rasch' || item.model === '2pl') {
      const a = item.a
      const p = logistic(a * theta + item.d[0]!)
      const w = a * a * p * (1 - p)
      if (total === null) out.score += a * (x - p)
      else expected += p
      out.information += w
      out.j += a * w * (1 - 2 * p)
    } else if (item.model === 'pcm' || item.model === 'gpcm') {
      const m = item.d.length
      if (m >= room.length) room = new Float64Array(m + 1)
      const p = room
      creditProbabilities(item.a, item.d, theta, p)
      let mean = 0
      let second = 0
      let third = 0
      for (let k = 1; k <= m; k++) mean += k * p[k]!
      for (let k = 0; k <= m; k++) {
        const e = k - mean
        second += e * e * p[k]!
        third += e * e * e * p[k]!
      }
      if (total === null) out.score += item.a * (x - mean)
      else expected += mean
      out.information += item.a ** 2 * second
      out.j += item.a ** 3 * third
    } else {
      const { p, d1, d2 } = curve(item, theta)
      out.score += d1[x]! / Math.max(p[x]!, 1e-300)
      for (let k = 0; k < p.length; k++) {
        const prob = Math.max(p[k]!, 1e-300)
        out.information += (d1[k]! * d1[k]!) / prob
        out.j += (d1[k]! * d2[k]!) / prob
      }
    }
  }
  if (total !== null) out.score = items[0]!.a * (total - expected)
  return out
}

/**
 * Root of h in [low, high], h(low) > 0 ≥ h(high): Newton with the slope given (for WLE an approximation), and bisection
 * wherever a step leaves the bracket or did not halve |h|.
 */
function descendingRoot(h: (x: number) => { value: number; slope: number }, low: number, high: number, start: number): number {
  let x = Math.min(Math.max(start, low), high)
  let before = Infinity
  for (let round = 0; round < 200; round++) {
    const { value, slope } = h(x)
    if (value > 0) low = x
    else high = x
    const step = slope < 0 && Math.abs(value) < 0.5 * before ? -value / slope : 0
    before = Math.abs(value)
    const next = x + step
    if (Math.abs(step) < TOLERANCE && step !== 0) return next
    x = step !== 0 && next > low && next < high ? next : (low + high) / 2
    if (high - low < TOLERANCE) return x
  }
  return x
}

/** The downward crossings of h on a grid over [−12, 12]; several only for the 3PL. */
function crossings(h: (x: number) => number): [number, number][] {
  const out: [number, number][] = []
  let before = h(-LIMIT)
  for (let at = -LIMIT; at < LIMIT - 1e-9; at += STEP) {
    const after = h(at + STEP)
    if (before > 0 && after <= 0) out.push([at, at + STEP])
    before = after
  }
  return out
}

/** Whether the sum of the answers says all that they say about θ: logistic items of one slope, nobody guessing. */
function sumSuffices(items: readonly ItemParameters[]): boolean {
  return items.every((i) => i.a === items[0]!.a && (i.model === 'rasch' || i.model === '2pl' || i.model === 'pcm' || i.model === 'gpcm'))
}

/** Bits of a character that a key of answered items uses. */
const BITS = 15

function sumOf(data: Responses, i: number, items: number): number {
  let sum = 0
  for (let j = 0; j < items; j++) {
    const x = data.cells[i * data.items + j]!
    if (x !== MISSING) sum += x
  }
  return sum
}

/** Which items person i answered, and the sum of the answers, as one text. */
function sumKey(data: Responses, i: number, items: number): string {
  const row = i * data.items
  let [key, bits] = ['', 0]
  for (let j = 0; j < items; j++) {
    if (data.cells[row + j] !== MISSING) bits |= 1 << (j % BITS)
    if (j % BITS === BITS - 1 || j === items - 1) {
      key += String.fromCharCode(bits)
      bits = 0
    }
  }
  return `${key}${sumOf(data, i, items)}`
}

/**
 * ML, MAP or WLE for every person.
 * - `ml`: maximum likelihood; null where infinite (all wrong, all right). SE = 1/√I(θ).
 * - `map`: posterior mode under N(mean, sd²) of `prior`. SE = 1/√(I(θ) + 1/sd²).
 * - `wle`: Warm (1989), S + J/(2I) = 0, finite for every pattern. SE = 1/√I(θ).
 * With several roots (3PL) the one nearest to the EAP under N(0, 1) is taken.
 * `known` keeps roots between calls with the same items, estimator and prior; it must not be used for others.
 */
export function scoreRoots(
  data: Responses,
  items: readonly ItemParameters[],
  estimator: 'map' | 'ml' | 'wle',
  prior: { mean: number; sd: number } = { mean: 0, sd: 1 },
  eap?: readonly Ability[],
  known = new Map<string, Ability>(),
): Ability[] {
  const severalRoots = items.some((i) => i.model === '3pl')
  const t: Terms = { score: 0, information: 0, j: 0 }
  const precision = estimator === 'map' ? 1 / prior.sd ** 2 : 0
  const shared = !eap && sumSuffices(items)
  const own = (i: number): Ability => {
    const total = shared ? sumOf(data, i, items.length) : null
    const h = (theta: number) => {
      termsAt(data, items, i, theta, t, total)
      const pull = estimator === 'map' ? -(theta - prior.mean) * precision : 0
      const bias = estimator === 'wle' && t.information > 0 ? t.j / (2 * t.information) : 0
      return { value: t.score + pull + bias, slope: -(t.information + precision) }
    }
    const start = eap?.[i]?.theta ?? (estimator === 'map' ? prior.mean : 0)
    let bracket: [number, number] = [-LIMIT, LIMIT]
    if (severalRoots) {
      const found = crossings((x) => h(x).value)
      if (found.length) bracket = found.reduce((best, c) => (Math.abs(c[0] - start) < Math.abs(best[0] - start) ? c : best))
    }
    if (h(bracket[0]).value <= 0 || h(bracket[1]).value > 0) return { theta: null, se: null }
    const theta = descendingRoot(h, bracket[0], bracket[1], start)
    termsAt(data, items, i, theta, t, total)
    const information = t.information + precision
    return information > 0 ? { theta, se: 1 / Math.sqrt(information) } : { theta: null, se: null }
  }
  // Whoever answered the same items with the same sum gets the same root: it is sought once.
  return Array.from({ length: data.persons }, (_, i) => {
    if (!answeredCount(data, i)) return { theta: null, se: null }
    if (!shared) return own(i)
    const key = sumKey(data, i, items.length)
    const found = known.get(key) ?? own(i)
    known.set(key, found)
    return { ...found }
  })
}

/** Scores by any estimator; `quadrature` carries the prior of EAP, its moments that of MAP. */
export function score(
  data: Responses,
  items: readonly ItemParameters[],
  estimator: Estimator,
  quadrature: Quadrature,
  prior: { mean: number; sd: number },
): Ability[] {
  if (estimator === 'eap') return scoreEap(data, items, quadrature)
  const start = items.some((i) => i.model === '3pl') ? scoreEap(data, items, quadrature) : undefined
  return scoreRoots(data, items, estimator, prior, start)
}
