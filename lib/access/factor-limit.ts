import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import { neighbourhood } from '@/lib/platform/client-address'
import { pool } from '@/lib/platform/db'
import { refuse, type Result } from '@/lib/platform/result'

/**
 * Tries allowed, and the seconds in which. Nobody gets to guess a factor without the password, so that a stranger cannot use
 * these up; the day's bound holds somebody who has the password to a chance of 1 in 11,000 a day.
 */
const LIMITS = {
  factorSession: { points: 5, duration: 15 * 60 },
  factorAccount: { points: 30, duration: 24 * 3600 },
  resetAddress: { points: 60, duration: 15 * 60 },
  mailAccount: { points: 3, duration: 3600 },
  mailAddress: { points: 60, duration: 3600 },
  certificateAddress: { points: 60, duration: 10 * 60 },
  challengeAddress: { points: 1500, duration: 60 },
}
export type Limit = keyof typeof LIMITS

const limiters = new Map<Limit, RateLimiterPostgres>()
function limiter(name: Limit): RateLimiterPostgres {
  let found = limiters.get(name)
  if (!found) {
    const options = { keyPrefix: name, ...LIMITS[name] }
    const insuranceLimiter = new RateLimiterMemory(options)
    found = new RateLimiterPostgres({ ...options, storeClient: pool(), tableName: 'login_failure', tableCreated: true, insuranceLimiter })
    limiters.set(name, found)
  }
  return found
}

/**
 * Takes a try before it is judged, so that many at once count as many. Null when there was one left; otherwise whether this is the
 * first that was refused, so that the log tells of it once.
 */
export async function refusedTry(keys: [Limit, string][]): Promise<{ first: boolean } | null> {
  const states = await Promise.all(
    keys.map(([name, key]) =>
      limiter(name)
        .consume(key)
        .then(
          () => null,
          (state: unknown) => {
            if (state instanceof RateLimiterRes) return { first: state.consumedPoints === LIMITS[name].points + 1 }
            throw state
          },
        ),
    ),
  )
  const refused = states.filter((state) => state !== null)
  return refused.length ? { first: refused.some((r) => r.first) } : null
}

/** Gives a try back that was right. */
export async function giveTryBack(keys: [Limit, string][]): Promise<void> {
  await Promise.all(
    keys.map(([name, key]) =>
      limiter(name)
        .reward(key)
        .catch(() => undefined),
    ),
  )
}

/** Codes of certificates that are tried from one neighbourhood: counted before they are looked up. */
export const tooManyGuesses = async (address: string): Promise<boolean> =>
  (await refusedTry([['certificateAddress', neighbourhood(address)]])) !== null
export const guessWasRight = (address: string): Promise<void> => giveTryBack([['certificateAddress', neighbourhood(address)]])

export const tooManyTries = (): Result<never> =>
  refuse('wait', 'Terlalu banyak kode yang keliru. Akun Anda aman; tunggu 15 menit, pakai kunci sandi, atau hubungi administrator.')
