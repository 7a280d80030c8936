/** Inside the house: what the worker, the demonstration and the proofs ask of this room. Nothing here asks who acts, so no screen can import it (decision 043). */
export { figuresOfSnapshot } from './making'
export { published as publishedComparison } from './comparison'
export { followUps } from './store'
