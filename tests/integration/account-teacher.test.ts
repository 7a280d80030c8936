import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Present } from '@/lib/access/factor-event'
import { actorOfCookies } from '@/lib/access/inside'
import type { Actor } from '@/lib/access/model'
import { linkTeacher } from '@/lib/access/service'
import { sessionCookie } from '@/lib/access/session'
import { sql } from '@/lib/platform/db'
import { linkByNumber, linkedTeacher } from '@/lib/roster/service'
import { aSchool, aTeacher, anAccount, openWorld, proven } from './world'

let world: Awaited<ReturnType<typeof openWorld>>
const NOW = new Date()
let admin: Present
let teacherId: string
const NUPTK = '4444444444444444'
beforeAll(async () => {
  world = await openWorld()
  admin = await proven(await anAccount('administrator'), NOW)
  teacherId = await aTeacher(await aSchool(), 'MTK', 'Yuliana')
  await sql(`INSERT INTO teacher_identifier (id, teacher_id, scheme, value) VALUES ($1,$2,'NUPTK',$3)`, [uuidv7(), teacherId, NUPTK])
})
afterAll(() => world.close())

const enter = async (a: Actor, version = 1) =>
  (await sessionCookie({ kind: 'user', id: a.userId!, version, name: a.name }, { address: '10.0.0.2', userAgent: null }, '', NOW)).split(
    ';',
  )[0]!
const link = (a: Actor, number = NUPTK, by = admin) => linkByNumber(by, { userId: a.userId!, number, reason: 'Bertemu langsung' }, NOW)

describe('an account and its teacher', () => {
  it('are linked by the teacher’s number: old sessions end, the new one is hers, and both stand in the log', async () => {
    const tutor = await anAccount('pengawas')
    const before = await enter(tutor)
    expect(await link(tutor, '4444 4444 4444 4444')).toEqual({ ok: true, value: null })
    expect(await link(tutor)).toEqual({ ok: true, value: null })
    expect(await actorOfCookies(before, NOW)).toBeNull()
    const after = (await actorOfCookies(await enter(tutor, 2), NOW))!
    expect(after.teacherId).toBe(teacherId)
    expect(after.grants.map((g) => g.role).sort()).toEqual(['guru', 'pengawas'])
    expect(await linkedTeacher(admin, teacherId)).toMatchObject({ name: 'Yuliana' })
    const second = await anAccount('pakar')
    expect(await link(second)).toMatchObject({ ok: false, code: 'taken' })
    expect(await linkTeacher(admin, { userId: tutor.userId, teacherId: null, reason: 'Salah orang' }, NOW)).toEqual({
      ok: true,
      value: null,
    })
    expect(await sql(`SELECT role FROM role_grant WHERE user_id = $1`, [tutor.userId])).toEqual([{ role: 'pengawas' }])
    expect(await link(second)).toEqual({ ok: true, value: null })
    const acts = await sql<{ action: string }>(
      `SELECT action FROM audit_entry WHERE action LIKE 'users:teacher%' AND object = $1 ORDER BY at, id`,
      [`user:${tutor.userId}`],
    )
    expect(acts.map((a) => a.action)).toEqual(['users:teacher-linked', 'users:teacher-released'])
  })
  it('are not linked by a number nobody bears, by oneself, without a fresh proof, or by somebody of another office', async () => {
    const other = await anAccount('pakar')
    expect(await link(other, '1')).toMatchObject({ ok: false, code: 'number' })
    expect(await linkTeacher(admin, { userId: admin.userId, teacherId, reason: 'Saya sendiri' }, NOW)).toMatchObject({ code: 'self' })
    expect(await link(other, NUPTK, { ...admin, sessionId: 'x' })).toMatchObject({ ok: false, code: 'confirm' })
    const office = { ...(await anAccount('bgtk')), sessionId: 'x' }
    await expect(link(other, NUPTK, office)).rejects.toThrow()
    expect(await sql(`SELECT teacher_id FROM user_account WHERE id = $1`, [other.userId])).toEqual([{ teacher_id: null }])
  })
})
