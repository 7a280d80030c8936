/** What this room holds about a teacher, for the room of privacy, which asks who may. */
export { dataOf, forget, plansHeld, sweepObjections, type PlanHeld } from './personal-store'
