import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/access/model'
import { parseMapFilter } from '@/lib/mapping/model'
import { heatView, indicatorView, mapView, regionView, schoolView, spreadView } from '@/lib/mapping/service'
import { sql } from '@/lib/platform/db'
import { publishAll } from './published'
import { openWorld } from './world'

/** The figures officials see, against SQL written here and nowhere else. */
const bgtk: Actor = {
  userId: null,
  seatId: null,
  teacherId: null,
  name: 'BGTK',
  grants: [{ role: 'bgtk', regionId: null, schoolId: null, levelCodes: [] }],
}
let world: Awaited<ReturnType<typeof openWorld>>

beforeAll(async () => {
  world = await openWorld({ demonstration: true })
})
afterAll(async () => {
  await world.close()
})

/**
 * Mastery looked up run by run of those whom a released run measured, or everybody's totals re-added from the indicator points. Grouped
 * over the roster's own tables instead of the seat's copies.
 */
const expected = (part: string, basis: 'mastery' | 'raw') =>
  sql<{ code: string; subject: string; n: number; mean: number }>(
    `SELECT r.kemendagri_code AS code, su.code AS subject, count(*)::int AS n, sum(CASE WHEN $2 = 'mastery' THEN x.mastery ELSE 100.0 * x.points / x.items END)::float8 / count(*) AS mean
       FROM (SELECT a.id, a.seat_id, (SELECT sum(sc.raw) FROM score sc WHERE sc.attempt_id = a.id AND sc.scope = 'indicator') AS points, (SELECT count(*) FROM form_item f WHERE f.form_id = a.form_id) AS items,
                    (SELECT b.mastery FROM ability b WHERE b.attempt_id = a.id AND b.run_id IN (SELECT id FROM score_run WHERE state = 'released')) AS mastery
               FROM attempt a WHERE a.competency_code = $1 AND a.state = 'closed') x
       JOIN seat s ON s.id = x.seat_id JOIN teacher t ON t.id = s.teacher_id JOIN school sch ON sch.id = t.school_id JOIN region r ON r.id = sch.region_id JOIN subject su ON su.id = t.subject_id
       JOIN sitting y ON y.id = s.sitting_id JOIN cycle c ON c.id = y.cycle_id AND c.series = 'Pemetaan 2025'
      WHERE $2 = 'raw' OR x.mastery IS NOT NULL
      GROUP BY 1, 2`,
    [part, basis],
  )

const pool = (rows: { n: number; mean: number }[]) => {
  const n = rows.reduce((a, r) => a + r.n, 0)
  return { n, mean: n ? rows.reduce((a, r) => a + r.n * r.mean, 0) / n : 0 }
}

