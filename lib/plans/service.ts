import type { Decided } from '@/lib/scoring/ground-model'
import { decidedBy } from '@/lib/scoring/inside'
import { isDeepStrictEqual } from 'node:util'
import { faultsOf } from '@/lib/platform/faults'
import { z } from 'zod'
import { act, allow, audit, openNamed, reaching, schoolIdsOf } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { frameworkTitles } from '@/lib/instruments/inside'
import { groupBy } from '@/lib/platform/group'
import { hideSmall, hideTable } from '@/lib/mapping/suppress'
import { enqueue, latestJob, underWay } from '@/lib/platform/jobs'
import { takeTurn } from '@/lib/platform/turn-store'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { overtaken } from '@/lib/platform/seen'
import { regions, schoolById, subjects } from '@/lib/roster/service'
import { rulesInForce } from '@/lib/standards/service'
import { modulesFor } from './catalogue'
import { ruleFromFields, shippedTierRules, type RuleFields, type TierRules } from './model'
import { modulesOf } from './plan'
import { readings, tiersOf } from './own-readings'
import * as store from './store'
import { reached, tierOf, type Reached } from './tiers'

/** Tiers of support and the catalogue of modules, as the programme office sees them. */

export type { TierRuleRow, ModuleRow, SchoolPlanRow, StepRow } from './store'
export { acceptOwnPlan, askForPlan, changeOwnStep, retestOn } from './plan-service'
export { ownPlan, type OwnPlan, type OwnStep } from './own-plan'
export { ownProfiles, type AreaLine, type OwnProfile } from './own-readings'
export { answerObjection, object, objections, ownObjections, type ObjectionRow } from './objection-service'
export {
  announceLottery,
  cancelLottery,
  drawLottery,
  lotteryDesk,
  lotteryTrial,
  type LotteryDesk,
  type LotteryTrial,
} from './lottery-service'
export { classes, noteClass, openClasses, type ClassesView, type CohortRow } from './cohort-service'

/** The rule in force; a new installation starts with the shipped one. */
export async function tierRules(): Promise<store.TierRuleRow> {
  const found = await store.tierRuleInForce()
  if (found) return found
  await store.addTierRule(shippedTierRules, 'Bawaan sistem', true, null, new Date())
  return (await store.tierRuleInForce())!
}

export async function tierRuleHistory(actor: Actor): Promise<store.TierRuleRow[]> {
  allow(actor, 'support:manage')
  await tierRules()
  return store.tierRuleVersions()
}

/** Puts a changed rule in force as the version after the one that was `seen`. Plans that teachers accepted keep the version they were made by. */
export async function changeTierRules(actor: Actor, fields: RuleFields, note: string, seen: number, now: Date): Promise<Result<number>> {
  allow(actor, 'support:manage')
  const parsed = ruleFromFields(fields)
  if (!parsed.success) {
    const first = parsed.error.issues[0]
    const own = first?.code === 'custom' ? first.message : 'Ada isian yang kosong atau di luar batas.'
    return refuse('rules', `${own} Aturan lama tetap berlaku; perbaiki lalu simpan lagi.`)
  }
  if (note.trim().length < 5) return refuse('note', 'Tuliskan dasar perubahan, misalnya nomor surat. Aturan lama tetap berlaku.')
  return act(async (tx) => {
    await takeTurn(tx, 'tier-rule', '')
    const before = await tierRules()
    await store.addTierRule(parsed.data, note.trim(), false, actor.userId, now)
    const { version } = (await store.tierRuleInForce())!
    if (version === before.version) return ok(version)
    const late = overtaken(seen, { version: before.version, at: before.createdAt })
    if (late) return late
    await audit(actor, 'support:manage', `tier_rule:${version}`, { detail: { note: note.trim() } }, tx)
    return ok(version)
  })
}

/** Tiers that tables tell together, the most support first; mostly each alone. */
export type TierGroup = { tiers: number[]; name: string }
/** One kabupaten or subject: how many in each group of tiers, null where that is hidden; no counts at all where the whole place is. */
export type TierCounts = { key: string; name: string; n: (number | null)[]; total: number; hours: number; rupiah: number }
type TierSums = { key: string; name: string; n: number[]; hours: number; rupiah: number }

