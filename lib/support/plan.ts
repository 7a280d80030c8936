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
export function modulesOf(
  reading: Reading,
  found: TierFound,
  rules: TierRules,
  modules: readonly Module[],
  subject: string | null,
): { module: Module; code: string; thin: boolean }[] {
  const tier = rules.tiers.find((t) => t.key === found.tier)!
  const thin = thinAreas(reading, rules)
  const wanted = thin.length > 0 ? thin : [...reading.areas].sort((a, b) => a.percent - b.percent || (a.code < b.code ? -1 : 1)).slice(0, 1)
  const taken: { module: Module; code: string; thin: boolean }[] = []
  for (const area of wanted) {
    if (taken.length === tier.modules) break
    const candidates = modulesFor(area.code, subject, modules)
    const place = (m: Module) => {
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

/**
 * The steps of a whole plan, one module after the other with one session a week from the first learning day. A module
 * that could not end by `until` (a fortnight before the next test) is left out: better little than a plan nobody can keep.
 */
export function proposeSteps(
  chosen: readonly { module: Module; part: string; code: string; thin: boolean }[],
  titleOf: (code: string) => string,
  from: string,
  until: string,
  learningDay: number,
): ProposedStep[] {
  const steps: ProposedStep[] = []
  let next = Date.parse(`${firstLearningDay(from, learningDay)}T00:00:00Z`)
  for (const { module, part, code, thin } of chosen) {
    const due = next + (module.sessions - 1) * WEEK_MS
    if (iso(due) > until) continue
    steps.push({
      module: module.code,
      part,
      code,
      why: thin ? `${titleOf(code)} adalah area penguatan Anda.` : `${titleOf(code)} adalah area yang paling memberi ruang untuk tumbuh.`,
      startsOn: iso(next),
      dueOn: iso(due),
    })
    next = due + WEEK_MS
  }
  return steps
}
