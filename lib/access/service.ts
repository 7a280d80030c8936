import { uuidv7 } from 'uuidv7'
import { inTransaction, type Transaction } from '@/lib/platform/db'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { z } from 'zod'
import { closedToPublic, KNOWN_PASSWORD } from './demonstration'
import { hashPassword } from './login'
import { Role, type Actor, type Grant } from './model'
import { allow, roleFor, type Action } from './permissions'
import { nameInAudit, openNamed } from './reading'
import { forgetSessionsOf } from './session-cache'
import { endSessionsOf } from './session-service'
import { leastCharacters, passwordProblem } from './password'
import * as store from './store'

export { loginWithAccount, loginWithCard } from './login'
export { authOptions, isOpenDoor } from './next-auth'
export { belajarOffered, invitation, inviteIdentity } from './identity-service'
export {
  actorOfCookies,
  closeSession,
  completePending,
  currentActor,
  keepInvitation,
  openSession,
  orForbidden,
  pendingSession,
  requestArrival,
  requestVisit,
  requireActor,
  requireLogin,
  sessionCookie,
} from './session'
export { endAllOwnSessions, endOwnSession, endSeatSessions, endSessionsOf, ownSessions } from './session-service'
export { forgetSessionsOf } from './session-cache'
export { holderOf, keepUpload, takeUpload } from './upload-service'
export { cookieName } from './session-cookie'
export { allow, may, scopeOf, permissions, type Action } from './permissions'
export { factorStates, ownFactors } from './factor-service'
export { factorsWaitedFor } from './factor-waiting'
export { mailIsSet } from './reset-service'
export { cardCode } from './card'
export { changePolicy, policyInForce, policyView } from './policy-service'
export { usersWithRole } from './store'
export { auditExport, auditFilterNames, auditPage, ownOpeners, type AuditLine, type Opener } from './audit-service'
export { anchorAudit, auditHead, verifyAudit, verifyInput } from './audit-verify'
export { headWords } from './audit-chain'
export { openNamed, writeLines } from './reading'
export { linesForLater, type KeptLine } from './audit-later'

/** Writes one line of the audit log for this actor. */
export async function audit(
  actor: Actor,
  action: Action | string,
  object: string,
  extra: { count?: number; detail?: unknown } = {},
  tx?: Transaction,
): Promise<void> {
  const role = roleFor(actor, action)
  await store.addAudit(
    { actorId: actor.userId ?? actor.seatId, actorName: nameInAudit(actor), actorRole: role, action, object, ...extra },
    new Date(),
    tx,
  )
}

export const NewUser = z.object({
  name: z.string().trim().min(3, 'Nama sedikitnya tiga huruf.').max(120),
  email: z.email('Surel belum benar.').trim().toLowerCase(),
  password: z
    .string()
    .max(200)
    .refine((p) => p !== KNOWN_PASSWORD, 'Kata sandi peragaan diketahui semua orang. Pilih yang lain.'),
  role: Role,
  regionId: z.uuid().nullable(),
  schoolId: z.uuid().nullable(),
})

const needsRegion = new Set(['dinas-kabupaten'])
const needsSchool = new Set(['kepala-sekolah'])

/** Creates an account with one role. */
export async function addUser(actor: Actor, input: unknown): Promise<Result<string>> {
  allow(actor, 'users:manage')
  const parsed = NewUser.safeParse(input)
  if (!parsed.success) return refuse('input', parsed.error.issues[0]?.message ?? 'Isian belum lengkap.')
  const u = parsed.data
  if (needsRegion.has(u.role) && !u.regionId) return refuse('scope', 'Pilih kabupaten/kota untuk peran ini.')
  if (needsSchool.has(u.role) && !u.schoolId) return refuse('scope', 'Isi NPSN sekolah untuk peran ini.')
  if (await store.findUserByEmail(u.email)) return refuse('taken', 'Surel itu sudah dipakai akun lain.')
  const problem = passwordProblem(u.password, u, leastCharacters(false))
  if (problem) return refuse('password', problem)
  const grants: Grant[] = [{ role: u.role, regionId: u.regionId, schoolId: u.schoolId, levelCodes: [] }]
  const id = await store.createUser(
    { id: uuidv7(), name: u.name, email: u.email, passwordHash: await hashPassword(u.password), grants },
    new Date(),
  )
  await audit(actor, 'users:manage', `user:${id}`, { detail: { created: true, role: u.role } })
  return ok(id)
}

export async function users(actor: Actor) {
  allow(actor, 'users:manage')
  return openNamed(actor, 'accounts', 'users:manage', 'accounts', await store.listUsers(), (u) => u.teacherId)
}

/** Switches an account on or off; its open sessions end at once. */
export async function setActive(actor: Actor, userId: string, active: boolean): Promise<Result<null>> {
  allow(actor, 'users:manage')
  if (userId === actor.userId) return refuse('self', 'Anda tidak dapat menonaktifkan akun sendiri.')
  const account = active ? await store.findUserById(userId) : null
  if (account && closedToPublic(account, ''))
    return refuse(
      'demonstration',
      'Akun peragaan tidak dapat diaktifkan di alamat yang terbuka ke jaringan. Buat akun baru untuk orang ini.',
    )
  await inTransaction(async (tx) => {
    await store.setUserActive(userId, active, tx)
    await endSessionsOf(userId, 'account', null, { by: actor, tx })
    await audit(actor, 'users:manage', `user:${userId}`, { detail: { active } }, tx)
  })
  forgetSessionsOf(userId)
  return ok(null)
}
/** For the ghosts of a rehearsal, who leave nothing behind. */
export { removeSeatSessions } from './session-store'
