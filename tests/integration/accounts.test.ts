import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Present } from '@/lib/access/factor-event'
import { loginWithAccount } from '@/lib/access/login'
import type { Actor } from '@/lib/access/model'
import { resetWithLink } from '@/lib/access/reset-service'
import { actorOfCookies } from '@/lib/access/inside'
import { account, addUser, auditPage, endAccountSession, giveRole, setActive, takeRole } from '@/lib/access/service'
import { sessionCookie } from '@/lib/access/session'
import { findUserByEmail, findUserById } from '@/lib/access/store'
import { sql } from '@/lib/platform/db'
import { anAccount, idOf, openWorld, proven } from './world'

let world: Awaited<ReturnType<typeof openWorld>>
const NOW = new Date()
let administrator: Actor
let admin: Present
beforeAll(async () => {
  world = await openWorld()
  administrator = await anAccount('administrator')
  admin = await proven(administrator, NOW)
})
afterAll(() => world.close())

const visit = { address: '10.20.0.9', userAgent: 'Mozilla/5.0 (Windows NT 10.0) Chrome/126.0' }
const enter = async (a: Actor, version = 1) =>
  (await sessionCookie({ kind: 'user', id: a.userId!, version, name: a.name }, visit, '', NOW)).split(';')[0]!
const grantId = async (a: Actor, role: string) =>
  (await sql<{ id: string }>(`SELECT id FROM role_grant WHERE user_id = $1 AND role = $2`, [a.userId, role]))[0]!.id
const lines = (object: string, action: string) =>
  sql<{ actor: string; detail: Record<string, unknown> }>(
    `SELECT actor_id AS actor, detail FROM audit_entry WHERE object = $1 AND action = $2 ORDER BY at, id`,
    [object, action],
  )
const order = (a: Actor, role: string, more: object = {}) => ({
  userId: a.userId,
  role,
  regionId: null,
  schoolId: null,
  reason: 'Surat tugas 12/2027',
  ...more,
})

describe('a new account', () => {
  const wanted = { name: 'Rini Astuti', email: ' Rini@Kantor.ID ', role: 'pakar', regionId: null, schoolId: null }
  it('has no password that anybody typed: its owner sets one with a link that is told once and works once', async () => {
    const made = await addUser(admin, { ...wanted, password: 'kata sandi dari admin' }, NOW)
    if (!made.ok) throw new Error(made.message)
    const user = (await findUserByEmail('rini@kantor.id'))!
    expect(user).toMatchObject({ id: made.value.id, passwordHash: null, grants: [{ role: 'pakar' }] })
    expect(await loginWithAccount({ email: user.email, password: 'kata sandi dari admin' }, visit)).toMatchObject({ ok: false })
    const own = '  payung hilang di dermaga  '
    expect(await resetWithLink(made.value.code, own, visit, NOW)).toMatchObject({ ok: true })
    expect(await loginWithAccount({ email: user.email, password: own }, visit)).toMatchObject({ ok: true })
    expect(await loginWithAccount({ email: user.email, password: own.trim() }, visit)).toMatchObject({ ok: false })
    expect(await resetWithLink(made.value.code, 'kapur tulis jatuh ke parit', visit, NOW)).toMatchObject({ ok: false, code: 'over' })
    expect(await lines(`user:${user.id}`, 'users:created')).toMatchObject([{ actor: administrator.userId, detail: { role: 'pakar' } }])
  })
  it('is made by nobody who has not just proven who it is, at an open computer for example', async () => {
    const idle = { ...administrator, sessionId: 'never-proven' }
    expect(await addUser(idle, { ...wanted, email: 'lain@kantor.id' }, NOW)).toMatchObject({ ok: false, code: 'confirm' })
    expect(await addUser(admin, { ...wanted, email: 'lain@kantor.id' }, new Date(NOW.getTime() + 11 * 60_000))).toMatchObject({
      code: 'confirm',
    })
    expect(await findUserByEmail('lain@kantor.id')).toBeNull()
  })
  it('takes no address that stands already, also when two are made at the same moment', async () => {
    const both = await Promise.all([1, 2].map(() => addUser(admin, { ...wanted, email: 'kembar@kantor.id' }, NOW)))
    expect(both.map((b) => (b.ok ? 'made' : b.code)).sort()).toEqual(['made', 'taken'])
    expect(await sql(`SELECT 1 FROM user_account WHERE email = 'kembar@kantor.id'`)).toHaveLength(1)
    expect(await addUser(admin, wanted, NOW)).toMatchObject({ ok: false, code: 'taken' })
  })
})

