/** What screens may know of the proctor's console. */
export * from './protocol'
export * from './state'
export * from '@/lib/delivery/handover'
export { Refusal } from '@/lib/delivery/protocol'
