import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Forbidden, type Actor } from '@/lib/access/model'
import { sql } from '@/lib/platform/db'
import { normal, seeded } from '@/lib/platform/random'
import { parseGrowthFilter } from '@/lib/growth/model'
import * as scoringInside from '@/lib/scoring/inside'
import * as scoring from '@/lib/scoring/service'
import { analyseInstrument } from '@/lib/calibration/analyse-instrument'
import * as sittings from '@/lib/sittings/service'
import { growthPage } from '@/lib/growth/service'
import { layFirstForms, layForms, takeTests } from '@/prisma/seed/taking'
import { panelHome } from '@/lib/standards/service'
import { writePanels } from '@/prisma/seed/panels'
import type { DemoTeacher } from '@/prisma/seed/people'
import { createUser } from '@/lib/access/store'
import { snapshotPage } from '@/lib/publication/service'
import { draftAll, publishAll } from './published'
import { aSchool, aSitting, aTeacher, anAccount, openWorld, participant } from './world'
import * as growth from '@/lib/growth/service'
import * as calibration from '@/lib/calibration/inside'
import { startCalibration } from '@/lib/calibration/service'

/** 180 mathematics teachers of three kabupaten, tested, tested again half a year later on unseen forms, and brought onto one scale. */
let world: Awaited<ReturnType<typeof openWorld>>
let bgtk: Actor
let teachers: string[]
let schools: string[]
let baseId: string
let followUpId: string
const first = new Date('2025-10-18T02:00:00Z')
const compute: calibration.Compute = (input, heard) => Promise.resolve(analyseInstrument(input, heard))
const gauss = (seed: number) => {
  const random = seeded(seed)
  return () => normal(random)
}
const gain = 0.6
const ability = new Map<string, number>()

async function take(cycleId: string, day: string, bonus: number, seed: number): Promise<void> {
  const draw = gauss(seed)
  const seats = await sql<{ id: string; teacherId: string }>(
    `SELECT s.id, s.teacher_id AS "teacherId" FROM seat s JOIN sitting t ON t.id = s.sitting_id WHERE t.cycle_id = $1 AND s.attendance <> 'absent' ORDER BY s.participant_number`,
    [cycleId],
  )
  await takeTests(
    {
      seated: seats.map((s) => ({ seatId: s.id, day, teacher: { id: s.teacherId, subject: 'MTK' } as DemoTeacher })),
      abilityOf: ({ teacher }, part) => {
        const key = `${teacher.id}|${part}`
        if (!ability.has(key)) ability.set(key, draw())
        return ability.get(key)! + bonus
      },
      scoredAt: new Date(`${day}T10:00:00Z`),
    },
    seeded(seed + 1),
  )
  await sql(`UPDATE seat SET attendance = 'present' WHERE id = ANY($1::uuid[])`, [seats.map((s) => s.id)])
}

const calibrated = async (instrument: string, cycle: string): Promise<string> => {
  const started = await startCalibration(bgtk, { instrument, cycles: [cycle] }, new Date())
  if (!started.ok) throw new Error(started.message)
  expect(await calibration.performCalibration(started.value, compute, () => new Date())).toMatchObject({ state: 'done' })
  return started.value
}
const released = async (calibrationId: string): Promise<void> => {
  const run = await scoring.startScoreRun(bgtk, calibrationId, new Date())
  if (!run.ok) throw new Error(run.message)
  await scoringInside.performScoreRun(run.value)
  expect(await scoring.releaseScoreRun(bgtk, run.value, 'alasan tertulis untuk uji', new Date())).toMatchObject({ ok: true })
}

/** Everybody's own change by one test, summed from the tables and not by the code that publishes. */
const pairsOf = (instrument: string) =>
  sql<{ gain: number; region: string }>(
    `SELECT (y.v - x.v) AS gain, x.region FROM
       (SELECT s.teacher_id, coalesce(b.reached_scale, b.scale) AS v, g.kemendagri_code AS region FROM ability b JOIN score_run r ON r.id = b.run_id AND r.state = 'released' JOIN instrument i ON i.id = r.instrument_id AND i.code = $1
          JOIN attempt a ON a.id = b.attempt_id JOIN seat s ON s.id = a.seat_id JOIN region g ON g.id = s.region_id JOIN sitting t ON t.id = s.sitting_id AND t.cycle_id = $2) x
       JOIN (SELECT s.teacher_id, coalesce(b.reached_scale, b.scale) AS v FROM ability b JOIN score_run r ON r.id = b.run_id AND r.state = 'released' JOIN instrument i ON i.id = r.instrument_id AND i.code = $1
          JOIN attempt a ON a.id = b.attempt_id JOIN seat s ON s.id = a.seat_id JOIN sitting t ON t.id = s.sitting_id AND t.cycle_id = $3) y USING (teacher_id)`,
    [instrument, baseId, followUpId],
  )

