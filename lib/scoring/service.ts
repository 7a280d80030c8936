import { allow } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { attemptsOfSeats, responsesOfMany, settleAttempts } from '@/lib/delivery/inside'
import { frameworkTitles, scoringItems } from '@/lib/instruments/inside'
import { ratedShares } from '@/lib/rating/inside'
import { isCounted, isShownToPeople } from '@/lib/sittings/release'
import { seatsFor, type SeatRow } from '@/lib/sittings/service'
import type { ScoreRow } from './model'
import type { Reach } from '@/lib/calibration/reach-model'
import type { Rules } from '@/lib/standards/rules-model'
import { currentRules, rulesOfVersions, type RuleVersionRow } from '@/lib/standards/inside'
import { releasedAbilities, releasedRuns } from './run-store'
import { combine, type Combined } from './combined'
import { ownMeasure, type OwnMeasure } from './own-measure'
import { isUnrated } from '@/lib/rating/model'
import * as store from './score-store'

export type PartResult = {
  attemptId: string
  seat: SeatRow
  part: string
  released: boolean
  /** False for practice, which says nothing about a person: no measure, no strength, no need, no queue of raters. */
  counted: boolean
  closedAt: Date | null
  closeReason: string | null
  total: ScoreRow | null
  /** Percents as they are; what they say of a person is said by `profileOf` of support alone. */
  indicators: ScoreLine[]
  domains: ScoreLine[]
  /** Null until a calibration of this instrument is released: then the raw score stands alone and says so. */
  measure: OwnMeasure | null
  /** Extended responses that raters still judge: not in the score yet. */
  unrated: number
  /** What was answered and reached of the form; null of what was marked before it was counted. */
  reach: Reach | null
  /** What the measure makes of items that were not reached; null without one. */
  notReached: Rules['notReached'] | null
}
export type ScoreLine = ScoreRow & { title: string }

/** How many extended responses of each attempt its raters have not judged yet; attempts without any are left out. */
async function unratedResponses(attempts: { id: string; formId: string }[]): Promise<Map<string, number>> {
  const essays = new Map(
    await Promise.all(
      [...new Set(attempts.map((a) => a.formId))].map(
        async (id) => [id, (await scoringItems(id)).filter((i) => i.type === 'extended')] as const,
      ),
    ),
  )
  const concerned = attempts.filter((a) => essays.get(a.formId)!.length)
  if (!concerned.length) return new Map()
  const ids = concerned.map((a) => a.id)
  const [given, rated] = await Promise.all([responsesOfMany(ids), ratedShares(ids)])
  return new Map(
    concerned.map((a) => [
      a.id,
      essays.get(a.formId)!.filter((i) => isUnrated(i, given.get(a.id)?.[i.itemVersionId], rated.get(a.id) ?? new Map())).length,
    ]),
  )
}

const reachOfTotal = (total: store.CurrentScore | undefined): Reach | null =>
  total && total.answered !== null && total.reached !== null
    ? { items: total.items, answered: total.answered, reached: total.reached }
    : null

/** Results of the actor's own parts, where the sitting's release rule allows: those that count first, the newest test on top. */
export async function ownResults(
  actor: Actor,
): Promise<{ parts: PartResult[]; combined: { seatId: string; result: Combined; shipped: boolean }[]; rules: RuleVersionRow }> {
  allow(actor, 'result:own')
  const seats = await seatsFor(actor)
  const rules = await currentRules()
  const attempts = (await attemptsOfSeats(seats.map((s) => s.id))).filter((a) => a.state === 'closed')
  // Before anything is read: a result that its teacher has seen is moved by nothing that arrives later.
  const shown = attempts.filter(
    (a) => !a.settledAt && seats.some((s) => s.id === a.seatId && (s.releaseRule === 'immediate' || s.releasedAt)),
  )
  if (shown.length)
    await settleAttempts(
      shown.map((a) => a.id),
      new Date(),
    )
  const real = attempts.filter((a) => seats.some((s) => s.id === a.seatId && isCounted(s)))
  const [scores, titles, abilities, runs] = await Promise.all([
    store.scoresOf(attempts.map((a) => a.id)),
    frameworkTitles(),
    releasedAbilities(real.map((a) => a.id)),
    releasedRuns(),
  ])
  const [judgedBy, unrated] = await Promise.all([rulesOfVersions(runs.map((r) => r.ruleVersionId)), unratedResponses(real)])
  const parts: PartResult[] = []
  for (const a of attempts) {
    const seat = seats.find((s) => s.id === a.seatId)!
    const released = isShownToPeople(seat)
    const own = released ? scores.filter((s) => s.attemptId === a.id) : []
    const total = own.find((s) => s.scope === 'total') ?? null
    const domainTitles = released
      ? new Map((await scoringItems(a.formId)).map((i) => [i.domainCode, i.domainTitle]))
      : new Map<string, string>()
    const lines = (scope: ScoreRow['scope'], name: (code: string) => string): ScoreLine[] =>
      own
        .filter((s) => s.scope === scope)
        .map((s) => ({ ...s, title: name(s.scopeCode) }))
        .sort((x, y) => y.percent - x.percent)
    const indicators = lines('indicator', (c) => titles.get(c)?.title ?? c)
    const ability = released ? abilities.find((x) => x.attemptId === a.id) : undefined
    const run = ability && runs.find((r) => r.id === ability.runId)
    parts.push({
      attemptId: a.id,
      seat,
      part: a.competencyCode,
      released,
      counted: isCounted(seat),
      closedAt: a.closedAt,
      closeReason: a.closeReason,
      total,
      indicators,
      domains: lines('domain', (c) => domainTitles.get(c) ?? c),
      unrated: unrated.get(a.id) ?? 0,
      reach: reachOfTotal(own.find((s) => s.scope === 'total')),
      notReached: (run && judgedBy.get(run.ruleVersionId)?.rules.notReached) ?? null,
      measure: ability && run ? ownMeasure(ability, run, a.competencyCode) : null,
    })
  }
  // The newest test first: the page begins with it, and practice never stands before a result.
  parts.sort((x, y) => Number(y.counted) - Number(x.counted) || y.seat.opensAt.getTime() - x.seat.opensAt.getTime())
  const combined = seats.flatMap((seat) => {
    const own = attempts.filter(
      (a) => a.seatId === seat.id && parts.some((p) => p.seat.id === seat.id && p.part === a.competencyCode && p.measure),
    )
    const measured = own.flatMap((a) => abilities.filter((x) => x.attemptId === a.id).map((x) => [a.competencyCode, x] as const))
    // The newest rules by which one of the parts was scored: a changed policy counts with the next released score run.
    const newest = measured
      .map(([, x]) => judgedBy.get(runs.find((r) => r.id === x.runId)!.ruleVersionId)!)
      .sort((x, y) => y.version - x.version)[0]
    const behind = new Map(measured.map(([part, x]) => [part, runs.find((r) => r.id === x.runId)!]))
    const result = newest ? combine(new Map(measured), newest.rules, behind) : null
    return result ? [{ seatId: seat.id, result, shipped: newest!.shipped }] : []
  })
  return { parts, combined, rules }
}

export { groundLines } from './ground-service'
export { stateWords } from './own-measure'
export type { Combined } from './combined'
export type { OwnMeasure } from './own-measure'
export { analysisList, analysisSheet, analysisView, itemAnalysis, mayReadAnalysis, panelPage, startLink } from './released-service'
export { calibrationHome, calibrationPage, recoveryReport, releaseScoreRun, scoreMoves, startScoreRun } from './run-service'
export { decideLate, lateByCycle, lateList, type LateRow } from './late-service'
