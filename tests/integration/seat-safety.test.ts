import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/access/model'
import { desk } from '@/lib/delivery/desk'
import { freeze } from '@/lib/delivery/inside'
import { moveParticipant, removeParticipant, undoAdding } from '@/lib/delivery/service'
import { signTicket } from '@/lib/delivery/token'
import { sql } from '@/lib/platform/db'
import * as sittings from '@/lib/sittings/service'
import { seatsByIds } from '@/lib/sittings/store'
import { MORNING, aServer, at, proofOf } from './phones'
import { value } from './stories'
import { aSchool, aSitting, aTeacher, anAccount, idOf, openWorld } from './world'

/** What the office does to seats before the day, crossed with what phones hold already. */
let world: Awaited<ReturnType<typeof openWorld>>
let server: ReturnType<typeof aServer>
let office: Actor
let serial = 0
const dayBefore = at(-60 * 24)

beforeAll(async () => {
  world = await openWorld()
  server = aServer()
  office = await anAccount('bgtk')
})
afterAll(() => world.close())

const seatOf = async (id: string) =>
  (
    await sql<{ attendance: string; version: number; addedAt: Date | null }>(
      `SELECT attendance, card_version AS version, added_at AS "addedAt" FROM seat WHERE id = $1`,
      [id],
    )
  )[0] ?? null
const aVenue = async (capacity: number) =>
  value(
    await sittings.addVenue(office, {
      name: `Gedung ${++serial}`,
      regionId: await idOf('region', '18.10', 'kemendagri_code'),
      capacity: String(capacity),
    }),
  )
const aCycle = async () =>
  value(
    await sittings.addCycle(office, {
      code: `AMN${++serial}`,
      name: `Siklus ${serial}`,
      series: 'Seri uji',
      startsOn: '2026-04-18',
      minutes: { '4': 90, '1': 60, '2': 60, '3': 60 },
    }),
  )
const aDay = async (cycleId: string, venueId: string, opens: string, closes: string) =>
  value(
    await sittings.addSitting(office, {
      cycleId,
      venueId,
      name: `Sesi ${++serial}`,
      day: '2026-04-18',
      opens,
      closes,
      releaseRule: 'held',
    }),
  )
async function filled(cycleId: string, venueId: string, many: number, [opens, closes] = ['07:30', '11:30'], now = dayBefore) {
  const sittingId = await aDay(cycleId, venueId, opens!, closes!)
  const school = await aSchool()
  for (let i = 0; i < many; i++) await aTeacher(school)
  const [{ npsn } = { npsn: '' }] = await sql<{ npsn: string }>(`SELECT npsn FROM school WHERE id = $1`, [school])
  value(await sittings.addParticipants(office, sittingId, { npsn, roomSize: '20' }, many, now))
  const seats = await sql<{ id: string; roomId: string }>(
    `SELECT id, room_id AS "roomId" FROM seat WHERE sitting_id = $1 ORDER BY seat_number`,
    [sittingId],
  )
  return { sittingId, roomId: seats[0]!.roomId, seatIds: seats.map((s) => s.id) }
}

describe('a participant whose phone holds the questions', () => {
  it('is taken out without losing her seat: the card is void, she is recorded as absent, and answers that still come wait for the office', async () => {
    const { sittingId, seatIds } = await aSitting([await aTeacher(await aSchool())], MORNING)
    const [seatId] = seatIds
    await freeze(sittingId, dayBefore)
    const ticket = signTicket(seatId!, 1)
    await server.post('desk', { tickets: [ticket] }, dayBefore)
    expect(await removeParticipant(office, sittingId, seatId!, at(-180))).toEqual({ ok: true, value: 'kept' })
    expect(await seatOf(seatId!)).toMatchObject({ attendance: 'absent', version: 2 })
    // Asked again nothing more happens: no further card is spent.
    expect(await removeParticipant(office, sittingId, seatId!, at(-179))).toEqual({ ok: true, value: 'kept' })
    expect((await seatOf(seatId!))!.version).toBe(2)
    // She came all the same, and worked where no network was.
    const device = 'phone-a-0001'
    const [form] = await sql<{ sha: string }>(
      `SELECT p.sha256 AS sha FROM seat_form f JOIN packet p ON p.form_id = f.form_id WHERE f.seat_id = $1 AND f.competency_code = '1'`,
      [seatId],
    )
    const entries = [{ seq: 1, kind: 'answer', item: uuidv7(), value: 'A', at: at(5).getTime() }]
    const { status, reply } = await server.post<{ waits: boolean }>(
      'deposit',
      {
        ticket,
        part: '1',
        device,
        takeOver: false,
        packet: form!.sha,
        begunAt: at(1).getTime(),
        proof: await proofOf(seatId!, device),
        entries,
      },
      at(90),
    )
    expect([status, reply.waits]).toEqual([200, true])
    expect(await sql(`SELECT reason FROM late_claim WHERE seat_id = $1`, [seatId])).toEqual([{ reason: 'card' }])
  })
  it('is taken out for good while no phone has come', async () => {
    const { sittingId, seatIds } = await aSitting([await aTeacher(await aSchool())], MORNING)
    expect(await removeParticipant(office, sittingId, seatIds[0]!, dayBefore)).toEqual({ ok: true, value: 'gone' })
    expect(await removeParticipant(office, sittingId, seatIds[0]!, dayBefore)).toEqual({ ok: true, value: 'gone' })
    expect(await seatOf(seatIds[0]!)).toBeNull()
  })
})

