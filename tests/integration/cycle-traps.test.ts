import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Forbidden, type Actor } from '@/lib/access/model'
import { freeze } from '@/lib/delivery/inside'
import { moveParticipant, prepareSitting, removeParticipant, reschedule, undoAdding } from '@/lib/delivery/service'
import { sql } from '@/lib/platform/db'
import * as sittings from '@/lib/sittings/service'
import { value } from './stories'
import { aSchool, aTeacher, anAccount, idOf, openWorld } from './world'

/** The traps of setting up a cycle: each says a sentence before anything is done, and leaves what stands as it was. */
let world: Awaited<ReturnType<typeof openWorld>>
let office: Actor
let serial = 0
const minutes = { '4': 90, '1': 60, '2': 60, '3': 60 }
/** A week before the day, the day itself while it runs, and the day after. */
const before = new Date('2027-02-03T02:00:00Z')
const during = new Date('2027-02-10T02:00:00Z')
const after = new Date('2027-02-11T02:00:00Z')

beforeAll(async () => {
  world = await openWorld()
  office = await anAccount('bgtk')
})
afterAll(() => world.close())

const aCycle = async (series = 'Seri uji', code = `JLN${++serial}`) =>
  value(await sittings.addCycle(office, { code, name: `Siklus ${code}`, series, startsOn: '2027-02-10', minutes }))
const aVenue = async (capacity?: number) =>
  value(
    await sittings.addVenue(office, {
      name: `Gedung ${++serial}`,
      regionId: await idOf('region', '18.10', 'kemendagri_code'),
      ...(capacity ? { capacity: String(capacity) } : {}),
    }),
  )
const aDay = async (cycleId: string, venueId: string, day = '2027-02-10', opens = '07:30') =>
  value(await sittings.addSitting(office, { cycleId, venueId, name: `Sesi ${++serial}`, day, opens, closes: '13:30', releaseRule: 'held' }))
/** A school with so many teachers of one subject, told by its NPSN. */
async function people(many: number, subject = 'MTK'): Promise<{ npsn: string }> {
  const school = await aSchool()
  for (let i = 0; i < many; i++) await aTeacher(school, subject)
  return (await sql<{ npsn: string }>(`SELECT npsn FROM school WHERE id = $1`, [school]))[0]!
}
const add = (sittingId: string, filter: object, counted: unknown, now = before) =>
  sittings.addParticipants(office, sittingId, { roomSize: '20', ...filter }, counted, now)
const seats = (sittingId: string) =>
  sql<{ id: string; number: string; roomId: string }>(
    `SELECT id, participant_number AS number, room_id AS "roomId" FROM seat WHERE sitting_id = $1 ORDER BY participant_number`,
    [sittingId],
  )
const lines = async (sittingId: string) =>
  (
    await sql<{ detail: Record<string, unknown> }>(`SELECT detail FROM audit_entry WHERE object = $1 ORDER BY at, id`, [
      `sitting:${sittingId}`,
    ])
  ).map((l) => l.detail)
/** A sitting a week ahead with so many participants. */
async function filled(many: number, capacity?: number) {
  const cycleId = await aCycle()
  const venueId = await aVenue(capacity)
  const sittingId = await aDay(cycleId, venueId)
  const who = await people(many)
  value(await add(sittingId, who, many))
  return { cycleId, venueId, sittingId, who }
}

