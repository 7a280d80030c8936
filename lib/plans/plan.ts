import type { Module } from './catalogue'
import { modulesFor } from './catalogue'
import type { Reading, StepState, TierFound, TierRules } from './model'
import { profileOf, whyArea, type AreaState, type Profile } from './profile'

/** A plan as the rule proposes it: few modules, the thinnest areas first, on Hari Belajar Guru. */

export type ProposedStep = { module: string; part: string; code: string; why: string; startsOn: string; dueOn: string }

const DAY_MS = 86_400_000
const WEEK_MS = 7 * DAY_MS
const iso = (time: number) => new Date(time).toISOString().slice(0, 10)

/** The first learning day on or after `from` (a day as YYYY-MM-DD). */
export function firstLearningDay(from: string, learningDay: number): string {
  const start = Date.parse(`${from}T00:00:00Z`)
  const weekday = new Date(start).getUTCDay()
  return iso(start + ((learningDay - weekday + 7) % 7) * DAY_MS)
}

export type Chosen<M extends Module = Module> = { module: M; code: string; state: AreaState }

/**
 * Modules for one competency: for each area to work on, needs first (or, where there is none, the thinnest area that is no strength, or
 * else the thinnest), the most specific module in a mode of the tier; a module is taken once. At most `tier.modules`.
 */
export function modulesOf<M extends Module>(
  reading: Reading,
  found: TierFound,
  rules: TierRules,
  modules: readonly M[],
  subject: string | null,
): Chosen<M>[] {
  const tier = rules.tiers.find((t) => t.key === found.tier)!
  const { work, unclear, strengths } = profileOf(reading, rules)
  const wanted = work.length > 0 ? work : [...unclear, ...strengths.toReversed()].slice(0, 1)
  const taken: Chosen<M>[] = []
  for (const area of wanted) {
    if (taken.length === tier.modules) break
    const candidates = modulesFor(area.code, subject, modules)
    const place = (m: M) => {
      const i = tier.modes.indexOf(m.mode)
      return i < 0 ? tier.modes.length : i
    }
    // Only modes of the tier; the order of modes in the tier is the order of preference among equally specific modules.
    const fitting = candidates.filter((m) => tier.modes.includes(m.mode) && !taken.some((t) => t.module.code === m.code))
    const best = fitting.sort((a, b) => place(a) - place(b))[0] ?? candidates.find((m) => !taken.some((t) => t.module.code === m.code))
    if (best) taken.push({ module: best, code: area.code, state: area.state })
  }
  return taken
}

/** A module that is held on certain days only. */
type Dated = Module & { startsOn?: Date | null; endsOn?: Date | null }

/** Seats still free in modules with a quota; taking one away is remembered. */
export class Quota {
  private readonly left = new Map<string, number>()

  /** `taken`: how many already agreed to each module. */
  constructor(modules: readonly { code: string; capacity: number | null }[], taken: ReadonlyMap<string, number>) {
    for (const m of modules) if (m.capacity !== null) this.left.set(m.code, m.capacity - (taken.get(m.code) ?? 0))
  }
  isFree(code: string): boolean {
    return (this.left.get(code) ?? Infinity) > 0
  }
  take(code: string): void {
    const left = this.left.get(code)
    if (left !== undefined) this.left.set(code, left - 1)
  }
}

/** Whether a module can be held between these days at all. */
export const fitsBetween = (m: Dated, from: string, until: string): boolean =>
  (!m.endsOn || iso(m.endsOn.getTime()) >= from) && (!m.startsOn || iso(m.startsOn.getTime()) <= until)

/** First and last session of one module, as days; null where it cannot be held any more. */
export type Days = { startsOn: string; dueOn: string } | null

/**
 * Days for modules one after the other, one session a week from the first learning day on or after `from`. A module that could not end
 * by `until` (a fortnight before the next test), or by its own last day, gets none: better little than a plan nobody can keep. A
 * module with a first day of its own waits for it.
 */
export function layOut(modules: readonly Dated[], from: string, until: string, learningDay: number): Days[] {
  let next = Date.parse(`${firstLearningDay(from, learningDay)}T00:00:00Z`)
  return modules.map((module) => {
    const opens = module.startsOn ? Date.parse(`${firstLearningDay(iso(module.startsOn.getTime()), learningDay)}T00:00:00Z`) : next
    const begins = Math.max(next, opens)
    const due = begins + (module.sessions - 1) * WEEK_MS
    if (iso(due) > until || (module.endsOn && due > module.endsOn.getTime())) return null
    next = due + WEEK_MS
    return { startsOn: iso(begins), dueOn: iso(due) }
  })
}

