import { z } from 'zod'
import { act, allow, audit, openNamed } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import type { ResponseValue } from '@/lib/items/model'
import { settleAttempts } from '@/lib/delivery/inside'
import { correctionHistory, releaseCorrections } from '@/lib/instruments/inside'
import { inTransaction, pool, type Transaction } from '@/lib/platform/db'
import { enqueue, underWay } from '@/lib/platform/jobs'
import { takeTurn } from '@/lib/platform/turn-store'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { unratedCount } from '@/lib/rating/inside'
import { itemRows } from '@/lib/calibration/analysis-service'
import * as calibrations from '@/lib/calibration/inside'
import { ENGINE, measuredForms } from '@/lib/calibration/calibration-service'
import { difference, type Before } from './difference'
import { linkTarget } from '@/lib/calibration/link-service'
import { linkBehind, linkLimits, linksOf } from '@/lib/calibration/inside'
import { cutInForce, cutOn } from '@/lib/standards/cuts'
import { cutsOf } from '@/lib/standards/inside'
import { latentOfRun, populations } from './latent'
import { areaVarianceOf, measuresOf, takenRows } from './run-measures'
import { calibratedItems, referenceItems, runItems } from '@/lib/calibration/items-in-force'
import { recovery } from './recovery'
import { besideOfRun } from './beside-store'
import * as store from './run-store'
import type { Rules } from '@/lib/standards/rules-model'
import { untestedList, type Unfair } from '@/lib/calibration/untested-model'
import { currentRules, rulesOfVersions } from '@/lib/standards/inside'

/** Starts scoring everybody with a converged calibration and the cut in force. The run stays a draft until it is released. */
export async function startScoreRun(actor: Actor, calibrationId: string, now: Date): Promise<Result<string>> {
  allow(actor, 'calibration:run')
  return act(async (tx) => {
    await takeTurn(tx, 'score-run', calibrationId)
    if (z.uuid().safeParse(calibrationId).success)
      for (const run of await store.runsOfCalibration(calibrationId))
        if (run.state === 'computing' && (await underWay(run.id))) return ok(run.id)
    const prepared = await prepareScoreRun(calibrationId, now)
    if (!prepared.ok) return prepared
    await enqueue('score-run', { runId: prepared.value }, { id: prepared.value, createdBy: actor.userId })
    await audit(actor, 'calibration:run', `score_run:${prepared.value}`, { detail: { calibrationId } }, tx)
    return prepared
  })
}

/** A run of kind theta with its scale, not yet computed. */
export async function prepareScoreRun(calibrationId: string, now: Date): Promise<Result<string>> {
  const row = z.uuid().safeParse(calibrationId).success ? await calibrations.calibrationById(calibrationId) : null
  if (!row || row.state !== 'done') return refuse('state', 'Kalibrasi ini belum selesai. Skor yang berlaku tidak berubah.')
  if (!row.converged)
    return refuse('converged', 'Kalibrasi ini tidak konvergen, jadi tidak boleh dipakai untuk skor. Skor yang berlaku tidak berubah.')
  const [items, reference, cut, rules] = await Promise.all([
    calibratedItems(calibrationId),
    referenceItems(calibrationId),
    cutInForce(row.instrumentId, now),
    currentRules(),
  ])
  const corrections = await correctionHistory(items.map((i) => i.id))
  if (corrections.some((c) => c.createdAt > row.createdAt)) {
    return refuse(
      'stale',
      'Ada koreksi kunci sesudah kalibrasi ini, jadi kesukaran butirnya tidak berlaku lagi. Jalankan kalibrasi baru; skor yang berlaku tidak berubah.',
    )
  }
  const placed = await cutOn(cut, reference)
  if (placed === null)
    return refuse(
      'cut',
      'Batas kompeten tidak dapat diletakkan pada butir-butir ini: di luar jangkauannya, atau kurang dari separuh butir yang dinilai panel terkalibrasi. Tinjau penetapan batas; skor yang berlaku tidak berubah.',
    )
  const scaleId = await store.addScale(
    { calibrationId, cutScoreId: cut.id, thetaCut: placed.theta, thetaCutError: placed.error, sigma: Math.sqrt(row.latentVariance!) },
    now,
  )
  return ok(await store.addRun({ instrumentId: row.instrumentId, scaleId, ruleVersionId: rules.id, engine: ENGINE }, now))
}

