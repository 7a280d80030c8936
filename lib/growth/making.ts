import { createHash } from 'node:crypto'
import { reaching } from '@/lib/access/reach'
import { domainTitlesOf, frameworkTitles } from '@/lib/instruments/inside'
import { makeFigures } from '@/lib/mapping/inside'
import { groupBy } from '@/lib/platform/group'
import { addViews, standingReaches, type Figures, type Headline, type Snapshot, type StoredView } from '@/lib/publication/inside'
import { regions, subjects } from '@/lib/roster/service'
import { indicatorResiduals } from '@/lib/scoring/inside'
import { lotteryGrowth, practiceGrowth } from './by-lot'
import { published, type Comparison, type FollowUp, type Pair } from './comparison'
import { bandOf } from './effect'
import { decideGrowth, type Decision, type Seat, type Tested } from './family'
import { growthView, indicatorGrowth, powerView, type Circle, type GrowthView, type Names, type Residuals } from './figures'
import { growthCell } from './growth'
import { views, type SchoolPart } from './published-model'
import * as store from './store'
import { supportGrowth, supportNames, supportOf, type Helped } from './support'

/** Growth as it goes into a snapshot: of every re-measurement of its series, for everybody and for every office's circle. */

const PARTS = ['4', '1', '3', '2']

type Offices = Awaited<ReturnType<typeof standingReaches>>
type Place = { regionId: string; schoolId: string; level: string }
const reachesOf = (offices: Offices, p: Place): string[] =>
  offices.filter((o) => reaching(o.scope, { regionId: p.regionId, schoolId: p.schoolId, levelCode: p.level }).length > 0).map((o) => o.key)

/** Everybody whom the map counts in either cycle, with those who are compared and their support. */
async function peopleOf(c: Comparison, helped: ReadonlyMap<Pair, Helped>, offices: Offices): Promise<Tested[]> {
  const [first, second] = await Promise.all([c.chosen.baseCode, c.chosen.code].map((code) => store.testedIn(code, c.part)))
  const known = new Map<string, string[]>()
  const seat = (t: Place & { subjectId: string | null; measured: boolean }): Seat => {
    const place = [t.regionId, t.schoolId, t.level].join('|')
    const reaches = known.get(place) ?? reachesOf(offices, t)
    known.set(place, reaches)
    return { regionId: t.regionId, schoolId: t.schoolId, level: t.level, subjectId: t.subjectId, reaches, measured: t.measured }
  }
  const people = new Map<string, Tested>()
  const at = (t: { teacherId: string; instrumentId: string }): Tested => {
    const key = `${t.teacherId}|${t.instrumentId}`
    const found = people.get(key) ?? { instrumentId: t.instrumentId, first: null, second: null, pair: null }
    people.set(key, found)
    return found
  }
  for (const t of first!) at(t).first = seat(t)
  for (const t of second!) at(t).second = seat(t)
  for (const p of c.pairs) {
    const own = at(p)
    const { tier, hours } = helped.get(p)!
    own.first ??= seat({ ...p, measured: true })
    own.pair = { tier, dose: bandOf(hours) }
  }
  return [...people.values()]
}

async function residualsOf(c: Comparison): Promise<Residuals> {
  const titles = await frameworkTitles()
  return new Map(
    await Promise.all(
      c.links.map(async (link) => {
        const by = c.part === '4' ? 'domain' : 'indicator'
        const residuals = await indicatorResiduals(link.runId, [c.chosen.baseCode, c.chosen.code], by)
        const domains = by === 'domain' ? await domainTitlesOf(link.instrumentId) : null
        const titleOf = (code: string) => domains?.get(code) ?? titles.get(code)?.title ?? code
        return [link.instrumentId, { residuals, titleOf, subject: domains ? link.title : null }] as const
      }),
    ),
  )
}

const PART_WORDS: Record<string, string> = { '1': 'Pedagogik', '2': 'Kepribadian', '3': 'Sosial', '4': 'Profesional' }

/** What a draft is compared by. */
const headlinesOf = (view: GrowthView): Headline[] =>
  [view.total, ...view.regions, ...view.subjects].map((cell) => ({
    words: `${PART_WORDS[view.part]} · ${view.chosen.name} · ${cell.name}`,
    n: cell.n,
    value: cell.change?.raw.value ?? null,
  }))

type Made = { views: StoredView[]; groups: number; hidden: number; determined: string[]; schools: Map<string, SchoolPart> }

