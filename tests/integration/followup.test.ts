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
}, 120_000)
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
    await take(followUpId, '2026-04-18', gain, 9)
    const [open] = await sql<{ n: number }>(
      `SELECT count(*)::int AS n FROM ability b JOIN attempt a ON a.id = b.attempt_id JOIN seat s ON s.id = a.seat_id JOIN sitting t ON t.id = s.sitting_id WHERE t.cycle_id = $1`,
      [followUpId],
    )
    expect(open!.n).toBe(0)
    expect((await growth.growthView(bgtk, parseGrowthFilter({ bagian: '1' })))!.total.change).toBeNull()
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
  it('finds the gain that is there, with an interval, and counts nobody’s single change', async () => {
    const view = (await growth.growthView(bgtk, filter))!
    const { total, attendance } = view
    expect(view).not.toHaveProperty('words')
    expect(attendance).toEqual({ first: 177, second: 181, both: 177 })
    expect(total.change!.n).toBe(177)
    const [scale] = await sql<{ sigma: number }>(`SELECT k.sigma FROM scale k JOIN score_run r ON r.scale_id = k.id WHERE r.id = $1`, [
      view.links[0]!.runId,
    ])
    // Choices are drawn with guessing, so a logit of ability shows as somewhat less on the scale.
    const truth = (100 * gain) / scale!.sigma
    expect(total.change!.raw.low).toBeGreaterThan(0)
    expect(total.change!.raw.low).toBeLessThan(truth)
    expect(total.change!.raw.high).toBeGreaterThan(truth * 0.6)
    expect('areas' in view.gaps! ? view.gaps.areas.groups : view.gaps!.withheld).toBe(3)
    expect(view.regions.filter((r) => r.state === 'shown')).toHaveLength(3)
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
    for (const tampilan of ['wilayah', 'indikator', 'dukungan', 'daya'] as const) {
      const { view, body } = await growthPage(bgtk, { ...filter, tampilan })
      expect(view!.total.change!.n).toBe(177)
      if (body.tampilan === 'indikator') expect(body.indicators.map((i) => i.code)).toEqual(['1.1', '1.2', '1.3'])
      if (body.tampilan === 'dukungan') expect(body.support!.dose).toMatchObject([{ code: '0', change: { n: 177 } }])
      if (body.tampilan === 'daya') expect(body.power!.wanted.map((w) => w.change)).toEqual([10, 20, 30, 50])
    }
  })
  it('shows a kabupaten its own teachers only, and no gap of a province that it may not see', async () => {
    const [region] = await sql<{ id: string }>(`SELECT id FROM region WHERE kemendagri_code = '18.71'`)
    const dinas = await anAccount('dinas-kabupaten', { regionId: region!.id })
    dinas.grants[0]!.levelCodes = ['SMA']
    const view = (await growth.growthView(dinas, filter))!
    expect(view.total.change!.n).toBe(60)
    expect(view.gaps).toBeNull()
    expect(view.attendance).toBeNull()
    expect(view.regions.map((r) => r.code)).toEqual(['18.71'])
  })
  it('shows the head of a school one line a part, from ten teachers on', async () => {
    const head = await anAccount('kepala-sekolah', { schoolId: schools[5]! })
    const rows = await growth.schoolGrowth(head)
    expect(rows.map((r) => [r.part, r.n])).toEqual([
      ['4', 15],
      ['1', 15],
    ])
    expect(rows[0]!.cell.change!.raw.low).toBeLessThan(rows[0]!.cell.change!.raw.high)
    expect(await growth.schoolGrowth(bgtk, schools[5]!)).toEqual(rows)
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
    expect((await growth.growthView(bgtk, filter))!.chosen.code).toBe('ULANG')
    expect((await growth.growthView(bgtk, { ...filter, ulang: 'LAGI' }))!.total.change).toBeNull()
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
    const panel = (await panelHome(bgtk)).panels.find((p) => p.title.includes('Matematika'))!
    const impact = async () => (await scoring.panelPage(bgtk, panel.id))!.impact!
    const byTheta = await impact()
    expect(byTheta).toMatchObject({ basis: 'theta', n: tested!.teachers })
    expect(byTheta.lower).toBeGreaterThan(byTheta.share + 1)
    expect(byTheta.range![0]).toBeLessThan(byTheta.upper)
    await sql(`UPDATE score_run SET state = 'superseded' WHERE state = 'released'`)
    const byRaw = await impact()
    expect(byRaw).toMatchObject({ basis: 'raw', n: tested!.teachers })
    expect(byRaw.lower).toBeGreaterThan(byRaw.share)
    expect(byRaw.upper).toBeLessThan(byRaw.share)
  })
})
