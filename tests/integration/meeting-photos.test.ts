import sharp from 'sharp'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Forbidden, type Actor } from '@/lib/access/model'
import { inTransaction, sql } from '@/lib/platform/db'
import { runRetention } from '@/lib/privacy/inside'
import { dataOf, forget, joining } from '@/lib/tutoring/personal'
import * as tutoring from '@/lib/tutoring/service'
import { MOST_PHOTOS, PHOTO_BYTES } from '@/lib/tutoring/photo-model'
import { anAccount, openWorld } from './world'
import { aNote, asAccount, aTutoring, type Tutoring } from './tutoring'

/** Photos of a meeting: pixels and nothing else, for two people and the office, and only as long as their note stands. */
let world: Awaited<ReturnType<typeof openWorld>>
let pair: Tutoring
let tutor: Actor
let learner: Actor
let bgtk: Actor
let photographed: Uint8Array<ArrayBuffer>
const now = new Date('2026-03-02T05:00:00Z')
const WHERE = 'Rumah Bu Sari, Kotabumi'

beforeAll(async () => {
  world = await openWorld()
  pair = await aTutoring(2)
  tutor = asAccount(pair.tutorId)
  learner = asAccount(pair.learnerIds[0]!)
  bgtk = await anAccount('bgtk')
  photographed = await camera(320)
})
afterAll(() => world.close())

/** What a phone's camera writes: hard to pack, turned, and telling where, when and with what it was taken. */
async function camera(width: number): Promise<Uint8Array<ArrayBuffer>> {
  const noise = { type: 'gaussian' as const, mean: 128, sigma: 60 }
  const taken = await sharp({ create: { width, height: width * 0.75, channels: 3, background: '#887', noise } })
    .withExif({
      IFD0: { Make: 'Ponsel', ImageDescription: WHERE },
      IFD3: { GPSLatitudeRef: 'S', GPSLatitude: '4/1 49/1 30/1', GPSLongitudeRef: 'E', GPSLongitude: '104/1 53/1 12/1' },
    })
    .withMetadata({ orientation: 6 })
    .jpeg({ quality: 80 })
    .toBuffer()
  return new Uint8Array(taken)
}

async function noted(heldOn: string, writer = tutor, pairId = pair.pairIds[0]!): Promise<string> {
  const note = aNote(pairId, heldOn)
  expect(await tutoring.takeMeetings(writer, { logs: [note] }, now)).toMatchObject({ value: { kept: [note.id] } })
  return note.id
}
const photo = (meetingId: string, more: object = {}) => ({ id: uuidv7(), meetingId, agreed: true, agreedAt: now.getTime(), ...more })
const keep = (actor: Actor, input: object, bytes = photographed, when = now) => tutoring.keepPhoto(actor, input, bytes, when)
async function withPhoto(heldOn: string): Promise<{ meetingId: string; id: string }> {
  const meetingId = await noted(heldOn)
  const added = photo(meetingId)
  expect(await keep(tutor, added)).toMatchObject({ ok: true })
  return { meetingId, id: added.id }
}
const left = async (meetingId: string) => (await sql(`SELECT 1 FROM meeting_photo WHERE meeting_id = $1`, [meetingId])).length

