import { createServer } from 'node:net'
import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changePolicy } from '@/lib/access/service'
import { factorRequired } from '@/lib/access/factor-policy'
import { stageFor } from '@/lib/access/factor-login'
import { confirmWithPassword, confirmWithRecovery, confirmWithTotp, ownFactors } from '@/lib/access/factor-service'
import type { Present } from '@/lib/access/factor-event'
import { recordConfirmation } from '@/lib/access/factor-store'
import { loginWithAccount } from '@/lib/access/login'
import type { Role } from '@/lib/access/model'
import * as passkeys from '@/lib/access/passkey-service'
import { hashPassword } from '@/lib/access/password-hash'
import { changePassword } from '@/lib/access/password-service'
import { remakeCodes } from '@/lib/access/recovery'
import { askResetByMail, makeResetLink, resetWithLink } from '@/lib/access/reset-service'
import { actorOfCookies } from '@/lib/access/inside'
import { beginSession, sessionOf } from '@/lib/access/session-service'
import { createUser, findUserById } from '@/lib/access/store'
import { seal, unseal } from '@/lib/access/totp'
import { beginTotp, proveTotp, removeTotp } from '@/lib/access/totp-service'
import { sql } from '@/lib/platform/db'
import { anAuthenticator } from './authenticator'
import { openWorld } from './world'
import { settle } from '@/lib/platform/config'

let world: Awaited<ReturnType<typeof openWorld>>
beforeAll(async () => {
  world = await openWorld()
  settle({ NEXTAUTH_URL: 'http://localhost:3000' })
})
afterAll(() => world.close())

const PASSWORD = 'tempe biru naik sepeda'
const visit = { address: '10.0.0.7', userAgent: 'Chrome Android' }
let count = 0
let clock = Date.now()
/** The clock of the story: half a minute or more further each time. */
const later = (seconds = 60) => new Date((clock += seconds * 1000))

/** Somebody with a password who has just proven who it is. */
async function somebody(role: Role = 'bgtk'): Promise<Present & { email: string; userId: string }> {
  const grants = [{ role, regionId: null, schoolId: null, levelCodes: [] }]
  const email = `orang-${++count}@uji.id`
  const name = `Orang ${count}`
  const userId = await createUser({ name, email, passwordHash: await hashPassword(PASSWORD), grants }, later())
  const { id } = await beginSession({ kind: 'user', id: userId, version: 1, name }, visit, {}, new Date(clock))
  const person = { userId, seatId: null, teacherId: null, name, grants, sessionId: id, email }
  await recordConfirmation(id, userId, 'password', new Date(clock))
  return person
}
const withTotp = async (role: Role = 'bgtk') => {
  const person = await somebody(role)
  const begun = await beginTotp(person, new Date(clock))
  if (!begun.ok) throw new Error(begun.message)
  const app = new TOTP({ secret: Secret.fromBase32(begun.value.typed.replaceAll(' ', '')), digits: 6, period: 30 })
  const code = (at = clock) => app.generate({ timestamp: at })
  const proven = await proveTotp(person, code(), new Date(clock))
  if (!proven.ok) throw new Error(proven.message)
  return { person, code, codes: proven.value.codes! }
}
const withPasskey = async (role: Role = 'bgtk') => {
  const person = await somebody(role)
  const device = anAuthenticator()
  const made = await passkeys.enrolPasskey(
    person,
    device.make(await passkeys.askToEnrol(person, new Date(clock))),
    'Ponsel',
    new Date(clock),
  )
  if (!made.ok) throw new Error(made.message)
  return { person, device, codes: made.value.codes! }
}
const question = async () => {
  const asked = await passkeys.askAtLogin(visit, new Date(clock))
  if (!asked.ok) throw new Error(asked.message)
  return asked.value
}
const events = async (userId: string) =>
  (await sql<{ action: string }>(`SELECT action FROM audit_entry WHERE object = $1 ORDER BY at, id`, [`user:${userId}`])).map(
    (r) => r.action,
  )

