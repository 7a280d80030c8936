import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Forbidden, type Actor } from '@/lib/access/model'
import { guestDay, guestDesk, turnGuestDay } from '@/lib/console/service'
import { freeze } from '@/lib/delivery/inside'
import { sql } from '@/lib/platform/db'
import { aSchool, aSitting, aTeacher, anAccount, openWorld } from './world'

/** A page for the guests of a test day, against a real database. Each look lies later than what a reading serves. */
const MORNING = new Date('2026-04-18T01:00:00Z')
let minutes = 0
const later = () => new Date(+MORNING + ++minutes * 60_000)
let world: Awaited<ReturnType<typeof openWorld>>
let office: Actor
let sitting: Awaited<ReturnType<typeof aSitting>>
const names = ['Ratna Dewi', 'Wayan Sudarma', 'Yusuf Hidayat', 'Siti Maryam', 'Putu Lestari', 'Agus Salim']

beforeAll(async () => {
  world = await openWorld()
  office = await anAccount('bgtk')
  const school = await aSchool('18.10')
  const teachers: string[] = []
  for (const name of names) teachers.push(await aTeacher(school, 'MTK', name))
  sitting = await aSitting(teachers, MORNING)
  await freeze(sitting.sittingId, MORNING)
})
afterAll(() => world.close())

const keyOf = (path: string | null) => path!.replace('/hari/', '')
/** A part begun at a seat, `finished` or still running, with so many entries on the server. */
async function begun(seat: number, part: string, finished: boolean, when: Date, kept = 7, missing = 0) {
  const id = uuidv7()
  await sql(
    `INSERT INTO attempt (id, seat_id, form_id, instrument_id, competency_code, seed, state, duration_seconds, started_at, finished_at, closed_at)
     SELECT $1, s.seat_id, s.form_id, f.instrument_id, $3, 1, $4, 3600, $5, $6, $6 FROM seat_form s JOIN form f ON f.id = s.form_id
     WHERE s.seat_id = $2 ORDER BY s.competency_code LIMIT 1`,
    [id, sitting.seatIds[seat], part, finished ? 'closed' : 'open', when, finished ? when : null],
  )
  await sql(
    `INSERT INTO attempt_device (attempt_id, device, ack_seq, finish_seq, last_contact_at) VALUES ($1, 'phone-a-0001', $2, $3, $4)`,
    [id, kept, finished ? kept + missing : null, when],
  )
}

