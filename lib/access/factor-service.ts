import { inTransaction } from '@/lib/platform/db'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { knownDevice } from './device'
import { ownAccount, recordEvent, recordTry, type Present } from './factor-event'
import { giveTryBack, refusedTry, tooManyTries, type Limit } from './factor-limit'
import { factorRequired } from './factor-policy'
import { FRESH_MINUTES, hasFactor, isFresh, passwordRetired } from './factor-rule'
import * as store from './factor-store'
import { allow } from './permissions'
import type { Actor } from './model'
import { passkeysOf } from './passkey-store'
import { passwordFits } from './password-hash'
import { spendRecoveryCode } from './recovery'
import { codesOf } from './recovery-store'
import type { Visit } from './session-model'
import { spendTotpCode } from './totp-service'
import { totpOf } from './totp-store'

/** What the person sees of the own proofs: passkeys, app, codes, and whether something may be changed now. */
export async function ownFactors(actor: Present, now: Date) {
  const userId = ownAccount(actor)
  const [account, passkeys, totp, codes, must, last] = await Promise.all([
    store.accountOf(userId),
    passkeysOf(userId),
    totpOf(userId),
    codesOf(userId),
    factorRequired(actor.grants),
    store.confirmationOf(actor.sessionId, userId),
  ])
  const has = { passkeys: passkeys.length, totp: totp?.sealed != null }
  return {
    email: account?.email ?? '',
    hasPassword: account?.passwordHash != null,
    passkeys: passkeys.map(({ id, name, createdAt, lastUsedAt, backedUp }) => ({ id, name, createdAt, lastUsedAt, backedUp })),
    totp: totp?.sealed ? { since: totp.createdAt, lastUsedAt: totp.lastUsedAt } : null,
    codes,
    must,
    retired: passwordRetired(has, actor.grants),
    fresh: isFresh(last?.at ?? null, now),
    freshMinutes: FRESH_MINUTES,
  }
}
export type OwnFactors = Awaited<ReturnType<typeof ownFactors>>

/** Which accounts have a second factor and which lack one that they must have, for the administrator. */
export async function factorStates(actor: Actor): Promise<Map<string, { passkeys: number; totp: boolean }>> {
  allow(actor, 'users:manage')
  return new Map((await store.accountsWithFactor()).map(({ userId, ...has }) => [userId, has]))
}

const tries = (actor: Present, userId: string, visit: Visit, kind: store.Proof): [Limit, string][] => {
  // A device that the account knows has a day's tries of its own: whoever has the password elsewhere does not use them up.
  const device = knownDevice(visit.device, userId)
  return [
    ['factorSession', `${actor.sessionId}|${kind}`],
    ['factorAccount', `${userId}|${kind}|${device ?? ''}`],
  ]
}

/** Judges one try at a secret of the account: counted first, so that a thousand at once are a thousand; given back when it is right. */
async function judged(
  actor: Present,
  visit: Visit,
  kind: store.Proof,
  judge: (userId: string) => Promise<boolean>,
  now: Date,
): Promise<Result<null>> {
  const userId = ownAccount(actor)
  const keys = tries(actor, userId, visit, kind)
  const refused = await refusedTry(keys)
  if (refused) {
    if (refused.first) await recordTry(actor, 'factor:wait', userId, { kind, address: visit.address }, now)
    return tooManyTries()
  }
  if (!(await judge(userId))) {
    await recordTry(actor, 'factor:wrong', userId, { kind, address: visit.address }, now)
    return refuse('wrong', 'Tidak cocok, atau kode itu sudah pernah dipakai. Tunggu kode berikutnya, lalu coba lagi.', ['code'])
  }
  await giveTryBack(keys)
  await inTransaction(async (tx) => {
    await store.recordConfirmation(actor.sessionId, userId, kind, now)
    await recordEvent(actor, 'factor:confirmed', userId, { kind }, now, tx)
  })
  return ok(null)
}

/** A code of the app, as the second step of a login or to confirm who is there. Every code counts once. */
export const confirmWithTotp = (actor: Present, code: string, visit: Visit, now: Date): Promise<Result<null>> =>
  judged(actor, visit, 'totp', (userId) => spendTotpCode(userId, code, now), now)

/** A code from paper, where the device is lost. Every code counts once. */
export const confirmWithRecovery = (actor: Present, code: string, visit: Visit, now: Date): Promise<Result<null>> =>
  judged(actor, visit, 'recovery', (userId) => spendRecoveryCode(userId, code, now), now)

/** The password, to confirm who is there; not where a factor stands beside or in place of it. */
export async function confirmWithPassword(actor: Present, password: string, visit: Visit, now: Date): Promise<Result<null>> {
  const userId = ownAccount(actor)
  if (hasFactor(await store.factorCount(userId)))
    return refuse('factor', 'Akun ini punya faktor kedua. Buktikan dengan kunci sandi atau kode aplikasi, bukan kata sandi.')
  const account = await store.accountOf(userId)
  return judged(actor, visit, 'password', () => passwordFits(account?.passwordHash, password), now)
}
