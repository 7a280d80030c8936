import { endSeatSessions } from '@/lib/access/inside'
import type { Transaction } from '@/lib/platform/db'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { clearSeatForms } from './form-store'
import { crowdedWords, firstFree, venueRoom } from './seating-store'
import * as store from './seat-store'

/** A seat that is taken away or put elsewhere, by whoever has looked whether its test has begun. */

/** Takes seats away; whoever is logged in with a card of theirs is logged out at once. */
export async function takeAway(tx: Transaction, seatIds: string[]): Promise<void> {
  await store.deleteSeats(tx, seatIds)
  for (const id of seatIds) await endSeatSessions(id, 'card')
}

/**
 * Puts a seat into another room of the same cycle, on its first free place; whose packet nobody fetched gets forms anew for the new
 * neighbours. Answers whether the seat changed its sitting. The cycle is held by the caller.
 */
export async function putElsewhere(
  tx: Transaction,
  from: store.SittingTimes,
  seat: { id: string; roomId: string | null },
  roomId: string,
  now: Date,
): Promise<Result<{ room: string; sitting: boolean }>> {
  const room = await store.lockRoom(tx, roomId)
  if (!room || room.cycleId !== from.cycleId)
    return refuse('room', 'Pilih ruang dari siklus yang sama. Tidak ada yang berubah.', ['roomId'])
  if (room.id === seat.roomId) return ok({ room: room.name, sitting: false })
  if (room.opensAt <= now)
    return refuse('begun', 'Sesi ruang itu sudah dibuka, jadi peserta tidak dapat dipindahkan ke sana. Tidak ada yang berubah.', ['roomId'])
  if (room.places.length >= room.capacity)
    return refuse('full', `${room.name} sudah penuh: ${room.capacity} kursi, semuanya terisi. Tidak ada yang berubah; pilih ruang lain.`, [
      'roomId',
    ])
  const changes = room.sittingId !== from.id
  if (changes) {
    const crowded = crowdedWords(await venueRoom(room.sittingId), 1)
    if (crowded) return refuse('full', crowded, ['roomId'])
  }
  await store.placeSeat(tx, seat.id, room, firstFree(new Set(room.places)))
  await clearSeatForms(tx, seat.id)
  return ok({ room: room.name, sitting: changes })
}
