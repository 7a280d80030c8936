import { z } from 'zod'
import { act, allow, audit } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { formatCount, formatMoment } from '@/lib/platform/format'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { holdCycleOf, lastAdding, lockSeats, putElsewhere, takeAway, type SittingTimes } from '@/lib/sittings/inside'
import { forgetPhones, forgetReadiness, phonesAt } from './seat-store'

/**
 * A participant is taken out of a sitting or moved, or the last adding is taken back, while no phone can have begun: until the sitting
 * opens. From then on an absent participant is recorded as absent, and no answer can lose its seat.
 */

const isId = (id: string) => z.uuid().safeParse(id).success
const noSitting = refuse('sitting', 'Sesi tidak ditemukan. Tidak ada yang berubah.')

/** Why the people of a sitting stay where they are; null while they may be changed. */
function opened(sitting: SittingTimes, now: Date): Result<never> | null {
  if (sitting.closesAt <= now)
    return refuse('over', 'Sesi ini sudah berakhir; pesertanya tetap seperti yang tercatat. Tidak ada yang berubah.')
  if (sitting.opensAt <= now)
    return refuse(
      'begun',
      `Sesi ini sudah dibuka ${formatMoment(sitting.opensAt)}, jadi pesertanya tetap: yang tidak datang dicatat tidak hadir di ruangnya. Tidak ada yang berubah.`,
    )
  return null
}

const begunWords = 'Peserta ini sudah memulai tesnya, jadi kursinya tetap dan jawabannya aman. Tidak ada yang berubah.'

/** Takes one participant out of a sitting that has not opened. Asked again, nobody is there any more and nothing changes. */
export async function removeParticipant(actor: Actor, sittingId: string, seatId: string, now: Date): Promise<Result<null>> {
  allow(actor, 'cycle:manage')
  if (!isId(sittingId) || !isId(seatId)) return noSitting
  return act(async (tx) => {
    const sitting = await holdCycleOf(tx, sittingId)
    if (!sitting) return noSitting
    const [seat] = await lockSeats(tx, sittingId, { seatId })
    if (!seat) return ok(null)
    const late = opened(sitting, now)
    if (late) return late
    if ((await phonesAt([seatId])).begun) return refuse('begun', begunWords)
    await forgetPhones(tx, [seatId])
    await takeAway(tx, [seatId])
    await audit(actor, 'cycle:manage', `sitting:${sittingId}`, { count: 1, detail: { participant: 'removed', number: seat.number } }, tx)
    return ok(null)
  })
}

/**
 * Moves a participant into another room of the cycle. Asked again, he is there already. Answers the room's name, and whether his phone
 * must fetch its packet once more, because it holds that of another sitting.
 */
export async function moveParticipant(
  actor: Actor,
  sittingId: string,
  input: { seatId: string; roomId: string },
  now: Date,
): Promise<Result<{ room: string; fetchAgain: boolean }>> {
  allow(actor, 'cycle:manage')
  const { seatId, roomId } = input
  if (!isId(sittingId) || !isId(seatId)) return noSitting
  if (!isId(roomId)) return refuse('room', 'Pilih ruang tujuannya. Tidak ada yang berubah.', ['roomId'])
  return act(async (tx) => {
    const sitting = await holdCycleOf(tx, sittingId)
    if (!sitting) return noSitting
    const [seat] = await lockSeats(tx, sittingId, { seatId })
    if (!seat) return refuse('seat', 'Peserta ini tidak ada lagi di sesi ini. Tidak ada yang berubah.')
    const late = opened(sitting, now)
    if (late) return late
    const phones = await phonesAt([seatId])
    if (phones.begun) return refuse('begun', begunWords)
    const moved = await putElsewhere(tx, sitting, seat, roomId, now)
    if (!moved.ok) return moved
    if (seat.roomId === roomId) return ok({ room: moved.value.room, fetchAgain: false })
    if (moved.value.sitting) await forgetReadiness(tx, [seatId])
    await audit(
      actor,
      'cycle:manage',
      `sitting:${sittingId}`,
      { count: 1, detail: { participant: 'moved', number: seat.number, room: roomId } },
      tx,
    )
    return ok({ room: moved.value.room, fetchAgain: moved.value.sitting && phones.fetched > 0 })
  })
}

/**
 * Takes the last adding of participants back: everybody of it who still sits in this sitting, or nobody. `addedAt` says which adding was
 * meant, so that asking twice never takes back the one before. Answers how many seats went.
 */
export async function undoAdding(actor: Actor, sittingId: string, addedAt: string, now: Date): Promise<Result<number>> {
  allow(actor, 'cycle:manage')
  const moment = z.iso.datetime().safeParse(addedAt)
  if (!isId(sittingId) || !moment.success) return noSitting
  const at = new Date(moment.data)
  return act(async (tx) => {
    const sitting = await holdCycleOf(tx, sittingId)
    if (!sitting) return noSitting
    const seats = (await lockSeats(tx, sittingId, { addedAt: at })).map((s) => s.id)
    if (!seats.length) return ok(0)
    const late = opened(sitting, now)
    if (late) return late
    if ((await lastAdding(sittingId))!.at.getTime() !== at.getTime())
      return refuse(
        'newer',
        'Sesudah itu masih ada peserta lain yang ditambahkan. Tidak ada yang berubah; keluarkan yang keliru satu per satu.',
      )
    const phones = await phonesAt(seats)
    if (phones.begun + phones.fetched)
      return refuse(
        'fetched',
        `${formatCount(Math.max(phones.begun, phones.fetched))} dari mereka sudah memakai kartunya di ponsel, jadi penambahan ini tidak dibatalkan sekaligus. Tidak ada yang berubah; keluarkan yang keliru satu per satu.`,
      )
    await forgetPhones(tx, seats)
    await takeAway(tx, seats)
    await audit(actor, 'cycle:manage', `sitting:${sittingId}`, { count: seats.length, detail: { participants: 'taken back' } }, tx)
    return ok(seats.length)
  })
}
