import { Logger, run, type Runner, type TaskList } from 'graphile-worker'
import { isNightly, laneWidth, standingTasks, type OrderedLane, type StandingTask, type TasksOf } from './job-model'
import { breakJob, finishJob } from './jobs'
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
      (Object.keys(standingTasks) as StandingTask[]).map((task) => [task, () => runStanding(task, work[task], clock)] as const),
    ),
    crontab,
  )

type End = { state: 'done' | 'failed'; words: string } | undefined
/** Work that a screen watches; it may answer with the words of its end. */
export type OrderedWork = (payload: never) => Promise<End>

/** Runs what people ordered of one lane. Work that breaks off is tried again by the queue, and stands on the screen of the system's work. */
export const runOrders = <L extends OrderedLane>(
  connectionString: string,
  lane: L,
  work: Record<TasksOf<L>, OrderedWork>,
): Promise<Runner> =>
  runLane(
    connectionString,
    laneWidth[lane],
    Object.fromEntries(
      Object.entries<OrderedWork>(work).map(([task, one]) => [
        task,
        async (payload: unknown) => {
          const { jobId } = payload as { jobId: string }
          try {
            const end = await one(payload as never)
            await finishJob(jobId, end?.state ?? 'done', end?.words ?? 'Selesai')
          } catch (error) {
            await breakJob(jobId, error)
            throw error
          }
        },
      ]),
    ),
  )
