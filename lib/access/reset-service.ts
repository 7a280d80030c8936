import { faultsOf } from '@/lib/platform/faults'
import { createHmac, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { config, passingKeys } from '@/lib/platform/config'
import { inTransaction, type Transaction } from '@/lib/platform/db'
import { log } from '@/lib/platform/log'
import { mailer } from '@/lib/platform/mail'
import { crockford } from '@/lib/platform/random'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { normaliseCode } from './card'
import { recordEvent, staleness, type Present, type Who } from './factor-event'
import { refusedTry } from './factor-limit'
import { dropFactors, lockAccount, setPassword } from './factor-store'
import { acceptedPassword } from './password-service'
import { allow } from './permissions'
import * as store from './reset-store'
import { forgetSessionsOf } from './session-cache'
import type { Visit } from './session-model'
import { endSessionsOf } from './session-service'
import { findUserByEmail, findUserById } from './store'

/** A code of 100 bits in five groups: short enough to be read aloud, and kept only as a hash whose key is not in the database. */
const LENGTH = 20
const OFFICE_HOURS = 24
const MAIL_MINUTES = 10

const hashWith = (key: Buffer, code: string) => createHmac('sha256', key).update(normaliseCode(code)).digest()
const hashesOf = (code: string): Buffer[] => passingKeys('reset').map((key) => hashWith(key, code))

/** Where a one-time code is used. The code stands behind the #, so that it reaches no server log. */
export const resetAddress = (code: string): string =>
  `${new URL(config().NEXTAUTH_URL ?? `http://localhost:${config().PORT}`).origin}/masuk/atur-ulang#k=${code}`

async function newLink(
  tx: Transaction,
  userId: string,
  link: { kind: store.LinkKind; byUserId: string | null; expiresAt: Date },
  now: Date,
): Promise<string> {
  const code = crockford(randomBytes(LENGTH), LENGTH).match(/.{4}/g)!.join('-')
  await store.endLinks(tx, userId, link.byUserId ? 'all' : 'mailed', now)
  await store.addLink(tx, { userId, ...link, hash: hashWith(passingKeys('reset')[0]!, code), createdAt: now })
  return code
}

export const LinkOrder = z.object({
  userId: z.uuid(),
  kind: z.enum(['password', 'factors']),
  /** How the administrator made sure who is asking. */
  checked: z
    .string()
    .trim()
    .min(5, 'Tulis bagaimana identitas pemilik akun diperiksa, misalnya bertemu langsung atau telepon balik.')
    .max(200),
})
export type MadeLink = { code: string; address: string; name: string; kind: store.LinkKind; expiresAt: Date }

/**
 * An administrator makes a one-time link for somebody else's account; older links of it end. Its code is told this once. Refused for
 * the own account, and until the administrator has just proven who it is: whoever makes links could become anybody.
 */
export async function makeResetLink(actor: Present, input: unknown, now: Date): Promise<Result<MadeLink>> {
  allow(actor, 'users:manage')
  const parsed = LinkOrder.safeParse(input)
  if (!parsed.success)
    return refuse(
      'input',
      `${parsed.error.issues[0]?.message ?? 'Isian belum lengkap.'} Belum ada tautan yang dibuat.`,
      faultsOf(parsed, { userId: 'id' }),
    )
  const { userId, kind, checked } = parsed.data
  if (userId === actor.userId) return refuse('self', 'Untuk akun sendiri, pakai halaman Keamanan akun atau minta administrator lain.')
  const stale = await staleness(actor, now)
  if (stale) return stale
  const expiresAt = new Date(now.getTime() + OFFICE_HOURS * 3_600_000)
  return inTransaction(async (tx) => {
    const account = await lockAccount(tx, userId)
    if (!account?.active) return refuse('inactive', 'Akun itu tidak ada atau nonaktif. Aktifkan dulu, lalu buat tautannya.')
    const code = await newLink(tx, userId, { kind, byUserId: actor.userId, expiresAt }, now)
    await recordEvent(actor, 'reset:made', userId, { kind, checked }, now, tx)
    return ok({ code, address: resetAddress(code), name: account.name, kind, expiresAt })
  })
}

/** The link with which the owner of an account that was just made sets its first password. */
export async function firstLink(tx: Transaction, account: { id: string; name: string }, by: Who, now: Date): Promise<MadeLink> {
  const expiresAt = new Date(now.getTime() + OFFICE_HOURS * 3_600_000)
  const code = await newLink(tx, account.id, { kind: 'password', byUserId: by.userId, expiresAt }, now)
  await recordEvent(by, 'reset:made', account.id, { kind: 'password', first: true }, now, tx)
  return { code, address: resetAddress(code), name: account.name, kind: 'password', expiresAt }
}

/** Whether forgotten passwords can be asked for by mail here. */
export const mailIsSet = (): boolean => mailer() !== null

/**
 * Sends a link to an account's own address. The answer is the same whether there is such an account or not, and does not wait for
 * the mail. A link by mail never takes a second factor away.
 */
export async function askResetByMail(email: string, visit: Visit, now: Date): Promise<Result<null>> {
  const send = mailer()
  if (!send) return refuse('mail', 'Surel belum diatur di instalasi ini. Mintalah tautan atur ulang kepada administrator.')
  const to = email.trim().toLowerCase()
  if (await refusedTry([['mailAddress', visit.address]]))
    return refuse('wait', 'Terlalu banyak permintaan dari jaringan ini. Tunggu satu jam, atau hubungi administrator.')
  const user = to.length <= 200 ? await findUserByEmail(to) : null
  if (user?.active && !(await refusedTry([['mailAccount', user.id]]))) {
    const expiresAt = new Date(now.getTime() + MAIL_MINUTES * 60_000)
    const code = await inTransaction(async (tx) => {
      await recordEvent({ userId: null, name: 'Tidak dikenal' }, 'reset:mailed', user.id, { address: visit.address }, now, tx)
      return newLink(tx, user.id, { kind: 'password', byUserId: null, expiresAt }, now)
    })
    const words = `Seseorang, mungkin Anda, meminta kata sandi baru untuk akun Petaguru ini.\n\nBuka tautan berikut dalam ${MAIL_MINUTES} menit; tautan hanya dapat dipakai sekali:\n${resetAddress(code)}\n\nBila bukan Anda, abaikan surel ini. Kata sandi Anda belum berubah.\n`
    send({ to: user.email, subject: 'Kata sandi baru Petaguru', text: words }).catch((err: unknown) =>
      log().error({ err }, 'a reset mail could not be sent'),
    )
  }
  return ok(null)
}

const over = () =>
  refuse(
    'over',
    'Tautan ini tidak dikenal, sudah dipakai, diganti yang baru, atau lewat waktunya. Kata sandi belum berubah; mintalah tautan baru.',
    ['code'],
  )

/**
 * Gives the account behind a one-time code a new password and ends all of its sessions; the person then logs in as always, with the
 * second factor where there is one. A password that cannot be taken leaves the code unused.
 */
export async function resetWithLink(code: string, password: string, visit: Visit, now: Date): Promise<Result<{ email: string }>> {
  if (await refusedTry([['resetAddress', visit.address]]))
    return refuse(
      'wait',
      'Terlalu banyak percobaan dari jaringan ini. Tunggu 15 menit; tautan Anda tetap berlaku selama belum lewat waktunya.',
    )
  const hashes = hashesOf(code.slice(0, 100))
  const userId = await store.accountOfLink(hashes)
  const user = userId ? await findUserById(userId) : null
  if (!user?.active) return over()
  const done = await inTransaction(async (tx): Promise<Result<{ email: string }>> => {
    const account = await lockAccount(tx, user.id)
    const link = await store.linkOf(tx, hashes)
    if (!account?.active || !link || link.endedAt || link.expiresAt <= now) {
      await recordEvent({ userId: null, name: 'Tidak dikenal' }, 'reset:refused', user.id, { address: visit.address }, now, tx)
      return over()
    }
    const accepted = await acceptedPassword(account, user.grants, password)
    if (!accepted.ok) return accepted
    await setPassword(tx, user.id, accepted.value)
    if (link.kind === 'factors') await dropFactors(tx, user.id)
    await store.endLinks(tx, user.id, 'all', now)
    await recordEvent(
      { userId: user.id, seatId: null, teacherId: user.teacherId, name: user.name, grants: user.grants },
      'password:reset',
      user.id,
      { kind: link.kind, madeBy: link.byUserId },
      now,
      tx,
    )
    await endSessionsOf(user.id, 'password', null, { now, tx })
    return ok({ email: user.email })
  })
  forgetSessionsOf(user.id)
  return done
}
