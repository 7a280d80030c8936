import { faultsOf } from '@/lib/platform/faults'
import { uuidv7 } from 'uuidv7'
import { z } from 'zod'
import type { Transaction } from '@/lib/platform/db'
import { ok, refuse, type Result } from '@/lib/platform/result'
import * as accounts from './account-store'
import { act } from './act'
import { closedToPublic } from './demonstration'
import { recordEvent, staleness, type Present } from './factor-event'
import { lockAccount, type Account } from './factor-store'
import { Role, type Actor } from './model'
import { allow } from './permissions'
import { openNamed } from './reading'
import { firstLink, type MadeLink } from './reset-service'
import { forgetSessionsOf } from './session-cache'
import { endSessionOfAnother, endSessionsOf, sessionsOf } from './session-service'
import * as store from './store'

/** Accounts and their roles as an administrator makes, changes and ends them. */

const scope = { role: Role, regionId: z.uuid().nullable(), schoolId: z.uuid().nullable() }
export const NewUser = z.object({
  name: z.string().trim().min(3, 'Nama sedikitnya tiga huruf.').max(120),
  email: z.string().trim().toLowerCase().max(200).pipe(z.email('Surel belum benar.')),
  ...scope,
})
const reason = z.string().trim().min(5, 'Tulis dasar perubahannya, misalnya nomor surat tugas.').max(200)
const RoleOrder = z.object({ userId: z.uuid(), ...scope, reason })
const Withdrawal = z.object({ userId: z.uuid(), grantId: z.uuid(), reason })

const inputRefusal = (parsed: { success: boolean; error?: z.ZodError }) =>
  refuse(
    'input',
    `${parsed.error?.issues[0]?.message ?? 'Isian belum lengkap.'} Belum ada yang berubah.`,
    faultsOf(parsed, { schoolId: 'npsn' }),
  )

/** Where a role reaches must be said where it does not reach everywhere. */
function scopeProblem(g: { role: Role; regionId: string | null; schoolId: string | null }): Result<never> | null {
  if (g.role === 'dinas-kabupaten' && !g.regionId)
    return refuse('scope', 'Pilih kabupaten/kota untuk peran ini. Belum ada yang berubah.', ['regionId'])
  if (g.role === 'kepala-sekolah' && !g.schoolId)
    return refuse('scope', 'Isi NPSN sekolah untuk peran ini. Belum ada yang berubah.', ['npsn'])
  return null
}

const missing = () => refuse('missing', 'Akun itu tidak ada. Muat ulang halaman; tidak ada yang berubah.')

/** What a role does not need does not stay with it: a region left in the form would narrow nothing and mislead. */
const narrowed = (g: { role: Role; regionId: string | null; schoolId: string | null }) => ({
  role: g.role,
  regionId: g.role === 'dinas-kabupaten' ? g.regionId : null,
  schoolId: g.role === 'kepala-sekolah' ? g.schoolId : null,
})

/** Creates an account with one role. It has no password: its owner sets one with the one-time link that is told here, this once. */
export async function addUser(actor: Present, input: unknown, now: Date): Promise<Result<MadeLink & { id: string }>> {
  allow(actor, 'users:manage')
  const parsed = NewUser.safeParse(input)
  if (!parsed.success) return inputRefusal(parsed)
  const { name, email, ...given } = parsed.data
  const grant = narrowed(given)
  const problem = scopeProblem(grant) ?? (await staleness(actor, now))
  if (problem) return problem
  return act(async (tx) => {
    await accounts.lockAddress(tx, email)
    if (await store.findUserByEmail(email))
      return refuse('taken', 'Surel itu sudah dipakai akun lain. Belum ada akun yang dibuat.', ['email'])
    const id = await store.createUser({ id: uuidv7(), name, email, passwordHash: null, grants: [{ ...grant, levelCodes: [] }] }, now)
    await recordEvent(actor, 'users:created', id, grant, now, tx)
    return ok({ id, ...(await firstLink(tx, { id, name }, actor, now)) })
  })
}

export async function users(actor: Actor) {
  allow(actor, 'users:manage')
  return openNamed(actor, 'accounts', 'users:manage', 'accounts', await store.listUsers(), (u) => u.teacherId)
}

/** One account with its roles and the sessions that hold now; null when there is none. */
export async function account(actor: Actor, userId: string, now = new Date()) {
  allow(actor, 'users:manage')
  const found = z.uuid().safeParse(userId).success ? await store.userWithGrants(userId) : null
  if (!found) return null
  await openNamed(actor, 'accounts', 'users:manage', `user:${userId}`, [found], (u) => u.teacherId)
  return { ...found, own: userId === actor.userId, sessions: await sessionsOf('user', userId, null, now) }
}

/**
 * Changes roles of somebody else's account: held while it is looked at, every session of it ended at once with the old rights, and never
 * without an administrator. Nobody changes their own roles, so that every right was given by somebody else.
 */
