import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/access/model'
import { beginSession } from '@/lib/access/session-service'
import { freeze } from '@/lib/delivery/inside'
import type { Desk, StartReply } from '@/lib/delivery/protocol'
import { signTicket } from '@/lib/delivery/token'
import { inTransaction, sql } from '@/lib/platform/db'
import { formatMoment, toDateInput } from '@/lib/platform/format'
import { mergeView } from '@/lib/records/service'
import { createSitting, insertSeats } from '@/lib/sittings/store'
import { meetingTicket } from '@/lib/tutoring/inside'
import { takeMeetings, tutorDesk } from '@/lib/tutoring/service'
import { aServer, proofOf } from './phones'
import { joining, paired } from './twins'
import { aSchool, aSitting, aTeacher, anAccount, idOf, openWorld, participant } from './world'

/** What lies on phones when two records of one person are joined: it arrives afterwards, or nobody joins them yet. */
let world: Awaited<ReturnType<typeof openWorld>>
let server: ReturnType<typeof aServer>
let office: Actor
let old: string
let other: string
const NOW = new Date()
const DAY = 86_400_000
const days = (n: number) => new Date(NOW.getTime() + n * DAY)
const PHONE = 'phone-a-0001'

beforeAll(async () => {
  world = await openWorld()
  server = aServer()
  office = await anAccount('bgtk')
  old = await aSchool('18.10', 'SMA', 'SMAN Lama')
  other = await aSchool('18.02', 'SMA', 'SMAN Baru')
})
afterAll(() => world.close())

const twins = async () => [await aTeacher(old, 'MTK', 'Rahmawati'), await aTeacher(other, 'MTK', 'Rahmawaty')] as const
const merging = (keep: string, drop: string, now = NOW) => joining(office, keep, drop, now)
/** A phone reads its desk: from then on it can begin without the server. */
const fetches = (seatId: string, when = NOW) => server.post<Desk>('desk', { tickets: [signTicket(seatId, 1)] }, when)
const seatsIn = (sittingIds: string[]) =>
  sql<{ id: string; teacher: string }>(
    `SELECT id, teacher_id AS teacher FROM seat WHERE sitting_id = ANY($1::uuid[]) ORDER BY participant_number`,
    [sittingIds],
  )
/** One more sitting of the same cycle, a week later, with one seat. */
async function later(sittingId: string, teacherId: string): Promise<{ sittingId: string; seatId: string }> {
  const [from] = await sql<{ cycleId: string; venueId: string; opensAt: Date; closesAt: Date }>(
    `SELECT cycle_id AS "cycleId", venue_id AS "venueId", opens_at AS "opensAt", closes_at AS "closesAt" FROM sitting WHERE id = $1`,
    [sittingId],
  )
  const week = (d: Date) => new Date(d.getTime() + 7 * DAY)
  const next = await createSitting({
    ...from!,
    name: 'Sesi susulan',
    opensAt: week(from!.opensAt),
    closesAt: week(from!.closesAt),
    releaseRule: 'immediate',
  })
  const [roomId, seatId] = [uuidv7(), uuidv7()]
  const [t] = await sql<{ schoolId: string; regionId: string; levelId: string; subjectId: string }>(
    `SELECT t.school_id AS "schoolId", s.region_id AS "regionId", s.level_id AS "levelId", t.subject_id AS "subjectId" FROM teacher t JOIN school s ON s.id = t.school_id WHERE t.id = $1`,
    [teacherId],
  )
  await inTransaction(async (tx) => {
    await tx.query(`INSERT INTO room (id, sitting_id, name, capacity) VALUES ($1,$2,'Ruang 01',40)`, [roomId, next])
    const place = { id: seatId, roomId, teacherId, participantNumber: `S-${seatId.slice(-8)}`, seatNumber: 1, employmentStatus: 'PNS' }
    await insertSeats(tx, next, [{ ...place, ...t! }])
  })
  return { sittingId: next, seatId }
}