describe('the page for the guests of a test day', () => {
  it('is nobody’s before the office opens it, and then that of its address alone', async () => {
    const now = later()
    expect(await guestDay('0123456789abcdefghjk', now)).toBeNull()
    expect((await guestDesk(office, now)).path).toBeNull()
    await expect(turnGuestDay(await anAccount('pengawas'), true, now)).rejects.toThrow(Forbidden)
    expect(await turnGuestDay(office, true, now)).toEqual({ ok: true, value: { open: true } })
    expect(await turnGuestDay(office, true, now)).toEqual({ ok: true, value: { open: true } })
    const desk = await guestDesk(office, now)
    expect(desk.history).toHaveLength(1)
    const key = keyOf(desk.path)
    expect(key).toMatch(/^[0-9a-z]{20}$/)
    expect((await guestDay(key, now))?.total.seats).toBe(names.length)
    expect((await guestDay(key.toUpperCase(), now))?.total.seats).toBe(names.length)
    for (const wrong of ['', 'x', key.slice(1), `${key}0`, key.replace(/.$/, (c) => (c === 'z' ? 'y' : 'z'))])
      expect(await guestDay(wrong, now)).toBeNull()
  })

  it('counts who is here, at work, between parts and done, and what of the answers is safe', async () => {
    const now = later()
    await begun(0, '1', false, now)
    await begun(1, '1', false, new Date(+now - 10 * 60_000))
    for (const part of ['1', '2', '3', '4']) await begun(2, part, true, now, 5, part === '4' ? 3 : 0)
    await sql(`UPDATE seat SET attendance = 'present' WHERE id = $1`, [sitting.seatIds[3]])
    await sql(`UPDATE seat SET attendance = 'absent' WHERE id = $1`, [sitting.seatIds[4]])
    const parts = await sql<{ n: number }>(
      `SELECT count(*)::int AS n FROM cycle_part p JOIN sitting t ON t.cycle_id = p.cycle_id WHERE t.id = $1`,
      [sitting.sittingId],
    )
    const page = (await guestDay(keyOf((await guestDesk(office, now)).path), now))!
    const all = parts[0]!.n <= 4
    expect(page.total).toEqual({
      seats: 6,
      here: 4,
      working: 1,
      silent: 1,
      between: all ? 0 : 1,
      finished: all ? 1 : 0,
      waiting: 2,
      absent: 1,
    })
    expect([page.kept, page.missing]).toEqual([7 + 7 + 20, 3])
    expect(page.places).toMatchObject([{ seats: 6, counts: { here: 4 } }])
    expect(page.regions).toMatchObject([{ code: '18.10', seats: 6, here: 4 }])
  })

  it('tells what happened to places, and of persons only how much was noted', async () => {
    const now = later()
    const note = (kind: string, seat: string | null, words: string) =>
      sql(`INSERT INTO incident (id, sitting_id, room_id, seat_id, kind, note, at, by_user_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`, [
        uuidv7(),
        sitting.sittingId,
        sitting.roomId,
        seat,
        kind,
        words,
        now,
        office.userId,
      ])
    await note('listrik', null, 'Padam, Bu Ratna Dewi memanggil petugas')
    await note('peserta', null, 'Wayan Sudarma sakit')
    await note('perangkat', sitting.seatIds[0]!, 'Ponsel Yusuf Hidayat mati')
    const page = (await guestDay(keyOf((await guestDesk(office, now)).path), now))!
    expect(page.events).toEqual([{ at: now, kind: 'listrik', until: null, venue: expect.any(String) }])
    expect(page.others).toBe(2)
    const said = JSON.stringify(page)
    for (const name of names) expect(said).not.toContain(name)
  })

  it('does not tell a place of a few apart', async () => {
    const now = later()
    const school = await aSchool('18.02')
    await aSitting([await aTeacher(school), await aTeacher(school)], MORNING, { code: 'DUA' })
    const page = (await guestDay(keyOf((await guestDesk(office, now)).path), now))!
    expect(page.total.seats).toBe(8)
    expect(page.places.filter((p) => p.seats === 2)).toMatchObject([{ counts: null }])
  })

  it('has nothing of a rehearsal or of practice', async () => {
    const now = later()
    const school = await aSchool('18.10')
    const practice = await aSitting([await aTeacher(school)], MORNING, { code: 'LATIH' })
    await sql(`UPDATE cycle SET practice = true WHERE id = (SELECT cycle_id FROM sitting WHERE id = $1)`, [practice.sittingId])
    expect((await guestDay(keyOf((await guestDesk(office, now)).path), now))!.total.seats).toBe(8)
  })

  it('is over when the office closes it, and opened again has another address', async () => {
    const now = later()
    const first = keyOf((await guestDesk(office, now)).path)
    expect(await turnGuestDay(office, false, now)).toMatchObject({ ok: true })
    expect(await guestDay(first, now)).toBeNull()
    await turnGuestDay(office, true, later())
    const second = keyOf((await guestDesk(office, later())).path)
    expect(second).not.toBe(first)
    expect([await guestDay(first, later()), (await guestDay(second, later()))?.total.seats]).toEqual([null, 8])
    const lines = await sql<{ n: number }>(`SELECT count(*)::int AS n FROM audit_entry WHERE object = 'guest-day:2026-04-18'`)
    expect(lines[0]!.n).toBe(3)
  })

  it('ends with the day, and a day without a test has none', async () => {
    const key = keyOf((await guestDesk(office, later())).path)
    const [lastMinute, midnight] = [new Date('2026-04-18T16:59:00Z'), new Date('2026-04-18T17:00:00Z')]
    expect((await guestDay(key, lastMinute))?.total.seats).toBe(8)
    expect(await guestDay(key, midnight)).toBeNull()
    expect(await turnGuestDay(office, true, midnight)).toMatchObject({ ok: false, code: 'none' })
  })
})