async function partOf(s: Snapshot, chosen: FollowUp, part: string, offices: Offices, names: Names): Promise<Made> {
  const c = await published(chosen, part)
  const name = views.nameOf(chosen.code, part)
  const helped = await supportOf(c)
  const [people, residuals, support, lots, practice, attendance] = await Promise.all([
    peopleOf(c, helped, offices),
    residualsOf(c),
    supportNames(),
    lotteryGrowth(c, s.hideBelow),
    practiceGrowth(c, s.hideBelow),
    store.attendanceOf(chosen.baseCode, chosen.code),
  ])
  const decision = decideGrowth(people, s.hideBelow)
  const circle = (reach: string, pairs: Pair[]): Circle => ({
    reach,
    pairs,
    telling: (kind, id) => ({ shown: decision.shown({ reach, kind, id }), counted: decision.counted({ reach, kind, id }) }),
  })
  // An office whose people sat both tests hears why nothing is told of them, where no link carries them.
  const twice = people.filter((p) => p.first && p.second)
  const concerned = new Set(twice.flatMap((p) => p.first!.reaches))
  const circles = [
    circle('', c.pairs),
    ...offices.flatMap((o) => {
      const own = c.pairs.filter((p) => reaching(o.scope, { regionId: p.regionId, schoolId: p.schoolId, levelCode: p.level }).length > 0)
      return own.length || concerned.has(o.key) ? [circle(o.key, own)] : []
    }),
  ]
  const made = circles.flatMap((of): StoredView[] => {
    const view = growthView(c, of, names, of.reach === '' ? attendance : null, s.hideBelow)
    const page = (kind: string, body: unknown): StoredView => ({ kind, reach: of.reach, name, body })
    return [
      page(views.growth, of.reach === '' ? { ...view, headlines: headlinesOf(view) } : view),
      page(views.indicators, indicatorGrowth(c, of, residuals)),
      page(views.support, supportGrowth({ pairs: of.pairs, errors: c.errors }, helped, support, of.telling, s.hideBelow, of.reach === '')),
      page(views.power, powerView(c, of, view)),
    ]
  })
  const input = c.pairs.map((p) => [p.firstAttempt, p.secondAttempt, p.before, p.after, p.seBefore, p.seAfter].join('|')).sort()
  return {
    ...decision,
    views: [
      ...made,
      { kind: views.lots, reach: '', name, body: lots },
      { kind: views.practice, reach: '', name, body: practice },
      // What went in: the base's tests stand in no row of this snapshot.
      {
        kind: views.input,
        reach: '',
        name,
        body: { pairs: input.length, sha256: createHash('sha256').update(input.join('\n')).digest('hex') },
      },
    ],
    schools: schoolsOf(c, new Set(twice.map((p) => p.first!.schoolId)), decision, s.hideBelow),
  }
}

/** Every school's line of a part, an empty one where no link carries its people: kept for its head, and for offices where it is published beside its kabupaten. */
function schoolsOf(c: Comparison, twice: ReadonlySet<string>, decision: Decision, hideBelow: number): Map<string, SchoolPart> {
  const pairs = groupBy(c.pairs, (p) => p.schoolId)
  return new Map(
    [...new Set([...pairs.keys(), ...twice])].map((id) => {
      const own = pairs.get(id) ?? []
      const group = { reach: '', kind: 'school', id } as const
      const part: SchoolPart = {
        part: c.part,
        // Expected values of one school alone would be drawn to its own mean: the raw change is told, with its interval.
        cell: growthCell('', '', own, c.errors, { shown: own.length >= hideBelow, counted: true }),
        forOffices: decision.shown(group),
        countedForOffices: decision.counted(group),
      }
      return [id, part] as const
    }),
  )
}

/** Computes and writes growth of a snapshot whose tests were taken down; answers what its audit has to say. */
async function makeGrowth(s: Snapshot, tell: Parameters<Figures>[1]) {
  const series = new Set(s.cycles.map((cycle) => cycle.code))
  const chosen = (await store.followUps()).filter((f) => series.has(f.code))
  const found = { groups: 0, hidden: 0, determined: [] as string[], views: 0 }
  if (!chosen.length) return found
  const [offices, allRegions, allSubjects] = await Promise.all([standingReaches(), regions(), subjects()])
  const names: Names = {
    regions: allRegions.map((r) => ({ id: r.id, code: r.kemendagriCode, name: r.shortName })),
    subjects: allSubjects.map((x) => ({ id: x.id, code: x.code, name: x.name })),
  }
  const index = chosen.map((f) => ({ code: f.code, name: f.name }))
  await addViews(s.id, [{ kind: views.index, reach: '', name: '', body: index }])
  for (const followUp of chosen) {
    const schools = new Map<string, SchoolPart[]>()
    for (const [at, part] of PARTS.entries()) {
      await tell(at, PARTS.length, `Perubahan ${followUp.name}, bagian ${part}`)
      const made = await partOf(s, followUp, part, offices, names)
      await addViews(
        s.id,
        made.views.filter((v) => v.body !== null),
      )
      found.views += made.views.length
      found.groups += made.groups
      found.hidden += made.hidden
      found.determined.push(...made.determined.map((key) => `perubahan ${followUp.code}|${part}|${key}`))
      for (const [id, own] of made.schools) schools.set(id, [...(schools.get(id) ?? []), own])
    }
    const cycles = [followUp.baseName, followUp.name]
    await addViews(
      s.id,
      [...schools].map(([id, parts]) => ({
        kind: views.school,
        reach: '',
        name: views.nameOf(followUp.code, id),
        body: { cycles, parts },
      })),
    )
  }
  return found
}

/** All that officials read of a snapshot: the map's figures, then growth, under one audit. */
export const figuresOfSnapshot: Figures = async (s, tell) => {
  const map = await makeFigures(s, tell)
  const growth = await makeGrowth(s, tell)
  return {
    reaches: map.reaches,
    cells: map.cells + growth.groups,
    audit: {
      ...map.audit,
      groups: map.audit.groups + growth.groups,
      hidden: map.audit.hidden + growth.hidden,
      determined: [...map.audit.determined, ...growth.determined],
    },
  }
}
