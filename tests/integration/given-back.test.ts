import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/access/model'
import type { DepositReply, StartReply } from '@/lib/delivery/protocol'
import { runActions } from '@/lib/console/service'
import { signTicket } from '@/lib/delivery/token'
import { sql } from '@/lib/platform/db'
import { scoreWaiting } from '@/lib/scoring/inside'
import { decideLate, lateList } from '@/lib/scoring/service'
import { appointProctor } from '@/lib/sittings/service'
import { aServer, at, proofOf, seated, singles } from './phones'
import { anAccount, openWorld } from './world'

/** A doubt that was lifted: a card given back, a seat noted as absent by mistake, a new card on the same phone. Nothing that was answered meanwhile is lost. */
let world: Awaited<ReturnType<typeof openWorld>>
let server: ReturnType<typeof aServer>
let office: Actor
let watcher: Actor
beforeAll(async () => {
  world = await openWorld()
  server = aServer()
  office = await anAccount('bgtk')
  watcher = await anAccount('pengawas')
})
afterAll(() => world.close())

const device = 'phone-a-0001'
const begunAt = at(5).getTime()
const answer = (seq: number, item: string, value: string, minute: number) => ({
  seq,
  kind: 'answer',
  item,
  value,
  at: at(minute).getTime(),
})
const finish = (seq: number, minute: number) => ({ seq, kind: 'finish', value: 'finished', at: at(minute).getTime() })

async function oneSeat() {
  const who = await seated()
  await appointProctor(office, who.sittingId, watcher.userId!, who.roomId)
  const tap = async (action: { kind: 'card' | 'card-back' } | { kind: 'attendance'; attendance: string }, minute: number) => {
    const when = at(minute)
    const [done] = await runActions(watcher, [{ id: uuidv7(), at: when.getTime(), seat: who.seat, ...action }], when)
    expect(done).toMatchObject({ outcome: 'done' })
  }
  const raw = async () => {
    await scoreWaiting(at(1_000))
    return (
      await sql<{ raw: number }>(
        `SELECT s.raw FROM score s JOIN attempt a ON a.id = s.attempt_id WHERE a.seat_id = $1 AND s.scope = 'total' AND s.superseded_at IS NULL`,
        [who.seat],
      )
    )[0]?.raw
  }
  const [cycle] = await sql<{ id: string }>(`SELECT cycle_id AS id FROM sitting WHERE id = $1`, [who.sittingId])
  return { ...who, tap, raw, waiting: () => lateList(office, cycle!.id) }
}
const keyOf = async (item: string) =>
  (await sql<{ key: string }>(`SELECT scoring->>'key' AS key FROM item_version WHERE id = $1`, [item]))[0]!.key
const stateOf = async (seat: string) => (await sql(`SELECT state, close_reason AS reason FROM attempt WHERE seat_id = $1`, [seat]))[0]

describe('a card that is given back while its phone answers', () => {
  it('takes in what was answered meanwhile, as if it had never been voided', async () => {
    const { seat, tap, raw, waiting } = await oneSeat()
    const started = await server.begin(seat)
    const items = await Promise.all(singles(started).map(async (i) => ({ id: i.id, key: await keyOf(i.id) })))
    await tap({ kind: 'card' }, 10)
    server.delivery.lane.facts.forget(started.attemptId)
    await server.send(started.token, [answer(1, items[0]!.id, items[0]!.key, 11)], at(12))
    await tap({ kind: 'card-back' }, 13)
    await server.send(started.token, [answer(2, items[1]!.id, items[1]!.key, 14), finish(3, 15)], at(15))
    expect(await raw()).toBe(2)
    expect(await waiting()).toEqual([])
  })
  it('holds nothing back that arrives in the seconds in which a server still remembers the voiding', async () => {
    const { seat, tap, raw, waiting } = await oneSeat()
    const started = await server.begin(seat)
    const item = singles(started)[0]!.id
    await tap({ kind: 'card' }, 10)
    server.delivery.lane.facts.forget(started.attemptId)
    await server.send(started.token, [{ seq: 1, kind: 'position', value: 1, at: at(11).getTime() }], at(11))
    await tap({ kind: 'card-back' }, 11.02)
    await server.send(started.token, [answer(2, item, await keyOf(item), 11.03), finish(3, 11.04)], at(11.05))
    expect(await raw()).toBe(1)
    expect(await waiting()).toEqual([])
  })
  it('takes in a test that was handed in meanwhile, and not what its phone wrote behind the finish', async () => {
    const { seat, tap, raw, waiting } = await oneSeat()
    const started = await server.begin(seat)
    const items = await Promise.all(singles(started).map(async (i) => ({ id: i.id, key: await keyOf(i.id) })))
    await tap({ kind: 'card' }, 10)
    server.delivery.lane.facts.forget(started.attemptId)
    await server.send(
      started.token,
      [answer(1, items[0]!.id, items[0]!.key, 11), finish(2, 12), answer(3, items[1]!.id, items[1]!.key, 11.5)],
      at(13),
    )
    await tap({ kind: 'card-back' }, 14)
    expect(await raw()).toBe(1)
    expect(await waiting()).toEqual([])
  })
  it('moves no result that was read meanwhile: that waits for the office', async () => {
    const { seat, tap, raw, waiting } = await oneSeat()
    const started = await server.begin(seat)
    const item = singles(started)[0]!.id
    await tap({ kind: 'card' }, 10)
    server.delivery.lane.facts.forget(started.attemptId)
    await server.send(started.token, [answer(1, item, await keyOf(item), 11), finish(2, 12)], at(13))
    await sql(`UPDATE attempt SET settled_at = $2 WHERE id = $1`, [started.attemptId, at(14)])
    await tap({ kind: 'card-back' }, 15)
    expect(await raw()).toBe(0)
    expect(await waiting()).toMatchObject([{ kind: 'answers', answers: 1 }])
  })
})

