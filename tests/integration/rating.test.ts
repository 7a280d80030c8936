import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Forbidden, type Actor } from '@/lib/access/model'
import { closeExpired } from '@/lib/delivery/inside'
import { instrumentByCode } from '@/lib/instruments/inside'
import { endTask, giveTask, workshop } from '@/lib/instruments/service'
import { freezeForm } from '@/lib/instruments/form-store'
import { sql } from '@/lib/platform/db'
import { collectResponses } from '@/lib/rating/inside'
import { giveRating, myQueue, ratingDesk, ratingOverview, takeResponse } from '@/lib/rating/service'
import { scoreWaiting } from '@/lib/scoring/inside'
import { ownResults } from '@/lib/scoring/service'
import { aServer, at, seated } from './phones'
import { anAccount, openWorld } from './world'

/** Extended responses from the phone to the score: two raters who do not see each other, and a third where they differ. */
const ITEM = 'PED-053'
const TEXT = 'Saya minta murid mencampur sirup dengan dua cara, lalu membandingkan rasanya.'
let world: Awaited<ReturnType<typeof openWorld>>
let server: ReturnType<typeof aServer>
let office: Actor
let raters: [Actor, Actor, Actor]

beforeAll(async () => {
  world = await openWorld()
  server = aServer()
  office = await anAccount('bgtk')
  raters = [await anAccount('pakar'), await anAccount('pakar'), await anAccount('pakar')]
  const ped = (await instrumentByCode('PED'))!
  await freezeForm(ped.id, at(-60), { label: 'A', items: ['PED-001', ITEM] })
})
afterAll(() => world.close())

const value = <T>(r: { ok: true; value: T } | { ok: false; message: string }): T => {
  if (!r.ok) throw new Error(r.message)
  return r.value
}

const ask = (r: Actor) => giveTask(office, 'PED', { userId: r.userId, kind: 'rate' }, at(8))

/** A teacher who wrote this text and handed in. */
async function handedIn(text = TEXT) {
  const who = await seated()
  const started = await server.begin(who.seat)
  const essay = started.items.find((i) => i.content.type === 'extended')!
  await server.send(started.token, [
    { seq: 1, kind: 'answer', item: essay.id, value: { text }, at: at(5).getTime() },
    { seq: 2, kind: 'finish', value: 'finished', at: at(6).getTime() },
  ])
  await collectResponses(at(7))
  return { ...who, ...started, essay: essay.id, result: async () => (await ownResults(who.actor)).parts[0]! }
}

const nothingWaits = async () => expect(await sql(`SELECT text FROM rated_response WHERE state <> 'resolved'`)).toEqual([])

/** The rater takes what comes next and gives these points. */
async function rate(rater: Actor, points: number[], when = at(20)): Promise<void> {
  expect(await takeResponse(rater, ITEM, when)).toBe(true)
  const { response } = await ratingDesk(rater, ITEM, false, when)
  value(await giveRating(rater, ITEM, response!.ratingId, { points, note: '' }, when))
}

