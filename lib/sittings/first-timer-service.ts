import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { act, allow, audit } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { faultsOf } from '@/lib/platform/faults'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { takeTurn } from '@/lib/platform/turn-store'
import { NewRetestDraw } from './first-timer-model'
import { drawLater } from './first-timers'
import * as store from './first-timer-store'
import { cycleById } from './store'

/** First-timers at the re-test: drawn once, before anybody of the cycle was tested. */

export type { RetestDrawRow } from './first-timer-store'

/** The draw of a cycle, and whether one may still be made. */
export async function retestDraw(
  actor: Actor,
  cycleId: string,
  now: Date,
): Promise<{ draw: store.RetestDrawRow | null; open: boolean } | null> {
  allow(actor, 'cycle:manage')
  const cycle = z.uuid().safeParse(cycleId).success ? await cycleById(cycleId) : null
  if (!cycle || cycle.practice || cycle.rehearsal || cycle.baseCycleId) return null
  const [draw, begun, fetched] = await Promise.all([store.retestDraw(cycleId), store.begun(cycleId, now), store.fetchedSeats(cycleId)])
  return { draw, open: !draw && !begun && !fetched }
}

/**
 * Draws who waits for the re-test; their seats in this cycle are taken. Once a cycle: asked again in the same words it answers what was drawn.
 * Refused once a sitting has opened: whoever could choose after the first results would choose whom.
 */
export async function drawFirstTimers(actor: Actor, cycleId: string, input: unknown, now: Date): Promise<Result<number>> {
  allow(actor, 'cycle:manage')
  const parsed = NewRetestDraw.safeParse(input)
  if (!parsed.success)
    return refuse('form', 'Isi bagian 2–30 dari 100 dan dasarnya (sedikitnya 10 huruf). Belum ada yang diundi.', faultsOf(parsed))
  const cycle = z.uuid().safeParse(cycleId).success ? await cycleById(cycleId) : null
  if (!cycle || cycle.practice || cycle.rehearsal || cycle.baseCycleId)
    return refuse('cycle', 'Hanya peserta pengukuran pertama yang dapat diundi. Belum ada yang diundi.')
  const { share, note } = parsed.data
  return act(async (tx) => {
    await takeTurn(tx, 'retest-draw', cycleId)
    const standing = await store.retestDraw(cycleId)
    if (standing)
      return standing.share === share && standing.note === note
        ? ok(standing.later)
        : refuse('drawn', 'Kelompok ini sudah diundi dan tidak pernah diundi ulang. Hasilnya tetap.')
    // Seats are given while the cycle is held (`seatTeachers`): nobody is added meanwhile.
    await tx.query(`SELECT id FROM cycle WHERE id = $1 FOR UPDATE`, [cycleId])
    if (await store.begun(cycleId, now))
      return refuse('begun', 'Sesi siklus ini sudah dibuka, jadi undiannya tidak adil lagi. Belum ada yang berubah.')
    await store.lockSeatsOf(tx, cycleId)
    if (await store.fetchedSeats(cycleId))
      return refuse(
        'fetched',
        'Sudah ada ponsel yang menyimpan soal siklus ini, jadi kursinya tidak dapat diambil lagi: jawabannya akan kehilangan tempat. Belum ada yang diundi.',
      )
    const people = await store.drawable(cycleId)
    const seed = randomBytes(32).toString('hex')
    const later = drawLater(people, share, seed)
    if (later.size === 0)
      return refuse('few', 'Peserta siklus ini terlalu sedikit untuk bagian sekecil itu. Tambahkan peserta atau perbesar bagiannya.', [
        'share',
      ])
    await store.writeRetestDraw(
      tx,
      cycleId,
      { seed, share, note, by: actor.userId, at: now },
      people.map((p) => ({ ...p, later: later.has(p.teacherId) })),
    )
    await audit(actor, 'cycle:manage', `cycle:${cycleId}`, { count: later.size, detail: { firstTimers: seed } }, tx)
    return ok(later.size)
  })
}
