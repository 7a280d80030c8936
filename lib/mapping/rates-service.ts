import { allow } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { groupBy } from '@/lib/platform/group'
import { rulesInForce } from '@/lib/standards/service'
import { rateKindNames, type RateKind } from './rates-model'
import { mayReadAnalysis } from '@/lib/scoring/service'
import { reachRows, type ReachRow } from './rates-store'
import { hideSmall } from './suppress'

/** How much of a test was left open or not reached, by what could be the cause. */

/** Of one cycle, form, venue or device; no figures where the group is small or would tell a small one. Shares in percent of all items. */
export type AnswerRate = {
  kind: RateKind
  name: string
  n: number | null
  /** Skipped on the way, and after the last answer. */
  omitted: number | null
  notReached: number | null
  /** Persons with fewer than half of the items answered: not measured. */
  few: number | null
}

const nameOf: Record<RateKind, (r: ReachRow) => string> = {
  cycle: (r) => r.cycle,
  form: (r) => r.form,
  venue: (r) => r.venue,
  device: (r) => (r.userAgent === null ? 'tidak diketahui' : /Android|iPhone|iPad|Mobile/i.test(r.userAgent) ? 'ponsel' : 'komputer'),
}

/** Rates of an instrument by cycle, form, venue and device, of results that are shown to people; empty where nothing was counted yet. */
export async function answerRates(actor: Actor, code: string): Promise<AnswerRate[]> {
  allow(actor, 'analysis:read')
  if (!(await mayReadAnalysis(actor, code))) return []
  const [rows, { rules }] = await Promise.all([reachRows(code), rulesInForce()])
  return (Object.keys(rateKindNames) as RateKind[]).flatMap((kind) => {
    const groups = [...groupBy(rows, nameOf[kind])].sort(([a], [b]) => a.localeCompare(b, 'id'))
    const hidden = hideSmall(
      groups.map(([, own]) => own.length),
      rules.hideBelow,
    )
    return groups.map(([name, own], i): AnswerRate => {
      if (hidden[i]) return { kind, name, n: null, omitted: null, notReached: null, few: null }
      const sum = (f: (r: ReachRow) => number) => own.reduce((s, r) => s + f(r), 0)
      const all = sum((r) => r.items)
      return {
        kind,
        name,
        n: own.length,
        omitted: (100 * sum((r) => r.reached - r.answered)) / all,
        notReached: (100 * sum((r) => r.items - r.reached)) / all,
        few: sum((r) => Number(r.answered * 2 < r.items)),
      }
    })
  })
}
