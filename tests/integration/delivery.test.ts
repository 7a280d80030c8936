import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closeExpired, attempt } from '@/lib/delivery/inside'
import { signTicket } from '@/lib/delivery/token'
import { scoreWaiting } from '@/lib/scoring/inside'
import { ownResults } from '@/lib/scoring/service'
import { sql } from '@/lib/platform/db'
import { MORNING, aServer, at, seated, singles, type Entry } from './phones'
import { openWorld } from './world'

/** The journal protocol against a real database: what delivery design steps 3 to 5 promise. */
let world: Awaited<ReturnType<typeof openWorld>>
let server: ReturnType<typeof aServer>

beforeAll(async () => {
  world = await openWorld()
  server = aServer()
})
afterAll(async () => {
  await world.close()
})

const begin = (who: { seat: string }, device?: string, now?: Date, takeOver = false) => server.begin(who.seat, device, now, { takeOver })
const send = (token: string, entries: unknown[], now?: Date) => server.send(token, entries, now)
const refusal = (seat: string, now: Date, cardVersion = 1) =>
  server.post<{ code: string; message: string }>(
    'start',
    { ticket: signTicket(seat, cardVersion), part: '1', device: 'phone-a-0001', takeOver: false },
    now,
  )
const stateOf = async (attemptId: string) => ({
  events: await sql(`SELECT device, seq, kind, item_id, body, at FROM journal_event WHERE attempt_id = $1 ORDER BY device, seq`, [
    attemptId,
  ]),
  responses: await sql(`SELECT item_version_id, value, at, device, seq FROM response WHERE attempt_id = $1 ORDER BY item_version_id`, [
    attemptId,
  ]),
})

describe('starting', () => {
  it('makes one attempt of a start tapped twice at the same moment', async () => {
    const who = await seated()
    const [a, b] = await Promise.all([begin(who), begin(who)])
    expect(a.attemptId).toBe(b.attemptId)
    expect(await sql(`SELECT id FROM attempt WHERE seat_id = $1`, [who.seat])).toHaveLength(1)
  })
  it('is refused before the window with the time in words, and allowed whatever the phone believes the time to be', async () => {
    const who = await seated()
    const early = await refusal(who.seat, at(-90))
    expect(early).toMatchObject({ status: 409, reply: { code: 'early' } })
    expect(early.reply.message).toMatch(/dibuka 18 April 2026, 07\.00 WIB/)
    expect((await begin(who)).clock.deadline).toBe(at(60).getTime())
  })
  it('refuses a ticket that was changed to another seat, so that two teachers on one phone are never mixed', async () => {
    const [one, other] = [await seated(), await seated()]
    const forged = signTicket(one.seat, 1).replace(one.seat, other.seat)
    expect((await server.post('start', { ticket: forged, part: '1', device: 'phone-a-0001', takeOver: false }, MORNING)).status).toBe(409)
  })
  it('refuses a voided card', async () => {
    const who = await seated()
    await sql(`UPDATE seat SET card_version = 2 WHERE id = $1`, [who.seat])
    expect(await refusal(who.seat, MORNING)).toMatchObject({ status: 409, reply: { code: 'seat' } })
  })
  it('never sends a key, a score or a rationale with the items', async () => {
    const started = await begin(await seated())
    const text = JSON.stringify(started)
    for (const word of ['"key', '"scoring"', '"scores"', 'rationale', 'reversed', '"score"', 'indicator', 'itemCode'])
      expect(text).not.toContain(word)
    const [rationale] = await sql<{ rationale: string }>(`SELECT rationale FROM item_version WHERE id = $1`, [started.items[0]!.id])
    expect(text).not.toContain(rationale!.rationale.slice(0, 40))
  })
})