/** A phone that began by the code without the server, answered two and came online; it has handed in what it had. */
async function begunOffline(who: Awaited<ReturnType<typeof oneSeat>>) {
  const [form] = await sql<{ id: string }>(`SELECT form_id AS id FROM seat_form WHERE seat_id = $1 AND competency_code = '1'`, [who.seat])
  const items = await sql<{ id: string; key: string }>(
    `SELECT v.id, v.scoring->>'key' AS key FROM form_item f JOIN item_version v ON v.id = f.item_version_id WHERE f.form_id = $1 AND v.type = 'single' ORDER BY f.position`,
    [form!.id],
  )
  const proof = await proofOf(who.seat, device)
  const asked = (cardVersion: number) => ({ ticket: signTicket(who.seat, cardVersion), part: '1', device, takeOver: false, begunAt, proof })
  const early = [answer(1, items[0]!.id, items[0]!.key, 6), answer(2, items[1]!.id, items[1]!.key, 12)]
  const refusedAndKept = async (minute: number) => {
    expect((await server.post('start', asked(1), at(minute))).status).toBe(409)
    const { reply } = await server.post<DepositReply>('deposit', { ...asked(1), entries: early }, at(minute))
    expect(reply).toEqual({ ack: 2, waits: true })
  }
  /** What the phone does then, every minute: it asks to start, and sends what it has not handed in. */
  const goesOn = async (cardVersion: number, minute: number) => {
    const { status, reply } = await server.post<StartReply>('start', asked(cardVersion), at(minute))
    expect(status).toBe(200)
    const last = [answer(3, items[2]!.id, items[2]!.key, minute), finish(4, minute)]
    const sent = await server.send(reply.token, last, at(minute))
    return { reply, sent }
  }
  return { refusedAndKept, goesOn }
}
const desk = (seat: string) => server.post('desk', { tickets: [signTicket(seat, 1)] }, at(-60))

describe('a phone that began without the server and handed its journal in while something stood against it', () => {
  it('loses nothing when its card is given back: what it handed in counts, and its finish closes the test', async () => {
    const who = await oneSeat()
    await desk(who.seat)
    const phone = await begunOffline(who)
    await who.tap({ kind: 'card' }, 10)
    await phone.refusedAndKept(13)
    await who.tap({ kind: 'card-back' }, 14)
    const { reply, sent } = await phone.goesOn(1, 20)
    expect(reply).toMatchObject({ ack: 2, highest: 2 })
    expect(sent.ack).toBe(4)
    expect(await stateOf(who.seat)).toEqual({ state: 'closed', reason: 'finished' })
    expect(await who.raw()).toBe(3)
    expect(await who.waiting()).toEqual([])
  })
  it('loses nothing when it comes back with its new card', async () => {
    const who = await oneSeat()
    await desk(who.seat)
    const phone = await begunOffline(who)
    await who.tap({ kind: 'card' }, 10)
    await phone.refusedAndKept(13)
    expect((await phone.goesOn(2, 20)).sent.ack).toBe(4)
    expect(await stateOf(who.seat)).toEqual({ state: 'closed', reason: 'finished' })
    expect(await who.raw()).toBe(3)
    expect(await who.waiting()).toEqual([])
  })
  it('loses nothing when its proctor sees that the person is there after all', async () => {
    const who = await oneSeat()
    await desk(who.seat)
    const phone = await begunOffline(who)
    await who.tap({ kind: 'attendance', attendance: 'absent' }, 10)
    await phone.refusedAndKept(13)
    await who.tap({ kind: 'attendance', attendance: 'present' }, 14)
    expect((await phone.goesOn(1, 20)).sent.ack).toBe(4)
    expect(await who.raw()).toBe(3)
    expect(await who.waiting()).toEqual([])
  })
  it('is not taken in again where the office has put it aside', async () => {
    const who = await oneSeat()
    await desk(who.seat)
    const phone = await begunOffline(who)
    await who.tap({ kind: 'card' }, 10)
    await phone.refusedAndKept(13)
    const [row] = await who.waiting()
    await decideLate(office, { id: row!.id, accepted: false, reason: 'Ponsel ini bukan milik peserta' }, at(15))
    await who.tap({ kind: 'card-back' }, 16)
    await phone.goesOn(1, 20)
    await sql(`UPDATE attempt SET state = 'closed', closed_at = $2, unscored_since = $2 WHERE seat_id = $1 AND state = 'open'`, [
      who.seat,
      at(70),
    ])
    expect(await who.raw()).toBe(1)
  })
})