describe('adding participants', () => {
  it('never means everybody: without a filter or a list nobody is counted or added', async () => {
    await people(3)
    const sittingId = await aDay(await aCycle(), await aVenue())
    for (const nothing of [{}, { identifiers: '\n ' }, { regionId: '', levelCode: '', subjectId: '', npsn: '' }]) {
      expect(await sittings.countParticipants(office, sittingId, nothing, before)).toMatchObject({ ok: false, code: 'input' })
      expect(await add(sittingId, nothing, 3)).toMatchObject({ ok: false, code: 'input' })
    }
    expect(await seats(sittingId)).toEqual([])
  })
  it('is counted first, and refused when the count was not seen or is not true any more', async () => {
    const sittingId = await aDay(await aCycle(), await aVenue())
    const who = await people(5)
    expect(value(await sittings.countParticipants(office, sittingId, who, before))).toMatchObject({ fresh: 5, known: 0, capacity: null })
    expect(await add(sittingId, who, undefined)).toMatchObject({ ok: false, code: 'count' })
    expect(await add(sittingId, who, 4)).toMatchObject({
      ok: false,
      code: 'changed',
      message: expect.stringContaining('kini 5 orang, bukan 4'),
    })
    expect(await seats(sittingId)).toEqual([])
    expect(value(await add(sittingId, who, 5))).toMatchObject({ added: 5, known: 0 })
    // Asked once more it is done already; counted once more there is nobody left.
    expect(value(await add(sittingId, who, 5))).toMatchObject({ added: 0, known: 5 })
    expect(await sittings.countParticipants(office, sittingId, who, before)).toMatchObject({ ok: false, code: 'known' })
  })
  it('says how many seats and how many people, and puts nobody into a venue that is too small', async () => {
    const sittingId = await aDay(await aCycle(), await aVenue(4))
    const six = await people(6)
    for (const said of [await sittings.countParticipants(office, sittingId, six, before), await add(sittingId, six, 6)])
      expect(said).toMatchObject({ ok: false, code: 'full', message: expect.stringMatching(/4 kursi dan 0 sudah terisi.*6 orang/) })
    expect(await seats(sittingId)).toEqual([])
  })
  it('looks at the venue inside the transaction: of two cycles that want its last seats in the same hours, one gets them', async () => {
    const venueId = await aVenue(5)
    const [one, two, other] = [
      await aDay(await aCycle(), venueId),
      await aDay(await aCycle(), venueId),
      await aDay(await aCycle(), venueId, '2027-02-12'),
    ]
    const said = await Promise.all([one, two].map(async (id) => add(id, await people(3), 3)))
    expect(said.map((s) => (s.ok ? 'seated' : s.code)).sort()).toEqual(['full', 'seated'])
    expect((await seats(one)).length + (await seats(two)).length).toBe(3)
    // On another day the same venue is empty.
    expect(value(await add(other, await people(5), 5)).added).toBe(5)
  })
  it('is over with the sitting, and so are its packets, its rooms and its times', async () => {
    const { sittingId } = await filled(2)
    const [seat] = await seats(sittingId)
    const who = await people(2)
    expect(await sittings.countParticipants(office, sittingId, who, after)).toMatchObject({ ok: false, code: 'over' })
    expect(await add(sittingId, who, 2, after)).toMatchObject({ ok: false, code: 'over' })
    expect(await prepareSitting(office, sittingId, after)).toMatchObject({ ok: false, code: 'over' })
    expect(await sittings.changeRoom(office, sittingId, seat!.roomId, 3, after)).toMatchObject({ ok: false, code: 'over' })
    expect(await removeParticipant(office, sittingId, seat!.id, after)).toMatchObject({ ok: false, code: 'over' })
    expect(await seats(sittingId)).toHaveLength(2)
  })
})

describe('the capacity of a venue', () => {
  it('can be set right, but not below the people who already sit there together', async () => {
    const { venueId, sittingId } = await filled(4, 4)
    expect(await sittings.changeVenue(office, venueId, '3', before)).toMatchObject({ ok: false, code: 'seated' })
    expect(value(await sittings.changeVenue(office, venueId, '8', before))).toBe(8)
    expect(value(await sittings.changeVenue(office, venueId, '8', before))).toBe(8)
    expect(value(await add(sittingId, await people(4), 4)).added).toBe(4)
    expect(await sql(`SELECT 1 FROM audit_entry WHERE object = $1 AND detail ? 'capacity'`, [`venue:${venueId}`])).toHaveLength(1)
  })
})