describe('a note of a meeting that lay on a phone while two records became one', () => {
  const log = (pairingId: string, more: object = {}) => ({
    id: uuidv7(),
    pairingId,
    heldOn: toDateInput(days(-3)),
    startsMinute: 13 * 60,
    minutes: 60,
    topic: 'Laju perubahan',
    note: '',
    writtenAt: days(-3).getTime(),
    revision: 1,
    ...more,
  })
  const teacher = (teacherId: string): Actor => ({ ...participant(uuidv7(), teacherId), seatId: null, userId: uuidv7() })
  const noted = (id: string) => sql(`SELECT logged_by AS by, revision FROM meeting WHERE id = $1`, [id])

  it('arrives by its old ticket, under the record that stays, once', async () => {
    const [keep, drop] = await twins()
    const pair = await paired(drop, await aTeacher(old), days(-20))
    const ticket = meetingTicket(drop, NOW)
    const [early, waits] = [log(pair), log(pair, { startsMinute: 15 * 60 })]
    expect(await takeMeetings(null, { owner: drop, ticket, logs: [early] }, NOW)).toMatchObject({ value: { kept: [early.id] } })
    expect(await merging(keep, drop)).toMatchObject({ ok: true })
    const changed = { ...early, minutes: 90, revision: 2 }
    for (let twice = 0; twice < 2; twice++)
      expect(await takeMeetings(null, { owner: drop, ticket, logs: [waits, changed] }, NOW)).toEqual({
        ok: true,
        value: { kept: [waits.id, early.id], refused: [] },
      })
    expect([await noted(early.id), await noted(waits.id)]).toEqual([[{ by: keep, revision: 2 }], [{ by: keep, revision: 1 }]])
  })
  it('arrives by the login of the record that stays when its ticket has run out, with what she confirmed, also over two joinings', async () => {
    const [middle, drop] = await twins()
    const [keep] = await twins()
    const partner = await aTeacher(old)
    const pair = await paired(drop, partner, days(-20))
    const theirs = log(pair, { startsMinute: 8 * 60 })
    expect(await takeMeetings(teacher(partner), { logs: [theirs] }, NOW)).toMatchObject({ value: { kept: [theirs.id] } })
    expect(await merging(middle, drop)).toMatchObject({ ok: true })
    expect(await merging(keep, middle)).toMatchObject({ ok: true })
    const ticket = meetingTicket(drop, days(-30))
    const own = log(pair)
    const answer = { id: uuidv7(), meetingId: theirs.id, revision: 1, answer: 'yes', writtenAt: NOW.getTime() }
    const box = { owner: drop, ticket, logs: [own], answers: [answer] }
    expect(await takeMeetings(null, box, NOW)).toMatchObject({ ok: false, code: 'login' })
    expect(await takeMeetings(teacher(partner), box, NOW)).toMatchObject({ ok: false, code: 'login' })
    expect(await takeMeetings(teacher(keep), box, NOW)).toMatchObject({ value: { kept: [own.id, answer.id], refused: [] } })
    expect(await noted(own.id)).toEqual([{ by: keep, revision: 1 }])
    // Her page names the outboxes that are hers, so that what was refused there is read by her and by nobody else.
    expect((await tutorDesk(teacher(keep), NOW)).formerly.sort()).toEqual([drop, middle].sort())
    expect((await tutorDesk(teacher(partner), NOW)).formerly).toEqual([])
  })
})

describe('a note that a phone takes back while two records become one', () => {
  it('is hers under the record that stays: her login takes it back, the old ticket does not', async () => {
    const [keep, drop] = await twins()
    const pair = await paired(drop, await aTeacher(old), days(-20))
    const note = {
      ...{
        id: uuidv7(),
        pairingId: pair,
        heldOn: toDateInput(days(-3)),
        startsMinute: 780,
        minutes: 60,
        topic: 'Laju perubahan',
        note: '',
      },
      ...{ writtenAt: days(-3).getTime(), revision: 1 },
    }
    const ticket = meetingTicket(drop, NOW)
    expect(await takeMeetings(null, { owner: drop, ticket, logs: [note] }, NOW)).toMatchObject({ value: { kept: [note.id] } })
    expect(await merging(keep, drop)).toMatchObject({ ok: true })
    const box = { owner: drop, ticket, withdrawals: [{ id: uuidv7(), meetingId: note.id, revision: 1, writtenAt: NOW.getTime() }] }
    expect(await takeMeetings(null, box, NOW)).toMatchObject({ value: { kept: [], refused: [] } })
    const her: Actor = { ...participant(uuidv7(), keep), seatId: null, userId: uuidv7() }
    expect(await takeMeetings(her, box, NOW)).toMatchObject({ value: { kept: [box.withdrawals[0]!.id], refused: [] } })
    expect(await sql(`SELECT logged_by AS by, withdrawn_at AS at FROM meeting WHERE id = $1`, [note.id])).toEqual([{ by: keep, at: NOW }])
  })
})

