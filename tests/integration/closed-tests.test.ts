import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/access/model'
import { attempt, closeExpired, freeze } from '@/lib/delivery/inside'
import { askEarlyCode, grantEarlyCode, spokenCode } from '@/lib/delivery/service'
import type { DepositReply, Desk } from '@/lib/delivery/protocol'
import { releaseCode } from '@/lib/delivery/release-code'
import { signTicket } from '@/lib/delivery/token'
import { sql } from '@/lib/platform/db'
import { schoolView } from '@/lib/mapping/service'
import { scoreWaiting } from '@/lib/scoring/inside'
import { decideLate, lateList, ownResults } from '@/lib/scoring/service'
import { MORNING, aServer, at, proofOf, seated, singles, type Started } from './phones'
import { aSchool, aSitting, aTeacher, anAccount, openWorld } from './world'

/** What was finished stays as it was: every way that an audit found into a test that is over. */
let world: Awaited<ReturnType<typeof openWorld>>
let server: ReturnType<typeof aServer>
let office: Actor
beforeAll(async () => {
  world = await openWorld()
  server = aServer()
  office = await anAccount('bgtk')
})
afterAll(() => world.close())

const HOUR = 60
const keyOf = async (item: string) =>
  (await sql<{ key: string }>(`SELECT scoring->>'key' AS key FROM item_version WHERE id = $1`, [item]))[0]!.key
const answer = (seq: number, item: string, value: string, when: Date) => ({ seq, kind: 'answer', item, value, at: when.getTime() })
const finish = (seq: number, when: Date) => ({ seq, kind: 'finish', value: 'finished', at: when.getTime() })
const kinds = async (attemptId: string) =>
  (await sql<{ kind: string }>(`SELECT kind FROM journal_event WHERE attempt_id = $1 ORDER BY device, seq`, [attemptId])).map((r) => r.kind)
const raw = async (id: string) =>
  (await sql<{ raw: number }>(`SELECT raw FROM score WHERE attempt_id = $1 AND scope = 'total' AND superseded_at IS NULL`, [id]))[0]?.raw
const cycleOf = async (sittingId: string) =>
  (await sql<{ id: string }>(`SELECT cycle_id AS id FROM sitting WHERE id = $1`, [sittingId]))[0]!.id
const ask = <T = { code: string }>(path: 'start' | 'deposit', seat: string, when: Date, more: object = {}) =>
  server.post<T>(path, { ticket: signTicket(seat, 1), part: '1', device: 'phone-a-0001', takeOver: false, ...more }, when)

/** A test that was answered with one wrong choice and handed in. */
async function handedIn(): Promise<{ who: Awaited<ReturnType<typeof seated>>; started: Started; item: string; key: string }> {
  const who = await seated()
  const started = await server.begin(who.seat)
  const item = singles(started)[0]!.id
  const key = await keyOf(item)
  const wrong = ['A', 'B', 'C', 'D'].find((c) => c !== key)!
  await server.send(started.token, [answer(1, item, wrong, at(5)), finish(2, at(6))], at(6))
  return { who, started, item, key }
}

