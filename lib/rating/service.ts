import { faultsOf } from '@/lib/platform/faults'
import { z } from 'zod'
import { allow, denied } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { awaitScores } from '@/lib/delivery/inside'
import { inTransaction } from '@/lib/platform/db'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { agreementOf, severityOf } from './agreement'
import { resolve } from './resolve'
import * as store from './store'

export { FEWEST_PAIRS } from './agreement'

/** Extended responses: collected by the worker when attempts close, judged blind by two, by a third where the two differ, and given to scoring. */

/** What a rater was asked to judge, item by item. */
export async function myQueue(actor: Actor, now: Date): Promise<store.QueueRow[]> {
  allow(actor, 'response:rate')
  if (!actor.userId) return []
  return store.queueOf(actor.userId, now)
}

/** A rater sees an item's responses only where a task of their own names its instrument. */
async function rater(actor: Actor, itemCode: string): Promise<string> {
  allow(actor, 'response:rate')
  if (!actor.userId || !(await store.isRater(actor.userId, itemCode))) throw denied(actor, 'response:rate')
  return actor.userId
}

/** The rater's page of one item: the response in hand, or with `again` the last one judged, as long as it can be changed. */
export async function ratingDesk(actor: Actor, itemCode: string, again: boolean, now: Date) {
  const userId = await rater(actor, itemCode)
  const [queue, held, last] = await Promise.all([
    store.queueOf(userId, now),
    store.reservedBy(userId, itemCode, now),
    store.lastGiven(userId, itemCode),
  ])
  const row = queue.find((q) => q.itemCode === itemCode) ?? { itemCode, instrumentTitle: '', waiting: 0, given: 0 }
  return { ...row, response: again ? last : held, canChange: last !== null }
}

/** Puts the next response into the rater's hands; false when none waits. */
export async function takeResponse(actor: Actor, itemCode: string, now: Date): Promise<boolean> {
  const userId = await rater(actor, itemCode)
  return store.take({ userId, name: actor.name }, itemCode, now)
}

const Given = z.object({ points: z.array(z.number().int().min(0)), note: z.string().trim().max(1_000) })

/** Keeps a rater's points. A response on which raters have come to one score goes back to scoring. */
export async function giveRating(actor: Actor, itemCode: string, ratingId: string, input: unknown, now: Date): Promise<Result<null>> {
  const userId = await rater(actor, itemCode)
  const parsed = Given.safeParse(input)
  if (!parsed.success || !z.uuid().safeParse(ratingId).success)
    return refuse('input', 'Pilih satu tingkat untuk setiap kriteria. Penilaian belum disimpan.', faultsOf(parsed, { points: 'c' }))
  const { points, note } = parsed.data
  return inTransaction(async (tx): Promise<Result<null>> => {
    const found = await store.lockRating(tx, ratingId, userId)
    if (!found)
      return refuse(
        'gone',
        'Jawaban ini sudah berpindah ke penilai lain atau berubah. Ambil jawaban berikutnya; penilaian lain tetap tersimpan.',
      )
    if (found.state === 'resolved' && (await store.saysSo(tx, ratingId, points, note))) return ok(null)
    if (found.state === 'resolved') return refuse('resolved', 'Nilai jawaban ini sudah ditetapkan, jadi penilaian tidak dapat diubah lagi.')
    if (points.length !== found.tops.length || points.some((p, c) => p > found.tops[c]!))
      return refuse('input', 'Pilih satu tingkat untuk setiap kriteria. Penilaian belum disimpan.')
    const all = await store.writeRating(tx, ratingId, found.responseId, points, note, now)
    const resolution = resolve(
      all,
      found.tops.reduce((a, b) => a + b, 0),
    )
    await store.writeResolution(tx, found.responseId, resolution, now)
    // With it or not at all: a score that is agreed upon and waits for nobody would never be counted.
    if (resolution.state === 'resolved') await awaitScores([found.attemptId], now)
    return ok(null)
  })
}

/** The office's view of an instrument: how far the judging is, how well raters agree, and how each of `raterIds` lies against partners. */
export async function ratingOverview(actor: Actor, instrumentId: string, raterIds: string[]) {
  allow(actor, 'bank:manage')
  const [items, pairs] = await Promise.all([store.progressOf(instrumentId), store.pairsOf(instrumentId)])
  return {
    items: items.map((i) => ({
      ...i,
      agreement: agreementOf(
        pairs.filter((p) => p.itemCode === i.itemCode),
        i.top,
      ),
    })),
    severities: new Map(raterIds.map((id) => [id, severityOf(pairs, id)])),
  }
}
