import { recordConfirmation } from '@/lib/access/factor-store'
import { encode } from 'next-auth/jwt'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/access/model'
import { arriving, endSeatSessions, endSessionsOf } from '@/lib/access/inside'
import { changePolicy, endAllOwnSessions, endOwnSession, giveRole, ownSessions, policyInForce, setActive } from '@/lib/access/service'
import { actorOfCookies, sessionCookie } from '@/lib/access/session'
import { idOf as rowOf } from '@/lib/access/session-cookie'
import { beginSession, completeSession, endSessionOf, sessionOf } from '@/lib/access/session-service'
import { sql } from '@/lib/platform/db'
import { aSchool, aSitting, aTeacher, anAccount, openWorld, proven } from './world'

const MORNING = new Date('2026-03-02T00:30:00Z')
const at = (minutes: number) => new Date(MORNING.getTime() + minutes * 60_000)
const CHROME = 'Mozilla/5.0 (Linux; Android 13; SM-A145F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Mobile Safari/537.36'
const visit = { address: '10.20.0.7', userAgent: CHROME }

let world: Awaited<ReturnType<typeof openWorld>>
let administrator: Actor
let who: Actor
beforeAll(async () => {
  world = await openWorld()
  administrator = await anAccount('administrator')
})
beforeEach(async () => {
  who = await anAccount('pengawas')
})
afterAll(async () => {
  await world.close()
})

const claim = (a: Actor) => ({ kind: 'user' as const, id: a.userId!, version: 1, name: a.name })
const login = async (a: Actor, now = MORNING) => (await sessionCookie(claim(a), visit, '', now)).split(';')[0]!
const token = (cookie: string) => cookie.slice(cookie.indexOf('=') + 1)
/** As another process of the installation would read it: nothing remembered. */
const elsewhere = () => void ((globalThis as { petaguruSessions?: unknown }).petaguruSessions = undefined)
const row = async (a: Actor) =>
  (await sql<{ r: string | null }>(`SELECT end_reason AS r FROM session WHERE subject_id = $1`, [a.userId]))[0]!.r