describe('a test that was handed in', () => {
  it('is not moved by an answer that the same phone writes after its finish, however it is dated', async () => {
    const { started, item, key } = await handedIn()
    expect((await server.send(started.token, [answer(3, item, key, at(5.5))], at(7))).ack).toBe(3)
    expect(await kinds(started.attemptId)).toEqual(['answer', 'finish', 'after'])
    expect(await raw(started.attemptId)).toBe(0)
  })
  it('ends the same when the later entry comes before the finish', async () => {
    const who = await seated()
    const started = await server.begin(who.seat)
    const [one, two] = singles(started).map((i) => i.id)
    const [k1, k2] = [await keyOf(one!), await keyOf(two!)]
    await server.send(
      started.token,
      [answer(1, one!, k1, at(4)), answer(3, two!, k2, at(8)), answer(4, one!, k1 === 'D' ? 'A' : 'D', at(9))],
      at(9),
    )
    await server.send(started.token, [finish(2, at(6))], at(10))
    expect(await sql(`SELECT value FROM response WHERE attempt_id = $1`, [started.attemptId])).toEqual([{ value: k1 }])
    expect(await raw(started.attemptId)).toBe(1)
  })
  it('gives nobody a token or a key again: not the same phone, not another, not months later', async () => {
    const { who } = await handedIn()
    for (const when of [at(8), at(30 * HOUR), at(24 * HOUR * 200)])
      for (const device of ['phone-a-0001', 'phone-z-0009']) {
        const { status, reply } = await ask('start', who.seat, when, { device, takeOver: true })
        expect(status).toBe(409)
        expect(reply.code).toBe('closed')
        expect(JSON.stringify(reply)).not.toMatch(/token|contentKey/)
      }
  })
  it('gives no ticket once the sitting and its grace are over', async () => {
    const { who } = await handedIn()
    const desk = async (when: Date) => (await server.post<Desk>('desk', { tickets: [signTicket(who.seat, 1)] }, when)).reply.seats[0]!
    expect((await desk(at(8))).ticket).not.toBeNull()
    expect((await desk(at(24 * HOUR * 10))).ticket).toBeNull()
  })
})