describe('a participant', () => {
  it('is taken out before the day, with what the phone said of itself; asked again nothing more happens', async () => {
    const { sittingId, who } = await filled(3)
    const [seat] = await seats(sittingId)
    await sql(`INSERT INTO readiness (seat_id, device, at, ready, checks) VALUES ($1, 'ponsel', $2, true, '[]')`, [seat!.id, before])
    expect(await removeParticipant(office, sittingId, seat!.id, before)).toEqual({ ok: true, value: 'gone' })
    expect(await removeParticipant(office, sittingId, seat!.id, before)).toEqual({ ok: true, value: 'gone' })
    expect(await sql(`SELECT 1 FROM readiness WHERE seat_id = $1`, [seat!.id])).toEqual([])
    expect((await lines(sittingId)).filter((l) => l.participant === 'removed')).toEqual([{ participant: 'removed', number: seat!.number }])
    // The same person comes back with a number that nobody had.
    expect(value(await add(sittingId, who, 1)).added).toBe(1)
    expect((await seats(sittingId)).map((s) => s.number)).not.toContain(seat!.number)
    await expect(removeParticipant(await anAccount('dinas-provinsi'), sittingId, seat!.id, before)).rejects.toThrow(Forbidden)
  })
  it('stays once the sitting has opened, or a test was begun or is claimed to have been', async () => {
    const { sittingId } = await filled(3)
    const [one, two, three] = await seats(sittingId)
    const [form] = await sql<{ id: string; instrument: string }>(
      `SELECT f.id, f.instrument_id AS instrument FROM form f JOIN instrument i ON i.id = f.instrument_id WHERE i.competency_code = '1' AND NOT f.practice LIMIT 1`,
    )
    await sql(
      `INSERT INTO attempt (id, seat_id, form_id, instrument_id, competency_code, seed, state, duration_seconds, started_at) VALUES ($1, $2, $3, $4, '1', 1, 'running', 3600, $5)`,
      [uuidv7(), one!.id, form!.id, form!.instrument, before],
    )
    await sql(
      `INSERT INTO late_claim (id, seat_id, part, device, begun_at, received_at, reason) VALUES ($1, $2, '1', 'ponsel', $3, $3, 'proof')`,
      [uuidv7(), two!.id, before],
    )
    const [room] = (await sittings.participant(office, sittingId, one!.id, before))!.rooms
    for (const seat of [one!, two!]) {
      expect(await removeParticipant(office, sittingId, seat.id, before)).toMatchObject({ ok: false, code: 'begun' })
      expect(await moveParticipant(office, sittingId, { seatId: seat.id, roomId: room!.id }, before)).toMatchObject({
        ok: false,
        code: 'begun',
      })
    }
    expect(await removeParticipant(office, sittingId, three!.id, during)).toMatchObject({ ok: false, code: 'begun' })
    expect(await seats(sittingId)).toHaveLength(3)
  })
  it('moves to a room with a free seat, once, and is given forms for the new neighbours unless a phone holds the packet', async () => {
    const cycleId = await aCycle()
    const [from, to] = [await aDay(cycleId, await aVenue()), await aDay(cycleId, await aVenue(), '2027-02-12')]
    value(await sittings.addParticipants(office, from, { ...(await people(2)), roomSize: '2' }, 2, before))
    value(await sittings.addParticipants(office, to, { ...(await people(1)), roomSize: '2' }, 1, before))
    await freeze(from, before)
    await freeze(to, before)
    const [fetched, fresh] = await seats(from)
    await sql(`INSERT INTO desk_visit (seat_id, at) VALUES ($1, $2)`, [fetched!.id, before])
    await sql(`INSERT INTO readiness (seat_id, device, at, ready, checks) VALUES ($1, 'ponsel', $2, true, '[]')`, [fetched!.id, before])
    const [target] = await sql<{ id: string }>(`SELECT id FROM room WHERE sitting_id = $1`, [to])
    const forms = async (seatId: string) => (await sql(`SELECT 1 FROM seat_form WHERE seat_id = $1`, [seatId])).length
    const laid = await forms(fetched!.id)
    expect(laid).toBeGreaterThan(0)
    const wish = { seatId: fetched!.id, roomId: target!.id }
    expect(value(await moveParticipant(office, from, wish, before))).toMatchObject({ fetchAgain: true })
    expect(await forms(fetched!.id)).toBe(laid)
    // A phone that was ready for another sitting is not ready for this one.
    expect(await sql(`SELECT 1 FROM readiness WHERE seat_id = $1`, [fetched!.id])).toEqual([])
    expect(value(await moveParticipant(office, to, wish, before))).toMatchObject({ fetchAgain: false })
    expect(await moveParticipant(office, from, { seatId: fresh!.id, roomId: target!.id }, before)).toMatchObject({
      ok: false,
      code: 'full',
    })
    const [other] = await sql<{ id: string }>(
      `INSERT INTO room (id, sitting_id, name, capacity) VALUES ($1, $2, 'Ruang 09', 2) RETURNING id`,
      [uuidv7(), from],
    )
    value(await moveParticipant(office, from, { seatId: fresh!.id, roomId: other!.id }, before))
    expect(await forms(fresh!.id)).toBe(0)
    expect((await seats(from)).map((s) => s.roomId)).toEqual([other!.id])
    const stranger = await filled(1)
    const [elsewhere] = await seats(stranger.sittingId)
    expect(await moveParticipant(office, from, { seatId: fresh!.id, roomId: elsewhere!.roomId }, before)).toMatchObject({
      ok: false,
      code: 'room',
    })
  })
})