describe('a role', () => {
  it('that is given or taken ends the sessions with the old rights at once, and stands in the log with its reason', async () => {
    const rater = await anAccount('pakar')
    const old = await enter(rater)
    expect(await giveRole(admin, order(rater, 'pengawas'), NOW)).toEqual({ ok: true, value: null })
    expect(await actorOfCookies(old, NOW)).toBeNull()
    const again = await enter(rater, 2)
    expect((await actorOfCookies(again, NOW))!.grants.map((g) => g.role).sort()).toEqual(['pakar', 'pengawas'])
    const taken = { userId: rater.userId, grantId: await grantId(rater, 'pakar'), reason: 'Selesai menilai' }
    expect(await takeRole(admin, taken, NOW)).toEqual({ ok: true, value: null })
    expect(await actorOfCookies(again, NOW)).toBeNull()
    expect((await findUserById(rater.userId!))!.grants.map((g) => g.role)).toEqual(['pengawas'])
    expect(await lines(`user:${rater.userId}`, 'users:role-given')).toMatchObject([
      { actor: administrator.userId, detail: { role: 'pengawas', reason: 'Surat tugas 12/2027' } },
    ])
    expect(await lines(`user:${rater.userId}`, 'users:role-taken')).toMatchObject([
      { detail: { role: 'pakar', reason: 'Selesai menilai' } },
    ])
    expect(await lines(`user:${rater.userId}`, 'session:end')).toMatchObject([
      { detail: { reason: 'rights' } },
      { detail: { reason: 'rights' } },
    ])
    expect(await takeRole(admin, taken, NOW)).toMatchObject({ ok: false, code: 'gone' })
    const words = (await auditPage(administrator, { jenis: 'akun' })).lines.map((l) => l.sentence)
    expect(words).toEqual(expect.arrayContaining(['memberi peran (akun)', 'mencabut peran (akun)']))
  })
  it('needs its place, a reason, and an account that is there', async () => {
    const rater = await anAccount('pakar')
    const region = await idOf('region', '18.10', 'kemendagri_code')
    expect(await giveRole(admin, order(rater, 'dinas-kabupaten'), NOW)).toMatchObject({ ok: false, code: 'scope' })
    expect(await giveRole(admin, order(rater, 'dinas-kabupaten', { regionId: region, reason: ' ' }), NOW)).toMatchObject({ code: 'input' })
    expect(await giveRole(admin, order(rater, 'raja'), NOW)).toMatchObject({ ok: false, code: 'input' })
    expect(await giveRole(admin, { ...order(rater, 'bgtk'), userId: 'x' }, NOW)).toMatchObject({ ok: false, code: 'input' })
    expect(await giveRole(admin, { ...order(rater, 'bgtk'), userId: region }, NOW)).toMatchObject({ ok: false, code: 'missing' })
    expect(await giveRole(admin, order(rater, 'dinas-kabupaten', { regionId: region }), NOW)).toMatchObject({ ok: true })
    expect(await giveRole(admin, order(rater, 'dinas-kabupaten', { regionId: region }), NOW)).toMatchObject({ ok: false, code: 'held' })
    // A region that stayed in the form narrows nothing and is not kept.
    expect(await giveRole(admin, order(rater, 'bgtk', { regionId: region }), NOW)).toMatchObject({ ok: true })
    expect(await sql(`SELECT region_id FROM role_grant WHERE user_id = $1 AND role = 'bgtk'`, [rater.userId])).toEqual([
      { region_id: null },
    ])
  })
  it('is nobody’s own to change, is not taken when it is the only one, and never without a fresh proof', async () => {
    const rater = await anAccount('pakar')
    const own = { userId: administrator.userId, grantId: await grantId(administrator, 'administrator'), reason: 'Iseng saja' }
    expect(await takeRole(admin, own, NOW)).toMatchObject({ ok: false, code: 'self' })
    expect(await giveRole(admin, order(administrator, 'bgtk'), NOW)).toMatchObject({ ok: false, code: 'self' })
    expect(await takeRole(admin, { userId: rater.userId, grantId: await grantId(rater, 'pakar'), reason: 'Selesai' }, NOW)).toMatchObject({
      ok: false,
      code: 'only',
    })
    expect(await giveRole({ ...administrator, sessionId: 'x' }, order(rater, 'bgtk'), NOW)).toMatchObject({ ok: false, code: 'confirm' })
    expect((await findUserById(rater.userId!))!.sessionVersion).toBe(1)
  })
  it('of administrator never vanishes: of two who take each other’s away at the same moment one stays', async () => {
    const [a, b] = [await anAccount('administrator'), await anAccount('administrator')]
    for (const one of [a, b]) await giveRole(admin, order(one, 'pakar'), NOW)
    const [pa, pb] = [await proven(a, NOW), await proven(b, NOW)]
    await sql(`UPDATE user_account SET active = false WHERE id <> ALL($1::uuid[])`, [[a.userId, b.userId]])
    const [ofA, ofB] = [await grantId(a, 'administrator'), await grantId(b, 'administrator')]
    const done = await Promise.all([
      takeRole(pa, { userId: b.userId, grantId: ofB, reason: 'Berpindah tugas' }, NOW),
      takeRole(pb, { userId: a.userId, grantId: ofA, reason: 'Berpindah tugas' }, NOW),
    ])
    expect(done.filter((d) => d.ok)).toHaveLength(1)
    expect(done.find((d) => !d.ok)).toMatchObject({ code: 'last' })
    const left = await sql<{ id: string }>(
      `SELECT u.id FROM user_account u JOIN role_grant g ON g.user_id = u.id WHERE g.role = 'administrator' AND u.active`,
    )
    expect(left).toHaveLength(1)
    // The one who lost the right cannot switch the other off either, were the page still open.
    const [loser, winner] = left[0]!.id === a.userId ? [b, a] : [a, b]
    expect(await setActive(loser, winner.userId!, false)).toMatchObject({ ok: false, code: 'last' })
    await sql(`UPDATE user_account SET active = true`)
  })
})