describe('a photo of a meeting', () => {
  it('is drawn anew: small, upright, and without place, time, camera or words of the file', async () => {
    const large = await camera(1600)
    const before = await sharp(large).metadata()
    expect(before.exif?.includes(WHERE)).toBe(true)
    expect(before).toMatchObject({ orientation: 6, width: 1600 })
    expect(large.length).toBeGreaterThan(PHOTO_BYTES)
    const added = photo(await noted('2026-02-10'))
    expect(await keep(tutor, added, large)).toMatchObject({ ok: true })
    const kept = (await tutoring.meetingPhoto(tutor, added.id))!
    const after = await sharp(kept.bytes).metadata()
    expect([after.format, after.exif, after.xmp, after.iptc, after.icc, after.orientation]).toEqual(['webp', ...Array<undefined>(5)])
    expect(after.height).toBeGreaterThan(after.width)
    expect(kept.bytes.includes(WHERE)).toBe(false)
    expect(kept.bytes.length).toBeLessThanOrEqual(PHOTO_BYTES)
  })
  it('is opened by the two who met and by the office, each on record; for everybody else there is none', async () => {
    const { id } = await withPhoto('2026-02-11')
    const other = asAccount(pair.learnerIds[1]!)
    for (const actor of [tutor, learner, bgtk]) expect(await tutoring.meetingPhoto(actor, id)).toMatchObject({ mime: 'image/webp' })
    for (const actor of [other, await anAccount('dinas-provinsi'), await anAccount('kepala-sekolah'), await anAccount('administrator')])
      await expect(tutoring.meetingPhoto(actor, id)).rejects.toBeInstanceOf(Forbidden)
    const lines = await sql<{ purpose: string; by: string; subjects: string[] }>(
      `SELECT purpose, actor_role AS by, subjects FROM audit_entry WHERE object = $1 ORDER BY id`,
      [`meeting-photo:${id}`],
    )
    const both = [pair.tutorId, pair.learnerIds[0]!]
    expect(lines.map((l) => [l.purpose, l.by, l.subjects.toSorted()])).toEqual([
      ['meeting-photo', 'guru', [both[1]]],
      ['meeting-photo', 'guru', [both[0]]],
      ['meeting-photo', 'bgtk', both.toSorted()],
    ])
    expect(await tutoring.meetingPhoto(bgtk, 'x')).toBeNull()
  })
  it('is taken of an own note alone, with the word that those in it agree, and of pictures only', async () => {
    const meetingId = await noted('2026-02-12')
    for (const agreed of [undefined, false, 'ya']) expect(await keep(tutor, photo(meetingId, { agreed }))).toMatchObject({ code: 'agreed' })
    for (const stranger of [learner, asAccount(pair.learnerIds[1]!)])
      expect(await keep(stranger, photo(meetingId))).toMatchObject({ ok: false, code: 'note' })
    for (const actor of [bgtk, await anAccount('dinas-provinsi')])
      await expect(keep(actor, photo(meetingId))).rejects.toBeInstanceOf(Forbidden)
    for (const text of ['<svg xmlns="http://www.w3.org/2000/svg"/>', 'bukan foto', ''])
      expect(await keep(tutor, photo(meetingId), new TextEncoder().encode(text))).toMatchObject({ code: 'photo' })
    expect(await left(meetingId)).toBe(0)
  })
  it('waits for its note, is kept once however often it comes, and two at the most', async () => {
    const early = photo(uuidv7())
    expect(await keep(tutor, early)).toMatchObject({ ok: false, code: 'waits' })
    const meetingId = await noted('2026-02-13')
    const added = photo(meetingId)
    const all = await Promise.all([
      keep(tutor, added),
      keep(tutor, added),
      ...Array.from({ length: MOST_PHOTOS }, () => keep(tutor, photo(meetingId))),
    ])
    expect(all.filter((r) => !r.ok)).toMatchObject([{ code: 'many' }])
    expect(await keep(tutor, photo(meetingId))).toMatchObject({ code: 'many' })
    expect(await left(meetingId)).toBe(MOST_PHOTOS)
  })
  it('never holds up its note: that is confirmed and counts without it, and keeps it when it is changed', async () => {
    const { meetingId, id } = await withPhoto('2026-02-14')
    const changed = { ...aNote(pair.pairIds[0]!, '2026-02-14'), id: meetingId, minutes: 90, revision: 2 }
    await tutoring.takeMeetings(tutor, { logs: [changed] }, now)
    const desk = await tutoring.tutorDesk(learner, now)
    expect(desk.pairs[0]!.meetings.find((m) => m.id === meetingId)).toMatchObject({ minutes: 90, answer: null, photos: [id] })
  })
})

