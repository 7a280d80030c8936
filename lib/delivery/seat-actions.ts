'use server'
import { revalidatePath } from 'next/cache'
import { onceFilled, requireActor } from '@/lib/access/service'
import { idFrom, textOf } from '@/lib/platform/fields'
import type { FormState } from '@/lib/platform/form'
import { formatCount } from '@/lib/platform/format'
import { reschedule } from './rescheduling'
import { moveParticipant, removeParticipant, undoAdding } from './seats'

/** Doors of the forms that change a sitting's plan, take a participant out of it, move one, and take the last adding back. */

export async function planSitting(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('cycle:manage')
  const sittingId = idFrom(data, 'sittingId')
  const wish = Object.fromEntries(['name', 'day', 'opens', 'closes', 'releaseRule'].map((name) => [name, textOf(data, name)]))
  const result = await onceFilled(actor, 'reschedule', data, () => reschedule(actor, sittingId, wish, new Date()))
  revalidatePath(`/bgtk/sesi/${sittingId}`)
  if (!result.ok) return result
  const { phones } = result.value
  return {
    ok: true,
    message: phones
      ? `Sesi disimpan. ${formatCount(phones)} ponsel masih menyimpan jam lama: minta pesertanya membuka meja peserta sekali lagi selagi ada jaringan. Cetak ulang kartu yang memuat jadwal.`
      : 'Sesi disimpan. Cetak ulang kartu yang memuat jadwal.',
  }
}

export async function removeSeat(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('cycle:manage')
  const sittingId = idFrom(data, 'sittingId')
  const result = await removeParticipant(actor, sittingId, idFrom(data, 'seatId'), new Date())
  revalidatePath(`/bgtk/sesi/${sittingId}`)
  if (!result.ok) return result
  return {
    ok: true,
    message:
      result.value === 'gone'
        ? 'Peserta dikeluarkan dari sesi ini. Kartunya tidak berlaku lagi.'
        : 'Kartunya tidak berlaku lagi dan ia dicatat tidak hadir. Kursinya tetap tercatat karena ponselnya sudah menyimpan soal: bila ada jawaban darinya, jawaban itu menunggu keputusan Anda. Bila ia ikut juga, pengawas ruang mencatatnya hadir dan memberinya kartu baru.',
  }
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
