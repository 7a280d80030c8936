/** Heavy mathematics in threads of their own, so that the worker stays able to answer and to cancel. */
import { AsyncResource } from 'node:async_hooks'
import { Worker } from 'node:worker_threads'
import type { Assemble } from '@/lib/assembly/inside'
import type { Compute } from '@/lib/calibration/inside'

type Message = { stage: string; share: number } | { outcome: Awaited<ReturnType<Compute>> }

/** A thread teaches itself TypeScript: what this process was told to load before its program is written in it. */
const BARE = { execArgv: [] }

const analysisThread = () => new Worker(new URL('./analysis-thread.mjs', import.meta.url), BARE)

/** One calibration in a thread that waits for work. Rejects when the thread ends under it. */
function inThread(thread: Worker, ...[input, heard]: Parameters<Compute>): ReturnType<Compute> {
  return new Promise((resolve, reject) => {
    const stop = new SharedArrayBuffer(4)
    // A thread speaks in the context in which it was started; whoever asks listens in his own, with his own transaction.
    const listens = AsyncResource.bind(heard)
    const told = (m: Message) => {
      if ('outcome' in m) over(() => resolve(m.outcome))
      else if (!listens(m.stage, m.share)) Atomics.store(new Int32Array(stop), 0, 1)
    }
    const failed = (error: Error) => over(() => reject(error))
    const gone = (code: number) => over(() => reject(new Error(`analysis thread ended with ${code}`)))
    const over = (end: () => void) => {
      thread.off('message', told).off('error', failed).off('exit', gone)
      end()
    }
    thread.on('message', told).on('error', failed).on('exit', gone)
    thread.postMessage({ input, stop })
  })
}

/** One calibration in a thread of its own, which ends with it. */
export const computeInThread: Compute = async (input, heard) => {
  const thread = analysisThread()
  try {
    return await inThread(thread, input, heard)
  } finally {
    await thread.terminate()
  }
}

/**
 * Calibrations one after the other in threads that stay: as many threads as calls are under way at a time. An idle one keeps no process
 * alive; `close` ends them all.
 */
export function analysisThreads(): { compute: Compute; close: () => Promise<void> } {
  const idle: Worker[] = []
  const open = new Set<Worker>()
  const start = () => {
    const thread = analysisThread()
    open.add(thread)
    thread.once('exit', () => open.delete(thread))
    return thread
  }
  return {
    compute: async (input, heard) => {
      const thread = idle.pop() ?? start()
      thread.ref()
      const outcome = await inThread(thread, input, heard)
      thread.unref()
      idle.push(thread)
      return outcome
    },
    close: async () => {
      await Promise.all([...open].map((thread) => thread.terminate()))
    },
  }
}

/** Assembles forms in a thread of its own: the solver answers nobody while it thinks. */
export const assembleInThread: Assemble = (candidates, spec) =>
  new Promise((resolve, reject) => {
    const thread = new Worker(new URL('./assembly-thread.mjs', import.meta.url), { ...BARE, workerData: { candidates, spec } })
    thread.on('message', resolve)
    thread.on('error', reject)
    thread.on('exit', (code) => reject(new Error(`assembly thread ended with ${code}`)))
  })
