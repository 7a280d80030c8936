import { Logger, run, type Runner, type TaskList } from 'graphile-worker'
import { z } from 'zod'
import { isNightly, laneWidth, standingTasks, type OrderedLane, type StandingTask, type TaskName, type TasksOf } from './job-model'
import { payloadOf, resultOf, StandingPayload, type JobResult, type Payload } from './job-schema'
import { beginJob, breakJob, finishJob, inItsPlace, reportProgress, stepsOf, type Step } from './jobs'
import { log } from './log'
import { runStanding, type StandingWork } from './standing'

/**
 * Lanes of background work. Each has a runner of its own that takes nothing but its own tasks: however many rehearsals, calibrations or
 * documents wait or run, the work of the minute finds a free place. It also has a process of its own (scripts/clock.ts), so that
 * arithmetic does not hold up its event loop.
 */

const logger = new Logger(() => (level, message) => {
  if (level === 'error') log().error(message)
})

/** Runs tasks of one lane, and nothing of another. */
export const runLane = (connectionString: string, concurrency: number, taskList: TaskList, crontab = ''): Promise<Runner> =>
  run({ connectionString, concurrency, noHandleSignals: true, crontab, taskList, logger })

/** The work of the night at 02.17 WIB (UTC here), made up within a day where no worker ran then; everything else each minute. */
const whenOf = (task: StandingTask): string => (isNightly(task) ? '17 19 * * *' : '* * * * *')
/** A turn that still waits is not doubled by the next minute. No queue: one that a dead worker holds would stop the job for hours. */
export const crontab = (Object.keys(standingTasks) as StandingTask[])
  .map((t) => `${whenOf(t)} ${t} ?${isNightly(t) ? 'fill=1d&' : ''}jobKey=${t}&max=1`)
  .join('\n')

/** Runs the clock's own jobs. */
export const runMinute = (connectionString: string, work: Record<StandingTask, StandingWork>, clock: () => Date): Promise<Runner> =>
  runLane(
    connectionString,
    laneWidth.minute,
    Object.fromEntries(
      (Object.keys(standingTasks) as StandingTask[]).map(
        (task) => [task, (given: unknown) => runStanding(task, work[task], clock, StandingPayload.safeParse(given).error)] as const,
      ),
    ),
    crontab,
  )

/** What a job's work may use: its steps are done once, and its progress is seen. */
export type Job = { id: string; step: Step; tell: (done: number, total: number, words: string) => Promise<void> }
/** Work of one kind that a screen watches; it answers how it ended. */
export type OrderedWork<T extends TaskName> = (payload: Payload<T>, job: Job) => Promise<JobResult<T>>

/**
 * Does one order as its lane was given it: parsed by its kind, by one worker at a time. Work that breaks off throws, is tried again by the
 * queue and stands on the screen of the system's work; so does an order that its kind does not understand, which nobody tries again.
 */
export async function performOrder<T extends TaskName>(task: T, given: unknown, work: OrderedWork<T>): Promise<void> {
  const { jobId, ...asked } = Order.parse(given)
  await inItsPlace(jobId, async () => {
    if (!(await beginJob(jobId))) return
    let payload: Payload<T>
    try {
      payload = payloadOf(task, asked)
    } catch (error) {
      log().error({ err: error, task, job: jobId }, 'an order is not understood')
      const where = error instanceof z.ZodError ? error.issues.map((i) => i.path.join('.') || i.message).join(', ') : ''
      return breakJob(jobId, new Error(`Isi pesanan ini tidak dikenali: ${where}. Pesan sekali lagi dari halamannya.`))
    }
    try {
      const tell: Job['tell'] = (done, total, words) => reportProgress(jobId, done, total, words)
      await finishJob(jobId, resultOf(task, await work(payload, { id: jobId, step: stepsOf(jobId), tell })))
    } catch (error) {
      await breakJob(jobId, error)
      throw error
    }
  })
}
const Order = z.looseObject({ jobId: z.uuid() })

/** The work of a lane by kind. */
export type OrdersOf<L extends OrderedLane> = { [T in TasksOf<L>]: OrderedWork<T> }

/** Runs what people ordered of one lane. */
export const runOrders = <L extends OrderedLane>(connectionString: string, lane: L, work: OrdersOf<L>): Promise<Runner> =>
  runLane(
    connectionString,
    laneWidth[lane],
    Object.fromEntries(
      (Object.keys(work) as TasksOf<L>[]).map((task) => [task, (given: unknown) => performOrder(task, given, work[task] as never)]),
    ),
  )
