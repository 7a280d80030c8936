import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/access/model'
import { freeze } from '@/lib/delivery/inside'
import type { Desk } from '@/lib/delivery/protocol'
import { signTicket } from '@/lib/delivery/token'
import { sql } from '@/lib/platform/db'
import { orderDocument } from '@/lib/documents/service'
import { proposePlans } from '@/lib/plans/inside'
import { shippedTierRules } from '@/lib/plans/model'
import { object } from '@/lib/plans/service'
import { addTierRule } from '@/lib/plans/store'
import { ERASE_WORD } from '@/lib/privacy/model'
import { ask, carryOutErasure } from '@/lib/privacy/service'
import { linkByNumber } from '@/lib/roster/service'
import { addParticipants, createFollowUp } from '@/lib/sittings/service'
import { meetingTicket, performMatch } from '@/lib/tutoring/inside'
import { answerOffer, orderPair, saveWish, takeMeetings } from '@/lib/tutoring/service'
import { aServer } from './phones'
import { testedTeachers } from './stories'
import { erasureAsked, held, joining, paired, waiting, whileJoining } from './twins'
import { aSchool, aSitting, aTeacher, anAccount, openWorld, participant, proven } from './world'

/** Somebody does something in the very moment in which two records become one: nothing stays with the record that goes. */
let world: Awaited<ReturnType<typeof openWorld>>
let office: Actor
let admin: Actor
let people: Actor[]
let old: string
let other: string
const NOW = new Date()
const DAY = 86_400_000
const days = (n: number) => new Date(NOW.getTime() + n * DAY)

beforeAll(async () => {
  world = await openWorld()
  office = await anAccount('bgtk')
  admin = await anAccount('administrator')
  old = await aSchool('18.10', 'SMA', 'SMAN Lama')
  other = await aSchool('18.02', 'SMA', 'SMAN Baru')
  await addTierRule(shippedTierRules, 'Bawaan', true, null, days(-400))
  people = await testedTeachers(4, days(-40))
})
afterAll(() => world.close())

const twins = async () => [await aTeacher(old, 'MTK', 'Rahmawati'), await aTeacher(other, 'MTK', 'Rahmawaty')] as const
const teacher = (teacherId: string): Actor => ({ ...participant(uuidv7(), teacherId), seatId: null, userId: uuidv7() })
/** Whose keys a table holds of these two. */
const keysIn = async (table: string, column: string, keys: readonly string[]) =>
  (await sql<{ key: string }>(`SELECT DISTINCT ${column} AS key FROM ${table} WHERE ${column} = ANY($1::uuid[])`, [keys])).map((r) => r.key)
const meanwhile = async <T>(keep: string, drop: string, work: () => Promise<T>): Promise<T> => {
  const { joined, done } = await whileJoining(world.url, { office, keep, drop, now: NOW }, work)
  expect(joined).toMatchObject({ ok: true })
  if (done.status === 'rejected') throw done.reason
  return done.value
}

