import type { Transaction } from '@/lib/platform/db'
import type { Actor, Role } from './model'
import { roleFor, type Action } from './permissions'
import { nameInAudit } from './model'
import * as store from './store'

export { authOptions, isOpenDoor } from './next-auth'
export { belajarOffered, invitation, inviteIdentity } from './identity-service'
export { homeOf } from './home'
export { closeSession, currentActor, orForbidden, requestArrival, requireActor, requireLogin } from './session'
export type { OwnSession } from './session-service'
export { account, addUser, endAccountSession, giveRole, setActive, takeRole, users } from './account-service'
export { linkTeacher } from './account-teacher-service'
export { act } from './act'
export { draftHolder } from './draft-key'
export { onceFilled } from './filling'
export { noteRefusal } from './refusal-log'
export { endAllOwnSessions, endOwnSession, ownSessions } from './session-service'
export { permissionWords } from './audit-model'
export { allow, denied, may, scopeOf, permissions, type Action } from './permissions'
export { ownJob } from './job-service'
export { holderOf, keepUpload, takeUpload } from './upload-service'
export { factorStates, ownFactors } from './factor-service'
export { factorsWaitedFor } from './factor-waiting'
export { mailIsSet } from './reset-service'
export { changePolicy, policyInForce, policyView } from './policy-service'
export { auditExport, auditFilterNames, auditPage, ownOpeners, readersOf, type AuditLine, type Opener, type Reading } from './audit-service'
export { jobsInTrouble, jobsView, loadAgain, loadingTrouble, runJobAgain, runStandingAgain } from './jobs-service'
export { headWords } from './audit-chain'
export { openNamed } from './reading'
export { anywhere, isWhole, levelsOf, reaching, regionIdsOf, schoolIdsOf } from './reach'

/** `role` is that of the grant which allowed it for this very object, where several could have allowed the action. */
type Told = { count?: number; detail?: object; role?: Role | undefined }
const lineOf = (actor: Actor, action: Action | string, object: string, { role, ...extra }: Told) => ({
  actorId: actor.userId ?? actor.seatId,
  actorName: nameInAudit(actor),
  actorRole: role ?? roleFor(actor, action),
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
