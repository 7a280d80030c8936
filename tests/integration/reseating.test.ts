import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freeze, freezeDue } from '@/lib/delivery/inside'
import { roomMinutes } from '@/lib/console/service'
import type { Desk, StartReply } from '@/lib/delivery/protocol'
import { signTicket } from '@/lib/delivery/token'
import { deliver } from '@/lib/console/handover.client'
import { sql } from '@/lib/platform/db'
import { scoreWaiting } from '@/lib/scoring/inside'
import { decideLate, lateList } from '@/lib/scoring/service'
import { changeRoom, changeSeat, chooseForms, releaseResults } from '@/lib/sittings/service'
import { MORNING, aServer, at, proofOf } from './phones'
import { aSchool, aSitting, aTeacher, anAccount, openWorld } from './world'

/** What lies on a phone decides what its answers belong to, however the office has seated people since. */
let world: Awaited<ReturnType<typeof openWorld>>
let server: ReturnType<typeof aServer>
let office: Awaited<ReturnType<typeof anAccount>>
const PHONE = 'phone-a-0001'

beforeAll(async () => {
  world = await openWorld()
  server = aServer()
  office = await anAccount('bgtk')
})
afterAll(async () => {
  await world.close()
})

let forms = 0
/** A second form of the pedagogic instrument, of twenty of its items. */
async function parallel(practice = false): Promise<{ first: string; second: string }> {
  const [form] = await sql<{ id: string; instrumentId: string }>(
    `SELECT f.id, f.instrument_id AS "instrumentId" FROM form f JOIN instrument i ON i.id = f.instrument_id
      WHERE i.competency_code = '1' AND f.practice = $1 AND f.code NOT LIKE 'SETARA%' ORDER BY f.frozen_at DESC LIMIT 1`,
    [practice],
  )
  const second = uuidv7()
  await sql(`INSERT INTO form (id, instrument_id, code, sha256, frozen_at, practice) VALUES ($1,$2,$3,$4,'2020-01-01',$5)`, [
    second,
    form!.instrumentId,
    `SETARA-${++forms}`,
    `x${forms}`,
    practice,
  ])
  // What stands in one form and not in the other is what a wrong form would cost.
  await sql(
    `INSERT INTO form_item (form_id, position, item_version_id) SELECT $1, position, item_version_id FROM form_item WHERE form_id = $2 AND position <= 3`,
    [second, form!.id],
  )
  return { first: form!.id, second }
}

type Seated = { sittingId: string; roomId: string; seatIds: string[]; first: string; second: string }

/** A sealed sitting of four with two forms; the first seat holds the longer one. */
async function twoForms(options: { practice?: boolean; releaseRule?: string } = {}): Promise<Seated> {
  const school = await aSchool()
  const teachers = []
  for (let i = 0; i < 4; i++) teachers.push(await aTeacher(school))
  const sitting = await aSitting(teachers, MORNING, options)
  const { first, second } = await parallel(options.practice ?? false)
  await sql(`INSERT INTO cycle_form (cycle_id, form_id) SELECT t.cycle_id, x FROM sitting t, unnest($2::uuid[]) x WHERE t.id = $1`, [
    sitting.sittingId,
    [first, second],
  ])
  await freeze(sitting.sittingId, at(-60 * 24))
  await lay(sitting.seatIds[0]!, first)
  return { ...sitting, first, second }
}

/** Lays a form at a seat as another seating would have. */
async function lay(seatId: string, formId: string): Promise<void> {
  await sql(`UPDATE seat_form SET form_id = $2 WHERE seat_id = $1 AND competency_code = '1'`, [seatId, formId])
}
const laid = async (seatId: string) =>
  (await sql<{ id: string }>(`SELECT form_id AS id FROM seat_form WHERE seat_id = $1 AND competency_code = '1'`, [seatId]))[0]?.id
const hashOf = async (formId: string) => (await sql<{ h: string }>(`SELECT sha256 AS h FROM packet WHERE form_id = $1`, [formId]))[0]!.h
const itemsOf = async (formId: string) =>
  (
    await sql<{ id: string; letter: string }>(
      `SELECT v.id, v.content #>> '{options,0,id}' AS letter FROM form_item i JOIN item_version v ON v.id = i.item_version_id
        WHERE i.form_id = $1 AND v.content->>'type' = 'single' ORDER BY i.position`,
      [formId],
    )
  ).filter((i) => i.letter)
