import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Forbidden, type Actor } from '@/lib/access/model'
import { sql } from '@/lib/platform/db'
import { tutoredHours } from '@/lib/tutoring/meeting-service'
import { aSchool, aSitting, aTeacher, anAccount, openWorld, participant } from './world'
import * as tutoring from '@/lib/tutoring/service'
import * as tutoringInside from '@/lib/tutoring/inside'

/** Attacks on hours of tutoring: one-sided, backdated, in the future, repeated, confirmed by the wrong people, counted twice. */
let world: Awaited<ReturnType<typeof openWorld>>
let bgtk: Actor
let tutor: Actor
let learners: Actor[]
let pairs: string[]
const started = new Date('2026-02-06T18:30:00Z')
const now = new Date('2026-03-02T05:00:00Z')
const at = (text: string) => new Date(text)

beforeAll(async () => {
  world = await openWorld()
  bgtk = await anAccount('bgtk')
  const school = await aSchool()
  const teachers = await Promise.all(Array.from({ length: 5 }, () => aTeacher(school)))
  const { seatIds } = await aSitting(teachers, started)
  const [first, ...rest] = seatIds.map((seat, i) => participant(seat, teachers[i]!))
  tutor = first!
  learners = rest
  const run = uuidv7()
  await sql(`INSERT INTO match_run (id, cycle_code, state, rules, created_at) VALUES ($1, 'X', 'published', '{}', $2)`, [run, started])
  pairs = await Promise.all(
    teachers.slice(1).map(async (learner) => {
      const id = uuidv7()
      await sql(
        `INSERT INTO pairing (id, run_id, tutor_id, learner_id, code, goals, km, gap, band, state, tutor_agreed_at, learner_agreed_at, started_at)
         VALUES ($1, $2, $3, $4, 'MTK:KAL', ARRAY['MTK:KAL'], 0, 1, 'sekolah', 'active', $5, $5, $5)`,
        [id, run, teachers[0], learner, started],
      )
      return id
    }),
  )
})
afterAll(() => world.close())

const log = (pair: number, heldOn: string, more: object = {}) => ({
  id: uuidv7(),
  pairingId: pairs[pair]!,
  heldOn,
  startsMinute: 13 * 60,
  minutes: 60,
  topic: 'Laju perubahan',
  note: '',
  writtenAt: now.getTime(),
  revision: 1,
  ...more,
})
const yes = (meetingId: string, revision = 1, more: object = {}) => ({
  id: uuidv7(),
  meetingId,
  revision,
  answer: 'yes',
  writtenAt: now.getTime(),
  ...more,
})
async function post(actor: Actor | null, body: object, when = now): Promise<{ kept: string[]; words: string[] }> {
  const said = await tutoring.takeMeetings(actor, body, when)
  if (!said.ok) throw new Error(said.message)
  return { kept: said.value.kept, words: said.value.refused.map((r) => r.message) }
}
const minutes = async (actor: Actor, pair: number) =>
  (await tutoring.tutorDesk(actor, now)).pairs.find((p) => p.id === pairs[pair])!.minutes
const certificate = (actor: Actor, pair: number) => tutoring.certificateFor(actor, pairs[pair]!, now)

describe('hours that one side writes alone', () => {
  it('certify nothing: 1,006 hours without a single confirmation earn no certificate and count nowhere', async () => {
    const many = Array.from({ length: 100 }, () => log(3, '2026-02-20', { minutes: 600, startsMinute: 0 }))
    expect((await post(tutor, { logs: many })).kept).toHaveLength(100)
    expect(await certificate(tutor, 3)).toBeNull()
    expect(await minutes(tutor, 3)).toBe(0)
    await sql(`DELETE FROM meeting`)
  })
  it('are refused before the pair began, in 2019, and on days that have not come, by the server’s own day in WIB', async () => {
    const said = await post(tutor, {
      logs: [
        log(0, '2019-05-01'),
        log(0, '2026-02-06'),
        log(0, '2026-03-03'),
        log(0, '2099-01-01'),
        log(0, '2026-03-02', { startsMinute: 13 * 60 }),
      ],
    })
    expect(said.kept).toEqual([])
    expect(said.words.map((w) => w.split(' ').slice(0, 3).join(' '))).toEqual([
      'Tanggal pertemuan mendahului',
      'Tanggal pertemuan mendahului',
      'Tanggal pertemuan belum',
      'Tanggal pertemuan belum',
      'Pertemuan belum selesai',
    ])
    // 18:30 UTC is already the next day in Lampung: the pair's first day is the 7th.
    const first = log(0, '2026-02-07')
    expect((await post(tutor, { logs: [first] })).kept).toEqual([first.id])
    await sql(`DELETE FROM meeting`)
  })
})

