import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { allow } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { sql } from '@/lib/platform/db'
import { parseMapFilter } from '@/lib/mapping/model'
import { ownSchool, regionView, schoolView } from '@/lib/mapping/service'
import { tierEffect, tierRules } from '@/lib/plans/service'
import { publishSeries } from '@/prisma/seed/publications'
import { determined, solved, systemOf } from '../unit/mapping/solve'
import { everybody, readGrowth, readMaps, tableReadings, type GrowthReader, type Sat } from './adversary'
import { openWorld } from './world'

/** An adversary opens everything that a role can open and solves for what is hidden. Level by level as well: tests/proof. */
const office = (role: 'bgtk' | 'dinas-provinsi'): Actor => ({
  userId: null,
  seatId: null,
  teacherId: null,
  name: role,
  grants: [{ role, regionId: null, schoolId: null, levelCodes: [] }],
})
/** BGTK, the provincial office and every kabupaten's, which tell each other what they see. */
async function growthReaders(): Promise<GrowthReader[]> {
  const places = await sql<{ id: string; code: string }>(`SELECT id, kemendagri_code AS code FROM region ORDER BY 2`)
  const province = office('dinas-provinsi')
  const levels = (actor: Actor) => allow(actor, 'map:read')[0]!.levelCodes
  const reaches = (actor: Actor, code: string | null) => (s: { region: string; level: string }) =>
    (levels(actor)?.includes(s.level) ?? true) && (code === null || s.region === code)
  return [
    { actor: office('bgtk'), reaches: () => true },
    { actor: province, reaches: reaches(province, null) },
    ...places.map(({ id, code }) => {
      const actor: Actor = { ...province, grants: [{ role: 'dinas-kabupaten', regionId: id, schoolId: null, levelCodes: [] }] }
      return { actor, reaches: reaches(actor, code) }
    }),
  ]
}
let world: Awaited<ReturnType<typeof openWorld>>
let all: Sat[]

beforeAll(async () => {
  world = await openWorld({ demonstration: true })
  all = await everybody()
})
afterAll(async () => {
  await world.close()
})

describe('small groups stay hidden from whoever reads everything together', () => {
  it.each(['1', '4'])(
    'on the map of part %s, over all levels together, for whoever adds and subtracts',
    async (part) => {
      const found = solved(await readMaps(office('bgtk'), all, part, 'all levels together'))
      expect(found.reduce((s, f) => s + f.hidden, 0)).toBeGreaterThan(100)
      expect(found.filter((f) => f.determined)).toEqual([])
    },
    600_000,
  )
  it('while growth is published: the few of this demonstration close their gates, so they are opened for the attack', async () => {
    await sql(`UPDATE scale_link SET gate = 'open' WHERE state = 'done'`)
    expect(await publishSeries('Ukur ulang 2026', new Date())).toMatch(/angka/)
  })
  it.each(['1', '3'])(
    'on the pages of growth of all offices together, of every school, and beside the map, part %s',
    async (bagian) => {
      const readings = await readGrowth(await growthReaders(), all, bagian, 10)
      // Who is compared is attacked, not nobody.
      expect(readings.find((r) => r.of === 'change' && r.where.startsWith('0 all'))!.people.length).toBeGreaterThan(100)
      for (const of of ['change', 'people']) expect([of, readings.some((r) => r.of === of && r.hidden)]).toEqual([of, true])
      expect(readings.some((r) => r.where.startsWith('tested in'))).toBe(true)
      const told = (of: string, list: typeof readings) => determined(systemOf(list.filter((r) => r.of === of))).map((h) => h.where)
      // Where nobody is new at the re-test, the map of both cycles by itself says how many did not come back.
      const byMap = told(
        'people',
        readings.filter((r) => r.hidden || r.where.startsWith('map ')),
      )
      expect(told('change', readings)).toEqual([])
      expect(told('people', readings).filter((where) => !byMap.includes(where))).toEqual([])
    },
    300_000,
  )
  it.each(['1', '4'])('in the tiers of support by kabupaten and by subject, part %s', async (part) => {
    const { figures: effect } = (await tierEffect(office('bgtk'), (await tierRules()).rules, part)).open()
    for (const rows of [effect.byRegion, effect.bySubject]) {
      expect(rows.flatMap((r) => r.n).filter((n) => n !== null && n > 0 && n < 10)).toEqual([])
      const readings = tableReadings(
        rows.map((r) => (r.n.length ? { total: r.total, cells: r.n } : { total: null, cells: effect.groups.map(() => null) })),
      )
      expect(readings.some((r) => r.hidden)).toBe(true)
      expect(solved(readings)[0]!.examples).toEqual([])
    }
  })
  it('shows an office of a school what its list of schools shows, and a head her own school and nothing that is few without it', async () => {
    const bgtk = office('bgtk')
    const lists = await Promise.all(
      ['18.71', '18.13'].map((code) => regionView(bgtk, code, parseMapFilter({ bagian: '1', siklus: 'Pemetaan 2025' }))),
    )
    const schools = lists.flatMap((l) => l!.schools)
    const [few, many] = [schools.filter((s) => s.state === 'hidden').slice(0, 3), schools.filter((s) => s.n !== null).slice(0, 3)]
    expect(few.length).toBeGreaterThan(0)
    for (const s of [...few, ...many]) {
      const seen = (await schoolView(bgtk, s.id))!.parts.find((p) => p.part === '1')!
      if (seen.series === 'Pemetaan 2025') expect([s.name, seen.school.n]).toEqual([s.name, s.n])
      const head: Actor = { ...bgtk, name: 'kepala', grants: [{ role: 'kepala-sekolah', regionId: null, schoolId: s.id, levelCodes: [] }] }
      const own = (await ownSchool(head))!.parts.find((p) => p.part === '1')!
      expect(own.school.n).toBeGreaterThan(0)
      for (const beside of [own.region, own.province])
        if (beside.n !== null && beside.n !== own.school.n) expect(beside.n - own.school.n!).toBeGreaterThanOrEqual(10)
    }
  })
})