describe('who must have a second factor', () => {
  it('everybody who sees names in a real installation, nobody while demonstration accounts are open, and whoever the policy says', async () => {
    const office = await somebody('bgtk')
    const proctor = await somebody('pengawas')
    expect([await stageFor(office.userId), await stageFor(proctor.userId)]).toEqual(['enrol', null])
    await sql(`UPDATE user_account SET demonstration = true WHERE id = $1`, [proctor.userId])
    await expect.poll(() => factorRequired(office.grants), { timeout: 120_000 }).toBe(false)
    await sql(`UPDATE user_account SET demonstration = false WHERE id = $1`, [proctor.userId])
    await expect.poll(() => factorRequired(office.grants), { timeout: 120_000 }).toBe(true)
    const admin = await somebody('administrator')
    expect(await changePolicy(admin, 0, { secondFactor: 'optional' }, 'Surat uji 1')).toMatchObject({ ok: true })
    await expect.poll(() => factorRequired(office.grants), { timeout: 120_000 }).toBe(false)
    expect(await changePolicy(admin, 1, { secondFactor: 'required' }, 'Surat uji 2')).toMatchObject({ ok: true })
    await expect.poll(() => factorRequired(office.grants), { timeout: 120_000 }).toBe(true)
  })
})

describe('a login that still owes its factor', () => {
  const opened = async (who: { userId: string; name: string }, options: Parameters<typeof beginSession>[2]) => {
    const { token } = await beginSession({ kind: 'user', id: who.userId, version: 1, name: who.name }, visit, options, new Date())
    return actorOfCookies(`petaguru.session=${token}`, new Date())
  }
  it('is nobody: neither while it waits, nor as an older session once its account must have one', async () => {
    const [office, proctor] = [await somebody('bgtk'), await somebody('pengawas')]
    expect(await opened(proctor, { pending: 'factor' })).toBeNull()
    expect(await opened(proctor, { pending: 'enrol' })).toBeNull()
    expect(await opened(proctor, {})).toMatchObject({ userId: proctor.userId })
    expect(await opened(office, {})).toBeNull()
    expect(await opened(office, { factor: 'passkey' })).toMatchObject({ userId: office.userId })
  })
})

describe('an app that shows codes', () => {
  it('completes a proof with each code once, also when two processes send it at the same moment', async () => {
    const { person, code } = await withTotp()
    const now = later()
    const both = await Promise.all([1, 2].map(() => confirmWithTotp(person, code(), visit, now)))
    expect(both.filter((r) => r.ok)).toHaveLength(1)
    expect((await confirmWithTotp(person, code(), visit, new Date(clock + 5_000))).ok).toBe(false)
    expect((await confirmWithTotp(person, code(clock - 30_000), visit, new Date(clock + 5_000))).ok).toBe(false)
    later()
    expect((await confirmWithTotp(person, code(), visit, new Date(clock))).ok).toBe(true)
  })
  it('cannot be guessed: a thousand at once are five tries, and the day has thirty for whoever knows the password', async () => {
    const { person } = await withTotp()
    const outcomes = await Promise.all(Array.from({ length: 40 }, (_, i) => confirmWithTotp(person, String(100000 + i), visit, later(0))))
    expect(outcomes.filter((r) => !r.ok && r.code === 'wrong')).toHaveLength(5)
    let judged = 5
    for (let s = 0; s < 8; s++) {
      const again = { ...person, sessionId: `lain-${s}` }
      for (let i = 0; i < 6; i++) {
        const r = await confirmWithTotp(again, '000000', visit, later(0))
        if (!r.ok && r.code === 'wrong') judged++
      }
    }
    expect(judged).toBeLessThanOrEqual(30)
    expect((await events(person.userId)).includes('factor:wait')).toBe(true)
  })
  it('keeps its secret sealed to its account', async () => {
    const { person } = await withTotp()
    const [row] = await sql<{ sealed: Buffer }>(`SELECT sealed FROM totp WHERE user_id = $1`, [person.userId])
    expect(unseal(row!.sealed, person.userId)).toHaveLength(20)
    expect(() => unseal(row!.sealed, '01990278-0000-7000-8000-00000000000a')).toThrow()
    expect(seal(Buffer.alloc(20), 'a').equals(seal(Buffer.alloc(20), 'a'))).toBe(false)
  })
  it('stays where it is the last factor and one is asked for', async () => {
    const { person } = await withTotp('bgtk')
    expect(await removeTotp(person, later(10))).toMatchObject({ ok: false, code: 'last' })
    const teacher = await withTotp('guru')
    expect(await removeTotp(teacher.person, later(10))).toMatchObject({ ok: true })
    expect(await removeTotp(teacher.person, later(10))).toMatchObject({ ok: true })
  })
})

