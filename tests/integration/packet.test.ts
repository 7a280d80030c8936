import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freeze } from '@/lib/delivery/inside'
import { releaseCode } from '@/lib/delivery/release-code'
import { deflate, open, openPacket, openWithCode, seal } from '@/lib/delivery/seal'
import type { Desk } from '@/lib/delivery/protocol'
import { signTicket } from '@/lib/delivery/token'
import { sql } from '@/lib/platform/db'
import { formIndex } from '@/lib/sittings/parallel'
import { MORNING, aServer, at, seated } from './phones'
import { aSchool, aSitting, aTeacher, openWorld } from './world'

/** Sealed packets: fetched early, opened by the server at the window or by the spoken code, and by nothing else. */
let world: Awaited<ReturnType<typeof openWorld>>
let server: ReturnType<typeof aServer>
beforeAll(async () => {
  world = await openWorld()
  server = aServer(async () => undefined)
})
afterAll(async () => {
  await world.close()
})

const deskOf = async (seatId: string, when = at(-60 * 24)) =>
  (await server.post<Desk>('desk', { tickets: [signTicket(seatId, 1)] }, when)).reply.seats[0]!
const bytesOf = async (name: string) => new Uint8Array((await server.ask('GET', `packet/${name}`, '', at(-60))).body as Uint8Array)

describe('a sealed packet', () => {
  it('is there the day before, holds nothing readable, and is named by the hash of its bytes', async () => {
    const who = await seated()
    const seat = await deskOf(who.seat)
    const packet = seat.parts.find((p) => p.part === '1')!.packet!
    const reply = await server.ask('GET', `packet/${packet.sha256}`, '', at(-60))
    expect(reply.headers).toMatchObject({ etag: `"${packet.sha256}"`, 'cache-control': expect.stringContaining('immutable') })
    const bytes = await bytesOf(packet.sha256)
    expect(Buffer.from(await crypto.subtle.digest('SHA-256', bytes)).toString('hex')).toBe(packet.sha256)
    const [item] = await sql<{ words: string }>(
      `SELECT content #>> '{stem,0,c,0,v}' AS words FROM item_version WHERE content #>> '{stem,0,c,0,v}' IS NOT NULL LIMIT 1`,
    )
    expect(Buffer.from(bytes).toString('latin1')).not.toContain(item!.words.slice(0, 20))
    expect(JSON.stringify(seat)).not.toContain('contentKey')
  })
  it('opens with the spoken code however it is heard, and with no other', async () => {
    const who = await seated()
    const seat = await deskOf(who.seat)
    const packet = seat.parts.find((p) => p.part === '1')!.packet!
    const code = releaseCode(who.sittingId)
    for (const heard of [code, code.toLowerCase(), code.replace('-', ' '), code.replaceAll('0', 'O').replaceAll('1', 'l')]) {
      const key = await openWithCode(heard, seat.releaseSalt!, packet.sealedKey!)
      expect((await openPacket(key!, await bytesOf(packet.sha256))) as object).toHaveProperty('items')
    }
    const other = await seated()
    expect(await openWithCode(releaseCode(other.sittingId), seat.releaseSalt!, packet.sealedKey!)).toBeNull()
    expect(await openWithCode('AAAA-AAAA', seat.releaseSalt!, packet.sealedKey!)).toBeNull()
  })
  it('gives its key to nobody before the window opens, and the same packet to seats added later', async () => {
    const who = await seated()
    const early = await server.post(
      'start',
      { ticket: signTicket(who.seat, 1), part: '1', device: 'phone-a-0001', takeOver: false },
      at(-61),
    )
    expect(early).toMatchObject({ status: 409, reply: { code: 'early' } })
    const before = (await deskOf(who.seat)).parts.find((p) => p.part === '1')!.packet!
    await freeze(who.sittingId, at(-60))
    expect((await deskOf(who.seat)).parts.find((p) => p.part === '1')!.packet).toEqual(before)
  })
  it('is spoiled by a single changed bit', async () => {
    const key = crypto.getRandomValues(new Uint8Array(32))
    const sealed = await seal(key, new TextEncoder().encode('soal'))
    expect(Buffer.from((await open(key, sealed))!).toString()).toBe('soal')
    for (const at of [0, 15, sealed.length - 1]) {
      const bent = sealed.slice()
      bent[at]! ^= 1
      expect(await open(key, bent)).toBeNull()
    }
  })
  it('weighs at most 60 KB for sixty text items', async () => {
    const items = await sql(
      `SELECT id, content, stimulus_id AS "stimulusId" FROM item_version WHERE content::text NOT LIKE '%"media"%' AND content::text NOT LIKE '%<math%' ORDER BY length(content::text) DESC LIMIT 60`,
    )
    expect(items).toHaveLength(60)
    const bytes = await deflate(new TextEncoder().encode(JSON.stringify({ formId: 'x', items, stimuli: {}, media: {}, hasMath: false })))
    expect(bytes.length / 1024).toBeLessThan(60)
  })
  it('of a voided card opens no desk', async () => {
    const who = await seated()
    await sql(`UPDATE seat SET card_version = 2 WHERE id = $1`, [who.seat])
    expect((await server.post('desk', { tickets: [signTicket(who.seat, 1)] })).status).toBe(401)
  })
})

