import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Forbidden, type Actor } from '@/lib/access/model'
import { remeasured } from '@/lib/growth/service'
import { parseMapFilter } from '@/lib/mapping/model'
import { sql } from '@/lib/platform/db'
import { ResponseFilter } from '@/lib/response/model'
import { briefFor, whatCanBeDone } from '@/lib/response/service'
import { testedTeachers } from './stories'
import { aSchool, aTeacher, anAccount, idOf, openWorld } from './world'

/** Five mathematics teachers were tested, fewer than may be shown; one school of the kabupaten was not. */
let world: Awaited<ReturnType<typeof openWorld>>
let bgtk: Actor
let teacher: Actor
const tested = new Date('2026-01-10T02:00:00Z')
const now = new Date('2026-02-01T02:00:00Z')
const professional = parseMapFilter({ bagian: '4' })
const at = (asked: Partial<ResponseFilter>) => ResponseFilter.parse(asked)

beforeAll(async () => {
  world = await openWorld()
  bgtk = await anAccount('bgtk')
  ;[teacher] = (await testedTeachers(5, tested)) as [Actor]
  await aTeacher(await aSchool('18.10', 'SMA', 'SMAN Belum Dites'))
})
afterAll(() => world.close())

describe('what can be done about a place', () => {
  it('names the schools of which nobody was tested, and keeps a group hidden that is too small to be shown', async () => {
    const found = (await whatCanBeDone(bgtk, professional, at({ wilayah: '18.10' }), now))!
    expect(found.untested.map((s) => s.name)).toContain('SMAN Belum Dites')
    expect(found.thin).toEqual([])
    expect(found.tiers).toHaveProperty('why')
    expect(JSON.stringify(found.tutors)).not.toMatch(/"learners":[1-9]\b/)
  })

  it('is of the own kabupaten only, and of a subject or an indicator that there is', async () => {
    const dinas = await anAccount('dinas-kabupaten', { regionId: await idOf('region', '18.11', 'kemendagri_code') })
    expect(await whatCanBeDone(dinas, professional, at({ wilayah: '18.10' }), now)).toBeNull()
    const own = (await whatCanBeDone(dinas, professional, at({ wilayah: '18.11' }), now))!
    expect([own.classes, own.tutors].map((p) => 'why' in p)).toEqual([true, true])
    for (const asked of [{}, { wilayah: '99.99' }, { indikator: '9.9' }])
      expect(await whatCanBeDone(bgtk, professional, at(asked), now)).toBeNull()
    expect(await whatCanBeDone(bgtk, { ...professional, mapel: 'NIL' }, at({}), now)).toBeNull()
  })

  it('offers a subject its own modules, and says why personality has no levels of support', async () => {
    const subject = (await whatCanBeDone(bgtk, { ...professional, mapel: 'MTK' }, at({}), now))!
    expect(subject.modules.map((m) => m.code).some((c) => c.startsWith('MTK'))).toBe(true)
    const personality = (await whatCanBeDone(bgtk, parseMapFilter({ bagian: '2' }), at({ wilayah: '18.10' }), now))!
    expect(personality.tiers).toMatchObject({ why: expect.stringContaining('umpan balik') })
  })

  it('is for nobody who does not read the map', async () => {
    await expect(whatCanBeDone(teacher, professional, at({ wilayah: '18.10' }), now)).rejects.toThrow(Forbidden)
  })
})

describe('a brief for a meeting', () => {
  it('tells what is published of the own reach, hides what is hidden on the map, and says what is not known', async () => {
    const whole = await briefFor(bgtk, professional)
    expect(whole.parts.map((p) => p.part)).toEqual(['4', '1', '2', '3'])
    expect(whole.parts.every((p) => p.total.n === null || p.total.n === 0)).toBe(true)
    expect([whole.place, whole.untested, whole.thin, whole.changes]).toEqual([null, null, [], null])
    const dinas = await anAccount('dinas-kabupaten', { regionId: await idOf('region', '18.10', 'kemendagri_code') })
    const own = await briefFor(dinas, professional)
    expect(own.view.cells.map((c) => c.code)).toEqual(['18.10'])
    expect(own.place).toBe(own.view.cells[0]!.name)
    await expect(briefFor(teacher, professional)).rejects.toThrow(Forbidden)
  })
})

describe('a re-measurement that is chosen on the map', () => {
  it('is known by its cycle and by its series, and a first measurement is none', async () => {
    const [first] = await sql<{ id: string; code: string; series: string }>(`SELECT id, code, series FROM cycle WHERE NOT practice LIMIT 1`)
    await sql(
      `INSERT INTO cycle (id, name, code, series, starts_on, practice, simulated, base_cycle_id)
       SELECT gen_random_uuid(), 'Ukur ulang uji', 'UU26', 'Ukur ulang uji 2026', starts_on + 180, false, simulated, id FROM cycle WHERE id = $1`,
      [first!.id],
    )
    for (const chosen of ['UU26', 'Ukur ulang uji 2026'])
      expect(await remeasured(bgtk, chosen)).toMatchObject({ code: 'UU26', name: 'Ukur ulang uji' })
    expect([await remeasured(bgtk, first!.code), await remeasured(bgtk, first!.series), await remeasured(bgtk, null)]).toEqual([
      null,
      null,
      null,
    ])
  })
})
