'use server'
import { revalidatePath } from 'next/cache'
import type { FormState } from '@/lib/platform/form'
import type { Result } from '@/lib/platform/result'
import { orForbidden, requireActor } from '@/lib/access/service'
import * as proctor from './proctor'

/** Doors of the proctor's console. */
const text = (data: FormData, key: string) => String(data.get(key) ?? '')

async function act(
  data: FormData,
  said: string,
  work: (actor: Awaited<ReturnType<typeof requireActor>>, roomId: string) => Promise<Result<null>>,
): Promise<FormState> {
  const actor = await requireActor('room:act')
  const roomId = text(data, 'roomId')
  const result = await orForbidden(work(actor, roomId))
  revalidatePath(`/pengawas/ruang/${roomId}`)
  return result.ok ? { ok: true, message: said } : { ok: false, message: result.message }
}

export const addTime = async (_before: FormState, data: FormData): Promise<FormState> =>
  act(data, `Tambahan ${text(data, 'minutes')} menit diberikan.`, (actor, roomId) =>
    proctor.giveTime(
      actor,
      roomId,
      {
        scope: text(data, 'seatId') ? 'seat' : 'room',
        seatId: text(data, 'seatId') || undefined,
        minutes: data.get('minutes'),
        reason: text(data, 'reason'),
      },
      new Date(),
    ),
  )

export const pause = async (_before: FormState, data: FormData): Promise<FormState> =>
  act(
    data,
    data.get('pause') === 'ya' ? 'Ruang dijeda; waktu semua peserta berhenti.' : 'Jeda berakhir; waktu berjalan lagi.',
    (actor, roomId) => proctor.pauseRoom(actor, roomId, data.get('pause') === 'ya', text(data, 'reason'), new Date()),
  )

export const seatAction = async (_before: FormState, data: FormData): Promise<FormState> => {
  const seatId = text(data, 'seatId')
  switch (data.get('do')) {
    case 'reset':
      return act(data, 'Perangkat dilepas; peserta dapat melanjutkan di ponsel lain.', (actor, roomId) =>
        proctor.resetDevice(actor, roomId, seatId),
      )
    case 'card':
      return act(data, 'Kartu lama tidak berlaku lagi. Mintalah BGTK mencetak kartu baru.', (actor, roomId) =>
        proctor.replaceCard(actor, roomId, seatId),
      )
    case 'absent':
      return act(data, 'Dicatat tidak hadir.', (actor, roomId) => proctor.markAttendance(actor, roomId, seatId, 'absent'))
    default:
      return act(data, 'Dicatat hadir.', (actor, roomId) => proctor.markAttendance(actor, roomId, seatId, 'present'))
  }
}

export const incident = async (_before: FormState, data: FormData): Promise<FormState> =>
  act(data, 'Kejadian dicatat.', (actor, roomId) =>
    proctor.noteIncident(actor, roomId, text(data, 'kind'), text(data, 'note'), text(data, 'seatId') || null, new Date()),
  )