async function changeRoles(
  actor: Present,
  userId: string,
  now: Date,
  change: (account: Account, held: accounts.HeldGrant[], tx: Transaction) => Promise<Result<null>>,
): Promise<Result<null>> {
  if (userId === actor.userId)
    return refuse('self', 'Peran akun sendiri diubah oleh administrator lain, supaya dua orang mengetahuinya. Tidak ada yang berubah.')
  const stale = await staleness(actor, now)
  if (stale) return stale
  const done = await act(async (tx) => {
    await accounts.lockAdministrators(tx)
    const account = await lockAccount(tx, userId)
    if (!account) return missing()
    const changed = await change(account, await accounts.grantsOf(tx, userId), tx)
    if (!changed.ok) return changed
    if ((await accounts.lockAdministrators(tx)).length === 0)
      return refuse('last', 'Ini administrator aktif terakhir. Angkat administrator lain lebih dahulu; tidak ada yang berubah.')
    await accounts.raiseVersion(tx, userId)
    await endSessionsOf(userId, 'rights', null, { by: actor, now, tx })
    return ok(null)
  })
  forgetSessionsOf(userId)
  return done
}

/** Gives an account one role more. Giving what it has changes nothing. */
export async function giveRole(actor: Present, input: unknown, now: Date): Promise<Result<null>> {
  allow(actor, 'users:manage')
  const parsed = RoleOrder.safeParse(input)
  if (!parsed.success) return inputRefusal(parsed)
  const { userId, reason: why, ...given } = parsed.data
  const grant = narrowed(given)
  const problem = scopeProblem(grant)
  if (problem) return problem
  return changeRoles(actor, userId, now, async (account, held, tx) => {
    if (held.some((g) => g.role === grant.role && g.regionId === grant.regionId && g.schoolId === grant.schoolId))
      return refuse('held', 'Akun ini sudah mempunyai peran itu. Tidak ada yang berubah.', ['role'])
    await accounts.addGrant(tx, account.id, grant)
    await recordEvent(actor, 'users:role-given', account.id, { ...grant, reason: why }, now, tx)
    return ok(null)
  })
}

/** Takes one role of an account away; not its last one, because an account without a role is one that should be switched off. */
export async function takeRole(actor: Present, input: unknown, now: Date): Promise<Result<null>> {
  allow(actor, 'users:manage')
  const parsed = Withdrawal.safeParse(input)
  if (!parsed.success) return inputRefusal(parsed)
  const { userId, grantId, reason: why } = parsed.data
  return changeRoles(actor, userId, now, async (account, held, tx) => {
    const grant = held.find((g) => g.id === grantId)
    if (!grant) return refuse('gone', 'Peran itu sudah dicabut. Muat ulang halaman; tidak ada yang berubah.')
    if (held.length === 1)
      return refuse(
        'only',
        'Ini satu-satunya peran akun ini. Beri peran lain lebih dahulu, atau nonaktifkan akunnya. Tidak ada yang berubah.',
      )
    await accounts.removeGrant(tx, grantId)
    const { role, regionId, schoolId, levelCodes } = grant
    await recordEvent(actor, 'users:role-taken', account.id, { role, regionId, schoolId, levelCodes, reason: why }, now, tx)
    return ok(null)
  })
}

/** Switches an account on or off; its open sessions end at once. The last active administrator stays. */
export async function setActive(actor: Actor, userId: string, active: boolean, now = new Date()): Promise<Result<null>> {
  allow(actor, 'users:manage')
  if (!z.uuid().safeParse(userId).success) return missing()
  if (userId === actor.userId) return refuse('self', 'Anda tidak dapat menonaktifkan akun sendiri.')
  const account = active ? await store.findUserById(userId) : null
  if (account && closedToPublic(account, ''))
    return refuse(
      'demonstration',
      'Akun peragaan tidak dapat diaktifkan di alamat yang terbuka ke jaringan. Buat akun baru untuk orang ini.',
    )
  const done = await act(async (tx) => {
    await accounts.lockAdministrators(tx)
    if (!(await store.setUserActive(userId, active, tx))) return missing()
    if (!active && (await accounts.lockAdministrators(tx)).length === 0)
      return refuse('last', 'Ini administrator aktif terakhir. Angkat administrator lain lebih dahulu; akun tetap aktif.')
    await endSessionsOf(userId, 'account', null, { by: actor, now, tx })
    await recordEvent(actor, active ? 'users:switched-on' : 'users:switched-off', userId, null, now, tx)
    return ok(null)
  })
  forgetSessionsOf(userId)
  return done
}

/** Ends one session of another account, or all of them; repeated, it finds none and says so. */
export async function endAccountSession(actor: Actor, userId: string, sessionId: string | null, now = new Date()): Promise<Result<number>> {
  allow(actor, 'users:manage')
  if (!z.uuid().safeParse(userId).success) return missing()
  if (userId === actor.userId) return refuse('self', 'Sesi sendiri diakhiri di halaman Akun saya. Tidak ada yang berubah.')
  const ended = sessionId
    ? await endSessionOfAnother(userId, sessionId, actor, now)
    : await endSessionsOf(userId, 'office', null, { by: actor, now })
  return ended > 0 ? ok(ended) : refuse('gone', 'Sesi itu sudah berakhir. Muat ulang halaman untuk melihat daftar yang terbaru.')
}
