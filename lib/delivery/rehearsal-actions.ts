'use server'
import { redirect } from 'next/navigation'
import { requireActor } from '@/lib/access/service'
import type { FormState } from '@/lib/platform/form'
import { startRehearsal } from './rehearsal-service'
import { textOf } from '@/lib/platform/fields'

/** The door of the rehearsal screen. */
export async function beginRehearsal(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('cycle:manage')
  const wish = { participants: textOf(data, 'participants'), minutes: textOf(data, 'minutes'), word: textOf(data, 'word') }
  const result = await startRehearsal(actor, wish, new Date())
  if (!result.ok) return { ok: false, message: result.message }
  redirect(`/bgtk/gladi/${result.value}`)
}
