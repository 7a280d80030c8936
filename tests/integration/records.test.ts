import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/access/model'
import { auditPage, ownOpeners } from '@/lib/access/service'
import { sql } from '@/lib/platform/db'
import { moveTeacher, teacherView } from '@/lib/records/service'
import { correctTeacher, roster } from '@/lib/roster/service'
import { aSchool, aSitting, aTeacher, anAccount, idOf, openWorld } from './world'

let world: Awaited<ReturnType<typeof openWorld>>
let office: Actor
let school: string
let other: string
const NOW = new Date('2026-11-20T03:00:00Z')
const DAY = 86_400_000
beforeAll(async () => {
  world = await openWorld()
  office = await anAccount('bgtk')
  school = await aSchool('18.10', 'SMA', 'SMAN Lama')
  other = await aSchool('18.02', 'SMA', 'SMAN Baru')
})
afterAll(() => world.close())

const view = async (id: string, actor = office) => (await teacherView(actor, id, NOW))!
const npsnOf = async (id: string) => (await sql<{ npsn: string }>(`SELECT npsn FROM school WHERE id = $1`, [id]))[0]!.npsn
const correction = async (id: string, field: string, value: string, more: object = {}) =>
  correctTeacher(office, { teacherId: id, field, value, reason: 'Salinan SK', seen: (await view(id)).teacher.version, ...more }, NOW)

describe('one field of a teacher', () => {
  it('is put right with its reason, without a file, and the old value stays readable on the record alone', async () => {
    const id = await aTeacher(school, 'MTK', 'Sri Wahuni')
    expect(await correction(id, 'name', 'Sri Wahyuni, S.Pd.')).toEqual({ ok: true, value: null })
    expect(await correction(id, 'nuptk', '1234 5678 9012 3456')).toEqual({ ok: true, value: null })
    expect(await correction(id, 'birthDate', '12/08/1985')).toEqual({ ok: true, value: null })
    expect(await correction(id, 'status', 'PPPK')).toEqual({ ok: true, value: null })
    expect(await correction(id, 'subject', 'FIS')).toEqual({ ok: true, value: null })
    const { teacher, changes } = await view(id)
    expect(teacher).toMatchObject({
      name: 'Sri Wahyuni',
      nuptk: '1234567890123456',
      birthDate: '1985-08-12',
      status: 'PPPK',
      subject: 'FIS',
    })
    expect(changes!.at(-1)).toMatchObject({
      kind: 'correction',
      by: office.name,
      reason: 'Salinan SK',
      fields: [{ label: 'Nama', from: 'Sri Wahuni', to: 'Sri Wahyuni' }],
    })
    // The log is not erased with the person: it knows the field and not its value.
    const log = await sql<{ detail: unknown }>(`SELECT detail FROM audit_entry WHERE action = 'roster:correct' AND object = $1`, [
      `teacher:${id}`,
    ])
    expect(log).toHaveLength(5)
    expect(JSON.stringify(log)).not.toContain('Wahyuni')
    expect((await auditPage(office, { jenis: 'guru' })).lines.map((l) => l.sentence)).toContain('membetulkan data seorang guru')
    expect((await roster(office, { q: 'Sri Wahyuny', regionId: null, subjectId: null, page: 1 })).rows.map((r) => r.id)).toEqual([id])
  })
  it('is answered the same when the call comes twice, and leaves one change', async () => {
    const id = await aTeacher(school)
    const { version } = (await view(id)).teacher
    const twice = [1, 2].map(() => correction(id, 'email', 'sri@sekolah.id', { seen: version }))
    expect(await Promise.all(twice)).toEqual([
      { ok: true, value: null },
      { ok: true, value: null },
    ])
    expect((await view(id)).changes).toHaveLength(1)
  })
  it('is not written over what somebody else saved meanwhile, by hand or by an import', async () => {
    const id = await aTeacher(school)
    const { version } = (await view(id)).teacher
    await sql(`UPDATE teacher SET phone = '081200000001' WHERE id = $1`, [id])
    expect(await correction(id, 'phone', '081200000002', { seen: version })).toMatchObject({ ok: false, code: 'overtaken' })
    expect((await view(id)).teacher.phone).toBe('081200000001')
  })
  it('refuses what is no such thing, a number of somebody else and a change without a reason, and says that nothing changed', async () => {
    const [id, twin] = [await aTeacher(school), await aTeacher(other, 'MTK', 'Pemilik Nomor')]
    expect(await correction(twin, 'nip', '198508122010012001')).toMatchObject({ ok: true })
    const refusals = await Promise.all([
      correction(id, 'nip', '198508122010012001'),
      correction(id, 'nuptk', '123'),
      correction(id, 'email', 'bukan surel'),
      correction(id, 'name', ' '),
      correction(id, 'sex', 'X'),
      correction(id, 'school', other),
      correction(id, 'name', 'Nama Lain', { reason: 'x' }),
    ])
    for (const r of refusals) expect(r).toMatchObject({ ok: false, message: expect.stringContaining('tidak berubah') })
    expect(refusals[0]).toMatchObject({ code: 'taken', message: expect.stringContaining('gabungkan') })
    expect((await view(id)).changes).toEqual([])
    await sql(`UPDATE teacher SET erased_at = now() WHERE id = $1`, [id])
    expect(
      await correctTeacher(office, { teacherId: id, field: 'name', value: 'Kembali', reason: 'Salinan SK', seen: 1 }, NOW),
    ).toMatchObject({ ok: false, code: 'missing' })
    expect(await teacherView(office, id, NOW)).toBeNull()
  })
})

