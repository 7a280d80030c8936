import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Forbidden, type Actor } from '@/lib/access/model'
import { makeDocument } from '@/lib/reports/service'
import { hoursOf, verifyCertificate } from '@/lib/tutoring/inside'
import { dataOf } from '@/lib/tutoring/personal'
import * as tutoring from '@/lib/tutoring/service'
import { anAccount, openWorld } from './world'
import { aNote, aPair, asAccount, aTutoring } from './tutoring'

/** One letter over all pairs of a teacher who helps two and is helped by one, two of the meetings in the same hour. */
let world: Awaited<ReturnType<typeof openWorld>>
let bgtk: Actor
let tutor: Actor
let learners: Actor[]
let helper: Actor
let pairs: string[]
let helped: string
const now = new Date('2026-09-02T05:00:00Z')

beforeAll(async () => {
  world = await openWorld()
  bgtk = await anAccount('bgtk')
  const started = new Date('2026-01-05T01:00:00Z')
  const [one, other] = [await aTutoring(2, started), await aTutoring(1, started)]
  pairs = one.pairIds
  tutor = asAccount(one.tutorId)
  learners = one.learnerIds.map(asAccount)
  helper = asAccount(other.tutorId)
  helped = await aPair(other.tutorId, one.tutorId, started, ['MTK:GEO'])
})
afterAll(() => world.close())

async function met(writer: Actor, partner: Actor, pair: string, heldOn: string, more: object = {}): Promise<string> {
  const note = aNote(pair, heldOn, more)
  const answer = { id: uuidv7(), meetingId: note.id, revision: 1, answer: 'yes', writtenAt: now.getTime() }
  expect(await tutoring.takeMeetings(writer, { logs: [note] }, now)).toMatchObject({ ok: true, value: { kept: [note.id] } })
  expect(await tutoring.takeMeetings(partner, { answers: [answer] }, now)).toMatchObject({ ok: true, value: { kept: [answer.id] } })
  return note.id
}
async function letter(span = 'semua', actor = tutor) {
  const said = await tutoring.combinedFor(actor, span, now)
  if (!said.ok) throw new Error(said.code)
  return said.value
}