/** The steps of a whole plan; modules that cannot be held in time are left out. */
export function proposeSteps(
  chosen: readonly { module: Dated; part: string; code: string; state: AreaState }[],
  titleOf: (code: string) => string,
  from: string,
  until: string,
  learningDay: number,
): ProposedStep[] {
  const days = layOut(
    chosen.map((c) => c.module),
    from,
    until,
    learningDay,
  )
  return chosen.flatMap(({ module, part, code, state }, i) => {
    const held = days[i]
    return held ? [{ module: module.code, part, code, why: whyArea(titleOf(code), state), ...held }] : []
  })
}

/** The day after a day. */
export const dayAfter = (day: string): string => iso(Date.parse(`${day}T00:00:00Z`) + DAY_MS)

type Planned = { state: StepState; startsOn: string; dueOn: string; module: Dated }

/**
 * A proposal as it stands on `today`: a plan begins after it is agreed, so one whose first day has come by is laid out anew from the next
 * learning day. `held` is false for a step that cannot be held in time any more. Only for plans that nobody has agreed to yet.
 */
export function proposalOn<S extends Planned>(
  steps: readonly S[],
  today: string,
  until: string,
  learningDay: number,
): (S & { held: boolean })[] {
  const open = steps.filter((s) => s.state === 'proposed')
  const first = open.reduce((min, s) => (s.startsOn < min ? s.startsOn : min), '9999-12-31')
  const from = first > today ? first : dayAfter(today)
  const days = layOut(
    open.map((s) => s.module),
    from,
    until,
    learningDay,
  )
  const of = new Map(open.map((s, i) => [s, days[i]!] as const))
  return steps.map((s) => {
    const found = of.get(s)
    return found === undefined ? { ...s, held: true } : { ...s, ...found, held: found !== null }
  })
}

/** What a plan asks for in the week of `today` (Monday to Sunday). */
export type WeekStep<S> =
  | { when: 'now' | 'later' | 'behind'; step: S }
  /** Nothing is open any more. */
  | { when: 'done'; step: null }

/** The step with a session in this week; else the next one to come; else one whose last day has gone by without being finished. */
export function weekStep<S extends { state: StepState; startsOn: string; dueOn: string }>(steps: readonly S[], today: string): WeekStep<S> {
  const at = Date.parse(`${today}T00:00:00Z`)
  const monday = at - ((new Date(at).getUTCDay() + 6) % 7) * DAY_MS
  const [first, last] = [iso(monday), iso(monday + 6 * DAY_MS)]
  const open = steps.filter((s) => s.state !== 'done' && s.state !== 'dropped')
  const byStart = [...open].sort((a, b) => (a.startsOn < b.startsOn ? -1 : a.startsOn > b.startsOn ? 1 : 0))
  const now = byStart.find((s) => s.startsOn <= last && s.dueOn >= first)
  if (now) return { when: 'now', step: now }
  const later = byStart.find((s) => s.startsOn > last)
  if (later) return { when: 'later', step: later }
  return byStart[0] ? { when: 'behind', step: byStart[0] } : { when: 'done', step: null }
}

export type Alternative<M extends Module> = { module: M; code: string; sameArea: boolean; state: AreaState | null }

/**
 * What a step may be exchanged for: other modules for its own area first, then one for each further area of the competency that needs
 * work or that the test leaves open. `modules` are those that can still be held; whatever the plan holds already (`taken`) is left out.
 */
export function alternativesFor<M extends Module>(
  step: { code: string },
  profile: Profile | null,
  modules: readonly M[],
  taken: { modules: ReadonlySet<string>; codes: ReadonlySet<string> },
  subject: string | null,
): Alternative<M>[] {
  const free = modules.filter((m) => !taken.modules.has(m.code))
  const areas = profile ? [...profile.work, ...profile.unclear.filter((u) => !profile.work.includes(u))] : []
  const all = [...areas, ...(profile?.strengths ?? [])]
  const same = modulesFor(step.code, subject, free).map((module) => ({
    module,
    code: step.code,
    sameArea: true,
    state: all.find((a) => a.code === step.code)?.state ?? null,
  }))
  const found: Alternative<M>[] = same
  for (const area of areas) {
    if (area.code === step.code || taken.codes.has(area.code)) continue
    const other = modulesFor(area.code, subject, free).find((m) => !found.some((f) => f.module.code === m.code))
    if (other) found.push({ module: other, code: area.code, sameArea: false, state: area.state })
  }
  return found
}
