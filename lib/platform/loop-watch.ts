import { Worker } from 'node:worker_threads'

/** Counts its own beats since the loop was last heard, so that a machine that slept has missed nothing, and ends the process. */
const WATCH = `
const { workerData: { beats, limit, pause } } = require('node:worker_threads')
const heard = new Int32Array(beats)
let [last, missed] = [0, 0]
setInterval(() => {
  const now = Atomics.load(heard, 0)
  missed = now === last ? missed + 1 : 0
  last = now
  if (missed < limit) return
  require('node:fs').writeSync(2, '{"level":60,"msg":"nothing was answered for ' + Math.round(limit * pause / 1000) + ' s; ended, to be started again"}\\n')
  process.kill(process.pid, 'SIGKILL')
}, pause)
`
const BEATS = 60

/** Ends this process once its event loop has stood still for `ms`, for the supervisor to start it again: a process that hangs serves nobody. */
export function endWhenHung(ms: number): void {
  const beats = new SharedArrayBuffer(4)
  const heard = new Int32Array(beats)
  const pause = ms / BEATS
  setInterval(() => Atomics.add(heard, 0, 1), pause).unref()
  new Worker(WATCH, { eval: true, execArgv: [], env: {}, workerData: { beats, limit: BEATS, pause } }).unref()
}
