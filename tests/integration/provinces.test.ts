import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeFigures } from '@/lib/mapping/inside'
import { sql } from '@/lib/platform/db'
import { performSnapshot, prepareSnapshot, putIntoForce, snapshotById } from '@/lib/publication/inside'
import { openWorld } from './world'

/** A country of two provinces: the demonstration's, of which six kabupaten are given the codes of another. */
const now = new Date('2026-06-01T02:00:00Z')
const [first, second] = [
  { userId: null, name: 'Pertama' },
  { userId: null, name: 'Kedua' },
]
const SERIES = 'Dua provinsi'
let world: Awaited<ReturnType<typeof openWorld>>

beforeAll(async () => {
  world = await openWorld({ demonstration: true })
})
afterAll(() => world.close())

const moveAway = (code: string) =>
  world.asOwner(`UPDATE region SET kemendagri_code = '19.' || right($1, 2) WHERE kemendagri_code = $1`, [code])
async function made(series: string) {
  const prepared = await prepareSnapshot(series, first, now)
  if (!prepared.ok) throw new Error(prepared.message)
  expect(await performSnapshot(prepared.value.id, makeFigures)).toMatchObject({ state: 'done' })
  return (await snapshotById(prepared.value.id))!
}
type Row = { key: string; place: string; state: string; n: number; province: string | null }
/** Everybody's figures, and those of provinces and kabupaten, by filter. */
const rowsOf = (id: string) =>
  sql<Row>(
    `SELECT concat_ws('|', part, basis, reach, cycle, level, subject, status, indicator) AS key, place, state, c.n, left(r.kemendagri_code, 2) AS province
       FROM snapshot_cell c LEFT JOIN region r ON r.id::text = c.place WHERE snapshot_id = $1 AND place NOT LIKE 'school:%'`,
    [id],
  )

describe('a snapshot of a country', () => {
  it('of a series that was published as one whole stays one whole: what was told of all is no sum of what is decided apart', async () => {
    for (const code of ['18.01', '18.02', '18.05', '18.07', '18.71', '18.72']) await moveAway(code)
    const rows = await rowsOf((await made('Ukur ulang 2026')).id)
    expect(rows.filter((r) => r.place.startsWith('province:'))).toEqual([])
    expect(rows.filter((r) => r.place === '' && r.state !== 'hidden').length).toBeGreaterThan(0)
  })

  it('decides its provinces apart and tells of the whole what all of them tell, as their sum', async () => {
    await world.asOwner(`UPDATE cycle SET series = $1 WHERE series = 'Ukur ulang 2026'`, [SERIES])
    const s = await made(SERIES)
    expect([s.audit!.determined, s.audit!.narrow]).toEqual([[], []])
    const rows = await rowsOf(s.id)
    const provinces = rows.filter((r) => r.place.startsWith('province:'))
    expect(new Set(provinces.map((r) => r.place))).toEqual(new Set(['province:18', 'province:19']))
    const whole = rows.filter((r) => r.place === '')
    for (const state of ['shown', 'hidden']) expect(whole.map((r) => r.state)).toContain(state)
    for (const r of whole) {
      const own = provinces.filter((p) => p.key === r.key)
      const n = own.reduce((sum, p) => sum + p.n, 0)
      const state = own.some((p) => p.state === 'hidden') ? 'hidden' : n < s.hatchBelow ? 'hatched' : 'shown'
      expect([r.key, r.n, r.state]).toEqual([r.key, n, state])
    }
    const everybody = '1|raw||||||'
    for (const code of ['18', '19'])
      expect(rows.filter((r) => r.key === everybody && r.province === code).reduce((n, r) => n + r.n, 0)).toBe(
        provinces.find((p) => p.key === everybody && p.place === `province:${code}`)!.n,
      )
    expect(await putIntoForce(s.id, first, second, now)).toMatchObject({ ok: true })
  })

  it('holds what its provinces told before against what they tell now, and is not published when a kabupaten went to another province', async () => {
    const again = await made(SERIES)
    expect([again.audit!.determined, again.audit!.narrow]).toEqual([[], []])
    await moveAway('18.13')
    const moved = await made(SERIES)
    expect(moved.audit!.determined).toContain('kabupaten/kota berpindah provinsi sejak terbitan ke-1')
    expect(await putIntoForce(moved.id, first, second, now)).toMatchObject({ ok: false })
  })
})
