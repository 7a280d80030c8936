import { endSeatSessions, seatSeenWith } from '@/lib/access/inside'
import type { Transaction } from '@/lib/platform/db'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { together } from '@/lib/platform/together'
import * as store from './store'

/** Inside the house: what other rooms, the worker and the command line ask of this one. Nothing here asks who acts, so no screen can import it (decision 043). */

export { enterWithCard } from './card-entry'
export { buildFollowUp } from './followup-service'
export { assignForms } from './form-service'
export { formUse, keepOpenedForm, markFrozen, seatForms, setCycleForms, sittingToFreeze, sittingsToFreeze } from './form-store'
export { putElsewhere, takeAway } from './reseating'
export { holdCycleOf, lastAdding, lockSeats, type SittingTimes } from './seat-store'
export { holdVenue, markMoved, planSitting, seatedBeside, sittingRow } from './setup-store'
export { realSittings, rehearsalSittings, removeRehearsal, seatGhosts, type RealSitting } from './rehearsal-store'

export const partsOfCycle = store.parts
/** Notes that a participant is there; many who start in the same moment are noted together. */
export const markPresent = together(async (seatIds: string[]) => {
  await store.markPresent(seatIds)
  return seatIds.map(() => undefined)
})

/** The seats that tickets speak for; whoever calls has read the tickets. */
export const seatsByIds = store.seatsByIds
/** One of them, or null; many who ask in the same moment are read together. */
export const seatOfTicket = together(async (ids: string[]) => {
  const found = new Map((await store.seatsByIds(ids)).map((s) => [s.id, s]))
  return ids.map((id) => found.get(id) ?? null)
})

export const outageLimit = store.outageLimit
export const openAtVenue = store.openAtVenue
export const allowancesOfSitting = store.allowancesOfSitting
export const incidentsOfSitting = store.incidentsOfSitting
export const seatsOfSitting = store.seatsOfSitting
export const seatsOfRoom = store.seatsOfRoom
export const roomAllowances = store.roomAllowances
export const endPauses = store.endPauses
export const addAllowance = store.addAllowance
export const addIncidentRow = store.addIncident
export const setAttendance = store.setAttendance
/** Voids the card of a seat at `now`; whoever is logged in with it is logged out at once. */
export async function renewCard(seatId: string, now: Date): Promise<void> {
  await store.renewCard(seatId, now)
  await endSeatSessions(seatId, 'card')
}
/** Takes the voiding of a card back, and tells when it was voided. Refused when nothing was voided, or when somebody has come in with the new card already. */
export async function restoreCard(seatId: string, tx: Transaction): Promise<Result<Date>> {
  const voided = await store.lockVoidedCard(seatId, tx)
  if (!voided) return refuse('state', 'Kartu peserta ini tidak sedang dibatalkan. Tidak ada yang berubah.')
  if (await seatSeenWith(seatId, voided.version, tx))
    return refuse('used', 'Kartu baru sudah dipakai masuk, jadi kartu lama tetap batal. Peserta melanjutkan dengan kartu baru.')
  await store.restoreCard(seatId, tx)
  return ok(voided.at)
}