/** The rules that a run was begun with. */
const rulesOf = async (run: store.RunRow): Promise<Rules> => (await rulesOfVersions([run.ruleVersionId])).get(run.ruleVersionId)!.rules

/** The background job: measures every closed attempt of the instrument and works out what the release would change. */
export async function performScoreRun(runId: string): Promise<void> {
  const run = await store.runById(runId)
  if (!run || run.state !== 'computing') return
  const [{ items, renewal }, reference, attempts, previous, rules] = await Promise.all([
    runItems(run.calibrationId),
    referenceItems(run.calibrationId),
    calibrations.attemptData(run.instrumentId, null),
    store.releasedRun(run.instrumentId),
    currentRules(),
  ])
  const forms = await measuredForms(
    attempts.map((a) => a.formId),
    run.createdAt,
  )
  const w = { run, items, renewal, reference, forms, notReached: (await rulesOf(run)).notReached }
  const taken = takenRows(attempts, w)
  const cycleOf = attempts.map((a) => a.cycleCode)
  const people = latentOfRun(taken.data, items, cycleOf, taken.enough, await store.spreadsOfKin(run.instrumentId))
  const population = populations(people, run)
  const areaVariance = areaVarianceOf(attempts, w, population, taken)
  const latent = people && { ...people, areaVariance }
  const measures = measuresOf(attempts, { ...w, areaVariance }, population, taken)
  const before = new Map<string, Before>(
    previous
      ? (await store.pointsOfRun(previous.id)).map((p) => [p.attemptId, { points: p.scale }])
      : (await store.rawPercents(run.instrumentId)).map((p) => [p.attemptId, { percent: p.percent }]),
  )
  const rows = attempts.flatMap((a, i) => (measures[i] ? [{ attemptId: a.attemptId, measure: measures[i] }] : []))
  const diff = difference(
    rules.rules,
    rows.map((r) => before.get(r.attemptId) ?? null),
    rows.map((r) => r.measure.scale),
    previous ? 'run' : 'raw',
  )
  await inTransaction(async (tx) => {
    // Whoever closed or changed meanwhile was measured from newer answers than were read above.
    await store.insertAbilities(tx, runId, rows, 'keep')
    await store.finishRun(tx, runId, diff, latent && { ...latent, beside: await besideOfRun(tx, runId) })
  })
}

/**
 * What the items of a calibration leave open, for which a release must answer: keys in doubt, and comparisons of groups that could not be
 * made.
 */
export async function openQuestions(calibrationId: string): Promise<{ doubtful: string[]; untested: Unfair[] }> {
  const row = await calibrations.calibrationById(calibrationId)
  const items = row?.state === 'done' ? await itemRows(row) : []
  const untested = new Map<string, string[]>()
  for (const item of items)
    for (const u of item.statistics.untested)
      if (u.comparison || u.reason === 'not-looked') {
        const name = u.comparison?.key ?? 'Semua kelompok'
        untested.set(name, [...(untested.get(name) ?? []), item.code])
      }
  return {
    doubtful: items.filter((i) => i.flags.some((f) => f.code === 'key' || f.code === 'negative')).map((i) => i.code),
    untested: [...untested].map(([comparison, codes]) => ({ comparison, codes })),
  }
}

/**
 * Makes a draft what people see; corrected keys that it used count for everybody from now on. While an item's key is in doubt, or its
 * fairness to some group could not be tested, the release needs a person's word in writing, which stays in the access log.
 */
