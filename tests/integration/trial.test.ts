import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Forbidden, type Actor } from '@/lib/access/model'
import { attemptData } from '@/lib/calibration/store'
import { freeze } from '@/lib/delivery/inside'
import { trialReport } from '@/lib/delivery/service'
import { sql } from '@/lib/platform/db'
import { formsSeen } from '@/lib/sittings/form-store'
import * as sittings from '@/lib/sittings/service'
import { MORNING, aServer, at, singles } from './phones'
import { value } from './stories'
import { aSchool, aSitting, aTeacher, anAccount, openWorld } from './world'

/** People of the house try the forms of a cycle before its day: what they met is told, and what they answered counts nowhere. */
let world: Awaited<ReturnType<typeof openWorld>>
let server: ReturnType<typeof aServer>
let office: Actor
let cycleId: string
const dayBefore = at(-60 * 24)
const wish = { day: '2026-04-18', opens: '07:00', closes: '16:00', people: '3' }

beforeAll(async () => {
  world = await openWorld()
  server = aServer()
  office = await anAccount('bgtk')
  const school = await aSchool()
  const real = await aSitting(
    [await aTeacher(school, 'MTK'), await aTeacher(school, 'KIM'), await aTeacher(school, 'KIM')],
    at(60 * 24 * 7),
    { code: 'NYATA' },
  )
  cycleId = (await sql<{ id: string }>(`SELECT cycle_id AS id FROM sitting WHERE id = $1`, [real.sittingId]))[0]!.id
})
afterAll(() => world.close())

const venue = async () => (await sql<{ id: string }>(`SELECT venue_id AS id FROM sitting WHERE cycle_id = $1`, [cycleId]))[0]!.id
const begin = async () => value(await sittings.startTrial(office, cycleId, { ...wish, venueId: await venue() }, dayBefore))

describe('an internal trial', () => {
  it('is made once, by the office alone, with the subjects of the participants in turn and no teacher at any seat', async () => {
    await expect(sittings.startTrial(await anAccount('dinas-provinsi'), cycleId, wish, dayBefore)).rejects.toThrow(Forbidden)
    expect(await sittings.startTrial(office, cycleId, { ...wish, venueId: await venue(), people: '0' }, dayBefore)).toMatchObject({
      code: 'input',
    })
    expect(await sittings.startTrial(office, cycleId, { ...wish, venueId: await venue() }, at(60 * 24))).toMatchObject({ code: 'past' })
    const sittingId = await begin()
    expect(await begin()).toBe(sittingId)
    const seats = await sql<{ subject: string; teacher: string | null }>(
      `SELECT u.code AS subject, t.id AS teacher FROM seat s JOIN subject u ON u.id = s.subject_id LEFT JOIN teacher t ON t.id = s.teacher_id WHERE s.sitting_id = $1 ORDER BY s.seat_number`,
      [sittingId],
    )
    expect(seats).toEqual(['KIM', 'MTK', 'KIM'].map((subject) => ({ subject, teacher: null })))
    // It stands under its cycle and in no list of measurements.
    expect((await sittings.cycles(office)).map((c) => c.code)).toEqual(['NYATA'])
    expect(await sittings.trials(office, cycleId)).toMatchObject([{ sittingId }])
  })

  it('takes the forms that count, tells people, phones, items, times and what to mend, and shows its results to nobody', async () => {
    const sittingId = await begin()
    await freeze(sittingId, dayBefore)
    const seats = await sql<{ id: string; teacher: string }>(
      `SELECT id, teacher_id AS teacher FROM seat WHERE sitting_id = $1 ORDER BY seat_number`,
      [sittingId],
    )
    expect(
      await sql(
        `SELECT DISTINCT f.practice FROM seat_form x JOIN form f ON f.id = x.form_id JOIN seat s ON s.id = x.seat_id WHERE s.sitting_id = $1`,
        [sittingId],
      ),
    ).toEqual([{ practice: false }])
    const started = await server.begin(seats[0]!.id)
    const [skipped, ...answered] = singles(started)
    const entries = answered.map((i, n) => ({
      seq: n + 1,
      kind: 'answer',
      item: i.id,
      value: i.content.options![0]!.id,
      at: at(1 + n).getTime(),
    }))
    await server.send(started.token, [...entries, { seq: entries.length + 1, kind: 'finish', at: at(58).getTime() }], at(58))
    await sql(
      `INSERT INTO readiness (seat_id, device, at, ready, checks, user_agent) VALUES ($1, 'p', $2, false, '{"clock":"bad"}', 'Mozilla/5.0 (Linux; Android 10; K) Chrome/120.0.0.0 Mobile')`,
      [seats[1]!.id, MORNING],
    )
    const report = (await trialReport(office, sittingId))!
    expect(report.people).toBe(3)
    expect(report.parts.find((p) => p.part === '1')).toMatchObject({ begun: 1, finished: 1, ranOut: 0, most: 58, minutes: 60 })
    expect(report.phones).toMatchObject([{ many: 1, ready: 0 }])
    const [code] = await sql<{ code: string }>(`SELECT i.code FROM item_version v JOIN item i ON i.id = v.item_id WHERE v.id = $1`, [
      skipped!.id,
    ])
    expect(report.items.find((i) => i.code === code!.code)).toMatchObject({ shown: 1, answered: 0 })
    expect(report.items.filter((i) => i.answered === 1)).toHaveLength(answered.length)
    expect(report.mend).toEqual(
      expect.arrayContaining([
        'Bagian Profesional belum dicoba siapa pun.',
        'Bagian Pedagogik: yang paling lama memakai 58 dari 60 menit.',
        '1 ponsel: jam ponsel meleset.',
      ]),
    )
    expect(report.mend.some((m) => m.startsWith('Dilewati sepertiga orang atau lebih:'))).toBe(true)
    expect(await sittings.releaseResults(office, sittingId)).toMatchObject({ ok: false, code: 'trial' })
    const step = (await sittings.cyclePath(office, cycleId, dayBefore))!.steps.find((s) => s.key === 'uji-coba')!
    expect(step.words).toEqual(['1 dari 3 orang sudah mulai, 0 menyelesaikan semua bagian.'])
  })

  it('counts nowhere: no calibration, no memory of what somebody has seen, no beginning of its cycle', async () => {
    const [attempt] = await sql<{ id: string; instrument: string; teacher: string; form: string }>(
      `SELECT a.id, a.instrument_id AS instrument, s.teacher_id AS teacher, a.form_id AS form FROM attempt a JOIN seat s ON s.id = a.seat_id`,
    )
    expect(attempt).toBeDefined()
    expect(JSON.stringify(await attemptData(attempt!.instrument, null))).not.toContain(attempt!.id)
    expect(await formsSeen([attempt!.teacher], cycleId)).toEqual([])
    // The cycle itself was not begun: its name may still change, and its people may still be drawn.
    expect(await sittings.changeCycle(office, cycleId, { name: 'Nama sesudah uji coba', series: 'Uji' })).toMatchObject({ ok: true })
    expect(await sittings.retestDraw(office, cycleId, dayBefore)).toMatchObject({ open: true })
    expect((await sittings.cyclePath(office, cycleId, dayBefore))!.steps.find((s) => s.key === 'siklus')!.words[0]).toContain(
      'belum dipakai siklus lain',
    )
  })
})
