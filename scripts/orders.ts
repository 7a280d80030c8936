/** What a worker does for each kind of ordered work, by lane. */
import { performAssembly } from '@/lib/assembly/inside'
import { performCalibration, performLink } from '@/lib/calibration/inside'
import { figuresOfSnapshot } from '@/lib/growth/inside'
import type { OrdersOf } from '@/lib/platform/lanes'
import { performSnapshot } from '@/lib/publication/inside'
import { proposePlans } from '@/lib/plans/inside'
import { rehearseInBackground } from '@/lib/rehearsal/inside'
import { previewBatch } from '@/lib/roster/import-service'
import { performScoreRun, removeScores, rescoreRaw } from '@/lib/scoring/inside'
import { failMatch, performMatch } from '@/lib/tutoring/inside'

type Clock = () => Date
const done = { state: 'done', words: 'Selesai' } as const

export const officeOrders = (clock: Clock): OrdersOf<'office'> => ({
  'roster-preview': async (p) => {
    await previewBatch(p.batchId)
    return done
  },
  'link-scale': (p) => performLink(p.linkId, clock),
  'score-run': async (p) => {
    await performScoreRun(p.runId)
    return done
  },
  'rescore-raw': async (p, { step }) => ({ ...done, marked: await rescoreRaw(p.instrumentId, step) }),
  'propose-plans': async (_p, { step, tell }) => {
    const plans = await proposePlans({}, clock(), (made, total) => tell(made, total, `${made} dari ${total} rencana`), step)
    return { state: 'done', words: `${plans} usulan tersusun`, plans }
  },
})

/** `compute` and `assemble` do the arithmetic: in threads of the worker, in place in a test. */
export const longOrders = (
  clock: Clock,
  compute: Parameters<typeof performCalibration>[1],
  assemble: Parameters<typeof performAssembly>[1],
): OrdersOf<'long'> => ({
  calibrate: (p) => performCalibration(p.calibrationId, compute, clock),
  'assemble-forms': (p) => performAssembly(p.assemblyId, assemble),
  'make-snapshot': (p, { tell }) => performSnapshot(p.snapshotId, figuresOfSnapshot, tell),
  'match-tutors': async (p) => {
    try {
      const { learners, matched } = await performMatch(p.runId, clock)
      return { ...done, learners, matched }
    } catch (error) {
      await failMatch(p.runId, clock())
      throw error
    }
  },
})

export const rehearsalOrders: OrdersOf<'rehearsal'> = {
  rehearse: (p, { id }) => rehearseInBackground({ ...p, jobId: id }, removeScores),
}
