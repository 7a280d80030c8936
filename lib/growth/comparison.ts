import type { Scope } from '@/lib/access/model'
import { linksInForce } from '@/lib/calibration/inside'
import { linkDf } from '@/lib/calibration/link-model'
import { withExpectation, type GrowthPair, type LinkErrors } from './growth'
import { everybody, type Everybody } from './everybody'
import type { Basis, ComparisonLink, Withheld } from './model'
import * as store from './store'

/** The same people in a cycle and its follow-up, on one scale. */

export type FollowUp = Awaited<ReturnType<typeof store.followUps>>[number]

export type Pair = GrowthPair & { firstAttempt: string; secondAttempt: string; regionId: string; level: string }

/** What a comparison rests on: the cycles, the links and the pairs. */
export type Comparison = Basis & {
  pairs: Pair[]
  /** Who is behind single changes, by instrument: the same for all readers. */
  gains: Everybody['gains']
  errors: LinkErrors
  part: string
}

/** Whose pairs are read: what grants reach, of one school, or of one person alone. */
export type Whom = { scope: Scope | null; schoolId: string | null; teacherId: string | null }
export const EVERYBODY: Whom = { scope: null, schoolId: null, teacherId: null }

/** Links of a part between two cycles, whatever their gate. */
async function linksOf(chosen: FollowUp, part: string): Promise<ComparisonLink[]> {
  const links = await linksInForce()
  return links
    .filter((l) => l.competencyCode === part && l.baseCycles.includes(chosen.baseCode) && l.laterCycles.includes(chosen.code))
    .map((l) => {
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
        at: l.finishedAt.toISOString(),
      }
    })
}

async function over(who: Whom, chosen: FollowUp, part: string, links: ComparisonLink[]): Promise<Omit<Comparison, 'withheld'>> {
  const { code, name, simulated, baseCode, baseName } = chosen
  const rows = links.length
    ? await store.pairRows({ base: baseCode, later: code, part, instrumentIds: links.map((l) => l.instrumentId), ...who })
    : []
  const { gains, priors } = rows.length ? await everybody(baseCode, code, part, links) : { gains: new Map(), priors: new Map() }
  return {
    chosen: { code, name, simulated, baseCode, baseName },
    links,
    part,
    pairs: withExpectation(rows, priors),
    gains,
    errors: new Map(links.map((l) => [l.instrumentId, { se: l.error, df: l.df }])),
  }
}

/** Everybody's pairs of a part as they are published: a link whose gate is closed carries no comparison, and is named with its reason. */
export async function published(chosen: FollowUp, part: string): Promise<Comparison> {
  const [links, twice] = await Promise.all([linksOf(chosen, part), store.takenTwice(chosen.baseCode, chosen.code, part)])
  const open = links.filter((l) => l.gate === 'open')
  const withheld = twice.flatMap(({ instrumentId, title }): Withheld[] => {
    if (open.some((l) => l.instrumentId === instrumentId)) return []
    const closed = links.find((l) => l.instrumentId === instrumentId)
    return [
      closed
        ? { title, why: 'gate', reasons: closed.reasons, error: closed.error, anchors: closed.anchors, wanted: closed.wanted }
        : { title, why: 'unlinked', reasons: [], error: null, anchors: null, wanted: null },
    ]
  })
  return { ...(await over(EVERYBODY, chosen, part, open)), withheld }
}

/** One person's pairs in the newest re-test that he took part in; null where no follow-up stands. */
export async function ofPerson(teacherId: string, part: string): Promise<Omit<Comparison, 'withheld'> | null> {
  let found: Omit<Comparison, 'withheld'> | null = null
  for (const chosen of await store.followUps()) {
    found = await over({ ...EVERYBODY, teacherId }, chosen, part, await linksOf(chosen, part))
    if (found.pairs.length) break
  }
  return found
}