beforeAll(async () => {
  world = await openWorld()
  bgtk = await anAccount('bgtk')
  schools = await Promise.all(['18.10', '18.71', '18.02'].flatMap((r) => Array.from({ length: 4 }, () => aSchool(r))))
  teachers = (await Promise.all(schools.map((s) => Promise.all(Array.from({ length: 15 }, () => aTeacher(s)))))).flat()
  const { sittingId, seatIds } = await aSitting(teachers, first, { code: 'AWAL' })
  baseId = (await sql<{ id: string }>(`SELECT cycle_id AS id FROM sitting WHERE id = $1`, [sittingId]))[0]!.id
  await sql(`UPDATE seat SET attendance = 'absent' WHERE id = ANY($1::uuid[])`, [seatIds.slice(0, 3)])
  await layFirstForms(baseId)
  await take(baseId, '2025-10-18', 0, 5)
  for (const code of ['MTK', 'PED']) await released(await calibrated(code, 'AWAL'))
})
afterAll(() => world.close())

describe('a follow-up cycle', () => {
  it('is proposed with those who come again, those who were missed, those who left, those who are new, and unseen forms', async () => {
    const newcomer = await aTeacher(schools[0]!)
    const plan = (await sittings.followUpPlan(bgtk, baseId))!
    expect(plan).toMatchObject({ startsOn: '2026-04-18', returning: 177, absent: 3, gone: 0, newcomers: 1 })
    expect(plan.forms.filter((f) => f.title === 'Matematika')).toMatchObject([
      { items: 20, anchors: 10, seen: 0 },
      { items: 20, anchors: 10, seen: 0 },
    ])
    expect(plan.forms.find((f) => f.competencyCode === '2')).toMatchObject({ seen: 18, items: 18 })
    expect(newcomer).toBeTruthy()
  })
  it('is made in one action, logged, and nobody meets an item again', async () => {
    const input = { code: 'ULANG', name: 'Ukur ulang uji', series: 'Ukur ulang', startsOn: '2026-04-18', absentees: true, newcomers: true }
    expect(await sittings.createFollowUp(bgtk, baseId, { ...input, startsOn: '2025-10-01' })).toMatchObject({ code: 'date' })
    const made = await sittings.createFollowUp(bgtk, baseId, input)
    if (!made.ok) throw new Error(made.message)
    followUpId = made.value
    expect(await sittings.createFollowUp(bgtk, baseId, input)).toEqual(made)
    expect(await sittings.createFollowUp(bgtk, baseId, { ...input, name: 'Ukur ulang lain' })).toMatchObject({ code: 'taken' })
    await layForms(followUpId)
    const [seen] = await sql<{ seats: number; again: number }>(
      `WITH met AS (SELECT s.teacher_id, t.cycle_id, v.item_id FROM seat s JOIN sitting t ON t.id = s.sitting_id JOIN seat_form f ON f.seat_id = s.id AND f.competency_code IN ('1', '4')
         JOIN form_item i ON i.form_id = f.form_id JOIN item_version v ON v.id = i.item_version_id WHERE s.attendance <> 'absent')
       SELECT count(DISTINCT b.teacher_id)::int AS seats, count(*) FILTER (WHERE b.item_id = a.item_id)::int AS again
         FROM met a JOIN met b ON b.teacher_id = a.teacher_id AND a.cycle_id = $1 AND b.cycle_id = $2`,
      [baseId, followUpId],
    )
    expect(seen).toEqual({ seats: 177, again: 0 })
  })
  it('is refused to everybody but the office', async () => {
    await expect(sittings.followUpPlan(await anAccount('dinas-provinsi'), baseId)).rejects.toBeInstanceOf(Forbidden)
  })
})