describe('answers made in time that arrive late', () => {
  /** A phone that went away holds the right answer; time has closed its test. */
  async function away() {
    const who = await seated()
    const first = await server.begin(who.seat)
    const item = singles(first)[0]!.id
    const key = await keyOf(item)
    await closeExpired(at(64))
    await scoreWaiting(at(66))
    const send = (when: Date) => server.send(first.token, [answer(1, item, key, at(15))], when)
    return { who, first, send }
  }
  it('count by themselves while the grace runs and nobody has read the result', async () => {
    const { first, send } = await away()
    await send(at(24 * HOUR))
    expect(await raw(first.attemptId)).toBe(1)
  })
  it('wait for the office once their teacher has read the result, so that nobody tries answers against it', async () => {
    const { who, first, send } = await away()
    expect((await ownResults(who.actor)).parts[0]!.total!.raw).toBe(0)
    expect((await send(at(30))).ack).toBe(1)
    await scoreWaiting(at(60))
    expect(await raw(first.attemptId)).toBe(0)
    expect(await kinds(first.attemptId)).toEqual(['held'])
  })
  it.each([
    ['wait once a head has read it by name: what was shown is moved by nothing that arrives later', 'own', 'own', undefined, 1, 0],
    ['count although a head has looked at the figures of the school, where no teacher stands', 'own', 'own', null, 0, 1],
    ['wait once the head where the teacher works now has read it', 'next', 'next', undefined, 1, 0],
    ['count although the head whom the teacher has left has looked: it stands there no more', 'next', 'own', undefined, 0, 1],
  ] as const)('%s', async (_story, works, asked, list, shown, points) => {
    const { who, first, send } = await away()
    const schools = { own: who.school, next: await aSchool() }
    await sql(`UPDATE teacher SET school_id = $2 WHERE id = $1`, [who.teacher, schools[works]])
    const schoolId = schools[asked]
    expect((await schoolView(await anAccount('kepala-sekolah', { schoolId }), schoolId, list))?.teachers).toHaveLength(shown)
    await send(at(30))
    await scoreWaiting(at(60))
    expect(await raw(first.attemptId)).toBe(points)
  })
  it('wait when another phone had kept them to itself until the test was handed in, and do not count when they were made after that', async () => {
    const who = await seated()
    const silent = await server.begin(who.seat)
    const [one, two] = singles(silent).map((i) => i.id)
    const second = await server.begin(who.seat, 'phone-b-0002', at(1), { takeOver: true })
    await server.send(second.token, [finish(1, at(20))], at(20))
    const late = [answer(1, one!, await keyOf(one!), at(15)), answer(2, two!, await keyOf(two!), at(45)), finish(3, at(46))]
    await server.send(silent.token, late, at(47))
    expect(await kinds(silent.attemptId)).toEqual(['held', 'after', 'finish', 'finish'])
    expect(await raw(silent.attemptId)).toBe(0)
  })
  it('are not called to life by minutes that somebody gives when the test is over', async () => {
    const who = await seated()
    const started = await server.begin(who.seat)
    const item = singles(started)[0]!.id
    await closeExpired(at(64))
    for (const [kind, seconds] of [
      ['extend', 36_000],
      ['pause', null],
    ])
      await sql(
        `INSERT INTO allowance (id, sitting_id, seat_id, kind, seconds, started_at, reason) VALUES (gen_random_uuid(), $1, $2, $3, $4, $5, 'uji')`,
        [who.sittingId, who.seat, kind, seconds, at(120)],
      )
    server.delivery.lane.facts.forget(started.attemptId)
    await server.send(started.token, [answer(1, item, await keyOf(item), at(130))], at(140))
    expect(await kinds(started.attemptId)).toEqual(['overdue'])
  })
  it('wait once the office has released the sitting, and once the grace is over', async () => {
    const released = await away()
    await sql(`UPDATE sitting SET released_at = $2 WHERE id = $1`, [released.who.sittingId, at(40)])
    await released.send(at(50))
    expect(await kinds(released.first.attemptId)).toContain('held')
    const old = await away()
    await old.send(at(6 * HOUR + 73 * HOUR))
    expect(await kinds(old.first.attemptId)).toContain('held')
    expect([await raw(released.first.attemptId), await raw(old.first.attemptId)]).toEqual([0, 0])
  })
  it('are listed with what they would change, and count when the office says so with a reason, once', async () => {
    const { who, first, send } = await away()
    await ownResults(who.actor)
    await send(at(30))
    const list = await lateList(office, await cycleOf(who.sittingId))
    expect(list).toMatchObject([{ kind: 'answers', answers: 1, reason: 'settled', points: { now: 0, then: 1 } }])
    const say = (reason: string) => decideLate(office, { id: list[0]!.id, accepted: true, reason }, at(90))
    expect(await say('ya')).toMatchObject({ ok: false, code: 'reason' })
    expect(await say('Ponsel pertama baru tersambung, berita acara ruang 01')).toMatchObject({ ok: true })
    expect(await say('Ponsel pertama baru tersambung, berita acara ruang 01')).toMatchObject({ ok: false, code: 'gone' })
    await scoreWaiting(at(100))
    expect(await raw(first.attemptId)).toBe(1)
    const object = `attempt:${first.attemptId}`
    const [line] = await sql<{ detail: { reason: string } }>(`SELECT detail FROM audit_entry WHERE object = $1`, [object])
    expect(line!.detail.reason).toMatch(/berita acara/)
  })
  it('stay aside when the office says no', async () => {
    const { who, first, send } = await away()
    await ownResults(who.actor)
    await send(at(30))
    const [row] = await lateList(office, await cycleOf(who.sittingId))
    await decideLate(office, { id: row!.id, accepted: false, reason: 'Waktu pada ponsel tidak dapat dipercaya' }, at(90))
    await scoreWaiting(at(100))
    expect(await raw(first.attemptId)).toBe(0)
    expect(await lateList(office, await cycleOf(who.sittingId))).toEqual([])
  })
  it('of a phone whose card was voided count up to that moment, and wait afterwards', async () => {
    const who = await seated()
    const started = await server.begin(who.seat)
    const items = singles(started).map((i) => i.id)
    await sql(`UPDATE seat SET card_version = 2, card_renewed_at = $2 WHERE id = $1`, [who.seat, at(10)])
    server.delivery.lane.facts.forget(started.attemptId)
    const reply = await server.send(started.token, [answer(1, items[0]!, 'A', at(9)), answer(2, items[1]!, 'A', at(11))], at(12))
    expect(reply).toMatchObject({ ack: 2, active: false })
    expect(await kinds(started.attemptId)).toEqual(['answer', 'held'])
  })
})

