import { linesForLater } from '@/lib/access/inside'
import { Forbidden, type Actor, type Grant } from '@/lib/access/model'
import { documentLimits, type Failure } from './model'
import { sealDocument } from './seal'
import * as store from './store'

/** Inside the house: what other rooms, the worker and the command line ask of this one. Nothing here asks who acts, so no screen can import it (decision 043). */

export { BELL, WORKER_NAME, workerLives } from './store'

const leaseFrom = (now: Date) => new Date(now.getTime() + documentLimits.leaseMs)

/** Takes the next order for making; answers its id, null when none waits. */
export const takeNextDocument = (now: Date): Promise<string | null> =>
  store.inQueue(now, async (tx) => (await store.takeNext(tx, now, leaseFrom(now)))?.id ?? null)

/** Says that whoever makes it is still there. */
export const leaseDocument = async (id: string, now: Date): Promise<void> => void (await store.lease(id, leaseFrom(now)))

/** Notes that it could not be made, and why. */
export const failDocument = async (id: string, failure: Failure, now: Date): Promise<void> =>
  void (await store.writeFailed(id, failure, now))

/** What the room of reports makes of an order: the file; null where there is nothing to make it of. Throws `Forbidden`. */
export type Make = (
  actor: Actor,
  name: string,
  params: URLSearchParams,
) => Promise<{ body: Buffer | string; mime: string; fileName: string } | null>

/** Makes an order that was taken, as its owner, and keeps it sealed with the lines that its handing over owes. */
export async function makeOrdered(id: string, make: Make, clock: () => Date): Promise<void> {
  const row = await store.byId(id)
  if (row?.state !== 'making') return
  const owner: Actor = {
    userId: row.card ? null : row.ownerId,
    seatId: row.card ? row.ownerId : null,
    teacherId: row.teacherId,
    // No file of the house prints who asked for it; the log is told the name of whoever is given it.
    name: '',
    grants: row.grants as Grant[],
  }
  try {
    const { value, lines } = await linesForLater(() => make(owner, row.name, new URLSearchParams(row.parameters)))
    if (!value) return await failDocument(id, 'missing', clock())
    const plain = Buffer.isBuffer(value.body) ? value.body : Buffer.from(value.body)
    if (plain.length > documentLimits.bytes) return await failDocument(id, 'memory', clock())
    const subjects = [...new Set(lines.flatMap((l) => l.subjects ?? []))]
    const sealed = sealDocument(id, plain)
    const kept = { fileName: value.fileName, mime: value.mime, size: plain.length, bytes: sealed, lines, subjects }
    await store.writeReady(id, kept, clock())
  } catch (error) {
    await failDocument(id, error instanceof Forbidden ? 'forbidden' : 'broken', clock())
    if (!(error instanceof Forbidden)) throw error
  }
}
