import { allow, isWhole, schoolIdsOf } from '@/lib/access/service'
import type { Actor, Scope } from '@/lib/access/model'
import { frameworkTitles, domainTitlesOf } from '@/lib/instruments/inside'
import { groupBy } from '@/lib/platform/group'
import { seeded } from '@/lib/platform/random'
import { errorFor, neededFor, seenFrom } from '@/lib/psychometrics/linked-change'
import type { KnownError } from '@/lib/psychometrics/link-error'
import { regions, subjects } from '@/lib/roster/service'
import { indicatorResiduals } from '@/lib/scoring/inside'
import { linksInForce } from '@/lib/calibration/inside'
import { linkDf } from '@/lib/calibration/link-model'
import { rulesInForce } from '@/lib/standards/service'
import { changeOf, gaps, growthCell, indicatorChange, sharedLinkError, withExpectation } from './growth'
import type { GrowthCell, GrowthPair, LinkErrors } from './growth'
import { everybody, type Everybody } from './everybody'
import { publishedPairs } from './family'
import type { Basis, GrowthFilter } from './model'
import * as store from './store'
import { schoolInReach } from '@/lib/mapping/school-reach'

export type { GrowthPair, GrowthCell } from './growth'

/** Growth of the same teachers between a cycle and its follow-up, scoped and suppressed for the actor. */

/** What a comparison rests on: the cycles, the links and the pairs; null where no follow-up stands. */
export type Comparison = Basis & {
  pairs: (GrowthPair & { firstAttempt: string; secondAttempt: string })[]
  /** Who is behind single changes, by instrument: the same for all readers. */
  gains: Everybody['gains']
  errors: LinkErrors
  part: string
  whole: boolean
}

/** Whose pairs are read: what the reader's grants reach, of one school, or of one person alone. */
export type Whom = { scope: Scope | null; schoolId: string | null; teacherId: string | null }

export async function compare(who: Whom, filter: { ulang: string; bagian: string }): Promise<Comparison | null> {
  const [choices, links] = await Promise.all([store.followUps(), linksInForce()])
  const wanted = choices.filter((c) => c.code === filter.ulang)
  const one = who.teacherId !== null || who.schoolId !== null
  // A teacher or a school reads the newest re-test that they took part in; an office the newest with results.
  const candidates = wanted.length ? wanted : one ? choices : choices.slice(0, 1)
  let found: Comparison | null = null
  for (const chosen of candidates) {
    found = await comparison(who, filter.bagian, choices, chosen, links)
    if (found.pairs.length) break
  }
  return found
}

async function comparison(
  who: Whom,
  part: string,
  choices: Awaited<ReturnType<typeof store.followUps>>,
  chosen: Basis['chosen'],
  links: Awaited<ReturnType<typeof linksInForce>>,
): Promise<Comparison> {
  const fitting = links.filter(
    (l) => l.competencyCode === part && l.baseCycles.includes(chosen.baseCode) && l.laterCycles.includes(chosen.code),
  )
  const rows = await store.pairRows({
    base: chosen.baseCode,
    later: chosen.code,
    part,
    instrumentIds: fitting.map((l) => l.instrumentId),
    ...who,
  })
  const linked = fitting.map((l) => {
    const points = (theta: number) => (100 * theta) / l.sigma
    return {
      title: l.title,
      instrumentId: l.instrumentId,
      runId: l.runId,
      error: points(l.error),
      df: linkDf(l.report),
      wanted: l.report.wanted ?? null,
      unit: l.report.unit ?? null,
      deviations: { before: points(l.report.baseSd), after: points(l.report.sd) },
      gate: l.gate,
      reasons: l.report.reasons ?? [],
      anchors: l.report.anchors.filter((a) => a.state !== 'dropped').length,
      dropped: l.report.anchors.filter((a) => a.state === 'dropped').length,
      at: l.finishedAt,
    }
  })
  const { gains, priors } = rows.length
    ? await everybody(chosen.baseCode, chosen.code, part, linked)
    : { gains: new Map(), priors: new Map() }
  return {
    choices,
    chosen,
    links: linked,
    part,
    whole: who.scope !== null && isWhole(who.scope),
    pairs: withExpectation(rows, priors),
    gains,
    errors: new Map(linked.map((l) => [l.instrumentId, { se: l.error, df: l.df }])),
  }
}

