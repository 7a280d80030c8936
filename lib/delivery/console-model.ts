/** What screens may know of the proctor's console. */
export * from './console-protocol'
export * from './console-state'
export * from './handover'
export { Refusal } from './protocol'
