/** A thread in which calibrations are computed, one after the other: takes an input, posts its progress, answers with the outcome. */
import { parentPort } from 'node:worker_threads'
import { analyseInstrument, type AnalysisInput } from '@/lib/calibration/analyse-instrument'

parentPort!.on('message', ({ input, stop }: { input: AnalysisInput; stop: SharedArrayBuffer }) => {
  const stopped = new Int32Array(stop)
  const outcome = analyseInstrument(input, (stage, share) => {
    parentPort!.postMessage({ stage, share })
    return Atomics.load(stopped, 0) === 0
  })
  parentPort!.postMessage({ outcome })
})