describe('codes on paper', () => {
  it('stand in for a lost device once each, and older ones open nothing when new ones are made', async () => {
    const { person, codes } = await withTotp()
    expect(new Set(codes).size).toBe(10)
    expect(await confirmWithRecovery(person, codes[0]!.toLowerCase(), visit, later(10))).toMatchObject({ ok: true })
    expect(await confirmWithRecovery(person, codes[0]!, visit, later(10))).toMatchObject({ ok: false, code: 'wrong' })
    expect((await ownFactors(person, new Date(clock))).codes.left).toBe(9)
    expect((await remakeCodes(person, new Date(clock))).ok).toBe(true)
    expect(await confirmWithRecovery(person, codes[1]!, visit, later(10))).toMatchObject({ ok: false })
    const stored = await sql<{ hash: string }>(`SELECT hash FROM recovery_code WHERE user_id = $1`, [person.userId])
    expect(stored.every((r) => r.hash.startsWith('$argon2id$'))).toBe(true)
  })
  it('of one account open no other', async () => {
    const [one, other] = [await withTotp(), await withTotp()]
    expect((await confirmWithRecovery(other.person, one.codes[0]!, visit, new Date(clock))).ok).toBe(false)
  })
})

describe('a passkey', () => {
  it('logs in alone, and takes the place of the password of an account that sees names', async () => {
    const { person, device } = await withPasskey()
    expect(await passkeys.loginWithPasskey(device.answer(await question()), visit, new Date(clock))).toMatchObject({
      ok: true,
      value: { id: person.userId },
    })
    expect(await loginWithAccount({ email: person.email, password: PASSWORD }, visit)).toMatchObject({ ok: false, code: 'passkey' })
    expect(await loginWithAccount({ email: person.email, password: 'keliru sama sekali' }, visit)).toMatchObject({
      ok: false,
      code: 'wrong',
    })
    const teacher = await withPasskey('guru')
    expect(await loginWithAccount({ email: teacher.person.email, password: PASSWORD }, visit)).toMatchObject({ ok: true })
    expect(await stageFor(teacher.person.userId)).toBe('factor')
  })
  it('answers a question once: a replayed answer, an old question and one that nobody asked are refused', async () => {
    const { device } = await withPasskey()
    const asked = await question()
    const answer = device.answer(asked)
    expect((await passkeys.loginWithPasskey(answer, visit, new Date(clock))).ok).toBe(true)
    expect((await passkeys.loginWithPasskey(answer, visit, new Date(clock))).ok).toBe(false)
    expect((await passkeys.loginWithPasskey(device.answer(asked), visit, new Date(clock))).ok).toBe(false)
    const old = await question()
    expect((await passkeys.loginWithPasskey(device.answer(old), visit, later(301))).ok).toBe(false)
    expect((await passkeys.loginWithPasskey(device.answer({ ...old, challenge: 'bm9ib2R5LWFza2Vk' }), visit, new Date(clock))).ok).toBe(
      false,
    )
  })
  it('is refused from another origin, for another host, and without a verified user', async () => {
    const { device } = await withPasskey()
    const ways = [{ origin: 'https://petaguru.contoh-palsu.id' }, { origin: 'http://localhost:3001' }, { verified: false }]
    for (const way of ways)
      expect((await passkeys.loginWithPasskey(device.answer(await question(), way), visit, new Date(clock))).ok).toBe(false)
    expect(
      (await passkeys.loginWithPasskey(device.answer({ ...(await question()), rpId: 'contoh-palsu.id' }), visit, new Date(clock))).ok,
    ).toBe(false)
    const person = await somebody()
    for (const way of ways)
      expect(
        (
          await passkeys.enrolPasskey(
            person,
            anAuthenticator().make(await passkeys.askToEnrol(person, new Date(clock)), way),
            'x',
            new Date(clock),
          )
        ).ok,
      ).toBe(false)
  })
  it('of one account neither confirms nor completes another’s, and a question of one session is not answered in another', async () => {
    const [one, other] = [await withPasskey(), await withPasskey()]
    const asked = await passkeys.askToConfirm(other.person, new Date(clock))
    expect((await passkeys.confirmWithPasskey(other.person, one.device.answer(asked), visit, new Date(clock))).ok).toBe(false)
    const own = await passkeys.askToConfirm(one.person, new Date(clock))
    expect(
      (await passkeys.confirmWithPasskey({ ...one.person, sessionId: 'lain' }, one.device.answer(own), visit, new Date(clock))).ok,
    ).toBe(false)
    const handle = Buffer.from(other.person.userId).toString('base64url')
    expect((await passkeys.loginWithPasskey(one.device.answer(await question(), { as: handle }), visit, new Date(clock))).ok).toBe(false)
    const enrol = await passkeys.askToEnrol(one.person, new Date(clock))
    expect((await passkeys.enrolPasskey(other.person, anAuthenticator().make(enrol), 'x', new Date(clock))).ok).toBe(false)
    const twice = await passkeys.askToEnrol(other.person, new Date(clock))
    expect(await passkeys.enrolPasskey(other.person, one.device.make(twice), 'x', new Date(clock))).toMatchObject({
      ok: false,
      code: 'taken',
    })
  })
  it('that was copied is noticed: a counter that stands still or goes back is refused', async () => {
    const { device } = await withPasskey()
    device.setCounter(40)
    expect((await passkeys.loginWithPasskey(device.answer(await question()), visit, new Date(clock))).ok).toBe(true)
    device.setCounter(40)
    expect((await passkeys.loginWithPasskey(device.answer(await question()), visit, new Date(clock))).ok).toBe(false)
  })
  it('of an account that was switched off opens nothing', async () => {
    const { person, device } = await withPasskey()
    await sql(`UPDATE user_account SET active = false WHERE id = $1`, [person.userId])
    expect((await passkeys.loginWithPasskey(device.answer(await question()), visit, new Date(clock))).ok).toBe(false)
  })
})