describe('an attempt begun without the server', () => {
  it('is claimed once, however often and from however many phones the claim arrives', async () => {
    const who = await seated()
    const begun = at(5).getTime()
    const claims = await Promise.all([1, 2, 3].map(() => server.begin(who.seat, 'phone-a-0001', at(50), { begunAt: begun })))
    const other = await server.begin(who.seat, 'phone-b-0002', at(51), { begunAt: at(9).getTime() })
    expect(new Set([...claims, other].map((c) => c.attemptId)).size).toBe(1)
    const rows = await sql<{ startedAt: Date; provisional: boolean }>(
      `SELECT started_at AS "startedAt", provisional FROM attempt WHERE seat_id = $1`,
      [who.seat],
    )
    expect(rows).toEqual([{ startedAt: at(5), provisional: true }])
    expect(other.active).toBe(false)
    // What the second phone wrote is taken in all the same.
    expect(await server.send(other.token, [{ seq: 1, kind: 'position', value: 1, at: at(20).getTime() }], at(51))).toMatchObject({
      ack: 1,
      active: false,
    })
  })
  it('is taken in hours and days after the window, with its own end, but not when it began outside the window', async () => {
    const who = await seated()
    const late = await server.begin(who.seat, 'phone-a-0001', at(60 * 30), { begunAt: at(10).getTime() })
    expect(late.clock.deadline).toBe(at(70).getTime())
    const tooLate = await seated()
    await expect(server.begin(tooLate.seat, 'phone-a-0001', at(60 * 30), { begunAt: at(60 * 8).getTime() })).rejects.toThrow(
      /sudah berakhir/,
    )
  })
  it('cannot have begun before the window or in the future, whatever the phone says', async () => {
    const [early, future] = [await seated(), await seated()]
    await server.begin(early.seat, 'phone-a-0001', at(20), { begunAt: at(-10_000).getTime() })
    await server.begin(future.seat, 'phone-a-0001', at(20), { begunAt: at(10_000).getTime() })
    const starts = await sql<{ startedAt: Date }>(
      `SELECT started_at AS "startedAt" FROM attempt WHERE seat_id = ANY($1::uuid[]) ORDER BY started_at`,
      [[early.seat, future.seat]],
    )
    expect(starts.map((s) => s.startedAt)).toEqual([at(-60), at(20)])
  })
})

