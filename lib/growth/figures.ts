import { groupBy } from '@/lib/platform/group'
import { seeded } from '@/lib/platform/random'
import { errorFor, neededFor, seenFrom } from '@/lib/psychometrics/linked-change'
import type { Estimate } from '@/lib/psychometrics/cluster-regression'
import { changeOf, gaps, growthCell, indicatorChange, sharedLinkError } from './growth'
import type { Gaps, GrowthCell, Residual, Telling } from './growth'
import type { Comparison, Pair } from './comparison'
import type { PairGroup } from './family'
import type { Basis } from './model'

/** The figures of one comparison for one circle of readers. Pure. */

export type Names = { regions: { id: string; code: string; name: string }[]; subjects: { id: string; code: string; name: string }[] }

/** Of whom it is told: everybody, or an office's own circle by the word of its reach. */
export type Circle = { reach: string; pairs: Pair[]; telling: (kind: PairGroup['kind'], id: string) => Telling }

export type GrowthView = Basis & {
  part: string
  /** The whole province, or the reader's circle. */
  whole: boolean
  /** Tested in each cycle and in both; null where a difference of these would be few, or not the whole province is read. */
  attendance: { first: number; second: number; both: number } | null
  total: GrowthCell
  /** Standard error that the links add to the mean of all, points; null where no change is told. */
  linkError: number | null
  gaps: Gaps | null
  regions: GrowthCell[]
  subjects: GrowthCell[]
  hideBelow: number
}

export type PowerView = {
  sd: number
  designEffect: number
  linkError: number
  curve: { n: number; detectable: number }[]
  /** Smallest change worth asking about, and how many teachers it takes. */
  wanted: { change: number; n: number | null }[]
  rows: { name: string; n: number | null; detectable: number }[]
}

/** Fixes the bootstrap of the gaps. */
const SEED = 20260418
const SIZES = [10, 20, 30, 50, 75, 100, 150, 200, 300, 500, 1000, 2000, 5000]

/** Headline, total, kabupaten and subjects. */
export function growthView(
  c: Comparison,
  { reach, pairs, telling }: Circle,
  names: Names,
  attendance: GrowthView['attendance'],
  hideBelow: number,
): GrowthView {
  const total = telling('all', '')
  const cells = (kind: 'region' | 'subject', of: (p: Pair) => string | null, list: Names['regions']) => {
    const groups = groupBy(pairs, of)
    return list
      .map((n) => growthCell(n.code, n.name, groups.get(n.id) ?? [], c.errors, telling(kind, n.id)))
      .filter((cell) => cell.state !== 'empty')
  }
  const few = attendance && [attendance.first - attendance.both, attendance.second - attendance.both].some((n) => n > 0 && n < hideBelow)
  return {
    part: c.part,
    chosen: c.chosen,
    links: c.links,
    withheld: c.withheld,
    whole: reach === '',
    attendance: few ? null : attendance,
    total: growthCell('18', reach === '' ? 'Semua peserta ukur ulang' : 'Peserta ukur ulang dalam wilayah Anda', pairs, c.errors, total),
    linkError: total.shown && pairs.length ? sharedLinkError(pairs, c.errors).se : null,
    gaps: total.shown && pairs.length ? gaps(pairs, new Map(c.links.map((l) => [l.instrumentId, l.unit])), seeded(SEED)) : null,
    regions: cells('region', (p) => p.regionId, names.regions),
    subjects: c.part === '4' ? cells('subject', (p) => p.subjectId, names.subjects) : [],
    hideBelow,
  }
}

/** With these numbers of people, which change could be seen at all? Null where no change, or no number, is told. */
export function powerView(c: Comparison, { pairs, telling }: Circle, view: GrowthView): PowerView | null {
  const change = telling('all', '').counted ? changeOf(pairs, c.errors) : null
  if (!change) return null
  const link = sharedLinkError(pairs, c.errors)
  const known = { n: change.n, clusters: change.clusters, se: change.raw.se, df: change.raw.df }
  return {
    sd: change.sd,
    designEffect: change.designEffect,
    linkError: link.se,
    curve: SIZES.map((n) => ({ n, detectable: seenFrom(errorFor(n, known, link)) })),
    wanted: [10, 20, 30, 50].map((size) => ({ change: size, n: neededFor(size, known, link) })),
    rows: [...view.regions, ...view.subjects].flatMap((g) =>
      g.detectable === null ? [] : [{ name: g.name, n: g.n, detectable: g.detectable }],
    ),
  }
}

export type IndicatorGrowth = { code: string; title: string; subject: string | null; n: number | null; change: Estimate }

/** What each test's answers say of its indicators, or of a subject's content domains, with their titles. */
export type Residuals = ReadonlyMap<string, { residuals: readonly Residual[]; titleOf: (code: string) => string; subject: string | null }>

/** Change of every indicator, or of a subject's content domains. */
export function indicatorGrowth(c: Comparison, { pairs, telling }: Circle, residuals: Residuals): IndicatorGrowth[] {
  const rows = c.links.flatMap((link): IndicatorGrowth[] => {
    const own = pairs.filter((p) => p.instrumentId === link.instrumentId)
    const may = telling('instrument', link.instrumentId)
    const total = may.shown && own.length ? changeOf(own, c.errors) : null
    const found = residuals.get(link.instrumentId)
    if (!total || !found) return []
    const schools = new Map(own.flatMap((p) => [[p.firstAttempt, p.schoolId] as const, [p.secondAttempt, p.schoolId] as const]))
    const firsts = new Set(own.map((p) => p.firstAttempt))
    const placed = found.residuals.flatMap((r) => (schools.has(r.attemptId) ? [{ ...r, cluster: schools.get(r.attemptId)! }] : []))
    return [...groupBy(placed, (r) => r.code)].flatMap(([code, list]) => {
      const change = indicatorChange(
        total,
        list.filter((r) => firsts.has(r.attemptId)),
        list.filter((r) => !firsts.has(r.attemptId)),
      )
      return change ? [{ code, title: found.titleOf(code), subject: found.subject, n: may.counted ? total.n : null, change }] : []
    })
  })
  return rows.sort((a, b) => (a.subject ?? '').localeCompare(b.subject ?? '', 'id') || a.code.localeCompare(b.code))
}