describe('a start that a phone says it made without the server', () => {
  const device = 'phone-a-0001'
  /** An absent seat whose phone read its desk the day before. */
  async function absent() {
    const who = await seated()
    await server.post('desk', { tickets: [signTicket(who.seat, 1)] }, at(-24 * HOUR))
    return who
  }
  const begunAt = at(5).getTime()

  it('is not believed months later, nor without the code, nor from before the packet was there; nothing opens', async () => {
    const [late, mute, wrong, unseen] = [await absent(), await absent(), await absent(), await seated()]
    const proof = (seat: string) => proofOf(seat, device)
    const asked = [
      await ask('start', late.seat, at(24 * HOUR * 210), { begunAt, proof: await proof(late.seat) }),
      await ask('start', mute.seat, at(50), { begunAt }),
      await ask('start', wrong.seat, at(50), { begunAt, proof: await proof(mute.seat) }),
      await ask('start', unseen.seat, at(50), { begunAt, proof: await proof(unseen.seat) }),
    ]
    for (const { status, reply } of asked) {
      expect([status, reply.code]).toEqual([409, 'waits'])
      expect(JSON.stringify(reply)).not.toMatch(/token|contentKey/)
    }
    const seats = [late, mute, wrong, unseen].map((w) => w.seat)
    expect(await sql(`SELECT 1 FROM attempt WHERE seat_id = ANY($1::uuid[])`, [seats])).toEqual([])
  })
  it('waits from a seat that its proctor recorded as absent, whatever the phone can show', async () => {
    const who = await absent()
    await sql(`UPDATE seat SET attendance = 'absent' WHERE id = $1`, [who.seat])
    const { reply } = await ask('start', who.seat, at(50), { begunAt, proof: await proofOf(who.seat, device) })
    expect(reply.code).toBe('waits')
    expect(await sql(`SELECT attendance FROM seat WHERE id = $1`, [who.seat])).toEqual([{ attendance: 'absent' }])
  })
  it('fills no disk through invented devices', async () => {
    const who = await absent()
    const entries = [{ seq: 1, kind: 'position', value: 1, at: begunAt }]
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, i) => ask('deposit', who.seat, at(60), { begunAt, entries, device: `invented-${i}0000` })),
    )
    expect(answers.filter((a) => a.status === 200).length).toBeLessThanOrEqual(16)
    const [kept] = await sql<{ n: number }>(`SELECT count(*)::int AS n FROM late_claim WHERE seat_id = $1`, [who.seat])
    expect(kept!.n).toBeLessThanOrEqual(16)
  })
  it('is taken in within the grace with the code of its own sitting', async () => {
    const who = await absent()
    const { status } = await ask('start', who.seat, at(30 * HOUR), { begunAt, proof: await proofOf(who.seat, device) })
    expect(status).toBe(200)
  })
  it('leaves its journal for the office, which sees it and may count it: no answer is lost', async () => {
    const who = await absent()
    const [form] = await sql<{ id: string }>(`SELECT form_id AS id FROM seat_form WHERE seat_id = $1 AND competency_code = '1'`, [who.seat])
    const [item] = await sql<{ id: string; key: string }>(
      `SELECT v.id, v.scoring->>'key' AS key FROM form_item f JOIN item_version v ON v.id = f.item_version_id WHERE f.form_id = $1 AND v.type = 'single' LIMIT 1`,
      [form!.id],
    )
    const entries = [answer(1, item!.id, item!.key, at(10)), finish(2, at(40))]
    const when = at(24 * HOUR * 30)
    for (let twice = 0; twice < 2; twice++)
      expect((await ask<DepositReply>('deposit', who.seat, when, { begunAt, entries })).reply).toEqual({ ack: 2, waits: true })
    const cycleId = await cycleOf(who.sittingId)
    const list = await lateList(office, cycleId)
    expect(list).toMatchObject([{ kind: 'claim', answers: 1, reason: 'late' }])
    const reason = 'Ponsel tertinggal di daerah tanpa sinyal, surat kepala sekolah'
    expect(await decideLate(office, { id: list[0]!.id, accepted: true, reason }, when)).toMatchObject({ ok: true })
    const [made] = await sql<{ id: string }>(`SELECT id FROM attempt WHERE seat_id = $1`, [who.seat])
    expect(await attempt(made!.id)).toMatchObject({ state: 'closed', provisional: true, startedAt: at(5) })
    await scoreWaiting(new Date(when.getTime() + 120_000))
    expect(await raw(made!.id)).toBe(1)
    expect(await lateList(office, cycleId)).toEqual([])
  })
  it('waits when another phone has closed the part before the server heard of this one, and joins that attempt when the office says so', async () => {
    const who = await absent()
    const other = await server.begin(who.seat, 'phone-b-0002')
    const item = singles(other)[0]!.id
    await server.send(other.token, [finish(1, at(20))], at(20))
    const entries = [answer(1, item, await keyOf(item), at(15))]
    const honest = await ask<DepositReply>('deposit', who.seat, at(30), { begunAt, entries, proof: await proofOf(who.seat, device) })
    expect(honest.reply).toEqual({ ack: 1, waits: true })
    expect(await raw(other.attemptId)).toBe(0)
    const [row] = await lateList(office, await cycleOf(who.sittingId))
    expect(row).toMatchObject({ kind: 'claim', reason: 'second' })
    const say = (accepted: boolean) =>
      decideLate(office, { id: row!.id, accepted, reason: 'Ponsel pertama rusak, menurut pengawas ruang' }, at(90))
    const both = await Promise.all([say(true), say(false)])
    expect(both.filter((r) => r.ok)).toHaveLength(1)
    await scoreWaiting(at(100))
    expect(await raw(other.attemptId)).toBe(both[0]!.ok ? 1 : 0)
  })
  it('cannot be invented for an attempt that time has closed', async () => {
    const who = await absent()
    await server.begin(who.seat, 'phone-b-0002')
    await closeExpired(at(64))
    const { status, reply } = await ask('start', who.seat, at(70), { begunAt, proof: await proofOf(who.seat, device) })
    expect([status, reply.code]).toEqual([409, 'closed'])
  })
})

