import { faultsOf } from '@/lib/platform/faults'
import { z } from 'zod'
import { act, allow, audit } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { correctedScoring, instrumentByCode, scoringItems } from '@/lib/instruments/inside'
import { enqueue, reportProgress, underWay } from '@/lib/platform/jobs'
import { takeTurn } from '@/lib/platform/turn-store'
import { log } from '@/lib/platform/log'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { problem, type Outcome } from '@/lib/psychometrics/problem'
import type { AnalysisInput, InstrumentAnalysis } from './analyse-instrument'
import * as store from './store'
import { analysisInput, type MeasuredItem } from './response-matrix'
import { FEWEST_PERSONS, settingsFor } from './measurement-rule'

/** Written into every record; raised whenever the engine's numbers could change. */
export const ENGINE = 'petaguru-irt 2'

/** Runs an analysis somewhere (a thread in the worker, in place in a script); `heard` may answer false to cancel. */
export type Compute = (input: AnalysisInput, heard: (stage: string, share: number) => boolean) => Promise<Outcome<InstrumentAnalysis>>

/** Items of these forms with the scoring in force; `drafts` also counts corrections that are not released yet, all or up to a moment. */
export async function measuredForms(formIds: Iterable<string>, drafts: boolean | Date): Promise<Map<string, MeasuredItem[]>> {
  const forms = new Map<string, MeasuredItem[]>()
  for (const formId of new Set(formIds)) {
    const items = await scoringItems(formId)
    const corrected = await correctedScoring(
      items.map((i) => i.itemVersionId),
      drafts,
    )
    forms.set(
      formId,
      items.map((i) => ({
        itemVersionId: i.itemVersionId,
        content: i.content,
        scoring: corrected.get(i.itemVersionId) ?? i.scoring,
        stimulusId: i.stimulusId,
        area: i.nodeCode.startsWith('4') ? i.domainCode : i.nodeCode.split('.').slice(0, 2).join('.'),
      })),
    )
  }
  return forms
}

const Request = z.object({ instrument: z.string().min(1), cycles: z.array(z.string()).min(1) })

/** Puts a calibration of one instrument on the chosen cycles into the queue; returns its id. */
export async function startCalibration(actor: Actor, input: unknown, now: Date): Promise<Result<string>> {
  allow(actor, 'calibration:run')
  const parsed = Request.safeParse(input)
  if (!parsed.success)
    return refuse('input', 'Pilih instrumen dan sedikitnya satu siklus. Belum ada yang dihitung.', faultsOf(parsed, { cycles: 'cycle' }))
  const instrument = await instrumentByCode(parsed.data.instrument)
  if (!instrument) return refuse('instrument', 'Instrumen itu tidak ada. Belum ada yang dihitung.')
  return act(async (tx) => {
    await takeTurn(tx, 'calibration', instrument.id)
    const wanted = JSON.stringify([...parsed.data.cycles].sort())
    for (const row of await store.calibrations(instrument.id))
      if (['waiting', 'running'].includes(row.state) && JSON.stringify([...row.cycleCodes].sort()) === wanted && (await underWay(row.id)))
        return ok(row.id)
    const prepared = await addCalibration(instrument, parsed.data.cycles, actor.userId, now)
    if (!prepared.ok) return prepared
    await enqueue('calibrate', { calibrationId: prepared.value }, { id: prepared.value, createdBy: actor.userId })
    await audit(actor, 'calibration:run', `calibration:${prepared.value}`, { detail: parsed.data }, tx)
    return prepared
  })
}

/** Records the wish with the settings that the rules choose; without a job, for scripts that compute at once. */
export async function addCalibration(
  instrument: { id: string; competencyCode: string },
  cycles: string[],
  createdBy: string | null,
  now: Date,
): Promise<Result<string>> {
  const counts = (await store.attemptCounts()).filter((c) => c.instrumentId === instrument.id && cycles.includes(c.cycleCode))
  const n = counts.reduce((s, c) => s + c.n, 0)
  if (n < FEWEST_PERSONS) {
    return refuse(
      'few',
      `Baru ${n} orang menyelesaikan instrumen ini pada siklus itu; kalibrasi memerlukan sedikitnya ${FEWEST_PERSONS}. Hasil tetap ditampilkan sebagai skor mentah.`,
    )
  }
  const settings = settingsFor(instrument.competencyCode, await store.fewestMeetings(instrument.id, cycles))
  return ok(await store.addCalibration({ instrumentId: instrument.id, cycleCodes: cycles, settings, engine: ENGINE, createdBy }, now))
}

/** Asks a waiting or running calibration to stop; nothing else changes. */
export async function cancelCalibration(actor: Actor, id: string): Promise<Result<null>> {
  allow(actor, 'calibration:run')
  return act(async (tx) => {
    if (!z.uuid().safeParse(id).success || !(await store.askCancel(id))) {
      return refuse('ended', 'Kalibrasi ini sudah berakhir, jadi tidak ada yang dibatalkan.')
    }
    await audit(actor, 'calibration:run', `calibration:${id}`, { detail: { cancelled: true } }, tx)
    return ok(null)
  })
}

/** The background job: gathers the data, has them computed, writes the record. Words of its end for the job row. */
export async function performCalibration(
  id: string,
  compute: Compute,
  clock: () => Date,
): Promise<{ state: 'done' | 'failed'; words: string }> {
  const row = await store.calibrationById(id)
  if (row?.state === 'done') return { state: 'done', words: 'Selesai' }
  if (!row || row.finishedAt || !(await store.takeCalibration(id))) {
    await store.endCalibration(id, 'cancelled', 'Dibatalkan sebelum dimulai.', clock())
    return { state: 'failed', words: 'Kalibrasi dibatalkan. Tidak ada yang berubah.' }
  }
  const attempts = await store.attemptData(row.instrumentId, row.cycleCodes)
  const formIds = attempts.map((a) => a.formId)
  const { input, dataHash } = analysisInput(attempts, await measuredForms(formIds, true), await store.formNames(formIds), row.settings)
  let cancelled = false
  let spoken = 0
  const heard = (stage: string, share: number): boolean => {
    // Twice a second is enough for a person to watch, and each time the wish to cancel is looked up.
    if (clock().getTime() - spoken > 500) {
      spoken = clock().getTime()
      void reportProgress(id, Math.round(100 * share), 100, stage)
      void store.isCancelAsked(id).then((asked) => (cancelled ||= asked))
    }
    return !cancelled
  }
  let found: Awaited<ReturnType<Compute>>
  try {
    found = await compute(input, heard)
  } catch (error) {
    // The same data would fail the same way again: the record says so instead of waiting for another try.
    log().error({ err: error, calibration: id }, 'calibration failed')
    found = problem('not-converged', `The computation stopped: ${(error as Error).message}`)
  }
  if (!found.ok) {
    const stopped = found.problem.code === 'cancelled'
    await store.endCalibration(id, stopped ? 'cancelled' : 'failed', found.problem.detail, clock())
    return {
      state: 'failed',
      words: stopped
        ? 'Kalibrasi dibatalkan. Tidak ada yang berubah.'
        : 'Data ini tidak dapat dikalibrasi; sebabnya tercatat pada kalibrasi. Skor yang berlaku tidak berubah.',
    }
  }
  await store.finishCalibration(id, dataHash, found.value, clock())
  return { state: 'done', words: 'Selesai' }
}