describe('a confirmation', () => {
  it('is the partner’s: not the writer’s, not by another role of the same person, not a stranger’s, not the office’s', async () => {
    const own = log(0, '2026-02-11')
    await post(tutor, { logs: [own] })
    expect((await post(tutor, { answers: [yes(own.id)] })).words[0]).toContain('Catatan sendiri')
    const again: Actor = { ...tutor, userId: uuidv7(), seatId: null, grants: [...tutor.grants, ...bgtk.grants] }
    expect((await post(again, { answers: [yes(own.id)] })).words[0]).toContain('Catatan sendiri')
    expect((await post(learners[1]!, { answers: [yes(own.id)] })).words[0]).toContain('tidak ada pada pasangan Anda')
    await expect(post(bgtk, { answers: [yes(own.id)] })).rejects.toBeInstanceOf(Forbidden)
    await expect(post(null, { answers: [yes(own.id)] })).rejects.toThrow('Masuklah kembali')
    expect(await certificate(tutor, 0)).toBeNull()
    await expect(
      sql(`UPDATE meeting SET answer = 'yes', answered_by = logged_by, answered_at = now() WHERE id = $1`, [own.id]),
    ).rejects.toThrow('meeting_answered_by_the_other')

    const answer = yes(own.id)
    for (let i = 0; i < 3; i++) expect((await post(learners[0]!, { answers: [answer] })).kept).toEqual([answer.id])
    expect(await certificate(tutor, 0)).toMatchObject({ meetings: 1, minutes: 60 })
    expect(await certificate(learners[0]!, 0)).toMatchObject({ side: 'learner', minutes: 60 })
  })
  it('falls when the note is changed, and does not hold for a revision that the partner has not seen', async () => {
    const own = log(0, '2026-02-18')
    await post(tutor, { logs: [own] })
    await post(learners[0]!, { answers: [yes(own.id)] })
    expect(await minutes(tutor, 0)).toBe(120)
    const changed = { ...own, minutes: 240, revision: 2 }
    await post(tutor, { logs: [changed] })
    expect(await minutes(tutor, 0)).toBe(60)
    // The confirmation of the old hours comes once more, and the old note as well.
    expect((await post(learners[0]!, { answers: [yes(own.id)] })).words[0]).toContain('diubah rekan')
    await post(tutor, { logs: [own] })
    expect(await minutes(tutor, 0)).toBe(60)
    await post(learners[0]!, { answers: [yes(own.id, 2)] })
    expect(await minutes(tutor, 0)).toBe(300)
  })
  it('can be taken back by a later no, and an older yes that comes after it changes nothing', async () => {
    const own = log(0, '2026-02-20')
    const [early, late] = [yes(own.id, 1, { writtenAt: now.getTime() - 5_000 }), yes(own.id, 1, { answer: 'no' })]
    await post(tutor, { logs: [own] })
    await post(learners[0]!, { answers: [late] })
    await post(learners[0]!, { answers: [early] })
    expect((await tutoring.tutorDesk(tutor, now)).pairs.find((p) => p.id === pairs[0])!.meetings[0]).toMatchObject({
      answer: 'no',
      counted: 0,
    })
  })
  it('changes no note of others: an id that somebody else uses is refused', async () => {
    const own = log(0, '2026-02-21')
    await post(tutor, { logs: [own] })
    expect((await post(learners[0]!, { logs: [{ ...own, minutes: 600, revision: 2 }] })).words[0]).toContain('ditulis orang lain')
    expect((await post(tutor, { logs: [{ ...own, pairingId: pairs[1]!, revision: 2 }] })).words[0]).toContain('ditulis orang lain')
  })
})

