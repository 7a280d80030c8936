/** Runs what people ordered until told to stop. `npm start` starts one; more may run on other machines. The minute's work: clock.ts. */
import { BELL, WORKER_NAME } from '@/lib/documents/inside'
import { runLane, runOrders } from '@/lib/platform/lanes'
import { assembleInThread, computeInThread } from './compute'
import { makeDocuments } from './document-process'
import { longOrders, officeOrders, rehearsalOrders } from './orders'
import { asWorker } from './worker-process'

const clock = () => new Date()

/** Documents are made in a process of their own: however many wait, nothing else waits for them. */
const documents = makeDocuments(clock)

await asWorker(
  async (url) => {
    documents.warm()
    const named = new URL(url)
    named.searchParams.set('application_name', WORKER_NAME)
    return [
      await runOrders(url, 'office', officeOrders(clock)),
      await runOrders(url, 'long', longOrders(clock, computeInThread, assembleInThread)),
      await runOrders(url, 'rehearsal', rehearsalOrders),
      // The bell rings with every order; once a minute it is looked whether one was left, by a worker that died.
      await runLane(named.href, 1, { [BELL]: () => documents.makeAll() }, `* * * * * ${BELL}`),
    ]
  },
  () => documents.stop(),
)
