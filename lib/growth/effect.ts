import { clusterRegression, estimate, type Estimate } from '@/lib/psychometrics/cluster-regression'
import { normalCdf } from '@/lib/psychometrics/distributions'
import { adjustFalseDiscovery } from '@/lib/psychometrics/false-discovery'

/**
 * Change read against the support that teachers received. Pure. Differences between groups, never effects: teachers chose, and
 * were chosen, so that no figure here can say what the support did. A common link cancels in a difference.
 */

/** A teacher's change corrected for regression to the mean, with what was received. */
export type Supported = {
  /** After − before − what error alone would have made of the first score, points. */
  corrected: number
  /** First score, points: people are compared with people who began alike. */
  before: number
  /** First scores in the other competencies, points, in one order; null where there is none. */
  beside: readonly (number | null)[]
  schoolId: string
  instrumentId: string
  /** JP received in this competency. */
  hours: number
  /** Modules attended for three quarters of their hours or more. */
  modules: readonly string[]
  /** Hours with a tutor in this competency. */
  tutored: number
}

/** Bands of received hours (JP of 45 minutes), the first is the group that others are compared with. */
export const doseBands = [
  { key: '0', name: 'tanpa jam', from: 0, below: 1e-9 },
  { key: '1', name: 'kurang dari 8 JP', from: 1e-9, below: 8 },
  { key: '2', name: '8–15 JP', from: 8, below: 16 },
  { key: '3', name: '16 JP atau lebih', from: 16, below: Infinity },
] as const

/** Against the first group: difference in corrected change with its interval, q-value over the family, and a word. */
export type Difference = { key: string; n: number; difference: Estimate; q: number; word: 'more' | 'less' | 'unclear' }

/**
 * What everybody is held equal in: the instrument, so that groups of other subjects are not compared with each other; the first
 * score with its square, because support is given by it and the correction for error alone is exact only in the middle of the scale;
 * and the first scores in the other competencies, because a plan has room for this one only as far as the others leave it, and who is
 * strong in the others is likely to be stronger here, too, than one short test could show.
 */
function controls(rows: readonly Supported[]): (r: Supported) => number[] {
  const others = [...new Set(rows.map((r) => r.instrumentId))].sort().slice(1)
  // A competency that nobody has a first score in is no control.
  const width = rows.some((r) => r.beside.some((b) => b !== null)) ? (rows[0]?.beside.length ?? 0) : 0
  return (r) => {
    const start = (r.before - 500) / 100
    const beside = r.beside.slice(0, width).map((b) => (b === null ? 0 : (b - 500) / 100))
    return [1, start, start * start, ...beside, ...others.map((id) => (r.instrumentId === id ? 1 : 0))]
  }
}

/**
 * Joint regression on one dummy a group (a teacher may be in several), school-robust, q-values after Benjamini & Hochberg 1995.
 * Groups smaller than `fewest`, or that leave fewer than `fewest` outside, are left out.
 */
export function differences(
  rows: readonly Supported[],
  groupsOf: (r: Supported) => readonly string[],
  keys: readonly string[],
  fewest: number,
): Difference[] {
  const sizes = new Map(keys.map((k) => [k, rows.filter((r) => groupsOf(r).includes(k)).length]))
  const used = keys.filter((k) => sizes.get(k)! >= fewest && rows.length - sizes.get(k)! >= fewest)
  if (!used.length) return []
  const base = controls(rows)
  const width = base(rows[0]!).length
  const fit = clusterRegression(
    rows.map((r) => {
      const own = groupsOf(r)
      return { y: r.corrected, x: [...base(r), ...used.map((k) => (own.includes(k) ? 1 : 0))], cluster: r.schoolId }
    }),
  )
  if (!fit.ok) return []
  const found = used.map((key, i) => {
    const at = width + i
    return { key, n: sizes.get(key)!, difference: estimate(fit.value.beta[at]!, Math.sqrt(fit.value.covariance[at]![at]!), fit.value.df) }
  })
  const q = adjustFalseDiscovery(found.map((f) => 2 * normalCdf(-Math.abs(f.difference.value) / f.difference.se)))
  return found.map((f, i) => ({ ...f, q: q[i]!, word: q[i]! < 0.05 ? (f.difference.value > 0 ? 'more' : 'less') : 'unclear' }))
}

export const bandOf = (hours: number): string => doseBands.find((b) => hours >= b.from && hours < b.below)!.key

/** Received hours in bands against none. */
export const doseDifferences = (rows: readonly Supported[], fewest: number): Difference[] =>
  differences(
    rows,
    (r) => [bandOf(r.hours)],
    doseBands.slice(1).map((b) => b.key),
    fewest,
  )

/** Modules against everybody who did not take them, all in one regression. */
export const moduleDifferences = (rows: readonly Supported[], fewest: number): Difference[] =>
  differences(rows, (r) => r.modules, [...new Set(rows.flatMap((r) => r.modules))].sort(), fewest)

/** Tutored for two hours or more against not, hours of modules held equal by their bands. */
export const tutorDifference = (rows: readonly Supported[], fewest: number): Difference | null =>
  differences(
    rows,
    (r) => [...(r.tutored >= 2 ? ['tutor'] : []), `jam-${bandOf(r.hours)}`],
    ['tutor', ...doseBands.slice(1).map((b) => `jam-${b.key}`)],
    fewest,
  ).find((d) => d.key === 'tutor') ?? null
