import { groupBy } from '@/lib/platform/group'
import { competencyOrder } from '@/lib/sittings/model'
import { tutoredHours } from '@/lib/tutoring/inside'
import { tierRules } from '@/lib/plans/service'
import * as plans from '@/lib/plans/inside'
import type { Comparison, Pair } from './comparison'
import { bandOf, doseBands, doseDifferences, moduleDifferences, tutorDifference, type Difference, type Supported } from './effect'
import * as effects from './effect-store'
import { growthCell, type GrowthCell, type Telling } from './growth'

/** Growth by what was received: tiers, hours, modules, tutors. */

/** Of how many people a difference is, is told where the whole province is read: smaller circles would be taken from each other. */
export type ToldDifference = Omit<Difference, 'n'> & { n: number | null; difference: Difference['difference']; word: Difference['word'] }

export type SupportGrowth = {
  tiers: GrowthCell[]
  dose: (GrowthCell & { difference: ToldDifference | null; planned: number; received: number })[]
  modules: (ToldDifference & { title: string })[]
  tutor: ToldDifference | null
  /** How many met a tutor at all; null where they are few, or not the whole province is read. */
  withTutor: number | null
}

/** One pair with the support in between. */
export type Helped = Supported & { planned: number; tier: string }

/** What is known of support between the two tests, for every pair of a comparison. */
export async function supportOf({ chosen, part, pairs }: Comparison): Promise<Map<Pair, Helped>> {
  const { baseCode, code } = chosen
  const [received, tiers, tutored, first] = await Promise.all([
    effects.receivedBetween(baseCode, code),
    effects.tiersBetween(baseCode, code),
    tutoredHours(baseCode, code),
    effects.firstScores(baseCode),
  ])
  const of = <T extends { teacherId: string; part: string }>(list: readonly T[]) =>
    groupBy(
      list.filter((x) => x.part === part),
      (x) => x.teacherId,
    )
  const [steps, tierOf, hoursWithTutor] = [of(received), of(tiers), of(tutored)]
  const points = new Map(first.map((f) => [`${f.teacherId}|${f.part}`, f.points]))
  const others = competencyOrder.filter((c) => c !== part)
  return new Map(
    pairs.map((p) => {
      const own = steps.get(p.teacherId) ?? []
      return [
        p,
        {
          corrected: p.after - p.before - p.expected,
          before: p.before,
          beside: others.map((c) => points.get(`${p.teacherId}|${c}`) ?? null),
          schoolId: p.schoolId,
          instrumentId: p.instrumentId,
          hours: own.reduce((s, x) => s + x.hours, 0),
          planned: own.reduce((s, x) => s + x.planned, 0),
          modules: own.filter((x) => x.hours >= 0.75 * x.planned).map((x) => x.moduleId),
          tutored: hoursWithTutor.get(p.teacherId)?.[0]?.hours ?? 0,
          tier: tierOf.get(p.teacherId)?.[0]?.tier ?? '',
        },
      ] as const
    }),
  )
}

/** Names of tiers and modules, as they stand when a snapshot is made. */
export async function supportNames() {
  const [rule, modules] = await Promise.all([tierRules(), plans.modules()])
  return { tiers: rule.rules.tiers.map(({ key, name }) => ({ key, name })), titles: new Map(modules.map((m) => [m.id, m.title])) }
}

/** The figures for whoever reads these pairs. */
export function supportGrowth(
  { pairs, errors }: Pick<Comparison, 'pairs' | 'errors'>,
  helped: ReadonlyMap<Pair, Helped>,
  names: Awaited<ReturnType<typeof supportNames>>,
  telling: (kind: 'tier' | 'dose', id: string) => Telling,
  hideBelow: number,
  whole: boolean,
): SupportGrowth {
  const rows = pairs.map((p) => helped.get(p)!)
  const told = (d: Difference): ToldDifference => ({ ...d, n: whole ? d.n : null })
  const doses = doseDifferences(rows, hideBelow)
  const learners = rows.filter((r) => r.tutored > 0).length
  const tutor = tutorDifference(rows, hideBelow)
  return {
    tiers: names.tiers
      .map((t) =>
        growthCell(
          t.key,
          t.name,
          pairs.filter((p) => helped.get(p)!.tier === t.key),
          errors,
          telling('tier', t.key),
        ),
      )
      .filter((c) => c.state !== 'empty'),
    dose: doseBands
      .map((band) => {
        const members = pairs.filter((p) => bandOf(helped.get(p)!.hours) === band.key)
        const may = telling('dose', band.key)
        const found = may.shown ? doses.find((d) => d.key === band.key) : undefined
        const mean = (pick: (r: Helped) => number) =>
          may.shown && members.length ? members.reduce((s, p) => s + pick(helped.get(p)!), 0) / members.length : 0
        return {
          ...growthCell(band.key, band.name, members, errors, may),
          difference: found ? told(found) : null,
          planned: mean((r) => r.planned),
          received: mean((r) => r.hours),
        }
      })
      .filter((c) => c.state !== 'empty'),
    modules: moduleDifferences(rows, hideBelow)
      .map((d) => ({ ...told(d), title: names.titles.get(d.key) ?? d.key }))
      .sort((a, b) => a.title.localeCompare(b.title, 'id')),
    tutor: tutor && told(tutor),
    withTutor: !whole || learners < hideBelow ? null : learners,
  }
}