const sumOf = (n: readonly number[]) => n.reduce((a, b) => a + b, 0)

/**
 * A tier of few people is told together with its neighbour in every table: beside totals even a nought of it would tell where they are.
 * `totals`: people in each tier, once for every table.
 */
function tierGroups(names: readonly string[], totals: readonly number[][], hideBelow: number): TierGroup[] {
  const groups = names.map((_, t) => [t])
  const isFew = (tiers: readonly number[]) => totals.map((of) => sumOf(tiers.map((t) => of[t]!))).some((n) => n > 0 && n < hideBelow)
  for (let at = groups.findIndex(isFew); at >= 0 && groups.length > 1; at = groups.findIndex(isFew)) {
    const from = Math.max(0, at - 1)
    groups.splice(from, 2, groups.slice(from, from + 2).flat())
  }
  return groups.map((tiers) => ({ tiers, name: tiers.map((t) => names[t]!).join(' atau ') }))
}

/** Places by group of tiers with small ones hidden: first whole places, then cells within those that stay. */
function hideTiers(sums: readonly TierSums[], groups: readonly TierGroup[], hideBelow: number): TierCounts[] {
  const rows = sums.map((r) => ({ ...r, n: groups.map((g) => sumOf(g.tiers.map((t) => r.n[t]!))) }))
  const totals = rows.map((r) => sumOf(r.n))
  const hiddenRows = hideSmall(totals, hideBelow)
  const hidden = hideTable(
    groups.map((_, g) => rows.map((r) => r.n[g]!)),
    hideBelow,
    hiddenRows,
  )
  return rows
    .map((r, i) =>
      hiddenRows[i]
        ? { ...r, n: [], total: 0, hours: 0, rupiah: 0 }
        : { ...r, n: r.n.map((n, g) => (hidden[g]![i] ? null : n)), total: totals[i]! },
    )
    .sort((a, b) => a.name.localeCompare(b.name, 'id'))
}

export type TierEffect = {
  part: string
  tiers: { key: string; name: string; n: number; hours: number; rupiah: number; near: number }[]
  groups: TierGroup[]
  byRegion: TierCounts[]
  bySubject: TierCounts[]
  n: number
  hideBelow: number
  /** Whom the rule reaches, and whom its other reading would; null where there are too few to tell. */
  reach: { own: Reached[]; other: Reached[] } | null
}

/**
 * What a rule would do, on the results as they are: teachers in each tier with the hours and rupiah of the modules the rule
 * would propose for this competency, in total, by kabupaten and by subject. Small groups carry no counts, nor does what would tell them.
 * Closed together with what the cuts and tests behind them carry.
 */
export async function tierEffect(actor: Actor, rules: TierRules, part: string): Promise<Decided<TierEffect>> {
  const scope = allow(actor, 'support:read')
  const [all, catalogue, regionList, subjectList, { rules: scoring }] = await Promise.all([
    readings({ scope, part }),
    store.modules(),
    regions(),
    subjects(),
    rulesInForce(),
  ])
  const open = catalogue.filter((m) => m.active)
  const place = new Map(rules.tiers.map((t, i) => [t.key, i]))
  const tiers = rules.tiers.map((t) => ({ key: t.key, name: t.name, n: 0, hours: 0, rupiah: 0, near: 0 }))
  const sums = { region: new Map<string, TierSums>(), subject: new Map<string, TierSums>() }
  const names = {
    region: new Map(regionList.map((r) => [r.kemendagriCode, r.shortName])),
    subject: new Map(subjectList.map((s) => [s.code, s.name])),
  }
  let n = 0
  for (const r of all) {
    n++
    const found = tierOf(r, rules)
    const i = place.get(found.tier)!
    const chosen = modulesOf(r, found, rules, open, r.subject)
    const hours = chosen.reduce((s, c) => s + c.module.hours, 0)
    const rupiah = chosen.reduce((s, c) => s + c.module.cost, 0)
    const tier = tiers[i]!
    tier.n++
    tier.hours += hours
    tier.rupiah += rupiah
    if (found.near) tier.near++
    for (const [kind, key] of [['region', r.regionCode] as const, ['subject', r.subject] as const]) {
      if (!key) continue
      const row = sums[kind].get(key) ?? { key, name: names[kind].get(key) ?? key, n: rules.tiers.map(() => 0), hours: 0, rupiah: 0 }
      row.n[i]!++
      row.hours += hours
      row.rupiah += rupiah
      sums[kind].set(key, row)
    }
  }
  const told = Object.values(sums).map((of) => tiers.map((_, t) => sumOf([...of.values()].map((r) => r.n[t]!))))
  const groups = tierGroups(
    tiers.map((t) => t.name),
    told,
    scoring.hideBelow,
  )
  const effect: TierEffect = {
    part,
    tiers,
    groups,
    byRegion: hideTiers([...sums.region.values()], groups, scoring.hideBelow),
    bySubject: hideTiers([...sums.subject.values()], groups, scoring.hideBelow),
    n,
    hideBelow: scoring.hideBelow,
    reach:
      n < scoring.hideBelow
        ? null
        : { own: reached(all, rules), other: reached(all, { ...rules, reading: rules.reading === 'kind' ? 'loss' : 'kind' }) },
  }
  return decidedBy(effect, { part })
}

