import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { Forbidden, type Actor } from '@/lib/access/model'
import * as accessInside from '@/lib/access/inside'
import * as access from '@/lib/access/service'
import { sessionCookie } from '@/lib/access/session'
import { consoleReply } from '@/lib/console/inside'
import { createDelivery } from '@/lib/delivery/inside'
import { doubtOf } from '@/lib/delivery/claim'
import { spokenCode } from '@/lib/delivery/spoken-code'
import { inTransaction, sql } from '@/lib/platform/db'
import { makeDocument } from '@/lib/reports/service'
import { seatsByIds } from '@/lib/sittings/inside'
import { roomFor } from '@/lib/sittings/service'
import { aSchool, aSitting, aTeacher, anAccount, openWorld } from './world'

let world: Awaited<ReturnType<typeof openWorld>>
const NOW = new Date()
let sitting: Awaited<ReturnType<typeof aSitting>>
let office: Actor
beforeAll(async () => {
  world = await openWorld()
  office = await anAccount('bgtk')
  sitting = await aSitting([await aTeacher(await aSchool())], NOW)
})
afterAll(() => world.close())

type Line = {
  actor: string | null
  role: string | null
  object: string
  count: number
  detail: { path?: string; from?: { address: string; device: string; session?: string } }
}
const lines = (what: string, object: string) =>
  sql<Line>(
    `SELECT actor_id AS actor, actor_role AS role, object, count, detail FROM audit_entry WHERE action = $1 AND object LIKE $2 ORDER BY at, id`,
    [`refused:${what}`, object],
  )
/** The line is written beside the refusal; this waits for it. */
const written = (what: string, object: string, n = 1) =>
  vi.waitFor(async () => {
    const found = await lines(what, object)
    expect(found).toHaveLength(n)
    return found
  })
const PHONE = 'Mozilla/5.0 (Linux; Android 13) Chrome/126.0 Mobile Safari/537.36'
const from = (address: string, path: string, cookie = '') => ({ address, userAgent: PHONE, cookie, path })

describe('a permission that is refused', () => {
  it('leaves one line with who, in which role, what, the page, the address, the device and the session, and never the cookie itself', async () => {
    const proctor = await anAccount('pengawas')
    const cookie = (
      await sessionCookie({ kind: 'user', id: proctor.userId!, version: 1, name: proctor.name }, { address: '10.1.2.3', userAgent: PHONE })
    ).split(';')[0]!
    await expect(accessInside.arriving(from('10.1.2.3', 'GET /bgtk/pengguna', cookie), () => access.users(proctor))).rejects.toThrow(
      Forbidden,
    )
    const [line] = await written('permission', 'permission:users:manage')
    const [session] = await sql<{ id: string }>(`SELECT id FROM session WHERE subject_id = $1`, [proctor.userId])
    expect(line).toEqual({
      actor: proctor.userId,
      role: 'pengawas',
      object: 'permission:users:manage',
      count: 1,
      detail: { path: 'GET /bgtk/pengguna', from: { address: '10.1.2.3', device: 'Chrome di Android', session: session!.id.slice(0, 12) } },
    })
    expect(JSON.stringify(line)).not.toContain(cookie.slice(20, 60))
  })
  it('is noted wherever it is decided: a room of somebody else, a download, an act that was begun', async () => {
    const proctor = await anAccount('pengawas')
    await expect(roomFor(proctor, sitting.roomId)).rejects.toThrow(Forbidden)
    await written('permission', 'permission:room:watch')
    await expect(makeDocument(proctor, 'laporan-xlsx', new URLSearchParams())).rejects.toThrow(Forbidden)
    await written('permission', 'permission:report:export')
    // The act is undone; that somebody tried is not.
    await expect(inTransaction(async () => access.allow(proctor, 'rules:manage'))).rejects.toThrow(Forbidden)
    await written('permission', 'permission:rules:manage')
  })
  it('fills no log: a thousand times are one line now and one with their number after a minute', async () => {
    const clock = vi.spyOn(globalThis, 'setTimeout')
    const rater = await anAccount('pakar')
    for (let i = 0; i < 1000; i++) expect(() => access.allow(rater, 'policy:manage')).toThrow(Forbidden)
    const minutes = clock.mock.calls.filter(([, ms]) => ms === 60_000)
    clock.mockRestore()
    expect(minutes).toHaveLength(1)
    await written('permission', 'permission:policy:manage')
    ;(minutes[0]![0] as () => void)()
    expect((await written('permission', 'permission:policy:manage', 2)).map((l) => l.count).sort()).toEqual([1, 999])
  })
  it('is read by the office in words, with a filter of its own, and told of nobody who only looked whether something is open', async () => {
    const page = await access.auditPage(office, { jenis: 'tolak' })
    expect(page.lines.map((l) => l.sentence)).toContain('ditolak: di luar kewenangannya (mengatur akun pengguna)')
    for (const action of Object.keys(access.permissions)) expect(access.permissionWords(action), action).not.toBe(action)
    const before = (await sql(`SELECT 1 FROM audit_entry WHERE action LIKE 'refused:%'`)).length
    expect(access.may(await anAccount('pakar'), 'users:manage')).toBe(false)
    expect((await sql(`SELECT 1 FROM audit_entry WHERE action LIKE 'refused:%'`)).length).toBe(before)
  })
})

describe('a try to get round a gate', () => {
  const delivery = createDelivery(async () => undefined, consoleReply)
  const ask = (path: string, body: object) =>
    delivery.handle({ method: 'POST', path, body: JSON.stringify(body), cookie: '', userAgent: PHONE, address: '10.9.9.9' })

  it('with a forged token is noted with the address it came from', async () => {
    const reply = await accessInside.arriving(from('10.9.9.9', 'POST /api/delivery/sync'), () =>
      ask('/api/delivery/sync', { token: 'forged.token.of.nobody', entries: [], position: 0 }),
    )
    expect(reply.status).toBe(401)
    expect(await written('token', 'answers')).toMatchObject([{ actor: null, detail: { from: { address: '10.9.9.9' } } }])
  })
  it('with a wrong release code is noted at the seat', async () => {
    const [seat] = await seatsByIds([sitting.seatIds[0]!])
    await sql(`UPDATE sitting SET release_salt = 'c2FsdA==', frozen_at = $2 WHERE id = $1`, [sitting.sittingId, NOW])
    const request = { ticket: 'x', part: '1' as const, device: 'd', takeOver: false, begunAt: NOW.getTime(), proof: 'guessed' }
    expect(await doubtOf({ ...seat!, releaseSalt: 'c2FsdA==' }, request as never, NOW, NOW)).toBe('proof')
    await written('code', `seat:${seat!.id}`)
  })
  it('by asking for the release code before its time is noted', async () => {
    const early = await aSitting([await aTeacher(await aSchool())], new Date(NOW.getTime() + 7 * 86_400_000))
    await sql(`UPDATE sitting SET frozen_at = $2 WHERE id = $1`, [early.sittingId, NOW])
    expect(await spokenCode(office, early.sittingId, null, NOW)).toMatchObject({ ok: false, code: 'early' })
    expect(await written('early', `sitting:${early.sittingId}`)).toMatchObject([{ actor: office.userId, role: 'bgtk' }])
  })
})
