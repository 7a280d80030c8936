/** Heavy mathematics in threads of their own, so that the worker stays able to answer and to cancel. */
import { Worker } from 'node:worker_threads'
import type { Assemble } from '@/lib/assembly/inside'
import type { Compute } from '@/lib/calibration/inside'

type Message = { stage: string; share: number } | { outcome: Awaited<ReturnType<Compute>> }

export const computeInThread: Compute = (input, heard) =>
  new Promise((resolve, reject) => {
    const stop = new SharedArrayBuffer(4)
    const thread = new Worker(new URL('./analysis-thread.mjs', import.meta.url), { workerData: { input, stop } })
    thread.on('message', (m: Message) => {
      if ('outcome' in m) resolve(m.outcome)
      else if (!heard(m.stage, m.share)) Atomics.store(new Int32Array(stop), 0, 1)
    })
    thread.on('error', reject)
    thread.on('exit', (code) => reject(new Error(`analysis thread ended with ${code}`)))
  })

/** Assembles forms in a thread of its own: the solver answers nobody while it thinks. */
export const assembleInThread: Assemble = (candidates, spec) =>
  new Promise((resolve, reject) => {
    const thread = new Worker(new URL('./assembly-thread.mjs', import.meta.url), { workerData: { candidates, spec } })
    thread.on('message', resolve)
    thread.on('error', reject)
    thread.on('exit', (code) => reject(new Error(`assembly thread ended with ${code}`)))
  })
