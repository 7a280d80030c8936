import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { cardCode } from '@/lib/access/card'
import { markAfterLogin } from '@/lib/access/device'
import { hashPassword, loginWithAccount } from '@/lib/access/login'
import { PAUSE_SECONDS } from '@/lib/access/pace'
import { actorOfCookies, sessionCookie } from '@/lib/access/session'
import { createUser } from '@/lib/access/store'
import { derivedKey } from '@/lib/platform/config'
import { sql } from '@/lib/platform/db'
import { enterWithCard, renewCard } from '@/lib/sittings/inside'
import { aSchool, aSitting, aTeacher, openWorld } from './world'

const MORNING = new Date('2026-03-02T00:30:00Z')
const PASSWORD = 'kata-sandi-benar'
let world: Awaited<ReturnType<typeof openWorld>>
let passwordHash: string
let count = 0
beforeAll(async () => {
  world = await openWorld()
  passwordHash = await hashPassword(PASSWORD)
})
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: MORNING }))
afterEach(() => void vi.useRealTimers())
afterAll(async () => {
  await world.close()
})

const later = (seconds: number) => void vi.setSystemTime(Date.now() + seconds * 1000)
async function account() {
  const email = `masuk-${++count}@uji.id`
  const id = await createUser({ name: 'A', email, passwordHash, grants: [] }, MORNING)
  const login = async (password: string, address: string, device: string | null = null) => {
    const r = await loginWithAccount({ email, password }, { address, userAgent: null, device })
    return r.ok ? 'in' : r.code
  }
  return { id, email, login }
}
const address = (i: number) => `10.${(i >> 16) & 255}.${(i >> 8) & 255}.${i & 255}`

describe('whoever guesses at an account', () => {
  it('cannot lock it: after 67 anonymous failures from one address the owner gets in from elsewhere and, in half a minute, from there', async () => {
    const { login } = await account()
    for (let i = 0; i < 67; i++) expect(await login('salah', '10.9.0.1')).not.toBe('in')
    expect(await login(PASSWORD, '10.9.0.2')).toBe('in')
    later(PAUSE_SECONDS)
    expect(await login(PASSWORD, '10.9.0.1')).toBe('in')
  })
  it('cannot lock it from 67 addresses either: a new address waits half a minute once, and a known device not at all', async () => {
    const { id, login } = await account()
    for (let i = 0; i < 67; i++) expect(await login('salah', address(i))).not.toBe('in')
    expect(await login(PASSWORD, '10.9.1.1', markAfterLogin(null, id))).toBe('in')
    expect(await login(PASSWORD, '10.9.1.2')).toBe('wait')
    later(PAUSE_SECONDS)
    expect(await login(PASSWORD, '10.9.1.2')).toBe('in')
  })
  it('does not make anybody wait longer by trying while waiting', async () => {
    const { login } = await account()
    for (let i = 0; i < 12; i++) await login('salah', '10.9.2.1')
    for (let s = 0; s < PAUSE_SECONDS; s += 5) {
      expect(await login(PASSWORD, '10.9.2.1')).toBe('wait')
      later(5)
    }
    expect(await login(PASSWORD, '10.9.2.1')).toBe('in')
  })
  it('makes 10,000 guesses, one a second, and is judged 130 times an hour at most', async () => {
    const { id, login } = await account()
    const mark = markAfterLogin(null, id)
    let judged = 0
    for (let i = 0; i < 10_000; i++) {
      if ((await login('salah', '10.9.3.1')) === 'wrong') judged++
      if (i % 2_500 === 0) expect(await login(PASSWORD, '10.9.3.1', mark)).toBe('in')
      later(1)
    }
    expect(judged).toBeLessThanOrEqual(3 * 130)
    expect(judged).toBeGreaterThan(10)
  })
  it('gains nothing by sending many guesses at once', async () => {
    const { login } = await account()
    const answers = await Promise.all(Array.from({ length: 100 }, () => login('salah', '10.9.4.1')))
    expect(answers.filter((a) => a === 'wrong').length).toBeLessThanOrEqual(11)
  })
  it('from 300 addresses in one moment is judged fifty times, and then once an address and half a minute', async () => {
    const { login } = await account()
    const all = () => Promise.all(Array.from({ length: 300 }, (_, i) => login('salah', address(1_000_000 + i))))
    expect((await all()).filter((a) => a === 'wrong').length).toBeLessThanOrEqual(50)
    later(PAUSE_SECONDS)
    expect((await all()).filter((a) => a === 'wrong').length).toBeLessThanOrEqual(300)
    expect((await all()).filter((a) => a === 'wrong')).toEqual([])
  })
  it('gains nothing by a thousand addresses of one IPv6 subscriber', async () => {
    const { login } = await account()
    let judged = 0
    for (let i = 0; i < 40; i++) if ((await login('salah', `2001:db8:1:2::${i.toString(16)}`)) === 'wrong') judged++
    expect(judged).toBeLessThanOrEqual(11)
  })
  it('does not slow other accounts at the same address', async () => {
    const [one, two] = [await account(), await account()]
    for (let i = 0; i < 12; i++) await one.login('salah', '10.9.5.1')
    expect(await two.login(PASSWORD, '10.9.5.1')).toBe('in')
  })
  it("cannot make a device known to somebody else's account", async () => {
    const [mine, theirs] = [await account(), await account()]
    for (let i = 0; i < 12; i++) await theirs.login('salah', '10.9.6.1')
    expect(await theirs.login(PASSWORD, '10.9.6.1', markAfterLogin(null, mine.id))).toBe('wait')
    const [device, tag] = markAfterLogin(null, theirs.id).split('.')
    expect(await theirs.login(PASSWORD, '10.9.6.1', `${'A'.repeat(22)}.${tag}`)).toBe('wait')
    expect(await theirs.login(PASSWORD, '10.9.6.1', `${device}.${tag}`)).toBe('in')
  })
  it('is slowed on a known device as well', async () => {
    const { id, login } = await account()
    const mark = markAfterLogin(null, id)
    for (let i = 0; i < 11; i++) await login('salah', address(i), mark)
    expect(await login(PASSWORD, '10.9.7.1', mark)).toBe('wait')
    later(PAUSE_SECONDS)
    expect(await login(PASSWORD, '10.9.7.1', mark)).toBe('in')
  })
  it('learns nothing of who has an account: an unknown address of mail is slowed alike', async () => {
    const answers: string[] = []
    for (let i = 0; i < 12; i++) {
      const r = await loginWithAccount({ email: 'tak-ada@uji.id', password: 'x' }, { address: '10.9.8.1', userAgent: null })
      answers.push(r.ok ? 'in' : r.code)
    }
    expect(answers).toEqual([...Array<string>(11).fill('wrong'), 'wait'])
  })
  it('leaves lines in the log: the first at once, and never what was typed', async () => {
    const { id, email, login } = await account()
    for (let i = 0; i < 5; i++) await login('rahasia-yang-diketik', '10.9.9.1')
    const lines = await sql<{ count: number; text: string }>(
      `SELECT count, audit_entry::text AS text FROM audit_entry WHERE action = 'login:failed' AND object = $1`,
      [`user:${id}`],
    )
    expect(lines).toHaveLength(1)
    expect(lines[0]!.text).toContain('10.9.9.1')
    expect(lines[0]!.text).not.toMatch(new RegExp(`rahasia|${email}`))
  })
})

