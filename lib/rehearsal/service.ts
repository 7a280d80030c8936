/** Rehearsals of a test day for screens: each use case takes the actor and asks what he may. */
export { rehearsal, rehearsalOutlook, rehearsals } from './run-service'
export { rehearsalWords } from './words'
