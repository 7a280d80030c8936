import { ok, refuse, type Result } from '@/lib/platform/result'
import { changeOwn, recordEvent, type Present } from './factor-event'
import { refusedTry, tooManyTries } from './factor-limit'
import { factorRequired } from './factor-policy'
import { hasFactor } from './factor-rule'
import { factorCount, setPassword, type Account } from './factor-store'
import type { Grant } from './model'
import { leastCharacters, passwordProblem } from './password'
import { hashPassword, passwordFits } from './password-hash'

/** The least number of characters of this account's password: fewer where a factor stands, or must stand, beside it. */
export async function leastFor(userId: string, grants: Grant[]): Promise<number> {
  return leastCharacters(hasFactor(await factorCount(userId)) || (await factorRequired(grants)))
}

/** The new password's hash, or the sentence that says why it cannot be taken. */
export async function acceptedPassword(account: Account, grants: Grant[], password: string): Promise<Result<string>> {
  const problem = passwordProblem(password, account, await leastFor(account.id, grants))
  return problem ? refuse('password', `${problem} Kata sandi Anda belum berubah.`, ['next']) : ok(await hashPassword(password))
}

/** Changes one's own password, for whoever knows the present one. Every other session of the account ends. */
export const changePassword = async (actor: Present, present: string, next: string, now: Date): Promise<Result<null>> =>
  // The present password is judged within the tries of a factor: an open session must not become a place to guess it.
  ((await refusedTry([['factorSession', actor.sessionId]])) && tooManyTries()) ||
  changeOwn(actor, 'password', now, async (account, tx) => {
    if (!(await passwordFits(account.passwordHash, present)))
      return refuse('wrong', 'Kata sandi yang sekarang tidak cocok. Kata sandi Anda belum berubah.', ['present'])
    if (present === next) return refuse('same', 'Kata sandi baru sama dengan yang sekarang. Kata sandi Anda belum berubah.', ['next'])
    const accepted = await acceptedPassword(account, actor.grants, next)
    if (!accepted.ok) return accepted
    await setPassword(tx, account.id, accepted.value)
    await recordEvent(actor, 'password:changed', account.id, null, now, tx)
    return ok(null)
  })