export async function releaseScoreRun(actor: Actor, runId: string, reason: string, now: Date): Promise<Result<null>> {
  allow(actor, 'result:release')
  const id = z.uuid().safeParse(runId).success ? runId : null
  return act(async (tx) => (id ? releaseHeld(tx, actor, await store.holdRun(tx, id), reason, now) : notReleasable))
}

const notReleasable = refuse(
  'state',
  'Hanya skor yang sudah selesai dihitung dan belum dirilis yang dapat dirilis. Tidak ada yang berubah.',
)

/** Judges and releases a run whose instrument's runs are all held; the one that is released already answers as it did then. */
async function releaseHeld(tx: Transaction, actor: Actor, run: store.RunRow | null, reason: string, now: Date): Promise<Result<null>> {
  if (run?.state === 'released') return ok(null)
  if (!run || run.state !== 'draft') return notReleasable
  const { doubtful, untested } = await openQuestions(run.calibrationId)
  if (doubtful.length && reason.trim().length < 10) {
    return refuse(
      'flags',
      `Kunci ${doubtful.join(', ')} masih diragukan. Periksa kuncinya, atau tulis alasan mengapa skor tetap dirilis. Tidak ada yang berubah.`,
      ['reason'],
    )
  }
  const unrated = await unratedCount(run.instrumentId)
  if (unrated && reason.trim().length < 10)
    return refuse(
      'unrated',
      `${unrated} jawaban uraian masih menunggu penilai dan belum masuk skor. Tunggu sampai selesai dinilai, atau tulis alasan mengapa skor tetap dirilis. Tidak ada yang berubah.`,
      ['reason'],
    )
  const link = await linkBehind(run.calibrationId)
  if (link?.gate === 'closed' && reason.trim().length < 10)
    return refuse(
      'gate',
      'Gerbang tautan tertutup. Baca sebabnya pada kalibrasi ukur ulang, periksa butir jangkar dan tautkan ulang, atau tulis alasan mengapa skor tetap dirilis. Tidak ada yang berubah.',
      ['reason'],
    )
  if (untested.length && reason.trim().length < 10)
    return refuse(
      'untested',
      `Keadilan butir belum seluruhnya teruji: ${untestedList(untested)}. Tulis siapa yang menimbangnya dan mengapa skor tetap dirilis. Tidak ada yang berubah.`,
      ['reason'],
    )
  const corrected = await makePublic(run, actor.userId, now)
  if (corrected === null) return notReleasable
  const covered = (await store.pointsOfRun(run.id)).map((p) => p.attemptId)
  await settleAttempts(covered, now)
  if (corrected) await enqueue('rescore-raw', { instrumentId: run.instrumentId }, { createdBy: actor.userId })
  await audit(
    actor,
    'result:release',
    `score_run:${run.id}`,
    {
      count: covered.length,
      detail: {
        calibration: run.calibrationId,
        reason: reason.trim(),
        doubtful,
        unrated,
        gate: link?.gate ?? null,
        untested: Object.fromEntries(untested.map((u) => [u.comparison, u.codes.length])),
        ...run.diff?.crossed,
      },
    },
    tx,
  )
  return ok(null)
}

/** Releases a draft run; the number of key corrections that came into force, or null when it was no draft any more. */
export async function makePublic(run: store.RunRow, by: string | null, now: Date): Promise<number | null> {
  return inTransaction(async (tx) => {
    if (!(await store.releaseRun(tx, run, by, now))) return null
    return releaseCorrections(tx, run.instrumentId, run.createdAt, now)
  })
}

export type Measurable = {
  attempt: { id: string; formId: string; instrumentId: string; seed: number }
  responses: Record<string, ResponseValue>
  rated: ReadonlyMap<string, number>
}

/**
 * Measures closed or changed attempts with every run of their instrument that lives: the released one, and drafts, so that a release
 * covers everybody who is there when it happens. Each run counts by the keys that it was begun with.
 */