describe('scores of the re-test', () => {
  it('do not exist before the link: anchors alone would be another, shorter test', async () => {
    // One of those who were tested does not come again.
    await sql(
      `UPDATE seat s SET attendance = 'absent' FROM sitting t WHERE t.id = s.sitting_id AND t.cycle_id = $1 AND s.teacher_id = $2`,
      [followUpId, teachers[3]],
    )
    await take(followUpId, '2026-04-18', gain, 9)
    const [open] = await sql<{ n: number }>(
      `SELECT count(*)::int AS n FROM ability b JOIN attempt a ON a.id = b.attempt_id JOIN seat s ON s.id = a.seat_id JOIN sitting t ON t.id = s.sitting_id WHERE t.cycle_id = $1`,
      [followUpId],
    )
    expect(open!.n).toBe(0)
    const { view, published } = await growthPage(bgtk, parseGrowthFilter({ bagian: '1' }))
    expect([view, published]).toEqual([null, null])
  })
  it('come onto the scale of the first cycle by their anchors, and nobody’s first score moves', async () => {
    for (const code of ['MTK', 'PED']) {
      const before = await sql<{ id: string; scale: number }>(
        `SELECT b.attempt_id AS id, b.scale FROM ability b JOIN score_run r ON r.id = b.run_id AND r.state = 'released' JOIN instrument i ON i.id = r.instrument_id WHERE i.code = $1 ORDER BY 1`,
        [code],
      )
      const later = await calibrated(code, 'ULANG')
      const link = await scoring.startLink(bgtk, { calibrationId: later, excluded: [], reason: '' }, new Date())
      if (!link.ok) throw new Error(link.message)
      expect(await calibration.performLink(link.value, () => new Date())).toMatchObject({ state: 'done' })
      const page = (await scoring.calibrationPage(bgtk, later))!
      const report = page.links[0]!.report!
      // Of the common items (PED 16, MTK 20) all carry the link whose answers fell into the same categories both times.
      const [alike] = await sql<{ n: number; common: number }>(
        `SELECT count(*) FILTER (WHERE cardinality(x.d) = cardinality(y.d))::int AS n, count(*)::int AS common FROM scale_link l
           JOIN item_parameter x ON x.calibration_id = l.base_calibration_id
           JOIN item_parameter y ON y.item_version_id = x.item_version_id AND y.calibration_id = l.calibration_id WHERE l.calibration_id = $1`,
        [later],
      )
      expect([code, alike!.common]).toEqual([code, code === 'PED' ? 16 : 20])
      expect([code, report.anchors.length, alike!.n >= 16]).toEqual([code, alike!.n, true])
      expect(report.methods).toHaveLength(4)
      await released(page.links[0]!.linkedCalibrationId!)
      const after = await sql<{ id: string; scale: number }>(
        `SELECT b.attempt_id AS id, b.scale FROM ability b JOIN score_run r ON r.id = b.run_id AND r.state = 'released' JOIN instrument i ON i.id = r.instrument_id WHERE i.code = $1 AND b.attempt_id = ANY($2::uuid[]) ORDER BY 1`,
        [code, before.map((b) => b.id)],
      )
      expect(after).toEqual(before)
    }
  })
  it('may not be released while the gate is closed, unless somebody writes why', async () => {
    const [link] = await sql<{ id: string; linked: string }>(`SELECT id, linked_calibration_id AS linked FROM scale_link LIMIT 1`)
    await sql(`UPDATE scale_link SET gate = 'closed' WHERE id = $1`, [link!.id])
    const run = await scoring.startScoreRun(bgtk, link!.linked, new Date())
    if (!run.ok) throw new Error(run.message)
    await scoringInside.performScoreRun(run.value)
    expect(await scoring.releaseScoreRun(bgtk, run.value, '', new Date())).toMatchObject({ ok: false })
    await sql(`UPDATE scale_link SET gate = 'open' WHERE id = $1`, [link!.id])
  })
  it('may be linked anew without an anchor that an expert doubts, with a reason', async () => {
    const [later] = await sql<{ id: string; anchor: string }>(
      `SELECT l.calibration_id AS id, l.report->'anchors'->0->>'id' AS anchor FROM scale_link l JOIN instrument i ON i.id = l.instrument_id WHERE i.code = 'PED'`,
    )
    const wish = { calibrationId: later!.id, excluded: [later!.anchor], reason: '' }
    expect(await scoring.startLink(bgtk, wish, new Date())).toMatchObject({ code: 'reason' })
    const again = await scoring.startLink(bgtk, { ...wish, reason: 'Butir ini dibahas dalam pelatihan Maret.' }, new Date())
    if (!again.ok) throw new Error(again.message)
    await calibration.performLink(again.value, () => new Date())
    expect((await scoring.calibrationPage(bgtk, later!.id))!.links[0]!.report!.anchors).toHaveLength(15)
  })
})