describe('raters', () => {
  it('see nothing before the office asks them', async () => {
    await handedIn()
    expect(await myQueue(raters[0], at(8))).toEqual([])
    await expect(ratingDesk(raters[0], ITEM, false, at(8))).rejects.toThrow(Forbidden)
    await expect(takeResponse(raters[0], ITEM, at(8))).rejects.toThrow(Forbidden)
    for (const r of raters) value(await ask(r))
    expect(await ask(raters[0])).toMatchObject({ ok: false, code: 'twice' })
    expect(await myQueue(raters[0], at(8))).toMatchObject([{ itemCode: ITEM, waiting: 1, given: 0 }])
  })

  it('are given the text and the rubric, and nothing that tells who wrote it or what another rater gave', async () => {
    expect(await takeResponse(raters[0], ITEM, at(9))).toBe(true)
    const desk = await ratingDesk(raters[0], ITEM, false, at(9))
    expect(desk.response).toMatchObject({ text: TEXT, given: false })
    expect(Object.keys(desk.response!).sort()).toEqual(['content', 'given', 'note', 'points', 'ratingId', 'rubric', 'text'])
  })

  it('agree: the mean of both is the score, which the teacher’s result takes up by itself', async () => {
    const [first, second] = raters
    const [waiting] = await sql<{ attempt_id: string }>(`SELECT attempt_id FROM rated_response`)
    const before = await sql<{ items: number }>(
      `SELECT items FROM score WHERE attempt_id = $1 AND scope = 'total' AND superseded_at IS NULL`,
      [waiting!.attempt_id],
    )
    expect(before).toMatchObject([{ items: 1 }])
    await rate(first, [2, 1, 1])
    expect(await takeResponse(first, ITEM, at(21))).toBe(false)
    await rate(second, [2, 2, 1])
    await scoreWaiting(at(25))
    expect(
      await sql(`SELECT raw, items FROM score WHERE attempt_id = $1 AND scope = 'total' AND superseded_at IS NULL`, [waiting!.attempt_id]),
    ).toMatchObject([{ raw: 0.9, items: 2 }])
  })

  it('differ: a third judges as blindly as they did, and the mean of all three counts', async () => {
    const who = await handedIn()
    expect(await who.result()).toMatchObject({ unrated: 1, total: { items: 1 } })
    await rate(raters[0], [0, 0, 0])
    await rate(raters[1], [2, 2, 1])
    expect(await sql(`SELECT state, share FROM rated_response WHERE attempt_id = $1`, [who.attemptId])).toEqual([
      { state: 'disputed', share: null },
    ])
    expect(await takeResponse(raters[0], ITEM, at(22))).toBe(false)
    await rate(raters[2], [2, 1, 1])
    expect(await sql(`SELECT state, share, method FROM rated_response WHERE attempt_id = $1`, [who.attemptId])).toEqual([
      { state: 'resolved', share: 0.6, method: 'third' },
    ])
    await scoreWaiting(at(25))
    expect(await who.result()).toMatchObject({ unrated: 0, total: { items: 2, raw: 0.6 } })
  })

  it('who takes a response and goes away gives it back after half an hour, and a late save then says so', async () => {
    await handedIn()
    await takeResponse(raters[0], ITEM, at(19))
    const { response: first } = await ratingDesk(raters[0], ITEM, false, at(19))
    await takeResponse(raters[1], ITEM, at(20))
    const { response: second } = await ratingDesk(raters[1], ITEM, false, at(20))
    expect(await takeResponse(raters[2], ITEM, at(21))).toBe(false)
    expect(await takeResponse(raters[2], ITEM, at(51))).toBe(true)
    const points = { points: [1, 1, 1], note: '' }
    expect(await giveRating(raters[0], ITEM, first!.ratingId, points, at(52))).toMatchObject({ ok: false, code: 'gone' })
    // Nobody needed the second one's place, so the work is kept although it came late.
    value(await giveRating(raters[1], ITEM, second!.ratingId, points, at(52)))
    await rate(raters[2], [1, 1, 1], at(53))
    await nothingWaits()
  })

  it('never share one place, however many ask in the same moment', async () => {
    await Promise.all(Array.from({ length: 4 }, () => handedIn()))
    const taken = await Promise.all([...raters, ...raters, ...raters].map((r) => takeResponse(r, ITEM, at(20))))
    expect(taken.every(Boolean)).toBe(true)
    const places = await sql<{ n: number }>(`SELECT count(*)::int AS n FROM response_rating WHERE given_at IS NULL GROUP BY response_id`)
    expect(places.every((p) => p.n <= 2)).toBe(true)
    for (let i = 0; i < 4; i++) for (const r of raters) if (await takeResponse(r, ITEM, at(21))) await rate(r, [1, 1, 0], at(21))
    await nothingWaits()
  })

  it('refuse points outside the rubric, and a rater may change a judgement only while the score is open', async () => {
    await handedIn()
    await takeResponse(raters[0], ITEM, at(20))
    const { response } = await ratingDesk(raters[0], ITEM, false, at(20))
    for (const points of [
      [3, 0, 0],
      [1, 1],
      [-1, 0, 0],
    ])
      expect(await giveRating(raters[0], ITEM, response!.ratingId, { points, note: '' }, at(20))).toMatchObject({
        ok: false,
        code: 'input',
      })
    expect(await giveRating(raters[1], ITEM, response!.ratingId, { points: [1, 1, 1], note: '' }, at(20))).toMatchObject({
      ok: false,
      code: 'gone',
    })
    value(await giveRating(raters[0], ITEM, response!.ratingId, { points: [0, 0, 0], note: '' }, at(20)))
    const again = await ratingDesk(raters[0], ITEM, true, at(21))
    expect(again.response).toMatchObject({ given: true, points: [0, 0, 0] })
    value(await giveRating(raters[0], ITEM, response!.ratingId, { points: [2, 1, 1], note: 'Terlewat.' }, at(21)))
    await rate(raters[1], [2, 1, 1])
    expect(await giveRating(raters[0], ITEM, response!.ratingId, { points: [0, 0, 0], note: '' }, at(22))).toMatchObject({
      ok: false,
      code: 'resolved',
    })
  })

  it('judge a text anew when a late answer changed it, and never their own', async () => {
    const who = await seated()
    const started = await server.begin(who.seat)
    const essay = started.items.find((i) => i.content.type === 'extended')!
    await closeExpired(at(64))
    await server.send(started.token, [{ seq: 1, kind: 'answer', item: essay.id, value: { text: 'Pertama.' }, at: at(5).getTime() }], at(65))
    await collectResponses(at(66))
    await rate(raters[0], [1, 1, 1], at(66))
    await server.send(started.token, [{ seq: 2, kind: 'answer', item: essay.id, value: { text: 'Kedua.' }, at: at(6).getTime() }], at(67))
    await collectResponses(at(68))
    expect(await sql(`SELECT text, edition, state FROM rated_response WHERE attempt_id = $1`, [started.attemptId])).toEqual([
      { text: 'Kedua.', edition: 2, state: 'waiting' },
    ])
    await sql(`UPDATE user_account SET teacher_id = $2 WHERE id = $1`, [raters[1].userId, who.teacher])
    expect(await takeResponse(raters[1], ITEM, at(69))).toBe(false)
    await rate(raters[0], [1, 1, 1], at(70))
    await rate(raters[2], [1, 1, 1], at(70))
  })

  it('wait no more for a text that a late answer emptied', async () => {
    const who = await seated()
    const started = await server.begin(who.seat)
    const essay = started.items.find((i) => i.content.type === 'extended')!
    await closeExpired(at(64))
    const send = (seq: number, text: string) =>
      server.send(started.token, [{ seq, kind: 'answer', item: essay.id, value: { text }, at: at(seq).getTime() }], at(64 + seq))
    await send(1, 'Pertama.')
    await collectResponses(at(66))
    expect(await myQueue(raters[0], at(66))).toMatchObject([{ waiting: 1 }])
    await send(2, ' ')
    await collectResponses(at(68))
    expect(await myQueue(raters[0], at(68))).toMatchObject([{ waiting: 0 }])
    await nothingWaits()
  })

  it('are shown to the office with their agreement only from ten pairs on, and stop when their task ends', async () => {
    const ped = (await instrumentByCode('PED'))!
    const early = await ratingOverview(office, ped.id, [])
    expect(early.items).toMatchObject([{ itemCode: ITEM, waiting: 0, disputed: 0, third: 1, agreement: { exact: null, alpha: null } }])
    for (let n = early.items[0]!.agreement.pairs; n < 10; n++) {
      await handedIn(`Jawaban ${n}`)
      await rate(raters[0], [n % 3, 1, 1])
      await rate(raters[2], [n % 3, 1, n % 2])
    }
    const view = await ratingOverview(office, ped.id, [raters[0].userId!])
    expect(view.items[0]!.agreement.pairs).toBe(10)
    expect(view.items[0]!.agreement.alpha).toBeGreaterThan(0)
    expect(view.items[0]!.top).toBe(5)
    const severity = view.severities.get(raters[0].userId!)!
    expect(severity.pairs).toBeGreaterThan(0)
    expect(severity.mean === null).toBe(severity.pairs < 10)
    const mine = (await workshop(office, 'PED'))!.tasks.find((t) => t.kind === 'rate' && t.userId === raters[0].userId)!
    value(await endTask(office, mine.id, at(91)))
    await expect(ratingDesk(raters[0], ITEM, false, at(92))).rejects.toThrow(Forbidden)
    await expect(ratingOverview(raters[0], ped.id, [])).rejects.toThrow(Forbidden)
  })
})

describe('an essay of practice', () => {
  it('waits for no rater: none is asked, and its writer is not told that one is', async () => {
    const { result, attemptId, seat } = await handedIn()
    await sql(
      `UPDATE cycle SET practice = true WHERE id = (SELECT t.cycle_id FROM sitting t JOIN seat s ON s.sitting_id = t.id WHERE s.id = $1)`,
      [seat],
    )
    // One that waited from before its cycle was told to be practice goes as well.
    await collectResponses(at(9))
    expect(await sql(`SELECT 1 FROM rated_response WHERE attempt_id = $1`, [attemptId])).toEqual([])
    expect(await result()).toMatchObject({ counted: false, unrated: 0 })
  })
})
