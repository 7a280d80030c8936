'use server'
import { redirect } from 'next/navigation'
import { requireActor } from '@/lib/access/service'
import type { FormState } from '@/lib/platform/form'
import { startRehearsal } from './rehearsal-service'

/** The door of the rehearsal screen. */
export async function beginRehearsal(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('cycle:manage')
  const wish = { participants: data.get('participants'), minutes: data.get('minutes') }
  const result = await startRehearsal(actor, wish, new Date())
  if (!result.ok) return { ok: false, message: result.message }
  redirect(`/bgtk/gladi/${result.value}`)
}
