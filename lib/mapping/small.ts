import { likenessWithin, type ClusterSums, type Likeness } from '@/lib/psychometrics/cluster-mean'
import { tQuantile } from '@/lib/psychometrics/distributions'
import { benchmark, fayHerriot } from '@/lib/psychometrics/small-areas'
import { shareOf, type ShareSums } from './share'

/**
 * Estimates for cells with few people (a kabupaten's teachers of one subject): the cell's own figure as far as it carries, the rest from its
 * siblings. Pure. They are model estimates and are shown as such; whether a cell may be shown at all is decided elsewhere, by the same rule
 * as for its own figure: an estimate of a handful still tells of the handful. Decision 065.
 */

/** An estimate with its 95 % interval; `gamma`: how much of it is the cell's own figure, 0–1. `model` marks it wherever it travels. */
export type ModelEstimate = { id: string; estimate: number; low: number; high: number; gamma: number; model: true }

/** A cell by its schools. `helper`: what is known of it from elsewhere, in any unit (the kabupaten's mean in a part that everybody took). */
export type SmallCell = { id: string; schools: readonly ClusterSums[]; helper?: number | null }

/** Fewer siblings than this say nothing of how cells differ. */
const FEWEST_CELLS = 5

/** With a helper, this many. */
const FEWEST_WITH_HELPER = 8

const size = (schools: readonly ClusterSums[]) => schools.reduce((s, g) => s + g.n, 0)

/** Variance of the mean of a cell's people, schools taken as wholes, by the likeness of all cells: its own few schools would say it by chance. */
function variance(schools: readonly ClusterSums[], { sd, icc }: Likeness): number {
  const n = size(schools)
  return (sd ** 2 * (1 + (schools.reduce((s, g) => s + g.n * g.n, 0) / n - 1) * icc)) / n
}

/** All estimates moved by one constant, so that by people they make up the direct figure of all. */
function benchmarked(found: readonly ModelEstimate[], weights: readonly number[], total: number): ModelEstimate[] {
  const moved = benchmark(
    found.map((f) => f.estimate),
    weights,
    total,
  )
  if (!moved.ok) throw new Error(moved.problem.detail)
  return found.map((f, i) => {
    const by = moved.value[i]! - f.estimate
    return { ...f, estimate: f.estimate + by, low: f.low + by, high: f.high + by }
  })
}

/** The variance between cells is taken to be at least so many of its own standard errors: with a dozen cells it is often found to be none, and all of them would be told too surely. */
const LEAST_UNLIKE = 1

type Direct = { id: string; n: number; value: number; variance: number; helper: number | null }

/** Cells by Fay & Herriot (1979), drawn to what a helper says of them or to their common mean, and benchmarked to the figure of all their people. */
function drawn(cells: readonly Direct[]): ModelEstimate[] | null {
  const helped = cells.length >= FEWEST_WITH_HELPER && cells.every((c) => c.helper !== null)
  const middle = cells.reduce((s, c) => s + (c.helper ?? 0), 0) / cells.length
  const floor = LEAST_UNLIKE * Math.sqrt(2 / cells.reduce((s, c) => s + c.variance ** -2, 0))
  const fit = (x: (c: Direct) => number[]) =>
    fayHerriot(
      cells.map((c) => ({ id: c.id, mean: c.value, variance: c.variance, x: x(c) })),
      { floor },
    )
  const regression = helped ? fit((c) => [1, c.helper! - middle]) : null
  // A helper that is the same everywhere says nothing.
  const found = regression?.ok ? regression : fit(() => [1])
  if (!found.ok) return null
  const t = tQuantile(0.975, cells.length - found.value.beta.length)
  const n = cells.reduce((s, c) => s + c.n, 0)
  return benchmarked(
    found.value.areas.map((a) => ({
      id: a.id,
      estimate: a.mean,
      low: a.mean - t * a.se,
      high: a.mean + t * a.se,
      gamma: a.gamma,
      model: true,
    })),
    cells.map((c) => c.n),
    cells.reduce((s, c) => s + c.n * c.value, 0) / n,
  )
}

/** Cells as they stand by themselves, with the error that the likeness of all gives them; null where cells or schools are too few. */
function direct(cells: readonly SmallCell[]): Direct[] | null {
  const held = cells.filter((c) => size(c.schools) > 0)
  const alike = likenessWithin(held.map((c) => c.schools))
  if (held.length < FEWEST_CELLS || !alike) return null
  return held.map(({ id, schools, helper }) => {
    const n = size(schools)
    return { id, n, value: schools.reduce((s, g) => s + g.sum, 0) / n, variance: variance(schools, alike), helper: helper ?? null }
  })
}

/** Means of the cells of one subject. Null where cells or schools are too few to tell how cells differ. */
export function smallMeans(cells: readonly SmallCell[]): ModelEstimate[] | null {
  const known = direct(cells)
  return known && drawn(known)
}

/** Shares of the cells of one subject, percent; the error of the cut is in the interval. Null as above. */
export function smallShares(cells: readonly { id: string; sums: ShareSums; helper?: number | null }[]): ModelEstimate[] | null {
  const known = direct(cells.map(({ id, sums, helper }) => ({ id, schools: sums.schools, helper: helper ?? null })))
  const found = known && drawn(known)
  if (!found) return null
  const cut = new Map(cells.map((c) => [c.id, shareOf(c.sums, null).cutError]))
  const inside = (x: number) => Math.min(100, Math.max(0, x))
  return found.map((e) => {
    const half = Math.hypot(e.high - e.estimate, 1.96 * cut.get(e.id)!)
    return { ...e, estimate: inside(e.estimate), low: inside(e.estimate - half), high: inside(e.estimate + half) }
  })
}
