import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Forbidden, type Actor } from '@/lib/access/model'
import { sql } from '@/lib/platform/db'
import * as tutoring from '@/lib/tutoring/service'
import { hoursOf, meetingTicket, verifyCertificate } from '@/lib/tutoring/inside'
import { dataOf } from '@/lib/tutoring/personal'
import { anAccount, openWorld } from './world'
import { aNote, asAccount, aTutoring, type Tutoring } from './tutoring'

/** A note that its writer takes back: on record, counted nowhere, and revived by nothing that arrives late. */
let world: Awaited<ReturnType<typeof openWorld>>
let pair: Tutoring
let tutor: Actor
let learner: Actor
const now = new Date('2026-03-02T05:00:00Z')
const minutes = (n: number) => new Date(now.getTime() + n * 60_000)

beforeAll(async () => {
  world = await openWorld()
  pair = await aTutoring(1)
  tutor = asAccount(pair.tutorId)
  learner = asAccount(pair.learnerIds[0]!)
})
afterAll(() => world.close())

const note = (heldOn: string, more: object = {}) => aNote(pair.pairIds[0]!, heldOn, more)
const yes = (meetingId: string, revision = 1) => ({ id: uuidv7(), meetingId, revision, answer: 'yes', writtenAt: now.getTime() })
const back = (meetingId: string, revision = 1) => ({ id: uuidv7(), meetingId, revision, writtenAt: now.getTime() })
async function post(actor: Actor | null, body: object, when = now): Promise<{ kept: string[]; words: string[] }> {
  const said = await tutoring.takeMeetings(actor, body, when)
  if (!said.ok) throw new Error(said.message)
  return { kept: said.value.kept, words: said.value.refused.map((r) => r.message) }
}
const shown = async (actor: Actor, id: string) =>
  (await tutoring.tutorDesk(actor, now)).pairs.flatMap((p) => p.meetings).find((m) => m.id === id)!
const counted = async (actor: Actor, id: string) => (await hoursOf([actor.teacherId!])).get(actor.teacherId!)?.counted.get(id) ?? 0
const certificate = (actor: Actor) => tutoring.certificateFor(actor, pair.pairIds[0]!, now)