/** Queues the proposals for the whole province. */
export async function startPlans(actor: Actor): Promise<Result<string>> {
  allow(actor, 'support:manage')
  return act(async (tx) => {
    await takeTurn(tx, 'propose-plans', '')
    const last = await latestJob('propose-plans')
    if (last && (await underWay(last.id))) return ok(last.id)
    await tierRules()
    const id = await enqueue('propose-plans', {}, { createdBy: actor.userId })
    await audit(actor, 'support:manage', 'plans', { detail: { job: id } }, tx)
    return ok(id)
  })
}

/** The newest run of the proposals, whoever started it; null when there was none. */
export async function proposalJob(actor: Actor) {
  allow(actor, 'support:manage')
  return latestJob('propose-plans')
}

/** Kabupaten of few plans, and whichever would tell them, are `hidden` and carry no counts. */
export type ProgressView = {
  total: { plans: number; accepted: number; steps: number; done: number; hours: number; planned: number }
  regions: (ProgressView['total'] & { code: string; name: string; hidden: boolean })[]
}

/** How far plans have come, by kabupaten/kota, inside the actor's reach. */
export async function progress(actor: Actor): Promise<ProgressView> {
  const scope = allow(actor, 'support:read')
  const [rows, regionList] = await Promise.all([store.progressBySchool(scope), regions()])
  const names = new Map(regionList.map((r) => [r.kemendagriCode, r.shortName]))
  const zero = () => ({ plans: 0, accepted: 0, steps: 0, done: 0, hours: 0, planned: 0 })
  const total = zero()
  const byRegion = new Map<string, ProgressView['total']>()
  for (const row of rows) {
    const own = byRegion.get(row.regionCode) ?? zero()
    for (const key of Object.keys(total) as (keyof typeof total)[]) {
      own[key] += row[key]
      total[key] += row[key]
    }
    byRegion.set(row.regionCode, own)
  }
  const { rules } = await rulesInForce()
  const hidden = hideSmall(
    [...byRegion.values()].map((r) => r.plans),
    rules.hideBelow,
  )
  return {
    total,
    regions: [...byRegion]
      .map(([code, sums], i) => ({ code, name: names.get(code) ?? code, ...(hidden[i] ? zero() : sums), hidden: hidden[i]! }))
      .sort((a, b) => a.name.localeCompare(b.name, 'id')),
  }
}

