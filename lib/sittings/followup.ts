import { groupBy } from '@/lib/platform/group'
import { DAYS_TO_FOLLOW_UP } from './model'

/** The arithmetic of a follow-up cycle. Pure. */

const DAY_MS = 86_400_000

/** Half a year later on the same day of the week, "2026-04-18" for 18 October 2025. */
export const proposedStart = (base: Date): string => new Date(base.getTime() + DAYS_TO_FOLLOW_UP * DAY_MS).toISOString().slice(0, 10)

/** Milliseconds from the base's first day to the new one. */
export const shiftDays = (base: Date, startsOn: string): number =>
  Math.round((Date.parse(`${startsOn}T00:00:00Z`) - base.getTime()) / DAY_MS) * DAY_MS

/** People in an order in which neighbours differ by `kind` as long as there are both: so that parallel forms lie side by side. */
export function alternate<T>(list: readonly T[], kind: (item: T) => string | null): T[] {
  const waiting = [...groupBy(list, kind).values()]
  const out: T[] = []
  for (let i = 0; out.length < list.length; i++) for (const queue of waiting) if (i < queue.length) out.push(queue[i]!)
  return out
}

export type FormChoice = {
  formId: string
  code: string
  instrumentId: string
  title: string
  competencyCode: string
  items: number
  /** Items that the base cycle also used: the anchors. */
  anchors: number
  /** Items that the teachers for whom this form is meant have already seen. */
  seen: number
  /** Teachers of the base whose form it answers. */
  seats: number
}

type Candidate = {
  formId: string
  code: string
  label: string | null
  instrumentId: string
  title: string
  competencyCode: string
  items: number
}

/**
 * Forms for the re-test: for every form of the base the parallel form that its takers have seen least of and that still shares
 * items with what others saw. Two anchor sets are thereby swapped: whoever saw set A meets set B, which is new to them.
 */
export function nextForms(
  candidates: readonly Candidate[],
  given: readonly { formId: string; seats: number }[],
  overlap: (a: string, b: string) => number,
): FormChoice[] {
  const chosen = new Map<string, FormChoice>()
  for (const instrumentId of new Set(candidates.map((c) => c.instrumentId))) {
    const own = candidates.filter((c) => c.instrumentId === instrumentId)
    const parallel = own.some((c) => c.label) ? own.filter((c) => c.label) : own
    const before = given.filter((g) => own.some((c) => overlap(c.formId, g.formId) > 0))
    for (const g of before) {
      // A form that shares nothing with the base cannot be linked; one that the takers know too well measures memory.
      const linkable = parallel.filter((c) => before.some((b) => overlap(c.formId, b.formId) > 0))
      const best = [...linkable].sort((x, y) => overlap(x.formId, g.formId) - overlap(y.formId, g.formId) || (x.code < y.code ? -1 : 1))[0]
      if (!best) continue
      const stands = chosen.get(best.formId)
      const seen = overlap(best.formId, g.formId)
      chosen.set(best.formId, {
        formId: best.formId,
        code: best.code,
        instrumentId,
        title: best.title,
        competencyCode: best.competencyCode,
        items: best.items,
        anchors: Math.max(...before.map((b) => overlap(best.formId, b.formId))),
        seen: Math.max(seen, stands?.seen ?? 0),
        seats: g.seats + (stands?.seats ?? 0),
      })
    }
  }
  return [...chosen.values()]
}