const formOf = async (seatId: string) =>
  (await sql<{ id: string; formId: string }>(`SELECT id, form_id AS "formId" FROM attempt WHERE seat_id = $1`, [seatId]))[0]
const counted = async (seatId: string) =>
  (
    await sql<{ n: number }>(`SELECT count(*)::int AS n FROM response r JOIN attempt a ON a.id = r.attempt_id WHERE a.seat_id = $1`, [
      seatId,
    ])
  )[0]!.n

/** The journal of a phone that answered every choice item of the form that it opened. */
async function journal(formId: string, from = 6, finish = true) {
  const items = await itemsOf(formId)
  const entries: object[] = items.map((i, n) => ({
    seq: n + 1,
    kind: 'answer',
    item: i.id,
    value: i.letter,
    at: at(from + n / 10).getTime(),
  }))
  if (finish) entries.push({ seq: items.length + 1, kind: 'finish', at: at(from + 30).getTime() })
  return { entries, answers: items.length }
}
const visit = (seatId: string, when = at(-60 * 20)) => server.post<Desk>('desk', { tickets: [signTicket(seatId, 1)] }, when)
const asked = (seatId: string, more: object = {}) => ({ ticket: signTicket(seatId, 1), part: '1', device: PHONE, takeOver: false, ...more })
/** A start that was made without the server, as the phone claims it. */
const claim = async (seatId: string, packet: string | undefined, device = PHONE, begun = 5) =>
  asked(seatId, { device, begunAt: at(begun).getTime(), proof: await proofOf(seatId, device), ...(packet ? { packet } : {}) })
const start = (request: object, when = at(40)) => server.post<StartReply & { code?: string; message?: string }>('start', request, when)
const words = async (roomId: string) => (await roomMinutes(office, roomId, 'minutes'))!.devices.map((d) => d.words).join(' | ')

describe('a phone that opened its packet before the seats were changed', () => {
  it('is claimed with the form that it opened, every answer counts, and the minutes say so', async () => {
    const sitting = await twoForms()
    const seat = sitting.seatIds[0]!
    await visit(seat)
    await lay(seat, sitting.second)
    const { entries, answers } = await journal(sitting.first)
    const { status, reply } = await start(await claim(seat, await hashOf(sitting.first)))
    expect([status, reply.packet?.sha256]).toEqual([200, await hashOf(sitting.first)])
    const sent = await server.send(reply.token, entries, at(41))
    expect(sent.skipped).toEqual([])
    expect(await counted(seat)).toBe(answers)
    expect((await formOf(seat))!.formId).toBe(sitting.first)
    // What the next cycle must not show again is what was seen, so the seat holds it from now on.
    expect(await laid(seat)).toBe(sitting.first)
    expect(await words(sitting.roomId)).toMatch(/paket yang sudah ada di ponsel/)
  })
  it('is honoured at the server as well, where nothing was begun yet', async () => {
    const sitting = await twoForms()
    const seat = sitting.seatIds[0]!
    await visit(seat)
    await lay(seat, sitting.second)
    const { status, reply } = await start(asked(seat, { packet: await hashOf(sitting.first) }), MORNING)
    expect([status, reply.packet?.sha256]).toEqual([200, await hashOf(sitting.first)])
  })
  it('is honoured by the hands of the proctor, from a file or QR frames', async () => {
    const sitting = await twoForms()
    const seat = sitting.seatIds[0]!
    await visit(seat)
    await lay(seat, sitting.second)
    const { entries, answers } = await journal(sitting.first)
    const post = async (path: string, body: unknown) => {
      const reply = await server.ask('POST', path.slice('/api/delivery/'.length), body, at(50))
      return { status: reply.status, body: JSON.parse(String(reply.body)) as unknown }
    }
    const payload = { v: 1 as const, start: (await claim(seat, await hashOf(sitting.first))) as never, entries }
    expect(await deliver(payload, post)).toEqual({ ok: true, entries: entries.length, complete: true })
    expect(await counted(seat)).toBe(answers)
  })
  it('keeps its form when no form lies at the seat at all', async () => {
    const sitting = await twoForms()
    const seat = sitting.seatIds[0]!
    await visit(seat)
    await sql(`DELETE FROM seat_form WHERE seat_id = $1`, [seat])
    const { reply } = await start(await claim(seat, await hashOf(sitting.first)))
    expect(reply.packet.sha256).toBe(await hashOf(sitting.first))
  })
  it('is honoured in practice too', async () => {
    const sitting = await twoForms({ practice: true })
    const seat = sitting.seatIds[0]!
    await visit(seat)
    await lay(seat, sitting.second)
    const { reply } = await start(await claim(seat, await hashOf(sitting.first)))
    expect(reply.packet.sha256).toBe(await hashOf(sitting.first))
  })
  it('without a hash, as phones of an older version ask, starts as before', async () => {
    const sitting = await twoForms()
    const seat = sitting.seatIds[0]!
    const { reply } = await start(await claimAfterVisit(seat))
    expect(reply.packet.sha256).toBe(await hashOf(sitting.first))
  })
})

