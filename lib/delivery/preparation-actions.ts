'use server'
import { revalidatePath } from 'next/cache'
import type { FormState } from '@/lib/platform/form'
import { requireActor, onceFilled } from '@/lib/access/service'
import { formatCount } from '@/lib/platform/format'
import { prepareSitting, sealWords } from './preparation'
import { askEarlyCode, grantEarlyCode } from './spoken-code'
import { idFrom, textOf } from '@/lib/platform/fields'

/** The door of the button that seals a sitting's packets. */
export async function prepare(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('cycle:manage')
  const sittingId = idFrom(data, 'sittingId')
  const result = await prepareSitting(actor, sittingId, new Date())
  revalidatePath(`/bgtk/sesi/${sittingId}`)
  if (!result.ok) return result
  const { packets, bytes, failed } = result.value
  if (failed.length) return { ok: false, message: sealWords(failed) }
  return {
    ok: true,
    message: `${packets} paket soal tersegel, ${formatCount(bytes / 1024)} KB. Peserta sudah dapat menyimpannya di ponsel.`,
  }
}

/** The doors of the wish to read a release code before its day: one of the office asks, another grants. */
export async function askForCode(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('cycle:manage')
  const sittingId = idFrom(data, 'sittingId')
  const result = await onceFilled(actor, 'askEarlyCode', data, () => askEarlyCode(actor, sittingId, textOf(data, 'reason'), new Date()))
  revalidatePath(`/bgtk/sesi/${sittingId}`)
  return result.ok ? { ok: true, message: 'Permintaan dicatat. Petugas BGTK lain perlu menyetujuinya di halaman ini.' } : result
}

export async function grantCode(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('cycle:manage')
  const sittingId = idFrom(data, 'sittingId')
  const result = await grantEarlyCode(actor, sittingId, new Date())
  revalidatePath(`/bgtk/sesi/${sittingId}`)
  return result.ok ? { ok: true, message: 'Disetujui. Kode rilis kini dapat dibaca di konsol sesi.' } : result
}
