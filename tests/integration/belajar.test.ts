import NextAuth from 'next-auth'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/access/model'
import { authOptions, inviteIdentity, invitation, isOpenDoor, setActive } from '@/lib/access/service'
import { actorOfCookies } from '@/lib/access/session'
import { sql } from '@/lib/platform/db'
import { CLIENT, openIssuer, type Claims, type Forgery } from './issuer'
import { anAccount, openWorld } from './world'
import { settle } from '@/lib/platform/config'

let world: Awaited<ReturnType<typeof openWorld>>
let issuer: Awaited<ReturnType<typeof openIssuer>>
let administrator: Actor
let who: Actor
beforeAll(async () => {
  world = await openWorld()
  issuer = await openIssuer()
  settle({
    NEXTAUTH_URL: 'http://localhost:3999',
    GOOGLE_ISSUER: issuer.url,
    GOOGLE_CLIENT_ID: CLIENT.id,
    GOOGLE_CLIENT_SECRET: CLIENT.secret,
  })
  administrator = await anAccount('administrator')
})
beforeEach(async () => {
  who = await anAccount('guru')
})
afterAll(async () => {
  issuer.close()
  settle({ NEXTAUTH_URL: undefined, GOOGLE_ISSUER: undefined, GOOGLE_CLIENT_ID: undefined, GOOGLE_CLIENT_SECRET: undefined })
  await world.close()
})

/** A browser with its cookies, in front of next-auth as our route puts it. */
function aBrowser(invited?: string) {
  const jar = new Map<string, string>()
  async function ask(method: string, path: string, query: Record<string, string> = {}, body: Record<string, string> = {}) {
    const headers = new Map<string, unknown>()
    const told = { location: '', body: undefined as unknown }
    const response = {
      status: () => response,
      getHeader: (name: string) => headers.get(name),
      setHeader: (name: string, value: unknown) => void headers.set(name, value),
      json: (value: unknown) => void (told.body = value),
      send: (value: unknown) => void (told.body = value),
      end: () => undefined,
    }
    const request = { method, query: { ...query, nextauth: path.split('/') }, cookies: Object.fromEntries(jar), headers: {}, body }
    const visit = { address: '10.5.0.1', userAgent: null }
    await NextAuth(request as never, response as never, authOptions({ visit, session: jar.get('petaguru.session'), invitation: invited }))
    for (const line of [headers.get('Set-Cookie') ?? []].flat() as string[]) {
      const [pair] = line.split(';') as [string]
      jar.set(pair.slice(0, pair.indexOf('=')), decodeURIComponent(pair.slice(pair.indexOf('=') + 1)))
    }
    told.location = String(headers.get('Location') ?? '')
    return told
  }
  async function begin(): Promise<string> {
    const { csrfToken } = (await ask('GET', 'csrf')).body as { csrfToken: string }
    const started = await ask('POST', 'signin/google', {}, { csrfToken, callbackUrl: '/pulang', json: 'true' })
    return (started.body as { url: string }).url
  }
  const finish = async (back: { code: string; state: string }) => (await ask('GET', 'callback/google', back)).location
  return {
    begin,
    finish,
    /** Logs in as the issuer says; the place that the browser is sent to. */
    login: async (claims: Claims, forgery: Forgery = 'none') => finish(issuer.consent(await begin(), claims, forgery)),
    actor: () => actorOfCookies(`petaguru.session=${jar.get('petaguru.session') ?? ''}`),
  }
}

let count = 0
const teacher = (more: Claims = {}): Claims => ({
  sub: `orang-${++count}`,
  hd: 'guru.sma.belajar.id',
  email: `orang-${count}@guru.sma.belajar.id`,
  email_verified: true,
  ...more,
})
async function invite(user: Actor, now = new Date()): Promise<string> {
  const invited = await inviteIdentity(administrator, user.userId!, now)
  if (!invited.ok) throw new Error(invited.message)
  return invited.value
}
async function linked(claims: Claims): Promise<void> {
  const browser = aBrowser(await invite(who))
  expect(await browser.login(claims)).toMatch(/\/pulang$/)
}

