import type { Estimate } from '@/lib/psychometrics/cluster-regression'
import { tQuantile } from '@/lib/psychometrics/distributions'
import { addErrors, type KnownError } from '@/lib/psychometrics/link-error'
import { robustRegression } from '@/lib/psychometrics/robust-regression'
import { competencyOrder } from '@/lib/sittings/model'
import { fisher } from './lottery'

/**
 * First-timers at the re-test. Pure. Of the people of a cycle some were drawn by lot to be tested for the first time half a year later; both
 * groups sit the same forms on the same day. What the others are ahead by is what having been tested before did, with all that came of it:
 * being used to such a test, the result, and the help that was offered by it. A lot at the first test cannot take these apart; where those
 * tested before received next to no help, it is practice.
 */

export type Drawn = {
  /** Drawn to be tested for the first time at the re-test. */
  later: boolean
  schoolId: string
  /** Whoever has another subject sits another test: groups are compared within. */
  stratum: string
  /** The measure of the first test, points; null for whoever had none. */
  before: number | null
  /** The measure of the re-test, points; null for whoever did not come or was not measured. */
  after: number | null
  /** JP received in this competency before the re-test. */
  hours: number
}

type Arm = { n: number; present: number; hours: number }
export type Practice = { before: Arm; first: Arm; attendanceP: number } & (
  | {
      word: 'more' | 'less' | 'unclear' | 'attendance'
      difference: Estimate
      detectable: number
      /** First-timers now minus the others then: the change without any test before it, link error included. */
      without: Estimate | null
    }
  | { word: 'few'; difference: null; detectable: null; without: null }
)

/** Of the four competencies of a re-test no more than one re-test in twenty is told of an advantage that is not there. */
const LEVEL = 0.05 / competencyOrder.length

type Row = { y: number; one: boolean; stratum: string; cluster: string }

/** Mean of one group minus the other within strata that hold both, errors by school, and an error that all share on top. */
function apart(rows: readonly Row[], shared: KnownError): Estimate | null {
  const strata = [...new Set(rows.map((r) => r.stratum))].filter(
    (s) => new Set(rows.filter((r) => r.stratum === s).map((r) => r.one)).size === 2,
  )
  const fit = robustRegression(
    rows
      .filter((r) => strata.includes(r.stratum))
      .map((r) => ({ y: r.y, x: [r.one ? 1 : 0, ...strata.map((s) => (s === r.stratum ? 1 : 0))], cluster: r.cluster })),
  )
  if (!fit.ok) return null
  const own = fit.value.errors[0]!
  const error = shared.se > 0 ? addErrors([own, shared]) : own
  const figure = fit.value.beta[0]!
  const reach = tQuantile(1 - LEVEL / 2, error.df) * error.se
  return { value: figure, ...error, low: figure - reach, high: figure + reach }
}

/**
 * Those tested before minus first-timers at the re-test (CR2, Bell–McCaffrey); `few` below `fewest` people on a side. `link`: the error that
 * the link adds to a comparison of the two days; it cancels within one.
 */
export function practiceOf(members: readonly Drawn[], link: KnownError, fewest: number): Practice {
  const arm = (later: boolean): Arm => {
    const own = members.filter((m) => m.later === later)
    return {
      n: own.length,
      present: own.filter((m) => m.after !== null).length,
      hours: own.length ? own.reduce((s, m) => s + m.hours, 0) / own.length : 0,
    }
  }
  const [before, first] = [arm(false), arm(true)]
  const base = { before, first, attendanceP: fisher(before.present, before.n, first.present, first.n) }
  const rows = (pick: (m: Drawn) => number | null, one: (m: Drawn) => boolean): Row[] =>
    members.flatMap((m) => {
      const y = pick(m)
      return y === null ? [] : [{ y, one: one(m), stratum: m.stratum, cluster: m.schoolId }]
    })
  const found =
    Math.min(before.present, first.present) < fewest
      ? null
      : apart(
          rows(
            (m) => m.after,
            (m) => !m.later,
          ),
          { se: 0, df: Infinity },
        )
  if (!found) return { ...base, word: 'few', difference: null, detectable: null, without: null }
  const clear = found.low > 0 ? ('more' as const) : found.high < 0 ? ('less' as const) : ('unclear' as const)
  return {
    ...base,
    word: base.attendanceP < 0.05 ? 'attendance' : clear,
    difference: found,
    detectable: (tQuantile(1 - LEVEL / 2, found.df) + tQuantile(0.8, found.df)) * found.se,
    without: apart(
      rows(
        (m) => (m.later ? m.after : m.before),
        (m) => m.later,
      ),
      link,
    ),
  }
}