describe('a packet that a phone has fetched', () => {
  const prepared = async (teachers: string[], when = days(10)) => {
    const sitting = await aSitting(teachers, when)
    await freeze(sitting.sittingId, NOW)
    return sitting
  }
  it('keeps its seat when the records become one: its answers, made without the server, arrive there', async () => {
    const [keep, drop] = await twins()
    const { sittingId, seatIds } = await prepared([keep, drop])
    const [empty, fetched] = [seatIds[0]!, seatIds[1]!]
    await fetches(fetched)
    const claim = { kind: 'seat' as const, id: empty, version: 1, name: 'Peserta', teacherId: keep }
    const opened = await beginSession(claim, { address: '10.0.0.1', userAgent: null })
    await sql(`INSERT INTO readiness (seat_id, device, at, ready, checks) VALUES ($1,$2,$3,true,'{}')`, [empty, PHONE, NOW])
    expect(await merging(keep, drop)).toMatchObject({ ok: true })
    expect(await seatsIn([sittingId])).toEqual([{ id: fetched, teacher: keep }])
    // Whoever holds the other card is let go.
    expect(await sql(`SELECT end_reason FROM session WHERE id = $1`, [opened.id])).toEqual([{ end_reason: 'card' }])
    expect(await sql(`SELECT 1 FROM readiness WHERE seat_id = $1`, [empty])).toEqual([])
    const begunAt = days(10).getTime()
    const start = {
      ticket: signTicket(fetched, 1),
      part: '1',
      device: PHONE,
      takeOver: false,
      begunAt,
      proof: await proofOf(fetched, PHONE),
    }
    expect(await server.post<StartReply>('start', start, new Date(begunAt + 30 * 60_000))).toMatchObject({ status: 200 })
    const lost = await server.post<{ code: string }>('start', { ...start, ticket: signTicket(empty, 1) }, new Date(begunAt + 30 * 60_000))
    expect(lost).toMatchObject({ status: 409, reply: { code: 'seat' } })
  })
  it('keeps it also beside a seat in another room of the cycle, and where it is the record that stays that fetched', async () => {
    const [keep, drop] = await twins()
    const first = await prepared([keep])
    const second = await later(first.sittingId, drop)
    await freeze(second.sittingId, NOW)
    await fetches(second.seatId)
    expect(await merging(keep, drop)).toMatchObject({ ok: true })
    expect(await seatsIn([first.sittingId, second.sittingId])).toEqual([{ id: second.seatId, teacher: keep }])
    const [stays, goes] = await twins()
    const day = await prepared([stays, goes])
    await fetches(day.seatIds[0]!)
    expect(await merging(stays, goes)).toMatchObject({ ok: true })
    expect(await seatsIn([day.sittingId])).toEqual([{ id: day.seatIds[0], teacher: stays }])
  })
  it('stands against it where both were fetched, until the phones can have nothing more; said before anybody asks', async () => {
    const [keep, drop] = await twins()
    const { sittingId, seatIds } = await prepared([keep, drop], days(3))
    for (const seat of seatIds) await fetches(seat)
    const [{ until }] = (await sql(`SELECT closes_at + interval '72 hours' AS until FROM sitting WHERE id = $1`, [sittingId])) as [
      { until: Date },
    ]
    const words = new RegExp(`dua ponsel.*sesudah ${formatMoment(until).replaceAll('.', '\\.')}`)
    expect((await mergeView(office, keep, drop, NOW))!.obstacles.join(' ')).toMatch(words)
    expect(await merging(keep, drop)).toMatchObject({ ok: false, code: 'obstacle', message: expect.stringMatching(words) })
    expect(await seatsIn([sittingId])).toHaveLength(2)
    expect(await merging(keep, drop, new Date(until.getTime() + 1_000))).toMatchObject({ ok: true })
  })
  it('stands against it as well beside a test that she has taken already', async () => {
    const [keep, drop] = await twins()
    const first = await aSitting([keep], days(-5))
    await sql(`UPDATE seat SET attendance = 'present' WHERE id = $1`, [first.seatIds[0]])
    const second = await later(first.sittingId, drop)
    await freeze(second.sittingId, NOW)
    await fetches(second.seatId)
    expect(await merging(keep, drop)).toMatchObject({
      ok: false,
      code: 'obstacle',
      message: expect.stringMatching(/dua ponsel/),
    })
    expect(await seatsIn([second.sittingId])).toHaveLength(1)
  })
})

