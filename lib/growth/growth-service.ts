import { allow, schoolIdsOf } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { isWhole } from '@/lib/access/reach'
import { inForce, reachKey, readView, withdrawnSeries, type Snapshot } from '@/lib/publication/inside'
import { schoolInReach } from '@/lib/mapping/school-reach'
import type { LotteryGrowth } from './by-lot'
import type { GrowthView, IndicatorGrowth, PowerView } from './figures'
import type { GrowthCell } from './growth'
import type { GrowthFilter } from './model'
import type { Practice } from './practice'
import { views, type SchoolBody } from './published-model'
import type { SupportGrowth } from './support'
import * as store from './store'

/** Growth as officials read it: out of the snapshots in force, and of nothing else. */

export type PublishedIn = { id: string; series: string; number: number; at: Date; seal: string }

const publishedIn = (s: Snapshot): PublishedIn => ({
  id: s.id,
  series: s.series,
  number: s.number,
  at: s.publishedAt!,
  seal: s.hashOut!.slice(0, 12),
})

export type GrowthBody =
  | { tampilan: 'ringkasan' | 'wilayah' }
  | { tampilan: 'indikator'; indicators: IndicatorGrowth[] }
  | { tampilan: 'dukungan'; support: SupportGrowth | null; lots: LotteryGrowth | null }
  | { tampilan: 'daya'; power: PowerView | null }

export type GrowthPage = {
  /** Re-measurements that are published, the newest first. */
  choices: { code: string; name: string }[]
  /** The snapshot that all figures stand in; null where no re-measurement is published. */
  published: PublishedIn | null
  /** Series whose last snapshot was withdrawn, with the reason. */
  withdrawn: { series: string; at: Date; why: string }[]
  /** The reader's grants are younger than the snapshot: figures of exactly these people come with the next one. */
  notYetSummed: boolean
  /** Whether anybody is measured again at all, published or not. */
  planned: boolean
  /** Null where nothing is published, or nobody in the reader's reach was measured twice. */
  view: GrowthView | null
  body: GrowthBody
  practice: Practice | null
}

/** Which re-measurement of which snapshot in force is read; null where none is published. */
async function chosen(code: string) {
  const snapshots = await inForce()
  const indexes = await Promise.all(
    snapshots.map(async (snapshot) => {
      const index = (await readView<{ code: string; name: string }[]>(snapshot, views.index, '', '')) ?? []
      return index.map((c) => ({ ...c, snapshot }))
    }),
  )
  const choices = indexes.reverse().flat()
  return {
    choices: choices.map((c) => ({ code: c.code, name: c.name })),
    found: choices.find((c) => c.code === code) ?? choices[0] ?? null,
  }
}

/** The growth page: the view that all its tabs share, and what the chosen tab adds. */
export async function growthPage(actor: Actor, filter: GrowthFilter): Promise<GrowthPage> {
  const scope = allow(actor, 'map:read')
  const [{ choices, found }, withdrawn, followUps] = await Promise.all([chosen(filter.ulang), withdrawnSeries(), store.followUps()])
  const shared = { choices, withdrawn, planned: followUps.length > 0 }
  const nothing = { tampilan: 'ringkasan' as const }
  if (!found) return { ...shared, published: null, notYetSummed: false, view: null, body: nothing, practice: null }
  const { snapshot } = found
  const reach = reachKey(scope)
  const notYetSummed = reach !== '' && !snapshot.reaches.includes(reach)
  const page = <Body>(kind: string, of = reach) => readView<Body>(snapshot, kind, of, views.nameOf(found.code, filter.bagian))
  const whole = isWhole(scope)
  const body = async (): Promise<GrowthBody> => {
    switch (filter.tampilan) {
      case 'indikator':
        return { tampilan: 'indikator', indicators: (await page<IndicatorGrowth[]>(views.indicators)) ?? [] }
      case 'dukungan':
        return {
          tampilan: 'dukungan',
          support: await page<SupportGrowth>(views.support),
          lots: whole ? await page<LotteryGrowth>(views.lots) : null,
        }
      case 'daya':
        return { tampilan: 'daya', power: await page<PowerView>(views.power) }
      default:
        return { tampilan: filter.tampilan }
    }
  }
  const [view, own, practice] = await Promise.all([page<GrowthView>(views.growth), body(), whole ? page<Practice>(views.practice) : null])
  return { ...shared, published: publishedIn(snapshot), notYetSummed, view, body: own, practice }
}

export type SchoolGrowth = {
  published: PublishedIn
  cycles: [string, string]
  hideBelow: number
  parts: { part: string; cell: GrowthCell }[]
}

/**
 * A school's growth, one figure a part or why there is none: for its head (the own school), and for offices that may read it. A head reads
 * it from the small-group limit on; an office where it is published beside its kabupaten, so that schools do not add up to a hidden one.
 * Null where no re-measurement of this school is published.
 */
export async function schoolGrowth(actor: Actor, schoolId?: string): Promise<SchoolGrowth | null> {
  const id = schoolId ?? schoolIdsOf(allow(actor, 'school:read'))[0]
  const reach = id ? await schoolInReach(actor, id) : null
  if (!reach) return null
  const own = reach.grants.some((g) => g.schoolId === reach.school.id)
  for (const snapshot of (await inForce()).reverse())
    for (const { code } of (await readView<{ code: string }[]>(snapshot, views.index, '', '')) ?? []) {
      const found = await readView<SchoolBody>(snapshot, views.school, '', views.nameOf(code, reach.school.id))
      if (!found) continue
      const hidden = (cell: GrowthCell): GrowthCell => ({ ...cell, state: 'hidden', n: null, change: null, detectable: null })
      const told = (p: SchoolBody['parts'][number]): GrowthCell =>
        own || p.cell.state === 'empty' ? p.cell : p.forOffices ? { ...p.cell, n: p.countedForOffices ? p.cell.n : null } : hidden(p.cell)
      return {
        published: publishedIn(snapshot),
        cycles: found.cycles,
        hideBelow: snapshot.hideBelow,
        parts: found.parts.map((p) => ({ part: p.part, cell: told(p) })),
      }
    }
  return null
}
