/** What this room itself holds about a teacher. */
export { dataOf, forget } from './personal-store'
