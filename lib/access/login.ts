import { derivedKey } from '@/lib/platform/config'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { cardCode, codeMatches } from './card'
import { knownDevice } from './device'
import { closedToPublic } from './demonstration'
import { isRetired } from './factor-login'
import { homeOf } from './home'
import { noteFailure } from './login-log'
import { cardNumber } from './card-number-model'
import { AccountLogin, CardLogin } from './model'
import { judging } from './judging'
import { countRight, waitOf } from './pace'
import { passwordFits } from './password-hash'
import { policyInForce } from './policy-service'
import { cardEnd } from './session-life'
import { nameInAudit } from './model'
import type { SessionClaim, Visit } from './session-model'
import * as store from './store'

export { hashPassword } from './password-hash'

const waitFor = (seconds: number) =>
  refuse(
    'wait',
    `Terlalu banyak percobaan yang keliru. Tunggu ${seconds} detik, lalu coba lagi; akun tidak dikunci dan jawaban yang sudah tersimpan tetap aman.`,
  )

const busy = refuse('wait', 'Terlalu banyak orang masuk pada saat yang sama. Tunggu beberapa detik, lalu coba lagi; tidak ada yang hilang.')

/** Judges an account's password. A right password is never kept waiting for longer than a minute by what others do. */
export async function checkPassword(input: unknown, visit: Visit): Promise<Result<SessionClaim>> {
  const parsed = AccountLogin.safeParse(input)
  const wrong = refuse('wrong', 'Surel atau kata sandi tidak cocok. Periksa huruf besar dan kecil, lalu coba lagi.', ['password'])
  if (!parsed.success) return wrong
  const { email, password } = parsed.data
  const user = await store.findUserByEmail(email)
  const attempt = { subject: `user|${email}`, address: visit.address, device: user && knownDevice(visit.device, user.id) }
  const object = user ? `user:${user.id}` : 'user'
  const wait = await waitOf(attempt)
  if (wait > 0) {
    await noteFailure({ object, reason: 'wait', visit })
    return waitFor(wait)
  }
  const matches = await judging(() => passwordFits(user?.passwordHash, password))
  if (matches === null) return busy
  if (!user?.active || !matches) {
    await noteFailure({ object, reason: 'wrong', visit })
    return wrong
  }
  await countRight(attempt)
  if (closedToPublic(user, password))
    return refuse(
      'demonstration',
      'Akun peragaan tidak dapat dipakai di alamat yang terbuka ke jaringan. Minta administrator membuatkan akun dengan kata sandi sendiri.',
    )
  return ok(claimOf(user))
}

/** Logs in with a password, where no passkey has taken its place. What else is missing then, `stageFor` tells. */
export async function loginWithAccount(input: unknown, visit: Visit): Promise<Result<SessionClaim>> {
  const right = await checkPassword(input, visit)
  if (!right.ok || !(await isRetired(right.value.id))) return right
  await noteFailure({ object: `user:${right.value.id}`, reason: 'retired', visit })
  return refuse(
    'passkey',
    'Akun ini memakai kunci sandi, jadi kata sandi saja tidak lagi membukanya. Pilih "Masuk dengan kunci sandi"; bila perangkatnya hilang, pakai kode pemulihan atau minta tautan dari administrator.',
  )
}

/** What a session of this account is opened with. The name is the one of the log. */
export const claimOf = (user: store.StoredUser): SessionClaim => ({
  kind: 'user',
  id: user.id,
  version: user.sessionVersion,
  name: nameInAudit({ userId: user.id, seatId: null, teacherId: user.teacherId, name: user.name, grants: user.grants }),
})

/** The page where an account that has just logged in belongs. */
export async function homeAfterLogin(userId: string): Promise<string> {
  const user = await store.findUserById(userId)
  return user ? homeOf(user) : '/masuk'
}

export type SeatForLogin = { id: string; cardVersion: number; name: string; teacherId: string; closesAt: Date }

/**
 * Logs in with a participant card. A right code is never refused, however often others guessed wrong: 60 bits need no lock, and
 * nobody can lock out a teacher by typing her number. Some days after its sitting a card opens nothing any more.
 */
export async function loginWithCard(
  input: unknown,
  visit: Visit,
  findSeat: (number: string) => Promise<SeatForLogin | null>,
  now = new Date(),
): Promise<Result<SessionClaim>> {
  const parsed = CardLogin.safeParse(input)
  const wrong = refuse(
    'wrong',
    'Nomor peserta atau kode kartu tidak cocok. Salin persis dari kartu, atau pindai QR pada kartu. Bila tetap gagal, mintalah kartu baru kepada pengawas.',
    ['code'],
  )
  if (!parsed.success) return wrong
  const number = cardNumber(parsed.data.number)
  const seat = await findSeat(number)
  const object = seat ? `seat:${seat.id}` : 'seat'
  if (seat && codeMatches(parsed.data.code, cardCode(derivedKey('card'), seat.id, seat.cardVersion))) {
    const until = cardEnd(seat.closesAt, await policyInForce())
    if (now < until) return ok({ kind: 'seat', id: seat.id, version: seat.cardVersion, name: seat.name, teacherId: seat.teacherId, until })
    await noteFailure({ object, reason: 'expired', visit }, now)
    return refuse(
      'expired',
      'Masa berlaku kartu ini sudah lewat karena sesinya telah selesai. Jawaban dan hasil Anda tetap aman; hubungi BGTK bila Anda masih memerlukannya.',
    )
  }
  const attempt = { subject: `seat|${number}`, address: visit.address, device: null }
  const wait = await waitOf(attempt)
  await noteFailure({ object, reason: wait > 0 ? 'wait' : 'wrong', visit }, now)
  if (wait > 0) return waitFor(wait)
  return wrong
}