describe('the last adding', () => {
  it('is taken back whole, by the moment that it was made in: asked again it takes nothing of the one before', async () => {
    const { sittingId } = await filled(2)
    const later = new Date(before.getTime() + 60_000)
    value(await add(sittingId, await people(3), 3, later))
    const last = (await sittings.lastAdding(office, sittingId))!
    expect(last).toEqual({ at: later, count: 3 })
    expect(await undoAdding(office, sittingId, before.toISOString(), later)).toMatchObject({ ok: false, code: 'newer' })
    expect(value(await undoAdding(office, sittingId, later.toISOString(), later))).toBe(3)
    expect(value(await undoAdding(office, sittingId, later.toISOString(), later))).toBe(0)
    expect(await seats(sittingId)).toHaveLength(2)
    expect(await sittings.lastAdding(office, sittingId)).toEqual({ at: before, count: 2 })
  })
  it('stays when one of them has used a card, or the sitting has opened', async () => {
    const { sittingId } = await filled(2)
    const [seat] = await seats(sittingId)
    expect(await undoAdding(office, sittingId, before.toISOString(), during)).toMatchObject({ ok: false, code: 'begun' })
    await sql(`INSERT INTO desk_visit (seat_id, at) VALUES ($1, $2)`, [seat!.id, before])
    expect(await undoAdding(office, sittingId, before.toISOString(), before)).toMatchObject({ ok: false, code: 'fetched' })
    expect(await seats(sittingId)).toHaveLength(2)
  })
})

describe('a cycle', () => {
  it('changes its series while nobody has begun, and not afterwards', async () => {
    const { cycleId, sittingId } = await filled(1)
    const wish = { name: 'Siklus yang dinamai ulang', series: 'Pemetaan 2027' }
    expect(await sittings.changeCycle(office, cycleId, { ...wish, series: '' })).toMatchObject({ ok: false, code: 'input' })
    value(await sittings.changeCycle(office, cycleId, wish))
    value(await sittings.changeCycle(office, cycleId, wish))
    expect(await sittings.cycle(office, cycleId)).toMatchObject(wish)
    expect(await sql(`SELECT 1 FROM audit_entry WHERE object = $1 AND detail ? 'renamed'`, [`cycle:${cycleId}`])).toHaveLength(1)
    const [seat] = await seats(sittingId)
    await sql(
      `INSERT INTO late_claim (id, seat_id, part, device, begun_at, received_at, reason) VALUES ($1, $2, '1', 'ponsel', $3, $3, 'proof')`,
      [uuidv7(), seat!.id, during],
    )
    expect(await sittings.changeCycle(office, cycleId, { ...wish, series: 'Seri lain' })).toMatchObject({ ok: false, code: 'begun' })
    expect(await sittings.cycle(office, cycleId)).toMatchObject(wish)
  })
  it('is copied with its parts, sittings and rooms, and without a single person', async () => {
    const { cycleId } = await filled(25)
    const input = { code: `SAL${++serial}`, name: 'Salinan siklus', series: 'Pemetaan 2028', startsOn: '2028-02-09' }
    const id = value(await sittings.copyCycle(office, cycleId, input))
    expect(value(await sittings.copyCycle(office, cycleId, input))).toBe(id)
    expect(await sittings.copyCycle(office, cycleId, { ...input, name: 'Salinan lain' })).toMatchObject({ ok: false, code: 'taken' })
    const copy = (await sittings.cycle(office, id))!
    expect(copy.parts.map((p) => [p.competencyCode, p.minutes])).toEqual(
      Object.entries(minutes).sort(([a], [b]) => '4123'.indexOf(a) - '4123'.indexOf(b)),
    )
    expect(copy.sittings).toHaveLength(1)
    expect(copy.sittings[0]!._count).toEqual({ seats: 0, rooms: 2 })
    expect(copy.sittings[0]!.opensAt.toISOString()).toBe('2028-02-09T00:30:00.000Z')
    expect(copy.baseCycleId).toBeNull()
    expect((await sittings.cycle(office, cycleId))!.sittings[0]!._count.seats).toBe(25)
  })
})

