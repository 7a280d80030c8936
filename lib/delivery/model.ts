/** What pages and the player may know of delivery: the protocol's shapes and the order of items. */
export * from './protocol'
export { itemOrder, optionOrder } from './order'
