'use server'
import { revalidatePath } from 'next/cache'
import { onceFilled, requireActor } from '@/lib/access/service'
import { idFrom, textOf } from '@/lib/platform/fields'
import type { FormState } from '@/lib/platform/form'
import { formatCount } from '@/lib/platform/format'
import { moveParticipant, removeParticipant, undoAdding } from './seats'

/** Doors of the forms that take a participant out of a sitting, move one, and take the last adding back. */

export async function removeSeat(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('cycle:manage')
  const sittingId = idFrom(data, 'sittingId')
  const result = await removeParticipant(actor, sittingId, idFrom(data, 'seatId'), new Date())
  revalidatePath(`/bgtk/sesi/${sittingId}`)
  return result.ok ? { ok: true, message: 'Peserta dikeluarkan dari sesi ini. Kartunya tidak berlaku lagi.' } : result
}

export async function moveSeat(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('cycle:manage')
  const sittingId = idFrom(data, 'sittingId')
  const wish = { seatId: idFrom(data, 'seatId'), roomId: textOf(data, 'roomId') }
  const result = await onceFilled(actor, 'moveParticipant', data, () => moveParticipant(actor, sittingId, wish, new Date()))
  revalidatePath(`/bgtk/sesi/${sittingId}`)
  if (!result.ok) return result
  const { room, fetchAgain } = result.value
  return {
    ok: true,
    message: `Peserta sekarang di ${room}.${fetchAgain ? ' Ponselnya masih menyimpan paket sesi lama: minta ia membuka meja peserta sekali lagi sebelum hari tes.' : ''} Cetak ulang kartunya.`,
  }
}

export async function undoSeats(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('cycle:manage')
  const sittingId = idFrom(data, 'sittingId')
  const result = await undoAdding(actor, sittingId, textOf(data, 'addedAt'), new Date())
  revalidatePath(`/bgtk/sesi/${sittingId}`)
  if (!result.ok) return result
  return {
    ok: true,
    message: result.value
      ? `Penambahan dibatalkan: ${formatCount(result.value)} peserta dikeluarkan dari sesi ini.`
      : 'Penambahan itu sudah dibatalkan.',
  }
}
