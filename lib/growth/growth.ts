import { estimate, type Estimate } from '@/lib/psychometrics/cluster-regression'
import { dispersion, type Dispersion } from '@/lib/psychometrics/dispersion'
import { expectedByErrorAlone, type GroupChange, type Prior } from '@/lib/psychometrics/group-growth'
import { addErrors, scaledError, type KnownError } from '@/lib/psychometrics/link-error'
import { linkedChange, seenFrom } from '@/lib/psychometrics/linked-change'
import type { ChangeWord } from '@/lib/psychometrics/growth'
import type { UnitTest } from '@/lib/psychometrics/link-error'
import { withUnitError } from '@/lib/psychometrics/unit-error'
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

/** Error of each instrument's link, in points. */
export type LinkErrors = ReadonlyMap<string, KnownError>

/**
 * Adds to every pair the regression to the mean that its first score lets one expect, within instrument and kabupaten, by the priors of
 * everybody who was measured twice: whoever reads it, the same person is expected the same.
 */
export function withExpectation<P extends Omit<GrowthPair, 'expected'>>(
  pairs: readonly P[],
  priors: ReadonlyMap<string, Prior>,
): (P & { expected: number })[] {
  return pairs.map((p) => {
    const prior = priors.get(p.instrumentId)
    return { ...p, expected: prior ? expectedByErrorAlone({ before: p.before, stratum: p.regionCode }, prior) : 0 }
  })
}

/** Error of a group's mean through its links: instruments are linked independently, each with its share of the group. */
export const sharedLinkError = (pairs: readonly Pick<GrowthPair, 'instrumentId'>[], errors: LinkErrors): KnownError =>
  addErrors(
    [...groupBy(pairs, (p) => p.instrumentId)].flatMap(([id, own]) => {
      const error = errors.get(id)
      return error ? [scaledError(error, own.length / pairs.length)] : []
    }),
  )

/** What may be said of a change whose interval is known. */
export const directionOf = (e: Estimate): ChangeWord => (e.low > 0 ? 'up' : e.high < 0 ? 'down' : 'unclear')

/** What is told of a group's change: nothing from which its number of people could be worked out. */
export type ToldChange = Omit<GroupChange, 'n' | 'sd' | 'designEffect'>

/** A group's change as a screen shows it; `n` null where it is hidden or would give few away when it is taken from the map's number. */
export type GrowthCell = {
  code: string
  name: string
  state: 'shown' | 'hidden' | 'empty'
  n: number | null
  change: ToldChange | null
  detectable: number | null
}

/** What was decided of a group. */
export type Telling = { shown: boolean; counted: boolean }

export function changeOf(pairs: readonly GrowthPair[], errors: LinkErrors): GroupChange | null {
  const found = linkedChange(
    pairs.map((p) => ({ change: p.after - p.before, expected: p.expected, cluster: p.schoolId })),
    sharedLinkError(pairs, errors),
  )
  return found.ok ? found.value : null
}

export function growthCell(code: string, name: string, pairs: readonly GrowthPair[], errors: LinkErrors, told: Telling): GrowthCell {
  const change = told.shown && pairs.length > 0 ? changeOf(pairs, errors) : null
  return {
    code,
    name,
    state: pairs.length === 0 ? 'empty' : change ? 'shown' : 'hidden',
    n: change && told.counted ? change.n : null,
    change: change && { clusters: change.clusters, raw: change.raw, corrected: change.corrected, byErrorAlone: change.byErrorAlone },
    detectable: change && seenFrom(change.raw),
  }
}

/** What is known of each instrument's later unit: the logarithm of its ratio to the earlier one with its error, and p of "they are one". */
export type Units = ReadonlyMap<string, Pick<UnitTest, 'logRatio' | 'se' | 'p'> | null>

/** A unit that is called another at this level carries no headline. */
const UNIT_MOVED = 0.05

/** `areas` is null where fewer than three kabupaten are read. */
export type Gaps =
  { areas: Dispersion | null; schools: Dispersion } | { withheld: 'unit-moved' | 'unit-unknown' | 'few-schools'; instrumentIds: string[] }

/** In fewer schools than this a spread is a few schools' own story. */
const FEWEST_GAP_SCHOOLS = 10

/**
 * The headline: are the gaps between kabupaten and between schools closing? Every person counts from the mean of the own subject. A later
 * unit that is not the earlier one stretches or shrinks every gap: what is not known of it is in the interval, and where it has moved, or
 * cannot be tested, no gap is told.
 */
export function gaps(pairs: readonly GrowthPair[], units: Units, random: () => number): Gaps | null {
  if (new Set(pairs.map((p) => p.schoolId)).size < FEWEST_GAP_SCHOOLS) return { withheld: 'few-schools', instrumentIds: [] }
  const groups = [...groupBy(pairs, (p) => p.instrumentId)]
  const ids = (is: (unit: Pick<UnitTest, 'p'> | null) => boolean) => groups.flatMap(([id]) => (is(units.get(id) ?? null) ? [id] : []))
  const [unknown, moved] = [ids((u) => u === null), ids((u) => u !== null && u.p < UNIT_MOVED / groups.length)]
  if (moved.length) return { withheld: 'unit-moved', instrumentIds: moved }
  if (unknown.length) return { withheld: 'unit-unknown', instrumentIds: unknown }
  const part = (own: readonly GrowthPair[]) => own.length / pairs.length
  const unit = {
    logRatio: groups.reduce((s, [id, own]) => s + part(own) * units.get(id)!.logRatio, 0),
    se: Math.sqrt(groups.reduce((s, [id, own]) => s + (part(own) * units.get(id)!.se) ** 2, 0)),
  }
  const centred = groups.flatMap(([, own]) => {
    const mean = (x: number[]) => x.reduce((s, v) => s + v, 0) / x.length
    const [first, second] = [mean(own.map((p) => p.before)), mean(own.map((p) => p.after))]
    return own.map((p) => ({ before: p.before - first, after: p.after - second, cluster: p.schoolId, area: p.regionCode }))
  })
  const found = dispersion(centred, random)
  if (!found.ok) return null
  const { areas, schools } = found.value
  return { areas: areas && withUnitError(areas, unit), schools: withUnitError(schools, unit) }
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
