/** The thread in which forms are assembled: takes items and wishes, answers with forms or with reasons. */
import { parentPort, workerData } from 'node:worker_threads'
import type { Candidate, Spec } from '@/lib/assembly/linear-program'
import { assemble } from '@/lib/assembly/solver'

const { candidates, spec } = workerData as { candidates: Candidate[]; spec: Spec }
parentPort!.postMessage(await assemble(candidates, spec))