/** Plans of one school by name, for its head: the school that is asked for, else the first that the actor heads. */
export async function schoolPlans(actor: Actor, asked?: string): Promise<store.SchoolPlanRow[]> {
  const scope = allow(actor, 'support:read')
  const ids = schoolIdsOf(scope)
  const id = asked ? ids.find((i) => i === asked) : ids[0]
  const school = id ? await schoolById(id) : null
  if (!school) return []
  const place = { regionId: school.regionId, schoolId: school.id, levelCode: school.level.code }
  const head = reaching(scope, place).find((g) => g.schoolId === school.id)
  if (!head) return []
  const [plans, rule] = await Promise.all([store.plansOfSchool(school.id), tierRules()])
  const own = groupBy(await readings({ teacherIds: plans.map((p) => p.teacherId) }), (r) => r.teacherId)
  // The tier that the teacher reads on her own pages, not that of the day on which the plan was made.
  const shown = plans.map((p) => ({ ...p, tiers: tiersOf(own.get(p.teacherId) ?? [], rule.rules) }))
  return openNamed(actor, 'school-plans', 'support:read', `school:${id}`, shown, (p) => p.teacherId, { role: head.role })
}

export async function catalogue(actor: Actor): Promise<store.ModuleRow[]> {
  allow(actor, 'support:read')
  return store.modules()
}

const ModuleChange = z.object({
  link: z.union([z.literal(''), z.url({ protocol: /^https?$/ })]),
  capacity: z.union([z.literal(''), z.coerce.number().int().min(1).max(5_000)]),
  startsOn: z.union([z.literal(''), z.iso.date()]),
  endsOn: z.union([z.literal(''), z.iso.date()]),
  cost: z.coerce.number().int().min(0).max(20_000_000),
  provider: z.string().trim().min(3).max(120),
  active: z.boolean(),
  /** When the module that lay before the person was changed last, ms. */
  seen: z.coerce.number().int().min(0).default(0),
})

/** What BGTK sets on a module: where it is found, when, how many, what it costs. */
export async function changeModule(actor: Actor, code: string, input: unknown, now: Date): Promise<Result<null>> {
  allow(actor, 'support:manage')
  const parsed = ModuleChange.safeParse(input)
  if (!parsed.success)
    return refuse('module', 'Periksa isian: tautan diawali http, kuota 1–5.000, biaya dalam rupiah. Modul tidak diubah.', faultsOf(parsed))
  const c = parsed.data
  if (c.startsOn && c.endsOn && c.endsOn < c.startsOn)
    return refuse('dates', 'Tanggal selesai mendahului tanggal mulai. Modul tidak diubah.', ['endsOn'])
  const day = (text: string) => (text ? new Date(`${text}T00:00:00Z`) : null)
  const { seen, ...fields } = {
    ...c,
    link: c.link || null,
    capacity: c.capacity === '' ? null : c.capacity,
    startsOn: day(c.startsOn),
    endsOn: day(c.endsOn),
  }
  return act(async (tx) => {
    await takeTurn(tx, 'catalogue', '')
    const standing = (await store.modules()).find((m) => m.code === code)
    if (!standing) return refuse('not-found', 'Modul itu tidak ada.')
    const { link, capacity, startsOn, endsOn, cost, provider, active } = standing
    if (isDeepStrictEqual({ link, capacity, startsOn, endsOn, cost, provider, active }, fields)) return ok(null)
    const late = overtaken(seen, { version: standing.updatedAt.getTime(), at: standing.updatedAt })
    if (late) return late
    await store.changeModule(code, fields, now)
    await audit(actor, 'support:manage', `module:${code}`, { detail: { active: c.active } }, tx)
    return ok(null)
  })
}

/** Indicators and content domains of the competencies with tiers that no open module reaches: gaps of the catalogue. */
export async function catalogueGaps(actor: Actor): Promise<string[]> {
  allow(actor, 'support:manage')
  const [list, framework, domains, subjectList] = await Promise.all([store.modules(), frameworkTitles(), store.domainTitles(), subjects()])
  const open = list.filter((m) => m.active)
  const ofSubject = new Set(subjectList.map((s) => s.code))
  const areas: [string, string | null][] = [
    ...[...framework].flatMap(([code, f]): [string, null][] =>
      f.kind === 'indicator' && (code.startsWith('1.') || code.startsWith('3.')) ? [[code, null]] : [],
    ),
    ...domains.flatMap(({ code }): [string, string][] => (ofSubject.has(code.split(':')[0]!) ? [[code, code.split(':')[0]!]] : [])),
  ]
  return areas.flatMap(([code, subject]) => (modulesFor(code, subject, open).length === 0 ? [code] : [])).sort()
}