describe('the map', () => {
  it.each(['1', '2', '3', '4'])('shows for part %s what independent SQL says, for every kabupaten and every subject', async (part) => {
    const sets = { mastery: await expected(part, 'mastery'), raw: await expected(part, 'raw') }
    const all = await mapView(bgtk, parseMapFilter({ bagian: part }))
    const rows = sets[all.basis]
    expect(all.total.n).toBe(pool(rows).n)
    expect(all.total.mean).toBeCloseTo(pool(rows).mean, 8)
    for (const cell of all.cells) {
      const own = pool(rows.filter((r) => r.code === cell.code))
      if (cell.state === 'hidden') continue
      expect([cell.code, cell.n]).toEqual([cell.code, own.n])
      expect(cell.mean).toBeCloseTo(own.mean, 8)
    }
    // Whatever is hidden as well: what the record keeps is what independent SQL says, subject by subject.
    const kept = await sql<{ code: string; subject: string; n: number; mean: number; state: string }>(
      `SELECT r.kemendagri_code AS code, su.code AS subject, c.n, c.mean, c.state FROM snapshot_cell c JOIN snapshot s ON s.id = c.snapshot_id AND s.state = 'published' AND s.series = 'Pemetaan 2025'
         JOIN region r ON r.id::text = c.place JOIN subject su ON su.id::text = c.subject
        WHERE c.part = $1 AND c.basis = $2 AND c.reach = '' AND c.cycle = '' AND c.level = '' AND c.status = '' AND c.indicator = ''`,
      [part, all.basis],
    )
    expect(kept).toHaveLength(rows.length)
    for (const cell of kept) {
      const own = rows.find((r) => r.code === cell.code && r.subject === cell.subject)!
      expect([cell.code, cell.subject, cell.n]).toEqual([own.code, own.subject, own.n])
      expect(cell.mean).toBeCloseTo(own.mean, 8)
      if (own.n < 10) expect(cell.state).toBe('hidden')
    }
    for (const subject of all.subjects.slice(0, 3))
      for (const cell of (await mapView(bgtk, parseMapFilter({ bagian: part, mapel: subject.code }))).cells)
        if (cell.state === 'hidden') expect(cell).toMatchObject({ n: null, mean: null, share: null, standardError: null })
  })
  it('says what its figures are made of: mastery where scores are released, raw where nothing is calibrated, both named', async () => {
    expect((await mapView(bgtk, parseMapFilter({ bagian: '1' }))).basis).toBe('mastery')
    const bases = new Set(
      await Promise.all(
        (await sql<{ code: string }>(`SELECT code FROM subject`)).map(
          async (s) => (await mapView(bgtk, parseMapFilter({ bagian: '4', mapel: s.code }))).basis,
        ),
      ),
    )
    expect(bases.has('mastery')).toBe(true)
    expect(bases.has('raw')).toBe(true)
  })
  it('never mixes the two: where many are not measured everybody counts raw, and mastery of the measured is asked for', async () => {
    const raw = await mapView(bgtk, parseMapFilter({ bagian: '4' }))
    expect(raw).toMatchObject({ basis: 'raw', choice: true })
    expect(raw.unmeasured).toBeGreaterThan(0)
    const asked = await mapView(bgtk, parseMapFilter({ bagian: '4', dasar: 'penguasaan' }))
    expect(asked.basis).toBe('mastery')
    expect(asked.total.n).toBe(raw.total.n! - raw.unmeasured)
    expect(asked.total.mean).toBeCloseTo(pool(await expected('4', 'mastery')).mean, 8)
  })
  it('takes people of one school together in every error: more than sd/√n would claim', async () => {
    const view = await mapView(bgtk, parseMapFilter({ bagian: '1' }))
    const people = new Map(
      (
        await sql<{ code: string; se: number }>(
          `SELECT g.kemendagri_code AS code, stddev_samp(b.mastery) / sqrt(count(*)) AS se FROM ability b JOIN score_run r ON r.id = b.run_id AND r.state = 'released'
             JOIN attempt a ON a.id = b.attempt_id AND a.competency_code = '1' JOIN seat s ON s.id = a.seat_id JOIN region g ON g.id = s.region_id
             JOIN sitting t ON t.id = s.sitting_id JOIN cycle c ON c.id = t.cycle_id AND c.series = 'Pemetaan 2025' GROUP BY 1`,
        )
      ).map((r) => [r.code, r.se]),
    )
    const ratios = view.cells.filter((c) => c.standardError !== null).map((c) => c.standardError! / people.get(c.code)!)
    expect(ratios.length).toBeGreaterThan(10)
    expect(ratios.sort((a, b) => a - b)[Math.floor(ratios.length / 2)]!).toBeGreaterThan(1)
  })
  it('rests on scores that equal the answers marked by their keys in SQL, in every domain of single-choice items', async () => {
    const [row] = await sql<{ wrong: number; checked: number }>(
      `WITH marked AS (
         SELECT a.id, d.code, bool_and(v.type = 'single') AS plain, sum(CASE WHEN r.value #>> '{}' = v.scoring->>'key' THEN 1 ELSE 0 END)::float8 AS raw
           FROM attempt a JOIN form_item f ON f.form_id = a.form_id JOIN item_version v ON v.id = f.item_version_id JOIN content_domain d ON d.id = v.domain_id
           LEFT JOIN response r ON r.attempt_id = a.id AND r.item_version_id = v.id WHERE a.competency_code = '4' GROUP BY a.id, d.code)
       SELECT count(*)::int AS checked, count(*) FILTER (WHERE s.raw IS DISTINCT FROM m.raw)::int AS wrong
         FROM marked m LEFT JOIN score s ON s.attempt_id = m.id AND s.scope = 'domain' AND s.scope_code = m.code AND s.superseded_at IS NULL WHERE m.plain`,
    )
    expect(row!.checked).toBeGreaterThan(500)
    expect(row!.wrong).toBe(0)
  })
  it('narrows by level and wave so that the parts add up to the whole', async () => {
    const whole = await mapView(bgtk, parseMapFilter({ bagian: '1' }))
    const waves = await Promise.all(['2510', '2512'].map((siklus) => mapView(bgtk, parseMapFilter({ bagian: '1', siklus }))))
    expect(waves.reduce((a, w) => a + (w.total.n ?? 0), 0)).toBe(whole.total.n)
    const levels = await Promise.all(['SMA', 'SMK', 'SLB'].map((jenjang) => mapView(bgtk, parseMapFilter({ bagian: '1', jenjang }))))
    expect(levels.reduce((a, w) => a + (w.total.n ?? 0), 0)).toBe(whole.total.n)
  })
  it('gives no hidden cell away by subtraction from row or column totals', async () => {
    const heat = await heatView(bgtk, parseMapFilter({ bagian: '4', tampilan: 'tabel' }))
    expect(heat.rows.flatMap((r) => r.cells).some((c) => c.state === 'hidden')).toBe(true)
    for (const row of heat.rows) expect(row.cells.filter((c) => c.state === 'hidden').length).not.toBe(1)
    heat.regions.forEach((_, i) => expect(heat.rows.filter((r) => r.cells[i]!.state === 'hidden').length).not.toBe(1))
    for (const cell of heat.rows.flatMap((r) => r.cells))
      if (cell.state === 'hidden') expect(cell).toMatchObject({ n: null, mean: null, standardError: null })
  })
  it('shows indicators of the part only, strongest first, and a histogram that adds up', async () => {
    const indicators = await indicatorView(bgtk, parseMapFilter({ bagian: '1' }))
    expect(indicators.map((i) => i.code).sort()).toEqual(['1.1', '1.2', '1.3'])
    expect(indicators[0]!.total.mean).toBeGreaterThanOrEqual(indicators.at(-1)!.total.mean!)
    const spread = await spreadView(bgtk, parseMapFilter({ bagian: '1' }))
    expect(spread.bands.reduce((a, b) => a + b.n, 0)).toBe(spread.total)
  })
  it('spreads people by what they truly master, with fewer at both ends than single figures say', async () => {
    const spread = await spreadView(bgtk, parseMapFilter({ bagian: '1', dasar: 'penguasaan' }))
    expect(spread.basis).toBe('mastery')
    expect(spread.bands.reduce((a, b) => a + b.n, 0)).toBe(spread.total)
    const [single] = await sql<{ n: number; ends: number }>(
      `SELECT count(*)::int AS n, count(*) FILTER (WHERE b.mastery < 30 OR b.mastery >= 70)::int AS ends
         FROM ability b JOIN score_run r ON r.id = b.run_id AND r.state = 'released' JOIN attempt a ON a.id = b.attempt_id AND a.competency_code = '1'
         JOIN seat s ON s.id = a.seat_id JOIN sitting t ON t.id = s.sitting_id JOIN cycle c ON c.id = t.cycle_id AND c.series = 'Pemetaan 2025'`,
    )
    const ends = spread.bands.filter((b) => b.from < 30 || b.from >= 70).reduce((s, b) => s + b.n, 0)
    expect(ends / spread.total).toBeLessThan(single!.ends / single!.n)
    for (const b of spread.boxes) expect([...b.q].sort((x, y) => x - y)).toEqual(b.q)
  })
  it('opens schools of a kabupaten with small ones hidden, and writes every look at names into the audit log', async () => {
    const region = (await regionView(bgtk, '18.71', parseMapFilter({ bagian: '1' })))!
    expect(region.schools.some((s) => s.state === 'hidden')).toBe(true)
    const before = (await sql<{ n: number }>(`SELECT count(*)::int AS n FROM audit_entry WHERE action = 'result:named'`))[0]!.n
    const school = (await schoolView(bgtk, region.schools[0]!.id))!
    expect(school.teachers.length).toBeGreaterThan(0)
    expect((await sql<{ n: number }>(`SELECT count(*)::int AS n FROM audit_entry WHERE action = 'result:named'`))[0]!.n).toBe(before + 1)
  })
  it('answers a province of thousands in under two seconds', async () => {
    const began = performance.now()
    await mapView(bgtk, parseMapFilter({ bagian: '4' }))
    expect(performance.now() - began).toBeLessThan(2000)
  })
})