describe('the journal', () => {
  it('ends in the same state however batches of two devices are replayed, duplicated, split and reordered', async () => {
    const reference = await seated()
    const first = await begin(reference)
    const second = await begin(reference, 'phone-b-0002', at(1), true)
    const items = singles(first).slice(0, 6)
    const script = (token: string, offset: number): { token: string; entry: Entry }[] =>
      Array.from({ length: 12 }, (_, i) => ({
        token,
        entry: {
          seq: i + 1,
          kind: 'answer',
          item: items[(i * 5 + offset) % 6]!.id,
          value: 'ABCD'[(i + offset) % 4]!,
          at: at(2).getTime() + i * 1000 + offset * 500,
        },
      }))
    const all = [...script(first.token, 0), ...script(second.token, 1)]
    for (const x of all) await send(x.token, [x.entry])
    const expected = await stateOf(first.attemptId)
    expect(expected.events).toHaveLength(24)

    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(all, { minLength: 24 }),
        fc.array(fc.nat(23), { maxLength: 30 }),
        fc.integer({ min: 1, max: 7 }),
        async (order, repeats, size) => {
          const who = await seated()
          const a = await begin(who)
          const b = await begin(who, 'phone-b-0002', at(1), true)
          const own = [...order, ...repeats.map((r) => all[r]!)].map((x) => ({
            token: x.token === first.token ? a.token : b.token,
            entry: x.entry,
          }))
          for (const token of [a.token, b.token]) {
            const mine = own.filter((x) => x.token === token).map((x) => x.entry)
            for (let i = 0; i < mine.length; i += size) await send(token, mine.slice(i, i + size))
          }
          expect(await stateOf(a.attemptId)).toEqual(expected)
        },
      ),
      { numRuns: 12 },
    )
  })
  it('keeps one row an event when two sync loops send the same batch at once', async () => {
    const started = await begin(await seated())
    const entries = singles(started)
      .slice(0, 8)
      .map((item, i) => ({ seq: i + 1, kind: 'answer', item: item.id, value: 'A', at: at(3).getTime() + i }))
    await Promise.all(Array.from({ length: 6 }, () => send(started.token, entries)))
    expect((await stateOf(started.attemptId)).events).toHaveLength(8)
    expect((await send(started.token, [])).ack).toBe(8)
  })
  it('acknowledges only what is contiguous', async () => {
    const started = await begin(await seated())
    const entry = (seq: number) => ({ seq, kind: 'position', value: seq, at: at(3).getTime() })
    expect((await send(started.token, [entry(1), entry(2), entry(4)])).ack).toBe(2)
    // The phone sends everything above the acknowledgement again, so the gap closes by itself.
    expect((await send(started.token, [entry(3), entry(4)])).ack).toBe(4)
    expect((await stateOf(started.attemptId)).events).toHaveLength(4)
  })
  it('tells a phone that forgot its journal which numbers it must not use again', async () => {
    const who = await seated()
    const started = await begin(who)
    const entry = (seq: number) => ({ seq, kind: 'position', value: seq, at: at(3).getTime() })
    await send(started.token, [entry(1), entry(3)])
    expect(await begin(who)).toMatchObject({ ack: 1, highest: 3 })
    expect(await begin(who, 'phone-b-0002', at(1), true)).toMatchObject({ ack: 0, highest: 0 })
  })
  it('skips a poisoned entry, reports it, and lets the rest through', async () => {
    const started = await begin(await seated())
    const item = singles(started)[0]!.id
    const reply = await send(started.token, [
      { seq: 1, kind: 'answer', item, value: { deep: { wrong: true } }, at: at(3).getTime() },
      { seq: 2, kind: 'answer', item: '00000000-0000-4000-8000-000000000000', value: 'A', at: at(3).getTime() },
      { seq: 3, kind: 'answer', item, value: 'B', at: at(3).getTime() },
    ])
    expect(reply).toMatchObject({ ack: 3, skipped: [1, 2] })
    expect((await stateOf(started.attemptId)).responses).toMatchObject([{ value: 'B' }])
  })
  it('refuses a forged token', async () => {
    const started = await begin(await seated())
    const forged = started.token.replace('phone-a', 'phone-z')
    expect((await server.post('sync', { token: forged, entries: [], position: 0 }, at(3))).status).toBe(401)
  })
  it('tells the first phone that the second one has taken over, and merges what the first still holds', async () => {
    const who = await seated()
    const first = await begin(who)
    expect((await begin(who, 'phone-b-0002', at(1))).active).toBe(false)
    const second = await begin(who, 'phone-b-0002', at(1), true)
    expect(second).toMatchObject({ active: true, attemptId: first.attemptId })
    const item = singles(first)[0]!.id
    const late = await send(first.token, [{ seq: 1, kind: 'answer', item, value: 'C', at: at(0.5).getTime() }])
    expect(late).toMatchObject({ active: false, ack: 1 })
    expect((await begin(who, 'phone-b-0002', at(2))).saved).toMatchObject([{ item, value: 'C' }])
  })
})

