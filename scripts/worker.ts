/** Runs background work until told to stop. `npm start` starts one; more may run on other machines. */
import { Logger, run } from 'graphile-worker'
import { openDatabase } from '@/lib/platform/database-server'
import { closeDatabase } from '@/lib/platform/db'
import { finishJob } from '@/lib/platform/jobs'
import { log } from '@/lib/platform/log'
import { previewBatch } from '@/lib/roster/import-service'
import { closeExpired } from '@/lib/delivery/service'
import { scoreAttempt, scoreWaiting } from '@/lib/scoring/service'

const database = await openDatabase()
const watched = (work: (payload: { batchId: string }) => Promise<void>) => async (payload: unknown) => {
  const job = payload as { batchId: string; jobId: string }
  try {
    await work(job)
    await finishJob(job.jobId, 'done', 'Selesai')
  } catch (error) {
    await finishJob(job.jobId, 'failed', 'Pekerjaan ini gagal karena kesalahan sistem. Data tidak berubah; coba sekali lagi.')
    throw error
  }
}

const runner = await run({
  connectionString: database.url,
  concurrency: 2,
  noHandleSignals: true,
  crontab: '* * * * * close-expired',
  taskList: {
    'roster-preview': watched((p) => previewBatch(p.batchId)),
    'close-expired': async () => {
      await closeExpired(new Date(), scoreAttempt)
      await scoreWaiting(new Date())
    },
  },
  logger: new Logger(() => (level, message) => {
    if (level === 'error') log().error(message)
  }),
})

let stopping = false
const stop = async () => {
  if (stopping) return
  stopping = true
  await runner.stop().catch(() => undefined)
  await closeDatabase()
  await database.stop()
  process.exit(0)
}
process.on('SIGINT', () => void stop())
process.on('SIGTERM', () => void stop())
runner.promise.catch((error: unknown) => {
  log().error({ err: error }, 'worker stopped')
  process.exit(1)
})