describe('a note that its writer takes back', () => {
  it('stays on record as withdrawn by whom and when, and counts for nobody, also where the partner had confirmed it', async () => {
    const own = note('2026-02-10')
    await post(tutor, { logs: [own] })
    await post(learner, { answers: [yes(own.id)] })
    expect([await counted(tutor, own.id), await counted(learner, own.id)]).toEqual([60, 60])
    const withdrawal = back(own.id)
    expect(await post(tutor, { withdrawals: [withdrawal] }, minutes(1))).toEqual({ kept: [withdrawal.id], words: [] })
    // The same again, and another one later: the answer is the same, and so is the moment.
    expect((await post(tutor, { withdrawals: [withdrawal] }, minutes(2))).kept).toEqual([withdrawal.id])
    expect((await post(tutor, { withdrawals: [back(own.id)] }, minutes(3))).words).toEqual([])
    expect([await counted(tutor, own.id), await counted(learner, own.id)]).toEqual([0, 0])
    expect(await shown(learner, own.id)).toMatchObject({ own: false, answer: 'yes', withdrawnAt: minutes(1), counted: 0 })
    expect(await shown(tutor, own.id)).toMatchObject({ own: true, withdrawnAt: minutes(1), topic: own.topic })
    const copy = await dataOf(learner.teacherId!)
    expect(copy.meeting).toMatchObject([{ penulis: 'rekan', jawaban: 'dibenarkan', 'ditarik penulisnya': minutes(1) }])
  })
  it('is taken back by its writer alone: not by the partner, the office, a borrowed ticket or nobody', async () => {
    const own = note('2026-02-11')
    await post(tutor, { logs: [own] })
    expect((await post(learner, { withdrawals: [back(own.id)] })).words[0]).toContain('ditulis orang lain')
    for (const role of ['bgtk', 'dinas-provinsi', 'kepala-sekolah'] as const)
      await expect(post(await anAccount(role), { withdrawals: [back(own.id)] })).rejects.toBeInstanceOf(Forbidden)
    const ticket = meetingTicket(tutor.teacherId!, now)
    expect(await post(learner, { ticket, withdrawals: [back(own.id)] })).toEqual({ kept: [], words: [] })
    await expect(post(null, { withdrawals: [back(own.id)] })).rejects.toThrow('Masuklah kembali')
    expect((await shown(tutor, own.id)).withdrawnAt).toBeNull()
  })
  it('is not taken back in a revision that its writer has changed since on another phone', async () => {
    const own = note('2026-02-12')
    await post(tutor, { logs: [own] })
    await post(tutor, { logs: [{ ...own, minutes: 90, revision: 2 }] })
    expect((await post(tutor, { withdrawals: [back(own.id, 1)] })).words[0]).toContain('dari perangkat lain')
    expect((await post(tutor, { withdrawals: [back(own.id, 2)] })).words).toEqual([])
  })
  it('is not revived by a late outbox: an older revision changes nothing, a newer one is refused with words', async () => {
    const own = note('2026-02-13')
    await post(tutor, { logs: [own], withdrawals: [back(own.id)] })
    expect(await post(tutor, { logs: [own] })).toEqual({ kept: [own.id], words: [] })
    expect((await post(tutor, { logs: [{ ...own, minutes: 240, revision: 2 }] })).words[0]).toContain('sudah Anda tarik')
    expect((await post(learner, { answers: [yes(own.id)] })).words[0]).toContain('sudah ditarik penulisnya')
    expect(await shown(tutor, own.id)).toMatchObject({ minutes: 60, revision: 1, answer: null, withdrawnAt: now })
  })
  it('that never came here is no fault, and holds up no other', async () => {
    const [own, never] = [note('2026-02-14'), back(uuidv7())]
    expect(await post(tutor, { logs: [own], withdrawals: [never, { id: 'x' }] })).toMatchObject({ kept: [own.id, never.id] })
  })
  it('in the same moment as it is confirmed counts nothing, whichever comes first', async () => {
    const many = Array.from({ length: 8 }, (_, i) => note('2026-02-15', { startsMinute: 60 * i }))
    await post(tutor, { logs: many })
    await Promise.all(many.flatMap((m) => [post(tutor, { withdrawals: [back(m.id)] }), post(learner, { answers: [yes(m.id)] })]))
    for (const m of many) {
      expect((await shown(learner, m.id)).withdrawnAt).toEqual(now)
      expect(await counted(learner, m.id)).toBe(0)
    }
  })
})

describe('a certificate that rested on it', () => {
  it('keeps what it said; the next one says what counts then, and those who read either see the difference', async () => {
    const [first, second] = [note('2026-02-16'), note('2026-02-17')]
    await post(tutor, { logs: [first, second] })
    await post(learner, { answers: [yes(first.id), yes(second.id)] })
    const printed = (await certificate(tutor))!
    expect(printed).toMatchObject({ meetings: 2, minutes: 120, fromOn: '2026-02-16' })
    expect(await verifyCertificate(printed.code)).toMatchObject({ minutes: 120, fewerNow: false })
    await post(tutor, { withdrawals: [back(first.id)] })

    expect(await verifyCertificate(printed.code)).toMatchObject({ minutes: 120, meetings: 2, withdrawnAt: null, fewerNow: true })
    const office = await anAccount('bgtk')
    const listed = async (code: string) => (await tutoring.issuedCertificates(office)).find((c) => c.code === code)
    expect(await listed(printed.code)).toMatchObject({ minutes: 120, now: { meetings: 1, minutes: 60 } })
    const next = (await certificate(tutor))!
    expect(next).toMatchObject({ meetings: 1, minutes: 60, fromOn: '2026-02-17' })
    expect(await tutoring.ownCertificate(tutor, pair.pairIds[0]!)).toMatchObject({ code: next.code })
    expect(await listed(next.code)).toMatchObject({ now: { meetings: 1, minutes: 60 } })
  })
  it('is never an older one that happens to say the same hours of other days', async () => {
    const before = (await certificate(tutor))!
    const more = note('2026-02-18')
    await post(tutor, { logs: [more] })
    await post(learner, { answers: [yes(more.id)] })
    const [row] = await sql<{ id: string }>(`SELECT id FROM meeting WHERE held_on = '2026-02-17'`)
    await post(tutor, { withdrawals: [back(row!.id)] })
    const after = (await certificate(tutor))!
    expect(after).toMatchObject({ meetings: before.meetings, minutes: before.minutes, fromOn: '2026-02-18' })
    expect(after.code).not.toBe(before.code)
    expect((await certificate(tutor))!.code).toBe(after.code)
  })
})
