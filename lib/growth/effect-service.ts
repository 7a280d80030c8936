import type { Actor } from '@/lib/access/model'
import { growthCell } from './growth'
import type { GrowthFilter } from './model'
import { growthPairs, growthView, indicatorGrowth, powerView } from './growth-service'
import type { GrowthCell, GrowthView, IndicatorGrowth, PowerView } from './growth-service'
import { hideSmall } from '@/lib/mapping/suppress'
import { groupBy } from '@/lib/platform/group'
import { rulesInForce } from '@/lib/standards/service'
import { competencyOrder } from '@/lib/sittings/model'
import { bandOf, doseBands, doseDifferences, moduleDifferences, tutorDifference, type Difference, type Supported } from './effect'
import * as effects from './effect-store'
import { practiceGrowth, type PracticeGrowth } from './practice-service'
import { lotteryGrowth, type LotteryGrowth } from './lottery-service'
import { tutoredHours } from '@/lib/tutoring/inside'
import { tierRules } from '@/lib/plans/service'
import * as store from '@/lib/plans/inside'

/** Growth by what was received: tiers, hours, modules, tutors. */

export type SupportGrowth = {
  part: string
  n: number
  hideBelow: number
  tiers: GrowthCell[]
  dose: (GrowthCell & { difference: Difference | null; planned: number; received: number })[]
  modules: (Difference & { title: string })[]
  tutor: Difference | null
  /** How many met a tutor at all; null where they are few. */
  withTutor: number | null
}

export async function supportGrowth(actor: Actor, filter: GrowthFilter): Promise<SupportGrowth | null> {
  const found = await growthPairs(actor, filter)
  if (!found) return null
  const { baseCode, code } = found.chosen
  const [received, tiers, tutored, first, modules, rule, { rules }] = await Promise.all([
    effects.receivedBetween(baseCode, code),
    effects.tiersBetween(baseCode, code),
    tutoredHours(baseCode, code),
    effects.firstScores(baseCode),
    store.modules(),
    tierRules(),
    rulesInForce(),
  ])
  const of = <T extends { teacherId: string; part: string }>(list: readonly T[]) =>
    groupBy(
      list.filter((x) => x.part === filter.bagian),
      (x) => x.teacherId,
    )
  const [steps, tierOf, hoursWithTutor] = [of(received), of(tiers), of(tutored)]
  const { pairs, errors } = found
  const points = new Map(first.map((f) => [`${f.teacherId}|${f.part}`, f.points]))
  const others = competencyOrder.filter((c) => c !== filter.bagian)
  const rows = pairs.map((p): Supported & { planned: number } => {
    const own = steps.get(p.teacherId) ?? []
    return {
      corrected: p.after - p.before - p.expected,
      before: p.before,
      beside: others.map((c) => points.get(`${p.teacherId}|${c}`) ?? null),
      schoolId: p.schoolId,
      instrumentId: p.instrumentId,
      hours: own.reduce((s, x) => s + x.hours, 0),
      planned: own.reduce((s, x) => s + x.planned, 0),
      modules: own.filter((x) => x.hours >= 0.75 * x.planned).map((x) => x.moduleId),
      tutored: hoursWithTutor.get(p.teacherId)?.[0]?.hours ?? 0,
    }
  })
  const { hideBelow } = rules
  // Tiers, and bands of hours, are all pairs cut in pieces: what is left when the others are taken away stays hidden, too.
  const tierMembers = rule.rules.tiers.map((t) => pairs.filter((p) => tierOf.get(p.teacherId)?.[0]?.tier === t.key))
  const outside = pairs.length - tierMembers.reduce((s, m) => s + m.length, 0)
  const hiddenTiers = hideSmall([...tierMembers.map((m) => m.length), outside], hideBelow)
  const bandMembers = doseBands.map((band) => pairs.filter((_, i) => bandOf(rows[i]!.hours) === band.key))
  const hiddenBands = hideSmall(
    bandMembers.map((m) => m.length),
    hideBelow,
  )
  const doses = doseDifferences(rows, hideBelow)
  const titles = new Map(modules.map((m) => [m.id, m.title]))
  const learners = rows.filter((r) => r.tutored > 0).length
  const tutor = tutorDifference(rows, hideBelow)
  return {
    part: filter.bagian,
    n: pairs.length < hideBelow ? 0 : pairs.length,
    hideBelow,
    tiers: rule.rules.tiers
      .map((t, i) => growthCell(t.key, t.name, tierMembers[i]!, errors, hiddenTiers[i]!))
      .filter((c) => c.state !== 'empty'),
    dose: doseBands
      .map((band, i) => {
        const own = hiddenBands[i] ? [] : rows.filter((r) => bandOf(r.hours) === band.key)
        const mean = (pick: (r: (typeof own)[number]) => number) => (own.length ? own.reduce((s, r) => s + pick(r), 0) / own.length : 0)
        return {
          ...growthCell(band.key, band.name, bandMembers[i]!, errors, hiddenBands[i]!),
          difference: hiddenBands[i] ? null : (doses.find((d) => d.key === band.key) ?? null),
          planned: mean((r) => r.planned),
          received: mean((r) => r.hours),
        }
      })
      .filter((c) => c.state !== 'empty'),
    modules: moduleDifferences(rows, hideBelow)
      .map((d) => ({ ...d, title: titles.get(d.key) ?? d.key }))
      .sort((a, b) => a.title.localeCompare(b.title, 'id')),
    tutor,
    withTutor: learners < hideBelow ? null : learners,
  }
}

export type GrowthBody =
  | { tampilan: 'ringkasan' | 'wilayah' }
  | { tampilan: 'indikator'; indicators: IndicatorGrowth[] }
  | { tampilan: 'dukungan'; support: SupportGrowth | null; lots: LotteryGrowth | null }
  | { tampilan: 'daya'; power: PowerView | null }

/** The growth page: the view that all its tabs share, and what the chosen tab adds. */
export async function growthPage(
  actor: Actor,
  filter: GrowthFilter,
): Promise<{ view: GrowthView | null; body: GrowthBody; practice: PracticeGrowth | null }> {
  const body = async (): Promise<GrowthBody> => {
    switch (filter.tampilan) {
      case 'indikator':
        return { tampilan: 'indikator', indicators: await indicatorGrowth(actor, filter) }
      case 'dukungan':
        return { tampilan: 'dukungan', support: await supportGrowth(actor, filter), lots: await lotteryGrowth(actor, filter) }
      case 'daya':
        return { tampilan: 'daya', power: await powerView(actor, filter) }
      default:
        return { tampilan: filter.tampilan }
    }
  }
  const [view, own, practice] = await Promise.all([growthView(actor, filter), body(), practiceGrowth(actor, filter)])
  return { view, body: own, practice }
}
