import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/access/model'
import { runActions } from '@/lib/console/proctor'
import { signTicket } from '@/lib/delivery/token'
import * as instruments from '@/lib/instruments/service'
import { sql } from '@/lib/platform/db'
import * as roster from '@/lib/roster/import-service'
import * as sittings from '@/lib/sittings/service'
import { at, aServer, MORNING, seated } from './phones'
import { aPair, testedTeachers, value } from './stories'
import { aSchool, aSitting, aTeacher, anAccount, openWorld } from './world'
import * as tutoring from '@/lib/tutoring/service'

/** Text that PostgreSQL cannot hold (a NUL, half a character) and rows that cannot be read: they cost themselves and nothing else. */
const BAD = 'a\u0000b\ud800c'
let world: Awaited<ReturnType<typeof openWorld>>
let office: Actor
let watcher: Actor
const bytes = (text: string) => new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>
beforeAll(async () => {
  world = await openWorld()
  ;[office, watcher] = await Promise.all([anAccount('bgtk'), anAccount('pengawas')])
})
afterAll(() => world.close())

describe('a proctor’s batch', () => {
  const seatedHere = async () => {
    const sitting = await aSitting([await aTeacher(await aSchool())], MORNING)
    await sittings.appointProctor(office, sitting.sittingId, watcher.userId!, sitting.roomId)
    return sitting
  }
  const incident = (target: string, note: string) => ({
    id: uuidv7(),
    at: MORNING.getTime(),
    kind: 'incident',
    scope: 'room',
    target,
    about: 'lain',
    note,
  })

  it('is kept whole when a note in it holds a NUL and half a character: the note stands without them', async () => {
    const { sittingId, roomId, seatIds } = await seatedHere()
    const present = { id: uuidv7(), at: MORNING.getTime(), kind: 'attendance', seat: seatIds[0], attendance: 'present' }
    const pause = { id: uuidv7(), at: MORNING.getTime(), kind: 'pause', scope: 'room', target: roomId, reason: `Listrik ${BAD}` }
    const said = await runActions(watcher, [incident(roomId, `Hujan deras ${BAD}`), pause, present], MORNING)
    expect(said.map((s) => s.outcome)).toEqual(['done', 'done', 'done'])
    expect(await sql(`SELECT note FROM incident WHERE sitting_id = $1`, [sittingId])).toEqual([{ note: 'Hujan deras abc' }])
    expect(await sql(`SELECT reason FROM allowance WHERE sitting_id = $1`, [sittingId])).toEqual([{ reason: 'Listrik abc' }])
    expect(await sql(`SELECT attendance FROM seat WHERE id = $1`, [seatIds[0]])).toEqual([{ attendance: 'present' }])
  })
  it('loses one action that the database refuses for another reason, and no other', async () => {
    const { sittingId, roomId, seatIds } = await seatedHere()
    await world.asOwner(
      `CREATE FUNCTION refuse_note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.note LIKE '%racun%' THEN RAISE EXCEPTION 'no'; END IF; RETURN NEW; END $$`,
    )
    await world.asOwner(`CREATE TRIGGER refuse_note BEFORE INSERT ON incident FOR EACH ROW EXECUTE FUNCTION refuse_note()`)
    const present = { id: uuidv7(), at: MORNING.getTime(), kind: 'attendance', seat: seatIds[0], attendance: 'present' }
    const said = await runActions(watcher, [incident(roomId, 'catatan racun'), null, present, incident(roomId, 'catatan biasa')], MORNING)
    await world.asOwner(`DROP TRIGGER refuse_note ON incident`)
    expect(said.map((s) => s.outcome)).toEqual(['refused', 'refused', 'done', 'done'])
    expect(said[0]!.message).toContain('tindakan lain tidak terpengaruh')
    expect(await sql(`SELECT note FROM incident WHERE sitting_id = $1`, [sittingId])).toEqual([{ note: 'catatan biasa' }])
  })
})

describe('a phone', () => {
  it('is declared ready, whatever its own words about itself hold', async () => {
    const server = aServer()
    const { seat } = await seated()
    const report = { ticket: signTicket(seat, 1), device: 'phone-a-0001', ready: true, checks: { browser: BAD, room: true } }
    expect((await server.post('ready', report)).status).toBe(200)
    expect(await sql(`SELECT checks->>'browser' AS browser FROM readiness WHERE seat_id = $1`, [seat])).toEqual([{ browser: 'abc' }])
  })
  it('is answered in words when the number of a card cannot be held', async () => {
    const server = aServer()
    expect((await server.post('login', { number: BAD, code: BAD })).status).toBe(403)
  })
  it('hands a journal in of which one entry is unreadable and one quotes an escape: every other is kept as it was', async () => {
    const server = aServer()
    const { seat } = await seated()
    const entry = (seq: number, value: unknown) => ({ seq, kind: 'answer', item: uuidv7(), value, at: at(5).getTime() })
    const entries = [entry(1, { text: 'tulis \\u0000 dan \\ud800 di C' }), entry(2, { text: BAD }), entry(3, 'A')]
    const sent = await server.post<{ ack: number; waits: boolean }>('deposit', {
      ...{ ticket: signTicket(seat, 1), part: '1', device: 'phone-b-0001', takeOver: false, begunAt: at(1).getTime() },
      entries,
    })
    expect(sent).toMatchObject({ status: 200, reply: { ack: 3, waits: true } })
    const kept = await sql<{ text: string }>(
      `SELECT e.entry->'value'->>'text' AS text FROM late_entry e JOIN late_claim c ON c.id = e.claim_id WHERE c.seat_id = $1 AND e.seq < 3 ORDER BY e.seq`,
      [seat],
    )
    expect(kept.map((k) => k.text)).toEqual(['tulis \\u0000 dan \\ud800 di C', 'abc'])
  })
})