describe('an account of belajar.id', () => {
  it('logs in once an administrator has invited its holder, and from then on without an invitation', async () => {
    const claims = teacher()
    const stranger = aBrowser()
    expect(await stranger.login(claims)).toMatch(/belajar=belum$/)
    expect(await stranger.actor()).toBeNull()
    await linked(claims)
    const browser = aBrowser()
    expect(await browser.login(claims)).toMatch(/\/pulang$/)
    expect(await browser.actor()).toMatchObject({ userId: who.userId, grants: [{ role: 'guru' }] })
  })
  it('is known by issuer and subject: the address of mail of an account opens nothing', async () => {
    const email = (await sql<{ e: string }>(`SELECT email AS e FROM user_account WHERE id = $1`, [who.userId]))[0]!.e
    expect(await aBrowser().login(teacher({ email }))).toMatch(/belajar=lain$/)
    const claims = teacher({ email: 'tetap@guru.sma.belajar.id' })
    await linked(claims)
    expect(await aBrowser().login({ ...claims, sub: 'orang-lain-dengan-surel-sama' })).toMatch(/belajar=belum$/)
    expect(await aBrowser().login({ ...claims, email: 'baru@guru.sma.belajar.id' })).toMatch(/\/pulang$/)
  })
  it.each([
    ['without an organisation', { hd: undefined }],
    ['of another organisation', { hd: 'contoh.sch.id', email: 'a@contoh.sch.id' }],
    ['of an organisation that only ends alike', { hd: 'palsu-guru.sma.belajar.id', email: 'a@palsu-guru.sma.belajar.id' }],
    ['whose address lies elsewhere', { email: 'a@gmail.com' }],
    ['whose address is not verified', { email_verified: false }],
    ['whose verification is a word', { email_verified: 'true' }],
  ])('is refused %s, invitation or not', async (_what, more) => {
    const browser = aBrowser(await invite(who))
    expect(await browser.login(teacher(more))).toMatch(/belajar=lain$/)
    expect(await browser.actor()).toBeNull()
  })
  it.each([
    ['for another client', { aud: 'klien-lain' }, 'none'],
    ['of another issuer', { iss: 'https://lain.example' }, 'none'],
    ['that has expired', { exp: 1_700_000_000, iat: 1_699_999_000 }, 'none'],
    ['with the nonce of another login', { nonce: 'lain' }, 'none'],
    ['without a signature', {}, 'unsigned'],
    ['signed with the public key as if it were a secret', {}, 'public key as secret'],
    ['signed with a key of somebody else', {}, 'key of another'],
  ] as [string, Claims, Forgery][])('is refused with a token %s', async (_what, more, forgery) => {
    const browser = aBrowser(await invite(who))
    expect(await browser.login(teacher(more), forgery)).toMatch(/error=/)
    expect(await browser.actor()).toBeNull()
  })
  it('is refused with the code or the state of another browser, so that nobody is logged in as somebody else', async () => {
    const claims = teacher()
    await linked(claims)
    const [attacker, victim] = [aBrowser(), aBrowser()]
    const back = issuer.consent(await attacker.begin(), claims)
    await victim.begin()
    expect(await victim.finish(back)).toMatch(/error=/)
    expect(await victim.actor()).toBeNull()
  })
  it('of somebody who sees names opens nothing before the second factor', async () => {
    who = await anAccount('kepala-sekolah')
    const claims = teacher()
    await linked(claims)
    const browser = aBrowser()
    expect(await browser.login(claims)).toMatch(/\/pulang$/)
    expect(await browser.actor()).toBeNull()
    const rows = await sql<{ pending: string }>(`SELECT pending FROM session WHERE subject_id = $1`, [who.userId])
    expect(rows.map((r) => r.pending)).toEqual(['enrol', 'enrol'])
  })
  it('does not open an account that was switched off', async () => {
    const claims = teacher()
    await linked(claims)
    await setActive(administrator, who.userId!, false)
    expect(await aBrowser().login(claims)).toMatch(/belajar=belum$/)
  })
})

describe('an invitation', () => {
  it('links one identity, once, within a week, and a newer one takes its place', async () => {
    const secret = await invite(who)
    expect(await aBrowser(secret).login(teacher())).toMatch(/\/pulang$/)
    expect(await aBrowser(secret).login(teacher())).toMatch(/belajar=belum$/)
    const old = await invite(who, new Date(Date.now() - 7 * 86_400_000))
    expect(await aBrowser(old).login(teacher())).toMatch(/belajar=belum$/)
    const [first, second] = [await invite(who), await invite(who)]
    expect(await invitation(first)).toBeNull()
    expect(await invitation(second)).toMatchObject({ name: who.name })
  })
  it('stores nothing that could be used', async () => {
    const secret = await invite(who)
    expect((await sql<{ t: string }>(`SELECT string_agg(i::text, ' ') AS t FROM identity_invitation i`))[0]!.t).not.toContain(secret)
  })
})

describe("next-auth's doors", () => {
  const paths = ['signin', 'signin/google', 'signout', 'session', 'providers', 'csrf', 'error', 'verify-request', '_log', 'callback/google']
  const others = ['callback/akun', 'callback/kartu', 'callback/credentials', 'signin/akun']
  const open = () =>
    [...paths, ...others].flatMap((p) => ['GET', 'POST'].filter((m) => isOpenDoor(m, p.split('/'))).map((m) => `${m} ${p}`))
  it('are the three of the code flow and no other', () => {
    expect(open()).toEqual(['POST signin/google', 'GET csrf', 'GET callback/google'])
  })
  it('are all shut where belajar.id is not configured', () => {
    settle({ GOOGLE_CLIENT_ID: undefined })
    expect(open()).toEqual([])
    settle({ GOOGLE_CLIENT_ID: CLIENT.id })
  })
  it('write cookies with the prefix behind TLS, all of them', () => {
    settle({ NEXTAUTH_URL: 'https://petaguru.example' })
    const names = Object.values(
      authOptions({ visit: { address: 'x', userAgent: null }, session: undefined, invitation: undefined }).cookies!,
    )
    settle({ NEXTAUTH_URL: 'http://localhost:3999' })
    expect(names).toHaveLength(6)
    for (const c of names) {
      expect(c.name).toMatch(/^__Host-/)
      expect(c.options).toMatchObject({ httpOnly: true, secure: true, path: '/', sameSite: 'lax' })
    }
  })
})
