import { endSeatSessions, loginWithCard } from '@/lib/access/inside'
import type { SessionClaim, Visit } from '@/lib/access/session-model'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { together } from '@/lib/platform/together'
import { seatsByIds, seatsByNumbers } from './store'

const seatByNumber = together(async (numbers: string[]) => {
  const found = new Map((await seatsByNumbers(numbers)).map((s) => [s.participantNumber, s]))
  return numbers.map((n) => found.get(n) ?? null)
})

/** The seat of a participant number, as the card login asks for it. */
async function seatForLogin(number: string) {
  const seat = await seatByNumber(number)
  return (
    seat && {
      id: seat.id,
      cardVersion: seat.cardVersion,
      name: `Peserta ${seat.participantNumber}`,
      teacherId: seat.teacherId,
      closesAt: seat.closesAt,
    }
  )
}

/**
 * Lets in whoever holds a participant's card: checks it, opens the session with `open`, and looks at the card once more, so that a
 * card that is voided in this very moment opens nothing, nor one whose seat has come to another record. Tells the seat and what `open` gave.
 */
export async function enterWithCard<T>(
  input: unknown,
  visit: Visit,
  open: (claim: SessionClaim) => Promise<T>,
  now = new Date(),
): Promise<Result<{ seatId: string; opened: T }>> {
  const result = await loginWithCard(input, visit, seatForLogin, now)
  if (!result.ok) return result
  const { id, version, teacherId } = result.value
  const opened = await open(result.value)
  const [seat] = await seatsByIds([id])
  if (seat?.cardVersion === version && seat.teacherId === teacherId) return ok({ seatId: id, opened })
  await endSeatSessions(id, 'card', { now })
  if (seat?.cardVersion === version)
    return refuse('moved', 'Data pemilik kartu ini baru saja digabungkan. Kartunya tetap berlaku: masuklah sekali lagi.')
  return refuse('wrong', 'Kartu ini baru saja dibatalkan. Mintalah kartu baru kepada pengawas ruang.')
}