describe('a session', () => {
  it('is ended by "Keluar" at the server: a cookie that was copied before opens nothing after', async () => {
    const cookie = await login(who)
    expect(await actorOfCookies(cookie, at(1))).toMatchObject({ userId: who.userId, grants: [{ role: 'pengawas' }] })
    await endSessionOf(token(cookie), 'logout', at(2))
    expect(await actorOfCookies(cookie, at(2))).toBeNull()
    elsewhere()
    expect(await actorOfCookies(cookie, at(3))).toBeNull()
    expect(await row(who)).toBe('logout')
  })
  it('ends after the hours of the policy however busily it is used', async () => {
    const cookie = await login(who)
    for (let m = 10; m < 12 * 60; m += 10) expect(await actorOfCookies(cookie, at(m))).not.toBeNull()
    expect(await actorOfCookies(cookie, at(12 * 60))).toBeNull()
    expect(await row(who)).toBe('expired')
  })
  it('ends when it is not used for the minutes of the policy, and use keeps it', async () => {
    const cookie = await login(who)
    expect(await actorOfCookies(cookie, at(59))).not.toBeNull()
    expect(await actorOfCookies(cookie, at(59 + 59))).not.toBeNull()
    expect(await actorOfCookies(cookie, at(59 + 59 + 61))).toBeNull()
    expect(await row(who)).toBe('idle')
  })
  it('follows a policy that was made stricter after the login', async () => {
    const cookie = await login(who)
    expect(await actorOfCookies(cookie, at(1))).not.toBeNull()
    expect(await changePolicy(administrator, 0, { sessionHours: 1 }, 'Surat edaran 12')).toMatchObject({ ok: true })
    await expect.poll(() => actorOfCookies(cookie, at(59 + 2)), { timeout: 120_000, interval: 200 }).toBeNull()
    expect(await changePolicy(administrator, 1, {}, 'Kembali seperti semula')).toMatchObject({ ok: true })
    await expect.poll(async () => (await policyInForce()).sessionHours, { timeout: 120_000, interval: 200 }).toBe(12)
  })
  it('is not renewed by renewing its token: the row decides, not what the token says of itself', async () => {
    const cookie = await login(who)
    const secret = process.env['NEXTAUTH_SECRET']!
    const stranger = await encode({ token: { sid: 'x'.repeat(43) }, secret, maxAge: 1e9 })
    expect(await sessionOf(stranger, MORNING)).toBeNull()
    const old = await encode({ token: { claim: claim(who) }, secret, maxAge: 1e9 })
    expect(await sessionOf(old, MORNING)).toBeNull()
    expect(await sessionOf(token(cookie), MORNING)).toMatchObject({ subjectId: who.userId })
  })
  it('stores nothing that could be used: the row names the SHA-256 of the secret', async () => {
    const opened = await beginSession(claim(who), visit, {}, MORNING)
    expect(opened.secret).toHaveLength(43)
    expect(await sql(`SELECT id FROM session WHERE subject_id = $1`, [who.userId])).toEqual([{ id: rowOf(opened.secret) }])
    expect((await sql<{ t: string }>(`SELECT session::text AS t FROM session WHERE subject_id = $1`, [who.userId]))[0]!.t).not.toContain(
      opened.secret,
    )
  })
  it('is not kept alive by what an open page asks by itself: the progress of a job is no use, a page is', async () => {
    const [asked, used] = [await login(who), await login(who)]
    const ask = (cookie: string, path: string, when: Date) =>
      arriving({ address: '10.20.0.7', userAgent: CHROME, cookie, path }, () => actorOfCookies(cookie, when))
    const { idleMinutes } = await policyInForce()
    for (let m = 1; m < idleMinutes; m++) {
      expect(await ask(asked, 'GET /api/jobs/x', at(m))).not.toBeNull()
      expect(await ask(used, 'GET /bgtk', at(m))).not.toBeNull()
    }
    expect(await ask(asked, 'GET /api/jobs/x', at(idleMinutes))).toBeNull()
    expect(await ask(used, 'GET /bgtk', at(idleMinutes))).not.toBeNull()
  })
  it('of an account ends at once with a role change and with deactivation, in every process', async () => {
    const first = await login(who)
    expect(await actorOfCookies(first, MORNING)).not.toBeNull()
    expect(
      await giveRole(
        await proven(administrator, MORNING),
        { userId: who.userId, role: 'pakar', regionId: null, schoolId: null, reason: 'Surat 7' },
        MORNING,
      ),
    ).toMatchObject({ ok: true })
    expect(await actorOfCookies(first, MORNING)).toBeNull()
    const second = (await sessionCookie({ ...claim(who), version: 2 }, visit, '', MORNING)).split(';')[0]!
    expect(await actorOfCookies(second, MORNING)).toMatchObject({
      grants: expect.arrayContaining([expect.objectContaining({ role: 'pakar' })]),
    })
    await setActive(administrator, who.userId!, false)
    expect(await actorOfCookies(second, MORNING)).toBeNull()
  })
  it('ended by another process is heard of within three seconds', async () => {
    const cookie = await login(who)
    expect(await actorOfCookies(cookie, MORNING)).not.toBeNull()
    await sql(`UPDATE session SET ended_at = $2, end_reason = 'everywhere' WHERE subject_id = $1`, [who.userId, MORNING])
    expect(await actorOfCookies(cookie, new Date(MORNING.getTime() + 3_000))).toBeNull()
  })
  it('ends with a password change everywhere but where the password was changed', async () => {
    const [here, there] = [await login(who), await login(who)]
    const actor = (await actorOfCookies(here, MORNING))!
    expect(await actorOfCookies(there, MORNING)).not.toBeNull()
    expect(await endSessionsOf(who.userId!, 'password', actor.sessionId)).toBe(1)
    expect(await actorOfCookies(here, MORNING)).not.toBeNull()
    expect(await actorOfCookies(there, MORNING)).toBeNull()
  })
  it('is replaced by a new login in the same browser', async () => {
    const before = await login(who)
    const after = (await sessionCookie(claim(who), visit, `x=1; ${before}`, at(1))).split(';')[0]!
    expect(await actorOfCookies(before, at(1))).toBeNull()
    expect(await actorOfCookies(after, at(1))).not.toBeNull()
  })
})

describe("a card's session", () => {
  const enter = async (now = MORNING, until: Date | null = null) => {
    const teacherId = await aTeacher(await aSchool())
    const { seatIds } = await aSitting([teacherId], MORNING)
    const seat = { kind: 'seat' as const, id: seatIds[0]!, version: 1, name: 'Peserta T-1', teacherId, until }
    return { seatId: seatIds[0]!, teacherId, cookie: (await sessionCookie(seat, visit, '', now)).split(';')[0]! }
  }
  it('outlasts a four-hour test in which the phone never showed its cookie', async () => {
    const { cookie, seatId, teacherId } = await enter()
    expect(await actorOfCookies(cookie, at(4 * 60 + 30))).toMatchObject({ seatId, teacherId, cardVersion: 1, userId: null })
    expect(await actorOfCookies(cookie, at(12 * 60))).toBeNull()
  })
  it('ends at once when the card is voided', async () => {
    const { cookie, seatId } = await enter()
    expect(await actorOfCookies(cookie, MORNING)).not.toBeNull()
    await endSeatSessions(seatId)
    expect(await actorOfCookies(cookie, MORNING)).toBeNull()
  })
  it('does not outlive the card', async () => {
    const { cookie } = await enter(MORNING, at(30))
    expect(await actorOfCookies(cookie, at(29))).not.toBeNull()
    expect(await actorOfCookies(cookie, at(30))).toBeNull()
  })
})

