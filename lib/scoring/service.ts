import { faultsOf } from '@/lib/platform/faults'
import { act, allow, audit } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { attemptsOfSeats, responsesOfMany, settleAttempts } from '@/lib/delivery/inside'
import { frameworkTitles, scoringItems } from '@/lib/instruments/inside'
import { ratedShares } from '@/lib/rating/inside'
import { isCounted, isShownToPeople } from '@/lib/sittings/release'
import { seatsFor, type SeatRow } from '@/lib/sittings/service'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { overtaken } from '@/lib/platform/seen'
import { Rules, type ScoreRow } from './model'
import { releasedAbilities, releasedRuns } from './measure-store'
import { combine, ownMeasure, type Combined, type OwnMeasure } from './own-measure'
import { isUnrated } from './raw'
import * as store from './store'

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

/** Results of the actor's own parts, where the sitting's release rule allows: those that count first, the newest test on top. */
export async function ownResults(
  actor: Actor,
): Promise<{ parts: PartResult[]; combined: { seatId: string; result: Combined; shipped: boolean }[]; rules: store.RuleVersionRow }> {
  allow(actor, 'result:own')
  const seats = await seatsFor(actor)
  const rules = await store.currentRules()
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
  const [judgedBy, unrated] = await Promise.all([store.rulesOfVersions(runs.map((r) => r.ruleVersionId)), unratedResponses(real)])
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
    const result = newest ? combine(new Map(measured), newest.rules) : null
    return result ? [{ seatId: seat.id, result, shipped: newest!.shipped }] : []
  })
  return { parts, combined, rules }
}

export const rulesInForce = store.currentRules

export async function ruleHistory(actor: Actor) {
  allow(actor, 'rules:manage')
  return store.ruleVersions()
}

/** Puts a new version of the settings into force after the one that was `seen`; older results keep theirs. */
export async function changeRules(actor: Actor, input: unknown, note: string, seen: number): Promise<Result<null>> {
  allow(actor, 'rules:manage')
  const parsed = Rules.safeParse(input)
  if (!parsed.success && parsed.error.issues.every((i) => i.path[0] === 'competentLevel'))
    return refuse('competent', 'Pilih mulai jenjang mana guru disebut kompeten. Aturan lama tetap berlaku.', ['competentLevel'])
  if (!parsed.success)
    return refuse(
      'input',
      'Ada isian yang belum benar: batas 0–100, nama jenjang sedikitnya tiga huruf, bobot antara 0 dan 1.',
      faultsOf(parsed, { weights: 'weight', levels: 'level', scaleLevels: 'scale', 'composite.floor': 'compositeFloor' }),
    )
  const rules = parsed.data
  if (rules.competentLevel >= rules.levels.length)
    return refuse('competent', 'Pilih mulai jenjang mana guru disebut kompeten. Aturan lama tetap berlaku.', ['competentLevel'])
  if (rules.levels[0]!.from !== 0) return refuse('levels', 'Jenjang pertama harus dimulai dari 0.', ['level-0-from'])
  if (rules.levels.some((l, i) => i > 0 && l.from <= rules.levels[i - 1]!.from))
    return refuse('levels', 'Batas jenjang harus menaik.', ['level-1-from'])
  if (rules.scaleLevels[0]!.from > 200 || rules.scaleLevels.some((l, i) => i > 0 && l.from <= rules.scaleLevels[i - 1]!.from)) {
    return refuse('scale', 'Jenjang pada skala harus dimulai dari 200 atau kurang dan batasnya menaik.', ['scale-0-from'])
  }
  if (Math.abs(Object.values(rules.weights).reduce((a, b) => a + b, 0) - 1) > 1e-9)
    return refuse('weights', 'Jumlah bobot harus tepat 1 (100 persen).', ['weight-1'])
  if (rules.hatchBelow < rules.hideBelow) return refuse('small', 'Batas arsir tidak boleh di bawah batas sembunyi.', ['hatchBelow'])
  if (note.trim().length < 5) return refuse('note', 'Tulis dasar perubahannya, misalnya nomor surat.')
  return act(async (tx) => {
    const before = await store.holdRules(tx)
    if (!(await store.addRules(rules, note.trim(), actor.userId, new Date()))) return ok(null)
    const late = overtaken(seen, { version: before.version, at: before.createdAt })
    if (late) return late
    await audit(actor, 'rules:manage', 'rules', { detail: { note } }, tx)
    return ok(null)
  })
}

export { stateWords } from './own-measure'
export type { Combined, OwnMeasure } from './own-measure'
export { cancelCalibration, startCalibration } from './calibration-service'
export {
  analysisList,
  analysisSheet,
  analysisView,
  itemAnalysis,
  itemCycles,
  mayReadAnalysis,
  type AnalysisListRow,
  type Flag,
  type ItemRow,
} from './analysis-service'
export { calibrationHome, calibrationPage, recoveryReport, releaseScoreRun, scoreMoves, startScoreRun } from './measure-service'
export { startLink, type LinkRow } from './link-service'
export {
  advancePanel,
  createPanel,
  decideCut,
  decisionLimits,
  judgePanel,
  myPanels,
  panelHome,
  panelMethodNames,
  panelMethods,
  panelPage,
  panelStateNames,
  FEWEST_JUDGES,
  placeBookmark,
  rateItem,
  reliabilityWords,
  type Impact,
  type JudgeView,
  type PanelMethod,
  type PanelResult,
  type PanelRow,
  type PanelState,
  type Spread,
} from './panel-service'
export { assemblies, assemblyPage, confirmAssembly, startAssembly, swapItem, type FormReport } from './assembly-service'
export { itemReach, leakItem } from './leak-service'
export { formsPage, makePracticeForm } from './practice-service'
export type { FormSummary } from './test-summary'
export { decideLate, lateByCycle, lateList, type LateRow } from './late-service'
