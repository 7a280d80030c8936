import { hash, verify } from '@node-rs/argon2'
import { RateLimiterMemory, RateLimiterPostgres } from 'rate-limiter-flexible'
import { pool } from '@/lib/platform/db'
import { derivedKey } from '@/lib/platform/config'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { cardCode, codeMatches } from './card'
import { closedToPublic } from './demonstration'
import { homeOf } from './home'
import { AccountLogin, CardLogin } from './model'
import * as store from './store'

/** What a login leaves in the session: who, and the version that a reset or a role change raises. */
export type SessionClaim = { kind: 'user' | 'seat'; id: string; version: number; name: string }

/** OWASP's argon2id setting: 19 MiB, two passes, one lane. */
const ARGON = { memoryCost: 19456, timeCost: 2, parallelism: 1 }

export const hashPassword = (password: string): Promise<string> => hash(password, ARGON)

/** A hash nobody has, verified when the account is unknown so that both answers take the same time. */
const decoy = hash('petaguru-decoy', ARGON)

const WINDOW = 15 * 60
/** Wrong tries allowed. The address alone is generous: 977 teachers share one school's uplink. */
const LIMITS = { account: 60, pair: 10, address: 1000 }

const limiters = new Map<string, RateLimiterPostgres>()

function limiter(name: keyof typeof LIMITS): RateLimiterPostgres {
  let found = limiters.get(name)
  if (!found) {
    const options = { keyPrefix: name, points: LIMITS[name], duration: name === 'address' ? 60 : WINDOW }
    found = new RateLimiterPostgres({
      ...options,
      storeClient: pool(),
      tableName: 'login_failure',
      tableCreated: true,
      insuranceLimiter: new RateLimiterMemory(options),
    })
    limiters.set(name, found)
  }
  return found
}

async function tooMany(keys: [keyof typeof LIMITS, string][]): Promise<boolean> {
  const states = await Promise.all(keys.map(([name, key]) => limiter(name).get(key)))
  return states.some((s, i) => s !== null && s.consumedPoints >= LIMITS[keys[i]![0]])
}

async function countFailure(keys: [keyof typeof LIMITS, string][]): Promise<void> {
  await Promise.all(
    keys.map(([name, key]) =>
      limiter(name)
        .consume(key)
        .catch(() => undefined),
    ),
  )
}

const waitMessage =
  'Terlalu banyak percobaan yang keliru. Tunggu 15 menit lalu coba lagi, atau minta bantuan pengawas ruang. Jawaban Anda yang sudah tersimpan tetap aman.'

/** Logs in with an account. */
export async function loginWithAccount(input: unknown, address: string): Promise<Result<SessionClaim>> {
  const parsed = AccountLogin.safeParse(input)
  const wrong = refuse('wrong', 'Surel atau kata sandi tidak cocok. Periksa huruf besar dan kecil, lalu coba lagi.')
  if (!parsed.success) return wrong
  const { email, password } = parsed.data
  const keys: [keyof typeof LIMITS, string][] = [
    ['account', email],
    ['pair', `${address}|${email}`],
    ['address', address],
  ]
  if (await tooMany(keys)) return refuse('wait', waitMessage)
  const user = await store.findUserByEmail(email)
  const matches = await verify(user?.passwordHash ?? (await decoy), password)
  if (!user || !user.passwordHash || !user.active || !matches) {
    await countFailure(keys)
    return wrong
  }
  if (closedToPublic(user, password))
    return refuse(
      'demonstration',
      'Akun peragaan tidak dapat dipakai di alamat yang terbuka ke jaringan. Minta administrator membuatkan akun dengan kata sandi sendiri.',
    )
  return ok({ kind: 'user', id: user.id, version: user.sessionVersion, name: user.name })
}

/** The page where an account that has just logged in belongs. */
export async function homeAfterLogin(userId: string): Promise<string> {
  const user = await store.findUserById(userId)
  return user ? homeOf(user) : '/masuk'
}

export type SeatForLogin = { id: string; cardVersion: number; name: string }

/**
 * Logs in with a participant card. A right code is never refused, however often others guessed wrong:
 * 60 bits need no lock, and nobody can lock out a teacher by typing her number.
 */
export async function loginWithCard(
  input: unknown,
  address: string,
  findSeat: (number: string) => Promise<SeatForLogin | null>,
): Promise<Result<SessionClaim>> {
  const parsed = CardLogin.safeParse(input)
  const wrong = refuse(
    'wrong',
    'Nomor peserta atau kode kartu tidak cocok. Salin persis dari kartu, atau pindai QR pada kartu. Bila tetap gagal, mintalah kartu baru kepada pengawas.',
  )
  if (!parsed.success) return wrong
  const seat = await findSeat(parsed.data.number.toUpperCase())
  if (seat && codeMatches(parsed.data.code, cardCode(derivedKey('card'), seat.id, seat.cardVersion))) {
    return ok({ kind: 'seat', id: seat.id, version: seat.cardVersion, name: seat.name })
  }
  const keys: [keyof typeof LIMITS, string][] = [
    ['pair', `${address}|${parsed.data.number}`],
    ['address', address],
  ]
  if (await tooMany(keys)) return refuse('wait', waitMessage)
  await countFailure(keys)
  return wrong
}