describe('double counting', () => {
  it('of the same hour over several pairs gives the tutor one hour, and each learner hers', async () => {
    const together = [1, 2].map((pair) => log(pair, '2026-02-25'))
    await post(tutor, { logs: together })
    await post(learners[1]!, { answers: [yes(together[0]!.id)] }, at('2026-03-02T05:00:00Z'))
    await post(learners[2]!, { answers: [yes(together[1]!.id)] }, at('2026-03-02T05:00:10Z'))
    expect([await minutes(tutor, 1), await minutes(tutor, 2)]).toEqual([60, 0])
    expect([await minutes(learners[1]!, 1), await minutes(learners[2]!, 2)]).toEqual([60, 60])
  })
  it('of one meeting that both sides noted gives it once', async () => {
    const [a, b] = [log(3, '2026-02-25', { startsMinute: 8 * 60 }), log(3, '2026-02-25', { startsMinute: 8 * 60 + 10 })]
    await post(tutor, { logs: [a] })
    await post(learners[3]!, { logs: [b], answers: [yes(a.id)] })
    await post(tutor, { answers: [yes(b.id)] })
    expect(await minutes(learners[3]!, 3)).toBe(70)
  })
  it('beyond the hours of a day stops at the cap in force, and the growth screens read the same hours', async () => {
    const long = Array.from({ length: 6 }, (_, i) => log(3, '2026-02-26', { startsMinute: 120 * i, minutes: 120 }))
    await post(tutor, { logs: long })
    await post(learners[3]!, { answers: long.map((l) => yes(l.id)) })
    expect(await minutes(learners[3]!, 3)).toBe(70 + 240)
    await sql(
      `INSERT INTO cycle (id, code, name, series, starts_on) VALUES ($1, 'A', 'A', 'S', '2026-01-01'), ($2, 'B', 'B', 'S', '2026-06-01')`,
      [uuidv7(), uuidv7()],
    )
    const hours = await tutoredHours('A', 'B')
    expect(hours.find((h) => h.teacherId === learners[3]!.teacherId)).toMatchObject({ hours: 310 / 60 })
  })
})

describe('a pair that ended', () => {
  it('shows the number that both agreed to as long as it goes on, and not afterwards; the name stays', async () => {
    await sql(`UPDATE teacher SET phone = '081200000001' WHERE id = $1`, [learners[1]!.teacherId])
    const partner = async () => (await tutoring.tutorDesk(tutor, now)).pairs.find((p) => p.id === pairs[1])!.partner!
    expect((await partner()).phone).toBe('081200000001')
    await sql(`UPDATE pairing SET state = 'ended', ended_at = $2 WHERE id = $1`, [pairs[1], now])
    expect(await partner()).toMatchObject({ phone: null, name: expect.any(String) as string })
    await sql(`UPDATE pairing SET state = 'active', ended_at = NULL WHERE id = $1`, [pairs[1]])
  })
  it('takes what happened before its end and nothing after it', async () => {
    await tutoring.endOwnPair(tutor, pairs[2]!, 'Turunan sudah dipahami, lanjutkan integral.', at('2026-02-27T05:00:00Z'))
    const [before, after] = [log(2, '2026-02-26', { startsMinute: 1200 }), log(2, '2026-02-28')]
    const said = await post(tutor, { logs: [before, after] })
    expect(said.kept).toEqual([before.id])
    expect(said.words[0]).toContain('sudah diakhiri')
  })
})

describe('a phone’s ticket', () => {
  it('hands notes in for whoever wrote them after the login ended, and for nobody else', async () => {
    const { ticket } = await tutoring.tutorDesk(learners[1]!, now)
    const own = log(1, '2026-02-28')
    // Another teacher is logged in on the same phone; the note goes to the one who wrote it.
    expect((await post(tutor, { ticket, logs: [own] })).kept).toEqual([own.id])
    const [row] = await sql<{ by: string }>(`SELECT logged_by AS by FROM meeting WHERE id = $1`, [own.id])
    expect(row!.by).toBe(learners[1]!.teacherId)
    // It confirms nothing: the tutor who borrows the phone gains nothing from it.
    const tutors = log(1, '2026-02-27')
    await post(tutor, { logs: [tutors] })
    for (const borrower of [null, tutor])
      expect(await post(borrower, { ticket, answers: [yes(tutors.id)] })).toEqual({ kept: [], words: [] })
    expect(await sql(`SELECT 1 FROM meeting WHERE id = $1 AND answer IS NOT NULL`, [tutors.id])).toEqual([])
    // An outbox of another is not taken under this login without its ticket.
    await expect(post(tutor, { owner: learners[1]!.teacherId, logs: [log(1, '2026-02-28')] })).rejects.toThrow('Masuklah kembali')
    const forged = ticket!.replace(learners[1]!.teacherId!, tutor.teacherId!)
    await expect(post(null, { ticket: forged, logs: [log(1, '2026-02-28')] })).rejects.toThrow('Masuklah kembali')
    await expect(post(null, { ticket, logs: [log(1, '2026-02-28')] }, at('2026-06-02T05:00:00Z'))).rejects.toThrow('Masuklah kembali')
  })
})