describe('the way of a cycle', () => {
  const states = async (cycleId: string, now: Date) =>
    Object.fromEntries((await sittings.cyclePath(office, cycleId, now))!.steps.map((s) => [s.key, s.state]))
  it('is read from what is there, says what is missing, and goes on by itself when it is there', async () => {
    const cycleId = await aCycle()
    expect(await states(cycleId, before)).toMatchObject({
      siklus: 'done',
      formulir: 'done',
      lokasi: 'lacks',
      peserta: 'waits',
      kartu: 'waits',
      terbit: 'waits',
    })
    const sittingId = await aDay(cycleId, await aVenue(30))
    expect(await states(cycleId, before)).toMatchObject({ lokasi: 'done', peserta: 'lacks', jadwal: 'waits' })
    value(await add(sittingId, await people(2), 2))
    expect(await states(cycleId, before)).toMatchObject({ peserta: 'done', jadwal: 'lacks', kartu: 'lacks', kesiapan: 'lacks' })
    const proctor = await anAccount('pengawas')
    value(await sittings.appointProctor(office, sittingId, proctor.userId!, null))
    value(await prepareSitting(office, sittingId, before))
    await sql(
      `INSERT INTO readiness (seat_id, device, at, ready, checks) SELECT id, 'ponsel', $2, true, '[]' FROM seat WHERE sitting_id = $1`,
      [sittingId, before],
    )
    expect(await states(cycleId, before)).toMatchObject({ jadwal: 'done', kesiapan: 'done', terbit: 'waits' })
    expect(await states(cycleId, after)).toMatchObject({ terbit: 'lacks' })
  })
  it('names the subject that no form serves, with how many need it', async () => {
    const cycleId = await aCycle()
    const sittingId = await aDay(cycleId, await aVenue())
    await world.asOwner(`INSERT INTO subject (id, code, name, aliases, sort) VALUES ($1, 'ASTRO', 'Astronomi', '{}', 99)`, [uuidv7()])
    value(await add(sittingId, await people(2, 'ASTRO'), 2))
    const step = (await sittings.cyclePath(office, cycleId, before))!.steps.find((s) => s.key === 'formulir')!
    expect(step).toMatchObject({
      state: 'lacks',
      words: ['Belum ada formulir untuk Profesional Astronomi (2 peserta).'],
    })
  })
})

