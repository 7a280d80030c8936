import { generateAuthenticationOptions, generateRegistrationOptions } from '@simplewebauthn/server'
import { inTransaction } from '@/lib/platform/db'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { closedToPublic } from './demonstration'
import { changeOwn, ownAccount, recordEvent, recordTry, type Present } from './factor-event'
import { refusedTry } from './factor-limit'
import { mustKeepFactor } from './factor-policy'
import { hasFactor } from './factor-rule'
import { accountOf, factorCount, recordConfirmation } from './factor-store'
import { claimOf } from './login'
import { noteFailure } from './login-log'
import { answerOf, Assertion, Attestation, challengeIn, keyIn, relyingParty } from './passkey'
import * as store from './passkey-store'
import { issueCodes } from './recovery'
import type { SessionClaim, Visit } from './session-model'
import { findUserById } from './store'

/** A question is answered within this time. */
const ANSWER_MS = 5 * 60_000
/** More passkeys than this an account does not have. */
const MOST = 20

const wrong = () =>
  refuse('wrong', 'Kunci sandi itu tidak dapat diterima. Tidak ada yang berubah; muat ulang halaman, lalu coba lagi atau pakai cara lain.')

async function question(asked: store.Asked, allowed: { id: string; transports: string[] }[], now: Date) {
  const options = await generateAuthenticationOptions({
    rpID: relyingParty().id,
    userVerification: 'required',
    timeout: ANSWER_MS,
    allowCredentials: allowed as { id: string }[],
  })
  await store.keepChallenge(options.challenge, asked, now, new Date(now.getTime() + ANSWER_MS))
  return options
}

const atLogin: store.Asked = { purpose: 'login', userId: null, sessionId: null }

/** The question at the login page: whoever has a passkey for this host may answer it. Refused when one address asks for very many. */
export async function askAtLogin(visit: Visit, now: Date): Promise<Result<Awaited<ReturnType<typeof question>>>> {
  if (await refusedTry([['challengeAddress', visit.address]]))
    return refuse('wait', 'Terlalu banyak permintaan dari jaringan ini. Tunggu satu menit, lalu coba lagi.')
  return ok(await question(atLogin, [], now))
}

/** Takes the question out and holds the passkey while its answer is judged; gives back its account, or null. */
async function judged(answer: Assertion, asked: store.Asked, now: Date): Promise<string | null> {
  const challenge = challengeIn(answer.response.clientDataJSON)
  if (!challenge || !(await store.takeChallenge(challenge, asked, now))) return null
  return inTransaction(async (tx) => {
    const passkey = await store.lockPasskey(tx, answer.id)
    if (!passkey || (asked.userId && passkey.userId !== asked.userId)) return null
    const handle = answer.response.userHandle
    if (handle && Buffer.from(handle, 'base64url').toString('utf8') !== passkey.userId) return null
    const verified = await answerOf(answer, challenge, passkey)
    if (!verified) return null
    await store.usedPasskey(tx, passkey.id, verified.counter, verified.backedUp, now)
    return passkey.userId
  })
}

/** Logs in with a passkey alone: it is something the person has, opened with what the person is or knows. */
export async function loginWithPasskey(input: unknown, visit: Visit, now: Date): Promise<Result<SessionClaim>> {
  const parsed = Assertion.safeParse(input)
  const userId = parsed.success ? await judged(parsed.data, atLogin, now) : null
  const user = userId ? await findUserById(userId) : null
  if (!user?.active || closedToPublic(user, '')) {
    await noteFailure({ object: user ? `user:${user.id}` : 'user', reason: 'wrong', visit }, now)
    return wrong()
  }
  return ok(claimOf(user))
}

const bound = (actor: Present, purpose: store.Purpose): store.Asked => ({ purpose, userId: ownAccount(actor), sessionId: actor.sessionId })

/** The question to somebody whose account is known: the second step of a login, or to confirm who is there. */
export async function askToConfirm(actor: Present, now: Date) {
  const keys = await store.passkeysOf(ownAccount(actor))
  return question(
    bound(actor, 'confirm'),
    keys.map((k) => ({ id: k.credentialId, transports: k.transports })),
    now,
  )
}

