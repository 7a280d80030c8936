import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Forbidden, type Actor } from '@/lib/access/model'
import { sql } from '@/lib/platform/db'
import { normal, seeded } from '@/lib/platform/random'
import { analyseInstrument } from '@/lib/calibration/analyse-instrument'
import * as calibration from '@/lib/calibration/inside'
import { startCalibration } from '@/lib/calibration/service'
import { parseGrowthFilter } from '@/lib/growth/model'
import { growthPage } from '@/lib/growth/service'
import * as scoringInside from '@/lib/scoring/inside'
import * as scoring from '@/lib/scoring/service'
import * as sittings from '@/lib/sittings/service'
import { seatTeachers } from '@/lib/sittings/seating-store'
import type { DemoTeacher } from '@/prisma/seed/people'
import { layFirstForms, layForms, takeTests } from '@/prisma/seed/taking'
import { publishAll } from './published'
import { value } from './stories'
import { aSchool, aSitting, aTeacher, anAccount, openWorld } from './world'

/**
 * 240 mathematics teachers, of whom a part, drawn by lot, is tested for the first time at the re-test. Who was tested before is better by a
 * known practice in pedagogy, and by nothing in the subject, where everybody has grown.
 */
let world: Awaited<ReturnType<typeof openWorld>>
let bgtk: Actor
let teachers: string[]
let baseId: string
let sittingId: string
let followUpId: string
const first = new Date('2025-10-18T02:00:00Z')
const before = new Date('2025-10-10T02:00:00Z')
const PRACTICE = 1.2
const GROWTH = 0.5
const ability = new Map<string, number>()
const compute: calibration.Compute = (input, heard) => Promise.resolve(analyseInstrument(input, heard))

async function take(cycleId: string, day: string, bonus: (teacherId: string, part: string) => number, seed: number): Promise<void> {
  const random = seeded(seed)
  const seats = await sql<{ id: string; teacherId: string }>(
    `SELECT s.id, s.teacher_id AS "teacherId" FROM seat s JOIN sitting t ON t.id = s.sitting_id WHERE t.cycle_id = $1 ORDER BY s.participant_number`,
    [cycleId],
  )
  await takeTests(
    {
      seated: seats.map((s) => ({ seatId: s.id, day, teacher: { id: s.teacherId, subject: 'MTK' } as DemoTeacher })),
      abilityOf: ({ teacher }, part) => {
        const key = `${teacher.id}|${part}`
        if (!ability.has(key)) ability.set(key, normal(random))
        return ability.get(key)! + bonus(teacher.id, part)
      },
      scoredAt: new Date(`${day}T10:00:00Z`),
    },
    seeded(seed + 1),
  )
  await sql(`UPDATE seat SET attendance = 'present' WHERE id = ANY($1::uuid[])`, [seats.map((s) => s.id)])
}
const calibrated = async (instrument: string, cycle: string): Promise<string> => {
  const id = value(await startCalibration(bgtk, { instrument, cycles: [cycle] }, new Date()))
  expect(await calibration.performCalibration(id, compute, () => new Date())).toMatchObject({ state: 'done' })
  return id
}
const released = async (calibrationId: string): Promise<void> => {
  const run = value(await scoring.startScoreRun(bgtk, calibrationId, new Date()))
  await scoringInside.performScoreRun(run)
  expect(await scoring.releaseScoreRun(bgtk, run, 'alasan tertulis untuk uji', new Date())).toMatchObject({ ok: true })
}
const laterOnes = async () =>
  (await sql<{ id: string }>(`SELECT teacher_id AS id FROM retest_member WHERE cycle_id = $1 AND later ORDER BY 1`, [baseId])).map(
    (r) => r.id,
  )
const seatedIn = async (cycleId: string) =>
  new Set(
    (
      await sql<{ id: string }>(`SELECT s.teacher_id AS id FROM seat s JOIN sitting t ON t.id = s.sitting_id WHERE t.cycle_id = $1`, [
        cycleId,
      ])
    ).map((r) => r.id),
  )

beforeAll(async () => {
  world = await openWorld()
  bgtk = await anAccount('bgtk')
  const schools = await Promise.all(['18.10', '18.71', '18.02'].flatMap((r) => Array.from({ length: 10 }, () => aSchool(r))))
  teachers = (await Promise.all(schools.map((s) => Promise.all(Array.from({ length: 8 }, () => aTeacher(s)))))).flat()
  ;({ sittingId } = await aSitting(teachers, first, { code: 'AWAL' }))
  baseId = (await sql<{ id: string }>(`SELECT cycle_id AS id FROM sitting WHERE id = $1`, [sittingId]))[0]!.id
})
afterAll(() => world.close())