describe('the record of a teacher', () => {
  it('shows a head and a dinas their own people without numbers, changes and readers, and nobody else’s', async () => {
    const id = await aTeacher(school, 'MTK', 'Dewi Lestari')
    await correction(id, 'nuptk', '2222222222222222')
    const [head, region, foreign] = await Promise.all([
      anAccount('kepala-sekolah', { schoolId: school }),
      anAccount('dinas-provinsi'),
      anAccount('kepala-sekolah', { schoolId: other }),
    ])
    const told = await view(id, head)
    expect(told).toMatchObject({ whole: false, mayCorrect: false, changes: null, readers: null, pairs: null, account: null, plans: [] })
    expect(told.teacher).toMatchObject({ name: 'Dewi Lestari', nuptk: null, phone: null })
    expect(await view(id, region)).toMatchObject({ plans: null, changes: null })
    await expect(teacherView(foreign, id, NOW)).rejects.toThrow()
    // Each opening is told to her, and to the office on the record itself.
    const readers = (await view(id)).readers!
    expect(readers.map((r) => [r.name, r.role])).toEqual(
      expect.arrayContaining([
        [head.name, 'Kepala sekolah'],
        [region.name, 'Disdikbud provinsi'],
      ]),
    )
    expect(readers.filter((r) => r.role === 'Kepala sekolah')).toHaveLength(1)
    const her: Actor = {
      userId: null,
      seatId: null,
      teacherId: id,
      name: 'Guru',
      grants: [{ role: 'guru', regionId: null, schoolId: null, levelCodes: [] }],
    }
    expect((await ownOpeners(her)).map((o) => o.words)).toContain('membuka catatan data Anda')
  })
})

describe('a move to another school', () => {
  const moving = async (id: string, more: object = {}) =>
    moveTeacher(
      office,
      {
        teacherId: id,
        npsn: await npsnOf(other),
        since: '2026-11-02',
        reason: 'SK mutasi',
        seen: (await view(id)).teacher.version,
        ...more,
      },
      NOW,
    )
  it('has its day, takes along the seats of days to come, and leaves those that were', async () => {
    const id = await aTeacher(school)
    const past = await aSitting([id], new Date(NOW.getTime() - 30 * DAY))
    const ahead = await aSitting([id], new Date(NOW.getTime() + 30 * DAY))
    expect(await moving(id)).toEqual({ ok: true, value: { school: 'SMAN Baru', seats: 1 } })
    expect(await moving(id)).toEqual({ ok: true, value: { school: 'SMAN Baru', seats: 0 } })
    const region = await idOf('region', '18.02', 'kemendagri_code')
    expect(
      await sql(`SELECT school_id AS school, region_id = $2 AS there FROM seat WHERE id = ANY($1::uuid[]) ORDER BY school_id = $3`, [
        [past.seatIds[0], ahead.seatIds[0]],
        region,
        other,
      ]),
    ).toEqual([
      { school, there: false },
      { school: other, there: true },
    ])
    const record = await view(id)
    expect(record.seats.map((s) => s.school)).toEqual(['SMAN Baru', 'SMAN Lama'])
    expect(record.changes).toMatchObject([
      { kind: 'move', validFrom: '2026-11-02', reason: 'SK mutasi', fields: [{ label: 'Sekolah', from: 'SMAN Lama', to: 'SMAN Baru' }] },
    ])
    const [old, heads] = await Promise.all([
      anAccount('kepala-sekolah', { schoolId: school }),
      anAccount('kepala-sekolah', { schoolId: other }),
    ])
    await expect(teacherView(old, id, NOW)).rejects.toThrow()
    expect((await view(id, heads)).teacher.schoolName).toBe('SMAN Baru')
  })
  it('is refused for a day to come, before the move before it, to nowhere and to where she is', async () => {
    const id = await aTeacher(school)
    expect(await moving(id, { since: '2026-12-01' })).toMatchObject({ ok: false, code: 'future' })
    expect(await moving(id, { npsn: '00000000' })).toMatchObject({ ok: false, code: 'school' })
    expect(await moving(id, { npsn: await npsnOf(school) })).toMatchObject({ ok: false, code: 'same' })
    expect(await moving(id, { seen: 1 })).toMatchObject({ ok: false, code: 'overtaken' })
    expect(await moving(id)).toMatchObject({ ok: true })
    expect(await moving(id, { npsn: await npsnOf(school), since: '2026-10-01' })).toMatchObject({ ok: false, code: 'order' })
    expect((await view(id)).changes).toHaveLength(1)
  })
})
