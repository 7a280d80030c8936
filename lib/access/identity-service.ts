import { config } from '@/lib/platform/config'
import { inTransaction } from '@/lib/platform/db'
import { ok, refuse, type Result } from '@/lib/platform/result'
import type { Identity } from './belajar'
import { stageFor } from './factor-login'
import * as links from './identity-store'
import { claimOf } from './login'
import { noteFailure } from './login-log'
import type { Actor } from './model'
import { allow } from './permissions'
import { nameInAudit } from './model'
import { idOf, newSecret } from './session-cookie'
import type { Pending, SessionClaim, Visit } from './session-model'
import { addAudit, findUserById } from './store'

const INVITATION_MS = 7 * 86_400_000

/** Whether accounts of belajar.id can log in here. */
export const belajarOffered = (): boolean => Boolean(config().GOOGLE_CLIENT_ID && config().GOOGLE_CLIENT_SECRET)

/** Invites the holder of an account to link it with her belajar.id account; the secret of the link, which can be used once within a week. */
export async function inviteIdentity(actor: Actor, userId: string, now = new Date()): Promise<Result<string>> {
  allow(actor, 'users:manage')
  if (!belajarOffered()) return refuse('off', 'Masuk dengan belajar.id belum diaktifkan pada instalasi ini. Tidak ada yang berubah.')
  const user = await findUserById(userId)
  if (!user?.active) return refuse('missing', 'Akun itu tidak ada atau tidak aktif. Aktifkan dahulu, lalu undang kembali.')
  const secret = newSecret()
  await inTransaction(async (tx) => {
    const expiresAt = new Date(now.getTime() + INVITATION_MS)
    await links.addInvitation({ id: idOf(secret), userId, byUserId: actor.userId, expiresAt }, now, tx)
    const who = { actorId: actor.userId, actorName: nameInAudit(actor) }
    await addAudit({ ...who, action: 'users:manage', object: `user:${userId}`, detail: { invited: 'belajar.id' } }, now, tx)
  })
  return ok(secret)
}

/** The account that an invitation is for, while it can be used. */
export const invitation = (secret: string, now = new Date()) => links.invitedUser(idOf(secret), now)

/**
 * Lets in whoever an issuer vouches for: the account linked with the identity or, with an invitation, the account that was invited,
 * which is linked by it. An address of mail links nothing. What the issuer says is one factor: whoever needs a second is asked for it here.
 */
export async function enterByIdentity(
  identity: Identity,
  invited: string | null,
  visit: Visit,
  now = new Date(),
): Promise<Result<{ claim: SessionClaim; pending: Pending | null }>> {
  const linked = (await links.linkedUser(identity)) ?? (invited ? await linkByInvitation(identity, invited, now) : null)
  const user = linked && (await findUserById(linked))
  if (user && user.active) return ok({ claim: claimOf(user), pending: await stageFor(user.id) })
  await noteFailure({ object: user ? `user:${user.id}` : 'user', reason: 'wrong', visit }, now)
  return refuse('unlinked', 'Akun belajar.id ini belum terhubung dengan akun Petaguru. Mintalah undangan kepada administrator.')
}

async function linkByInvitation(identity: Identity, invited: string, now: Date): Promise<string | null> {
  return inTransaction(async (tx) => {
    const userId = await links.useInvitation(idOf(invited), now, tx)
    if (!userId || !(await links.linkIdentity(userId, identity, now, tx))) return null
    const detail = { linked: 'belajar.id' }
    await addAudit({ actorId: userId, actorName: 'Petaguru', action: 'login:link', object: `user:${userId}`, detail }, now, tx)
    return userId
  })
}