describe('a change of what an account proves itself with', () => {
  it('is refused to whoever has not just proven who it is, and ends every other session', async () => {
    const person = await somebody()
    const elsewhere = await beginSession({ kind: 'user', id: person.userId, version: 1, name: person.name }, visit, {}, new Date(clock))
    expect(await beginTotp(person, later(11 * 60))).toMatchObject({ ok: false, code: 'confirm' })
    expect(await changePassword(person, PASSWORD, 'kapur tulis jatuh ke parit', new Date(clock))).toMatchObject({
      ok: false,
      code: 'confirm',
    })
    expect(await confirmWithPassword(person, 'keliru', visit, new Date(clock))).toMatchObject({ ok: false })
    expect(await confirmWithPassword(person, PASSWORD, visit, new Date(clock))).toMatchObject({ ok: true })
    expect(await changePassword(person, 'keliru', 'kapur tulis jatuh ke parit', new Date(clock))).toMatchObject({
      ok: false,
      code: 'wrong',
    })
    expect(await changePassword(person, PASSWORD, person.email, new Date(clock))).toMatchObject({ ok: false, code: 'password' })
    expect(await sessionOf(elsewhere.token, new Date(clock))).not.toBeNull()
    expect(await changePassword(person, PASSWORD, '  kapur tulis jatuh ke parit ', new Date(clock))).toMatchObject({ ok: true })
    expect(await sessionOf(elsewhere.token, new Date(clock))).toBeNull()
    // Exactly as typed, spaces at both ends included.
    expect(await loginWithAccount({ email: person.email, password: '  kapur tulis jatuh ke parit ' }, visit)).toMatchObject({ ok: true })
    expect(await loginWithAccount({ email: person.email, password: 'kapur tulis jatuh ke parit' }, visit)).toMatchObject({ ok: false })
  })
  it('does not let an open session become a place to guess the password', async () => {
    const person = await somebody()
    const tries = []
    for (let i = 0; i < 8; i++) tries.push(await changePassword(person, `tebakan ${i}`, 'kapur tulis jatuh ke parit', new Date(clock)))
    expect(tries.filter((r) => !r.ok && r.code === 'wrong')).toHaveLength(5)
  })
  it('leaves its line in the log', async () => {
    const { person } = await withPasskey()
    expect(await events(person.userId)).toEqual(expect.arrayContaining(['factor:added', 'factor:codes-made']))
  })
})

