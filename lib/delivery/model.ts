/** What pages and the player may know of delivery: the protocol's shapes and the order of items. */
export * from './protocol'
export { claimProof, openWithCode, openWithKey, releaseKey } from './seal'
export { itemOrder, optionOrder, seedOf } from './order'
export { handoverFrames, type HandoverPayload } from './handover'
