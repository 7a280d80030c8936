/** The thread in which one calibration is computed: takes the input, posts its progress, answers with the outcome. */
import { parentPort, workerData } from 'node:worker_threads'
import { analyseInstrument, type AnalysisInput } from '@/lib/calibration/analyse-instrument'

const { input, stop } = workerData as { input: AnalysisInput; stop: SharedArrayBuffer }
const stopped = new Int32Array(stop)
const outcome = analyseInstrument(input, (stage, share) => {
  parentPort!.postMessage({ stage, share })
  return Atomics.load(stopped, 0) === 0
})
parentPort!.postMessage({ outcome })