describe('a one-time link', () => {
  const order = (userId: string, kind = 'password') => ({ userId, kind, checked: 'bertemu langsung' })
  const made = async (admin: Present, userId: string, kind = 'password') => {
    const link = await makeResetLink(admin, order(userId, kind), new Date(clock))
    if (!link.ok) throw new Error(link.message)
    return link.value.code
  }
  const NEXT = 'payung hilang di dermaga'

  it('is made by an administrator who has just proven who it is, for others, with how the identity was checked', async () => {
    const admin = await somebody('administrator')
    const person = await somebody()
    await expect(makeResetLink(person, order(admin.userId), new Date(clock))).rejects.toThrow()
    expect(await makeResetLink(admin, order(admin.userId), new Date(clock))).toMatchObject({ ok: false, code: 'self' })
    expect(await makeResetLink(admin, { ...order(person.userId), checked: '' }, new Date(clock))).toMatchObject({
      ok: false,
      code: 'input',
    })
    expect(await makeResetLink(admin, order(person.userId), later(11 * 60))).toMatchObject({ ok: false, code: 'confirm' })
  })
  it('works once, within its time, and only the newest; a password that cannot be taken leaves it unused', async () => {
    const [admin, person] = [await somebody('administrator'), await somebody()]
    const first = await made(admin, person.userId)
    const code = await made(admin, person.userId)
    expect(await resetWithLink(first, NEXT, visit, new Date(clock))).toMatchObject({ ok: false, code: 'over' })
    expect(await resetWithLink(code, '12345678', visit, new Date(clock))).toMatchObject({ ok: false, code: 'password' })
    const both = await Promise.all([1, 2].map(() => resetWithLink(code.toLowerCase().replaceAll('-', ' '), NEXT, visit, new Date(clock))))
    expect(both.filter((r) => r.ok)).toHaveLength(1)
    expect(await resetWithLink(code, NEXT, visit, new Date(clock))).toMatchObject({ ok: false, code: 'over' })
    expect(await loginWithAccount({ email: person.email, password: NEXT }, visit)).toMatchObject({ ok: true })
    await recordConfirmation(admin.sessionId, admin.userId!, 'password', new Date(clock))
    const late = await made(admin, person.userId)
    expect(await resetWithLink(late, 'kapur tulis jatuh ke parit', visit, new Date(clock + 25 * 3_600_000))).toMatchObject({
      ok: false,
      code: 'over',
    })
    expect(await resetWithLink('AAAA-BBBB-CCCC-DDDD-EEEE', NEXT, visit, new Date(clock))).toMatchObject({ ok: false, code: 'over' })
  })
  it('ends every session and leaves the second factor, unless it was made for a lost device', async () => {
    const admin = await somebody('administrator')
    const { person } = await withTotp()
    await recordConfirmation(admin.sessionId, admin.userId!, 'password', new Date(clock))
    const open = await beginSession({ kind: 'user', id: person.userId, version: 1, name: person.name }, visit, {}, new Date(clock))
    expect((await resetWithLink(await made(admin, person.userId), NEXT, visit, new Date(clock))).ok).toBe(true)
    expect(await sessionOf(open.token, new Date(clock))).toBeNull()
    expect(await stageFor(person.userId)).toBe('factor')
    expect(
      (await resetWithLink(await made(admin, person.userId, 'factors'), 'kapur tulis jatuh ke parit', visit, new Date(clock))).ok,
    ).toBe(true)
    expect(await stageFor(person.userId)).toBe('enrol')
    expect((await findUserById(person.userId))?.active).toBe(true)
  })
  it('does not bring a retired password back', async () => {
    const admin = await somebody('administrator')
    const { person } = await withPasskey()
    await recordConfirmation(admin.sessionId, admin.userId!, 'password', new Date(clock))
    expect((await resetWithLink(await made(admin, person.userId), NEXT, visit, new Date(clock))).ok).toBe(true)
    expect(await loginWithAccount({ email: person.email, password: NEXT }, visit)).toMatchObject({ ok: false, code: 'passkey' })
  })
  it('goes out by mail where a server is set, with the same answer for an address that nobody has, three times an hour', async () => {
    expect(await askResetByMail('siapa@uji.id', visit, new Date(clock))).toMatchObject({ ok: false, code: 'mail' })
    const mails: string[] = []
    const server = createServer((socket) => {
      let text = ''
      let inData = false
      socket.write('220 uji\r\n')
      socket.on('data', (bytes) => {
        text += bytes.toString()
        if (inData && text.includes('\r\n.\r\n')) {
          mails.push(text)
          inData = false
          text = ''
          return void socket.write('250 ok\r\n')
        }
        if (inData || !text.endsWith('\r\n')) return
        const word = text.slice(0, 4).toUpperCase()
        if (word === 'DATA') inData = true
        text = ''
        socket.write(word === 'DATA' ? '354 go\r\n' : word === 'QUIT' ? '221 bye\r\n' : '250 ok\r\n')
      })
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    settle({
      SMTP_URL: `smtp://127.0.0.1:${(server.address() as { port: number }).port}?ignoreTLS=true`,
      MAIL_FROM: 'Petaguru <petaguru@uji.id>',
    })
    const person = await somebody()
    const known = await askResetByMail(person.email, visit, new Date(clock))
    expect(await askResetByMail('tidak-ada@uji.id', visit, new Date(clock))).toEqual(known)
    await expect.poll(() => mails.length, { timeout: 120_000 }).toBe(1)
    const code = /#k=3?D?([0-9A-Z-]{24})/.exec(mails[0]!.replaceAll('=\r\n', ''))![1]!
    expect(mails[0]!).toContain(person.email)
    expect(await resetWithLink(code, NEXT, visit, new Date(clock + 11 * 60_000))).toMatchObject({ ok: false, code: 'over' })
    expect(await resetWithLink(code, NEXT, visit, new Date(clock))).toMatchObject({ ok: true })
    for (let i = 0; i < 4; i++) expect(await askResetByMail(person.email, visit, new Date(clock))).toEqual(known)
    await expect.poll(() => mails.length, { timeout: 120_000 }).toBe(3)
    settle({ SMTP_URL: undefined })
    server.close()
  })
})