describe('the demonstration data', () => {
  it('has means near 50, not near 80, and an open practice sitting', async () => {
    for (const part of ['1', '2', '3', '4']) {
      const mean = (await mapView(bgtk, parseMapFilter({ bagian: part }))).total.mean!
      expect(mean).toBeGreaterThan(45)
      expect(mean).toBeLessThan(60)
    }
    expect(
      await sql(
        `SELECT 1 FROM sitting t JOIN cycle c ON c.id = t.cycle_id WHERE c.practice AND t.opens_at < now() AND t.closes_at > now()`,
      ),
    ).toHaveLength(1)
  })
})

describe('a snapshot', () => {
  it('stands as it was published whatever happens to the scores, until it is published again', async () => {
    const before = await mapView(bgtk, parseMapFilter({ bagian: '1' }))
    await sql(
      `DELETE FROM ability WHERE attempt_id IN (SELECT a.id FROM attempt a JOIN seat s ON s.id = a.seat_id JOIN sitting t ON t.id = s.sitting_id
         JOIN cycle c ON c.id = t.cycle_id AND c.series = 'Pemetaan 2025' WHERE a.competency_code = '1' AND EXISTS (SELECT 1 FROM ability b JOIN score_run r ON r.id = b.run_id AND r.state = 'released' WHERE b.attempt_id = a.id)
        ORDER BY a.id LIMIT 30)`,
    )
    expect(await mapView(bgtk, parseMapFilter({ bagian: '1' }))).toEqual(before)
    await publishAll()
    const after = await mapView(bgtk, parseMapFilter({ bagian: '1' }))
    expect(after.published!.number).toBe(before.published!.number + 1)
    // Thirty who are not measured any more are left out, and named where both numbers may be told.
    expect(after).toMatchObject({ basis: 'mastery', choice: true })
    expect(after.total.n).toBe(before.total.n! - 30)
    expect([0, before.unmeasured + 30]).toContain(after.unmeasured)
  })
})
