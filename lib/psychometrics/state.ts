import type { ItemModel, ItemParameters } from './parameters'

/**
 * Parameters during a calibration, flat: slopes a[j], intercepts d[offset[j] … offset[j+1]−1], guessing c[j];
 * mean and sd of θ in each group.
 */
export type State = { a: Float64Array; d: Float64Array; c: Float64Array; mean: Float64Array; sd: Float64Array }

/** What is estimated. Fixed items keep their parameters; `freeMean` and `freeSd` say which moments of θ move. */
export type Layout = {
  model: ItemModel
  categories: number[]
  /** Where item j's intercepts begin in `d`; length items + 1. */
  offset: Int32Array
  freeSlope: boolean
  freeGuessing: boolean
  fixed: boolean[]
  freeMean: boolean[]
  freeSd: boolean[]
}

export function copyState(s: State): State {
  return { a: s.a.slice(), d: s.d.slice(), c: s.c.slice(), mean: s.mean.slice(), sd: s.sd.slice() }
}

const logit = (p: number) => Math.log(p / (1 - p))

/** Guessing below this logit is 0 for every purpose (6 in a million); c is held there when it wants to go lower. */
export const LOWEST_LOGIT_GUESSING = -12

/** Free parameters in a row: per item a (if free), d …, logit c (if free); then per group mean and log sd (if free). */
export function pack(layout: Layout, s: State): Float64Array {
  const out: number[] = []
  for (let j = 0; j < layout.categories.length; j++) {
    if (layout.fixed[j]) continue
    if (layout.freeSlope) out.push(s.a[j]!)
    for (let k = layout.offset[j]!; k < layout.offset[j + 1]!; k++) out.push(s.d[k]!)
    if (layout.freeGuessing) out.push(logit(s.c[j]!))
  }
  for (let g = 0; g < s.mean.length; g++) {
    if (layout.freeMean[g]) out.push(s.mean[g]!)
    if (layout.freeSd[g]) out.push(Math.log(s.sd[g]!))
  }
  return Float64Array.from(out)
}

/** The state with its free parameters taken from `x`, everything else from `s`. */
export function unpack(layout: Layout, s: State, x: Float64Array): State {
  const out = copyState(s)
  let at = 0
  for (let j = 0; j < layout.categories.length; j++) {
    if (layout.fixed[j]) continue
    if (layout.freeSlope) out.a[j] = x[at++]!
    for (let k = layout.offset[j]!; k < layout.offset[j + 1]!; k++) out.d[k] = x[at++]!
    if (layout.freeGuessing) out.c[j] = 1 / (1 + Math.exp(-Math.max(LOWEST_LOGIT_GUESSING, x[at++]!)))
  }
  for (let g = 0; g < s.mean.length; g++) {
    if (layout.freeMean[g]) out.mean[g] = x[at++]!
    if (layout.freeSd[g]) out.sd[g] = Math.exp(x[at++]!)
  }
  return out
}

/** Largest difference between two states in any free parameter, in its own units (c itself, the logarithm of sd). */
export function distance(layout: Layout, s: State, t: State): number {
  let top = 0
  const see = (x: number, y: number) => (top = Math.max(top, Math.abs(x - y)))
  for (let j = 0; j < layout.categories.length; j++) {
    if (layout.fixed[j]) continue
    if (layout.freeSlope) see(s.a[j]!, t.a[j]!)
    for (let k = layout.offset[j]!; k < layout.offset[j + 1]!; k++) see(s.d[k]!, t.d[k]!)
    if (layout.freeGuessing) see(s.c[j]!, t.c[j]!)
  }
  for (let g = 0; g < s.mean.length; g++) {
    if (layout.freeMean[g]) see(s.mean[g]!, t.mean[g]!)
    if (layout.freeSd[g]) see(Math.log(s.sd[g]!), Math.log(t.sd[g]!))
  }
  return top
}

/** Item j as parameters. */
export function itemOf(layout: Layout, s: State, id: string, j: number): ItemParameters {
  return {
    id,
    model: layout.model,
    categories: layout.categories[j]!,
    a: s.a[j]!,
    d: Array.from(s.d.subarray(layout.offset[j]!, layout.offset[j + 1]!)),
    c: s.c[j]!,
  }
}
