/** Runs what people ordered until told to stop. `npm start` starts one; more may run on other machines. The minute's work: clock.ts. */
import { BELL, WORKER_NAME } from '@/lib/documents/inside'
import { rehearseInBackground } from '@/lib/rehearsal/inside'
import { reportProgress } from '@/lib/platform/jobs'
import { runLane, runOrders } from '@/lib/platform/lanes'
import { previewBatch } from '@/lib/roster/import-service'
import { performAssembly } from '@/lib/assembly/inside'
import { performCalibration, performLink } from '@/lib/calibration/inside'
import { performScoreRun, removeScores, rescoreRaw } from '@/lib/scoring/inside'
import { failMatch, performMatch } from '@/lib/tutoring/inside'
import { proposePlans } from '@/lib/plans/inside'
import { assembleInThread, computeInThread } from './compute'
import { makeDocuments } from './document-process'
import { asWorker } from './worker-process'

const clock = () => new Date()
const plain = (work: Promise<void>) => work.then(() => undefined)

/** Documents are made in a process of their own: however many wait, nothing else waits for them. */
const documents = makeDocuments(clock)

await asWorker(
  async (url) => {
    documents.warm()
    const named = new URL(url)
    named.searchParams.set('application_name', WORKER_NAME)
    return [
      await runOrders(url, 'office', {
        'roster-preview': (p: { batchId: string }) => plain(previewBatch(p.batchId)),
        'link-scale': (p: { linkId: string }) => performLink(p.linkId, clock),
        'score-run': (p: { runId: string }) => plain(performScoreRun(p.runId)),
        'rescore-raw': (p: { instrumentId: string }) => plain(rescoreRaw(p.instrumentId)),
        'propose-plans': async (p: { jobId: string }) => {
          const written = await proposePlans({}, clock(), (done, total) =>
            reportProgress(p.jobId, done, total, `${done} dari ${total} rencana`),
          )
          return { state: 'done', words: `${written} usulan tersusun` }
        },
      }),
      await runOrders(url, 'long', {
        calibrate: (p: { calibrationId: string }) => performCalibration(p.calibrationId, computeInThread, clock),
        'assemble-forms': (p: { assemblyId: string }) => performAssembly(p.assemblyId, assembleInThread),
        'match-tutors': async (p: { runId: string }) => {
          try {
            await performMatch(p.runId, clock)
          } catch (error) {
            await failMatch(p.runId, clock())
            throw error
          }
          return undefined
        },
      }),
      await runOrders(url, 'rehearsal', {
        rehearse: (p: Parameters<typeof rehearseInBackground>[0]) => rehearseInBackground(p, removeScores),
      }),
      // The bell rings with every order; once a minute it is looked whether one was left, by a worker that died.
      await runLane(named.href, 1, { [BELL]: () => documents.makeAll() }, `* * * * * ${BELL}`),
    ]
  },
  () => documents.stop(),
)