/** For use cases above that add what they know of support: the same pairs, under the same permission. */
export async function growthPairs(actor: Actor, filter: GrowthFilter): Promise<Comparison | null> {
  return compare({ scope: allow(actor, 'map:read'), schoolId: null, teacherId: null }, filter)
}

const NO_ERROR: KnownError = { se: 0, df: Infinity }

const countsOf = (pairs: readonly GrowthPair[]) => pairs.map((p) => ({ ...p, n: 1 }))

export type GrowthView = Basis & {
  part: string
  attendance: { first: number; second: number; both: number } | null
  total: GrowthCell
  /** Error that the links add to the mean of all, points. */
  linkError: KnownError
  gaps: ReturnType<typeof gaps>
  regions: GrowthCell[]
  subjects: GrowthCell[]
  hideBelow: number
}

/** Headline, total, kabupaten and subjects. `seed` fixes the bootstrap of the gaps. */
export async function growthView(actor: Actor, filter: GrowthFilter): Promise<GrowthView | null> {
  const found = await growthPairs(actor, filter)
  if (!found) return null
  const [areas, subjectList, { rules }, attendance] = await Promise.all([
    regions(),
    subjects(),
    rulesInForce(),
    found.whole ? store.attendanceOf(found.chosen.baseCode, found.chosen.code) : null,
  ])
  const { pairs, errors, choices, chosen, links } = found
  const published = publishedPairs(countsOf(pairs), rules.hideBelow)
  const cells = (
    kind: 'region' | 'subject',
    keyOf: (p: GrowthPair) => string | null,
    names: { key: string; code: string; name: string }[],
  ) => {
    const groups = groupBy(pairs, keyOf)
    return names
      .map((n) => growthCell(n.code, n.name, groups.get(n.key) ?? [], errors, !published({ kind, id: n.key })))
      .filter((c) => c.state !== 'empty')
  }
  const few = pairs.length < rules.hideBelow
  return {
    part: filter.bagian,
    choices,
    chosen,
    links,
    attendance,
    total: growthCell('18', found.whole ? 'Semua peserta ukur ulang' : 'Peserta ukur ulang dalam wilayah Anda', pairs, errors, few),
    linkError: few ? NO_ERROR : sharedLinkError(pairs, errors),
    gaps: found.whole && !few ? gaps(pairs, new Map(links.map((l) => [l.instrumentId, l.unit])), seeded(20260418)) : null,
    regions: cells(
      'region',
      (p) => p.regionCode,
      areas.map((r) => ({ key: r.kemendagriCode, code: r.kemendagriCode, name: r.shortName })),
    ),
    subjects:
      filter.bagian === '4'
        ? cells(
            'subject',
            (p) => p.subjectId,
            subjectList.map((s) => ({ key: s.id, code: s.code, name: s.name })),
          )
        : [],
    hideBelow: rules.hideBelow,
  }
}

export type IndicatorGrowth = {
  code: string
  title: string
  subject: string | null
  n: number
  change: NonNullable<ReturnType<typeof indicatorChange>>
}

/** Change of every indicator, or of a subject's content domains, for all pairs in the actor's reach. */
export async function indicatorGrowth(actor: Actor, filter: GrowthFilter): Promise<IndicatorGrowth[]> {
  const found = await growthPairs(actor, filter)
  if (!found) return []
  const { rules } = await rulesInForce()
  const titles = await frameworkTitles()
  const published = publishedPairs(countsOf(found.pairs), rules.hideBelow)
  const rows = await Promise.all(
    found.links.map(async (link): Promise<IndicatorGrowth[]> => {
      const own = found.pairs.filter((p) => p.instrumentId === link.instrumentId)
      const total = published({ kind: 'instrument', id: link.instrumentId }) ? changeOf(own, found.errors) : null
      if (!total) return []
      const residuals = await indicatorResiduals(
        link.runId,
        [found.chosen.baseCode, found.chosen.code],
        filter.bagian === '4' ? 'domain' : 'indicator',
      )
      const domains = filter.bagian === '4' ? await domainTitlesOf(link.instrumentId) : null
      const schools = new Map(own.flatMap((p) => [[p.firstAttempt, p.schoolId] as const, [p.secondAttempt, p.schoolId] as const]))
      const firsts = new Set(own.map((p) => p.firstAttempt))
      const placed = residuals.flatMap((r) => (schools.has(r.attemptId) ? [{ ...r, cluster: schools.get(r.attemptId)! }] : []))
      return [...groupBy(placed, (r) => r.code)].flatMap(([code, list]) => {
        const change = indicatorChange(
          total,
          list.filter((r) => firsts.has(r.attemptId)),
          list.filter((r) => !firsts.has(r.attemptId)),
        )
        const title = domains?.get(code) ?? titles.get(code)?.title ?? code
        return change ? [{ code, title, subject: domains ? link.title : null, n: total.n, change }] : []
      })
    }),
  )
  return rows.flat().sort((a, b) => (a.subject ?? '').localeCompare(b.subject ?? '', 'id') || a.code.localeCompare(b.code))
}