describe('notes of meetings', () => {
  it('are judged one by one: a note that cannot be read holds up no other', async () => {
    const [tutor, learner] = (await testedTeachers(2, MORNING)) as [Actor, Actor]
    const { pairId } = await aPair(tutor, learner, 'published', 'active', MORNING)
    const log = (topic: string) => ({
      id: uuidv7(),
      pairingId: pairId,
      heldOn: '2026-04-18',
      minutes: 30,
      topic,
      note: '',
      writtenAt: 1,
      revision: 1,
    })
    const [bad, fine, short] = [log(`Turunan ${BAD}`), log('Integral'), log('x')]
    const said = value(await tutoring.takeMeetings(tutor, { logs: [short, bad, fine, null, 7] }, at(600)))
    expect(said.kept.sort()).toEqual([bad.id, fine.id].sort())
    expect(said.refused.map((r) => r.id)).toEqual([short.id])
    expect(await sql(`SELECT topic FROM meeting WHERE pairing_id = $1 ORDER BY topic`, [pairId])).toEqual([
      { topic: 'Integral' },
      { topic: 'Turunan abc' },
    ])
  })
})

describe('files', () => {
  it('of a roster are imported though a cell holds what no database can', async () => {
    const school = await aSchool('18.72')
    const [{ npsn }] = (await sql<{ npsn: string }>(`SELECT npsn FROM school WHERE id = $1`, [school])) as [{ npsn: string }]
    const rows = Array.from({ length: 200 }, (_, i) => `Guru Isian ${i};${String(7_000_000_000_000_000 + i)};;P;;PNS;Kimia;${npsn};`)
    const text = `Nama;NUPTK;NIP;JK;Tanggal Lahir;Status;Mapel;NPSN;HP\n${rows.join('\n')}\nNul\u0000a Baik;7999999999999999;;P;;PNS;Kimia;${npsn};\n`
    expect(value(await roster.importFile(office, 'nul.csv', Buffer.from(text), null))).toMatchObject({ new: 201, rejected: 0 })
    expect(await sql(`SELECT name FROM teacher WHERE name LIKE 'Nula%'`)).toEqual([{ name: 'Nula Baik' }])
  })
  it('of items are imported though one of them holds what no database can', async () => {
    const question = (stem: string) => `${stem}\nA. Metro\nB. Bandar Lampung\nANSWER: B\n`
    const text = [question('Ibu kota Lampung\u0000 adalah'), question('Kota di ujung selatan adalah')].join('\n')
    const done = value(await instruments.importItems(office, 'GEO', bytes(text), {}, MORNING))
    expect(done).toMatchObject({ saved: 2, refused: 0 })
  })
  it('keep no row of people once the import is carried out, and no preview of what was refused', async () => {
    const school = await aSchool('18.72')
    const [{ npsn }] = (await sql<{ npsn: string }>(`SELECT npsn FROM school WHERE id = $1`, [school])) as [{ npsn: string }]
    const file = Buffer.from(
      `Nama;NUPTK;NIP;JK;Tanggal Lahir;Status;Mapel;NPSN;HP\nRatna Jejak;7888888888888881;;P;;PNS;Kimia;${npsn};\nSalah;12E3;;P;;PNS;Kimia;${npsn};\n`,
    )
    const id = value(await roster.uploadRoster(office, 'jejak.csv', file, null))
    await roster.previewBatch(id)
    const words = async () => JSON.stringify(await sql(`SELECT preview, progress FROM import_batch WHERE id = $1`, [id]))
    expect(await words()).toContain('Ratna Jejak')
    const first = value(await roster.applyBatch(office, id))
    expect(await words()).not.toMatch(/Ratna Jejak|7888888888888881|12E3/)
    expect(value(await roster.applyBatch(office, id))).toEqual(first)
    // A reading that comes to its end late brings the rows of nobody back.
    await roster.previewBatch(id)
    expect(await words()).not.toContain('Ratna Jejak')
    expect((await roster.batchView(office, id))!.preview!.counts).toEqual(first)
  })
})