describe('while two records become one', () => {
  it('participants are added by a list of numbers: the record that stays has the seat', async () => {
    const [keep, drop] = await twins()
    await sql(`INSERT INTO teacher_identifier (id, teacher_id, scheme, value) VALUES ($1,$2,'NUPTK','4444444444444444')`, [uuidv7(), drop])
    const { sittingId } = await aSitting([await aTeacher(old)], days(5))
    const added = await meanwhile(keep, drop, () => addParticipants(office, sittingId, { identifiers: '4444444444444444' }, 1, NOW))
    expect(added).toMatchObject({ ok: true, value: { added: 1 } })
    expect(await keysIn('seat', 'teacher_id', [keep, drop])).toEqual([keep])
  })
  it('a cycle is measured again: she comes again under the record that stays', async () => {
    const [keep, drop] = await twins()
    const { seatIds, sittingId } = await aSitting([drop], days(-40))
    await sql(`UPDATE seat SET attendance = 'present' WHERE id = $1`, [seatIds[0]])
    const [{ id: baseId }] = (await sql<{ id: string }>(`SELECT cycle_id AS id FROM sitting WHERE id = $1`, [sittingId])) as [
      { id: string },
    ]
    const startsOn = days(60).toISOString().slice(0, 10)
    const input = { code: 'ULANG1', name: 'Ukur ulang serentak', series: 'Uji', startsOn, absentees: false, newcomers: false }
    const made = await meanwhile(keep, drop, () => createFollowUp(office, baseId, input, NOW))
    expect(made).toMatchObject({ ok: true })
    expect(await keysIn('seat', 'teacher_id', [keep, drop])).toEqual([keep])
  })
  it('she asks about her data, says that she would help and would like help: it is the record’s that stays', async () => {
    const acts: [string, (me: Actor) => Promise<unknown>][] = [
      ['privacy_request', (me) => ask(me, { kind: 'salinan', words: 'Mohon salinan data saya.' }, NOW)],
      ['tutor_offer', (me) => answerOffer(me, { answer: 'yes', capacity: '2' }, NOW)],
      ['learner_wish', (me) => saveWish(me, { wants: 'ya', sexWanted: '' }, NOW)],
      ['objection', (me) => object(me, { about: 'butir', part: '4', words: 'Butir kelima memuat dua jawaban benar.' }, NOW)],
      ['made_document', (me) => orderDocument(me, { name: 'salinan', parameters: '{}', large: false }, NOW)],
    ]
    for (const [table, work] of acts) {
      const [keep, drop] = await twins()
      expect([table, await meanwhile(keep, drop, () => work(teacher(drop)))]).toMatchObject([table, { ok: true }])
      expect([table, await keysIn(table, 'teacher_id', [keep, drop])]).toEqual([table, [keep]])
    }
  })
  it('a plan is written that was thought out before: it is the plan of the record that stays', async () => {
    const [keep, drop] = [await aTeacher(old), people[1]!.teacherId!]
    expect(await meanwhile(keep, drop, () => proposePlans({ teacherId: drop }, NOW))).toBe(1)
    expect(await keysIn('plan', 'teacher_id', [keep, drop])).toEqual([keep])
  })
  it('a matching ends: it is computed once more, and the record that stays has the tutor', async () => {
    const [tutor, keep, drop] = [people[0]!, await aTeacher(old), people[2]!.teacherId!]
    expect(await answerOffer(tutor, { answer: 'yes', capacity: '5' }, NOW)).toMatchObject({ ok: true })
    const run = uuidv7()
    await sql(`INSERT INTO match_run (id, cycle_code, state, rules, created_at) VALUES ($1,'X','computing','{}',$2)`, [run, NOW])
    const summary = await meanwhile(keep, drop, () => performMatch(run, () => NOW))
    expect(await sql(`SELECT state FROM match_run WHERE id = $1`, [run])).toEqual([{ state: 'proposed' }])
    expect(await keysIn('pairing', 'learner_id', [keep, drop])).toEqual([keep])
    expect(await sql(`SELECT 1 FROM pairing WHERE run_id = $1`, [run])).toHaveLength(summary.matched)
  })
  it('the office keeps two apart: the order is about the record that stays', async () => {
    const [keep, drop] = await twins()
    const order = { kind: 'forbid', tutorId: drop, learnerId: await aTeacher(old), reason: 'Masih saudara' }
    expect(await meanwhile(keep, drop, () => orderPair(office, order, NOW))).toMatchObject({ ok: true })
    expect(await keysIn('match_order', 'tutor_id', [keep, drop])).toEqual([keep])
  })
  it('an account is linked by her number: it is linked with the record that stays', async () => {
    const [keep, drop] = await twins()
    await sql(`INSERT INTO teacher_identifier (id, teacher_id, scheme, value) VALUES ($1,$2,'NUPTK','5555555555555555')`, [uuidv7(), drop])
    const { userId } = await anAccount('guru')
    const present = await proven(admin, NOW)
    const link = { userId: userId!, number: '5555555555555555', reason: 'Kartu dilihat' }
    expect(await meanwhile(keep, drop, () => linkByNumber(present, link, NOW))).toMatchObject({ ok: true })
    expect(await keysIn('user_account', 'teacher_id', [keep, drop])).toEqual([keep])
  })
  it('her phone hands in a note: it is kept, under the record that stays', async () => {
    const [keep, drop] = await twins()
    const pairingId = await paired(drop, await aTeacher(old), days(-20))
    const [id, heldOn] = [uuidv7(), days(-3).toISOString().slice(0, 10)]
    const log = { id, pairingId, heldOn, startsMinute: 780, minutes: 60, topic: 'Turunan', note: '', writtenAt: 1, revision: 1 }
    const box = { owner: drop, ticket: meetingTicket(drop, NOW), logs: [log] }
    expect(await meanwhile(keep, drop, () => takeMeetings(null, box, NOW))).toEqual({ ok: true, value: { kept: [id], refused: [] } })
    expect(await sql(`SELECT logged_by AS by FROM meeting WHERE id = $1`, [id])).toEqual([{ by: keep }])
  })
  it('a test is begun at a seat that goes: it begins nowhere, says so, and leaves nothing without a seat', async () => {
    const server = aServer()
    const [keep, drop] = await twins()
    const { sittingId, seatIds } = await aSitting([keep, drop], days(5))
    await freeze(sittingId, NOW)
    const start = { ticket: signTicket(seatIds[1]!, 1), part: '1', device: 'phone-a-0001', takeOver: false }
    const begun = await meanwhile(keep, drop, () => server.post<{ code: string; message: string }>('start', start, days(5)))
    expect(begun).toMatchObject({ status: 409, reply: { code: 'seat', message: expect.stringMatching(/tidak berlaku lagi/) } })
    expect(await sql(`SELECT 1 FROM attempt a WHERE NOT EXISTS (SELECT 1 FROM seat s WHERE s.id = a.seat_id)`)).toEqual([])
  })
  it('a test is begun at a seat that stays: it begins there', async () => {
    const server = aServer()
    const [keep, drop] = await twins()
    const { sittingId, seatIds } = await aSitting([drop], days(5))
    await freeze(sittingId, NOW)
    const start = { ticket: signTicket(seatIds[0]!, 1), part: '1', device: 'phone-a-0001', takeOver: false }
    expect(await meanwhile(keep, drop, () => server.post('start', start, days(5)))).toMatchObject({ status: 200 })
    expect(await sql(`SELECT s.teacher_id AS whose FROM attempt a JOIN seat s ON s.id = a.seat_id WHERE s.id = $1`, [seatIds[0]])).toEqual([
      { whose: keep },
    ])
  })
  it('a phone fetches the packet of a seat that goes: it is given none of it, and no visit stays', async () => {
    const server = aServer()
    const [keep, drop] = await twins()
    const { sittingId, seatIds } = await aSitting([keep, drop], days(5))
    await freeze(sittingId, NOW)
    const desk = await meanwhile(keep, drop, () => server.post<Desk>('desk', { tickets: [signTicket(seatIds[1]!, 1)] }, NOW))
    expect(desk.reply.seats).toEqual([])
    expect(await sql(`SELECT 1 FROM desk_visit WHERE seat_id = $1`, [seatIds[1]])).toEqual([])
  })
})

describe('an erasure in the same moment', () => {
  it('of her partner waits, or is waited for: neither ends in a deadlock', async () => {
    const [keep, drop] = await twins()
    const partner = await aTeacher(old)
    await paired(drop, partner, days(-20))
    const objection = uuidv7()
    await sql(`INSERT INTO objection (id, teacher_id, about, words, created_at, due_at) VALUES ($1,$2,'skor','Mohon dilihat lagi',$3,$3)`, [
      objection,
      partner,
      NOW,
    ])
    const request = await erasureAsked(partner, NOW, office)
    // The erasure has gone half its way when the joining begins.
    const straw = await held(world.url, `SELECT 1 FROM objection WHERE id = $1`, [objection])
    const erasure = carryOutErasure(admin, request, ERASE_WORD, NOW)
    await waiting(1, erasure)
    const merge = joining(office, keep, drop, NOW)
    await waiting(2, merge)
    await straw.letGo()
    expect(await Promise.allSettled([erasure, merge])).toMatchObject([
      { status: 'fulfilled', value: { ok: true } },
      { status: 'fulfilled', value: { ok: true } },
    ])
  })
})