describe('time that a dead page cost', () => {
  const reopen = (seq: number, lost: number, when: Date) => ({ seq, kind: 'open', value: lost, at: when.getTime() })
  const given = (seat: string) =>
    sql<{ seconds: number; reason: string }>(
      `SELECT seconds, reason FROM allowance WHERE seat_id = $1 AND by_user_id IS NULL ORDER BY started_at`,
      [seat],
    )

  it('is given back once, by the smaller of what the phone and the server know, up to the limit of the cycle', async () => {
    const who = await seated()
    const a = await server.begin(who.seat)
    await server.send(a.token, [reopen(1, 0, at(0))], at(0))
    await server.send(a.token, [reopen(2, 240_000, at(6))], at(6))
    await server.send(a.token, [reopen(2, 240_000, at(6))], at(7))
    expect(await given(who.seat)).toMatchObject([{ seconds: 240 }])
    expect((await server.send(a.token, [], at(13))).clock.deadline).toBe(at(64).getTime())
    // A phone that claims an hour is believed as far as the server itself heard nothing.
    await server.send(a.token, [reopen(3, 3_600_000, at(16))], at(16))
    expect((await given(who.seat))[1]).toMatchObject({ seconds: 180 })
    await server.send(a.token, [reopen(4, 3_600_000, at(26))], at(26))
    expect((await given(who.seat))[2]).toMatchObject({ seconds: 180, reason: expect.stringMatching(/di atas batas, diputuskan pengawas/) })
  })
  it('is not given for an app that was only switched, nor where the cycle says none', async () => {
    const who = await seated()
    await sql(`UPDATE cycle c SET outage_minutes = 0 FROM sitting t WHERE t.cycle_id = c.id AND t.id = $1`, [who.sittingId])
    const a = await server.begin(who.seat)
    await server.send(
      a.token,
      [
        { seq: 1, kind: 'focus', value: 'hidden', at: at(1).getTime() },
        { seq: 2, kind: 'focus', value: 'visible', at: at(5).getTime() },
        reopen(3, 300_000, at(10)),
      ],
      at(10),
    )
    expect(await given(who.seat)).toEqual([])
  })
})

describe('parallel forms', () => {
  it('lie so that neighbours at the side, in front and behind never share one, and with four or more no neighbour at all', () => {
    for (const forms of [2, 3, 4, 5, 6])
      for (const columns of [1, 3, 4, 5, 8])
        for (let seat = 1; seat <= 40; seat++) {
          const [row, column] = [Math.floor((seat - 1) / columns), (seat - 1) % columns]
          for (const [dr, dc] of forms >= 4
            ? [
                [0, 1],
                [1, 0],
                [1, 1],
                [1, -1],
              ]
            : [
                [0, 1],
                [1, 0],
              ]) {
            const [r, c] = [row + dr!, column + dc!]
            if (c < 0 || c >= columns) continue
            expect([forms, columns, seat, formIndex(seat, columns, forms)]).not.toEqual([
              forms,
              columns,
              seat,
              formIndex(r * columns + c + 1, columns, forms),
            ])
          }
        }
  })
  it('are given by seat when a cycle uses two, each half the room, and stay where they are when prepared again', async () => {
    const school = await aSchool()
    const teachers = []
    for (let i = 0; i < 12; i++) teachers.push(await aTeacher(school))
    const sitting = await aSitting(teachers, MORNING)
    const [form] = await sql<{ id: string; instrumentId: string }>(
      `SELECT f.id, f.instrument_id AS "instrumentId" FROM form f JOIN instrument i ON i.id = f.instrument_id WHERE i.competency_code = '1' LIMIT 1`,
    )
    const second = '01990278-aaaa-7000-8000-000000000001'
    await sql(`INSERT INTO form (id, instrument_id, code, sha256, frozen_at) VALUES ($1,$2,'PED-SETARA','x', '2020-01-01')`, [
      second,
      form!.instrumentId,
    ])
    await sql(
      `INSERT INTO form_item (form_id, position, item_version_id) SELECT $1, position, item_version_id FROM form_item WHERE form_id = $2 AND position <= 20`,
      [second, form!.id],
    )
    await sql(`INSERT INTO cycle_form (cycle_id, form_id) SELECT t.cycle_id, x FROM sitting t, unnest($2::uuid[]) x WHERE t.id = $1`, [
      sitting.sittingId,
      [form!.id, second],
    ])
    await freeze(sitting.sittingId, MORNING)
    const lie = () =>
      sql<{ seat: number; form: string }>(
        `SELECT s.seat_number AS seat, f.form_id AS form FROM seat_form f JOIN seat s ON s.id = f.seat_id WHERE s.sitting_id = $1 AND f.competency_code = '1' ORDER BY 1`,
        [sitting.sittingId],
      )
    const first = await lie()
    expect(first.filter((r) => r.form === second)).toHaveLength(6)
    expect(first[0]!.form).not.toBe(first[1]!.form)
    expect(first[0]!.form).not.toBe(first[4]!.form)
    await freeze(sitting.sittingId, at(1))
    expect(await lie()).toEqual(first)
    const a = await server.begin(sitting.seatIds[0]!)
    expect(a.items.length === 20).toBe(first[0]!.form === second)
  })
})
