import { CholeskyDecomposition, Matrix } from 'ml-matrix'
import { intercepts, type ItemParameters } from './parameters'
import { foldResponses } from './patterns'
import { prepare, type Warning } from './preparation'
import { problem, value, type Outcome } from './problem'
import type { Responses } from './responses'

export type ConditionalItem = ItemParameters & { codes: number[]; b: number[]; se: { b: number[] } | null }

export type ConditionalCalibration = {
  model: 'rasch' | 'pcm'
  method: 'cml'
  n: number
  /** Conditional log-likelihood given the sum scores. */
  logLik: number
  cycles: number
  converged: boolean
  items: ConditionalItem[]
  warnings: Warning[]
}

/** Persons who answered the same items, with how many reached each sum score. */
type ScoreGroup = { items: number[]; counts: Float64Array }

/** Product of two polynomials (elementary symmetric functions of a union of items). */
function convolve(x: Float64Array, y: Float64Array): Float64Array {
  const out = new Float64Array(x.length + y.length - 1)
  for (let r = 0; r < x.length; r++) for (let k = 0; k < y.length; k++) out[r + k]! += x[r]! * y[k]!
  return out
}

/** Scaled to a largest value of 1, so that products of many items neither overflow nor underflow. Returns the log scale. */
function rescale(x: Float64Array): number {
  const top = x.reduce((t, v) => Math.max(t, v), 0)
  for (let r = 0; r < x.length; r++) x[r]! /= top
  return Math.log(top)
}

/**
 * Conditional log-likelihood and its gradient with respect to the steps b, by the sum algorithm for elementary symmetric
 * functions (Andersen 1972; Verhelst, Glas & van der Sluis 1984), leave-one-out functions as products of prefix and suffix.
 */
function conditional(
  groups: ScoreGroup[],
  totals: Float64Array[],
  offset: number[],
  b: Float64Array,
): { logLik: number; gradient: Float64Array } {
  const J = totals.length
  const d = totals.map((t, j) => intercepts('pcm', 1, Array.from(b.subarray(offset[j]!, offset[j]! + t.length - 1))))
  const epsilon = d.map((v) => Float64Array.from([1, ...v.map(Math.exp)]))
  let logLik = 0
  for (let j = 0; j < J; j++) for (let k = 1; k < totals[j]!.length; k++) logLik += totals[j]![k]! * d[j]![k - 1]!
  const expected = totals.map((t) => new Float64Array(t.length))
  for (const { items, counts } of groups) {
    const prefix: Float64Array[] = [Float64Array.of(1)]
    const suffix: Float64Array[] = new Array<Float64Array>(items.length + 1)
    const prefixScale = [0]
    const suffixScale = new Array<number>(items.length + 1)
    items.forEach((j, at) => {
      const next = convolve(prefix[at]!, epsilon[j]!)
      prefixScale.push(prefixScale[at]! + rescale(next))
      prefix.push(next)
    })
    suffix[items.length] = Float64Array.of(1)
    suffixScale[items.length] = 0
    for (let at = items.length - 1; at >= 0; at--) {
      const next = convolve(epsilon[items[at]!]!, suffix[at + 1]!)
      suffixScale[at] = suffixScale[at + 1]! + rescale(next)
      suffix[at] = next
    }
    const full = prefix[items.length]!
    const fullScale = prefixScale[items.length]!
    for (let r = 0; r < counts.length; r++) if (counts[r]) logLik -= counts[r]! * (Math.log(full[r]!) + fullScale)
    items.forEach((j, at) => {
      const others = convolve(prefix[at]!, suffix[at + 1]!)
      const scale = Math.exp(prefixScale[at]! + suffixScale[at + 1]! - fullScale)
      for (let k = 1; k < epsilon[j]!.length; k++) {
        let sum = 0
        for (let r = k; r < counts.length; r++) {
          const rest = others[r - k]
          if (counts[r] && rest) sum += (counts[r]! * rest) / full[r]!
        }
        expected[j]![k]! += sum * epsilon[j]![k]! * scale
      }
    })
  }
  const gradient = new Float64Array(b.length)
  for (let j = 0; j < J; j++) {
    let above = 0
    for (let k = totals[j]!.length - 1; k >= 1; k--) {
      above += totals[j]![k]! - expected[j]![k]!
      gradient[offset[j]! + k - 1] = -above
    }
  }
  return { logLik, gradient }
}

/**
 * Rasch or partial credit steps by conditional maximum likelihood, centred to mean 0 over all steps; needs no assumption
 * about the distribution of θ. Newton with the observed information by central differences of the gradient; its
 * pseudo-inverse gives the standard errors under the centring. Problems as in `calibrate`, and a data set in which some
 * items cannot be compared with others (information without rank).
 */