describe('who is tested for the first time at the re-test', () => {
  it('is drawn once, before the first sitting opens, by the office alone', async () => {
    expect(await sittings.retestDraw(bgtk, baseId, before)).toEqual({ draw: null, open: true })
    const asked = { share: '20', note: 'Surat 3/2025 tentang kelompok pembanding' }
    await expect(sittings.drawFirstTimers(await anAccount('dinas-provinsi'), baseId, asked, before)).rejects.toThrow(Forbidden)
    expect(await sittings.drawFirstTimers(bgtk, baseId, { ...asked, share: '60' }, before)).toMatchObject({ code: 'form' })
    expect(await sittings.drawFirstTimers(bgtk, baseId, asked, new Date('2025-10-18T03:00:00Z'))).toMatchObject({ code: 'begun' })
    // A phone that holds the questions keeps its seat, so nobody is drawn any more once one does.
    const [seat] = await sql<{ id: string }>(
      `SELECT s.id FROM seat s JOIN sitting t ON t.id = s.sitting_id WHERE t.cycle_id = $1 LIMIT 1`,
      [baseId],
    )
    await sql(`INSERT INTO desk_visit (seat_id, at) VALUES ($1, $2)`, [seat!.id, before])
    expect(await sittings.drawFirstTimers(bgtk, baseId, asked, before)).toMatchObject({ code: 'fetched' })
    expect(await sittings.retestDraw(bgtk, baseId, before)).toMatchObject({ open: false })
    await sql(`DELETE FROM desk_visit WHERE seat_id = $1`, [seat!.id])
    expect(value(await sittings.drawFirstTimers(bgtk, baseId, asked, before))).toBe(48)
    expect(value(await sittings.drawFirstTimers(bgtk, baseId, asked, before))).toBe(48)
    expect(await sittings.drawFirstTimers(bgtk, baseId, { ...asked, share: '10' }, before)).toMatchObject({ code: 'drawn' })
    expect(await sittings.retestDraw(bgtk, baseId, before)).toMatchObject({ open: false, draw: { later: 48, now: 192, share: 20 } })
  })
  it('has no seat in the first cycle, is not seated there again, and is no newcomer', async () => {
    const later = await laterOnes()
    const seated = await seatedIn(baseId)
    expect([seated.size, later.filter((id) => seated.has(id))]).toEqual([192, []])
    const [one] = await sql<{ schoolId: string; regionId: string; levelId: string; subjectId: string }>(
      `SELECT t.school_id AS "schoolId", s.region_id AS "regionId", s.level_id AS "levelId", t.subject_id AS "subjectId" FROM teacher t JOIN school s ON s.id = t.school_id WHERE t.id = $1`,
      [later[0]!],
    )
    const seat = { teacherId: later[0]!, employmentStatus: 'PNS', attendance: 'unknown', ...one! }
    expect(
      await seatTeachers({ id: sittingId, cycleId: baseId, cycleCode: 'AWAL' }, [seat], { roomSize: 20, at: before, counted: null }),
    ).toEqual({ ok: true, value: 0 })
    await layFirstForms(baseId)
    await take(baseId, '2025-10-18', () => 0, 5)
    for (const code of ['PED', 'MTK']) await released(await calibrated(code, 'AWAL'))
    expect(await sittings.followUpPlan(bgtk, baseId)).toMatchObject({ returning: 192, firstTimers: 48, newcomers: 0 })
  })
  it('sits the re-test beside the others', async () => {
    const input = {
      code: 'ULANG',
      name: 'Ukur ulang uji',
      series: 'Ukur ulang',
      startsOn: '2026-04-18',
      absentees: false,
      newcomers: false,
    }
    followUpId = value(await sittings.createFollowUp(bgtk, baseId, input))
    expect((await seatedIn(followUpId)).size).toBe(240)
    await layForms(followUpId)
    const later = new Set(await laterOnes())
    await take(followUpId, '2026-04-18', (id, part) => (part === '1' && !later.has(id) ? PRACTICE : part === '4' ? GROWTH : 0), 9)
    for (const code of ['PED', 'MTK']) {
      const link = value(
        await scoring.startLink(bgtk, { calibrationId: await calibrated(code, 'ULANG'), excluded: [], reason: '' }, new Date()),
      )
      expect(await calibration.performLink(link, () => new Date())).toMatchObject({ state: 'done' })
      const [row] = await sql<{ id: string }>(`SELECT linked_calibration_id AS id FROM scale_link WHERE id = $1`, [link])
      await released(row!.id)
    }
  })
})

describe('practice at the re-test', () => {
  beforeAll(async () => {
    // The few of this story make links that the gate would close for their error.
    await sql(`UPDATE scale_link SET gate = 'open' WHERE state = 'done'`)
    await publishAll()
  })
  it('is found where it was put', async () => {
    const { practice } = await growthPage(bgtk, parseGrowthFilter({ bagian: '1' }))
    expect(practice).toMatchObject({ word: 'more', before: { n: 192 }, first: { n: 48 } })
    expect(practice!.without!.low <= 0 && practice!.without!.high >= 0).toBe(true)
  })
  it('is not found where there is none, though everybody has grown', async () => {
    const { practice, view } = await growthPage(bgtk, parseGrowthFilter({ bagian: '4' }))
    expect(practice!.word).toBe('unclear')
    expect(view!.total.change!.raw.value).toBeGreaterThan(0)
  })
  it('is told to those alone who read the whole province', async () => {
    const regionId = (await sql<{ id: string }>(`SELECT id FROM region WHERE kemendagri_code = '18.10'`))[0]!.id
    const { practice } = await growthPage(await anAccount('dinas-kabupaten', { regionId }), parseGrowthFilter({ bagian: '1' }))
    expect(practice).toBeNull()
  })
})
