import { estimate, type Estimate } from '@/lib/psychometrics/cluster-regression'
import { dispersion, type Dispersion } from '@/lib/psychometrics/dispersion'
import { detectable, expectedByErrorAlone, groupChange, priorOf, type GroupChange } from '@/lib/psychometrics/group-growth'
import type { ChangeWord } from '@/lib/psychometrics/growth'
import { groupBy } from '@/lib/platform/group'

/** Growth between two cycles, from pairs to figures. Pure. */

/** One teacher's two measures in points, with what the link adds to every comparison of the instrument. */
export type GrowthPair = {
  teacherId: string
  instrumentId: string
  before: number
  seBefore: number
  after: number
  seAfter: number
  schoolId: string
  regionCode: string
  subjectId: string | null
  /** What error alone would have made of the first score. */
  expected: number
}

/** Standard error of each instrument's link, in points. */
export type LinkErrors = ReadonlyMap<string, number>

/** Adds to every pair the regression to the mean that its first score lets one expect, within instrument and kabupaten. */
export function withExpectation<P extends Omit<GrowthPair, 'expected'>>(pairs: readonly P[]): (P & { expected: number })[] {
  return [...groupBy(pairs, (p) => p.instrumentId).values()].flatMap((own) => {
    const people = own.map((p) => ({ ...p, stratum: p.regionCode }))
    const prior = priorOf(people)
    return own.map((p, i) => ({ ...p, expected: expectedByErrorAlone(people[i]!, prior) }))
  })
}

/** Error of a group's mean through its links: instruments are linked independently, each with its share of the group. */
export function sharedLinkError(pairs: readonly Pick<GrowthPair, 'instrumentId'>[], errors: LinkErrors): number {
  let sum = 0
  for (const [id, own] of groupBy(pairs, (p) => p.instrumentId)) sum += ((own.length / pairs.length) * (errors.get(id) ?? 0)) ** 2
  return Math.sqrt(sum)
}

/** What may be said of a change whose interval is known. */
export const directionOf = (e: Estimate): ChangeWord => (e.low > 0 ? 'up' : e.high < 0 ? 'down' : 'unclear')

/** A group's change as a screen shows it: nothing but `n` below the small-group limit. */
export type GrowthCell = {
  code: string
  name: string
  state: 'shown' | 'hidden' | 'empty'
  change: GroupChange | null
  detectable: number | null
}

export function changeOf(pairs: readonly GrowthPair[], errors: LinkErrors): GroupChange | null {
  const found = groupChange(
    pairs.map((p) => ({ change: p.after - p.before, expected: p.expected, cluster: p.schoolId })),
    pairs.length ? sharedLinkError(pairs, errors) : 0,
  )
  return found.ok ? found.value : null
}

export function growthCell(code: string, name: string, pairs: readonly GrowthPair[], errors: LinkErrors, hidden: boolean): GrowthCell {
  const change = hidden || pairs.length === 0 ? null : changeOf(pairs, errors)
  return {
    code,
    name,
    state: pairs.length === 0 ? 'empty' : change ? 'shown' : 'hidden',
    change,
    detectable: change && detectable(change.raw.se),
  }
}

/** The headline: are the gaps between kabupaten and between schools closing? Every person counts from the mean of the own subject. */
export function gaps(pairs: readonly GrowthPair[], random: () => number): { areas: Dispersion; schools: Dispersion } | null {
  const centred = [...groupBy(pairs, (p) => p.instrumentId).values()].flatMap((own) => {
    const mean = (x: number[]) => x.reduce((s, v) => s + v, 0) / x.length
    const [first, second] = [mean(own.map((p) => p.before)), mean(own.map((p) => p.after))]
    return own.map((p) => ({ before: p.before - first, after: p.after - second, cluster: p.schoolId, area: p.regionCode }))
  })
  const found = dispersion(centred, random)
  return found.ok ? found.value : null
}

/** Residual credit of an indicator in one test: observed − expected at the person's measure, with the slope of the expectation (per point). */
export type Residual = { attemptId: string; code: string; residual: number; slope: number }

/**
 * Change of one indicator: that of the whole competency plus what the indicator's items moved beyond it, one Newton step of a
 * shift common to all in each cycle. Errors by school are taken as independent between the two parts.
 */
export function indicatorChange(
  total: GroupChange,
  first: readonly (Residual & { cluster: string })[],
  second: readonly (Residual & { cluster: string })[],
): Estimate | null {
  const shift = (rows: typeof first) => {
    const slope = rows.reduce((s, r) => s + r.slope, 0)
    if (!(slope > 0)) return null
    const value = rows.reduce((s, r) => s + r.residual, 0) / slope
    const sums = [...groupBy(rows, (r) => r.cluster).values()].map((own) => own.reduce((s, r) => s + r.residual - value * r.slope, 0))
    return { value, variance: sums.reduce((s, v) => s + v * v, 0) / slope ** 2 }
  }
  const [a, b] = [shift(first), shift(second)]
  if (!a || !b) return null
  return estimate(total.raw.value + b.value - a.value, Math.sqrt(total.raw.se ** 2 + a.variance + b.variance), total.raw.df)
}
