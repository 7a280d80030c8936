import type { Transaction } from '@/lib/platform/db'
import type { Actor } from './model'
import { roleFor, type Action } from './permissions'
import { nameInAudit } from './model'
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
export type { OwnSession } from './session-service'
export { account, addUser, endAccountSession, giveRole, setActive, takeRole, users } from './account-service'
export { act } from './act'
export { arriving } from './origin'
export { guessWasRight, tooManyGuesses } from './factor-limit'
export { noteRefusal } from './refusal-log'
export { endAllOwnSessions, endOwnSession, endSeatSessions, endSessionsOf, ownSessions, seatSeenWith } from './session-service'
export { forgetSessionsOf } from './session-cache'
export { permissionWords } from './audit-model'
export { allow, denied, may, scopeOf, permissions, type Action } from './permissions'
export { holderOf, keepUpload, takeUpload } from './upload-service'
export { cookieName } from './session-cookie'
export { factorStates, ownFactors } from './factor-service'
export { factorsWaitedFor } from './factor-waiting'
export { mailIsSet } from './reset-service'
export { cardCode } from './card'
export { changePolicy, policyInForce, policyView } from './policy-service'
export { usersWithRole } from './store'
export { auditExport, auditFilterNames, auditPage, ownOpeners, type AuditLine, type Opener } from './audit-service'
export { cutAudit } from './audit-cut'
export { anchorAudit, auditHead, verifyAudit, verifyInput } from './audit-verify'
export { headWords } from './audit-chain'
export { openNamed, writeLines } from './reading'
export { linesForLater, type KeptLine } from './audit-later'

type Told = { count?: number; detail?: object }
const lineOf = (actor: Actor, action: Action | string, object: string, extra: Told) => ({
  actorId: actor.userId ?? actor.seatId,
  actorName: nameInAudit(actor),
  actorRole: roleFor(actor, action),
  action,
  object,
  ...extra,
})

/** Writes one line of the audit log for this actor, in the transaction of what it did: see `act`. */
export const audit = (actor: Actor, action: Action | string, object: string, extra: Told, tx: Transaction): Promise<void> =>
  store.addAudit(lineOf(actor, action, object, extra), new Date(), tx)

/** Writes the line of something that changes nothing: a copy that leaves the house, a code that is shown. It stands before it returns. */
export const auditCopy = (actor: Actor, action: Action | string, object: string, extra: Told = {}): Promise<void> =>
  store.addLine(lineOf(actor, action, object, extra), new Date())

/** For the ghosts of a rehearsal, who leave nothing behind. */
export { removeSeatSessions } from './session-store'