describe('a certificate', () => {
  it('keeps its figures when hours change later, and is issued once however many ask at once', async () => {
    const both = await Promise.all([certificate(tutor, 0), certificate(tutor, 0), certificate(tutor, 0)])
    expect(new Set(both.map((c) => c!.code)).size).toBe(1)
    const before = both[0]!
    const more = log(0, '2026-02-23')
    await post(tutor, { logs: [more] })
    await post(learners[0]!, { answers: [yes(more.id)] })
    const next = (await certificate(tutor, 0))!
    expect(next.minutes).toBe(before.minutes + 60)
    expect(await tutoringInside.verifyCertificate(before.code)).toMatchObject({ minutes: before.minutes, meetings: before.meetings })
  })
  it('is withdrawn by the office with a reason, once, on record; the code says so and no other is issued', async () => {
    const standing = (await certificate(tutor, 0))!
    await expect(tutoring.withdrawCertificate(tutor, { code: standing.code, reason: 'Jam tidak benar.' }, now)).rejects.toBeInstanceOf(
      Forbidden,
    )
    expect(await tutoring.withdrawCertificate(bgtk, { code: standing.code, reason: 'x' }, now)).toMatchObject({ ok: false, code: 'input' })
    expect(await tutoring.withdrawCertificate(bgtk, { code: standing.code, reason: 'Pertemuan tidak pernah ada.' }, now)).toMatchObject({
      ok: true,
    })
    expect(await tutoring.withdrawCertificate(bgtk, { code: standing.code, reason: 'Alasan yang lain sama sekali.' }, now)).toMatchObject({
      code: 'state',
    })
    const shown = (await tutoringInside.verifyCertificate(standing.code))!
    expect(shown.withdrawnAt).toEqual(now)
    expect(JSON.stringify(shown)).not.toContain('tidak pernah ada')
    expect(await certificate(tutor, 0)).toBeNull()
    const [line] = await sql<{ detail: { withdrawn: string } }>(`SELECT detail FROM audit_entry WHERE object = $1`, [
      `certificate:${standing.code}`,
    ])
    expect(line!.detail.withdrawn).toContain('tidak pernah ada')
    // The learner's own is another one.
    expect(await certificate(learners[0]!, 0)).not.toBeNull()
  })
  it('withdrawn with leave to issue another is followed by a new one', async () => {
    const standing = (await certificate(learners[0]!, 0))!
    await tutoring.withdrawCertificate(bgtk, { code: standing.code, reason: 'Nama sekolah keliru.', reissue: 'ya' }, now)
    const next = (await certificate(learners[0]!, 0))!
    expect(next.code).not.toBe(standing.code)
    expect(await tutoringInside.verifyCertificate(next.code)).toMatchObject({ withdrawnAt: null })
  })
  it('has a code that nobody meets by trying, and one that was printed with fewer letters stays good', async () => {
    const { code } = (await certificate(learners[0]!, 0))!
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/)
    expect(await tutoringInside.verifyCertificate(code.toLowerCase().replace(/(.{4})/g, '$1-'))).toMatchObject({ code })
    expect(await tutoringInside.verifyCertificate(code.slice(0, 25))).toBeNull()
    await sql(
      `INSERT INTO certificate (code, pairing_id, teacher_id, side, name, school, areas, meetings, minutes, from_on, to_on, issued_at)
       SELECT '0123456789AB', pairing_id, teacher_id, side, name, school, areas, meetings, minutes, from_on, to_on, '2025-01-01' FROM certificate WHERE code = $1`,
      [code],
    )
    expect(await tutoringInside.verifyCertificate('O123-4567-89ab')).toMatchObject({ code: '0123456789AB' })
    await sql(`DELETE FROM certificate WHERE code = '0123456789AB'`)
  })
})
