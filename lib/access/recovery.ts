import { randomBytes } from 'node:crypto'
import { verify } from '@node-rs/argon2'
import type { Transaction } from '@/lib/platform/db'
import { crockford } from '@/lib/platform/random'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { normaliseCode } from './card'
import { changeOwn, recordEvent, type Present } from './factor-event'
import { refusedTry, tooManyTries } from './factor-limit'
import { hasFactor } from './factor-rule'
import { factorCount, type Account } from './factor-store'
import { hashPassword } from './password-hash'
import * as store from './recovery-store'

/** Codes on paper: ten of them, of 60 bits each, of which two characters say which of the ten it is. */
const COUNT = 10
const LENGTH = 12
const SELECTOR = 2

/** Ten new codes as they are printed, XXXX-XXXX-XXXX. No two begin alike. */
export function newCodes(): string[] {
  const codes = new Map<string, string>()
  while (codes.size < COUNT) {
    const code = crockford(randomBytes(LENGTH), LENGTH)
    codes.set(code.slice(0, SELECTOR), code.match(/.{4}/g)!.join('-'))
  }
  return [...codes.values()]
}

/** Writes new codes for an account in place of all older ones and gives them back, for the only time. */
export async function issueCodes(tx: Transaction, account: Account, now: Date): Promise<string[]> {
  const codes = newCodes()
  const rows = []
  for (const code of codes.map(normaliseCode)) rows.push({ selector: code.slice(0, SELECTOR), hash: await hashPassword(code) })
  await store.replaceCodes(tx, account.id, rows, now)
  await recordEvent({ userId: account.id, name: account.name }, 'factor:codes-made', account.id, { count: codes.length }, now, tx)
  return codes
}

/** How often in a quarter of an hour is bounded by the tries of the session. */
const bounded = (actor: Present) => refusedTry([['factorSession', actor.sessionId]])

/** New recovery codes for one's own account; the older ones open nothing any more. Refused while there is no factor to stand in for. */
export const remakeCodes = async (actor: Present, now: Date): Promise<Result<string[]>> =>
  ((await bounded(actor)) && tooManyTries()) ||
  changeOwn(actor, 'factor', now, async (account, tx) => {
    if (!hasFactor(await factorCount(account.id, tx)))
      return refuse('none', 'Kode pemulihan menggantikan kunci sandi atau aplikasi kode. Pasang salah satunya dulu.')
    return ok(await issueCodes(tx, account, now))
  })

/** Spends a recovery code of an account; false when it is not one, or was used before. */
export async function spendRecoveryCode(userId: string, typed: string, now: Date): Promise<boolean> {
  const code = normaliseCode(typed)
  if (code.length !== LENGTH) return false
  const found = await store.unusedCode(userId, code.slice(0, SELECTOR))
  return found !== null && (await verify(found.hash, code)) && (await store.spendCode(found.id, now))
}