export function calibrateConditional(
  raw: Responses,
  model: 'rasch' | 'pcm',
  options: { tolerance?: number; maxCycles?: number; errors?: boolean } = {},
): Outcome<ConditionalCalibration> {
  const { tolerance = 1e-6, maxCycles = 100 } = options
  const prepared = prepare(raw, model)
  if (!prepared.ok) return prepared
  const { data, codes, warnings } = prepared.value
  if (data.items < 2) return problem('too-few', 'Conditional estimation needs two items or more.')
  const { groups, totals, persons } = scoreGroups(data)
  if (!groups.length) return problem('too-few', 'Nobody has a sum score between the lowest and the highest.')
  const offset = [0]
  data.categories.forEach((n) => offset.push(offset[offset.length - 1]! + n - 1))
  const P = offset[data.items]!
  const look = (b: Float64Array) => conditional(groups, totals, offset, b)
  let b = new Float64Array(P)
  totals.forEach((t, j) => {
    for (let k = 1; k < t.length; k++) b[offset[j]! + k - 1] = Math.log((t[k - 1]! + 0.5) / (t[k]! + 0.5))
  })
  centre(b)
  let seen = look(b)
  let cycles = 0
  let converged = false
  let inverse: Matrix | null = null
  while (cycles < maxCycles && !converged) {
    cycles++
    inverse = pseudoInverse(look, b)
    if (!inverse) return problem('singular', 'Some items cannot be compared with the others: no person links them.')
    const step = inverse.mmul(Matrix.columnVector(Array.from(seen.gradient))).to1DArray()
    let scale = 1
    for (; scale > 1e-8; scale /= 2) {
      const next = b.map((v, at) => v + scale * step[at]!)
      centre(next)
      const tried = look(next)
      if (tried.logLik >= seen.logLik - 1e-12 * Math.abs(seen.logLik)) {
        const change = next.reduce((top, v, at) => Math.max(top, Math.abs(v - b[at]!)), 0)
        b = next
        seen = tried
        converged = change < tolerance
        break
      }
    }
    if (scale <= 1e-8) break
  }
  const covariance = options.errors ? pseudoInverse(look, b) : null
  const items = data.ids.map((id, j): ConditionalItem => {
    const steps = Array.from(b.subarray(offset[j]!, offset[j + 1]!))
    return {
      id,
      model,
      categories: data.categories[j]!,
      a: 1,
      d: intercepts('pcm', 1, steps),
      c: 0,
      codes: codes[j]!,
      b: steps,
      se: covariance ? { b: steps.map((_, k) => Math.sqrt(covariance.get(offset[j]! + k, offset[j]! + k))) } : null,
    }
  })
  return value({ model, method: 'cml', n: persons, logLik: seen.logLik, cycles, converged, items, warnings })
}

function centre(b: Float64Array) {
  const mean = b.reduce((s, v) => s + v, 0) / b.length
  for (let at = 0; at < b.length; at++) b[at]! -= mean
}

/** Inverse of the information on the space of centred steps; null when it has no rank there. */
function pseudoInverse(look: (b: Float64Array) => { gradient: Float64Array }, b: Float64Array): Matrix | null {
  const P = b.length
  const information = Matrix.zeros(P, P)
  for (let u = 0; u < P; u++) {
    const up = b.slice()
    const down = b.slice()
    up[u]! += 1e-4
    down[u]! -= 1e-4
    const [g1, g2] = [look(up).gradient, look(down).gradient]
    for (let v = 0; v < P; v++) information.set(u, v, -(g1[v]! - g2[v]!) / 2e-4)
  }
  const symmetric = information.clone().add(information.transpose()).mul(0.5)
  const scale = symmetric.trace() / P
  // The information has no length along (1, …, 1), the direction that centring takes away: give it one, then remove it.
  const lifted = symmetric.clone().add(Matrix.ones(P, P).mul(scale / P))
  const cholesky = new CholeskyDecomposition(lifted)
  if (!cholesky.isPositiveDefinite()) return null
  const inverse = cholesky.solve(Matrix.eye(P)).sub(Matrix.ones(P, P).mul(1 / (scale * P)))
  return inverse.diagonal().every((v) => Number.isFinite(v) && v < 1e6) ? inverse : null
}

function scoreGroups(data: Responses): { groups: ScoreGroup[]; totals: Float64Array[]; persons: number } {
  const p = foldResponses(data, null, 1)
  const totals = data.categories.map((n) => new Float64Array(n))
  const groups = p.masks.map((mask): ScoreGroup => {
    const items = Array.from(mask)
    return { items, counts: new Float64Array(1 + items.reduce((s, j) => s + data.categories[j]! - 1, 0)) }
  })
  let persons = 0
  for (let i = 0; i < p.count.length; i++) {
    const { items, counts } = groups[p.mask[i]!]!
    let sum = 0
    for (let e = p.start[i]!; e < p.start[i + 1]!; e++) sum += p.category[e]!
    if (sum === 0 || sum === counts.length - 1) continue
    counts[sum]! += p.count[i]!
    persons += p.count[i]!
    for (const j of items) totals[j]![0]! += p.count[i]!
    for (let e = p.start[i]!; e < p.start[i + 1]!; e++) {
      totals[p.item[e]!]![0]! -= p.count[i]!
      totals[p.item[e]!]![p.category[e]!]! += p.count[i]!
    }
  }
  return { groups: groups.filter((g) => g.counts.some((n) => n > 0)), totals, persons }
}
