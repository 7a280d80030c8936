'use server'
import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { requireActor, onceFilled } from '@/lib/access/service'
import { correctKey } from '@/lib/instruments/service'
import type { FormState } from '@/lib/platform/form'
import { cancelCalibration, startCalibration } from '@/lib/calibration/calibration-service'
import { startLink } from './released-service'
import { releaseScoreRun, startScoreRun } from './run-service'
import { textOf, textsOf } from '@/lib/platform/fields'

/** Doors of calibration, scoring on the scale, and key corrections. */
export async function calibrateInstrument(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('calibration:run')
  const result = await onceFilled(actor, 'startCalibration', data, () =>
    startCalibration(actor, { instrument: textOf(data, 'instrument'), cycles: textsOf(data, 'cycle') }, new Date()),
  )
  if (!result.ok) return result
  redirect(`/bgtk/kalibrasi/${result.value}`)
}

export async function stopCalibration(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('calibration:run')
  const id = textOf(data, 'id')
  const result = await cancelCalibration(actor, id)
  revalidatePath(`/bgtk/kalibrasi/${id}`)
  return result.ok ? { ok: true, message: 'Permintaan batal diterima; perhitungan berhenti dalam beberapa detik.' } : result
}

export async function computeScores(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('calibration:run')
  const id = textOf(data, 'id')
  const result = await onceFilled(actor, 'startScoreRun', data, () => startScoreRun(actor, id, new Date()))
  revalidatePath(`/bgtk/kalibrasi/${id}`)
  return result.ok ? { ok: true, message: 'Skor sedang dihitung. Belum ada yang berubah bagi siapa pun.' } : result
}

export async function releaseScores(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('result:release')
  const result = await onceFilled(actor, 'releaseScoreRun', data, () =>
    releaseScoreRun(actor, textOf(data, 'run'), textOf(data, 'reason'), new Date()),
  )
  revalidatePath(`/bgtk/kalibrasi/${textOf(data, 'id')}`)
  return result.ok ? { ok: true, message: 'Skor dirilis. Guru melihatnya mulai sekarang.' } : result
}

export async function linkCycles(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('calibration:run')
  const id = textOf(data, 'id')
  const result = await onceFilled(actor, 'startLink', data, () =>
    startLink(actor, { calibrationId: id, excluded: textsOf(data, 'excluded'), reason: textOf(data, 'reason') }, new Date()),
  )
  revalidatePath(`/bgtk/kalibrasi/${id}`)
  return result.ok ? { ok: true, message: 'Tautan sedang dihitung. Skor yang berlaku tidak berubah.' } : result
}

export async function correctItemKey(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('calibration:run')
  const result = await onceFilled(actor, 'correctKey', data, () =>
    correctKey(
      actor,
      { itemVersionId: textOf(data, 'itemVersionId'), key: textOf(data, 'key'), reason: textOf(data, 'reason') },
      new Date(),
    ),
  )
  revalidatePath(textOf(data, 'path'))
  return result.ok
    ? { ok: true, message: 'Koreksi kunci tercatat. Skor belum berubah: jalankan kalibrasi baru, periksa perubahannya, lalu rilis.' }
    : result
}