describe('growth', () => {
  const filter = parseGrowthFilter({ bagian: '1' })
  const view = async (actor: Actor, more: Partial<typeof filter> = {}) => (await growthPage(actor, { ...filter, ...more })).view!
  it('publishes no change through a closed gate, and says why in the place of the number', async () => {
    expect((await growthPage(bgtk, filter)).published).toBeNull()
    await sql(`UPDATE scale_link SET gate = 'closed', report = report || '{"reasons": ["error"]}' WHERE state = 'done'`)
    await publishAll(first)
    for (const [bagian, title] of [
      ['1', 'Pedagogik'],
      ['4', 'Matematika'],
    ] as const) {
      const closed = await view(bgtk, { bagian })
      expect(closed.total).toMatchObject({ change: null, n: null, state: 'empty' })
      expect((await view(await anAccount('dinas-provinsi'), { bagian })).withheld).toEqual(closed.withheld)
      expect(closed.withheld).toEqual([expect.objectContaining({ why: 'gate', reasons: ['error'], title: expect.stringContaining(title) })])
    }
    const head = await anAccount('kepala-sekolah', { schoolId: schools[5]! })
    expect((await growth.schoolGrowth(head))!.parts.map((p) => [p.part, p.cell.state])).toContainEqual(['1', 'empty'])
    await sql(`UPDATE scale_link SET gate = 'open' WHERE state = 'done'`)
    expect((await view(bgtk)).total.change).toBeNull()
  })
  it('finds the gain that is there, with an interval, counts nobody’s single change, and does not tell how few are new', async () => {
    await publishAll()
    const whole = await view(bgtk)
    const { total } = whole
    // One did not come again, one is new and three were missed the first time: taken from the map's number, they would be found.
    expect([whole.attendance, total.n]).toEqual([null, null])
    const found = await pairsOf('PED')
    expect(found).toHaveLength(176)
    expect(total.change!.raw.value).toBeCloseTo(found.reduce((sum, p) => sum + p.gain, 0) / 176, 9)
    const [scale] = await sql<{ sigma: number }>(`SELECT k.sigma FROM scale k JOIN score_run r ON r.scale_id = k.id WHERE r.id = $1`, [
      whole.links[0]!.runId,
    ])
    // Choices are drawn with guessing, so a logit of ability shows as somewhat less on the scale.
    const truth = (100 * gain) / scale!.sigma
    expect(total.change!.raw.low).toBeGreaterThan(0)
    expect(total.change!.raw.low).toBeLessThan(truth)
    expect(total.change!.raw.high).toBeGreaterThan(truth * 0.6)
    const gaps = whole.gaps!
    expect('areas' in gaps ? gaps.areas!.groups : gaps.withheld).toBe(3)
    const byRegion = (code: string) => found.filter((p) => p.region === code)
    expect(whole.regions.map((r) => [r.code, r.n])).toEqual([
      ['18.02', 60],
      ['18.10', null],
      ['18.71', 60],
    ])
    for (const r of whole.regions)
      expect(r.change!.raw.value).toBeCloseTo(byRegion(r.code).reduce((sum, p) => sum + p.gain, 0) / byRegion(r.code).length, 9)
  })
  it('stands as it was published after scores have changed, until somebody publishes again', async () => {
    const before = await view(bgtk)
    await sql(
      `UPDATE ability SET reached_scale = coalesce(reached_scale, scale) + 50 WHERE attempt_id IN
      (SELECT a.id FROM attempt a JOIN seat s ON s.id = a.seat_id JOIN sitting t ON t.id = s.sitting_id WHERE t.cycle_id = $1)`,
      [followUpId],
    )
    expect(await view(bgtk)).toEqual(before)
    const drafts = await draftAll()
    const { differences } = (await snapshotPage(bgtk, drafts.at(-1)!))!
    const moved = differences!.pages.find((p) => p.words.startsWith('Pedagogik') && p.words.endsWith('Semua peserta ukur ulang'))!
    expect(moved.after!.value! - moved.before!.value!).toBeCloseTo(50, 9)
    expect(await view(bgtk)).toEqual(before)
    await sql(
      `UPDATE ability SET reached_scale = reached_scale - 50 WHERE attempt_id IN
      (SELECT a.id FROM attempt a JOIN seat s ON s.id = a.seat_id JOIN sitting t ON t.id = s.sitting_id WHERE t.cycle_id = $1)`,
      [followUpId],
    )
  })
  it('is refused to whoever may not read the map', async () => {
    for (const role of ['pakar', 'pengawas', 'guru'] as const)
      await expect(growthPage(await anAccount(role), filter)).rejects.toBeInstanceOf(Forbidden)
  })
  it('knows from the people measured in both parts how the parts go together', async () => {
    const rows = await sql<{ part: string; n: number; correlation: number }>(
      `SELECT x->>'part' AS part, (x->>'n')::int AS n, (x->>'correlation')::float8 AS correlation FROM score_run, jsonb_array_elements(latent->'beside') x
        WHERE kind = 'theta' AND state = 'released'`,
    )
    expect(rows.length).toBeGreaterThan(0)
    for (const r of rows) {
      expect(['1', '4']).toContain(r.part)
      expect(r.n).toBeGreaterThanOrEqual(100)
      // Abilities of the two parts were drawn apart.
      expect(r.correlation).toBeLessThan(0.2)
    }
  })
  it('tells every tab the same truth', async () => {
    const change = (await view(bgtk)).total.change
    for (const tampilan of ['wilayah', 'indikator', 'dukungan', 'daya'] as const) {
      const { view: own, body } = await growthPage(bgtk, { ...filter, tampilan })
      expect(own!.total.change).toEqual(change)
      if (body.tampilan === 'indikator') expect(body.indicators.map((i) => i.code)).toEqual(['1.1', '1.2', '1.3'])
      if (body.tampilan === 'dukungan') expect(body.support!.dose).toMatchObject([{ code: '0', n: null, change: { raw: change!.raw } }])
      // Power goes back to the number of people, which is not told here.
      if (body.tampilan === 'daya') expect(body.power).toBeNull()
    }
  })
  it('shows a kabupaten its own teachers only, with its own gap between schools where it has enough of them', async () => {
    const [region] = await sql<{ id: string }>(`SELECT id FROM region WHERE kemendagri_code = '18.71'`)
    const dinas = await anAccount('dinas-kabupaten', { regionId: region!.id })
    dinas.grants[0]!.levelCodes = ['SMA']
    // The office of senior schools alone is no office by law: nothing was summed for it yet.
    expect(await growthPage(dinas, filter)).toMatchObject({ view: null, notYetSummed: true })
    await createUser({ name: 'Dinas', email: 'dinas-sma@contoh.id', passwordHash: null, grants: dinas.grants }, new Date())
    await publishAll()
    const own = await view(dinas)
    expect([own.total.n, own.attendance, own.regions.map((r) => r.code)]).toEqual([60, null, ['18.71']])
    expect(own.gaps).toEqual({ withheld: 'few-schools', instrumentIds: [] })
    const province = await view(await anAccount('dinas-provinsi'))
    expect([province.whole, 'areas' in province.gaps!]).toEqual([false, true])
    const body = (await growthPage(dinas, { ...filter, tampilan: 'dukungan' })).body
    expect(body).toMatchObject({ lots: null, support: { withTutor: null } })
  })
  it('shows the office of primary schools nobody of the senior schools', async () => {
    const [region] = await sql<{ id: string }>(`SELECT id FROM region WHERE kemendagri_code = '18.71'`)
    const dinas = await anAccount('dinas-kabupaten', { regionId: region!.id })
    expect(await growthPage(dinas, filter)).toMatchObject({ view: null, notYetSummed: false })
  })
  it('shows the head of a school one line a part, from ten teachers on, and an office the same where it is published', async () => {
    const head = await anAccount('kepala-sekolah', { schoolId: schools[5]! })
    const own = (await growth.schoolGrowth(head))!
    expect(own.parts.map((r) => [r.part, r.cell.n])).toEqual([
      ['4', 15],
      ['1', 15],
      ['3', null],
      ['2', null],
    ])
    const { raw } = own.parts[0]!.cell.change!
    expect(raw.low).toBeLessThan(raw.high)
    expect(await growth.schoolGrowth(bgtk, schools[5]!)).toEqual(own)
    await expect(growth.schoolGrowth(head, schools[6]!)).rejects.toBeInstanceOf(Forbidden)
  })
  it('stays readable when the next re-test is only planned', async () => {
    const input = {
      code: 'LAGI',
      name: 'Ukur ulang kedua',
      series: 'Ukur ulang',
      startsOn: '2026-10-17',
      absentees: true,
      newcomers: false,
    }
    expect(await sittings.createFollowUp(bgtk, baseId, input)).toMatchObject({ ok: true })
    await publishAll()
    expect((await view(bgtk)).chosen.code).toBe('ULANG')
    expect((await view(bgtk, { ulang: 'LAGI' })).total.change).toBeNull()
  })
  it('tells a teacher what changed with how much certainty, and somebody who sat once nothing', async () => {
    const own = await growth.ownChanges(participant('00000000-0000-7000-8000-000000000000', teachers[10]!))
    expect(own.map((o) => o.part)).toEqual(['4', '1'])
    for (const o of own) {
      expect(o.told === null).toBe(o.linkError > 8)
      if (!o.told) continue
      expect(o.told.low).toBeLessThan(o.told.high)
      expect(o.told.word).toBe(o.told.pImproved >= 0.9 ? 'up' : o.told.pImproved <= 0.1 ? 'down' : 'unclear')
    }
    expect(await growth.ownChanges(participant('00000000-0000-7000-8000-000000000000', teachers[0]!))).toEqual([])
  })
})

