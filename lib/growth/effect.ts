import type { Estimate } from '@/lib/psychometrics/cluster-regression'
import { tQuantile } from '@/lib/psychometrics/distributions'
import { adjustFalseDiscovery } from '@/lib/psychometrics/false-discovery'
import { twoSided } from '@/lib/psychometrics/link-error'
import { robustRegression } from '@/lib/psychometrics/robust-regression'

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

/** A group in fewer schools than this is not judged: a handful of schools is a handful of circumstances, whatever was received there. */
export const FEWEST_SCHOOLS = 20

/** Of all calls in a family of groups, so many are false at most, whether they are read in the picture or in words. */
const FALSE_CALLS = 0.05

/**
 * Against everybody outside the group: in how many schools it is, and, where these are enough, the difference in corrected change with its
 * q over the family and a word. The interval belongs to the same q: it leaves out zero exactly where the word says more or less.
 */
export type Difference = { key: string; n: number; schools: number } & (
  { word: 'more' | 'less' | 'unclear'; difference: Estimate; q: number } | { word: 'unjudged'; difference: null; q: null }
)

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
 * Joint regression on one dummy a group (a teacher may be in several) with errors by school that know how few schools carry a group (CR2, Bell–McCaffrey),
 * q after Benjamini & Hochberg 1995 by Student's t, intervals at the level of the same decision (Benjamini & Yekutieli 2005). Groups smaller
 * than `fewest`, or that leave fewer than `fewest` outside, are left out; those in too few schools, or that leave too few without, are held
 * equal and not judged.
 */
export function differences(
  rows: readonly Supported[],
  groupsOf: (r: Supported) => readonly string[],
  keys: readonly string[],
  fewest: number,
): Difference[] {
  const groups = keys.map((key) => {
    const inside = rows.filter((r) => groupsOf(r).includes(key))
    const schools = new Set(inside.map((r) => r.schoolId)).size
    const without = new Set(rows.filter((r) => !groupsOf(r).includes(key)).map((r) => r.schoolId)).size
    return { key, n: inside.length, schools, judged: Math.min(schools, without) >= FEWEST_SCHOOLS }
  })
  const used = groups.filter((g) => g.n >= fewest && rows.length - g.n >= fewest)
  if (!used.length) return []
  const bare = ({ key, n, schools }: (typeof used)[number]): Difference => ({
    key,
    n,
    schools,
    word: 'unjudged',
    difference: null,
    q: null,
  })
  const base = controls(rows)
  const width = base(rows[0]!).length
  const fit = used.some((g) => g.judged)
    ? robustRegression(
        rows.map((r) => {
          const own = groupsOf(r)
          return { y: r.corrected, x: [...base(r), ...used.map((g) => (own.includes(g.key) ? 1 : 0))], cluster: r.schoolId }
        }),
      )
    : null
  if (!fit?.ok) return used.map(bare)
  const found = used.flatMap((g, i) =>
    g.judged ? [{ key: g.key, figure: fit.value.beta[width + i]!, error: fit.value.errors[width + i]! }] : [],
  )
  const q = adjustFalseDiscovery(found.map((f) => twoSided(f.figure, f.error)))
  const called = q.filter((v) => v < FALSE_CALLS).length
  const level = (FALSE_CALLS * Math.max(1, called)) / found.length
  const told = new Map(
    found.map((f, i) => {
      const reach = tQuantile(1 - level / 2, f.error.df) * f.error.se
      const difference = { value: f.figure, ...f.error, low: f.figure - reach, high: f.figure + reach }
      const word = q[i]! < FALSE_CALLS ? (f.figure > 0 ? ('more' as const) : ('less' as const)) : ('unclear' as const)
      return [f.key, { difference, q: q[i]!, word }]
    }),
  )
  return used.map((g) => {
    const own = told.get(g.key)
    return own ? { key: g.key, n: g.n, schools: g.schools, ...own } : bare(g)
  })
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
