import { allow } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { toDateInput } from '@/lib/platform/format'
import { heldBack, type OwnLot } from './lottery-model'
import { lotsOfTeacher } from './lottery-store'
import type { TierFound, TierRules } from './model'
import { alternativesFor, dayAfter, fitsBetween, layOut, proposalOn, Quota, weekStep, type WeekStep } from './plan'
import { profileOf, whyArea, type Profile } from './profile'
import { areaTitles, readings, tiersOf } from './own-readings'
import type { PlacedReading } from './readings-store'
import * as store from './store'

/** The plan as its teacher meets it today: days that lie ahead, reasons that agree with the result, and what a step may be exchanged for. */

const WEEK_MS = 7 * 86_400_000
/** Six months lie between two tests; a plan ends a fortnight before the next one. */
export const UNTIL_RETEST_MS = 26 * WEEK_MS
const REST_MS = 2 * WEEK_MS

/** The last day on which a step may end. */
export function lastDay(cycleStart: Date, now: Date): string {
  const retest = cycleStart.getTime() + UNTIL_RETEST_MS
  return toDateInput(new Date(Math.max(retest, now.getTime() + UNTIL_RETEST_MS / 2) - REST_MS))
}

export type Other = { code: string; title: string; mode: string; hours: number; area: string; areaTitle: string; why: string }
export type OwnStep = store.StepRow & {
  module: store.ModuleRow
  areaTitle: string
  /** False where a proposed step cannot be held before the next test any more. */
  held: boolean
  /** The lottery that the step is in. */
  lot: OwnLot | null
  others: Other[]
}
export type OwnPlan = {
  plan: store.PlanRow
  /** Support in each competency by the latest results, whatever the plan was made from. */
  tiers: TierFound[]
  steps: OwnStep[]
  week: WeekStep<OwnStep>
  /** The cycle of a later result than the one this plan was made from; null when it is the newest. */
  newer: string | null
  areaTitles: Record<string, string>
  /** Lotteries of steps of earlier plans: a promised place does not end with the plan that it was made in. */
  earlierLots: OwnLot[]
}

type Known = {
  plan: store.PlanRow
  rules: TierRules
  own: PlacedReading[]
  profiles: Map<string, Profile>
  catalogue: store.ModuleRow[]
  quota: Quota
  steps: (store.StepRow & { module: store.ModuleRow; held: boolean; lot: OwnLot | null })[]
  earlierLots: OwnLot[]
  until: string
  now: Date
}

/** A teacher's plan with everything that its days, reasons and alternatives follow from; null when none was proposed yet. */
export async function knownPlan(teacherId: string, now: Date): Promise<Known | null> {
  const plan = await store.planOfTeacher(teacherId)
  if (!plan) return null
  const [rows, catalogue, own, rule, seats, lots] = await Promise.all([
    store.stepsOfPlan(plan.id),
    store.modules(),
    readings({ teacherId }),
    store.tierRuleInForce(),
    store.agreedSeats(),
    lotsOfTeacher(teacherId),
  ])
  if (!rule) throw new Error('No tier rule is in force.')
  const byCode = new Map(catalogue.map((m) => [m.code, m]))
  const until = lastDay(new Date(Math.max(0, ...own.map((r) => r.cycleStart.getTime()))), now)
  const today = toDateInput(now)
  const steps = rows.map((s) => ({
    ...s,
    module: byCode.get(s.moduleCode)!,
    held: true,
    lot: lots.find((l) => l.stepId === s.id) ?? null,
  }))
  // A place of the second group stands on its promised day, whenever the next test is.
  const promised = (s: (typeof steps)[number]) => heldBack(s.lot, today) === 'turn'
  const moved = proposalOn(
    steps.filter((s) => !promised(s)),
    today,
    until,
    rule.rules.learningDay,
  )
  return {
    plan,
    rules: rule.rules,
    own,
    profiles: new Map(own.map((r) => [r.part, profileOf(r, rule.rules)])),
    catalogue,
    quota: new Quota(catalogue, seats),
    steps: plan.state === 'proposed' ? steps.map((s) => moved.find((m) => m.id === s.id) ?? s) : steps,
    earlierLots: lots.filter((l) => l.place !== 'certain' && !rows.some((s) => s.id === l.stepId)),
    until,
    now,
  }
}

const whyNow = (k: Known, part: string, code: string, titleOf: (code: string) => string): string => {
  const p = k.profiles.get(part)
  const found = p && [...p.strengths, ...p.needs, ...p.unclear].find((a) => a.code === code)
  return whyArea(titleOf(code), found?.state ?? null)
}

/** More than this many choices help nobody. */
const MOST_SHOWN = 5

/** What a step may be exchanged for today, each with its reason: modules that are open, can still be held and, unless asked otherwise, have seats. */
export function othersOf(
  k: Known,
  step: Known['steps'][number],
  titleOf: (code: string) => string,
  seats: 'free' | 'full too' = 'free',
): Other[] {
  const from = step.startsOn > toDateInput(k.now) ? step.startsOn : dayAfter(toDateInput(k.now))
  // A step that is not taken leaves its module and its area free for others.
  const kept = k.steps.filter((s) => s.state !== 'dropped' || s.id === step.id)
  const taken = { modules: new Set(kept.map((s) => s.moduleCode)), codes: new Set(kept.map((s) => s.code)) }
  const open = k.catalogue.filter(
    (m) =>
      m.active &&
      (seats === 'full too' || k.quota.isFree(m.code)) &&
      fitsBetween(m, from, k.until) &&
      layOut([m], from, k.until, k.rules.learningDay)[0] !== null,
  )
  const subject = k.own.find((r) => r.part === step.part)?.subject ?? null
  const found = alternativesFor(step, k.profiles.get(step.part) ?? null, open, taken, subject)
  return found.slice(0, seats === 'free' ? MOST_SHOWN : undefined).map((a) => ({
    code: a.module.code,
    title: a.module.title,
    mode: a.module.mode,
    hours: a.module.hours,
    area: a.code,
    areaTitle: titleOf(a.code),
    why: a.sameArea ? `Modul lain untuk ${titleOf(a.code)}.` : whyArea(titleOf(a.code), a.state),
  }))
}

/** The actor's own plan with everything its page shows; null when none was proposed yet. */
export async function ownPlan(actor: Actor, now = new Date()): Promise<OwnPlan | null> {
  allow(actor, 'plan:own')
  const [k, titleOf] = await Promise.all([actor.teacherId ? knownPlan(actor.teacherId, now) : null, areaTitles()])
  if (!k) return null
  const steps = k.steps.map((s) => ({
    ...s,
    areaTitle: titleOf(s.code),
    why: whyNow(k, s.part, s.code, titleOf),
    others: s.state === 'done' || s.state === 'dropped' ? [] : othersOf(k, s, titleOf),
  }))
  const tiers = tiersOf(k.own, k.rules)
  const latest = k.own
    .filter((r) => tiers.some((t) => t.part === r.part))
    .reduce<PlacedReading | null>((a, b) => (a && a.cycleStart >= b.cycleStart ? a : b), null)
  return {
    plan: k.plan,
    tiers,
    steps,
    week: weekStep(
      steps.filter((s) => s.held),
      toDateInput(now),
    ),
    newer: latest && latest.cycleCode !== k.plan.cycleCode ? latest.cycleCode : null,
    earlierLots: k.earlierLots,
    areaTitles: Object.fromEntries([...steps.map((s) => s.code), ...tiers.flatMap((t) => t.thin)].map((c) => [c, titleOf(c)])),
  }
}
