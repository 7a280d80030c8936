import { isDeepStrictEqual } from 'node:util'
import { uuidv7 } from 'uuidv7'
import { z } from 'zod'
import { writeLines } from '@/lib/access/inside'
import { policyInForce } from '@/lib/access/service'
import { Forbidden, type Actor, type Grant } from '@/lib/access/model'
import { inTransaction } from '@/lib/platform/db'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { standingKey } from '@/lib/roster/inside'
import { documentLimits, refusalWords, type DocumentState, type Failure } from './model'
import { openPiece, piecesOf } from './seal'
import * as store from './store'

/**
 * The queue of documents that the worker makes, and their handing over (decision 029). What a document is, and who may have which,
 * the room of reports knows: it asks before it orders and again before it hands over. Here a document is its owner's alone.
 */

const ownerOf = (actor: Actor): string => {
  const id = actor.userId ?? actor.seatId
  if (!id) throw new Forbidden('document')
  return id
}

/** Grants in one order and spelling, so that two sets of them can be compared. */
const plainGrants = (grants: readonly Grant[]): Grant[] =>
  grants
    .map((g) => ({ role: g.role, regionId: g.regionId, schoolId: g.schoolId, levelCodes: g.levelCodes.toSorted() }))
    .toSorted((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)))

/** What is ordered; `large` ones wait behind the small ones. `parameters` are in one spelling, so that a repeated order is known. */
export type Order = { name: string; parameters: string; large: boolean }

/** Puts an order into the queue and answers its id; an order that is under way already answers with the same. Refuses where too many wait. */
export async function orderDocument(actor: Actor, order: Order, now: Date): Promise<Result<string>> {
  const ownerId = ownerOf(actor)
  return inTransaction(async (tx) => {
    // Before the queue is held: who holds a record may be waited for.
    const teacherId = actor.teacherId && (await standingKey(tx, actor.teacherId))
    return queued({ ...actor, teacherId }, ownerId, order, now)
  })
}

const queued = (actor: Actor, ownerId: string, order: Order, now: Date): Promise<Result<string>> =>
  store.inQueue(now, async (tx) => {
    // For one that waits already, too: a worker that died may have heard the bell.
    await store.ring(tx)
    const same = await store.underWay(tx, ownerId, order.name, order.parameters)
    if (same) return ok(same)
    const open = await store.countOpen(tx, ownerId)
    if (open.own >= documentLimits.perPerson) return refuse('own-full', refusalWords.ownFull)
    if (open.all >= documentLimits.inAll) return refuse('full', refusalWords.full)
    const id = uuidv7()
    const card = actor.userId === null
    await store.addWaiting(tx, {
      id,
      ownerId,
      card,
      teacherId: actor.teacherId,
      grants: plainGrants(actor.grants),
      turn: open.own + 1,
      askedAt: now,
      ...order,
    })
    return ok(id)
  })

export type OwnDocument = {
  id: string
  name: string
  parameters: string
  state: DocumentState
  failure: Failure | null
  askedAt: Date
  begunAt: Date | null
  endedAt: Date | null
  fileName: string | null
  size: number | null
}

/** One's own document as it stands now; null where there is none of this id for this person. */
export async function ownDocument(actor: Actor, id: string, now: Date): Promise<OwnDocument | null> {
  const row = z.uuid().safeParse(id).success ? await store.ownById(id, ownerOf(actor), now) : null
  if (!row) return null
  const { name, parameters, state, failure, askedAt, begunAt, endedAt, fileName, size } = row
  return { id: row.id, name, parameters, state, failure, askedAt, begunAt, endedAt, fileName, size }
}

export type DocumentProgress = OwnDocument & {
  /** How many are made before this one. */
  ahead: number
  /** Whether a worker is there that makes documents. */
  worker: boolean
  /** When it is deleted. */
  until: Date
}

/** The same with its place in the queue and how long it is kept, for its page. */
export async function documentProgress(actor: Actor, id: string, now: Date): Promise<DocumentProgress | null> {
  const found = await ownDocument(actor, id, now)
  if (!found) return null
  const [ahead, worker, policy] = await Promise.all([
    found.state === 'waiting' ? store.ahead(found.id) : 0,
    store.workerLives(),
    policyInForce(),
  ])
  return { ...found, ahead, worker, until: new Date(found.askedAt.getTime() + policy.keepDays.documents * 86_400_000) }
}

export type HandedOver = { fileName: string; mime: string; size: number; body: ReadableStream<Uint8Array> }

/** The plain bytes, fetched and opened one piece at a time as they are taken. */
function bodyOf(id: string, size: number): ReadableStream<Uint8Array> {
  const pieces = piecesOf(size)
  let index = 0
  return new ReadableStream(
    {
      async pull(controller) {
        const sealed = await store.pieceOf(id, index)
        if (!sealed) throw new Error('the document was deleted while it was handed over')
        controller.enqueue(openPiece(id, index, pieces, sealed))
        if (++index === pieces) controller.close()
      },
    },
    { highWaterMark: 1 },
  )
}

/**
 * Hands a ready document over to its owner and writes, now and in the owner's name, the lines of the log that a document made on the
 * spot would have written. Null where it is not the actor's or not ready; refuses whoever may do something else than when it was asked for.
 */
export async function handOver(actor: Actor, id: string, now: Date): Promise<Result<HandedOver> | null> {
  const row = z.uuid().safeParse(id).success ? await store.ownById(id, ownerOf(actor), now) : null
  if (row?.state !== 'ready' || row.size === null) return null
  if (!isDeepStrictEqual(row.grants, plainGrants(actor.grants)) || row.teacherId !== actor.teacherId)
    return refuse('changed', refusalWords.changed)
  await writeLines(actor, row.lines, now)
  await store.noteHanded(row.id, now)
  return ok({ fileName: row.fileName!, mime: row.mime!, size: row.size, body: bodyOf(row.id, row.size) })
}