describe('what a phone may say', () => {
  it('is held against the item: a picture of ten megabytes is no answer to a graded item, nor is a code that it does not have', async () => {
    const started = await server.begin((await seated()).seat)
    const item = started.items.find((i) => ['single', 'graded'].includes(i.content.type))!.id
    const poison = [{ text: 'x'.repeat(7000) }, 'Z', ['A'], 3, { A: true }]
    const reply = await server.send(
      started.token,
      poison.map((value, i) => ({ seq: i + 1, kind: 'answer', item, value, at: at(3).getTime() })),
    )
    expect(reply).toMatchObject({ ack: 5, skipped: [1, 2, 3, 4, 5] })
    expect(await sql(`SELECT 1 FROM response WHERE attempt_id = $1`, [started.attemptId])).toEqual([])
    const [size] = await sql<{ most: number }>(
      `SELECT max(octet_length(body::text))::int AS most FROM journal_event WHERE attempt_id = $1`,
      [started.attemptId],
    )
    expect(size!.most).toBeLessThan(600)
  })
  it('fills no disk: beyond its budget the journal keeps that it happened, and the current answer stays true', async () => {
    const started = await server.begin((await seated()).seat)
    const item = started.items.find((i) => i.content.type === 'truefalse' || i.content.type === 'multiple') ?? started.items[0]!
    const value = item.content.type === 'single' ? 'A' : null
    for (let batch = 0; batch < 30; batch++)
      await server.send(
        started.token,
        Array.from({ length: 200 }, (_, i) => ({
          seq: batch * 200 + i + 1,
          kind: 'flag',
          item: item.id,
          value: { junk: 'y'.repeat(290) },
          at: at(3).getTime(),
        })),
        at(3 + batch),
      )
    const last = singles(started)[0]!
    await server.send(started.token, [answer(6001, last.id, 'B', at(40))], at(40))
    const [size] = await sql<{ sum: number }>(`SELECT sum(octet_length(body::text))::int AS sum FROM journal_event WHERE attempt_id = $1`, [
      started.attemptId,
    ])
    expect(size!.sum).toBeLessThan(600_000)
    expect(await sql(`SELECT value FROM response WHERE attempt_id = $1`, [started.attemptId])).toEqual([{ value: 'B' }])
    expect(value === null || value === 'A').toBe(true)
  })
  it('is opened on a dozen phones at most', async () => {
    const who = await seated()
    for (let i = 0; i < 12; i++) await server.begin(who.seat, `phone-${String(i).padStart(6, '0')}`, at(1), { takeOver: true })
    await expect(server.begin(who.seat, 'phone-the-13th', at(2), { takeOver: true })).rejects.toThrow(/terlalu banyak perangkat/)
    await server.begin(who.seat, 'phone-000003', at(2), { takeOver: true })
  })
})

