/** What this room holds about a teacher, for the room of privacy, which asks who may. */
export { dataOf, forget, shownResults, type ShownResult } from './personal-store'