async function claimAfterVisit(seat: string) {
  await visit(seat)
  return claim(seat, undefined)
}

describe('two phones with two forms', () => {
  it('cost each other nothing: the second waits for the office, with its answers', async () => {
    const sitting = await twoForms()
    const seat = sitting.seatIds[0]!
    await visit(seat)
    await lay(seat, sitting.second)
    const online = await start(asked(seat, { device: 'phone-b-0002', packet: await hashOf(sitting.second) }), at(10))
    expect(online.reply.packet.sha256).toBe(await hashOf(sitting.second))
    const request = await claim(seat, await hashOf(sitting.first))
    const { entries, answers } = await journal(sitting.first)
    expect((await start(request)).reply).toMatchObject({ code: 'waits', message: expect.stringMatching(/formulir lain.*aman/) })
    const kept = await server.post<{ ack: number; waits: boolean }>('deposit', { ...request, entries }, at(41))
    expect(kept.reply).toEqual({ ack: entries.length, waits: true })
    expect(await counted(seat)).toBe(0)
    const [row] = (await lateList(office, await cycleOf(sitting))).filter((r) => r.kind === 'claim')
    expect(row).toMatchObject({ reason: 'form', answers })
    // Nobody wrote into the other form: the office may count what this phone holds.
    expect(
      await decideLate(office, { id: row!.id, accepted: true, reason: 'Ponsel pertama dipakai sampai selesai.' }, at(400)),
    ).toMatchObject({ ok: true })
    expect((await formOf(seat))!.formId).toBe(sitting.first)
    expect(await counted(seat)).toBe(answers)
  })
  it('cannot be made one by the office where both were written in; both stay as they are', async () => {
    const sitting = await twoForms()
    const seat = sitting.seatIds[0]!
    await visit(seat)
    await lay(seat, sitting.second)
    const online = await start(asked(seat, { device: 'phone-b-0002' }), at(10))
    const other = await journal(sitting.second, 11)
    await server.send(online.reply.token, other.entries, at(45))
    const request = await claim(seat, await hashOf(sitting.first))
    const { entries } = await journal(sitting.first)
    await start(request)
    await server.post('deposit', { ...request, entries }, at(46))
    const [row] = (await lateList(office, await cycleOf(sitting))).filter((r) => r.kind === 'claim')
    const decided = await decideLate(office, { id: row!.id, accepted: true, reason: 'Ponsel pertama dipakai sampai selesai.' }, at(400))
    expect(decided).toMatchObject({ ok: false, message: expect.stringMatching(/formulir lain.*tetap tersimpan/) })
    expect(await counted(seat)).toBe(other.answers)
    expect((await lateList(office, await cycleOf(sitting))).filter((r) => r.kind === 'claim')).toHaveLength(1)
  })
  it('go on with the form of the part when the second has opened nothing', async () => {
    const sitting = await twoForms()
    const seat = sitting.seatIds[0]!
    await start(asked(seat, { packet: await hashOf(sitting.first) }), at(1))
    const taken = await start(asked(seat, { device: 'phone-b-0002', takeOver: true, packet: await hashOf(sitting.second) }), at(5))
    expect(taken.reply).toMatchObject({ active: true, packet: { sha256: await hashOf(sitting.first) } })
  })
})

const cycleOf = async (s: { sittingId: string }) =>
  (await sql<{ id: string }>(`SELECT cycle_id AS id FROM sitting WHERE id = $1`, [s.sittingId]))[0]!.id

