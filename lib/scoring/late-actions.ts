'use server'
import { revalidatePath } from 'next/cache'
import type { FormState } from '@/lib/platform/form'
import { requireActor, onceFilled } from '@/lib/access/service'
import { decideLate } from './late-service'
import { textOf } from '@/lib/platform/fields'

/** The door of a decision about late answers or a doubtful start. */
export async function decide(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('result:release')
  const input = { id: textOf(data, 'id'), accepted: data.get('verdict') === 'count', reason: textOf(data, 'reason') }
  const result = await onceFilled(actor, 'decideLate', data, () => decideLate(actor, input, new Date()))
  if (!result.ok) return result
  revalidatePath('/bgtk/siklus', 'layout')
  return {
    ok: true,
    message: result.value.accepted
      ? 'Dihitung. Skor mentah mengikuti dalam satu menit; skor terukur yang sudah dirilis berubah pada penskoran berikutnya yang ditinjau.'
      : 'Dikesampingkan. Catatannya tetap tersimpan dan skor tidak berubah.',
  }
}