describe('the day of a sitting', () => {
  const plan = (over: object = {}) => ({
    name: 'Sesi baru',
    day: '2027-02-12',
    opens: '08:00',
    closes: '13:00',
    releaseRule: 'held',
    ...over,
  })
  const hoursOf = async (id: string) =>
    (
      await sql<{ name: string; opens: Date; closes: Date }>(
        `SELECT name, opens_at AS opens, closes_at AS closes FROM sitting WHERE id = $1`,
        [id],
      )
    )[0]!

  it('is moved with everybody who sits there; asked twice it is moved once, with one line on record', async () => {
    const { sittingId } = await filled(2)
    const lined = (await lines(sittingId)).length
    expect(value(await reschedule(office, sittingId, plan(), before))).toEqual({ phones: 0 })
    expect(value(await reschedule(office, sittingId, plan(), before))).toEqual({ phones: 0 })
    expect(await hoursOf(sittingId)).toEqual({
      name: 'Sesi baru',
      opens: new Date('2027-02-12T01:00:00Z'),
      closes: new Date('2027-02-12T06:00:00Z'),
    })
    expect(await seats(sittingId)).toHaveLength(2)
    expect((await lines(sittingId)).slice(lined)).toEqual([{ planned: expect.objectContaining({ from: expect.any(String) }) }])
  })
  it('stays from the moment on when the code can be read, in the past, and in an order of hours that no clock knows', async () => {
    const { sittingId } = await filled(1)
    const standing = await hoursOf(sittingId)
    expect(await reschedule(office, sittingId, plan(), new Date(standing.opens.getTime() - 60_000))).toMatchObject({
      ok: false,
      code: 'open',
    })
    expect(await reschedule(office, sittingId, plan(), during)).toMatchObject({ ok: false, code: 'open' })
    expect(await reschedule(office, sittingId, plan({ day: '2027-02-01' }), before)).toMatchObject({ ok: false, code: 'past' })
    expect(await reschedule(office, sittingId, plan({ closes: '07:00' }), before)).toMatchObject({
      ok: false,
      fields: { closes: 'Jam tutup harus sesudah jam buka.' },
    })
    await expect(reschedule(await anAccount('dinas-provinsi'), sittingId, plan(), before)).rejects.toThrow(Forbidden)
    expect(await hoursOf(sittingId)).toEqual(standing)
  })
  it('stays where two of the office have opened the code early', async () => {
    const { sittingId } = await filled(1)
    await sql(
      `INSERT INTO early_code (id, sitting_id, asked_by, asked_name, asked_at, reason, granted_by, granted_at)
       VALUES (gen_random_uuid(), $1, $2, 'Uji', $3, 'Uji coba jaringan', $4, $3)`,
      [sittingId, office.userId, before, (await anAccount('bgtk')).userId],
    )
    expect(await reschedule(office, sittingId, plan(), before)).toMatchObject({ ok: false, code: 'early' })
  })
  it('says how many phones hold the hours of before, and calls them ready only when they have said so again', async () => {
    const { sittingId } = await filled(2)
    await freeze(sittingId, before)
    const [one] = await seats(sittingId)
    await sql(`INSERT INTO desk_visit (seat_id, at) VALUES ($1, $2)`, [one!.id, before])
    await sql(`INSERT INTO readiness (seat_id, device, at, ready, checks) VALUES ($1, 'ponsel-uji', $2, true, '{}')`, [one!.id, before])
    // A new name only changes no hour that a phone holds.
    const standing = await hoursOf(sittingId)
    const clock = (at: Date) => new Date(at.getTime() + 7 * 3_600_000).toISOString().slice(11, 16)
    const same = { day: '2027-02-10', opens: clock(standing.opens), closes: clock(standing.closes) }
    expect(value(await reschedule(office, sittingId, plan(same), before))).toEqual({ phones: 0 })
    expect(await sql(`SELECT 1 FROM readiness WHERE seat_id = $1`, [one!.id])).toHaveLength(1)
    expect(value(await reschedule(office, sittingId, plan(), before))).toEqual({ phones: 1 })
    expect(await sql(`SELECT 1 FROM readiness WHERE seat_id = $1`, [one!.id])).toHaveLength(0)
  })
  it('is not moved to where others fill the seats already', async () => {
    const cycleId = await aCycle()
    const venueId = await aVenue(3)
    const [early, late] = [await aDay(cycleId, venueId, '2027-02-10'), await aDay(cycleId, venueId, '2027-02-11')]
    for (const id of [early, late]) value(await add(id, await people(2), 2))
    const wish = { ...plan(), day: '2027-02-10', opens: '09:00', closes: '12:00' }
    expect(await reschedule(office, late, wish, before)).toMatchObject({
      ok: false,
      code: 'crowded',
      message: expect.stringContaining('3 kursi'),
    })
    expect(value(await reschedule(office, late, { ...wish, opens: '13:30', closes: '16:00' }, before))).toEqual({ phones: 0 })
  })
})