/** The answer to `askToConfirm`. */
export async function confirmWithPasskey(actor: Present, input: unknown, visit: Visit, now: Date): Promise<Result<null>> {
  const userId = ownAccount(actor)
  const parsed = Assertion.safeParse(input)
  if (!parsed.success || (await judged(parsed.data, bound(actor, 'confirm'), now)) !== userId) {
    await recordTry(actor, 'factor:wrong', userId, { kind: 'passkey', address: visit.address }, now)
    return wrong()
  }
  await inTransaction(async (tx) => {
    await recordConfirmation(actor.sessionId, userId, 'passkey', now)
    await recordEvent(actor, 'factor:confirmed', userId, { kind: 'passkey' }, now, tx)
  })
  return ok(null)
}

/** What a browser needs to make a passkey for this account. */
export async function askToEnrol(actor: Present, now: Date) {
  const userId = ownAccount(actor)
  const [account, keys] = await Promise.all([accountOf(userId), store.passkeysOf(userId)])
  const options = await generateRegistrationOptions({
    rpName: 'Petaguru',
    rpID: relyingParty().id,
    userID: new Uint8Array(Buffer.from(userId)),
    userName: account?.email ?? actor.name,
    userDisplayName: actor.name,
    attestationType: 'none',
    timeout: ANSWER_MS,
    excludeCredentials: keys.map((k) => ({ id: k.credentialId })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
  await store.keepChallenge(options.challenge, bound(actor, 'enrol'), now, new Date(now.getTime() + ANSWER_MS))
  return options
}

const nameOf = (typed: string): string => typed.trim().replace(/\s+/g, ' ').slice(0, 60) || 'Kunci sandi'

/** Registers a passkey under a name. With the first factor of an account come its recovery codes. */
export const enrolPasskey = (actor: Present, input: unknown, name: string, now: Date): Promise<Result<{ codes: string[] | null }>> =>
  changeOwn(actor, 'factor', now, async (account, tx) => {
    const parsed = Attestation.safeParse(input)
    const challenge = parsed.success ? challengeIn(parsed.data.response.clientDataJSON) : null
    if (!parsed.success || !challenge || !(await store.takeChallenge(challenge, bound(actor, 'enrol'), now))) return wrong()
    const made = await keyIn(parsed.data, challenge)
    if (!made) return wrong()
    const has = await factorCount(account.id, tx)
    if (has.passkeys >= MOST) return refuse('many', `Akun ini sudah punya ${MOST} kunci sandi. Hapus yang tidak dipakai lagi dulu.`)
    const kept = await store.addPasskey(tx, {
      userId: account.id,
      credentialId: made.credential.id,
      publicKey: made.credential.publicKey,
      counter: made.credential.counter,
      transports: parsed.data.response.transports,
      backedUp: made.credentialBackedUp,
      name: nameOf(name),
      createdAt: now,
    })
    if (!kept) return refuse('taken', 'Kunci sandi itu sudah terdaftar. Pilih perangkat lain, atau pakai yang sudah ada.')
    await recordEvent(actor, 'factor:added', account.id, { kind: 'passkey', name: nameOf(name) }, now, tx)
    return ok({ codes: hasFactor(has) ? null : await issueCodes(tx, actor, account, now) })
  })

/** Takes a passkey away; the last factor stays where the policy asks for one. Doing it twice answers alike. */
export const removePasskey = (actor: Present, id: string, now: Date): Promise<Result<null>> =>
  changeOwn(actor, 'factor', now, async (account, tx) => {
    const has = await factorCount(account.id, tx)
    const mine = await store.isOwn(tx, account.id, id)
    if (!mine) return ok(null)
    const kept = await mustKeepFactor(actor.grants, { ...has, passkeys: has.passkeys - 1 })
    if (kept) return kept
    const name = await store.dropPasskey(tx, account.id, id)
    await recordEvent(actor, 'factor:removed', account.id, { kind: 'passkey', name }, now, tx)
    return ok(null)
  })
