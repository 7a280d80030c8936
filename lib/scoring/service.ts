import { act, allow, audit } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { attemptsByIds, attemptsOfSeats, markScored, responsesOfMany, settleAttempts, unscoredAttemptIds } from '@/lib/delivery/service'
import { correctedScoring, frameworkTitles, scoringItems, type FormItemRow } from '@/lib/instruments/service'
import type { ResponseValue } from '@/lib/items/model'
import { ratedShares } from '@/lib/rating/service'
import { isCounted, isShownToPeople } from '@/lib/sittings/release'
import { seatsFor, type SeatRow } from '@/lib/sittings/service'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { logged, told, type Tell } from '@/lib/platform/rows'
import { together } from '@/lib/platform/together'
import { Rules, type ScoreRow } from './model'
import { closedAttemptIds, releasedAbilities, releasedRuns } from './measure-store'
import { measureAttempts } from './measure-service'
import { combine, ownMeasure, type Combined, type OwnMeasure } from './own-measure'
import { isUnrated, rawScores } from './raw'
import * as store from './store'

type Marked = {
  attempt: Awaited<ReturnType<typeof attemptsByIds>>[number]
  items: FormItemRow[]
  responses: Record<string, ResponseValue>
  rated: Map<string, number>
}

/** Marks closed attempts by item type with the rules and corrected keys in force; what each was marked from. Open ones are left out. */
async function markRaw(ids: string[]): Promise<Marked[]> {
  const attempts = (await attemptsByIds([...new Set(ids)])).filter((a) => a.state === 'closed')
  if (attempts.length === 0) return []
  const forms = [...new Set(attempts.map((a) => a.formId))]
  const [frozen, given, rules] = await Promise.all([
    Promise.all(forms.map(scoringItems)),
    responsesOfMany(attempts.map((a) => a.id)),
    store.currentRules(),
  ])
  const corrected = await correctedScoring([...new Set(frozen.flat().map((i) => i.itemVersionId))], false)
  const items = new Map(
    forms.map((id, f) => [
      id,
      frozen[f]!.map((i) => (corrected.has(i.itemVersionId) ? { ...i, scoring: corrected.get(i.itemVersionId)! } : i)),
    ]),
  )
  // Only forms with extended responses have anything from raters.
  const judged = attempts.filter((a) => items.get(a.formId)!.some((i) => i.type === 'extended'))
  const rated = await ratedShares(judged.map((a) => a.id))
  const marked = attempts.map((attempt) => ({
    attempt,
    items: items.get(attempt.formId)!,
    responses: given.get(attempt.id) ?? {},
    rated: rated.get(attempt.id) ?? new Map<string, number>(),
  }))
  await store.replaceScores(
    marked.map((m) => ({
      attemptId: m.attempt.id,
      since: m.attempt.unscoredSince,
      rows: rawScores(m.items, new Map(Object.entries(m.responses)), m.rated),
    })),
    rules.id,
    new Date(),
  )
  return marked
}

/** Scores many closed attempts, raw and by the released runs of their instruments, and takes the mark of waiting away. */
async function scoreAttempts(ids: string[]): Promise<undefined[]> {
  const marked = await markRaw(ids)
  await measureAttempts(marked)
  const waiting = marked.flatMap(({ attempt }) => (attempt.unscoredSince ? [{ attemptId: attempt.id, since: attempt.unscoredSince }] : []))
  if (waiting.length) await markScored(waiting)
  return ids.map(() => undefined)
}

const AT_A_TIME = 40

/**
 * Scores a closed attempt. Called when an attempt closes, and again when late answers change it; many that close in the same
 * moment are scored together.
 */
export const scoreAttempt: (attemptId: string) => Promise<void> = together(scoreAttempts, { most: AT_A_TIME, alone: true })

/**
 * Scores what was closed or changed at least a minute ago and still waits. One that cannot be scored keeps its mark, is told of and stops
 * nobody. Run by the job clock; returns how many were scored.
 */
export async function scoreWaiting(now: Date, tell: Tell = logged): Promise<number> {
  const waiting = await unscoredAttemptIds(new Date(now.getTime() - 60_000))
  const ends = await Promise.allSettled(waiting.map(scoreAttempt))
  ends.forEach((end, i) => {
    if (end.status === 'rejected') told(tell, `attempt:${waiting[i]}`, end.reason)
  })
  return ends.filter((end) => end.status === 'fulfilled').length
}

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

/** Puts a new version of the settings into force; older results keep theirs. */
export async function changeRules(actor: Actor, input: unknown, note: string): Promise<Result<null>> {
  allow(actor, 'rules:manage')
  const parsed = Rules.safeParse(input)
  if (!parsed.success)
    return refuse('input', 'Ada isian yang belum benar: batas 0–100, nama jenjang sedikitnya tiga huruf, bobot antara 0 dan 1.')
  const rules = parsed.data
  if (rules.levels[0]!.from !== 0) return refuse('levels', 'Jenjang pertama harus dimulai dari 0.')
  if (rules.levels.some((l, i) => i > 0 && l.from <= rules.levels[i - 1]!.from)) return refuse('levels', 'Batas jenjang harus menaik.')
  if (rules.scaleLevels[0]!.from > 200 || rules.scaleLevels.some((l, i) => i > 0 && l.from <= rules.scaleLevels[i - 1]!.from)) {
    return refuse('scale', 'Jenjang pada skala harus dimulai dari 200 atau kurang dan batasnya menaik.')
  }
  if (Math.abs(Object.values(rules.weights).reduce((a, b) => a + b, 0) - 1) > 1e-9)
    return refuse('weights', 'Jumlah bobot harus tepat 1 (100 persen).')
  if (rules.hatchBelow < rules.hideBelow) return refuse('small', 'Batas arsir tidak boleh di bawah batas sembunyi.')
  if (note.trim().length < 5) return refuse('note', 'Tulis dasar perubahannya, misalnya nomor surat.')
  return act(async (tx) => {
    if (!(await store.addRules(rules, note.trim(), actor.userId, new Date()))) return ok(null)
    await audit(actor, 'rules:manage', 'rules', { detail: { note } }, tx)
    return ok(null)
  })
}

/** Marks every closed attempt of an instrument anew after a key correction came into force; the released run has measured them already. */
export async function rescoreRaw(instrumentId: string): Promise<void> {
  const ids = await closedAttemptIds(instrumentId)
  for (let at = 0; at < ids.length; at += AT_A_TIME) await markRaw(ids.slice(at, at + AT_A_TIME))
}

export { removeScores } from './store'
export { stateWords } from './own-measure'
export type { Combined, OwnMeasure } from './own-measure'
export * from './calibration-service'
export * from './analysis-service'
export {
  calibrationHome,
  calibrationPage,
  performScoreRun,
  prepareScoreRun,
  recoveryReport,
  releaseScoreRun,
  scoreMoves,
  startScoreRun,
} from './measure-service'
export { linksInForce, performLink, prepareLink, startLink, type LinkRow } from './link-service'
export { indicatorResiduals } from './indicator-service'
export * from './panel-service'
export * from './assembly-service'
export { itemReach, leakItem } from './leak-service'
export { formsPage, makePracticeForm } from './practice-service'
export type { FormSummary } from './test-summary'
export { decideLate, lateByCycle, lateList, type LateRow } from './late-service'