describe('a hash that was not sealed for this sitting and part', () => {
  const foreign = async (of: 'nobody' | 'sitting' | 'part', seat: string): Promise<string> => {
    if (of === 'nobody') return 'f'.repeat(64)
    if (of === 'part')
      return (
        await sql<{ h: string }>(
          `SELECT p.sha256 AS h FROM packet p JOIN sitting_key k ON k.form_id = p.form_id JOIN seat s ON s.sitting_id = k.sitting_id
             JOIN form f ON f.id = p.form_id JOIN instrument i ON i.id = f.instrument_id WHERE s.id = $1 AND i.competency_code = '2'`,
          [seat],
        )
      )[0]!.h
    const other = await twoForms()
    return hashOf(other.second)
  }
  it.each(['nobody', 'sitting', 'part'] as const)('opens nothing when it is of %s, and the answers are kept as evidence', async (of) => {
    const sitting = await twoForms()
    const seat = sitting.seatIds[0]!
    await visit(seat)
    const request = await claim(seat, await foreign(of, seat))
    const { entries } = await journal(sitting.first)
    expect((await start(request)).reply).toMatchObject({ code: 'waits', message: expect.stringMatching(/bukan paket soal.*aman/) })
    expect(await formOf(seat)).toBeUndefined()
    const kept = await server.post<{ ack: number; waits: boolean }>('deposit', { ...request, entries }, at(41))
    expect(kept.reply).toEqual({ ack: entries.length, waits: true })
    const [row] = await lateList(office, await cycleOf(sitting))
    expect(row).toMatchObject({ kind: 'claim', reason: 'packet' })
    if (of === 'nobody')
      expect(await decideLate(office, { id: row!.id, accepted: true, reason: 'Dicoba dihitung oleh kantor.' }, at(400))).toMatchObject({
        ok: false,
      })
    // An ordinary start of the same seat is as good as before.
    expect((await start(asked(seat), at(42))).status).toBe(200)
  })
  it('opens nothing at the server either', async () => {
    const sitting = await twoForms()
    const { status, reply } = await start(asked(sitting.seatIds[0]!, { packet: await foreign('sitting', sitting.seatIds[0]!) }), MORNING)
    expect([status, reply.code]).toEqual([409, 'waits'])
    expect(await formOf(sitting.seatIds[0]!)).toBeUndefined()
  })
})

describe('answers that come late under an old seating', () => {
  it('wait for the office after the grace and are then judged by the form that the phone opened', async () => {
    const sitting = await twoForms()
    const seat = sitting.seatIds[0]!
    await visit(seat)
    await lay(seat, sitting.second)
    const request = await claim(seat, await hashOf(sitting.first))
    const { entries, answers } = await journal(sitting.first)
    const late = at(60 * 24 * 10)
    expect((await start(request, late)).reply.code).toBe('waits')
    await server.post('deposit', { ...request, entries }, late)
    const [row] = await lateList(office, await cycleOf(sitting))
    expect(await decideLate(office, { id: row!.id, accepted: true, reason: 'Ponsel rusak dan baru diperbaiki.' }, late)).toMatchObject({
      ok: true,
    })
    expect((await formOf(seat))!.formId).toBe(sitting.first)
    expect(await counted(seat)).toBe(answers)
  })
  it('wait after the results were released and then count', async () => {
    const sitting = await twoForms({ releaseRule: 'held' })
    const seat = sitting.seatIds[0]!
    await visit(seat)
    await lay(seat, sitting.second)
    const { reply } = await start(await claim(seat, await hashOf(sitting.first)))
    const { entries, answers } = await journal(sitting.first)
    await server.send(reply.token, [entries[0]!, { seq: 2, kind: 'finish', at: at(39).getTime() }], at(41))
    await scoreWaiting(at(60))
    await releaseResults(office, sitting.sittingId)
    await sql(`UPDATE attempt SET settled_at = $2 WHERE seat_id = $1`, [seat, at(61)])
    // A second phone of the same person that had the same packet.
    const second = await claim(seat, await hashOf(sitting.first), 'phone-c-0003')
    await start(second, at(62))
    await server.post('deposit', { ...second, entries }, at(62))
    const [row] = (await lateList(office, await cycleOf(sitting))).filter((r) => r.kind === 'claim')
    expect(await decideLate(office, { id: row!.id, accepted: true, reason: 'Kedua ponsel milik peserta ini.' }, at(100))).toMatchObject({
      ok: true,
    })
    expect(await counted(seat)).toBe(answers)
  })
})

