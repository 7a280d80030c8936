import { allow, policyInForce } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { processing } from './register'

export { copyForRequest, copyIsAsked, ownCopy, type CopySection, type DataCopy } from './copy-service'
export { carryOutErasure, erasurePreview, type ErasurePreview } from './erasure-service'
export { closeIncident, incidents, noteTold, reportIncident, type IncidentRow } from './incident-service'
export { answer, ask, enterLetter, ownRequests, proposeErasure, requests, type RequestRow } from './request-service'
export type { ProcessingActivity } from './register'
export { retentionView } from './retention-service'

/** The register of processing as the law asks for it, with the limits in force. */
export async function register(actor: Actor) {
  allow(actor, 'privacy:manage')
  return processing(await policyInForce())
}

/** The same for everybody who reads /privasi: nothing in it is about anybody. */
export const publicRegister = async () => processing(await policyInForce())
