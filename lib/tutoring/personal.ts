/** What this room holds about a teacher, for the room of privacy, which asks who may. */
export { dataOf, forget, pairsHeld, type PairHeld } from './personal-store'
export { sweepPhotos } from './photo-store'
/** What of it goes along when two records are one person's, for the room of records. */
export * as joining from './joining-store'
