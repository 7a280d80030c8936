import { endSession, forgetCaches, phoneHolder, setHolder } from '@/lib/access/phone.client'
import { dropDrafts } from '@/lib/platform/draft.client'
import { dropPackets, forgetSeat, keptSeats, unsent } from './keep.client'
import { dropSealed, lockOthers, ownOwnerless } from './locked.client'

/** Nobody holds this phone any more: desks close, pages go, the session ends now or as soon as there is a network. */
export async function leavePhone(): Promise<void> {
  const holder = phoneHolder()
  if (holder) dropDrafts(holder)
  await ownOwnerless().catch(() => undefined)
  await setHolder(null)
  await lockOthers(Date.now()).catch(() => undefined)
  await endSession()
}

/**
 * Forgets everything that the server has: pages, tickets, sealed desks, packets, caches. Answers how many entries stay because the
 * server does not have them yet; they are locked to their owners.
 */
export async function forgetPhone(): Promise<number> {
  await leavePhone()
  let waiting = 0
  for (const { seat } of await keptSeats().catch(() => [])) {
    const own = await unsent(seat.seatId).catch(() => 1)
    waiting += own
    if (own === 0) await forgetSeat(seat.seatId).catch(() => undefined)
  }
  dropSealed()
  // A test that waits to be handed in needs no packet: the answers are in its journal.
  await dropPackets().catch(() => undefined)
  await forgetCaches()
  return waiting
}
