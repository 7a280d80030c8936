/** What this room holds about a teacher, for the room of privacy, which asks who may. */
export { accountOf, dataOf, forget, sweepSessions } from './personal-store'
