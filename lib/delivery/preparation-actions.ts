'use server'
import { revalidatePath } from 'next/cache'
import type { FormState } from '@/lib/platform/form'
import { requireActor } from '@/lib/access/service'
import { formatCount } from '@/lib/platform/format'
import { prepareSitting } from './preparation'

/** The door of the button that seals a sitting's packets. */
export async function prepare(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('cycle:manage')
  const sittingId = String(data.get('sittingId'))
  const result = await prepareSitting(actor, sittingId, new Date())
  revalidatePath(`/bgtk/sesi/${sittingId}`)
  if (!result.ok) return { ok: false, message: result.message }
  const { packets, bytes } = result.value
  return {
    ok: true,
    message: `${packets} paket soal tersegel, ${formatCount(bytes / 1024)} KB. Peserta sudah dapat menyimpannya di ponsel.`,
  }
}
