'use server'
import { revalidatePath } from 'next/cache'
import { onceFilled, requireActor } from '@/lib/access/service'
import { textOf } from '@/lib/platform/fields'
import type { FormState } from '@/lib/platform/form'
import { drawFirstTimers } from './service'

/** Door of the form that draws who is tested for the first time at the re-test. */
export async function drawForRetest(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('cycle:manage')
  const [id, share, note] = ['cycleId', 'share', 'note'].map((k) => textOf(data, k).trim()) as [string, string, string]
  const result = await onceFilled(actor, 'drawFirstTimers', data, () => drawFirstTimers(actor, id, { share, note }, new Date()))
  revalidatePath(`/bgtk/siklus/${id}`)
  return result.ok ? { ok: true, message: `${result.value} guru diundi untuk pertama kali dites pada ukur ulang.` } : result
}
