'use server'
import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { requireActor } from '@/lib/access/service'
import { correctKey } from '@/lib/instruments/service'
import type { FormState } from '@/lib/platform/form'
import { cancelCalibration, startCalibration } from './calibration-service'
import { startLink } from './link-service'
import { releaseScoreRun, startScoreRun } from './measure-service'

/** Doors of calibration, scoring on the scale, and key corrections. */
export async function calibrateInstrument(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('calibration:run')
  const result = await startCalibration(
    actor,
    { instrument: String(data.get('instrument') ?? ''), cycles: data.getAll('cycle').map(String) },
    new Date(),
  )
  if (!result.ok) return { ok: false, message: result.message }
  redirect(`/bgtk/kalibrasi/${result.value}`)
}

export async function stopCalibration(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('calibration:run')
  const id = String(data.get('id'))
  const result = await cancelCalibration(actor, id)
  revalidatePath(`/bgtk/kalibrasi/${id}`)
  return result.ok
    ? { ok: true, message: 'Permintaan batal diterima; perhitungan berhenti dalam beberapa detik.' }
    : { ok: false, message: result.message }
}

export async function computeScores(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('calibration:run')
  const id = String(data.get('id'))
  const result = await startScoreRun(actor, id, new Date())
  revalidatePath(`/bgtk/kalibrasi/${id}`)
  return result.ok
    ? { ok: true, message: 'Skor sedang dihitung. Belum ada yang berubah bagi siapa pun.' }
    : { ok: false, message: result.message }
}

export async function releaseScores(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('result:release')
  const result = await releaseScoreRun(actor, String(data.get('run')), String(data.get('reason') ?? ''), new Date())
  revalidatePath(`/bgtk/kalibrasi/${String(data.get('id'))}`)
  return result.ok ? { ok: true, message: 'Skor dirilis. Guru melihatnya mulai sekarang.' } : { ok: false, message: result.message }
}

export async function linkCycles(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('calibration:run')
  const id = String(data.get('id'))
  const result = await startLink(
    actor,
    { calibrationId: id, excluded: data.getAll('excluded').map(String), reason: String(data.get('reason') ?? '') },
    new Date(),
  )
  revalidatePath(`/bgtk/kalibrasi/${id}`)
  return result.ok
    ? { ok: true, message: 'Tautan sedang dihitung. Skor yang berlaku tidak berubah.' }
    : { ok: false, message: result.message }
}

export async function correctItemKey(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('calibration:run')
  const result = await correctKey(
    actor,
    { itemVersionId: String(data.get('itemVersionId')), key: String(data.get('key') ?? ''), reason: String(data.get('reason') ?? '') },
    new Date(),
  )
  revalidatePath(String(data.get('path') ?? '/bgtk/analisis'))
  return result.ok
    ? { ok: true, message: 'Koreksi kunci tercatat. Skor belum berubah: jalankan kalibrasi baru, periksa perubahannya, lalu rilis.' }
    : { ok: false, message: result.message }
}