describe('a card', () => {
  async function seated(teachers = 1) {
    const school = await aSchool()
    const ids: string[] = []
    for (let i = 0; i < teachers; i++) ids.push(await aTeacher(school))
    const sitting = await aSitting(ids, MORNING)
    const [{ number }] = (await sql<{ number: string }>(`SELECT participant_number AS number FROM seat WHERE id = $1`, [
      sitting.seatIds[0],
    ])) as [{ number: string }]
    return { ...sitting, number, code: cardCode(derivedKey('card'), sitting.seatIds[0]!, 1) }
  }
  const visit = { address: '10.8.0.1', userAgent: null }
  const enter = (number: string, code: string, now = new Date()) =>
    enterWithCard({ number, code }, visit, (claim) => sessionCookie(claim, visit, '', now), now)
  const outcome = async (number: string, code: string, now = new Date()) => {
    const r = await enter(number, code, now)
    return r.ok ? 'in' : r.code
  }

  it('that is right is never kept out, however many wrong tries were made with its number from the same school', async () => {
    const { number, code } = await seated()
    for (let i = 0; i < 15; i++) await outcome(number, 'SALAH-SALAH')
    expect(await outcome(number, 'SALAH-LAGI')).toBe('wait')
    expect(await outcome(number.toLowerCase(), code.toLowerCase())).toBe('in')
  })
  it('lets 977 people behind one address in within a minute, each second one after a slip', async () => {
    const { number, code } = await seated()
    for (let i = 0; i < 977; i++) {
      if (i % 2) expect(await outcome(`X-${i}`, 'SALAH-SALAH')).toBe('wrong')
      expect(await outcome(number, code)).toBe('in')
    }
    expect(await outcome('X-baru', 'SALAH-SALAH')).toBe('wrong')
  })
  it('can be used for a week after its sitting and then opens nothing, neither a door nor a session', async () => {
    const { number, code, sittingId } = await seated()
    const [{ closes }] = (await sql<{ closes: Date }>(`SELECT closes_at AS closes FROM sitting WHERE id = $1`, [sittingId])) as [
      { closes: Date },
    ]
    const day = (n: number) => new Date(closes.getTime() + n * 86_400_000)
    const hour = (n: number) => new Date(day(7).getTime() + n * 3_600_000)
    const entered = await enter(number, code, hour(-2))
    if (!entered.ok) throw new Error(entered.message)
    const cookie = entered.value.opened.split(';')[0]!
    expect(await actorOfCookies(cookie, hour(-1))).not.toBeNull()
    expect(await actorOfCookies(cookie, hour(0))).toBeNull()
    expect(await outcome(number, code, hour(0))).toBe('expired')
    expect(await outcome(number, 'SALAH-SALAH', hour(0))).toBe('wrong')
  })
  it('of a practice sitting that stays open goes on being good', async () => {
    const { number, code, sittingId } = await seated()
    await sql(`UPDATE sitting SET closes_at = $2 WHERE id = $1`, [sittingId, new Date(MORNING.getTime() + 5 * 365 * 86_400_000)])
    expect(await outcome(number, code, new Date(MORNING.getTime() + 400 * 86_400_000))).toBe('in')
  })
  it('that is voided ends its sessions, and one that is voided while it opens a session opens none', async () => {
    const { number, code, seatIds } = await seated()
    const entered = await enter(number, code, MORNING)
    if (!entered.ok) throw new Error(entered.message)
    await renewCard(seatIds[0]!, new Date())
    expect(await actorOfCookies(entered.value.opened.split(';')[0]!, MORNING)).toBeNull()
    const fresh = cardCode(derivedKey('card'), seatIds[0]!, 2)
    let cookie = ''
    const crossed = await enterWithCard(
      { number, code: fresh },
      visit,
      async (claim) => {
        await renewCard(seatIds[0]!, new Date())
        cookie = (await sessionCookie(claim, visit, '', MORNING)).split(';')[0]!
      },
      MORNING,
    )
    expect(crossed).toMatchObject({ ok: false })
    expect(await actorOfCookies(cookie, MORNING)).toBeNull()
  })
})