describe('the end', () => {
  it('scores an answer made in time that arrives after the end, marked late', async () => {
    const who = await seated()
    const started = await begin(who)
    const item = singles(started)[0]!.id
    expect(await closeExpired(at(64))).toBeGreaterThan(0)
    await send(
      started.token,
      [
        { seq: 1, kind: 'answer', item, value: 'A', at: at(59).getTime() },
        { seq: 2, kind: 'finish', value: 'finished', at: at(59.5).getTime() },
      ],
      at(300),
    )
    const events = await sql(`SELECT kind, late FROM journal_event WHERE attempt_id = $1 ORDER BY seq`, [started.attemptId])
    expect(events).toMatchObject([
      { kind: 'answer', late: true },
      { kind: 'finish', late: true },
    ])
    const key = (await sql<{ key: string }>(`SELECT scoring->>'key' AS key FROM item_version WHERE id = $1`, [item]))[0]!.key
    const total = (await ownResults(who.actor)).parts[0]!.total!
    expect(total.raw).toBe(key === 'A' ? 1 : 0)
    expect((await stateOf(started.attemptId)).responses).toHaveLength(1)
  })
  it('keeps an answer made after the end but does not score it', async () => {
    const started = await begin(await seated())
    const item = singles(started)[0]!.id
    await send(started.token, [{ seq: 1, kind: 'answer', item, value: 'A', at: at(61).getTime() }], at(62))
    expect(await sql(`SELECT kind FROM journal_event WHERE attempt_id = $1`, [started.attemptId])).toEqual([{ kind: 'overdue' }])
    expect((await stateOf(started.attemptId)).responses).toHaveLength(0)
  })
  it('closes only when the finish entry and everything before it have arrived', async () => {
    const started = await begin(await seated())
    const item = singles(started)[0]!.id
    const finish = { seq: 2, kind: 'finish', value: 'finished', at: at(20).getTime() }
    expect((await send(started.token, [finish])).clock.state).toBe('open')
    const answer = { seq: 1, kind: 'answer', item, value: 'A', at: at(19).getTime() }
    expect((await send(started.token, [answer, finish])).clock.state).toBe('closed')
    expect((await attempt(started.attemptId))?.closeReason).toBe('finished')
    expect(await sql(`SELECT 1 FROM score WHERE attempt_id = $1 AND scope = 'total'`, [started.attemptId])).toHaveLength(1)
  })
  it('writes a new score run beside the old one when late answers change a closed attempt', async () => {
    const started = await begin(await seated())
    const item = singles(started)[0]!.id
    const key = (await sql<{ key: string }>(`SELECT scoring->>'key' AS key FROM item_version WHERE id = $1`, [item]))[0]!.key
    await closeExpired(at(64))
    await scoreWaiting(at(66))
    await send(started.token, [{ seq: 1, kind: 'answer', item, value: key, at: at(30).getTime() }], at(70))
    const totals = await sql<{ raw: number; old: boolean }>(
      `SELECT raw, superseded_at IS NOT NULL AS old FROM score WHERE attempt_id = $1 AND scope = 'total' ORDER BY raw`,
      [started.attemptId],
    )
    expect(totals).toEqual([
      { raw: 0, old: true },
      { raw: 1, old: false },
    ])
  })
})

describe('scoring that died', () => {
  const failing = () =>
    aServer(async () => {
      throw new Error('scoring died')
    })
  const totals = (attemptId: string) =>
    sql(`SELECT raw FROM score WHERE attempt_id = $1 AND scope = 'total' AND superseded_at IS NULL`, [attemptId])

  it('costs no acknowledgement, and the score follows by itself, also for late answers', async () => {
    const started = await begin(await seated())
    const done = await failing().send(started.token, [{ seq: 1, kind: 'finish', value: 'finished', at: at(20).getTime() }], at(20))
    expect(done).toMatchObject({ ack: 1, clock: { state: 'closed' } })
    expect(await totals(started.attemptId)).toEqual([])
    expect(await scoreWaiting(at(20.5))).toBe(0)
    expect(await scoreWaiting(at(22))).toBe(1)
    expect(await totals(started.attemptId)).toEqual([{ raw: 0 }])

    const away = await begin(await seated())
    const item = singles(away)[0]!.id
    const key = (await sql<{ key: string }>(`SELECT scoring->>'key' AS key FROM item_version WHERE id = $1`, [item]))[0]!.key
    await closeExpired(at(64))
    await scoreWaiting(at(66))
    expect((await failing().send(away.token, [{ seq: 1, kind: 'answer', item, value: key, at: at(19).getTime() }], at(70))).ack).toBe(1)
    expect(await scoreWaiting(at(72))).toBe(1)
    expect(await totals(away.attemptId)).toEqual([{ raw: 1 }])
    expect(await scoreWaiting(at(100))).toBe(0)
  })
})