export type PowerView = {
  sd: number
  designEffect: number
  linkError: number
  curve: { n: number; detectable: number }[]
  /** Smallest change worth asking about, and how many teachers it takes. */
  wanted: { change: number; n: number | null }[]
  rows: { name: string; n: number; detectable: number }[]
}

const SIZES = [10, 20, 30, 50, 75, 100, 150, 200, 300, 500, 1000, 2000, 5000]

/** With these numbers of people, which change could be seen at all? */
export async function powerView(actor: Actor, filter: GrowthFilter): Promise<PowerView | null> {
  const view = await growthView(actor, filter)
  const change = view?.total.change
  if (!view || !change) return null
  const { linkError: link } = view
  const known = { n: change.n, clusters: change.clusters, se: change.raw.se }
  const shown = [...view.regions, ...view.subjects].filter((c) => c.change)
  return {
    sd: change.sd,
    designEffect: change.designEffect,
    linkError: link.se,
    curve: SIZES.map((n) => ({ n, detectable: seenFrom(errorFor(n, known, link)) })),
    wanted: [10, 20, 30, 50].map((size) => ({ change: size, n: neededFor(size, known, link) })),
    rows: shown.map((c) => ({ name: c.name, n: c.change!.n, detectable: c.detectable! })),
  }
}

/**
 * A school's growth, one figure a part or why there is none: for its head (the own school), and for offices that may read it. A head reads
 * it from the small-group limit on; an office where it is published beside its kabupaten, so that schools do not add up to a hidden one.
 */
export async function schoolGrowth(
  actor: Actor,
  schoolId?: string,
): Promise<{ part: string; n: number | null; hideBelow: number; cell: GrowthCell; cycles: [string, string] }[]> {
  const id = schoolId ?? schoolIdsOf(allow(actor, 'school:read'))[0]
  const reach = id ? await schoolInReach(actor, id) : null
  if (!reach) return []
  // The grants reach this school; of its people they have their own levels.
  const who: Whom = {
    scope: reach.grants.map((g) => ({ ...g, regionId: null, schoolId: null })),
    schoolId: reach.school.id,
    teacherId: null,
  }
  const own = reach.grants.some((g) => g.schoolId === reach.school.id)
  const { rules } = await rulesInForce()
  const found = await Promise.all(['4', '1', '3', '2'].map((bagian) => compare(who, { ulang: '', bagian })))
  const rows = await Promise.all(
    found.map(async (f) => {
      if (!f?.pairs.length) return null
      const few = f.pairs.length < rules.hideBelow
      const hidden = few || (!own && !(await publishedBeside(f, reach.grants, rules.hideBelow))({ kind: 'school', id: reach.school.id }))
      return {
        part: f.part,
        n: hidden ? null : f.pairs.length,
        hideBelow: rules.hideBelow,
        // Expected values of one school alone would be drawn to its own mean: the raw change is told, with its interval.
        cell: growthCell('', '', f.pairs, f.errors, hidden),
        cycles: [f.chosen.baseName, f.chosen.name] as [string, string],
      }
    }),
  )
  return rows.filter((r) => r !== null)
}

/** What an office may read of the comparison in which a school stands. */
const publishedBeside = async (f: Comparison, scope: Scope, hideBelow: number) =>
  publishedPairs(
    await store.pairCounts({
      base: f.chosen.baseCode,
      later: f.chosen.code,
      part: f.part,
      instrumentIds: f.links.map((l) => l.instrumentId),
      scope,
      schoolId: null,
      teacherId: null,
    }),
    hideBelow,
  )