describe('a login that waits for its second factor', () => {
  it('opens nothing, and its secret is worthless once the factor was shown', async () => {
    const waiting = await beginSession(claim(who), visit, { pending: 'factor' }, MORNING)
    const line = (t: string) => `petaguru.session=${t}`
    expect(await actorOfCookies(line(waiting.token), at(1))).toBeNull()
    const done = (await completeSession(waiting.id, 'totp', at(2)))!
    expect(await actorOfCookies(line(waiting.token), at(2))).toBeNull()
    expect(await actorOfCookies(line(done.token), at(2))).toMatchObject({ userId: who.userId, factor: 'totp' })
    expect(await completeSession(waiting.id, 'totp', at(3))).toBeNull()
    expect(await completeSession(done.id, 'totp', at(3))).toBeNull()
  })
  it('is given up after ten minutes', async () => {
    const waiting = await beginSession(claim(who), visit, { pending: 'enrol' }, MORNING)
    expect(await completeSession(waiting.id, null, at(10))).toBeNull()
    expect(await sessionOf(waiting.token, at(10))).toBeNull()
  })
})

describe('own sessions', () => {
  it('are listed with device, address and time, the present one marked, and end one by one or all together', async () => {
    const [here, there] = [await login(who), await login(who, at(5))]
    const actor = (await actorOfCookies(here, at(6)))!
    const list = await ownSessions(actor, at(6))
    expect(list.map((s) => [s.device, s.address, s.current])).toEqual([
      ['Chrome di Android', '10.20.0.7', true],
      ['Chrome di Android', '10.20.0.7', false],
    ])
    // Somebody else at a machine that was left open: the list is read, and nobody is thrown out.
    expect(await endOwnSession(actor, list[1]!.id, at(7))).toMatchObject({ ok: false, code: 'confirm' })
    expect(await endAllOwnSessions(actor, at(7))).toMatchObject({ ok: false, code: 'confirm' })
    expect(await actorOfCookies(there, at(7))).not.toBeNull()
    await recordConfirmation(actor.sessionId!, actor.userId!, 'password', at(7))
    expect(await endOwnSession(actor, list[1]!.id, at(7))).toMatchObject({ ok: true })
    expect(await actorOfCookies(there, at(7))).toBeNull()
    expect(await endOwnSession(actor, list[1]!.id, at(7))).toMatchObject({ ok: false, code: 'missing' })
    expect(await endAllOwnSessions(actor, at(8))).toEqual({ ok: true, value: 1 })
    expect(await actorOfCookies(here, at(8))).toBeNull()
  })
  it("cannot end another person's", async () => {
    const other = await anAccount('pengawas')
    const [mine, theirs] = [(await actorOfCookies(await login(who), MORNING))!, await login(other)]
    const id = (await actorOfCookies(theirs, MORNING))!.sessionId
    await recordConfirmation(mine.sessionId!, mine.userId!, 'password', MORNING)
    expect(await endOwnSession(mine, id, MORNING)).toMatchObject({ ok: false, code: 'missing' })
    expect(await actorOfCookies(theirs, MORNING)).not.toBeNull()
  })
})

describe('the log', () => {
  it('holds login, end and logout of a person with address and reason', async () => {
    const first = await login(who)
    await actorOfCookies(first, at(61))
    await endSessionOf(token(await login(who, at(70))), 'logout', at(71))
    const lines = await sql<{ action: string; detail: Record<string, unknown> }>(
      `SELECT action, detail FROM audit_entry WHERE object = $1 ORDER BY at, id`,
      [`user:${who.userId}`],
    )
    expect(lines).toEqual([
      { action: 'login', detail: { address: '10.20.0.7', device: 'Chrome di Android' } },
      { action: 'session:end', detail: { reason: 'idle' } },
      { action: 'login', detail: { address: '10.20.0.7', device: 'Chrome di Android' } },
      { action: 'logout', detail: { reason: 'logout' } },
    ])
  })
})
