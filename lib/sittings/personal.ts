/** What this room holds about a teacher, for the room of privacy, which asks who may. */
export { dataOf, forget, seatsHeld, type SeatHeld } from './personal-store'
export { seatsToSchool } from './record-store'
