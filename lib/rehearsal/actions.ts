'use server'
import { redirect } from 'next/navigation'
import { requireActor, onceFilled } from '@/lib/access/service'
import type { FormState } from '@/lib/platform/form'
import { startRehearsal } from './run-service'
import { textOf } from '@/lib/platform/fields'

/** The door of the rehearsal screen. */
export async function beginRehearsal(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('cycle:manage')
  const wish = { participants: textOf(data, 'participants'), minutes: textOf(data, 'minutes'), word: textOf(data, 'word') }
  const result = await onceFilled(actor, 'startRehearsal', data, () => startRehearsal(actor, wish, new Date()))
  if (!result.ok) return result
  redirect(`/bgtk/gladi/${result.value}`)
}