describe('sessions of somebody else’s account', () => {
  it('are shown to the administrator and ended one by one or all together, each time with a line', async () => {
    const office = await anAccount('bgtk')
    const cookies = [await enter(office), await enter(office), await enter(office)]
    await sql(`UPDATE session SET factor = 'passkey' WHERE subject_id = $1`, [office.userId])
    const shown = (await account(admin, office.userId!, NOW))!
    expect(shown.sessions).toHaveLength(3)
    expect(shown.sessions[0]).toMatchObject({ device: 'Chrome di Windows', address: '10.20.0.9' })
    expect(JSON.stringify(shown)).not.toMatch(/password/i)
    expect(await endAccountSession(admin, office.userId!, shown.sessions[0]!.id, NOW)).toEqual({ ok: true, value: 1 })
    const open = async () => (await Promise.all(cookies.map((c) => actorOfCookies(c, NOW)))).filter(Boolean).length
    expect(await open()).toBe(2)
    expect(await endAccountSession(admin, office.userId!, shown.sessions[0]!.id, NOW)).toMatchObject({ ok: false, code: 'gone' })
    expect(await endAccountSession(admin, office.userId!, null, NOW)).toEqual({ ok: true, value: 2 })
    expect(await open()).toBe(0)
    expect(await lines(`user:${office.userId}`, 'session:end')).toMatchObject([
      { actor: administrator.userId, detail: { reason: 'office' } },
      { actor: administrator.userId, detail: { reason: 'office' } },
    ])
    // A session is ended under its own account only.
    const other = await anAccount('pakar')
    const cookie = await enter(other)
    const id = (await account(admin, other.userId!, NOW))!.sessions[0]!.id
    expect(await endAccountSession(admin, office.userId!, id, NOW)).toMatchObject({ ok: false, code: 'gone' })
    expect(await actorOfCookies(cookie, NOW)).not.toBeNull()
  })
})
