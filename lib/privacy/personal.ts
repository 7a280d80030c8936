/** What this room itself holds about a teacher. */
export { dataOf, forget } from './personal-store'
/** What of it goes along when two records are one person's, for the room of records. */
export * as joining from './joining-store'
