import type { Estimate } from '@/lib/psychometrics/cluster-regression'
import { logGamma, tQuantile } from '@/lib/psychometrics/distributions'
import { robustRegression } from '@/lib/psychometrics/robust-regression'
import { groupBy } from '@/lib/platform/group'

/**
 * What seats given by lot did. Pure. Whoever was drawn and whoever waits differ by nothing but the lot, so a difference in their change is an
 * effect of having been offered the seat (intention to treat): nobody is left out for not having come to the class. A common link cancels.
 */

export type LotMember = {
  lottery: string
  /** Those among whom the lot was drawn, where a lottery holds several such groups; else the lottery itself. */
  stratum?: string
  drawn: boolean
  schoolId: string
  /** Both scores, points; null for whoever has not both. */
  scores: { before: number; after: number } | null
  /** JP of the module received before the re-test. */
  hours: number
}

type Arm = { n: number; present: number; hours: number }

/** Of all calls of all lotteries of a re-test, so many are false at most, in the picture and in words. */
const FALSE_CALLS = 0.05
/** From this p on those who came again are taken to differ between the groups, and nothing is called an effect. */
const ATTENDANCE_DIFFERS = 0.05

export type LotEffect = {
  key: string
  drawn: Arm
  waiting: Arm
  /** Two-sided exact p (Fisher) of an equal chance of having both scores. */
  attendanceP: number
  /** The difference that would be found four times in five. */
  detectable: number | null
} & (
  | { word: 'more' | 'less' | 'unclear' | 'attendance'; difference: Estimate }
  /** `few`: too few people on a side to be shown at all. */
  | { word: 'few'; difference: null }
)

/** P of as many of the first group being among those present, or fewer likely, when the lot alone decides (Fisher's exact test, two-sided). */
export function fisher(a: number, ofA: number, b: number, ofB: number): number {
  const choose = (n: number, k: number) => logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1)
  const came = a + b
  const chance = (k: number) => Math.exp(choose(ofA, k) + choose(ofB, came - k) - choose(ofA + ofB, came))
  const own = chance(a)
  let p = 0
  for (let k = Math.max(0, came - ofB); k <= Math.min(ofA, came); k++) if (chance(k) <= own * (1 + 1e-9)) p += chance(k)
  return Math.min(1, p)
}

function armOf(members: readonly LotMember[], drawn: boolean): Arm {
  const own = members.filter((m) => m.drawn === drawn)
  return {
    n: own.length,
    present: own.filter((m) => m.scores).length,
    hours: own.length ? own.reduce((s, m) => s + m.hours, 0) / own.length : 0,
  }
}

/**
 * Drawn minus waiting in change, the first score held equal, each lottery a stratum of its own, errors by school (CR2, Bell–McCaffrey).
 * `level`: the two-sided level at which this one of several claims is judged. Null where the design carries nothing.
 */
function difference(members: readonly LotMember[], level: number): Estimate | null {
  const strata = [...groupBy(members, (m) => `${m.lottery}|${m.stratum ?? ''}`).values()].map((own) =>
    own.flatMap((m) => (m.scores ? [{ ...m, ...m.scores }] : [])),
  )
  // A stratum without both sides compares nobody.
  const told = strata.filter((own) => new Set(own.map((m) => m.drawn)).size === 2)
  const rows = told.flatMap((own, s) => {
    const mean = own.reduce((sum, m) => sum + m.before, 0) / own.length
    return own.map((m) => ({
      y: m.after - m.before,
      x: [m.drawn ? 1 : 0, (m.before - mean) / 100, ...told.map((_, k) => (k === s ? 1 : 0))],
      cluster: m.schoolId,
    }))
  })
  const fit = robustRegression(rows)
  if (!fit.ok) return null
  const [figure, error] = [fit.value.beta[0]!, fit.value.errors[0]!]
  const reach = tQuantile(1 - level / 2, error.df) * error.se
  return { value: figure, ...error, low: figure - reach, high: figure + reach }
}

function effectOf(key: string, members: readonly LotMember[], level: number, fewest: number): LotEffect {
  const [drawn, waiting] = [armOf(members, true), armOf(members, false)]
  // Of several lotteries the members came or stayed away within each; the smallest p stands for all, as strictly as it may.
  const lots = [...groupBy(members, (m) => m.lottery).values()].map((own) => [armOf(own, true), armOf(own, false)] as const)
  const attendanceP = Math.min(1, lots.length * Math.min(...lots.map(([d, w]) => fisher(d.present, d.n, w.present, w.n))))
  const found = Math.min(drawn.present, waiting.present) < fewest ? null : difference(members, level)
  const base = { key, drawn, waiting, attendanceP }
  if (!found) return { ...base, detectable: null, word: 'few', difference: null }
  const clear = found.low > 0 ? ('more' as const) : found.high < 0 ? ('less' as const) : ('unclear' as const)
  return {
    ...base,
    detectable: (tQuantile(1 - level / 2, found.df) + tQuantile(0.8, found.df)) * found.se,
    word: attendanceP < ATTENDANCE_DIFFERS ? 'attendance' : clear,
    difference: found,
  }
}

/** All lotteries of one competency together, where there are several. */
export const ALL = 'all'

/**
 * Every lottery by itself and, where there are several, all together. `claims`: how many such figures the re-test shows over all
 * competencies; each is judged at 5 %/claims (Bonferroni), so that no more than one re-test in twenty calls anything by chance, and range and
 * word are one. A side of fewer than `fewest` people with both scores is not told.
 */
export function lotteryEffects(members: readonly LotMember[], claims: number, fewest: number): LotEffect[] {
  const level = FALSE_CALLS / Math.max(1, claims)
  const single = [...groupBy(members, (m) => m.lottery)].map(([key, own]) => effectOf(key, own, level, fewest))
  return single.length > 1 ? [...single, effectOf(ALL, members, level, fewest)] : single
}

/** How many figures the lotteries of a re-test give: each one, and one for every competency that has several. */
export function claimsOf(parts: readonly string[]): number {
  const byPart = [...groupBy(parts, (p) => p).values()].map((own) => own.length)
  return byPart.reduce((s, n) => s + n + (n > 1 ? 1 : 0), 0)
}
