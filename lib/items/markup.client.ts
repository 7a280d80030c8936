/** Item text read in the browser, where a writer sees how a formula will look before anything is sent. Heavy: fetched when it is needed. */
export { parseBlocks, parseInline } from './markup'