describe('a photo goes', () => {
  it('with its note that is taken back, and one that comes later is not kept', async () => {
    const { meetingId, id } = await withPhoto('2026-02-16')
    await tutoring.takeMeetings(tutor, { withdrawals: [{ id: uuidv7(), meetingId, revision: 1, writtenAt: now.getTime() }] }, now)
    for (const actor of [tutor, learner, bgtk]) expect(await tutoring.meetingPhoto(actor, id)).toBeNull()
    expect(await keep(tutor, photo(meetingId))).toMatchObject({ code: 'note' })
    expect(await left(meetingId)).toBe(0)
  })
  it('in the same moment as its note is taken back, whichever comes first', async () => {
    const many = await Promise.all(Array.from({ length: 4 }, (_, i) => noted(`2026-02-1${i}`)))
    await Promise.all(
      many.flatMap((meetingId) => [
        keep(tutor, photo(meetingId)),
        tutoring.takeMeetings(tutor, { withdrawals: [{ id: uuidv7(), meetingId, revision: 1, writtenAt: now.getTime() }] }, now),
      ]),
    )
    for (const meetingId of many) expect(await left(meetingId)).toBe(0)
  })
  it('when either of the two removes it, and nobody else does', async () => {
    const { meetingId, id } = await withPhoto('2026-02-17')
    await tutoring.removePhoto(asAccount(pair.learnerIds[1]!), id)
    await expect(tutoring.removePhoto(bgtk, id)).rejects.toBeInstanceOf(Forbidden)
    expect(await left(meetingId)).toBe(1)
    for (let twice = 0; twice < 2; twice++) expect(await tutoring.removePhoto(learner, id)).toMatchObject({ ok: true })
    expect(await left(meetingId)).toBe(0)
  })
  it('after the limit in force, its note and hours stay', async () => {
    const { meetingId } = await withPhoto('2026-02-18')
    const days = (n: number) => new Date(now.getTime() + n * 86_400_000)
    await runRetention(days(364))
    expect(await left(meetingId)).toBe(1)
    const done = await runRetention(days(366))
    expect(done.find((r) => r.kind === 'keepDays.photos')).toMatchObject({ days: 365, state: 'done' })
    expect(await left(meetingId)).toBe(0)
    expect(await sql(`SELECT 1 FROM meeting WHERE id = $1`, [meetingId])).toHaveLength(1)
  })
})

describe('what the office checks', () => {
  it('is the notes of one pair with their photos and what was taken back, on record, and no words of the two', async () => {
    const { meetingId, id } = await withPhoto('2026-02-19')
    const notes = (await tutoring.pairNotes(bgtk, pair.pairIds[0]!))!
    expect(notes.notes.find((n) => n.id === meetingId)).toMatchObject({ byTutor: true, photos: [id], withdrawnAt: null })
    expect(notes.notes.some((n) => n.withdrawnAt)).toBe(true)
    expect(notes.notes.every((n) => !('note' in n))).toBe(true)
    expect(
      await sql(`SELECT 1 FROM audit_entry WHERE object = $1 AND purpose = 'meeting-notes'`, [`pairing:${pair.pairIds[0]}`]),
    ).toHaveLength(1)
    for (const actor of [tutor, await anAccount('dinas-provinsi')])
      await expect(tutoring.pairNotes(actor, pair.pairIds[0]!)).rejects.toBeInstanceOf(Forbidden)
    expect(await tutoring.pairNotes(bgtk, uuidv7())).toBeNull()
  })
})

describe('the rights of a teacher', () => {
  it('hold for photos: in the copy of both, under the record that stays, gone with the erasure of either', async () => {
    const { meetingId } = await withPhoto('2026-02-20')
    for (const [actor, by] of [
      [tutor, 'Anda'],
      [learner, 'rekan'],
    ] as const) {
      const copy = (await dataOf(actor.teacherId!)).meeting_photo!
      expect(copy.at(-1)).toMatchObject({ 'tanggal pertemuan': '2026-02-20', 'ditambahkan oleh': by })
      expect(copy.at(-1)!.foto).toMatch(/^data:image\/webp;base64,[A-Za-z0-9+/]+=*$/)
    }
    const keepKey = uuidv7()
    await inTransaction((tx) => joining.handOver(tx, { keep: keepKey, drop: tutor.teacherId!, nobody: uuidv7(), now }))
    const joined = asAccount(keepKey)
    expect((await dataOf(keepKey)).meeting_photo!.at(-1)).toMatchObject({ 'ditambahkan oleh': 'Anda' })
    const withdrawal = { id: uuidv7(), meetingId: await noted('2026-02-21', learner), revision: 1, writtenAt: now.getTime() }
    await tutoring.takeMeetings(learner, { withdrawals: [withdrawal] }, now)
    await inTransaction((tx) =>
      forget(tx, { requestId: uuidv7(), teacherId: learner.teacherId!, pseudonym: uuidv7(), pattern: '(?!)', now }),
    )
    expect(await left(meetingId)).toBe(0)
    // What she took back stays so under the key that leads to nobody.
    expect(
      await sql(`SELECT 1 FROM meeting WHERE id = $1 AND withdrawn_at IS NOT NULL AND logged_by <> $2`, [
        withdrawal.meetingId,
        learner.teacherId,
      ]),
    ).toHaveLength(1)
    expect((await tutoring.tutorDesk(joined, now)).pairs.flatMap((p) => p.meetings).every((m) => m.photos.length === 0)).toBe(true)
  })
})