describe('a letter over all pairs', () => {
  it('is not made without an hour that two people confirmed, nor for a span that is none', async () => {
    expect(await tutoring.combinedFor(tutor, 'semua', now)).toMatchObject({ ok: false, code: 'none' })
    await tutoring.takeMeetings(tutor, { logs: [aNote(pairs[0]!, '2026-03-01')] }, now)
    expect(await tutoring.combinedFor(tutor, 'semua', now)).toMatchObject({ ok: false, code: 'none' })
    expect((await tutoring.tutorDesk(tutor, now)).letters.spans).toEqual([])
  })
  it('tells each pair with areas, meetings and hours, both sides, no partner and no score, and no minute twice', async () => {
    await met(tutor, learners[0]!, pairs[0]!, '2026-03-02')
    await met(tutor, learners[1]!, pairs[1]!, '2026-03-02', { startsMinute: 13 * 60 + 30 })
    await met(helper, tutor, helped, '2026-08-10', { minutes: 90 })
    const made = await letter()
    const total = [...(await hoursOf([tutor.teacherId!])).get(tutor.teacherId!)!.counted.values()].reduce((sum, n) => sum + n, 0)
    expect(made).toMatchObject({ pairingId: null, span: 'semua', side: 'both', meetings: 3, minutes: total })
    expect(total).toBe(60 + 30 + 90)
    expect(made.lines!.map((l) => [l.side, l.meetings, l.minutes])).toEqual([
      ['tutor', 1, 60],
      ['tutor', 1, 30],
      ['learner', 1, 90],
    ])
    const partners = (await tutoring.tutorDesk(tutor, now)).pairs.map((p) => p.partner!.name)
    for (const name of partners) expect(JSON.stringify(made)).not.toContain(name)
  })
  it('is the same until something changes, however many ask at once, and verified by its one code', async () => {
    const all = await Promise.all([letter(), letter(), letter()])
    expect(new Set(all.map((c) => c.code)).size).toBe(1)
    expect(await verifyCertificate(all[0]!.code)).toMatchObject({ span: 'semua', minutes: 180, fewerNow: false })
    const file = await makeDocument(tutor, 'surat-gabungan', new URLSearchParams({ rentang: 'semua' }))
    expect(file).toMatchObject({ mime: 'application/pdf' })
    expect((await dataOf(tutor.teacherId!)).certificate).toMatchObject([{ kode: all[0]!.code, rentang: 'semua', pasangan: [{}, {}, {}] }])
  })
  it('of a semester holds what lies in it, and stands beside the others', async () => {
    expect((await tutoring.tutorDesk(tutor, now)).letters.spans.map((s) => s.code)).toEqual(['semua', '2026-2', '2026-1'])
    expect(await letter('2026-1')).toMatchObject({ side: 'tutor', meetings: 2, minutes: 90, toOn: '2026-03-02' })
    expect(await letter('2026-2')).toMatchObject({ side: 'learner', meetings: 1, minutes: 90 })
    expect(await tutoring.ownCombined(tutor, '2026-2')).toMatchObject({ span: '2026-2' })
    expect(await tutoring.ownCombined(helper, '2026-2')).toBeNull()
    expect(await tutoring.ownCombined(tutor, '2026-3')).toBeNull()
  })
  it('keeps what it said when a note is taken back; the next one says less, and those who read it see that', async () => {
    const before = await letter('2026-2')
    const more = await met(helper, tutor, helped, '2026-08-11')
    const printed = await letter('2026-2')
    expect(printed.minutes).toBe(before.minutes + 60)
    const withdrawal = { id: uuidv7(), meetingId: more, revision: 1, writtenAt: now.getTime() }
    await tutoring.takeMeetings(helper, { withdrawals: [withdrawal] }, now)
    expect(await verifyCertificate(printed.code)).toMatchObject({ minutes: printed.minutes, fewerNow: true })
    const next = await letter('2026-2')
    expect(next).toMatchObject({ meetings: before.meetings, minutes: before.minutes })
    expect([before.code, printed.code]).not.toContain(next.code)
    expect(await tutoring.ownCombined(tutor, '2026-2')).toMatchObject({ code: next.code })
    const listed = await tutoring.issuedCertificates(bgtk)
    expect(listed.find((c) => c.code === printed.code)).toMatchObject({ minutes: printed.minutes, now: { minutes: before.minutes } })
  })
  it('does not bring back a pair whose own letter was withdrawn for good', async () => {
    const single = (await tutoring.certificateFor(tutor, pairs[1]!, now))!
    await tutoring.withdrawCertificate(bgtk, { code: single.code, reason: 'Pertemuan tidak pernah ada.' }, now)
    const without = await letter('2026-1')
    expect(without.lines!.map((l) => l.pairingId)).toEqual([pairs[0]])
  })
  it('is withdrawn by the office alone; with leave another follows, without it none for any span', async () => {
    const standing = await letter('2026-1')
    for (const other of [tutor, await anAccount('dinas-provinsi')])
      await expect(tutoring.withdrawCertificate(other, { code: standing.code, reason: 'Sekolahnya keliru.' }, now)).rejects.toBeInstanceOf(
        Forbidden,
      )
    await expect(tutoring.combinedFor(bgtk, '2026-1', now)).rejects.toBeInstanceOf(Forbidden)
    await tutoring.withdrawCertificate(bgtk, { code: standing.code, reason: 'Sekolahnya keliru.', reissue: 'ya' }, now)
    const next = await letter('2026-1')
    expect(next.code).not.toBe(standing.code)
    await tutoring.withdrawCertificate(bgtk, { code: next.code, reason: 'Pertemuan tidak pernah ada.' }, now)
    for (const span of ['semua', '2026-1', '2026-2'])
      expect(await tutoring.combinedFor(tutor, span, now)).toMatchObject({ ok: false, code: 'barred' })
    expect((await tutoring.tutorDesk(tutor, now)).letters.barred).toBe(true)
    expect(await verifyCertificate(next.code)).toMatchObject({ withdrawnAt: now })
  })
})
