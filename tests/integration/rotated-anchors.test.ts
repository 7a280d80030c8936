import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/access/model'
import { sql } from '@/lib/platform/db'
import { normal, seeded } from '@/lib/platform/random'
import { analyseInstrument } from '@/lib/calibration/analyse-instrument'
import * as calibration from '@/lib/calibration/inside'
import type { LinkReport } from '@/lib/calibration/link-model'
import { startCalibration } from '@/lib/calibration/service'
import * as scoringInside from '@/lib/scoring/inside'
import * as scoring from '@/lib/scoring/service'
import * as sittings from '@/lib/sittings/service'
import type { DemoTeacher } from '@/prisma/seed/people'
import { layFirstForms, layForms, takeTests } from '@/prisma/seed/taking'
import { value } from './stories'
import { aSchool, aSitting, aTeacher, anAccount, openWorld } from './world'

/**
 * The same number of teachers twice: once with forms A and B at the first test, once with all four. In the second way everybody meets exactly
 * the items at the re-test that she has not seen, others have, and every item carries the link.
 */
let world: Awaited<ReturnType<typeof openWorld>>
let bgtk: Actor
const compute: calibration.Compute = (input, heard) => Promise.resolve(analyseInstrument(input, heard))
type Way = 'two' | 'four'
const ways: Way[] = ['two', 'four']
const codes = ['PED', 'MTK'] as const
type Linked = { report: LinkReport; error: number }
const made = {} as Record<Way, { base: string; later: string; links: Record<(typeof codes)[number], Linked> }>

async function take(cycleId: string, day: string, ability: Map<string, number>, seed: number): Promise<void> {
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
        return ability.get(key)!
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

beforeAll(async () => {
  world = await openWorld()
  bgtk = await anAccount('bgtk')
  for (const [k, way] of ways.entries()) {
    const schools = await Promise.all(Array.from({ length: 12 }, () => aSchool()))
    const teachers = (await Promise.all(schools.map((s) => Promise.all(Array.from({ length: 40 }, () => aTeacher(s)))))).flat()
    const { sittingId } = await aSitting(teachers, new Date('2025-10-18T02:00:00Z'), { code: `AWAL${k}` })
    const base = (await sql<{ id: string }>(`SELECT cycle_id AS id FROM sitting WHERE id = $1`, [sittingId]))[0]!.id
    if (way === 'two') await layFirstForms(base)
    else {
      const forms = (await sittings.cycleForms(bgtk, base)).filter((f) => f.label).map((f) => f.formId)
      value(await sittings.chooseForms(bgtk, base, forms, new Date('2025-10-10T02:00:00Z')))
      await layForms(base)
    }
    const ability = new Map<string, number>()
    await take(base, '2025-10-18', ability, 31 + 1_000 * k)
    for (const code of codes) {
      const run = value(await scoring.startScoreRun(bgtk, await calibrated(code, `AWAL${k}`), new Date()))
      await scoringInside.performScoreRun(run)
      value(await scoring.releaseScoreRun(bgtk, run, 'alasan tertulis untuk uji', new Date()))
    }
    const input = {
      code: `ULANG${k}`,
      name: `Ukur ulang ${k}`,
      series: 'Ukur ulang',
      startsOn: '2026-04-18',
      absentees: false,
      newcomers: false,
    }
    const later = value(await sittings.createFollowUp(bgtk, base, input))
    await layForms(later)
    await take(later, '2026-04-18', ability, 57 + 1_000 * k)
    const links = {} as Record<(typeof codes)[number], Linked>
    for (const code of codes) {
      const calibrationId = await calibrated(code, `ULANG${k}`)
      const link = value(await scoring.startLink(bgtk, { calibrationId, excluded: [], reason: '' }, new Date()))
      await calibration.performLink(link, () => new Date())
      links[code] = (await sql<Linked>(`SELECT report, error FROM scale_link WHERE id = $1`, [link]))[0]!
    }
    made[way] = { base, later, links }
  }
})
afterAll(() => world.close())

describe('anchors rotated over people', () => {
  it.each(ways)('let nobody meet an item of knowledge twice, with %s forms at the first test', async (way) => {
    const { base, later } = made[way]
    const [seen] = await sql<{ people: number; again: number }>(
      `WITH met AS (SELECT s.teacher_id, t.cycle_id, v.item_id FROM seat s JOIN sitting t ON t.id = s.sitting_id JOIN seat_form f ON f.seat_id = s.id AND f.competency_code IN ('1', '4')
         JOIN form_item i ON i.form_id = f.form_id JOIN item_version v ON v.id = i.item_version_id)
       SELECT count(DISTINCT b.teacher_id)::int AS people, count(*) FILTER (WHERE b.item_id = a.item_id)::int AS again
         FROM met a JOIN met b ON b.teacher_id = a.teacher_id AND a.cycle_id = $1 AND b.cycle_id = $2`,
      [base, later],
    )
    expect(seen).toEqual({ people: 480, again: 0 })
  })
  it.each([
    ['PED', 16, 40],
    ['MTK', 20, 32],
  ] as const)('carry the link of %s with more than the %s items of two swapped sets, and with a smaller error', (code, before, after) => {
    const [two, four] = ways.map((w) => made[w].links[code]) as [Linked, Linked]
    console.log(
      `${code}: anchors ${two.report.anchors.length} and ${four.report.anchors.length}; link error ${two.error.toFixed(3)} and ${four.error.toFixed(3)} logits`,
    )
    expect(two.report.anchors.length).toBeLessThanOrEqual(before)
    expect(four.report.anchors.length).toBeGreaterThanOrEqual(after)
    expect(four.error).toBeLessThan(two.error)
  })
})
