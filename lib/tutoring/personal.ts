/** What this room holds about a teacher, for the room of privacy, which asks who may. */
export { dataOf, forget, pairsHeld, type PairHeld } from './personal-store'