describe('the release code', () => {
  /** A sitting that opens at MORNING + 24 h. */
  async function tomorrow() {
    const opens = at(24 * HOUR)
    const sitting = await aSitting([await aTeacher(await aSchool())], new Date(opens.getTime() + 3_600_000))
    await freeze(sitting.sittingId, MORNING)
    return { ...sitting, opens }
  }
  it('has at least 52 bits and is made of what can be said: four groups of four digits', async () => {
    const codes = new Set(Array.from({ length: 300 }, (_, i) => releaseCode(`sitting-${i}`)))
    expect(codes.size).toBe(300)
    for (const code of codes) expect(code).toMatch(/^\d{4} \d{4} \d{4} \d{4}$/)
    expect(Math.log2(10 ** 16)).toBeGreaterThan(52)
  })
  it('cannot be read the evening before, can from half an hour before the opening, and not when the sitting is long over', async () => {
    const { sittingId, opens } = await tomorrow()
    const read = (minutes: number) => spokenCode(office, sittingId, null, new Date(opens.getTime() + minutes * 60_000))
    expect(await read(-21.5 * HOUR)).toMatchObject({ ok: false, code: 'early' })
    expect(await read(-31)).toMatchObject({ ok: false, code: 'early' })
    expect(await read(-29)).toMatchObject({ ok: true })
    expect(await read(24 * HOUR * 30)).toMatchObject({ ok: false, code: 'over' })
  })
  it('is read earlier only when two persons of the office say so, with a reason', async () => {
    const { sittingId, opens } = await tomorrow()
    const second = await anAccount('bgtk')
    const evening = new Date(opens.getTime() - 12 * 3_600_000)
    expect(await askEarlyCode(office, sittingId, 'ya', evening)).toMatchObject({ ok: false })
    expect(await askEarlyCode(office, sittingId, 'Pulau tanpa sinyal, kode dibawa tertutup', evening)).toMatchObject({ ok: true })
    expect(await grantEarlyCode(office, sittingId, evening)).toMatchObject({ ok: false, code: 'self' })
    expect(await spokenCode(office, sittingId, null, evening)).toMatchObject({ ok: false, code: 'early' })
    expect(await grantEarlyCode(second, sittingId, evening)).toMatchObject({ ok: true })
    expect(await spokenCode(office, sittingId, null, evening)).toMatchObject({ ok: true })
  })
  it('of a sitting that was sealed before stays the one its phones know', async () => {
    const { sittingId } = await tomorrow()
    await sql(`UPDATE sitting SET release_code_version = 1 WHERE id = $1`, [sittingId])
    await freeze(sittingId, at(10))
    const read = await spokenCode(office, sittingId, null, at(24 * HOUR))
    expect(read).toMatchObject({ ok: true, value: releaseCode(sittingId, 1) })
    expect(releaseCode(sittingId, 1)).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/)
  })
})
