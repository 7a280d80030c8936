import { inTransaction } from '@/lib/platform/db'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { changeOwn, recordEvent, type Present } from './factor-event'
import { hasFactor } from './factor-rule'
import { factorCount, lockAccount } from './factor-store'
import { mustKeepFactor } from './factor-policy'
import { issueCodes } from './recovery'
import { enrolment, newSecret, seal, stepOf, unseal } from './totp'
import * as store from './totp-store'

/** A secret that was not proven within this time is shown anew. */
const WAITS_MS = 30 * 60_000

/** A new secret for the person's app: nothing holds until a code from the app has come back. */
export const beginTotp = (actor: Present, now: Date): Promise<Result<{ uri: string; typed: string }>> =>
  changeOwn(actor, null, now, async (account, tx) => {
    const secret = newSecret()
    await store.putWaiting(tx, account.id, seal(secret, account.id), now)
    return ok(enrolment(secret, account.email))
  })

/** The app shows the right code: from now on it is asked for. With the first factor of an account come its recovery codes. */
export const proveTotp = (actor: Present, code: string, now: Date): Promise<Result<{ codes: string[] | null }>> =>
  changeOwn(actor, 'factor', now, async (account, tx) => {
    const known = await store.totpOf(account.id, tx)
    if (!known?.waiting || !known.waitsSince || now.getTime() - known.waitsSince.getTime() > WAITS_MS)
      return refuse('gone', 'Kode QR ini sudah tidak berlaku. Mulai lagi pemasangannya; yang lama tetap berlaku.')
    const step = stepOf(unseal(known.waiting, account.id), code, now)
    if (step === null)
      return refuse('wrong', 'Kode tidak cocok. Periksa jam ponsel (sebaiknya diatur otomatis), lalu ketik kode yang sedang tampil.', [
        'totpCode',
      ])
    const first = !hasFactor(await factorCount(account.id, tx))
    await store.acceptWaiting(tx, account.id, step, now)
    await recordEvent(actor, 'factor:added', account.id, { kind: 'totp' }, now, tx)
    return ok({ codes: first ? await issueCodes(tx, actor, account, now) : null })
  })

/** Takes the app away; the last factor stays where the policy asks for one. Doing it twice answers alike. */
export const removeTotp = (actor: Present, now: Date): Promise<Result<null>> =>
  changeOwn(actor, 'factor', now, async (account, tx) => {
    const has = await factorCount(account.id, tx)
    if (!has.totp) return ok(null)
    const kept = await mustKeepFactor(actor.grants, { ...has, totp: false })
    if (kept) return kept
    await store.dropTotp(tx, account.id)
    await recordEvent(actor, 'factor:removed', account.id, { kind: 'totp' }, now, tx)
    return ok(null)
  })

/** Spends a code of the account's app; false when it is wrong, not newer than the last one, or there is no app. */
export const spendTotpCode = (userId: string, code: string, now: Date): Promise<boolean> =>
  inTransaction(async (tx) => {
    await lockAccount(tx, userId)
    const known = await store.totpOf(userId, tx)
    if (!known?.sealed) return false
    const step = stepOf(unseal(known.sealed, userId), code, now)
    return step !== null && (await store.spendStep(tx, userId, step, now))
  })