describe('a participant who is moved', () => {
  it('fits where the venue has room for exactly one more, and is not counted twice while leaving hours that overlap', async () => {
    const cycleId = await aCycle()
    const venueId = await aVenue(3)
    const one = await filled(cycleId, venueId, 2)
    const two = await filled(cycleId, venueId, 1, ['09:00', '12:00'])
    const wish = { seatId: one.seatIds[0]!, roomId: two.roomId }
    expect(value(await moveParticipant(office, one.sittingId, wish, dayBefore))).toMatchObject({ room: expect.any(String) })
  })
  it('never fills a venue beyond its seats, however many offices move at once', async () => {
    const venueId = await aVenue(3)
    // Two cycles have a room there in the same hours, with one free seat between them.
    const moves = []
    for (const cycleId of [await aCycle(), await aCycle()]) {
      const [target, from] = [await filled(cycleId, venueId, 1), await filled(cycleId, await aVenue(9), 1)]
      moves.push({ from: from.sittingId, wish: { seatId: from.seatIds[0]!, roomId: target.roomId } })
    }
    const said = await Promise.all(moves.map(({ from, wish }) => moveParticipant(office, from, wish, dayBefore)))
    expect(said.map((s) => (s.ok ? 'moved' : s.code)).sort()).toEqual(['full', 'moved'])
  })
  it('belongs to no adding any more: taking that adding back leaves her where she is, and her card is one to print', async () => {
    const cycleId = await aCycle()
    const from = await filled(cycleId, await aVenue(9), 1)
    const to = await filled(cycleId, await aVenue(9), 1, ['13:00', '15:00'], at(-60 * 23))
    const moved = from.seatIds[0]!
    await sql(`INSERT INTO audit_entry (id, at, actor_name, action, object) VALUES ($1, $2, 'BGTK', 'cards:print', $3)`, [
      uuidv7(),
      at(-60 * 22),
      `sitting:${to.sittingId}`,
    ])
    value(await moveParticipant(office, from.sittingId, { seatId: moved, roomId: to.roomId }, at(-60 * 21)))
    const path = (await sittings.cyclePath(office, cycleId, at(-60 * 20)))!
    expect(path.sittings.find((s) => s.id === to.sittingId)!.sinceCards).toBe(1)
    const last = (await sittings.lastAdding(office, to.sittingId))!
    expect(value(await undoAdding(office, to.sittingId, last.at.toISOString(), at(-60 * 20)))).toBe(1)
    expect(await seatOf(moved)).not.toBeNull()
  })
})

describe('an internal trial', () => {
  it('takes no teacher of the province, no further sitting, and rehearses the day as it will be', async () => {
    const { sittingId } = await aSitting([await aTeacher(await aSchool())], at(60 * 24 * 7))
    const [{ cycleId, venueId } = { cycleId: '', venueId: '' }] = await sql<{ cycleId: string; venueId: string }>(
      `SELECT cycle_id AS "cycleId", venue_id AS "venueId" FROM sitting WHERE id = $1`,
      [sittingId],
    )
    const wish = { venueId, day: '2026-04-18', opens: '07:00', closes: '16:00', people: '2' }
    const trial = value(await sittings.startTrial(office, cycleId, wish, dayBefore))
    const school = await aSchool()
    await aTeacher(school)
    const [{ npsn } = { npsn: '' }] = await sql<{ npsn: string }>(`SELECT npsn FROM school WHERE id = $1`, [school])
    const filter = { npsn, roomSize: '20' }
    expect(await sittings.countParticipants(office, trial, filter, dayBefore)).toMatchObject({ ok: false, code: 'trial' })
    expect(await sittings.addParticipants(office, trial, filter, 1, dayBefore)).toMatchObject({ ok: false, code: 'trial' })
    const [{ own } = { own: '' }] = await sql<{ own: string }>(`SELECT cycle_id AS own FROM sitting WHERE id = $1`, [trial])
    expect(
      await sittings.addSitting(office, {
        cycleId: own,
        venueId,
        name: 'Lain',
        day: '2026-04-19',
        opens: '07:00',
        closes: '09:00',
        releaseRule: 'held',
      }),
    ).toMatchObject({ ok: false, code: 'trial' })
    // On its phones it is no practice that may be tried at any time: it has its hours, and waits for the spoken code like the day itself.
    const seats = await sql<{ id: string }>(`SELECT id FROM seat WHERE sitting_id = $1`, [trial])
    const shown = await desk(await seatsByIds(seats.map((s) => s.id)), dayBefore)
    expect(shown.seats.map((s) => s.practice)).toEqual([false, false])
    expect(shown.seats[0]!.parts.map((p) => p.state)).toContain('early')
  })
})