export async function measureAttempts(closed: readonly Measurable[]): Promise<void> {
  for (const instrumentId of new Set(closed.map((c) => c.attempt.instrumentId))) {
    const all = closed.filter((c) => c.attempt.instrumentId === instrumentId)
    const cycles = await calibrations.cyclesOf(all.map((c) => c.attempt.id))
    // Practice is marked and never measured.
    const own = all.filter((c) => cycles.has(c.attempt.id))
    const runs = own.length ? await store.livingRuns(instrumentId) : []
    for (const run of runs) {
      const { items, renewal } = await runItems(run.calibrationId)
      const forms = await measuredForms(
        own.map((c) => c.attempt.formId),
        run.createdAt,
      )
      const taken = own.map((c) => ({
        ...c.attempt,
        cycleCode: cycles.get(c.attempt.id)!,
        responses: c.responses,
        rated: Object.fromEntries(c.rated),
      }))
      const reference = await referenceItems(run.calibrationId)
      // A form whose items were never calibrated has no measure yet; the raw score stands alone and says so.
      const w = { run, items, renewal, reference, forms, notReached: (await rulesOf(run)).notReached }
      const areaVariance = run.latent?.areaVariance ?? 0
      const measures = measuresOf(taken, { ...w, areaVariance }, populations(run.latent, run))
      const rows = own.flatMap((c, i) => (measures[i] ? [{ attemptId: c.attempt.id, measure: measures[i] }] : []))
      if (rows.length) await store.insertAbilities(pool(), run.id, rows, run.state === 'released' ? 'update-unless-admitted' : 'update')
    }
  }
}

/** The calibrations screen: what can be calibrated, and every run so far. */
export async function calibrationHome(actor: Actor) {
  allow(actor, 'calibration:run')
  const [instruments, counts, tested, runs, released, limits] = await Promise.all([
    calibrations.instrumentsForAnalysis(),
    calibrations.attemptCounts(),
    calibrations.peopleByInstrument(),
    calibrations.calibrations(null),
    store.releasedRuns(),
    linkLimits(),
  ])
  const cycles = [...new Map(counts.map((c) => [c.cycleCode, c.cycleName]))].map(([code, name]) => ({ code, name }))
  return { instruments, counts, tested, cycles, runs, released, limits }
}

/** One calibration with its score runs and what stands against a release. */
export async function calibrationPage(actor: Actor, id: string) {
  allow(actor, 'calibration:run')
  const row = z.uuid().safeParse(id).success ? await calibrations.calibrationById(id) : null
  if (!row) return null
  const [parameters, runs, questions, cut, behind, links, target, unrated] = await Promise.all([
    calibrations.parametersOf(id),
    store.runsOfCalibration(id),
    openQuestions(id),
    cutsOf(row.instrumentId),
    linkBehind(id),
    linksOf(id),
    linkTarget(row, store.releasedRun),
    unratedCount(row.instrumentId),
  ])
  const codes = new Map(parameters.map((p) => [p.itemVersionId, p.itemCode]))
  return { row, parameters: parameters.length, codes, runs, ...questions, unrated, cut: cut[0] ?? null, behind, links, target }
}

/** Estimated against simulated ability in every released run: only where the demonstration left the truth. */
export async function recoveryReport(actor: Actor) {
  allow(actor, 'calibration:run')
  const runs = await store.releasedRuns()
  const rows = await Promise.all(runs.map(async (run) => ({ run, found: recovery(await store.truthPairs(run.id)) })))
  return rows.flatMap(({ run, found }) => (found ? [{ run, found }] : []))
}

/** Person by person what a draft would change, for those who release results; the look is logged. */
export async function scoreMoves(actor: Actor, runId: string) {
  allow(actor, 'result:release')
  const run = z.uuid().safeParse(runId).success ? await store.runById(runId) : null
  if (!run || run.state !== 'draft') return null
  const [previous, { rules }] = await Promise.all([store.releasedRun(run.instrumentId), currentRules()])
  const rows = await store.movesOf(runId, previous?.id ?? null)
  await openNamed(actor, 'score-moves', 'result:release', `score_run:${runId}`, rows, (r) => r.teacherId)
  return { run, rules, rows }
}
