/** Runs background work until told to stop. `npm start` starts one; more may run on other machines. */
import { Logger, run } from 'graphile-worker'
import { openDatabase } from '@/lib/platform/database-server'
import { closeDatabase } from '@/lib/platform/db'
import { finishJob, reportProgress } from '@/lib/platform/jobs'
import { log } from '@/lib/platform/log'
import { unsafeConnection } from '@/lib/platform/outgoing'
import { forgetAbandoned, previewBatch } from '@/lib/roster/import-service'
import { closeExpired, freezeDue, rehearseInBackground } from '@/lib/delivery/inside'
import {
  performAssembly,
  performCalibration,
  performLink,
  performScoreRun,
  removeScores,
  rescoreRaw,
  scoreWaiting,
} from '@/lib/scoring/inside'
import { anchorAudit } from '@/lib/access/inside'
import { BELL, WORKER_NAME } from '@/lib/documents/inside'
import { collectResponses } from '@/lib/rating/inside'
import { runRetention } from '@/lib/privacy/inside'
import { failMatch, performMatch, proposePlans } from '@/lib/support/inside'
import { assembleInThread, computeInThread } from './compute'
import { makeDocuments } from './document-process'

const refused = unsafeConnection(process.env)
if (refused) {
  log().fatal(refused)
  process.exit(1)
}
process.umask(0o077)
const database = await openDatabase((sentence) => log().warn(sentence))
const plain = (work: Promise<void>) => work.then(() => undefined)
type Payload = {
  batchId: string
  calibrationId: string
  linkId: string
  runId: string
  instrumentId: string
  rehearsalId: string
  assemblyId: string
  participants: number
  minutes: number
  jobId: string
}
/** Runs work that a screen watches; `work` may answer with the words of its end. */
const watched =
  (work: (payload: Payload) => Promise<{ state: 'done' | 'failed'; words: string } | undefined>) => async (payload: unknown) => {
    const job = payload as Payload
    try {
      const end = await work(job)
      await finishJob(job.jobId, end?.state ?? 'done', end?.words ?? 'Selesai')
    } catch (error) {
      await finishJob(job.jobId, 'failed', 'Pekerjaan ini gagal karena kesalahan sistem. Data tidak berubah; coba sekali lagi.')
      throw error
    }
  }

const logger = new Logger(() => (level, message) => {
  if (level === 'error') log().error(message)
})

const runner = await run({
  connectionString: database.url,
  concurrency: 2,
  noHandleSignals: true,
  // Retention at 02.17 WIB (UTC here), made up within a day where no worker ran then.
  crontab: ['* * * * * close-expired', '* * * * * anchor-audit', '17 19 * * * retention ?fill=1d&max=1'].join('\n'),
  taskList: {
    'roster-preview': watched((p) => plain(previewBatch(p.batchId))),
    calibrate: watched((p) => performCalibration(p.calibrationId, computeInThread, () => new Date())),
    'link-scale': watched((p) => performLink(p.linkId, () => new Date())),
    'score-run': watched((p) => plain(performScoreRun(p.runId))),
    'rescore-raw': watched((p) => plain(rescoreRaw(p.instrumentId))),
    'assemble-forms': watched((p) => performAssembly(p.assemblyId, assembleInThread)),
    rehearse: watched(async (p) => {
      const record = await rehearseInBackground(p, removeScores)
      return record ? undefined : { state: 'failed', words: 'Gladi terhenti; peserta tiruan dihapus.' }
    }),
    'propose-plans': watched(async (p) => {
      const written = await proposePlans({}, new Date(), (done, total) =>
        reportProgress(p.jobId, done, total, `${done} dari ${total} rencana`),
      )
      return { state: 'done', words: `${written} usulan tersusun` }
    }),
    'match-tutors': watched(async (p) => {
      try {
        await performMatch(p.runId, () => new Date())
      } catch (error) {
        await failMatch(p.runId, new Date())
        throw error
      }
      return undefined
    }),
    retention: async () => void (await runRetention(new Date())),
    // A task of its own: whatever the others meet, lines get their place and the head is written down.
    'anchor-audit': async () => void (await anchorAudit(new Date())),
    'close-expired': async () => {
      await freezeDue(new Date())
      await closeExpired(new Date())
      await forgetAbandoned(new Date())
      await collectResponses(new Date())
      await scoreWaiting(new Date())
    },
  },
  logger,
})

/** Documents have a runner and a process of their own: however many wait, the work of the minute does not wait for them. */
const documents = makeDocuments(() => new Date())
documents.warm()
const named = new URL(database.url)
named.searchParams.set('application_name', WORKER_NAME)
const documentRunner = await run({
  connectionString: named.href,
  concurrency: 1,
  noHandleSignals: true,
  // The bell rings with every order; once a minute it is looked whether one was left, by a worker that died.
  crontab: `* * * * * ${BELL}`,
  taskList: { [BELL]: () => documents.makeAll() },
  logger,
})

let stopping = false
const stop = async () => {
  if (stopping) return
  stopping = true
  await documents.stop()
  await Promise.all([runner, documentRunner].map((r) => r.stop().catch(() => undefined)))
  await closeDatabase()
  await database.stop()
  process.exit(0)
}
process.on('SIGINT', () => void stop())
process.on('SIGTERM', () => void stop())
for (const r of [runner, documentRunner])
  r.promise.catch((error: unknown) => {
    log().error({ err: error }, 'worker stopped')
    process.exit(1)
  })
