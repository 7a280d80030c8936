'use server'
import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { onceFilled, requireActor } from '@/lib/access/service'
import { fieldsOf, idFrom } from '@/lib/platform/fields'
import type { FormState } from '@/lib/platform/form'
import { startTrial } from './service'

/** Door of the form that makes an internal trial. */
export async function beginTrial(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('cycle:manage')
  const cycleId = idFrom(data, 'cycleId')
  const wish = Object.fromEntries(fieldsOf(data))
  const result = await onceFilled(actor, 'startTrial', data, () => startTrial(actor, cycleId, wish, new Date()))
  if (!result.ok) return result
  revalidatePath(`/bgtk/siklus/${cycleId}`)
  redirect(`/bgtk/siklus/${cycleId}?langkah=uji-coba`)
}