describe('a sitting that has closed a moment ago', () => {
  it('waits for phones that have not sent yet: an empty seat beside another is nobody’s only when its grace is over', async () => {
    const [keep, drop] = await twins()
    const { sittingId, seatIds } = await aSitting([keep, drop], days(-1))
    await sql(`UPDATE seat SET attendance = 'present' WHERE id = $1`, [seatIds[0]])
    const [{ until }] = (await sql(`SELECT closes_at + interval '72 hours' AS until FROM sitting WHERE id = $1`, [sittingId])) as [
      { until: Date },
    ]
    const words = expect.stringMatching(new RegExp(`Sesi .* ponsel.*sesudah ${formatMoment(until).replaceAll('.', '\\.')}`))
    expect((await mergeView(office, keep, drop, NOW))!.obstacles).toEqual([words])
    expect(await merging(keep, drop)).toMatchObject({ ok: false, code: 'obstacle', message: words })
    expect(await merging(keep, drop, new Date(until.getTime() - 60_000))).toMatchObject({ ok: false, code: 'obstacle' })
    expect(await seatsIn([sittingId])).toEqual([
      { id: seatIds[0], teacher: keep },
      { id: seatIds[1], teacher: drop },
    ])
    const visit = { address: '10.0.0.1', userAgent: null }
    const opened = await beginSession({ kind: 'seat', id: seatIds[1]!, version: 1, name: 'Peserta', teacherId: drop }, visit)
    expect(await merging(keep, drop, new Date(until.getTime() + 1_000))).toMatchObject({ ok: true })
    const [mine, nobodys] = await seatsIn([sittingId])
    expect([mine!.teacher, [keep, drop].includes(nobodys!.teacher)]).toEqual([keep, false])
    expect(await sql(`SELECT end_reason FROM session WHERE id = $1`, [opened.id])).toEqual([{ end_reason: 'card' }])
  })
  it('stands against nothing where only one of both had a seat: what her phone sends comes to the record that stays', async () => {
    const [keep, drop] = await twins()
    const { sittingId, seatIds } = await aSitting([drop], days(-1))
    expect(await merging(keep, drop)).toMatchObject({ ok: true })
    expect(await seatsIn([sittingId])).toEqual([{ id: seatIds[0], teacher: keep }])
  })
})

describe('a seat to come', () => {
  it('goes to the school where the person works; one of a day that was keeps that day’s', async () => {
    const [keep, drop] = await twins()
    const past = await aSitting([drop], days(-20))
    const ahead = await aSitting([drop], days(20))
    expect(await merging(keep, drop)).toMatchObject({ ok: true, value: { moved: { seat: 2 } } })
    const place = async (seatId: string) =>
      (await sql(`SELECT school_id AS school, region_id AS region FROM seat WHERE id = $1`, [seatId]))[0]
    expect(await place(ahead.seatIds[0]!)).toEqual({ school: old, region: await idOf('region', '18.10', 'kemendagri_code') })
    expect(await place(past.seatIds[0]!)).toEqual({ school: other, region: await idOf('region', '18.02', 'kemendagri_code') })
  })
})