describe('what the office changes before the day', () => {
  const left = async (s: Seated) => Promise.all(s.seatIds.map(laid))

  it('gives other forms to seats whose packet nobody fetched, and says how many keep theirs', async () => {
    const sitting = await twoForms()
    const [fetched, begun, ...others] = sitting.seatIds as [string, string, string, string]
    await visit(fetched)
    await start(asked(begun), MORNING)
    const before = await left(sitting)
    const changed = await changeRoom(office, sitting.sittingId, sitting.roomId, 1, MORNING)
    expect(changed).toMatchObject({ ok: true, value: { given: 2, kept: 2 } })
    expect((await left(sitting)).slice(0, 2)).toEqual(before.slice(0, 2))
    // Nobody has to press a button again: the clock prepares what holds no form.
    await freezeDue(at(1))
    const after = await left(sitting)
    expect(after.slice(0, 2)).toEqual(before.slice(0, 2))
    expect(after.slice(2).every(Boolean)).toBe(true)
    expect(others).toHaveLength(2)
  })
  it('brings packets to people who are added after the preparation, without another tap', async () => {
    const sitting = await twoForms()
    const late = await aSitting([await aTeacher(await aSchool())], MORNING)
    await sql(`UPDATE seat SET sitting_id = $2, room_id = $3, seat_number = 9 WHERE id = $1`, [
      late.seatIds[0],
      sitting.sittingId,
      sitting.roomId,
    ])
    await freezeDue(at(1))
    expect(await laid(late.seatIds[0]!)).toBeDefined()
    expect(await freezeDue(at(2))).toBe(0)
  })
  it('leaves rooms alone that were not changed', async () => {
    const sitting = await twoForms()
    const other = uuidv7()
    await sql(`INSERT INTO room (id, sitting_id, name, capacity) VALUES ($1,$2,'Ruang 02',40)`, [other, sitting.sittingId])
    await sql(`UPDATE seat SET room_id = $2 WHERE id = $1`, [sitting.seatIds[3], other])
    expect(await changeRoom(office, sitting.sittingId, other, 2, MORNING)).toMatchObject({ ok: true, value: { given: 1, kept: 0 } })
    expect((await left(sitting)).slice(0, 3).every(Boolean)).toBe(true)
  })
  it('changes nothing when the rows stay as they are', async () => {
    const sitting = await twoForms()
    const before = await left(sitting)
    await changeRoom(office, sitting.sittingId, sitting.roomId, 4, MORNING)
    expect(await left(sitting)).toEqual(before)
  })
  it('gives newly chosen forms to unfetched seats of sittings that are not over, and to nobody else', async () => {
    const sitting = await twoForms()
    const [fetched] = sitting.seatIds as [string]
    await visit(fetched)
    const cycleId = await cycleOf(sitting)
    const changed = await chooseForms(office, cycleId, [sitting.second], at(-60 * 10))
    expect(changed).toMatchObject({ ok: true, value: { kept: 1 } })
    await freezeDue(at(1))
    const after = await left(sitting)
    expect(after[0]).toBe(sitting.first)
    expect(after.slice(1)).toEqual([sitting.second, sitting.second, sitting.second])
    // The day is over: what was seen stays what was seen.
    const over = await twoForms()
    const before = await left(over)
    await chooseForms(office, await cycleOf(over), [over.second], at(60 * 24))
    expect(await left(over)).toEqual(before)
  })
  it('gives extra time without touching any form', async () => {
    const sitting = await twoForms()
    const before = await left(sitting)
    const [seat] = await sql<{ number: string }>(`SELECT participant_number AS number FROM seat WHERE id = $1`, [sitting.seatIds[0]])
    await sql(`UPDATE sitting SET closes_at = now() + interval '1 day' WHERE id = $1`, [sitting.sittingId])
    expect(await changeSeat(office, sitting.sittingId, { number: seat!.number, minutes: 20 })).toMatchObject({ ok: true })
    expect(await left(sitting)).toEqual(before)
  })
})
