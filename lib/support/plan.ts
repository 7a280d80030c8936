import type { Module } from './catalogue'
import { modulesFor } from './catalogue'
import type { Reading, TierFound, TierRules } from './model'
import { thinAreas } from './tiers'

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

/**
 * Modules for one competency: for each thin area (or, where none is thin, the thinnest one) the most specific module in a mode
 * of the tier; a module is taken once. At most `tier.modules`.
 */
export function modulesOf<M extends Module>(
  reading: Reading,
  found: TierFound,
  rules: TierRules,
  modules: readonly M[],
  subject: string | null,
): { module: M; code: string; thin: boolean }[] {
  const tier = rules.tiers.find((t) => t.key === found.tier)!
  const thin = thinAreas(reading, rules)
  const wanted = thin.length > 0 ? thin : [...reading.areas].sort((a, b) => a.percent - b.percent || (a.code < b.code ? -1 : 1)).slice(0, 1)
  const taken: { module: M; code: string; thin: boolean }[] = []
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
    if (best) taken.push({ module: best, code: area.code, thin: thin.length > 0 })
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

/**
 * The steps of a whole plan, one module after the other with one session a week from the first learning day. A module
 * that could not end by `until` (a fortnight before the next test), or by its own last day, is left out: better little than a
 * plan nobody can keep. A module with a first day of its own waits for it.
 */
export function proposeSteps(
  chosen: readonly { module: Dated; part: string; code: string; thin: boolean }[],
  titleOf: (code: string) => string,
  from: string,
  until: string,
  learningDay: number,
): ProposedStep[] {
  const steps: ProposedStep[] = []
  let next = Date.parse(`${firstLearningDay(from, learningDay)}T00:00:00Z`)
  for (const { module, part, code, thin } of chosen) {
    const opens = module.startsOn ? Date.parse(`${firstLearningDay(iso(module.startsOn.getTime()), learningDay)}T00:00:00Z`) : next
    const begins = Math.max(next, opens)
    const due = begins + (module.sessions - 1) * WEEK_MS
    if (iso(due) > until || (module.endsOn && due > module.endsOn.getTime())) continue
    steps.push({
      module: module.code,
      part,
      code,
      why: thin ? `${titleOf(code)} adalah area penguatan Anda.` : `${titleOf(code)} adalah area yang paling memberi ruang untuk tumbuh.`,
      startsOn: iso(begins),
      dueOn: iso(due),
    })
    next = due + WEEK_MS
  }
  return steps
}