describe('the impact of a panel', () => {
  it('counts a teacher who was tested twice once, by the newest test, by θ and by raw scores', async () => {
    await writePanels(new Date('2026-07-01T02:00:00Z'))
    const [tested] = await sql<{ teachers: number; tests: number }>(
      `SELECT count(DISTINCT s.teacher_id)::int AS teachers, count(*)::int AS tests
         FROM ability b JOIN score_run r ON r.id = b.run_id AND r.state = 'released' JOIN instrument i ON i.id = r.instrument_id AND i.code = 'MTK'
         JOIN attempt a ON a.id = b.attempt_id JOIN seat s ON s.id = a.seat_id`,
    )
    expect(tested!.tests).toBeGreaterThan(1.8 * tested!.teachers)
    // The linked record rests on the sheets of both cycles, and says of how many persons.
    const [linked] = await sql<{ n: number; tested: { responses: number; people: number } }>(
      `SELECT c.n, c.summary -> 'tested' AS tested FROM calibration c JOIN scale_link l ON l.linked_calibration_id = c.id JOIN instrument i ON i.id = c.instrument_id AND i.code = 'MTK' LIMIT 1`,
    )
    expect(linked!.tested).toEqual({ responses: linked!.n, people: tested!.teachers })
    const panel = (await panelHome(bgtk)).panels.find((p) => p.title.includes('Matematika'))!
    const impact = async () => (await scoring.panelPage(bgtk, panel.id))!.impact!
    const byTheta = await impact()
    expect(byTheta).toMatchObject({ basis: 'theta', n: tested!.teachers, tests: tested!.tests })
    expect(byTheta.lower).toBeGreaterThan(byTheta.share + 1)
    expect(byTheta.range![0]).toBeLessThan(byTheta.upper)
    await sql(`UPDATE score_run SET state = 'superseded' WHERE state = 'released'`)
    const byRaw = await impact()
    expect(byRaw).toMatchObject({ basis: 'raw', n: tested!.teachers })
    expect(byRaw.lower).toBeGreaterThan(byRaw.share)
    expect(byRaw.upper).toBeLessThan(byRaw.share)
  })
})
